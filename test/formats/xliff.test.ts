import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";
import { afterAll, describe, expect, it } from "vitest";
import { readXliff } from "../../src/formats/xliff.ts";
import { writeXliff12 } from "../../src/formats/xliff12-write.ts";
import { writeXliff20 } from "../../src/formats/xliff20-write.ts";
import type { BilingualFile, BilingualSegment } from "../../src/model/interchange.ts";

const segment = (id: string, source: string, rest: Partial<BilingualSegment> = {}): BilingualSegment => ({
  ...{ id, source, state: "initial", sourceCodes: [], targetCodes: [] },
  ...rest,
});

const file: BilingualFile = {
  id: "d1",
  original: "云溪省防汛通知.txt",
  sourceLanguage: "zh",
  targetLanguage: "en",
  units: [
    {
      id: "p1",
      notes: [{ text: "a < b & c", from: "林" }, { text: "second" }],
      translate: true,
      segments: [
        segment("s1", "加强防汛抗旱。", {
          target: "Strengthen flood control & drought relief.",
          state: "reviewed",
          after: "　",
          matches: [{ source: "加强防汛。", target: "Strengthen flood control.", similarity: 71.4, origin: "云溪 TM" }],
          terms: [{ source: "防汛抗旱", targets: ["flood control and drought relief"] }],
        }),
        segment("s2", "责任到人。", { target: "Assign <responsibility>.", state: "translated" }),
      ],
    },
    { id: "p2", notes: [], translate: true, segments: [segment("s3", "标题")] },
    { id: "段 3", notes: [], translate: false, segments: [segment("s4", "附件", { target: "Annex", state: "final" })] },
    {
      id: "p4",
      notes: [],
      translate: true,
      segments: [
        segment("s5", "见表", {
          target: "See table",
          state: "initial",
          sourceCodes: [
            { at: 1, xml: '<g id="1">' },
            { at: 2, xml: "</g>" },
          ],
          targetCodes: [
            { at: 4, xml: '<g id="1">' },
            { at: 9, xml: "</g>" },
          ],
        }),
      ],
    },
  ],
};
const options = { toolVersion: "0.1.0", withTerms: true, withMatches: true };

describe("writing XLIFF 1.2", () => {
  it("gives segments, states, matches, notes and marked terms", () => {
    const { text, losses } = writeXliff12([file], options);
    expect(losses).toEqual([
      { code: "segment-states", count: 1 },
      { code: "codes-as-placeholders", count: 2 },
    ]);
    expect(text).toContain('source-language="zh-CN" target-language="en-US"');
    expect(text).toContain(
      '<seg-source><mrk mtype="seg" mid="s1">加强<mrk mtype="term">防汛抗旱</mrk>。</mrk>　<mrk mtype="seg" mid="s2">责任到人。</mrk></seg-source>',
    );
    expect(text).toContain(
      '<target state="translated"><mrk mtype="seg" mid="s1">Strengthen flood control &amp; drought relief.</mrk>',
    );
    expect(text).toContain('<alt-trans mid="s1" match-quality="71" origin="云溪 TM">');
    expect(text).toContain('<note from="林">a &lt; b &amp; c</note>');
    expect(text).toContain('<target state="new"></target>');
    expect(text).toContain('approved="yes" translate="no"');
    expect(text).toContain('<source>见<ph id="1">&lt;g id="1"&gt;</ph>表<ph id="2">&lt;/g&gt;</ph></source>');
  });

  it("copies the source into an empty target for OmegaT, still as new", () => {
    const { text } = writeXliff12([file], { toolVersion: "1", profile: "omegat" });
    expect(text).toContain('<target state="new">标题</target>');
  });

  it("puts a blank between English sentences that stand close in Chinese", () => {
    const close = {
      ...file,
      units: [
        { ...file.units[0], segments: [segment("a", "一。", { target: "One." }), segment("b", "二。", { target: "Two." })] },
      ],
    };
    const { text } = writeXliff12([close as BilingualFile], { toolVersion: "1" });
    expect(text).toContain(
      '<target state="needs-review-translation"><mrk mtype="seg" mid="a">One.</mrk> <mrk mtype="seg" mid="b">Two.</mrk></target>',
    );
  });
});

describe("writing XLIFF 2.0", () => {
  it("gives segments with states, ignorables, modules and original data", () => {
    const { text, losses } = writeXliff20([file], { ...options, keepSegmentation: true });
    expect(losses.map((loss) => loss.code)).toEqual(["codes-as-placeholders", "note-authors"]);
    expect(text).toContain('<segment id="s1" state="reviewed">');
    expect(text).toContain("<ignorable><source>　</source></ignorable>");
    expect(text).toContain('<mtc:match ref="#m1" similarity="71.4" origin="云溪 TM">');
    expect(text).toContain('<unit id="u3" name="段 3" translate="no">');
    expect(text).toContain('<data id="data1">&lt;g id="1"&gt;</data>');
  });
});

describe("reading back what was written", () => {
  const text = fc.string({ unit: fc.constantFrom("防", "汛", "。", "a", " ", "&", "<", ">", "\n", "\r", "😀"), minLength: 1 });
  const files = fc.array(
    fc.record({
      units: fc.array(
        fc.record({
          segments: fc.array(
            fc.record({
              source: text,
              target: fc.option(text, { nil: undefined }),
              state: fc.constantFrom("translated", "reviewed", "final"),
              after: fc.constantFrom("", " ", "\n"),
            }),
            { minLength: 1, maxLength: 3 },
          ),
          notes: fc.array(text, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  );
  const build = (given: ReturnType<typeof files.generate>["value"]): BilingualFile[] =>
    given.map((each, index) => ({
      ...{ id: `f${index + 1}`, original: `o${index}`, sourceLanguage: "zh", targetLanguage: "en" },
      units: each.units.map((unit, unitIndex) => ({
        id: `u${unitIndex}`,
        notes: unit.notes.map((note) => ({ text: note })),
        translate: true,
        segments: unit.segments.map((one, segmentIndex) =>
          segment(`s${segmentIndex}`, one.source, {
            ...(one.target === undefined ? {} : { target: one.target, state: one.state as "final" }),
            ...(one.after === "" ? {} : { after: one.after }),
          }),
        ),
      })),
    }));

  it("XLIFF 2.0 loses nothing", () => {
    fc.assert(
      fc.property(files, (given) => {
        const built = build(given);
        const read = readXliff(writeXliff20(built, { toolVersion: "1", languageTags: "as-is" }).text);
        expect(read.diagnostics).toEqual([]);
        const bare = read.value?.map((each) => ({
          ...each,
          units: each.units.map((unit) => ({
            ...unit,
            segments: unit.segments.map((one) => {
              const { nativeState, ...rest } = one;
              expect(nativeState).toBe(one.state);
              return rest;
            }),
          })),
        }));
        expect(bare).toEqual(built);
      }),
    );
  });

  it("XLIFF 1.2 loses no text, note or unit", () => {
    fc.assert(
      fc.property(files, (given) => {
        const built = build(given);
        const read = readXliff(writeXliff12(built, { toolVersion: "1" }).text);
        expect(read.diagnostics).toEqual([]);
        const plain = (list: readonly BilingualFile[] | undefined) =>
          list?.map((each) =>
            each.units.map((unit) => ({
              id: unit.id,
              notes: unit.notes,
              texts: unit.segments.map(({ source, target }) => [source, target ?? ""]),
            })),
          );
        // A unit of one segment is written without marks: the blank behind it becomes part of its source.
        const expected = built.map((each) => ({
          ...each,
          units: each.units.map((unit) => ({
            ...unit,
            segments: unit.segments.map((one) =>
              unit.segments.length === 1 ? { ...one, source: one.source + (one.after ?? "") } : one,
            ),
          })),
        }));
        expect(plain(read.value)).toEqual(plain(expected));
      }),
    );
  });
});

const schemas = resolve("../shared/schemas");
if (!existsSync(schemas)) console.log("skipped: ../shared/schemas is not here");
describe.skipIf(!existsSync(schemas))("validity", () => {
  const drivers = {
    xliff12: `${schemas}/xliff12/xliff-core-1.2-transitional.xsd`,
    xliff20: `${schemas}/../checks/drivers/xliff20.xsd`,
  };
  const validators = new Map<string, { readonly validator: XsdValidator; readonly schema: XmlDocument }>();
  const provider = existsSync(schemas)
    ? new XmlBufferInputProvider({ "http://www.w3.org/2001/xml.xsd": readFileSync(`${schemas}/xliff12/xml.xsd`) })
    : undefined;

  async function errorsOf(kind: keyof typeof drivers, text: string): Promise<readonly string[]> {
    if (validators.size === 0) {
      const { xmlRegisterFsInputProviders } = await import("libxml2-wasm/lib/nodejs.mjs");
      xmlRegisterFsInputProviders();
      if (provider) xmlRegisterInputProvider(provider);
    }
    const known = validators.get(kind);
    const schema = known?.schema ?? XmlDocument.fromBuffer(readFileSync(drivers[kind]), { url: `file://${drivers[kind]}` });
    const validator = known?.validator ?? XsdValidator.fromDoc(schema);
    validators.set(kind, { validator, schema });
    const document = XmlDocument.fromString(text);
    try {
      validator.validate(document);
      return [];
    } catch (error) {
      return [(error as Error).message];
    } finally {
      document.dispose();
    }
  }
  afterAll(() => {
    for (const { validator, schema } of validators.values()) {
      validator.dispose();
      schema.dispose();
    }
  });

  it("XLIFF 1.2 is valid against the transitional schema", async () => {
    expect(await errorsOf("xliff12", writeXliff12([file, { ...file, id: "d2" }], options).text)).toEqual([]);
    expect(await errorsOf("xliff12", writeXliff12([file], { toolVersion: "1", profile: "omegat" }).text)).toEqual([]);
  });

  it("XLIFF 2.0 is valid against the core and module schemas", async () => {
    expect(await errorsOf("xliff20", writeXliff20([file, { ...file, id: "d2" }], options).text)).toEqual([]);
  });

  it("the validator does find faults", async () => {
    expect(
      await errorsOf("xliff12", writeXliff12([file], options).text.replace("<seg-source>", "<nonsense/><seg-source>")),
    ).toHaveLength(1);
    expect(await errorsOf("xliff20", writeXliff20([file], options).text.replace('state="reviewed"', 'state="odd"'))).toHaveLength(
      1,
    );
  });
});

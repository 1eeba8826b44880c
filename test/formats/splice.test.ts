import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeCodes } from "../../src/formats/inline-codes.ts";
import type { TargetEdit } from "../../src/formats/splice.ts";
import { spliceFile, spliceTargets, targetEdits } from "../../src/formats/splice.ts";
import { readXliff } from "../../src/formats/xliff.ts";
import type { BilingualFile } from "../../src/model/interchange.ts";

const edit = (target: string, rest: Partial<TargetEdit> = {}): TargetEdit => ({ file: 0, unit: 0, segment: 0, target, ...rest });
const in12 = (unit: string) =>
  `<xliff version="1.2"><file original="a" source-language="zh" target-language="en"><body>${unit}</body></file></xliff>`;
const in2 = (unit: string, language = ' trgLang="en"') =>
  `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh"${language}><file id="f">${unit}</file></xliff>`;

describe("editing targets of a received XLIFF", () => {
  const cases: readonly (readonly [string, string, readonly TargetEdit[], string])[] = [
    [
      "replaces the text and the state of a target",
      in12('<trans-unit id="1"><source>水</source><target  state = \'new\' xml:y="1">old</target></trans-unit>'),
      [edit("a < b", { state: "translated" })],
      in12('<trans-unit id="1"><source>水</source><target  state = \'translated\' xml:y="1">a &lt; b</target></trans-unit>'),
    ],
    [
      "opens an empty target",
      in12('<trans-unit id="1"><source>水</source><target/></trans-unit>'),
      [edit("water")],
      in12('<trans-unit id="1"><source>水</source><target>water</target></trans-unit>'),
    ],
    [
      "sets a missing target under its source",
      in12('\r\n  <trans-unit id="1">\r\n    <source>水</source>\r\n    <note>n</note>\r\n  </trans-unit>'),
      [edit("water", { state: "final" })],
      in12(
        '\r\n  <trans-unit id="1" approved="yes">\r\n    <source>水</source>\r\n    <target state="signed-off">water</target>\r\n    <note>n</note>\r\n  </trans-unit>',
      ),
    ],
    [
      "gives a new target of 2.x the xml:space of its source",
      in2('<unit id="1"><segment><source xml:space="preserve">水 </source></segment></unit>'),
      [edit("water ")],
      in2(
        '<unit id="1"><segment><source xml:space="preserve">水 </source><target xml:space="preserve">water </target></segment></unit>',
      ),
    ],
    [
      "takes approval back with the state",
      in12('<trans-unit id="1" approved="yes"><source>水</source><target state="final">x</target></trans-unit>'),
      [{ file: 0, unit: 0, segment: 0, state: "initial" }],
      in12(
        '<trans-unit id="1" approved="no"><source>水</source><target state="needs-review-translation">x</target></trans-unit>',
      ),
    ],
    [
      "moulds a segmented target after the segmented source",
      in12(
        '<trans-unit id="1"><source><g id="1">一。 二。</g></source><seg-source><g id="1"><mrk mtype="seg" mid="0">一。</mrk> <mrk mtype="seg" mid="1">二。</mrk></g></seg-source></trans-unit>',
      ),
      [edit("Two.", { segment: 1 })],
      in12(
        '<trans-unit id="1"><source><g id="1">一。 二。</g></source><seg-source><g id="1"><mrk mtype="seg" mid="0">一。</mrk> <mrk mtype="seg" mid="1">二。</mrk></g></seg-source><target><g id="1"><mrk mtype="seg" mid="0"></mrk> <mrk mtype="seg" mid="1">Two.</mrk></g></target></trans-unit>',
      ),
    ],
    [
      "puts a segment that the target lacks before the next one",
      in12(
        '<trans-unit id="1"><source>一。二。</source><seg-source><mrk mtype="seg" mid="0">一。</mrk><mrk mtype="seg" mid="1">二。</mrk></seg-source><target><mrk mtype="seg" mid="1">Two.</mrk></target></trans-unit>',
      ),
      [edit("One.")],
      in12(
        '<trans-unit id="1"><source>一。二。</source><seg-source><mrk mtype="seg" mid="0">一。</mrk><mrk mtype="seg" mid="1">二。</mrk></seg-source><target><mrk mtype="seg" mid="0">One.</mrk><mrk mtype="seg" mid="1">Two.</mrk></target></trans-unit>',
      ),
    ],
    [
      "keeps codes beside the text they stood with",
      in12('<trans-unit id="1"><source>水<x id="1"/></source><target>old <g id="2">water</g><x id="1"/></target></trans-unit>'),
      [edit("new water")],
      in12('<trans-unit id="1"><source>水<x id="1"/></source><target>new <g id="2">water</g><x id="1"/></target></trans-unit>'),
    ],
    [
      "writes the state of XLIFF 2 on the segment and drops the sub-state of the old one",
      in2('<unit id="u"><segment id="s" state="initial" subState="a:b"><source>水</source></segment></unit>', ""),
      [edit("water", { state: "reviewed" })],
      in2(
        '<unit id="u"><segment id="s" state="reviewed"><source>水</source><target>water</target></segment></unit>',
        ' trgLang="en-GB"',
      ),
    ],
    [
      "writes the state of SDLXLIFF where that keeps it",
      `<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2"><file original="a" source-language="zh" target-language="en"><body><trans-unit id="1"><source>水</source><seg-source><mrk mtype="seg" mid="7">水</mrk></seg-source><target><mrk mtype="seg" mid="7"/></target><sdl:seg-defs><sdl:seg id="7" conf="Draft" origin="x"/></sdl:seg-defs></trans-unit></body></file></xliff>`,
      [edit("water", { state: "reviewed" })],
      `<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2"><file original="a" source-language="zh" target-language="en"><body><trans-unit id="1"><source>水</source><seg-source><mrk mtype="seg" mid="7">水</mrk></seg-source><target><mrk mtype="seg" mid="7">water</mrk></target><sdl:seg-defs><sdl:seg id="7" conf="ApprovedTranslation" origin="x"/></sdl:seg-defs></trans-unit></body></file></xliff>`,
    ],
    [
      "writes the state of memoQ on the unit",
      `<xliff xmlns:mq="MQXliff" version="1.2"><file original="a" source-language="zh" target-language="en"><body><trans-unit id="1" mq:status="NotStarted"><source>水</source><target/></trans-unit></body></file></xliff>`,
      [edit("water", { state: "translated" })],
      `<xliff xmlns:mq="MQXliff" version="1.2"><file original="a" source-language="zh" target-language="en"><body><trans-unit id="1" mq:status="ManuallyConfirmed"><source>水</source><target>water</target></trans-unit></body></file></xliff>`,
    ],
  ];
  it.each(cases)("%s", (_, original, edits, expected) => {
    expect(spliceTargets(original, edits, { targetLanguage: "en-GB" })).toEqual({ text: expected, diagnostics: [] });
  });

  it("says which edit has no place and makes the others", () => {
    const original = in12('<trans-unit id="1"><source>水</source><target>a</target></trans-unit>');
    const { text, diagnostics } = spliceTargets(original, [edit("x", { unit: 4 }), edit("b")]);
    expect(text).toBe(original.replace(">a<", ">b<"));
    expect(diagnostics).toEqual([{ code: "xliff-edit-without-place", severity: "warning", values: { unit: 5 } }]);
  });

  it("keeps encoding and byte-order mark, and writes what the encoding lacks as references", () => {
    const xml = in12('<trans-unit id="1"><source>water</source><target>old</target></trans-unit>');
    const utf16 = new Uint8Array(Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${xml}`, "utf16le"));
    const edited = spliceFile(utf16, [edit("防汛")]);
    expect(Buffer.from(edited.bytes ?? []).toString("utf16le")).toBe(
      `\ufeff<?xml version="1.0" encoding="UTF-16"?>${xml.replace("old", "防汛")}`,
    );
    const latin = new Uint8Array(
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml.replace("old", "caf\xe9")}`, "latin1"),
    );
    expect(Buffer.from(spliceFile(latin, [edit("é水")]).bytes ?? []).toString("latin1")).toContain(
      "<target>\xe9&#x6c34;</target>",
    );
    const gb = new Uint8Array([...Buffer.from('<?xml version="1.0" encoding="GBK"?>'), ...Buffer.from(xml)]);
    const written = spliceFile(gb, [edit("防汛")]).bytes ?? new Uint8Array();
    expect(new TextDecoder("gbk").decode(written)).toContain("<target>防汛</target>");
  });

  it("never changes the order of codes and never splits a Latin word", () => {
    const text = fc.string({ unit: fc.constantFrom("防", "a", "b", " ", "。") });
    fc.assert(
      fc.property(text, text, fc.array(fc.nat(12), { maxLength: 4 }), (before, after, offsets) => {
        const codes = offsets
          .map((offset) => Math.min(offset, before.length))
          .sort((first, second) => first - second)
          .map((at, index) => ({ at, xml: String(index) }));
        const placed = placeCodes(before, codes, after);
        expect(placed.map(({ xml }) => xml)).toEqual(codes.map(({ xml }) => xml));
        placed.forEach(({ at }, index) => {
          expect(at).toBeGreaterThanOrEqual(index === 0 ? 0 : (placed[index - 1]?.at ?? 0));
          expect(at).toBeLessThanOrEqual(after.length);
        });
      }),
    );
  });
});

const samples = "../shared/samples";
if (!existsSync(samples)) console.log("skipped: ../shared/samples is not here");
describe.skipIf(!existsSync(samples))("received files", () => {
  const files = ["xliff12", "sdlxliff", "xliff20", "xliff21", "xliff22"].flatMap((kind) =>
    ["valid", "foreign", "invalid"].flatMap((set) => {
      const folder = `${samples}/${kind}/${set}`;
      return existsSync(folder) ? readdirSync(folder).map((file) => `${folder}/${file}`) : [];
    }),
  );
  const readable = files.filter((file) => readXliff(readFileSync(file)).value !== undefined);

  it("come back byte for byte when nothing, or nothing new, is written", () => {
    for (const file of readable) {
      const bytes = new Uint8Array(readFileSync(file));
      expect(spliceFile(bytes, []).bytes).toBe(bytes);
      const same: TargetEdit[] = [];
      readXliff(bytes).value?.forEach((each, index) => {
        each.units.forEach((unit, unitIndex) => {
          unit.segments.forEach((segment, segmentIndex) => {
            const { target, state } = segment;
            same.push({
              file: index,
              unit: unitIndex,
              segment: segmentIndex,
              ...(target === undefined ? {} : { target }),
              state,
            });
          });
        });
      });
      const again = spliceFile(bytes, same);
      expect(again.diagnostics, file).toEqual([]);
      expect(Buffer.compare(Buffer.from(again.bytes ?? []), Buffer.from(bytes)), file).toBe(0);
    }
    console.log(`byte-identical: ${readable.length} of ${readable.length} readable files`);
  });

  it("hold the new texts, the old sources, notes and codes after every target was changed", () => {
    let segments = 0;
    for (const file of readable) {
      const bytes = new Uint8Array(readFileSync(file));
      const before = readXliff(bytes).value ?? [];
      const after: readonly BilingualFile[] = before.map((each) => ({
        ...each,
        units: each.units.map((unit) => ({
          ...unit,
          segments: unit.segments.map((segment) => ({
            ...segment,
            target: `新 ${segment.target ?? segment.source} & <`,
            state: "translated",
          })),
        })),
      }));
      const edits = targetEdits(before, after);
      segments += edits.length;
      const written = spliceFile(bytes, edits, { targetLanguage: "en" });
      const read = readXliff(written.bytes ?? new Uint8Array());
      expect(read.value, file).toBeDefined();
      const plain = (list: readonly BilingualFile[] | undefined) =>
        list?.map((each) =>
          each.units.map((unit) => ({
            ...unit,
            segments: unit.segments.map(({ id, source, target }) => ({ id, source, target })),
          })),
        );
      expect(plain(read.value), file).toEqual(plain(after));
      read.value?.forEach((each, index) => {
        each.units.forEach((unit, unitIndex) => {
          unit.segments.forEach((segment, segmentIndex) => {
            const old = before[index]?.units[unitIndex]?.segments[segmentIndex];
            const codes = (old?.targetCodes.length ?? 0) > 0 ? old?.targetCodes : old?.sourceCodes;
            expect(
              segment.targetCodes.map(({ xml }) => xml),
              `${file} ${unit.id}`,
            ).toEqual(codes?.map(({ xml }) => xml));
          });
        });
      });
    }
    console.log(`changed and read back: ${segments} segments of ${readable.length} files`);
  });
});

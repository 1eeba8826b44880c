import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatXliffJson, parseXliffJson, readXliffJson, writeXliffJson } from "../../src/formats/xliff-json.ts";
import type { XliffJson } from "../../src/formats/xliff-json.ts";

const in12 = (unit: string) =>
  `<xliff version="1.2"><file original="ns" source-language="zh" target-language="en"><body>${unit}</body></file></xliff>`;
const in2 = (unit: string) =>
  `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en"><file id="ns">${unit}</file></xliff>`;

describe("XLIFF as an object", () => {
  it("reads simple files of both kinds", async () => {
    const expected = {
      sourceLanguage: "zh",
      targetLanguage: "en",
      resources: { ns: { title: { source: "防汛 & <抗旱>", target: "x", note: "n" } } },
    };
    const source = "防汛 &amp; &lt;抗旱&gt;";
    const first = await readXliffJson(
      in12(`<trans-unit id="title"><source>${source}</source><target>x</target><note>n</note></trans-unit>`),
    );
    expect(JSON.parse(formatXliffJson(first.value as XliffJson))).toEqual(expected);
    const second = await readXliffJson(
      in2(
        `<unit id="title"><notes><note>n</note></notes><segment state="final"><source>${source}</source><target>x</target></segment></unit>`,
      ),
    );
    expect(JSON.parse(formatXliffJson(second.value as XliffJson))).toEqual(expected);
    expect(second.losses).toEqual([{ code: "states", count: 1 }]);
  });

  it.each([
    [
      "a unit of two segments",
      in2("\n<unit id='u'><segment><source>一。</source></segment><segment><source>二。</source></segment></unit>"),
      "xliff-json-loses-segment",
    ],
    [
      "marked words that the package drops",
      in2("\n<unit id='u'><segment><source>要<mrk id='m' type='term'>四个意识</mrk></source></segment></unit>"),
      "xliff-json-changes-text",
    ],
    [
      "a group without an id",
      in12("\n<group><trans-unit id='u'><source>水</source></trans-unit></group>"),
      "xliff-json-loses-segment",
    ],
    [
      "two units of one id",
      in12("\n<trans-unit id='u'><source>水</source></trans-unit><trans-unit id='u'><source>火</source></trans-unit>"),
      "xliff-json-changes-text",
    ],
  ])("refuses %s and names the line", async (_, text, code) => {
    const { value, diagnostics } = await readXliffJson(text);
    expect(value).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ code, severity: "error", line: 2, values: { unit: "u" } });
  });

  it("writes any texts and keys, and reads them back the same", async () => {
    const text = fc
      .string({ unit: fc.constantFrom("防", "a", "&", "<", ">", '"', "'", " ", "😀", "amp;", "]]>"), minLength: 1 })
      .filter((each) => each.trim() !== "");
    const key = fc.oneof(
      fc.constantFrom("1", "10", "2", "__proto__", "key1", "a b", 'a&<"b', "标题"),
      fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(key, text, text), { selector: ([id]) => id, minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (units, isVersion2) => {
          const resources = { ns: Object.fromEntries(units.map(([id, source, target]) => [id, { source, target }])) };
          const content: XliffJson = { sourceLanguage: "zh", targetLanguage: "en", resources };
          const written = await writeXliffJson(content, isVersion2 ? "xliff20" : "xliff12");
          expect(written.diagnostics).toEqual([]);
          const read = await readXliffJson(written.value ?? "");
          expect(read.diagnostics).toEqual([]);
          expect(Object.entries(read.value?.resources.ns ?? {}).sort()).toEqual(Object.entries(resources.ns).sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it("checks the shape of a JSON file and names the place of a fault", () => {
    expect(parseXliffJson('{"a":1}').diagnostics).toEqual([{ code: "not-xliff-json", severity: "error" }]);
    expect(parseXliffJson('{\n"a":}').diagnostics).toMatchObject([{ code: "json-not-well-formed", severity: "error" }]);
    expect(parseXliffJson('{"sourceLanguage":"zh","resources":{"ns":{"k":{"source":1}}}}').diagnostics).toEqual([
      { code: "xliff-json-bad-unit", severity: "error", values: { unit: "ns/k" } },
    ]);
  });
});

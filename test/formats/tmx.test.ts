import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTmxReader, readTmx } from "../../src/formats/tmx.ts";
import type { TmxUnit } from "../../src/formats/tmx.ts";
import { writeTmx } from "../../src/formats/tmx-write.ts";

const HEADER =
  '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="zh" datatype="plaintext"/>';
const tmx = (body: string, header = HEADER) => `<tmx version="1.4">${header}<body>${body}</body></tmx>`;
const tuv = (language: string, seg: string) => `<tuv xml:lang="${language}"><seg>${seg}</seg></tuv>`;

describe("reading TMX", () => {
  it("takes text, notes, properties, context, dates and names", () => {
    const text = tmx(
      `<tu tuid="u1" creationdate="20240617T092000Z" creationid="lin" changeid="zhou"><note>n</note>` +
        `<prop type="x-dingyi-state">reviewed</prop><prop type="context_prev">前句。</prop><prop type="x-domain">水利</prop>` +
        `${tuv("zh-CN", "加强防汛。")}${tuv("en", "Flood control &amp; <![CDATA[<more>]]>")}</tu>`,
    );
    expect(readTmx(text, { sourceLanguage: "zh", targetLanguage: "en-GB" })).toEqual({
      value: [
        {
          id: "u1",
          source: "加强防汛。",
          target: "Flood control & <more>",
          sourceLanguage: "zh-CN",
          targetLanguage: "en",
          state: "reviewed",
          previous: "前句。",
          author: "zhou",
          createdAt: "2024-06-17T09:20:00.000Z",
          notes: ["n"],
          properties: [
            { type: "x-domain", value: "水利" },
            { type: "x-tmx-creationid", value: "lin" },
          ],
          tuid: "u1",
        },
      ],
      diagnostics: [],
    });
  });

  it("keeps what inline codes hold out of the text and beside it", () => {
    const text = tmx(
      `<tu>${tuv("zh", '加<bpt i="1">&lt;b&gt;</bpt>强<hi type="x">防<ph>{0}</ph></hi><ept i="1">&lt;/b&gt;</ept>汛')}${tuv("en", "x")}</tu>`,
    );
    const [unit] = readTmx(text).value ?? [];
    expect(unit?.source).toBe("加强防汛");
    expect(unit?.sourceCodes).toEqual([
      { at: 1, xml: '<bpt i="1">&lt;b&gt;</bpt>' },
      { at: 2, xml: '<hi type="x">' },
      { at: 3, xml: "<ph>{0}</ph>" },
      { at: 3, xml: "</hi>" },
      { at: 3, xml: '<ept i="1">&lt;/b&gt;</ept>' },
    ]);
  });

  it("chooses the pair by language and script whatever the direction of the file", () => {
    const text = tmx(`<tu>${tuv("en-US", "flood")}${tuv("zh-TW", "防汛（繁）")}${tuv("zh_CN", "防汛")}</tu>`);
    expect(readTmx(text, { sourceLanguage: "zh-Hans", targetLanguage: "en" }).value).toMatchObject([
      { source: "防汛", target: "flood" },
    ]);
  });

  it("gives one unit for each further language when no target is asked for", () => {
    const text = tmx(`<tu tuid="a">${tuv("zh", "水")}${tuv("en", "water")}${tuv("fr", "eau")}</tu>`);
    expect(readTmx(text).value?.map((unit) => [unit.id, unit.target])).toEqual([
      ["a", "water"],
      ["a#2", "eau"],
    ]);
  });

  it("takes the first text as source when the file names no source language", () => {
    const text = tmx(`<tu>${tuv("en", "water")}${tuv("zh", "水")}</tu>`, HEADER.replace('srclang="zh"', 'srclang="*all*"'));
    expect(readTmx(text).value).toMatchObject([{ source: "water", target: "水" }]);
  });

  it.each([
    ["zh", ["zh-TW", "zh_CN", "en"], "zh_CN"],
    ["zh", ["ZH", "zh-Hans"], "ZH"],
    ["zh-CN", ["zh-TW", "zh-SG", "zh-Hans-CN"], "zh-Hans-CN"],
    ["zh-TW", ["zh-CN", "zh-Hant"], "zh-Hant"],
    ["en-GB", ["en-US", "en-gb", "en"], "en-gb"],
    ["en", ["en-US", "en"], "en"],
    ["zh-CN", ["zh-TW"], undefined],
  ])("takes for %s, of %j, the text in %s", (wanted, tags, chosen) => {
    const text = tmx(`<tu>${tags.map((tag) => tuv(tag, tag)).join("")}${tuv("fr", "x")}</tu>`);
    expect(readTmx(text, { sourceLanguage: "fr", targetLanguage: wanted }).value?.[0]?.target).toBe(chosen);
  });

  it("keeps dates that cannot be and ids that are there twice, and says so", () => {
    const unit = (id: string, date: string) =>
      `<tu tuid="${id}" changedate="${date}">${tuv("zh", "水")}${tuv("en", "water")}</tu>\n`;
    const dates = ["20260230T000000Z", "yesterday", "20290101T000000Z", "20260301T000000Z"];
    const { value, diagnostics } = readTmx(tmx(`\n${dates.map((date, at) => unit(String(at % 3), date)).join("")}`), {
      now: "2026-03-01T08:00:00.000Z",
    });
    expect(value?.map(({ changedAt, properties }) => changedAt ?? properties?.[0])).toEqual([
      { type: "x-tmx-changedate", value: "20260230T000000Z" },
      { type: "x-tmx-changedate", value: "yesterday" },
      "2029-01-01T00:00:00.000Z",
      "2026-03-01T00:00:00.000Z",
    ]);
    expect(diagnostics).toEqual([
      { code: "tmx-dates-not-valid", severity: "information", line: 2, values: { count: 2, example: "20260230T000000Z" } },
      { code: "tmx-dates-ahead", severity: "information", line: 4, values: { count: 1, example: "20290101T000000Z" } },
      { code: "tmx-ids-repeated", severity: "information", line: 5, values: { count: 1, example: "0" } },
    ]);
    const again = writeTmx(value ?? [], { sourceLanguage: "zh", toolVersion: "1", languageTags: "as-is" });
    expect(readTmx(again.text).value).toEqual(value);
  });

  it.each([
    ["context_prev", "<seg>a</seg>", "<seg>a</seg>"],
    ["x-context-pre", "<seg>a &amp; <ph>{0}</ph>b</seg>", "a & {0}b"],
    ["prev", "甲", "甲"],
  ])("reads the neighbour from %s", (type, value, previous) => {
    const escaped = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const text = tmx(`<tu><prop type="${type}">${escaped}</prop>${tuv("zh", "水")}${tuv("en", "water")}</tu>`);
    expect(readTmx(text).value?.[0]?.previous).toBe(previous);
  });

  it("reads units of a megabyte, and many ids, without slowing down", () => {
    const long = "水 ".repeat(500_000);
    const units = Array.from({ length: 3000 }, (_, at) => `<tu tuid="${at}">${tuv("zh", "水")}${tuv("en", "x")}</tu>`);
    units.splice(1500, 0, `<tu tuid="long">${tuv("zh", long)}${tuv("en", long)}</tu>`);
    const read: TmxUnit[] = [];
    const reader = createTmxReader({}, (unit) => read.push(unit));
    const bytes = Buffer.from(tmx(units.join("\n")));
    for (let at = 0; at < bytes.length; at += 65_536) reader.write(bytes.subarray(at, at + 65_536));
    expect(reader.end()).toMatchObject({ units: 3001, diagnostics: [] });
    expect(read[1500]).toMatchObject({ id: "long", source: long, target: long });
  });

  it("names the line of a unit that lacks a language, and reads the others", () => {
    const text = tmx(`\n<tu>${tuv("zh", "水")}</tu>\n<tu>${tuv("zh", "火")}${tuv("en", "fire")}</tu>`);
    expect(readTmx(text)).toMatchObject({
      value: [{ source: "火" }],
      diagnostics: [{ code: "tmx-unit-without-target", severity: "warning", line: 2 }],
    });
  });

  it("keeps the units before a fault and names its place", () => {
    const text = `${tmx(`<tu>${tuv("zh", "水")}${tuv("en", "water")}</tu>`).replace("</body></tmx>", "")}\n<tu></tuv>`;
    const { value, diagnostics } = readTmx(text);
    expect(value?.length).toBe(1);
    expect(diagnostics.at(-1)).toEqual({ code: "xml-unexpected-close-tag", severity: "error", line: 2, column: 10 });
  });

  it.each([
    ["something else", "<xliff/>", "not-tmx"],
    ["entity declarations", '<!DOCTYPE tmx [\n<!ENTITY a "b">]><tmx/>', "xml-doctype-subset"],
    ["an undeclared entity", "<tmx>&nbsp;</tmx>", "xml-unknown-entity"],
    ["nothing", "", "xml-empty"],
    ["depth without end", "<tmx>".repeat(600), "xml-too-deep"],
  ])("refuses %s with its place", (_, text, code) => {
    const { value, diagnostics } = readTmx(text);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, severity: "error", line: 1 }]);
  });

  it("passes over a DOCTYPE that only points elsewhere", () => {
    expect(readTmx(`<!DOCTYPE tmx SYSTEM "tmx14.dtd">${tmx("")}`)).toEqual({ value: [], diagnostics: [] });
  });

  it("reads UTF-16 and GB18030 bytes, cut anywhere", () => {
    const body = tmx(`<tu>${tuv("zh", "加强𠀀防汛")}${tuv("en", "flood")}</tu>`);
    const utf16 = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${body}`, "utf16le");
    const units: TmxUnit[] = [];
    const reader = createTmxReader({}, (unit) => units.push(unit));
    for (let at = 0; at < utf16.length; at += 7) reader.write(utf16.subarray(at, at + 7));
    expect(reader.end().diagnostics).toEqual([]);
    expect(units[0]?.source).toBe("加强𠀀防汛");
    const gb = [
      ...Buffer.from('<?xml version="1.0" encoding="GB18030"?><tmx><header srclang="zh"/><body><tu><tuv lang="zh"><seg>'),
    ];
    gb.push(0xb7, 0xc0, 0xd1, 0xb4, ...Buffer.from('</seg></tuv><tuv lang="en"><seg>x</seg></tuv></tu></body></tmx>'));
    expect(readTmx(Uint8Array.from(gb)).value?.[0]?.source).toBe("防汛");
  });

  it("says so when bytes are not in the declared encoding", () => {
    const bytes = Uint8Array.from([...Buffer.from("<tmx>\n"), 0xff, 0xfe]);
    expect(readTmx(bytes).diagnostics).toEqual([
      { code: "encoding-invalid", severity: "error", line: 2, column: 1, values: { encoding: "utf-8" } },
    ]);
  });
});

describe("writing TMX", () => {
  const text = fc.string({ unit: fc.constantFrom("防", "汛", "a", " ", "&", "<", ">", '"', "\n", "\r", "\t", "]", "😀") });
  /** Level 2 with everything that may stand in it, at any places, in an order that nests. */
  const codes = (within: string) =>
    fc
      .array(fc.tuple(fc.nat(within.length), fc.constantFrom(...CODES)), { maxLength: 3 })
      .filter((placed) => placed.every(([at]) => !/^[\udc00-\udfff]/.test(within.slice(at))))
      .map((placed) => placed.flatMap(([at, pieces]) => pieces.map((xml) => ({ at, xml }))))
      .map((all) => all.toSorted((one, other) => one.at - other.at))
      .filter((all) => all.length > 0);
  const CODES: readonly (readonly string[])[] = [
    ['<bpt i="1" type="bold">&lt;b&gt;</bpt>', '<ept i="1">&lt;/b&gt;</ept>'],
    ['<bpt i="2" x="3"/>', '<hi type="x">', "</hi>", '<ept i="2"/>'],
    ['<it pos="begin">{0}</it>'],
    ['<ph x="4">a<sub datatype="html">标题<ph/></sub>b</ph>'],
    ["<ut>&amp;</ut>"],
  ];
  const instant = fc
    .integer({ min: 0, max: 4_000_000_000 })
    .map((second) => new Date(second * 1000).toISOString().replace(/\.\d+/u, ".000"));
  const unit = fc
    .record(
      {
        tuid: fc.string({ unit: fc.constantFrom("a", "1", "<", '"', "&") }),
        source: text,
        target: text,
        sourceLanguage: fc.constant("zh"),
        targetLanguage: fc.constant("en"),
        state: fc.constantFrom("initial", "translated", "reviewed", "final"),
        previous: text,
        next: text,
        author: fc.string({ unit: fc.constantFrom("林", '"', " "), minLength: 1 }),
        createdAt: instant,
        changedAt: instant,
        document: text,
        notes: fc.array(text, { minLength: 1, maxLength: 2 }),
        properties: fc.array(fc.record({ type: fc.constantFrom("x-p", "x-tmx-usagecount", "context"), value: text }), {
          minLength: 1,
          maxLength: 1,
        }),
      },
      { requiredKeys: ["tuid", "source", "target", "sourceLanguage", "targetLanguage", "state"] },
    )
    .chain((each) =>
      fc.record(
        { each: fc.constant(each), sourceCodes: codes(each.source), targetCodes: codes(each.target) },
        { requiredKeys: ["each"] },
      ),
    )
    .map(({ each, ...both }) => ({ id: each.tuid, ...each, ...both }));

  it("comes back as it went out", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 4 }), (units) => {
        const written = writeTmx(units as TmxUnit[], { sourceLanguage: "zh", toolVersion: "1", languageTags: "as-is" });
        expect(written.losses).toEqual([]);
        const again = readTmx(written.text);
        expect(again.value).toEqual(units);
        expect(again.diagnostics.filter(({ code }) => code !== "tmx-ids-repeated")).toEqual([]);
      }),
    );
  });

  it("drops what XML cannot hold and says so", () => {
    const unit: TmxUnit = {
      ...{ id: "1", source: "防\u0000汛\ud800", target: "x", sourceLanguage: "zh", targetLanguage: "en", state: "translated" },
    };
    const written = writeTmx([unit], { sourceLanguage: "zh", toolVersion: "1" });
    expect(written.losses).toEqual([{ code: "illegal-characters", count: 2 }]);
    expect(readTmx(written.text).value).toMatchObject([{ source: "防汛", sourceLanguage: "zh-CN", targetLanguage: "en-US" }]);
  });
});

const samples = "../shared/samples/tmx";
if (!existsSync(samples)) console.log("skipped: ../shared/samples is not here");
describe.skipIf(!existsSync(samples))("conformance", () => {
  for (const set of ["valid", "foreign"]) {
    const files = existsSync(samples) ? readdirSync(`${samples}/${set}`) : [];
    it.each(files)(`reads ${set}/%s without an error`, (file) => {
      const { value, diagnostics } = readTmx(readFileSync(`${samples}/${set}/${file}`));
      expect(value).toBeDefined();
      expect(diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
    });
  }
});

/** Lists of pairs: OmegaT and UTX, and tables that have to be told what their columns are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeOmegatGlossary, readOmegatGlossary } from "../../src/formats/glossary-omegat.ts";
import { readGlossaryTable } from "../../src/formats/glossary-table.ts";
import { readUtx, writeUtx } from "../../src/formats/utx.ts";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { arbitraryGlossary, shuffle } from "./glossary-generator.ts";

const languages = { source: "zh", target: "en" };
const date = "2026-01-31T00:00:00Z";

const { value: sample = [] } = readGlossaryCsv(
  `concept,kind,language,term,status,usage,term_note,source
c1,phrase,zh,防汛,approved,,,house
c1,phrase,en,flood control,approved,running,usual,house
c1,phrase,en,flood fighting,forbidden,,too narrow,
c2,term,zh,只有中文,proposed,,,
`,
);

describe("a glossary of OmegaT", () => {
  it("holds what may be used, with status and usage in the comment, and names the rest", () => {
    const { text, losses } = writeOmegatGlossary(sample, languages);
    expect(text).toBe("防汛\tflood control\t[approved, running] usual\n");
    expect(losses).toEqual([
      { code: "concepts-without-pair", count: 1 },
      { code: "terms-not-usable", count: 1 },
      { code: "field-lost-kind", count: 1 },
      { code: "field-lost-citations", count: 2 },
    ]);
  });

  it("is read with its remarks passed over, quotation marks as text, and one source in several lines as one entry", () => {
    const { value, diagnostics } = readOmegatGlossary(
      '\ufeff# remark\r\n防汛\tflood "control\r\n防汛\tflood fighting\t[odd] x\r\nalone\r\n',
      {
        languages,
      },
    );
    expect(diagnostics).toEqual([{ code: "glossary-pair-incomplete", severity: "error", line: 4 }]);
    expect(value).toMatchObject([
      { id: "line:2", terms: [{ text: 'flood "control' }, { text: "flood fighting", note: "[odd] x" }, { text: "防汛" }] },
    ]);
  });

  it("comes back with what it held, whatever the texts are", () => {
    fc.assert(
      fc.property(arbitraryGlossary, (concepts) => {
        const written = writeOmegatGlossary(concepts, languages).text;
        expect(writeOmegatGlossary(shuffle(concepts), languages).text).toBe(written);
        const read = readOmegatGlossary(written, { languages });
        const lines = written.split("\n").filter((line) => line !== "").length;
        expect(read.value?.reduce((sum, { terms }) => sum + terms.length - 1, 0) ?? 0).toBeLessThanOrEqual(lines);
        if (lines > 0) expect(read.diagnostics.filter(({ code }) => code !== "glossary-pair-incomplete")).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("UTX", () => {
  it("keeps entry, status, usage and note", () => {
    const { text } = writeUtx(sample, { languages, date });
    expect(text.split("\r\n").slice(0, 2)).toEqual([
      `#UTX 1.20; zh/en; ${date}`,
      "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tconcept ID\tcomment",
    ]);
    const { value, diagnostics, facts } = readUtx(text);
    expect([diagnostics, facts]).toEqual([[], { version: "1.20", languages: ["zh", "en"] }]);
    expect(value).toMatchObject([
      {
        id: "c1",
        terms: [
          { text: "flood control", status: "approved", usage: "running", note: "usual" },
          { text: "flood fighting", status: "forbidden", note: "too narrow" },
          { text: "防汛", status: "approved" },
        ],
      },
    ]);
  });

  it("of older and later versions is read, more languages and broken lines too", () => {
    const old = readUtx(
      "#UTX-S 1.00; en/ja; 2009-08-01T00:00:00+09:00; creator: AAMT;\n#src\ttgt\tsrc:pos\nflood\t洪水\tnoun\n\t無\t\n",
    );
    expect(old.diagnostics).toEqual([{ code: "glossary-pair-incomplete", severity: "error", line: 4 }]);
    expect(old.value).toMatchObject([
      {
        terms: [
          { text: "flood", partOfSpeech: "noun" },
          { text: "洪水", language: "ja" },
        ],
      },
    ]);
    const many = readUtx(
      "#UTX 1.20; zh/en/fr; 2018\n# a remark\n#term:zh\tterm:en\tterm:fr\tterm status\n防汛\tflood control\tlutte\tprovisional\n防\tx\ty\tsplendid\n",
    );
    expect(many.value?.[0]?.terms.map(({ language, status }) => [language, status])).toEqual([
      ["en", "proposed"],
      ["fr", "proposed"],
      ["zh", "proposed"],
    ]);
    expect(many.diagnostics).toMatchObject([{ code: "glossary-bad-value", line: 5 }]);
    expect(readUtx("#UTX 1.20\n").diagnostics[0]?.code).toBe("utx-header-broken");
    expect(readUtx("#UTX 1.20; zh/en; 2020\n").diagnostics[0]?.code).toBe("utx-columns-missing");
  });
});

describe("a table that does not explain itself", () => {
  const table = {
    rows: [
      ["甲", "乙", "丙", "丁"],
      ["1", "防汛", "flood control", "house"],
    ],
    lines: [1, 2],
  };

  it("comes back with its first rows, and is read as a person says", () => {
    const unknown = readGlossaryTable(table, { languages });
    expect(unknown).toMatchObject({ value: undefined, diagnostics: [{ code: "glossary-without-columns" }] });
    expect(unknown.facts).toMatchObject({ hasHeader: false, columns: ["", "", "", ""] });
    const columns = { 甲: "-", "2": "zh", 丙: "en", "4": "source" };
    const { value, diagnostics } = readGlossaryTable(table, { columns });
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject([{ terms: [{ text: "flood control", attestations: [{ source: "house" }] }, { text: "防汛" }] }]);
    expect(
      readGlossaryTable(table, { columns: { ...columns, 戊: "zh", 丁: "colour" } }).diagnostics.map(({ code }) => code),
    ).toEqual(["glossary-column-not-there", "glossary-field-unknown", "glossary-unknown-column"]);
  });

  it("names formulas and keeps them as text; words with a hyphen are none", () => {
    const { value, diagnostics } = readGlossaryCsv('zh,en\n防汛,"=HYPERLINK(""x"")"\n抗旱,-ing form\n巡堤,+cmd|x\n值守,@home\n');
    expect(diagnostics).toMatchObject([
      { code: "glossary-formula", line: 2, values: { column: "en", value: '=HYPERLINK("x")' } },
      { code: "glossary-formula", line: 4 },
    ]);
    expect(value?.flatMap(({ terms }) => terms.map(({ text }) => text))).toContain('=HYPERLINK("x")');
  });

  it("says what is doubled, too long or in one column only", () => {
    const read = (text: string) => readGlossaryCsv(text).diagnostics.map(({ code, line }) => [code, line]);
    expect(read(`zh,en\n防汛,a\n防汛,b\n防汛,a\n抗旱,${"x".repeat(1_000_000)}\n`)).toEqual([
      ["glossary-same-wording", 3],
      ["glossary-repeated-row", 4],
      ["glossary-cell-too-long", 5],
    ]);
    expect(readGlossaryTable({ rows: [["zh;en"], ["a;b"]], lines: [1, 2] }, {}).diagnostics[0]?.code).toBe("glossary-one-column");
  });
});

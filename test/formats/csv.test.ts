import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPairReader, detectDelimiter, readCsv, writeCsv } from "../../src/formats/csv.ts";

describe("reading tables", () => {
  it("gives rows, their lines and the header", () => {
    const { value, diagnostics } = readCsv('zh,en\n\n防汛,"flood\ncontrol"\n抗旱,drought relief\n', { header: true });
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      header: ["zh", "en"],
      rows: [
        ["防汛", "flood\ncontrol"],
        ["抗旱", "drought relief"],
      ],
      lines: [3, 5],
      delimiter: ",",
    });
  });

  it("names the line of an unclosed quotation mark and reads on after it", () => {
    const { value, diagnostics } = readCsv('zh,en\n防汛,"flood control\n抗旱,drought relief\n', { header: true });
    expect(diagnostics).toEqual([{ code: "csv-quote-unclosed", severity: "error", line: 2, column: 4 }]);
    expect(value?.rows).toEqual([["抗旱", "drought relief"]]);
    expect(value?.lines).toEqual([3]);
  });

  it("names the line of text after a closing quotation mark and reads on after it", () => {
    const { value, diagnostics } = readCsv('zh,en\r\n防汛,"flood" control\r\n抗旱,drought relief\r\n', { header: true });
    expect(diagnostics).toEqual([{ code: "csv-quote-broken", severity: "error", line: 2, column: 4 }]);
    expect(value?.rows).toEqual([["抗旱", "drought relief"]]);
  });

  it("gives up on a file that is broken all over", () => {
    const { diagnostics } = readCsv('x,"y" z\n'.repeat(1000), { header: false });
    expect(diagnostics.at(-1)?.code).toBe("csv-too-many-errors");
    expect(diagnostics.length).toBe(21);
  });

  it("takes rows that end in different ways", () => {
    const { value } = readCsv("zh,en\r\n防汛,flood control\n抗旱,drought relief\r\n", { header: false });
    expect(value?.rows).toEqual([
      ["zh", "en"],
      ["防汛", "flood control"],
      ["抗旱", "drought relief"],
    ]);
  });

  it("says that an empty file is empty", () => {
    expect(readCsv("\ufeff\n \n", { header: true })).toEqual({
      value: undefined,
      diagnostics: [{ code: "csv-empty", severity: "error" }],
    });
  });

  it.each([
    ["zh\ten\n一、二\tone, two, three\n", "\t"],
    ["zh,en\n一;二,two\n", ","],
    ["zh;en\n一,二;one, two\n三;three\n", ";"],
    ["zh|en\n一|one\n", "|"],
    ["zh\n一\n", ","],
  ])("detects the delimiter of %j", (text, delimiter) => {
    expect(detectDelimiter(text)).toBe(delimiter);
  });
});

describe("writing tables", () => {
  const cell = fc.string({
    unit: fc.constantFrom("中", "文", "a", '"', ",", "\n", "\r", "\t", "'", "=", "-", " ", ";", "\ufeff"),
  });
  // A row of blank cells is skipped on reading, and a lone first cell cannot tell its delimiter.
  const row = fc.array(cell, { minLength: 2, maxLength: 4 }).filter((cells) => cells.some((text) => text.trim() !== ""));

  it("comes back as it went out", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), fc.boolean(), (rows, neutraliseFormulas, tab) => {
        const delimiter = tab ? "\t" : ",";
        const text = writeCsv([["zh", "en"], ...rows], { delimiter, neutraliseFormulas });
        const read = readCsv(text, { header: false, delimiter, undoFormulas: neutraliseFormulas });
        expect(read.diagnostics).toEqual([]);
        expect(read.value?.rows.slice(1)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it("puts an apostrophe before formulas on request only, and takes it off on request only", () => {
    const rows = [["=1+1", "'=kept", "-5", "plain"]];
    expect(writeCsv(rows, { delimiter: "\t" })).toBe("=1+1\t'=kept\t-5\tplain\n");
    const safe = writeCsv(rows, { delimiter: "\t", neutraliseFormulas: true });
    expect(safe).toBe("'=1+1\t''=kept\t'-5\tplain\n");
    expect(readCsv(safe, { delimiter: "\t", header: false, undoFormulas: true }).value?.rows).toEqual(rows);
  });
});

describe("streaming pairs", () => {
  function pairsOf(chunks: readonly string[]) {
    const pairs: (readonly [string, string, number])[] = [];
    const reader = createPairReader((source, target, line) => pairs.push([source, target, line]));
    for (const chunk of chunks) reader.write(chunk);
    return { pairs, diagnostics: reader.end() };
  }

  it("keeps quotation marks that are text and unwraps those a spreadsheet put on", () => {
    const text = '\ufeff"四个意识"\t"four"\r\n"说""好""。"\t"He said ""good""."\r\n\r\n一\t1\tmore\n';
    expect(pairsOf([text]).pairs).toEqual([
      ['"四个意识"', '"four"', 1],
      ['说"好"。', 'He said "good".', 2],
      ["一", "1", 4],
    ]);
  });

  it("names lines without a tab", () => {
    expect(pairsOf(["防汛\tflood control\n没有译文\n"]).diagnostics).toEqual([
      { code: "pair-without-tab", severity: "warning", line: 2 },
    ]);
  });

  it("does not mind where the chunks are cut", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("中", "a", "\t", "\n", "\r", '"') }), fc.nat(40), (text, cut) => {
        expect(pairsOf([text.slice(0, cut), text.slice(cut)])).toEqual(pairsOf([text]));
      }),
    );
  });
});

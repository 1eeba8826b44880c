import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writeGlossaryXlsx } from "../../src/formats/glossary-xlsx.ts";
import { readGlossaryTable } from "../../src/formats/glossary-table.ts";
import { sortConcepts } from "../../src/formats/glossary-rows.ts";
import { readXlsx } from "../../src/formats/xlsx.ts";
import { writeXlsx } from "../../src/formats/xlsx-write.ts";
import { arbitraryGlossary, shuffle } from "./glossary-generator.ts";

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A spreadsheet as other programs write it, with these cells. */
function makeBook(sheetData: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const files = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook ${MAIN} ${REL}><sheets><sheet name="First" sheetId="1" r:id="rId1"/><sheet name="词条" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet ${MAIN}><sheetData/></worksheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet ${MAIN}><sheetData>${sheetData}</sheetData></worksheet>`,
    "xl/styles.xml": `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst ${MAIN}><si><t>防汛</t></si><si><r><t>flood </t></r><r><t>control</t></r><rPh><t>fángxùn</t></rPh></si></sst>`,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

describe("spreadsheets", () => {
  it("give back every text, and equal tables are equal files", () => {
    const cell = fc.string({
      unit: fc.constantFrom("防", "a", "=", "\u0001", "\r", "\n", "_x0041_", "\ud800", "<&", " "),
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const table = { header: ["one", "two"], rows, sheet: "glossary" };
        const read = readXlsx(writeXlsx(table));
        const filled = rows.filter((row) => row.some((each) => each.trim() !== ""));
        const trim = (row: readonly string[]) => row.slice(0, row.findLastIndex((each) => each !== "") + 1);
        expect(read.value?.rows).toEqual([["one", "two"], ...filled.map(trim)]);
        expect(writeXlsx(table)).toEqual(writeXlsx(table));
      }),
      { numRuns: 25 },
    );
  });

  it("carry a glossary whole", () => {
    fc.assert(
      fc.property(arbitraryGlossary, (concepts) => {
        const { bytes } = writeGlossaryXlsx(concepts);
        const read = readXlsx(bytes).value;
        const table = readGlossaryTable(read ?? { rows: [], lines: [] }, {});
        expect(table.diagnostics.filter(({ code }) => code !== "glossary-formula")).toEqual([]);
        expect(table.value).toEqual(sortConcepts(concepts));
        expect(writeGlossaryXlsx(shuffle(concepts)).bytes).toEqual(bytes);
      }),
      { numRuns: 15 },
    );
  });

  it("of other programs are read: shared and rich texts, values of formulas, days, numbers, errors with their place", () => {
    const { value, diagnostics } = readXlsx(
      makeBook(
        `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" s="1"><v>45460</v></c><c r="E2" s="2"><v>45460.5</v></c></row>
         <row r="4"><c r="A4"><f>1+1</f><v>2</v></c><c r="B4" t="str"><f>A2</f><v>防汛</v></c><c r="C4" t="e"><v>#N/A</v></c><c r="D4"><f>X()</f></c><c r="E4" t="inlineStr"><is><t>救灾</t></is></c><c r="F4"><v>0.30000000000000004</v></c><c r="G4" t="b"><v>1</v></c></row>`,
      ),
    );
    expect(value).toMatchObject({ sheets: ["First", "词条"], sheet: "词条", lines: [2, 4] });
    expect(value?.rows).toEqual([
      ["防汛", "", "flood control", "2024-06-17", "2024-06-17"],
      ["2", "防汛", "", "", "救灾", "0.3", "TRUE"],
    ]);
    expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([
      ["xlsx-cell-error", 4, 3],
      ["xlsx-formula-without-value", 4, 4],
    ]);
    expect(readXlsx(makeBook("<row/>"), { sheet: "none" }).diagnostics[0]?.code).toBe("xlsx-sheet-unknown");
  });

  it("that are damaged, no spreadsheets or bombs are refused", () => {
    const codes = [
      new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
      zipSync({ "word/document.xml": strToU8("<x/>") }),
      makeBook("<row><c>"),
      makeBook("", { "xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }),
      zipSync({ "xl/workbook.xml": new Uint8Array(3_000_000) }),
    ].map((bytes) => readXlsx(bytes).diagnostics[0]?.code);
    expect(codes).toEqual(["xlsx-damaged", "unsupported-format", "xml-unexpected-close-tag", "xml-doctype", "zip-bomb"]);
  });
});

/**
 * Writes a table as a spreadsheet (XLSX): one sheet, every cell a text, so that nothing turns into a formula, a number or a date,
 * neither on opening nor when a person edits it. The first row is the header and stays in sight.
 *
 * Guarantee: equal tables give equal bytes; `readXlsx` gives back every text, also what XML cannot hold.
 * Cost: linear.
 */
import { escapeAttribute, escapeText } from "./xml-write.ts";
import { packZip } from "./zip-parts.ts";

/** A longer cell is refused by Excel, though not by others. */
export const MAX_CELL_LENGTH = 32_767;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** 49 is the built-in format of text (@). */
const TEXT_STYLE = 1;
const HEADER_STYLE = 2;

// eslint-disable-next-line no-control-regex -- what XML 1.0 forbids, the carriage return that XML changes, and the escape itself
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}|_(?=x[0-9A-Fa-f]{4}_)/gu;

function writeText(text: string): string {
  return escapeText(text.replace(SPECIAL, (each) => `_x${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`));
}

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

function relationships(list: readonly (readonly [type: string, target: string])[]): string {
  const items = list.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join("")}</Relationships>`;
}

const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/></Types>`;
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export function writeXlsx(table: {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** At most 31 characters, none of : \ / ? * [ ]. */
  readonly sheet: string;
}): Uint8Array {
  const shared = new Map<string, number>();
  let uses = 0;
  const numberOf = (text: string): number => {
    uses += 1;
    const known = shared.get(text);
    if (known !== undefined) return known;
    shared.set(text, shared.size);
    return shared.size - 1;
  };
  const writeRow = (cells: readonly string[], row: number, style: number): string => {
    let written = `<row r="${row}">`;
    for (let column = 0; column < cells.length; column += 1) {
      const text = cells[column] ?? "";
      if (text !== "") written += `<c r="${columnName(column)}${row}" s="${style}" t="s"><v>${numberOf(text)}</v></c>`;
    }
    return `${written}</row>`;
  };
  const rows = [writeRow(table.header, 1, HEADER_STYLE)];
  table.rows.forEach((cells, at) => rows.push(writeRow(cells, at + 2, TEXT_STYLE)));
  const columns = `<cols><col min="1" max="${Math.max(1, table.header.length)}" width="20" style="${TEXT_STYLE}" customWidth="1"/></cols>`;
  const view = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const sheet = `${HEAD}<worksheet xmlns="${MAIN}">${view}${columns}<sheetData>${rows.join("")}</sheetData></worksheet>`;
  const texts = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${writeText(text)}</t></si>`);
  const workbook = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escapeAttribute(table.sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const workbookRelations = relationships([
    ["worksheet", "worksheets/sheet1.xml"],
    ["styles", "styles.xml"],
    ["sharedStrings", "sharedStrings.xml"],
  ]);
  const files = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": relationships([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": workbook,
    "xl/_rels/workbook.xml.rels": workbookRelations,
    "xl/worksheets/sheet1.xml": sheet,
    "xl/styles.xml": STYLES,
    "xl/sharedStrings.xml": `${HEAD}<sst xmlns="${MAIN}" count="${uses}" uniqueCount="${shared.size}">${texts.join("")}</sst>`,
  };
  const encoder = new TextEncoder();
  return packZip(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])), { level: 6 });
}

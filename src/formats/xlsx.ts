/**
 * Reads one sheet of a spreadsheet (XLSX, ECMA-376 part 1, 18) as rows of text.
 *
 * Policy: a formula is never run, its stored value is read; dates come as ISO days, numbers as they are shown in general
 * format; a cell with an error is empty and reported with row and column. Bombs, encrypted and damaged files are refused.
 * `line` of a diagnostic is the row, `column` the column of the sheet.
 * Cost: linear in the size of the sheet and of the shared texts.
 */
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import { findDateStyles, toIsoDay } from "./xlsx-dates.ts";
import { parseXml } from "./xml.ts";
import type { XmlTag } from "./xml.ts";
import { decodeXml } from "./xml-encoding.ts";
import { extractZipParts } from "./zip-parts.ts";

export type XlsxSheet = {
  /** Names of all sheets, in order. */
  readonly sheets: readonly string[];
  /** The one that was read. */
  readonly sheet: string;
  readonly rows: readonly (readonly string[])[];
  /** 1-based number of each row in the sheet. */
  readonly lines: readonly number[];
};

const MAX_XLSX_BYTES = 64 * 1024 * 1024;
/** A glossary has twenty columns; a stray cell far to the right must not cost memory in every row. */
const MAX_COLUMNS = 512;
const MAX_REPORTED = 50;
const MAX_RATIO = 600;
const NEEDED = /^(?:xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/iu;

function refuse(code: string, values: Diagnostic["values"] = {}): ReadResult<never> {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

/** `_x000D_` stands for a character that XML cannot hold; `_x005F_` for a low line that would be read so. */
function unescapeText(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

type Parts = ReadonlyMap<string, Uint8Array>;

/** The text of a part, undefined when there is no such part or it is no text. */
function readPart(parts: Parts, name: string): string | undefined {
  const bytes = parts.get(name.toLowerCase());
  const decoded = bytes && decodeXml(bytes);
  return decoded && !("code" in decoded) ? decoded.text : undefined;
}

function attribute(tag: XmlTag, local: string): string | undefined {
  for (const name in tag.attributes) if (tag.attributes[name]?.local === local) return tag.attributes[name].value;
  return undefined;
}

type Workbook = { readonly sheets: readonly { readonly name: string; readonly part: string }[]; readonly from1904: boolean };

function readWorkbook(parts: Parts): Workbook | undefined {
  const targets = new Map<string, string>();
  parseXml(readPart(parts, "xl/_rels/workbook.xml.rels") ?? "<none/>", {
    open(tag) {
      if (tag.local !== "Relationship") return;
      const target = attribute(tag, "Target") ?? "";
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//u, "")}`;
      targets.set(attribute(tag, "Id") ?? "", part);
    },
  });
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  const text = readPart(parts, "xl/workbook.xml");
  if (text === undefined) return undefined;
  const fault = parseXml(text, {
    open(tag) {
      if (tag.local === "workbookPr") from1904 = ["1", "true"].includes(attribute(tag, "date1904") ?? "");
      if (tag.local !== "sheet") return;
      const id = Object.values(tag.attributes).find(({ local, uri }) => local === "id" && uri !== "")?.value ?? "";
      const part = targets.get(id) ?? `xl/worksheets/sheet${sheets.length + 1}.xml`;
      if (part.includes("worksheets/")) sheets.push({ name: attribute(tag, "name") ?? "", part });
    },
  });
  return fault ? undefined : { sheets, from1904 };
}

/** Texts that cells refer to; readings above Chinese and Japanese (rPh) are no part of them. */
function readSharedTexts(xml: string): readonly string[] {
  const texts: string[] = [];
  let current: string | undefined;
  let isText = false;
  let readings = 0;
  parseXml(xml, {
    open(tag) {
      if (tag.local === "si") current = "";
      else if (tag.local === "rPh") readings += 1;
      else if (tag.local === "t") isText = readings === 0;
    },
    text(piece) {
      if (isText && current !== undefined) current += piece;
    },
    close(tag) {
      if (tag.local === "t") isText = false;
      else if (tag.local === "rPh") readings -= 1;
      else if (tag.local === "si") {
        texts.push(unescapeText(current ?? ""));
        current = undefined;
      }
    },
  });
  return texts;
}

/** The column of a reference such as `AB12`, counted from 0; -1 when it is none. */
function columnOf(reference: string | undefined): number {
  let column = 0;
  for (let at = 0; at < (reference?.length ?? 0); at += 1) {
    const letter = (reference?.charCodeAt(at) ?? 0) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}

type CellFacts = { type: string; style: number; value: string; inline: string; hasFormula: boolean; column: number };
type Values = { readonly shared: readonly string[]; readonly dateStyles: ReadonlySet<number>; readonly from1904: boolean };

function readCell(cell: CellFacts, { shared, dateStyles, from1904 }: Values): string | { readonly code: string } {
  const { type, value } = cell;
  if (type === "inlineStr") return unescapeText(cell.inline);
  if (value === "") return cell.hasFormula && type !== "str" ? { code: "xlsx-formula-without-value" } : "";
  switch (type) {
    case "s":
      return shared[Number(value)] ?? "";
    case "str":
      return unescapeText(value);
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    case "e":
      return { code: "xlsx-cell-error" };
    case "d":
      return value.slice(0, 10);
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return value;
      if (dateStyles.has(cell.style)) return toIsoDay(number, from1904) ?? value;
      return String(Number(number.toPrecision(15)));
    }
  }
}

function readSheet(xml: string, values: Values): ReadResult<Pick<XlsxSheet, "rows" | "lines">> {
  const rows: string[][] = [];
  const lines: number[] = [];
  const diagnostics: Diagnostic[] = [];
  let row: string[] = [];
  let line = 0;
  let cell: CellFacts | undefined;
  let collecting: "value" | "inline" | undefined;
  let readings = 0;
  let beyond = 0;
  const fault = parseXml(xml, {
    open(tag) {
      switch (tag.local) {
        case "row":
          line = Number(attribute(tag, "r") ?? line + 1);
          row = [];
          break;
        case "c": {
          const given = columnOf(attribute(tag, "r"));
          const column = given === -1 ? row.length : given;
          const style = Number(attribute(tag, "s") ?? 0);
          cell = { type: attribute(tag, "t") ?? "n", style, value: "", inline: "", hasFormula: false, column };
          break;
        }
        case "f":
          if (cell) cell.hasFormula = true;
          break;
        case "v":
          collecting = "value";
          break;
        case "rPh":
          readings += 1;
          break;
        case "t":
          if (cell && readings === 0) collecting = "inline";
      }
    },
    text(piece) {
      if (cell && collecting) cell[collecting] += piece;
    },
    close(tag) {
      if (tag.local === "v" || tag.local === "t") collecting = undefined;
      else if (tag.local === "rPh") readings -= 1;
      else if (tag.local === "c" && cell) {
        const read = readCell(cell, values);
        const { column } = cell;
        cell = undefined;
        if (column >= MAX_COLUMNS) beyond += 1;
        else if (typeof read !== "string") {
          if (diagnostics.length < MAX_REPORTED) {
            diagnostics.push({ code: read.code, severity: "warning", line, column: column + 1 });
          }
        } else if (read !== "") {
          while (row.length < column) row.push("");
          row[column] = read;
        }
      } else if (tag.local === "row" && row.some((each) => each.trim() !== "")) {
        rows.push(row);
        lines.push(line);
      }
    },
  });
  if (fault) return { value: undefined, diagnostics: [fault] };
  if (beyond > 0) {
    diagnostics.push({ code: "xlsx-too-many-columns", severity: "warning", values: { count: beyond, limit: MAX_COLUMNS } });
  }
  return { value: { rows, lines }, diagnostics };
}

/** Reads the sheet of that name, or the first that holds anything. */
export function readXlsx(bytes: Uint8Array, options: { readonly sheet?: string } = {}): ReadResult<XlsxSheet> {
  if (bytes.length > MAX_XLSX_BYTES) return refuse("too-large", { size: bytes.length, limit: MAX_XLSX_BYTES });
  const extracted = extractZipParts(bytes, {
    needed: NEEDED,
    damaged: "xlsx-damaged",
    maxRatio: MAX_RATIO,
    judge: (names) =>
      names.some((name) => name.toLowerCase() === "xl/workbook.xml")
        ? undefined
        : {
            code: "unsupported-format",
            severity: "error",
            values: { kind: names.some((name) => name.startsWith("word/")) ? "docx" : "zip" },
          },
  });
  if (!extracted.value) return { value: undefined, diagnostics: extracted.diagnostics };
  const parts: Parts = new Map([...extracted.value].map(([name, part]) => [name.toLowerCase(), part]));
  const workbook = readWorkbook(parts);
  const names = workbook?.sheets.map(({ name }) => name) ?? [];
  if (!workbook || names.length === 0) return refuse("xlsx-damaged", { entry: "xl/workbook.xml" });
  const wanted = options.sheet === undefined ? workbook.sheets : workbook.sheets.filter(({ name }) => name === options.sheet);
  if (wanted.length === 0) return refuse("xlsx-sheet-unknown", { sheet: options.sheet ?? "", sheets: names.join(", ") });
  const values: Values = {
    shared: readSharedTexts(readPart(parts, "xl/sharedStrings.xml") ?? "<none/>"),
    dateStyles: findDateStyles(readPart(parts, "xl/styles.xml") ?? "<none/>"),
    from1904: workbook.from1904,
  };
  let empty: XlsxSheet | undefined;
  for (const { name, part } of wanted) {
    const xml = readPart(parts, part);
    if (xml === undefined) return refuse("xlsx-damaged", { entry: part });
    const read = readSheet(xml, values);
    if (!read.value) return read as ReadResult<never>;
    const sheet: XlsxSheet = { sheets: names, sheet: name, ...read.value };
    if (sheet.rows.length > 0) return { value: sheet, diagnostics: read.diagnostics };
    empty ??= sheet;
  }
  return { value: empty, diagnostics: [{ code: "xlsx-empty", severity: "error", values: { sheet: empty?.sheet ?? "" } }] };
}

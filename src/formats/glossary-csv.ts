/**
 * A glossary as a comma- or tab-separated table: our own columns, or the simple tables of others with one column a language
 * (zh, en, 中文, 英文 …) and note, status, source; what a column is can be said by the caller.
 *
 * Guarantee: reading what was written gives the same glossary, sorted; equal glossaries give equal bytes.
 * Policy: rows that cannot be used are left out and reported with their line; so is a column we do not know.
 */
import type { Concept, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { CsvReadOptions, CsvWriteOptions } from "./csv.ts";
import { readCsv, writeCsv } from "./csv.ts";
import type { GlossaryColumn, HeaderCell } from "./glossary-columns.ts";
import { reportFormulas } from "./glossary-formulas.ts";
import { readHeaderCell } from "./glossary-columns.ts";
import { listGlossaryRows, readGlossaryRows } from "./glossary-rows.ts";

export { hasOwnId, sortConcepts } from "./glossary-rows.ts";

export type GlossaryReadOptions = Pick<CsvReadOptions, "delimiter" | "undoFormulas"> & {
  /** For rows that name none. A reader that enforces a bare list of a person's own decisions asks for `approved`. */
  readonly defaultStatus?: TermStatus;
};

/** Whether a first row is one of ours or of a simple glossary; anything else is a two-column list of texts. */
export function isGlossaryHeader(row: readonly string[]): boolean {
  return areGlossaryColumns(row.map(readHeaderCell));
}

export function areGlossaryColumns(columns: readonly HeaderCell[]): boolean {
  const has = (column: GlossaryColumn) => columns.some((cell) => cell.kind === "column" && cell.column === column);
  return (has("term") && has("language")) || columns.filter((cell) => cell.kind === "language").length > 1;
}

export function reportUnknownColumns(header: readonly string[], columns: readonly HeaderCell[]): readonly Diagnostic[] {
  const unknown = header.filter((name, index) => (columns[index]?.kind ?? "unknown") === "unknown" && name.trim() !== "");
  return unknown.map((column) => ({ code: "glossary-unknown-column", severity: "warning", line: 1, values: { column } }));
}

export function readGlossaryCsv(text: string, options: GlossaryReadOptions = {}): ReadResult<readonly Concept[]> {
  const { defaultStatus = "proposed", ...csv } = options;
  const read = readCsv(text, { ...csv, header: true });
  const header = read.value?.header;
  if (!read.value || !header) return { value: undefined, diagnostics: read.diagnostics };
  if (!isGlossaryHeader(header)) {
    const missing: Diagnostic = { code: "glossary-without-columns", severity: "error", line: 1 };
    return { value: undefined, diagnostics: [...read.diagnostics, missing] };
  }
  const columns = header.map(readHeaderCell);
  const table = { ...read.value, columns };
  const { value, diagnostics } = readGlossaryRows(table, defaultStatus);
  return {
    value,
    diagnostics: [
      ...reportUnknownColumns(header, columns),
      ...[...read.diagnostics, ...reportFormulas(table), ...diagnostics].sort(
        (first, second) => (first.line ?? 0) - (second.line ?? 0),
      ),
    ],
  };
}

export function writeGlossaryCsv(concepts: readonly Concept[], options: Omit<CsvWriteOptions, "header"> = {}): string {
  const { header, rows } = listGlossaryRows(concepts);
  return writeCsv(rows, { ...options, header });
}

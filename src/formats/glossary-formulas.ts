/** Cells of a glossary that a spreadsheet would run: they are read as texts, and named so that a person knows. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { isFormula } from "./csv.ts";
import type { HeaderCell } from "./glossary-columns.ts";
import type { GlossaryTable } from "./glossary-rows.ts";

const SAMPLE_LENGTH = 120;

/** Formulas are texts here and are never run; a person should know that a term is one. */
export function reportFormulas({ rows, lines, columns }: GlossaryTable): Diagnostic[] {
  return rows.flatMap((row, index) =>
    row.flatMap((cell, at): Diagnostic[] => {
      if (columns[at]?.kind === "ignored" || !isFormula(cell)) return [];
      const values = { column: nameColumn(columns[at]) || String(at + 1), value: shorten(cell) };
      return [{ code: "glossary-formula", severity: "warning", line: lines[index] ?? 0, values }];
    }),
  );
}

/** The beginning of a cell, for a message or a sample. */
export function shorten(cell: string): string {
  return cell.length > SAMPLE_LENGTH ? `${cell.slice(0, SAMPLE_LENGTH)}…` : cell;
}

/** A column as the file or the format names it; nothing when it is not known. */
export function nameColumn(cell: HeaderCell = { kind: "unknown" }): string {
  switch (cell.kind) {
    case "column":
      return cell.column;
    case "language":
      return cell.language;
    case "ignored":
      return "-";
    case "unknown":
      return "";
  }
}

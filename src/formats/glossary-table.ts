/**
 * A table of any origin (CSV, TSV, a sheet) as a glossary: what each column is comes from the caller's choice, else from the
 * header; a table of two or three columns without a header is source, target and note when the caller says so.
 *
 * Policy: a table whose columns cannot be told is not guessed at but comes back with its first rows, so that a person can say.
 */
import type { Concept, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { HeaderCell } from "./glossary-columns.ts";
import { nameColumn, reportFormulas, shorten } from "./glossary-formulas.ts";
import { readHeaderCell } from "./glossary-columns.ts";
import { areGlossaryColumns, reportUnknownColumns } from "./glossary-csv.ts";
import { readGlossaryRows } from "./glossary-rows.ts";

export type ReceivedTable = { readonly rows: readonly (readonly string[])[]; readonly lines: readonly number[] };

export type TableReadOptions = {
  /** What a column is, by its header or its number from 1: a field, a language, or `-` for one that does not count. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Whether the first row names the columns; found out when absent. */
  readonly hasHeader?: boolean;
  /** For a table without a header: the languages of its first two columns. */
  readonly languages?: { readonly source: LanguageTag; readonly target: LanguageTag };
  readonly defaultStatus?: TermStatus;
};

/** What was found out about the table, for a person to see and to change. */
export type TableFacts = {
  readonly hasHeader: boolean;
  /** Names of the columns, or empty texts. */
  readonly header: readonly string[];
  /** What each column is read as: a field, a language, `-` ignored, or an empty text for unknown. */
  readonly columns: readonly string[];
  readonly sample: readonly (readonly string[])[];
};

export type TableRead = ReadResult<readonly Concept[]> & { readonly facts: TableFacts };

const SAMPLE_ROWS = 5;

export function readGlossaryTable(table: ReceivedTable, options: TableReadOptions): TableRead {
  const first = table.rows[0] ?? [];
  const width = table.rows.slice(0, 100).reduce((most, row) => Math.max(most, row.length), 0);
  const chosen = options.columns ?? {};
  const named = first.map((cell, at) => chooseColumn(chosen, cell, at) ?? readHeaderCell(cell));
  const isHeader = options.hasHeader ?? (areGlossaryColumns(first.map(readHeaderCell)) || namesColumns(chosen, first));
  const bare = Array.from({ length: width }, (_, at) => chooseColumn(chosen, undefined, at) ?? guessColumn(at, width, options));
  const columns: readonly HeaderCell[] = isHeader ? named : bare;
  const facts: TableFacts = {
    hasHeader: isHeader,
    header: Array.from({ length: width }, (_, at) => (isHeader ? shorten(first[at] ?? "") : "")),
    columns: Array.from({ length: width }, (_, at) => nameColumn(columns[at])),
    sample: table.rows.slice(isHeader ? 1 : 0, SAMPLE_ROWS + 1).map((row) => row.map(shorten)),
  };
  const diagnostics: Diagnostic[] = unusedChoices(chosen, first, width);
  if (!areGlossaryColumns(columns)) {
    const line = table.lines[0] ?? 1;
    const code = width < 2 ? "glossary-one-column" : "glossary-without-columns";
    return { value: undefined, diagnostics: [...diagnostics, { code, severity: "error", line }], facts };
  }
  if (!isHeader && options.columns === undefined && options.hasHeader === undefined) {
    const { source = "", target = "" } = options.languages ?? {};
    diagnostics.push({
      code: "glossary-without-header",
      severity: "warning",
      line: table.lines[0] ?? 1,
      values: { source, target },
    });
  }
  if (isHeader) diagnostics.push(...reportUnknownColumns(first, columns));
  const start = isHeader ? 1 : 0;
  const rows = { rows: table.rows.slice(start), lines: table.lines.slice(start), columns };
  diagnostics.push(...reportFormulas(rows));
  const read = readGlossaryRows(rows, options.defaultStatus ?? "proposed");
  return { value: read.value, diagnostics: [...diagnostics, ...read.diagnostics], facts };
}

/** A choice names the header as it stands, without regard to capitals, or the number of the column. */
function chooseColumn(chosen: Readonly<Record<string, string>>, header: string | undefined, at: number): HeaderCell | undefined {
  const name = header?.trim().toLowerCase();
  const entry = Object.entries(chosen).find(([key]) => name !== undefined && key.trim().toLowerCase() === name);
  const choice = entry?.[1] ?? (Object.hasOwn(chosen, String(at + 1)) ? chosen[String(at + 1)] : undefined);
  if (choice === undefined) return undefined;
  return choice === "-" || choice === "" ? { kind: "ignored" } : readHeaderCell(choice);
}

function namesColumns(chosen: Readonly<Record<string, string>>, first: readonly string[]): boolean {
  const names = new Set(first.map((cell) => cell.trim().toLowerCase()));
  return Object.keys(chosen).some((key) => names.has(key.trim().toLowerCase()));
}

/** The order of OmegaT and of most lists: source, target, note. */
function guessColumn(at: number, width: number, { languages }: TableReadOptions): HeaderCell {
  if (!languages || width > 3) return { kind: "unknown" };
  const order: readonly HeaderCell[] = [
    { kind: "language", language: languages.source },
    { kind: "language", language: languages.target },
    { kind: "column", column: "term_note" },
  ];
  return order[at] ?? { kind: "unknown" };
}

/** Choices for a column that is not there, or of a field that is none. */
function unusedChoices(chosen: Readonly<Record<string, string>>, first: readonly string[], width: number): Diagnostic[] {
  const names = new Set(first.map((cell) => cell.trim().toLowerCase()));
  return Object.entries(chosen).flatMap(([key, choice]): Diagnostic[] => {
    const isThere = names.has(key.trim().toLowerCase()) || (/^\d+$/u.test(key) && Number(key) >= 1 && Number(key) <= width);
    if (!isThere) return [{ code: "glossary-column-not-there", severity: "error", values: { column: key } }];
    const isField = choice === "-" || choice === "" || readHeaderCell(choice).kind !== "unknown";
    return isField ? [] : [{ code: "glossary-field-unknown", severity: "error", values: { column: key, field: choice } }];
  });
}

/**
 * A glossary as a table, one row a term. A term with several attestations takes further rows: concept, language, term and
 * usage again, and the next attestation; their other cells are empty.
 *
 * Guarantee: reading what was written gives the same glossary, sorted; equal glossaries give equal bytes, and one changed term
 * changes its own rows only. Also read: simple tables with one column a language (zh, en, 中文, 英文 …) and note, status, source.
 * Policy: a row with a value that does not exist, or without a text, is left out and reported with its line; so is a column we do not know.
 */
import type { Attestation, Concept, ConceptRelation, MatchingRule, Term, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { CsvReadOptions, CsvTable, CsvWriteOptions } from "./csv.ts";
import { readCsv, writeCsv } from "./csv.ts";
import type { GlossaryColumn, HeaderCell } from "./glossary-columns.ts";
import { GLOSSARY_COLUMNS, KINDS, MATCHING, readHeaderCell, readStatus } from "./glossary-columns.ts";
import { TERM_TYPES, USAGES, YES_OR_NO } from "./glossary-columns.ts";
import { readRelations, writeRelations } from "./glossary-relations.ts";
import { mainLanguage } from "./language-tag.ts";

export type GlossaryReadOptions = Pick<CsvReadOptions, "delimiter" | "undoFormulas"> & {
  /** For rows that name none. A reader that enforces a bare list of a person's own decisions asks for `approved`. */
  readonly defaultStatus?: TermStatus;
};

/** A concept of a table without a `concept` column is named after its line. */
const LINE_ID = /^line:\d+$/u;

export function hasOwnId(concept: Pick<Concept, "id">): boolean {
  return !LINE_ID.test(concept.id);
}

type Cells = Partial<Record<GlossaryColumn, string>>;
type Draft = Omit<Concept, "terms"> & { readonly terms: Map<string, Term> };

const DAY = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/u;

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function termKey(term: Pick<Term, "language" | "text" | "usage">): string {
  return `${term.language}\u0000${term.text}\u0000${term.usage ?? ""}`;
}

export function sortConcepts(concepts: readonly Concept[]): readonly Concept[] {
  return [...concepts]
    .sort((first, second) => compareText(first.id, second.id))
    .map((concept) => ({
      ...concept,
      terms: [...concept.terms].sort((first, second) => compareText(termKey(first), termKey(second))),
    }));
}

function defaultMatching(language: LanguageTag): MatchingRule {
  return ["zh", "ja", "ko", "th"].includes(mainLanguage(language)) ? "exact" : "inflecting";
}

/** Thrown and caught within one row. */
class RowFault {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  constructor(code: string, values: Readonly<Record<string, string>>) {
    this.code = code;
    this.values = values;
  }
}

function oneOf<T extends string>(cells: Cells, column: GlossaryColumn, allowed: readonly T[]): T | undefined {
  const value = cells[column]?.trim();
  if (!value) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new RowFault("glossary-bad-value", { column, value });
  return found;
}

function dayOf(cells: Cells, column: GlossaryColumn): string | undefined {
  const value = cells[column]?.trim();
  if (!value) return undefined;
  if (!DAY.test(value)) throw new RowFault("glossary-bad-date", { column, value });
  return value;
}

function paraphrasedOf(cells: Cells): boolean | undefined {
  const value = cells.paraphrased?.trim().toLowerCase() ?? "";
  if (value === "") return undefined;
  const found = YES_OR_NO[value];
  if (found === undefined) throw new RowFault("glossary-bad-value", { column: "paraphrased", value });
  return found;
}

function relationsOf(cells: Cells): readonly ConceptRelation[] | undefined {
  const read = readRelations(cells.relations ?? "");
  if ("fault" in read) throw new RowFault("glossary-bad-value", { column: "relations", value: read.fault });
  return read.relations.length > 0 ? read.relations : undefined;
}

function attestationOf(cells: Cells): Attestation | undefined {
  const { place, source_quotation: sourceQuotation, target_quotation: targetQuotation } = cells;
  const source = cells.source?.trim();
  const date = dayOf(cells, "date");
  if (!source && !place && !date && !sourceQuotation && !targetQuotation) return undefined;
  if (!source) throw new RowFault("glossary-attestation-without-source", {});
  return {
    source,
    ...(place ? { place } : {}),
    ...(date ? { date } : {}),
    ...(sourceQuotation ? { sourceQuotation } : {}),
    ...(targetQuotation ? { targetQuotation } : {}),
  };
}

function termOf(cells: Cells, conceptId: string, fallback: TermStatus): Term {
  const language = cells.language?.trim() ?? "";
  const text = cells.term ?? "";
  if (text.trim() === "") throw new RowFault("glossary-missing-text", {});
  if (language === "") throw new RowFault("glossary-missing-language", {});
  const given = cells.status?.trim() ?? "";
  const status = given === "" ? fallback : readStatus(given);
  if (status === undefined) throw new RowFault("glossary-bad-value", { column: "status", value: given });
  const usage = oneOf(cells, "usage", USAGES);
  const validFrom = dayOf(cells, "valid_from");
  const validUntil = dayOf(cells, "valid_until");
  const attestation = attestationOf(cells);
  const { part_of_speech: partOfSpeech, term_note: note } = cells;
  return {
    id: `${conceptId}/${language}/${text}${usage ? `/${usage}` : ""}`,
    language,
    text,
    status,
    termType: oneOf(cells, "term_type", TERM_TYPES) ?? "fullForm",
    matching: oneOf(cells, "matching", MATCHING) ?? defaultMatching(language),
    ...(usage ? { usage } : {}),
    ...(partOfSpeech ? { partOfSpeech } : {}),
    ...(validFrom ? { validFrom } : {}),
    ...(validUntil ? { validUntil } : {}),
    ...(note ? { note } : {}),
    attestations: attestation ? [attestation] : [],
  };
}

/** A row that says again what is known of its term adds its attestation; one that says otherwise is reported. */
function addTerm(draft: Draft, term: Term, cells: Cells): void {
  const key = termKey(term);
  const known = draft.terms.get(key);
  if (!known) {
    draft.terms.set(key, term);
    return;
  }
  const differs =
    (cells.status?.trim() && term.status !== known.status) ||
    (cells.term_note && term.note !== known.note) ||
    (cells.term_type?.trim() && term.termType !== known.termType) ||
    (cells.matching?.trim() && term.matching !== known.matching);
  if (differs) throw new RowFault("glossary-conflicting-row", { term: term.text });
  draft.terms.set(key, { ...known, attestations: [...known.attestations, ...term.attestations] });
}

function cellsOf(row: readonly string[], header: readonly HeaderCell[]): Cells {
  const cells: Cells = {};
  header.forEach((each, index) => {
    if (each.kind === "column") cells[each.column] = row[index] ?? "";
  });
  return cells;
}

/** The rows of a term that a row stands for: itself, or in a table with language columns one a language and synonym. */
function termRows(row: readonly string[], header: readonly HeaderCell[]): readonly Cells[] {
  const cells = cellsOf(row, header);
  const languages = header.flatMap((each, index) => (each.kind === "language" ? [{ language: each.language, index }] : []));
  if (languages.length === 0) return [cells];
  const first = languages[0]?.language;
  return languages.flatMap(({ language, index }) =>
    (row[index] ?? "")
      .split("|")
      .map((term) => term.trim())
      .filter((term) => term !== "" || language === first)
      .map((term) => {
        // Note and usage speak of the rendering; the source term has them only if it stands alone. The decision and
        // where it can be seen are about the pair: both sides were read at that place.
        const isSource = language === first && languages.length > 1;
        return { ...(isSource && cells.status ? citedStatus(cells) : isSource ? {} : cells), language, term };
      }),
  );
}

function citedStatus({ status, source, place, date }: Cells): Cells {
  const cited = { status, source, place, date };
  return Object.fromEntries(Object.entries(cited).filter(([, cell]) => cell !== undefined));
}

function conceptIdFor(cells: Cells, line: number): string {
  const id = cells.concept?.trim() ?? "";
  return id === "" ? `line:${line}` : id;
}

function readRows(table: CsvTable, header: readonly HeaderCell[], fallback: TermStatus): ReadResult<readonly Concept[]> {
  const drafts = new Map<string, Draft>();
  const diagnostics: Diagnostic[] = [];
  table.rows.forEach((row, index) => {
    const line = table.lines[index] ?? 0;
    try {
      const cells = cellsOf(row, header);
      const id = conceptIdFor(cells, line);
      const kind = oneOf(cells, "kind", KINDS);
      const known = drafts.get(id);
      const paraphrased = paraphrasedOf(cells);
      const relations = relationsOf(cells);
      const own = {
        ...(cells.class ? { class: cells.class } : {}),
        ...(cells.domain ? { domain: cells.domain } : {}),
        ...(cells.concept_note ? { note: cells.concept_note } : {}),
        ...(paraphrased === undefined ? {} : { paraphrased }),
        ...(relations ? { relations } : {}),
      };
      const draft: Draft = { ...own, ...(known ?? { id, kind: kind ?? "term", terms: new Map<string, Term>() }) };
      for (const each of termRows(row, header)) addTerm(draft, termOf(each, id, fallback), each);
      drafts.set(id, draft);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      diagnostics.push({ code: error.code, severity: "error", line, values: error.values });
    }
  });
  const concepts = [...drafts.values()].map((draft) => ({ ...draft, terms: [...draft.terms.values()] }));
  return { value: sortConcepts(concepts), diagnostics };
}

/** Whether a first row is one of ours or of a simple glossary; anything else is a two-column list of texts. */
export function isGlossaryHeader(row: readonly string[]): boolean {
  const cells = row.map(readHeaderCell);
  const has = (column: GlossaryColumn) => cells.some((cell) => cell.kind === "column" && cell.column === column);
  return (has("term") && has("language")) || cells.filter((cell) => cell.kind === "language").length > 1;
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
  const cells = header.map(readHeaderCell);
  const unknown = header.filter((name, index) => cells[index]?.kind === "unknown" && name.trim() !== "");
  const { value, diagnostics } = readRows(read.value, cells, defaultStatus);
  return {
    value,
    diagnostics: [
      ...unknown.map((column) => ({
        code: "glossary-unknown-column",
        severity: "warning" as const,
        line: 1,
        values: { column },
      })),
      ...[...read.diagnostics, ...diagnostics].sort((first, second) => (first.line ?? 0) - (second.line ?? 0)),
    ],
  };
}

function rowOf(cells: Cells): readonly string[] {
  return GLOSSARY_COLUMNS.map((column) => cells[column] ?? "");
}

function attestationCells(attestation: Attestation | undefined): Cells {
  return {
    source: attestation?.source ?? "",
    place: attestation?.place ?? "",
    date: attestation?.date ?? "",
    source_quotation: attestation?.sourceQuotation ?? "",
    target_quotation: attestation?.targetQuotation ?? "",
  };
}

export function writeGlossaryCsv(concepts: readonly Concept[], options: Omit<CsvWriteOptions, "header"> = {}): string {
  const rows = sortConcepts(concepts).flatMap((concept) =>
    concept.terms.flatMap((term) => {
      const identity: Cells = { concept: concept.id, language: term.language, term: term.text, usage: term.usage ?? "" };
      const first: Cells = {
        ...identity,
        kind: concept.kind,
        class: concept.class ?? "",
        domain: concept.domain ?? "",
        concept_note: concept.note ?? "",
        term_type: term.termType,
        status: term.status,
        matching: term.matching,
        part_of_speech: term.partOfSpeech ?? "",
        valid_from: term.validFrom ?? "",
        valid_until: term.validUntil ?? "",
        term_note: term.note ?? "",
        ...attestationCells(term.attestations[0]),
        paraphrased: concept.paraphrased === undefined ? "" : concept.paraphrased ? "yes" : "no",
        relations: writeRelations(concept.relations),
      };
      return [rowOf(first), ...term.attestations.slice(1).map((each) => rowOf({ ...identity, ...attestationCells(each) }))];
    }),
  );
  return writeCsv(rows, { ...options, header: GLOSSARY_COLUMNS });
}

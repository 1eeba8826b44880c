/**
 * Rows of a table to concepts and back, one row a term. A term with several attestations takes further rows: concept,
 * language, term and usage again, and the next attestation; their other cells are empty. A concept without terms is a row
 * without language and term.
 *
 * Guarantee: reading what was written gives the same glossary, sorted; equal glossaries give equal rows, and one changed term
 * changes its own rows only.
 * Policy: a row with a value that does not exist, or without a text, is left out and reported with its line. Rows without a
 * concept id that have the same first wording are one entry, which is said.
 */
import type { Attestation, Concept, MatchingRule, Term, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { GlossaryColumn, HeaderCell } from "./glossary-columns.ts";
import { GLOSSARY_COLUMNS, KINDS, MATCHING, readStatus, TERM_TYPES, USAGES, YES_OR_NO } from "./glossary-columns.ts";
import { readRelations, writeRelations } from "./glossary-relations.ts";
import { mainLanguage } from "./language-tag.ts";

/** A concept of a table without a `concept` column is named after its line. */
const LINE_ID = /^line:\d+$/u;
/** Longer "terms" are half a file behind a quotation mark that nobody closed; the page takes no more either. */
const MAX_TERM = 2000;
const MAX_CELL = 100_000;

export function hasOwnId(concept: Pick<Concept, "id">): boolean {
  return !LINE_ID.test(concept.id);
}

export type GlossaryCells = Partial<Record<GlossaryColumn, string>>;
type Draft = Omit<Concept, "terms"> & { readonly terms: Map<string, Term> };

/** The rows of a table with the line of each and what its columns are. */
export type GlossaryTable = {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly columns: readonly HeaderCell[];
};

const DAY = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/u;

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function termKey(term: Pick<Term, "language" | "text" | "usage">): string {
  return `${term.language}\u0000${term.text}\u0000${term.usage ?? ""}`;
}

/** Terms of files have no ids of their own; this one stays the same as long as the term does. */
export function nameTerm(conceptId: string, { language, text, usage }: Pick<Term, "language" | "text" | "usage">): string {
  return `${conceptId}/${language}/${text}${usage ? `/${usage}` : ""}`;
}

export function sortConcepts(concepts: readonly Concept[]): readonly Concept[] {
  return [...concepts]
    .sort((first, second) => compareText(first.id, second.id))
    .map((concept) => ({
      ...concept,
      terms: [...concept.terms].sort((first, second) => compareText(termKey(first), termKey(second))),
    }));
}

export function defaultMatching(language: LanguageTag): MatchingRule {
  return ["zh", "ja", "ko", "th"].includes(mainLanguage(language)) ? "exact" : "inflecting";
}

/** Thrown and caught within one row. */
class RowFault {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  constructor(code: string, values: Readonly<Record<string, string | number>>) {
    this.code = code;
    this.values = values;
  }
}

function oneOf<T extends string>(cells: GlossaryCells, column: GlossaryColumn, allowed: readonly T[]): T | undefined {
  const value = cells[column]?.trim();
  if (!value) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw badValue(column, value);
  return found;
}

function badValue(column: GlossaryColumn, value: string): RowFault {
  return new RowFault("glossary-bad-value", { column, value: value.slice(0, 200) });
}

function dayOf(cells: GlossaryCells, column: GlossaryColumn): string | undefined {
  const value = cells[column]?.trim();
  if (!value) return undefined;
  if (!DAY.test(value)) throw new RowFault("glossary-bad-date", { column, value: value.slice(0, 200) });
  return value;
}

function attestationOf(cells: GlossaryCells): Attestation | undefined {
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

function termOf(cells: GlossaryCells, conceptId: string, fallback: TermStatus): Term {
  const language = cells.language?.trim() ?? "";
  const text = cells.term ?? "";
  if (text.trim() === "") throw new RowFault("glossary-missing-text", {});
  if (text.length > MAX_TERM)
    throw new RowFault("glossary-cell-too-long", { column: "term", length: text.length, limit: MAX_TERM });
  if (language === "") throw new RowFault("glossary-missing-language", {});
  const given = cells.status?.trim() ?? "";
  const status = given === "" ? fallback : readStatus(given);
  if (status === undefined) throw badValue("status", given);
  const usage = oneOf(cells, "usage", USAGES);
  const validFrom = dayOf(cells, "valid_from");
  const validUntil = dayOf(cells, "valid_until");
  const attestation = attestationOf(cells);
  const { part_of_speech: partOfSpeech, term_note: note } = cells;
  return {
    id: nameTerm(conceptId, { language, text, ...(usage ? { usage } : {}) }),
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

/** What a row says of its concept. */
function contentOf(cells: GlossaryCells): Omit<Concept, "id" | "kind" | "terms"> {
  const read = readRelations(cells.relations ?? "");
  if ("fault" in read) throw badValue("relations", read.fault);
  const { relations } = read;
  const answer = cells.paraphrased?.trim().toLowerCase() ?? "";
  const paraphrased = YES_OR_NO[answer];
  if (answer !== "" && paraphrased === undefined) throw badValue("paraphrased", answer);
  return {
    ...(cells.class ? { class: cells.class } : {}),
    ...(cells.domain ? { domain: cells.domain } : {}),
    ...(cells.concept_note ? { note: cells.concept_note } : {}),
    ...(paraphrased === undefined ? {} : { paraphrased }),
    ...(relations.length > 0 ? { relations } : {}),
  };
}

/** A row that says again what is known of its term adds its attestation; one that says otherwise is reported. */
function addTerm(draft: Draft, term: Term, cells: GlossaryCells): void {
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

/** The wording that rows share: what was said of it first stands, further citations are added. */
function addWording(draft: Draft, term: Term): void {
  const key = termKey(term);
  const known = draft.terms.get(key);
  const cited = new Set(known?.attestations.map((each) => JSON.stringify(each)));
  const further = term.attestations.filter((each) => !cited.has(JSON.stringify(each)));
  draft.terms.set(key, known ? { ...known, attestations: [...known.attestations, ...further] } : term);
}

function cellsOf(row: readonly string[], columns: readonly HeaderCell[]): GlossaryCells {
  const cells: GlossaryCells = {};
  columns.forEach((each, index) => {
    if (each.kind !== "column") return;
    const cell = row[index] ?? "";
    if (cell.length > MAX_CELL) {
      throw new RowFault("glossary-cell-too-long", { column: each.column, length: cell.length, limit: MAX_CELL });
    }
    // Two columns for one field: what is filled in stands.
    cells[each.column] = cells[each.column] || cell;
  });
  return cells;
}

/** The rows of a term that a row stands for: itself, or in a table with language columns one a language and synonym. */
function termRows(row: readonly string[], columns: readonly HeaderCell[], cells: GlossaryCells): readonly GlossaryCells[] {
  const languages = columns.flatMap((each, index) => (each.kind === "language" ? [{ language: each.language, index }] : []));
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

function citedStatus({ status, source, place, date }: GlossaryCells): GlossaryCells {
  const cited = { status, source, place, date };
  return Object.fromEntries(Object.entries(cited).filter(([, cell]) => cell !== undefined));
}

function countAttestations({ terms }: Draft): number {
  let count = 0;
  for (const { attestations } of terms.values()) count += attestations.length;
  return count;
}

export function readGlossaryRows(table: GlossaryTable, fallback: TermStatus): ReadResult<readonly Concept[]> {
  const { rows, lines, columns } = table;
  const drafts = new Map<string, Draft>();
  /** First wordings of entries that have no id of their own, and the line of the entry. */
  const wordings = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  rows.forEach((row, index) => {
    const line = lines[index] ?? 0;
    try {
      const cells = cellsOf(row, columns);
      const ownId = cells.concept?.trim() ?? "";
      const parts = termRows(row, columns, cells);
      const isConceptOnly = ownId !== "" && parts.length === 1 && !parts[0]?.language?.trim() && !parts[0]?.term?.trim();
      const [head] = parts;
      const wording = `${head?.language ?? ""}\u0000${head?.term ?? ""}`;
      const firstLine = ownId === "" ? wordings.get(wording) : undefined;
      const id = ownId === "" ? `line:${firstLine ?? line}` : ownId;
      const kind = oneOf(cells, "kind", KINDS);
      const known = drafts.get(id);
      const draft: Draft = {
        ...contentOf(cells),
        ...(known ?? { id, kind: kind ?? "term", terms: new Map<string, Term>() }),
      };
      const terms = isConceptOnly ? [] : parts.map((each) => ({ term: termOf(each, id, fallback), each }));
      const before = draft.terms.size + countAttestations(draft);
      terms.forEach(({ term, each }, at) => {
        if (firstLine !== undefined && at === 0) addWording(draft, term);
        else addTerm(draft, term, each);
      });
      drafts.set(id, draft);
      if (ownId !== "") return;
      if (firstLine === undefined) wordings.set(wording, line);
      else {
        const code = draft.terms.size + countAttestations(draft) === before ? "glossary-repeated-row" : "glossary-same-wording";
        const values = { term: head?.term?.slice(0, 200) ?? "", first: firstLine };
        diagnostics.push({ code, severity: "warning", line, values });
      }
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      diagnostics.push({ code: error.code, severity: "error", line, values: error.values });
    }
  });
  const concepts = [...drafts.values()].map((draft) => ({ ...draft, terms: [...draft.terms.values()] }));
  return { value: sortConcepts(concepts), diagnostics };
}

function attestationCells(attestation: Attestation | undefined): GlossaryCells {
  return {
    source: attestation?.source ?? "",
    place: attestation?.place ?? "",
    date: attestation?.date ?? "",
    source_quotation: attestation?.sourceQuotation ?? "",
    target_quotation: attestation?.targetQuotation ?? "",
  };
}

function conceptCells(concept: Concept): GlossaryCells {
  return {
    concept: concept.id,
    kind: concept.kind,
    class: concept.class ?? "",
    domain: concept.domain ?? "",
    concept_note: concept.note ?? "",
    paraphrased: concept.paraphrased === undefined ? "" : concept.paraphrased ? "yes" : "no",
    relations: writeRelations(concept.relations),
  };
}

function termCells(concept: Concept, term: Term): readonly GlossaryCells[] {
  const identity: GlossaryCells = { concept: concept.id, language: term.language, term: term.text, usage: term.usage ?? "" };
  const first: GlossaryCells = {
    ...conceptCells(concept),
    ...identity,
    term_type: term.termType,
    status: term.status,
    matching: term.matching,
    part_of_speech: term.partOfSpeech ?? "",
    valid_from: term.validFrom ?? "",
    valid_until: term.validUntil ?? "",
    term_note: term.note ?? "",
    ...attestationCells(term.attestations[0]),
  };
  return [first, ...term.attestations.slice(1).map((each) => ({ ...identity, ...attestationCells(each) }))];
}

/** Header and rows, sorted. */
export function listGlossaryRows(concepts: readonly Concept[]): {
  readonly header: readonly GlossaryColumn[];
  readonly rows: readonly (readonly string[])[];
} {
  const cells = sortConcepts(concepts).flatMap((concept) =>
    concept.terms.length === 0 ? [conceptCells(concept)] : concept.terms.flatMap((term) => termCells(concept, term)),
  );
  return { header: GLOSSARY_COLUMNS, rows: cells.map((each) => GLOSSARY_COLUMNS.map((column) => each[column] ?? "")) };
}

/** Rows of concepts, terms and attestations to values and back. */
import { randomUUID } from "node:crypto";
import { matchKey } from "../../text/match-key.ts";
import type { Attestation, ConceptKind, MatchingRule, Term, TermStatus, TermType, TermUsage } from "../../model/concept.ts";
import type { ConceptContent, NewTerm, StoredConcept, StoredTerm, TermContent, WaitingApproval } from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Schema } from "../schema.ts";
import { loadRelations } from "./relation-rows.ts";
import { IDS_PER_QUERY, inPieces, parseJson, withoutNulls } from "./rows.ts";

/** What is searched and compared: the match key without capitals. */
export function toSearchKey(text: string): string {
  return matchKey(text).toLowerCase();
}

function toAttestation(row: Schema["attestation"]): Attestation {
  const { source, place, date, link, source_quotation: sourceQuotation, target_quotation: targetQuotation } = row;
  return withoutNulls({ source, place, date, link, sourceQuotation, targetQuotation });
}

export function toAttestationRow(termId: string, position: number, attestation: Attestation): Schema["attestation"] {
  return {
    id: randomUUID(),
    term_id: termId,
    position,
    source: attestation.source,
    place: attestation.place ?? null,
    date: attestation.date ?? null,
    link: attestation.link ?? null,
    source_quotation: attestation.sourceQuotation ?? null,
    target_quotation: attestation.targetQuotation ?? null,
  };
}

function toTerm(row: Schema["term"], attestations: readonly Attestation[]): StoredTerm {
  const optional = withoutNulls({
    usage: row.usage as TermUsage | null,
    partOfSpeech: row.part_of_speech,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    note: row.note,
    supersededBy: row.superseded_by,
    waitingApproval: row.waiting === null ? null : parseJson<WaitingApproval>(row.waiting),
  });
  return {
    id: row.id,
    conceptId: row.concept_id,
    language: row.language,
    text: row.text,
    status: row.status as TermStatus,
    termType: row.term_type as TermType,
    matching: row.matching as MatchingRule,
    revision: row.revision,
    attestations,
    ...optional,
  };
}

/** The columns that an edit of a term may change. */
export function toContentColumns(content: TermContent) {
  return {
    language: content.language,
    text: content.text,
    search_key: toSearchKey(content.text),
    term_type: content.termType,
    matching: content.matching,
    usage: content.usage ?? null,
    part_of_speech: content.partOfSpeech ?? null,
    valid_from: content.validFrom ?? null,
    valid_until: content.validUntil ?? null,
    note: content.note ?? null,
  };
}

export function toTermRow(
  term: NewTerm,
  place: { readonly conceptId: string; readonly projectId: string; readonly position: number },
): Schema["term"] {
  return {
    id: term.id ?? randomUUID(),
    concept_id: place.conceptId,
    project_id: place.projectId,
    position: place.position,
    status: term.status,
    superseded_by: null,
    waiting: null,
    revision: 1,
    ...toContentColumns(term),
  };
}

export function getTermContent(term: Term | NewTerm): TermContent {
  const { language, text, termType, matching, usage, partOfSpeech, validFrom, validUntil, note, attestations } = term;
  return {
    language,
    text,
    termType,
    matching,
    attestations,
    ...(usage === undefined ? {} : { usage }),
    ...(partOfSpeech === undefined ? {} : { partOfSpeech }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(note === undefined ? {} : { note }),
  };
}

export function getConceptContent(concept: ConceptContent): ConceptContent {
  return {
    kind: concept.kind,
    ...(concept.class === undefined ? {} : { class: concept.class }),
    ...(concept.domain === undefined ? {} : { domain: concept.domain }),
    ...(concept.note === undefined ? {} : { note: concept.note }),
    ...(concept.paraphrased ? { paraphrased: true } : {}),
  };
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** Concepts with terms and attestations, in the order of the rows. */
export async function completeConcepts(db: Query, rows: readonly Schema["concept"][]): Promise<StoredConcept[]> {
  const concepts: StoredConcept[] = [];
  for (const piece of inPieces(rows, IDS_PER_QUERY)) {
    const ids = piece.map((row) => row.id);
    const terms = await db.selectFrom("term").selectAll().where("concept_id", "in", ids).orderBy("position").execute();
    const attestations = await db
      .selectFrom("attestation")
      .innerJoin("term", "term.id", "attestation.term_id")
      .selectAll("attestation")
      .where("term.concept_id", "in", ids)
      .orderBy("attestation.position")
      .execute();
    const relations = await loadRelations(db, ids);
    const attestationsOf = groupBy(attestations, (row) => row.term_id);
    const termsOf = groupBy(terms, (row) => row.concept_id);
    for (const row of piece) {
      concepts.push({
        id: row.id,
        projectId: row.project_id,
        ...withoutNulls({ class: row.class, domain: row.domain, note: row.note }),
        kind: row.kind as ConceptKind,
        revision: row.revision,
        createdAt: row.created_at,
        changedAt: row.changed_at,
        ...(row.paraphrased === 1 ? { paraphrased: true } : {}),
        ...relations.get(row.id),
        terms: (termsOf.get(row.id) ?? []).map((term) => toTerm(term, (attestationsOf.get(term.id) ?? []).map(toAttestation))),
      });
    }
  }
  return concepts;
}

export async function findConcept(db: Query, id: string): Promise<StoredConcept | undefined> {
  const row = await db.selectFrom("concept").selectAll().where("id", "=", id).executeTakeFirst();
  return row && (await completeConcepts(db, [row]))[0];
}

export async function findTermRow(db: Query, termId: string): Promise<StoredTerm | undefined> {
  const row = await db.selectFrom("term").selectAll().where("id", "=", termId).executeTakeFirst();
  if (!row) return undefined;
  const attestations = await db.selectFrom("attestation").selectAll().where("term_id", "=", termId).orderBy("position").execute();
  return toTerm(row, attestations.map(toAttestation));
}

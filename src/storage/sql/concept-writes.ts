/** Changes of the glossary inside a transaction. Each writes its decision and its line of history with it. */
import { randomUUID } from "node:crypto";
import type { TermStatus } from "../../model/concept.ts";
import { OPEN_STATUSES } from "../../model/vetting.ts";
import type {
  ConceptContent,
  ConceptOutcome,
  Grounds,
  NewConcept,
  NewTerm,
  RejectedBefore,
  StoredConcept,
  StoredTerm,
  TermContent,
  TermOutcome,
} from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Signed, Stale } from "../outcomes.ts";
import {
  findConcept,
  findTermRow,
  getConceptContent,
  getTermContent,
  toAttestationRow,
  toContentColumns,
  toSearchKey,
  toTermRow,
} from "./concept-rows.ts";
import { findDecisionFor, recordDecision } from "./decisions.ts";
import { getGrounds, isBlank, refuseApproval } from "./grounds.ts";
import { advanceCounter, parseJson } from "./rows.ts";
import { needsSecondPerson } from "./vetting-rules.ts";

export async function recordTerm(
  trx: Query,
  term: { id: string; revision: number; status: string },
  content: TermContent,
  signed: Signed,
) {
  await trx
    .insertInto("term_history")
    .values({
      term_id: term.id,
      revision: term.revision,
      status: term.status,
      content: JSON.stringify(content),
      author: signed.author,
      at: signed.at,
    })
    .execute();
}

type Place = { readonly conceptId: string; readonly projectId: string; readonly position: number };

async function insertTerm(trx: Query, term: NewTerm, { place, signed }: { place: Place; signed: Signed }): Promise<string> {
  const row = toTermRow(term, place);
  await trx.insertInto("term").values(row).execute();
  const attestations = term.attestations.map((attestation, position) => toAttestationRow(row.id, position, attestation));
  if (attestations.length > 0) await trx.insertInto("attestation").values(attestations).execute();
  await recordTerm(trx, row, getTermContent(term), signed);
  return row.id;
}

/** A term changed: the concept is newer, so is the glossary; it may sort elsewhere, and is in the lists again. */
export async function touchConcept(trx: Query, conceptId: string, projectId: string, at: string): Promise<void> {
  const head = await trx
    .selectFrom("term")
    .select("search_key")
    .where("concept_id", "=", conceptId)
    .orderBy("position")
    .limit(1)
    .executeTakeFirst();
  await trx
    .updateTable("concept")
    .set({ changed_at: at, head_key: head?.search_key ?? "", withdrawn_at: null })
    .where("id", "=", conceptId)
    .execute();
  await advanceCounter(trx, projectId, "glossary");
}

export async function createConcept(
  trx: Query,
  concept: NewConcept,
  context: Signed & Grounds & { readonly projectId: string; readonly position: number },
): Promise<ConceptOutcome> {
  const { projectId, author, at, position } = context;
  const signed = { author, at };
  for (const term of concept.terms) {
    const refused = term.status === "approved" ? refuseApproval(getGrounds(context, term)) : undefined;
    if (refused) return refused;
  }
  const id = concept.id ?? randomUUID();
  const content = getConceptContent(concept);
  await trx
    .insertInto("concept")
    .values({
      id,
      project_id: projectId,
      position,
      kind: content.kind,
      class: content.class ?? null,
      domain: content.domain ?? null,
      note: content.note ?? null,
      head_key: toSearchKey(concept.terms[0]?.text ?? ""),
      paraphrased: content.paraphrased ? 1 : 0,
      revision: 1,
      created_at: at,
      changed_at: at,
      withdrawn_at: null,
    })
    .execute();
  await trx
    .insertInto("concept_history")
    .values({ concept_id: id, revision: 1, content: JSON.stringify(content), ...signed })
    .execute();
  const after = concept.terms[0]?.text;
  await recordDecision(
    trx,
    {
      projectId,
      conceptId: id,
      action: "create",
      ...(after === undefined ? {} : { after }),
      ...getGrounds(context, { attestations: concept.terms[0]?.attestations ?? [] }),
    },
    signed,
  );
  for (const [place, term] of concept.terms.entries()) {
    const grounds = getGrounds(context, term);
    const waits = term.status === "approved" && (await needsSecondPerson(trx, projectId));
    const stored = waits ? { ...term, status: "proposed" as const } : term;
    const termId = await insertTerm(trx, stored, { place: { conceptId: id, projectId, position: place }, signed });
    if (place > 0)
      await recordDecision(trx, { projectId, conceptId: id, termId, action: "add-term", after: term.text, ...grounds }, signed);
    if (term.status === "approved") {
      await recordFirstApproval(trx, { waits, projectId, conceptId: id, termId, grounds }, signed);
    }
  }
  return getSaved(trx, id);
}

type FirstApproval = {
  readonly waits: boolean;
  readonly projectId: string;
  readonly conceptId: string;
  readonly termId: string;
  readonly grounds: Grounds;
};

/** The approval that a new term brings with it; under four eyes it waits. */
async function recordFirstApproval(trx: Query, approval: FirstApproval, signed: Signed): Promise<void> {
  const { waits, grounds, ...place } = approval;
  const { author, at } = signed;
  if (waits) {
    const waiting = JSON.stringify({ author, at, ...grounds });
    await trx.updateTable("term").set({ waiting }).where("id", "=", place.termId).execute();
  }
  const step = waits ? ({ action: "endorse" } as const) : ({ action: "approve", after: "approved" } as const);
  await recordDecision(trx, { ...place, ...step, ...grounds }, { author, at });
}

async function getSaved(trx: Query, conceptId: string): Promise<ConceptOutcome & { readonly kind: "saved" }> {
  const concept = await findConcept(trx, conceptId);
  if (!concept) throw new Error("The concept just stored is not there");
  return { kind: "saved", concept };
}

export async function getSavedTerm(trx: Query, conceptId: string, termId: string) {
  const { concept } = await getSaved(trx, conceptId);
  const term = concept.terms.find((one) => one.id === termId);
  if (!term) throw new Error("The term just stored is not there");
  return { kind: "saved", concept, term } as const;
}

/** A wording that was turned down, for the same use or for any, is not proposed again. */
async function findRejected(trx: Query, concept: StoredConcept, term: NewTerm): Promise<RejectedBefore | undefined> {
  if (!OPEN_STATUSES.includes(term.status)) return undefined;
  const key = toSearchKey(term.text);
  const rejected = concept.terms.find(
    (one) =>
      one.status === "rejected" &&
      one.language === term.language &&
      (one.usage === undefined || one.usage === term.usage) &&
      toSearchKey(one.text) === key,
  );
  if (!rejected) return undefined;
  const decision = await findDecisionFor(trx, rejected, "rejected");
  return { kind: "refused", code: "rejected-before", term: rejected, decision };
}

export async function addTerm(
  trx: Query,
  { conceptId, term, ...context }: Signed & Grounds & { readonly conceptId: string; readonly term: NewTerm },
): Promise<TermOutcome | RejectedBefore> {
  const concept = await findConcept(trx, conceptId);
  if (!concept) return { kind: "refused", code: "not-found" };
  const grounds = getGrounds(context, term);
  const refused = term.status === "approved" ? refuseApproval(grounds) : undefined;
  const answered = refused ?? (await findRejected(trx, concept, term));
  if (answered) return answered;
  const { projectId, terms } = concept;
  const waits = term.status === "approved" && (await needsSecondPerson(trx, projectId));
  const stored = waits ? { ...term, status: "proposed" as const } : term;
  const termId = await insertTerm(trx, stored, { place: { conceptId, projectId, position: terms.length }, signed: context });
  await recordDecision(trx, { projectId, conceptId, termId, action: "add-term", after: term.text, ...grounds }, context);
  if (term.status === "approved") await recordFirstApproval(trx, { waits, projectId, conceptId, termId, grounds }, context);
  await touchConcept(trx, conceptId, projectId, context.at);
  return getSavedTerm(trx, conceptId, termId);
}

export async function findEarlier(trx: Query, termId: string, revision: number) {
  const row = await trx
    .selectFrom("term_history")
    .select(["content", "status"])
    .where("term_id", "=", termId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return row && { content: parseJson<TermContent>(row.content), status: row.status as TermStatus };
}

export async function getProjectId(trx: Query, conceptId: string): Promise<string> {
  return (await trx.selectFrom("concept").select("project_id").where("id", "=", conceptId).executeTakeFirstOrThrow()).project_id;
}

async function saveContent(trx: Query, term: StoredTerm, content: TermContent, signed: Signed): Promise<void> {
  const revision = term.revision + 1;
  await trx
    .updateTable("term")
    .set({ ...toContentColumns(content), ...(content.text === term.text ? {} : { waiting: null }), revision })
    .where("id", "=", term.id)
    .execute();
  await trx.deleteFrom("attestation").where("term_id", "=", term.id).execute();
  const attestations = content.attestations.map((attestation, position) => toAttestationRow(term.id, position, attestation));
  if (attestations.length > 0) await trx.insertInto("attestation").values(attestations).execute();
  await recordTerm(trx, { id: term.id, revision, status: term.status }, content, signed);
}

export async function changeTerm(
  trx: Query,
  change: Signed &
    Grounds & {
      readonly termId: string;
      readonly baseRevision: number | undefined;
      readonly content: TermContent;
      readonly undoes?: string;
    },
): Promise<TermOutcome> {
  const { termId, baseRevision, undoes } = change;
  const stored = await findTermRow(trx, termId);
  if (!stored) return { kind: "refused", code: "not-found" };
  const content = getTermContent({ ...change.content, status: stored.status });
  if (baseRevision !== undefined && stored.revision !== baseRevision) {
    return { kind: "stale", mine: content, theirs: stored, base: (await findEarlier(trx, termId, baseRevision))?.content };
  }
  const grounds = getGrounds(change, content);
  const projectId = await getProjectId(trx, stored.conceptId);
  const takesBack = undoes !== undefined && (await isWordingOfBefore(trx, { termId, undoes, text: content.text }));
  if (undoes !== undefined && !takesBack) return { kind: "refused", code: "nothing-to-undo" };
  if (stored.status === "approved" && stored.text !== content.text && !takesBack) {
    const refused = refuseApproval(grounds);
    if (refused) return refused;
    // Nobody else would see the new wording of what two people approved.
    if (await needsSecondPerson(trx, projectId)) return { kind: "refused", code: "approved-text-needs-proposal" };
  }
  await saveContent(trx, stored, content, change);
  const isOnlyText = JSON.stringify({ ...getTermContent(stored), text: content.text }) === JSON.stringify(content);
  await recordDecision(
    trx,
    {
      projectId,
      conceptId: stored.conceptId,
      termId,
      action: "change",
      before: isOnlyText ? stored.text : JSON.stringify(getTermContent(stored)),
      after: isOnlyText ? content.text : JSON.stringify(content),
      ...grounds,
      ...(undoes === undefined ? {} : { undoes }),
    },
    change,
  );
  await touchConcept(trx, stored.conceptId, projectId, change.at);
  return getSavedTerm(trx, stored.conceptId, termId);
}

/** Whether a change of this term replaced exactly this wording: bringing it back is no new decision. */
async function isWordingOfBefore(
  trx: Query,
  { termId, undoes, text }: { readonly termId: string; readonly undoes: string; readonly text: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom("decision")
    .select("before")
    .where("id", "=", undoes)
    .where("term_id", "=", termId)
    .where("action", "=", "change")
    .executeTakeFirst();
  if (!row?.before) return false;
  return row.before.startsWith("{") ? parseJson<Partial<TermContent>>(row.before).text === text : row.before === text;
}

type EntryChange = Signed & {
  readonly conceptId: string;
  readonly baseRevision: number;
  readonly content: ConceptContent;
  readonly reason?: string;
  readonly undoes?: string;
};

export async function changeConcept(
  trx: Query,
  change: EntryChange,
): Promise<ConceptOutcome | Stale<ConceptContent, StoredConcept, ConceptContent>> {
  const { conceptId, baseRevision, author, at, reason, undoes } = change;
  const stored = await findConcept(trx, conceptId);
  if (!stored) return { kind: "refused", code: "not-found" };
  const content = getConceptContent(change.content);
  if (stored.revision !== baseRevision) {
    const earlier = await trx
      .selectFrom("concept_history")
      .select("content")
      .where("concept_id", "=", conceptId)
      .where("revision", "=", baseRevision)
      .executeTakeFirst();
    return { kind: "stale", mine: content, theirs: stored, base: earlier && parseJson<ConceptContent>(earlier.content) };
  }
  const isSettled = (content.paraphrased ?? false) !== (stored.paraphrased ?? false);
  if (isSettled && isBlank(reason) && undoes === undefined) return { kind: "refused", code: "paraphrase-without-reason" };
  const revision = stored.revision + 1;
  const { kind, class: conceptClass = null, domain = null, note = null } = content;
  const columns = { kind, class: conceptClass, domain, note, paraphrased: content.paraphrased ? 1 : 0 } as const;
  await trx
    .updateTable("concept")
    .set({ ...columns, revision, changed_at: at, withdrawn_at: null })
    .where("id", "=", conceptId)
    .execute();
  const after = JSON.stringify(content);
  await trx.insertInto("concept_history").values({ concept_id: conceptId, revision, content: after, author, at }).execute();
  const { projectId } = stored;
  const before = JSON.stringify(getConceptContent(stored));
  const grounds = { ...(isBlank(reason) ? {} : { reason: reason ?? "" }), ...(undoes === undefined ? {} : { undoes }) };
  await recordDecision(trx, { projectId, conceptId, action: "change", before, after, ...grounds }, { author, at });
  await advanceCounter(trx, projectId, "glossary");
  return getSaved(trx, conceptId);
}

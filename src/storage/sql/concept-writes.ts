/** Changes of the glossary inside a transaction. Each writes its decision and its line of history with it. */
import { randomUUID } from "node:crypto";
import type { Decision, TermStatus } from "../../model/concept.ts";
import type {
  ConceptOutcome,
  Grounds,
  NewConcept,
  NewTerm,
  StatusOutcome,
  StoredTerm,
  TermContent,
  TermOutcome,
} from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Refused, Signed } from "../outcomes.ts";
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
import { advanceCounter, parseJson } from "./rows.ts";

const ACTIONS: Readonly<Record<TermStatus, Decision["action"]>> = {
  candidate: "change",
  proposed: "propose",
  approved: "approve",
  admitted: "change",
  rejected: "reject",
  deprecated: "deprecate",
  superseded: "supersede",
  forbidden: "forbid",
};

/** Not a citation: nobody has seen the rendering yet. */
const UNSEEN = "proposed";

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Nothing is approved without somewhere to look it up (or `house`) and a reason. */
function refuseApproval({ reason, citation }: Grounds): Refused | undefined {
  if (citation === undefined || citation === UNSEEN) return { kind: "refused", code: "approval-without-citation" };
  if (reason === undefined) return { kind: "refused", code: "approval-without-reason" };
  return undefined;
}

/** What was given, without blanks; the citation may be an attestation that the term brings with it. */
function getGrounds({ reason, citation }: Grounds, term: Pick<TermContent, "attestations">): Grounds {
  const seen = isBlank(citation)
    ? term.attestations.find(({ source }) => source !== UNSEEN && !isBlank(source))?.source
    : citation;
  return { ...(reason === undefined || isBlank(reason) ? {} : { reason }), ...(seen === undefined ? {} : { citation: seen }) };
}

type NewDecision = Omit<Decision, "id" | "author" | "at"> & { readonly projectId: string };

export async function recordDecision(trx: Query, decision: NewDecision, { author, at }: Signed): Promise<Decision> {
  const { projectId, ...rest } = decision;
  const stored: Decision = { ...rest, id: randomUUID(), author, at };
  await trx
    .insertInto("decision")
    .values({
      id: stored.id,
      project_id: projectId,
      concept_id: stored.conceptId,
      term_id: stored.termId ?? null,
      action: stored.action,
      before: stored.before ?? null,
      after: stored.after ?? null,
      reason: stored.reason ?? null,
      citation: stored.citation ?? null,
      author,
      at,
    })
    .execute();
  return stored;
}

async function recordTerm(
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
async function touchConcept(trx: Query, conceptId: string, projectId: string, at: string): Promise<void> {
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
  context: Signed & Grounds & { readonly projectId: string; readonly action: "create" | "import"; readonly position: number },
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
      action: context.action,
      ...(after === undefined ? {} : { after }),
      ...getGrounds(context, { attestations: concept.terms[0]?.attestations ?? [] }),
    },
    signed,
  );
  for (const [place, term] of concept.terms.entries()) {
    const termId = await insertTerm(trx, term, { place: { conceptId: id, projectId, position: place }, signed });
    const grounds = getGrounds(context, term);
    if (place > 0)
      await recordDecision(trx, { projectId, conceptId: id, termId, action: "add-term", after: term.text, ...grounds }, signed);
    if (term.status === "approved" && context.action === "create") {
      await recordDecision(trx, { projectId, conceptId: id, termId, action: "approve", after: "approved", ...grounds }, signed);
    }
  }
  return getSaved(trx, id);
}

async function getSaved(trx: Query, conceptId: string): Promise<ConceptOutcome & { readonly kind: "saved" }> {
  const concept = await findConcept(trx, conceptId);
  if (!concept) throw new Error("The concept just stored is not there");
  return { kind: "saved", concept };
}

async function getSavedTerm(trx: Query, conceptId: string, termId: string) {
  const { concept } = await getSaved(trx, conceptId);
  const term = concept.terms.find((one) => one.id === termId);
  if (!term) throw new Error("The term just stored is not there");
  return { kind: "saved", concept, term } as const;
}

export async function addTerm(
  trx: Query,
  { conceptId, term, ...context }: Signed & Grounds & { readonly conceptId: string; readonly term: NewTerm },
): Promise<TermOutcome> {
  const concept = await findConcept(trx, conceptId);
  if (!concept) return { kind: "refused", code: "not-found" };
  const grounds = getGrounds(context, term);
  const refused = term.status === "approved" ? refuseApproval(grounds) : undefined;
  if (refused) return refused;
  const { projectId, terms } = concept;
  const termId = await insertTerm(trx, term, { place: { conceptId, projectId, position: terms.length }, signed: context });
  await recordDecision(trx, { projectId, conceptId, termId, action: "add-term", after: term.text, ...grounds }, context);
  if (term.status === "approved") {
    await recordDecision(trx, { projectId, conceptId, termId, action: "approve", after: "approved", ...grounds }, context);
  }
  await touchConcept(trx, conceptId, projectId, context.at);
  return getSavedTerm(trx, conceptId, termId);
}

async function findEarlier(trx: Query, termId: string, revision: number) {
  const row = await trx
    .selectFrom("term_history")
    .select(["content", "status"])
    .where("term_id", "=", termId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return row && { content: parseJson<TermContent>(row.content), status: row.status as TermStatus };
}

async function getProjectId(trx: Query, conceptId: string): Promise<string> {
  return (await trx.selectFrom("concept").select("project_id").where("id", "=", conceptId).executeTakeFirstOrThrow()).project_id;
}

async function saveContent(trx: Query, term: StoredTerm, content: TermContent, signed: Signed): Promise<void> {
  const revision = term.revision + 1;
  await trx
    .updateTable("term")
    .set({ ...toContentColumns(content), revision })
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
    Grounds & { readonly termId: string; readonly baseRevision: number | undefined; readonly content: TermContent },
): Promise<TermOutcome> {
  const { termId, baseRevision } = change;
  const stored = await findTermRow(trx, termId);
  if (!stored) return { kind: "refused", code: "not-found" };
  const content = getTermContent({ ...change.content, status: stored.status });
  if (baseRevision !== undefined && stored.revision !== baseRevision) {
    return { kind: "stale", mine: content, theirs: stored, base: (await findEarlier(trx, termId, baseRevision))?.content };
  }
  const grounds = getGrounds(change, content);
  const refused = stored.status === "approved" && stored.text !== content.text ? refuseApproval(grounds) : undefined;
  if (refused) return refused;
  const projectId = await getProjectId(trx, stored.conceptId);
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
    },
    change,
  );
  await touchConcept(trx, stored.conceptId, projectId, change.at);
  return getSavedTerm(trx, stored.conceptId, termId);
}

export async function changeStatus(
  trx: Query,
  change: Signed & Grounds & { readonly termId: string; readonly baseRevision: number; readonly status: TermStatus },
): Promise<StatusOutcome> {
  const { termId, baseRevision, status, author, at } = change;
  const stored = await findTermRow(trx, termId);
  if (!stored) return { kind: "refused", code: "not-found" };
  if (stored.revision !== baseRevision) {
    return { kind: "stale", mine: status, theirs: stored, base: (await findEarlier(trx, termId, baseRevision))?.status };
  }
  const grounds = getGrounds(change, stored);
  const refused = status === "approved" ? refuseApproval(grounds) : undefined;
  if (refused) return refused;
  if (status === "rejected" && grounds.reason === undefined) return { kind: "refused", code: "rejection-without-reason" };
  const projectId = await getProjectId(trx, stored.conceptId);
  const revision = stored.revision + 1;
  await trx.updateTable("term").set({ status, revision }).where("id", "=", termId).execute();
  await recordTerm(trx, { id: termId, revision, status }, getTermContent(stored), { author, at });
  const decision = await recordDecision(
    trx,
    {
      projectId,
      conceptId: stored.conceptId,
      termId,
      action: ACTIONS[status],
      before: stored.status,
      after: status,
      ...grounds,
    },
    change,
  );
  await touchConcept(trx, stored.conceptId, projectId, at);
  return { ...(await getSavedTerm(trx, stored.conceptId, termId)), decision };
}

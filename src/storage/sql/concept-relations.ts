/** Making and ending relations between concepts, inside a transaction. */
import { randomUUID } from "node:crypto";
import type { RelationType } from "../../model/concept.ts";
import type { ConceptOutcome, RelationEnds } from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import { findConcept } from "./concept-rows.ts";
import { recordDecision } from "./decisions.ts";
import { findStanding } from "./relation-rows.ts";
import { advanceCounter } from "./rows.ts";

type Ends = { readonly conceptId: string; readonly type: RelationType; readonly otherId: string };

/** A contrast holds both ways: it is written once, with the smaller id first. */
function arrangeEnds({ conceptId, type, otherId }: RelationEnds): Ends {
  const isTurned = type === "contrast" && otherId < conceptId;
  return isTurned ? { conceptId: otherId, type, otherId: conceptId } : { conceptId, type, otherId };
}

async function findLine(trx: Query, { conceptId, type, otherId }: Ends) {
  const lines = await trx
    .selectFrom("relation_history")
    .select(["concept_id", "other_id", "type", "action", "note"])
    .where("concept_id", "=", conceptId)
    .where("other_id", "=", otherId)
    .where("type", "=", type)
    .orderBy("sequence")
    .execute();
  return findStanding(lines)[0];
}

/** Whether one comes from `start` to `goal` along relations of this type. */
async function leadsTo(trx: Query, type: RelationType, { start, goal }: { readonly start: string; readonly goal: string }) {
  const seen = new Set([start]);
  let border: readonly string[] = [start];
  while (border.length > 0) {
    if (seen.has(goal)) return true;
    const lines = await trx
      .selectFrom("relation_history")
      .select(["concept_id", "other_id", "type", "action", "note"])
      .where("concept_id", "in", border)
      .where("type", "=", type)
      .orderBy("sequence")
      .execute();
    border = [...new Set(findStanding(lines).map((line) => line.other_id))].filter((id) => !seen.has(id));
    for (const id of border) seen.add(id);
  }
  return seen.has(goal);
}

type Line = Signed & Ends & { readonly projectId: string; readonly action: "add" | "remove"; readonly note?: string };

async function writeLine(trx: Query, { projectId, conceptId, type, otherId, action, note, author, at }: Line): Promise<void> {
  await trx
    .insertInto("relation_history")
    .values({
      id: randomUUID(),
      project_id: projectId,
      concept_id: conceptId,
      type,
      other_id: otherId,
      action,
      note: note ?? null,
      author,
      at,
    })
    .execute();
  await trx.updateTable("concept").set({ changed_at: at, withdrawn_at: null }).where("id", "in", [conceptId, otherId]).execute();
  await advanceCounter(trx, projectId, "glossary");
}

type Relating = Signed & RelationEnds & { readonly note?: string; readonly undoes?: string };

export async function relateConcepts(trx: Query, { note, undoes, ...relation }: Relating): Promise<ConceptOutcome> {
  if (relation.conceptId === relation.otherId) return { kind: "refused", code: "relation-to-itself" };
  const [concept, other] = [await findConcept(trx, relation.conceptId), await findConcept(trx, relation.otherId)];
  if (!concept || other?.projectId !== concept.projectId) return { kind: "refused", code: "not-found" };
  const ends = arrangeEnds(relation);
  const standing = await findLine(trx, ends);
  const said = note?.trim() ?? "";
  if (standing && (standing.note ?? "") === said) return { kind: "saved", concept };
  const isCircle =
    relation.type !== "contrast" && (await leadsTo(trx, relation.type, { start: ends.otherId, goal: ends.conceptId }));
  if (isCircle) return { kind: "refused", code: "relation-in-circle" };
  const { author, at } = relation;
  const { projectId } = concept;
  await writeLine(trx, { ...ends, projectId, action: "add", author, at, ...(said === "" ? {} : { note: said }) });
  await recordDecision(
    trx,
    {
      projectId,
      conceptId: relation.conceptId,
      otherConceptId: relation.otherId,
      action: "relate",
      after: relation.type,
      ...(said === "" ? {} : { reason: said }),
      ...(undoes === undefined ? {} : { undoes }),
    },
    { author, at },
  );
  return answerConcept(trx, relation.conceptId);
}

type Unrelating = Signed & RelationEnds & { readonly reason?: string; readonly undoes?: string };

export async function unrelateConcepts(trx: Query, { reason, undoes, ...relation }: Unrelating): Promise<ConceptOutcome> {
  const concept = await findConcept(trx, relation.conceptId);
  if (!concept) return { kind: "refused", code: "not-found" };
  const ends = arrangeEnds(relation);
  if (!(await findLine(trx, ends))) return { kind: "refused", code: "relation-unknown" };
  const { author, at } = relation;
  const { projectId } = concept;
  await writeLine(trx, { ...ends, projectId, action: "remove", author, at });
  await recordDecision(
    trx,
    {
      projectId,
      conceptId: relation.conceptId,
      otherConceptId: relation.otherId,
      action: "unrelate",
      before: relation.type,
      ...(reason === undefined || reason.trim() === "" ? {} : { reason }),
      ...(undoes === undefined ? {} : { undoes }),
    },
    { author, at },
  );
  return answerConcept(trx, relation.conceptId);
}

async function answerConcept(trx: Query, conceptId: string): Promise<ConceptOutcome> {
  const concept = await findConcept(trx, conceptId);
  return concept ? { kind: "saved", concept } : { kind: "refused", code: "not-found" };
}

/** The log of decisions: writing a line and reading it. */
import { randomUUID } from "node:crypto";
import type { Decision, DecisionAction } from "../../model/concept.ts";
import type { Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { withoutNulls } from "./rows.ts";

export type NewDecision = Omit<Decision, "id" | "author" | "at"> & { readonly projectId: string };

export async function recordDecision(trx: Query, decision: NewDecision, signed: Signed): Promise<Decision> {
  const row = toDecisionRow(decision, signed);
  await trx.insertInto("decision").values(row).execute();
  return toDecision(row);
}

export function toDecisionRow(decision: NewDecision, { author, at }: Signed): Omit<Schema["decision"], "sequence"> {
  return {
    id: randomUUID(),
    project_id: decision.projectId,
    concept_id: decision.conceptId,
    term_id: decision.termId ?? null,
    action: decision.action,
    before: decision.before ?? null,
    after: decision.after ?? null,
    reason: decision.reason ?? null,
    citation: decision.citation ?? null,
    successor_id: decision.successorId ?? null,
    other_concept_id: decision.otherConceptId ?? null,
    undoes: decision.undoes ?? null,
    author,
    at,
  };
}

export function toDecision(row: Omit<Schema["decision"], "sequence">): Decision {
  const { before, after, reason, citation, undoes } = row;
  return {
    id: row.id,
    conceptId: row.concept_id,
    action: row.action as DecisionAction,
    author: row.author,
    at: row.at,
    ...withoutNulls({
      termId: row.term_id,
      before,
      after,
      reason,
      citation,
      successorId: row.successor_id,
      otherConceptId: row.other_concept_id,
      undoes,
    }),
  };
}

/** The last decision that gave a term a status. */
export async function findDecisionFor(
  trx: Query,
  { id, conceptId }: { readonly id: string; readonly conceptId: string },
  status: string,
): Promise<Decision | undefined> {
  const row = await trx
    .selectFrom("decision")
    .selectAll()
    .where("concept_id", "=", conceptId)
    .where("term_id", "=", id)
    .where("after", "=", status)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toDecision(row);
}

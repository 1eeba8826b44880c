/**
 * Candidates: the partner of a decision (the entry of a merge, the other half of a contrast pair, the pattern of a
 * frame), pairs that stand, where each candidate occurs, and entries that were withdrawn with the decision that made them.
 */
import type { Kysely } from "kysely";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("candidate_decision").addColumn("partner", "text").execute();
  await db.schema.alterTable("candidate_decision").addColumn("concept_id", "text").execute();
  await db.schema
    .createIndex("candidate_decision_by_project")
    .on("candidate_decision")
    .columns(["project_id", "sequence"])
    .execute();
  await createTable(db, "candidate_pair", {
    columns: { project_id: "text", text: "text", partner: "text", decision_id: "text" },
    key: ["project_id", "text", "partner"],
    references: { project_id: "project", decision_id: "candidate_decision" },
    indexes: { by_decision: ["decision_id"] },
  });
  await db.schema.alterTable("candidate").addColumn("document_numbers", "text").execute();
  await db.schema.alterTable("concept").addColumn("withdrawn_at", "text").execute();
}

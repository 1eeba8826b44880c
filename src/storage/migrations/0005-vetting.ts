/** Relations between concepts, discussions, how a project decides, what a person has seen; more columns for decisions. */
import type { Kysely } from "kysely";
import { forbidChanges } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db);
  await createTable(db, "relation_history", {
    columns: {
      id: "text",
      project_id: "text",
      concept_id: "text",
      type: "text",
      other_id: "text",
      action: "text",
      note: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { project_id: "project", concept_id: "concept", other_id: "concept" },
    indexes: { by_concept: ["concept_id"], by_other: ["other_id"] },
  });
  await createTable(db, "comment", {
    columns: {
      id: "text",
      project_id: "text",
      concept_id: "text",
      term_id: "text?",
      kind: "text",
      thread_id: "text?",
      text: "text",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { project_id: "project", concept_id: "concept", term_id: "term" },
    unique: { id: ["id"] },
    indexes: { by_concept: ["concept_id"], by_project: ["project_id"] },
  });
  await createTable(db, "vetting_rules", {
    columns: { project_id: "text", rules: "text", author: "text", at: "text" },
    key: "sequence",
    references: { project_id: "project" },
    indexes: { by_project: ["project_id"] },
  });
  for (const table of ["relation_history", "comment", "vetting_rules"] as const) await forbidChanges(db, table);
  // Where a person has stopped looking: sequences of decisions and comments; the concept is empty for the whole list.
  await createTable(db, "seen", {
    columns: {
      project_id: "text",
      person: "text",
      concept_id: "text",
      decision_sequence: "integer",
      comment_sequence: "integer",
      at: "text",
    },
    key: ["project_id", "person", "concept_id"],
    references: { project_id: "project" },
  });
}

async function addColumns(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable("attestation").addColumn("link", "text").execute();
  await schema.alterTable("source").addColumn("kind", "text").execute();
  await schema
    .alterTable("concept")
    .addColumn("paraphrased", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable("term").addColumn("superseded_by", "text").execute();
  await schema.alterTable("term").addColumn("waiting", "text").execute();
  for (const column of ["successor_id", "other_concept_id", "undoes"]) {
    await schema.alterTable("decision").addColumn(column, "text").execute();
  }
  await schema.createIndex("decision_by_other").on("decision").column("other_concept_id").execute();
}

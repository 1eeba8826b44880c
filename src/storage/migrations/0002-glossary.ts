/** Concepts, terms, attestations, sources and the decisions about them; extraction runs and what was decided about candidates. */
import type { Kysely } from "kysely";
import { forbidChanges } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createConceptTables(db);
  await createExtractionTables(db);
  for (const table of ["concept_history", "term_history", "decision", "candidate_decision"] as const) {
    await forbidChanges(db, table);
  }
}

async function createConceptTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "source", {
    columns: { project_id: "text", id: "text", body: "text", title: "text", date: "text?", locator: "text?" },
    key: ["project_id", "id"],
    references: { project_id: "project" },
  });
  await createTable(db, "concept", {
    columns: {
      id: "text",
      project_id: "text",
      position: "integer",
      kind: "text",
      class: "text?",
      domain: "text?",
      note: "text?",
      head_key: "text",
      revision: "integer",
      created_at: "text",
      changed_at: "text",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { in_order: ["project_id", "position"], by_head: ["project_id", "head_key"] },
  });
  await createTable(db, "term", {
    columns: {
      id: "text",
      concept_id: "text",
      project_id: "text",
      position: "integer",
      language: "text",
      text: "text",
      search_key: "text",
      status: "text",
      term_type: "text",
      matching: "text",
      usage: "text?",
      part_of_speech: "text?",
      valid_from: "text?",
      valid_until: "text?",
      note: "text?",
      revision: "integer",
    },
    key: ["id"],
    references: { concept_id: "concept", project_id: "project" },
    indexes: { in_order: ["concept_id", "position"], by_key: ["project_id", "search_key"] },
  });
  await createTable(db, "attestation", {
    columns: {
      id: "text",
      term_id: "text",
      position: "integer",
      source: "text",
      place: "text?",
      date: "text?",
      source_quotation: "text?",
      target_quotation: "text?",
    },
    key: ["id"],
    references: { term_id: "term" },
    indexes: { in_order: ["term_id", "position"] },
  });
  const content = { revision: "integer", content: "text", author: "text", at: "text" } as const;
  await createTable(db, "concept_history", {
    columns: { concept_id: "text", ...content },
    key: "sequence",
    references: { concept_id: "concept" },
    unique: { revision: ["concept_id", "revision"] },
  });
  await createTable(db, "term_history", {
    columns: { term_id: "text", status: "text", ...content },
    key: "sequence",
    references: { term_id: "term" },
    unique: { revision: ["term_id", "revision"] },
  });
  await createTable(db, "decision", {
    columns: {
      id: "text",
      project_id: "text",
      concept_id: "text",
      term_id: "text?",
      action: "text",
      before: "text?",
      after: "text?",
      reason: "text?",
      citation: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { concept_id: "concept", project_id: "project", term_id: "term" },
    indexes: { by_concept: ["concept_id"], by_project: ["project_id"] },
  });
}

async function createExtractionTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "extraction_run", {
    columns: {
      id: "text",
      project_id: "text",
      position: "integer",
      document_ids: "text",
      parameters: "text",
      created_at: "text",
      candidate_count: "integer",
      frame_count: "integer",
      complete: "integer",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { by_project: ["project_id", "position"] },
  });
  await createTable(db, "candidate", {
    columns: {
      run_id: "text",
      rank: "integer",
      text: "text",
      search_key: "text",
      class: "text",
      count: "integer",
      distinct_count: "integer",
      documents: "integer",
      independent_count: "integer",
      first_date: "text?",
      last_date: "text?",
      formulation: "text",
      occurrences: "text",
    },
    key: ["run_id", "rank"],
    references: { run_id: "extraction_run" },
    indexes: { by_text: ["run_id", "text"] },
  });
  await createTable(db, "frame", {
    columns: { run_id: "text", rank: "integer", frame: "text" },
    key: ["run_id", "rank"],
    references: { run_id: "extraction_run" },
  });
  await createTable(db, "candidate_decision", {
    columns: {
      id: "text",
      project_id: "text",
      text: "text",
      action: "text",
      reason: "text?",
      undoes: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { project_id: "project" },
    unique: { id: ["id"] },
    indexes: { by_text: ["project_id", "text"], by_undone: ["undoes"] },
  });
  await createTable(db, "candidate_state", {
    columns: { project_id: "text", text: "text", decision_id: "text", action: "text" },
    key: ["project_id", "text"],
    references: { project_id: "project", decision_id: "candidate_decision" },
    indexes: { by_decision: ["decision_id"] },
  });
}

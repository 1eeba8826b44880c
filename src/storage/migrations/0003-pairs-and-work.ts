/** Alignments, memories, jobs and ignored findings. */
import type { Kysely } from "kysely";
import { forbidChanges } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createAlignmentTables(db);
  await createMemoryTables(db);
  await createWorkTables(db);
  for (const table of ["alignment_step", "unit_history", "ignored_finding"] as const) await forbidChanges(db, table);
}

async function createAlignmentTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "alignment", {
    columns: {
      id: "text",
      project_id: "text",
      source_document_id: "text",
      target_document_id: "text",
      revision: "integer",
      top: "integer",
      state: "text",
      group_count: "integer",
      confirmed_count: "integer",
      created_at: "text",
      changed_at: "text",
    },
    key: ["id"],
    references: { project_id: "project", source_document_id: "document", target_document_id: "document" },
    indexes: { by_project: ["project_id", "created_at"], by_documents: ["source_document_id", "target_document_id"] },
  });
  await createTable(db, "alignment_step", {
    columns: {
      alignment_id: "text",
      revision: "integer",
      kind: "text",
      name: "text",
      parent: "integer",
      start: "integer",
      removed: "text",
      inserted: "text",
      author: "text",
      at: "text",
    },
    key: ["alignment_id", "revision"],
    references: { alignment_id: "alignment" },
    indexes: { by_parent: ["alignment_id", "parent"] },
  });
}

async function createMemoryTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "memory", {
    columns: {
      id: "text",
      project_id: "text",
      name: "text",
      priority: "integer",
      penalty: "integer",
      read_only: "integer",
      created_at: "text",
      unit_count: "integer",
      next_position: "integer",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { by_project: ["project_id"] },
  });
  await createTable(db, "translation_unit", {
    columns: {
      id: "text",
      memory_id: "text",
      position: "integer",
      origin_key: "text",
      source: "text",
      target: "text",
      source_language: "text",
      target_language: "text",
      state: "text",
      previous: "text?",
      next: "text?",
      author: "text?",
      created_at: "text?",
      changed_at: "text?",
      document: "text?",
      notes: "text?",
      properties: "text?",
      document_id: "text?",
      segment_id: "text?",
      alignment_id: "text?",
      group_id: "text?",
    },
    key: ["id"],
    references: { memory_id: "memory" },
    // In order of position by the key alone, as ids rise with it.
    unique: { origin: ["memory_id", "origin_key"] },
  });
  await createTable(db, "unit_history", {
    columns: {
      memory_id: "text",
      unit_id: "text",
      origin_key: "text",
      action: "text",
      unit: "text",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { memory_id: "memory" },
    indexes: { by_origin: ["memory_id", "origin_key"] },
  });
}

async function createWorkTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "job", {
    columns: {
      id: "text",
      project_id: "text",
      position: "integer",
      kind: "text",
      label: "text",
      state: "text",
      done: "real",
      total: "real",
      stage: "text",
      error: "text?",
      result: "text?",
      created_at: "text",
      finished_at: "text?",
    },
    key: ["id"],
    indexes: { by_project: ["project_id", "position"], by_state: ["state"] },
  });
  await createTable(db, "ignored_finding", {
    columns: {
      id: "text",
      project_id: "text",
      rule: "text",
      pair: "text",
      subject: "text",
      texts_hash: "text",
      action: "text",
      reason: "text",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { project_id: "project" },
    indexes: { by_subject: ["project_id", "rule", "pair", "subject"] },
  });
}

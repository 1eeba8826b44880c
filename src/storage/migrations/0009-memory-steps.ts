/**
 * The care of memories: ids and inline codes of units, steps that can be undone as a whole (imports, bulk edits, merges),
 * memories in the trash and lent to other projects, and what a search for duplicates found.
 */
import type { Kysely } from "kysely";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  for (const column of ["tuid", "source_codes", "target_codes", "import_id"]) {
    await schema.alterTable("translation_unit").addColumn(column, "text").execute();
  }
  for (const column of ["changed_at", "removed_at"]) await schema.alterTable("memory").addColumn(column, "text").execute();
  await schema.alterTable("unit_history").addColumn("step_id", "text").execute();
  await schema.createIndex("unit_history_by_step").on("unit_history").columns(["step_id", "sequence"]).execute();
  // The heading of a step; what it did to each unit is in the history, which nobody can change.
  await createTable(db, "memory_step", {
    columns: {
      id: "text",
      project_id: "text",
      memory_id: "text?",
      kind: "text",
      detail: "text",
      added: "integer",
      replaced: "integer",
      removed: "integer",
      unchanged: "integer",
      first_position: "integer?",
      last_position: "integer?",
      author: "text",
      at: "text",
      finished_at: "text?",
      undoes: "text?",
      undone_by: "text?",
    },
    key: "sequence",
    references: { project_id: "project", memory_id: "memory" },
    unique: { id: ["id"] },
    indexes: { by_project: ["project_id", "sequence"] },
  });
  await createTable(db, "memory_attachment", {
    columns: { project_id: "text", memory_id: "text", priority: "integer", penalty: "integer", author: "text", at: "text" },
    key: ["project_id", "memory_id"],
    references: { project_id: "project", memory_id: "memory" },
    indexes: { by_memory: ["memory_id"] },
  });
  await createTable(db, "duplicate_run", {
    columns: {
      id: "text",
      project_id: "text",
      created_at: "text",
      memory_ids: "text",
      memory_version: "integer",
      unit_count: "integer",
      groups: "text",
      complete: "integer",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { by_project: ["project_id", "created_at"] },
  });
  await createTable(db, "duplicate_group", {
    columns: { run_id: "text", position: "integer", kind: "text", content: "text" },
    key: ["run_id", "position"],
    references: { run_id: "duplicate_run" },
  });
}

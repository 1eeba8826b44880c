/** Renderings that were found beside the terms of a glossary in aligned texts. Made again at will: no history. */
import type { Kysely } from "kysely";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "rendering_run", {
    columns: {
      id: "text",
      project_id: "text",
      created_at: "text",
      memory_version: "integer",
      glossary_version: "integer",
      unit_count: "integer",
      term_count: "integer",
      complete: "integer",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { by_project: ["project_id", "created_at"] },
  });
  await createTable(db, "term_rendering", {
    columns: { run_id: "text", term: "text", content: "text" },
    key: ["run_id", "term"],
    references: { run_id: "rendering_run" },
  });
  await createTable(db, "rendering_unit", {
    columns: { run_id: "text", unit_id: "text", content: "text" },
    key: ["run_id", "unit_id"],
    references: { run_id: "rendering_run" },
  });
}

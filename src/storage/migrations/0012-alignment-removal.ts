/**
 * An import of an alignment can be taken back as a whole, and brought again. For the list: rows that wait for a person,
 * and who was there last.
 */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { forbidChanges, forbidReplacing } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["settled_count", "doubtful_count"]) {
    await db.schema
      .alterTable("alignment")
      .addColumn(column, "integer", (definition) => definition.notNull().defaultTo(0))
      .execute();
  }
  await db.schema.alterTable("alignment").addColumn("changed_by", "text").execute();
  await db.schema.alterTable("alignment").addColumn("removed_at", "text").execute();
  await createTable(db, "alignment_history", {
    columns: { alignment_id: "text", action: "text", documents: "text", author: "text", at: "text" },
    key: "sequence",
    references: { alignment_id: "alignment" },
    indexes: { by_alignment: ["alignment_id"] },
  });
  await forbidChanges(db, "alignment_history");
  await forbidReplacing(db, "alignment_history");
  await db.schema.createIndex("alignment_by_target").on("alignment").column("target_document_id").execute();
  await sql`update alignment set changed_by = (
    select author from alignment_step as step where step.alignment_id = alignment.id and step.revision = alignment.revision)`.execute(
    db,
  );
  await sql`update alignment set settled_count = (
    select count(*) from json_each(alignment.state, '$.groups') as row
    where json_extract(row.value, '$.status') <> 'automatic'
      or (json_extract(row.value, '$.omission') is not null and coalesce(json_extract(row.value, '$.doubtful'), 0) = 0))
    where json_valid(state)`.execute(db);
  await sql`update alignment set doubtful_count = (
    select count(*) from json_each(alignment.state, '$.groups') as row
    where json_extract(row.value, '$.status') = 'automatic' and (
      json_extract(row.value, '$.doubtful') = 1
      or (json_extract(row.value, '$.omission') is null and (
        json_array_length(row.value, '$.source') = 0
        or json_array_length(row.value, '$.target') = 0
        or (json_extract(row.value, '$.confidence') > 0 and json_extract(row.value, '$.confidence') < 0.5)))))
    where json_valid(state)`.execute(db);
}

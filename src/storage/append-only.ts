/**
 * What makes a history a history: the database itself refuses to change or delete a row, whoever asks.
 * Triggers are written differently for each database; this is the place for the other one.
 */
import { sql } from "kysely";
import type { Kysely } from "kysely";

/** Every append-only table; a test tries to change each of them. */
export const HISTORY_TABLES = [
  "document_history",
  "segment_history",
  "concept_history",
  "term_history",
  "decision",
  "candidate_decision",
  "alignment_step",
  "unit_history",
  "ignored_finding",
  "relation_history",
  "comment",
  "vetting_rules",
  "reading_decision",
] as const;

export async function forbidChanges(db: Kysely<unknown>, table: (typeof HISTORY_TABLES)[number]): Promise<void> {
  for (const event of ["update", "delete"] as const) {
    await sql`create trigger ${sql.id(`${table}_no_${event}`)} before ${sql.raw(event)} on ${sql.id(table)}
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
  }
}

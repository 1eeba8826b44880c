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
  "edited_sentence",
  "alignment_history",
] as const;

export async function forbidChanges(db: Kysely<unknown>, table: (typeof HISTORY_TABLES)[number]): Promise<void> {
  for (const event of ["update", "delete"] as const) {
    await sql`create trigger ${sql.id(`${table}_no_${event}`)} before ${sql.raw(event)} on ${sql.id(table)}
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
  }
}

/**
 * `insert or replace` deletes the old line without asking the trigger above: SQLite runs delete triggers for it only when a
 * connection says so. A line whose key or unique columns are taken is therefore refused before it is written.
 */
export async function forbidReplacing(db: Kysely<unknown>, table: (typeof HISTORY_TABLES)[number]): Promise<void> {
  const keys = await sql<{ columns: string }>`select group_concat(info.name, ' ') as columns
    from pragma_index_list(${sql.lit(table)}) as list, pragma_index_info(list.name) as info
    where list."unique" = 1 group by list.name`.execute(db);
  const isNumbered = await sql`select 1 from pragma_table_info(${sql.lit(table)}) where name = 'sequence' and pk = 1`.execute(db);
  const unique = keys.rows.map(({ columns }) => columns.split(" "));
  for (const [at, columns] of [...unique, ...(isNumbered.rows.length > 0 ? [["sequence"]] : [])].entries()) {
    const isTaken = sql.join(
      columns.map((column) => sql`${sql.id(column)} = ${sql.raw("new.")}${sql.id(column)}`),
      sql` and `,
    );
    await sql`create trigger ${sql.id(`${table}_no_replace_${String(at)}`)} before insert on ${sql.id(table)}
      when exists (select 1 from ${sql.id(table)} where ${isTaken})
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
  }
}

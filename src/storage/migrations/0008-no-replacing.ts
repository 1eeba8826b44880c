/** Histories refuse `insert or replace` as they refuse UPDATE and DELETE. */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { HISTORY_TABLES, forbidReplacing } from "../append-only.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of HISTORY_TABLES) {
    const known = await sql`select 1 from sqlite_master where type = 'table' and name = ${table}`.execute(db);
    // A history that a later migration makes is protected there.
    if (known.rows.length > 0) await forbidReplacing(db, table);
  }
}

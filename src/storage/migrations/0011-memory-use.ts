/** Whether a memory gives matches: a person may keep one and not be helped by it. */
import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("memory")
    .addColumn("is_used", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
}

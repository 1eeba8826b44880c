/** Between rows and values: absent is null in a row and a missing property in a value. */
import type { Query } from "../database.ts";

type Filled<Row> = { [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key] } & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: Exclude<Row[Key], null>;
};

export function withoutNulls<Row extends object>(row: Row): Filled<Row> {
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) if (value !== null) filled[key] = value;
  return filled as Filled<Row>;
}

export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** A pattern for `like … escape '\'` that finds `text` anywhere. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** SQLite takes 32,766 parameters, PostgreSQL 65,535. */
export const IDS_PER_QUERY = 500;

/** `items` in pieces of at most `size`. */
export function* inPieces<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

export type CounterName = "glossary" | "memory" | "concept-position" | "run-position" | "job-position";

/** Adds to a counter of the project and answers its new value. */
export async function advanceCounter(db: Query, projectId: string, name: CounterName, by = 1): Promise<number> {
  const { value } = await db
    .insertInto("counter")
    .values({ project_id: projectId, name, value: by })
    .onConflict((conflict) =>
      conflict.columns(["project_id", "name"]).doUpdateSet((e) => ({ value: e("counter.value", "+", by) })),
    )
    .returning("value")
    .executeTakeFirstOrThrow();
  return value;
}

export async function readCounter(db: Query, projectId: string, name: CounterName): Promise<number> {
  const row = await db
    .selectFrom("counter")
    .select("value")
    .where("project_id", "=", projectId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value ?? 0;
}

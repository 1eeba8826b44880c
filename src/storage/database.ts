/** The open database that all stores share: Kysely for queries, a fast path for many rows, orderly transactions. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SQLInputValue } from "node:sqlite";
import { Kysely } from "kysely";
import type { Insertable, Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations/all.ts";
import type { Schema } from "./schema.ts";
import { createSqliteDialect, openSqliteFile, PreparedStatements } from "./sqlite-dialect.ts";

export type Query = Kysely<Schema> | Transaction<Schema>;

/** Rows written between two turns of the event loop: about 5 ms of work, far below the 50 ms that a person would notice. */
export const ROWS_PER_TURN = 500;

export type Database = {
  readonly db: Kysely<Schema>;
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Many rows by one prepared statement, inside the given transaction; other work of the process goes on between the
   * pieces, other queries wait for the end of the transaction. All rows must have the same columns.
   * With `skipKnown`, rows that a unique constraint refuses are left out; the answer is their places in the list.
   */
  insertRows<Table extends keyof Schema>(
    trx: Transaction<Schema>,
    table: Table,
    rows: readonly Insertable<Schema[Table]>[],
    options?: { readonly skipKnown?: boolean },
  ): Promise<readonly number[]>;
  close(): Promise<void>;
};

/** The store cannot be used: written by a later version (`newer`), or not a readable database (`damaged`). */
export class StorageError extends Error {
  readonly code: "newer" | "damaged";

  constructor(code: "newer" | "damaged", message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some((table) => table.name === "kysely_migration")) {
    const done = await db
      .withTables<{ kysely_migration: { name: string } }>()
      .selectFrom("kysely_migration")
      .select("name")
      .execute();
    const unknown = done.find((row) => !(row.name in migrations));
    if (unknown)
      throw new StorageError("newer", `The store has the migration ${unknown.name}, which this version does not know.`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Opens `path` (or ":memory:") and brings its tables up to date. */
export async function openDatabase(path: string): Promise<Database> {
  const file = openStorageFile(path);
  const statements = new PreparedStatements(file);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(file, statements) });
  try {
    await migrate(db);
  } catch (error) {
    file.close();
    throw toStorageError(error);
  }
  return {
    db,
    transaction: (work) => db.transaction().execute(work),
    async insertRows(_trx, table, rows, { skipKnown = false } = {}) {
      const known: number[] = [];
      const first = rows[0];
      if (!first) return known;
      const columns = Object.keys(first);
      const insert = statements.prepare(
        `insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) values (${columns.map(() => "?").join(", ")})${skipKnown ? " on conflict do nothing" : ""}`,
      );
      const values: SQLInputValue[] = [];
      let count = 0;
      for (const row of rows as readonly Readonly<Record<string, SQLInputValue>>[]) {
        for (let column = 0; column < columns.length; column++) values[column] = row[columns[column] ?? ""] ?? null;
        if (insert.run(...values).changes === 0) known.push(count);
        if (++count % ROWS_PER_TURN === 0) await nextTurn();
      }
      return known;
    },
    close: async () => {
      await db.destroy();
      // Kysely closes the file only when it has been used.
      if (file.isOpen) file.close();
    },
  };
}

function openStorageFile(path: string) {
  try {
    return openSqliteFile(path);
  } catch (error) {
    throw toStorageError(error);
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGE_CODES = new Set([11, 26]);

function toStorageError(error: unknown): unknown {
  const isDamage = error instanceof Error && "errcode" in error && DAMAGE_CODES.has(Number(error.errcode));
  return isDamage ? new StorageError("damaged", error.message, { cause: error }) : error;
}

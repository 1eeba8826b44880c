/**
 * Kysely over the SQLite of Node itself.
 *
 * Statements are prepared once and kept: most of the time of a small query goes into preparing it. A statement
 * answers rows when it has columns (`select`, `returning`, some pragmas), else counts.
 * There is one connection; Kysely lets one query or transaction at a time use it.
 */
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { SqliteAdapter, SqliteDialect } from "kysely";
import type { DialectAdapter, SqliteDatabase, SqliteStatement } from "kysely";

/** Distinct statements kept. The stores have about 150; lists with `in (…)` of different lengths add to them. */
const KEPT_STATEMENTS = 400;

export class PreparedStatements {
  readonly #database: DatabaseSync;
  readonly #kept = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): StatementSync {
    const kept = this.#kept.get(sql);
    if (kept) {
      // Map keeps the order of insertion: the least recently used is the first.
      this.#kept.delete(sql);
      this.#kept.set(sql, kept);
      return kept;
    }
    const statement = this.#database.prepare(sql);
    this.#kept.set(sql, statement);
    if (this.#kept.size > KEPT_STATEMENTS) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return statement;
  }
}

const wrapped = new WeakMap<StatementSync, SqliteStatement>();

/** Made once for a kept statement: asking for its columns takes longer than running a small query. */
function toKyselyStatement(statement: StatementSync): SqliteStatement {
  const known = wrapped.get(statement);
  if (known) return known;
  const made: SqliteStatement = {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // A kept statement must not be stepped by two readers at once, so rows are fetched before they are handed out.
    iterate: (parameters) => statement.all(...(parameters as SQLInputValue[])).values(),
  };
  wrapped.set(statement, made);
  return made;
}

/** SQLite rolls back changes of the schema like any other: a migration that fails leaves nothing behind. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }
}

export function createSqliteDialect(database: DatabaseSync, statements: PreparedStatements): SqliteDialect {
  const adapter: SqliteDatabase = {
    prepare: (sql) => toKyselyStatement(statements.prepare(sql)),
    close: () => {
      database.close();
    },
  };
  return new NodeSqliteDialect({ database: adapter });
}

/** Opens the file with the settings that keep a confirmed edit through a power cut. */
export function openSqliteFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  try {
    // WAL: reading goes on during a write. FULL: a commit is on disk before it is answered.
    // Spilling: pages of a large transaction go to the log while it runs, so that the commit has little left to write.
    database.exec(
      "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma cache_spill = 256; pragma temp_store = memory",
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Small vocabulary for migrations, so that they read as tables. */
import type { CreateTableBuilder, Kysely } from "kysely";

type Builder = CreateTableBuilder<string, string>;
type ColumnType = "text" | "integer" | "real" | "blob";
/** `?` after the type: may be absent. */
type Columns = Readonly<Record<string, ColumnType | `${ColumnType}?`>>;

export type TableOptions = {
  readonly columns: Columns;
  /** One column, several, or `sequence`: a number that the database hands out in order of writing. */
  readonly key: readonly string[] | "sequence";
  /** column -> table whose `id` it holds. */
  readonly references?: Readonly<Record<string, string>>;
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  readonly unique?: Readonly<Record<string, readonly string[]>>;
};

export async function createTable(db: Kysely<unknown>, name: string, options: TableOptions): Promise<void> {
  let table = db.schema.createTable(name) as unknown as Builder;
  if (options.key === "sequence") table = table.addColumn("sequence", "integer", (column) => column.primaryKey().autoIncrement());
  for (const [column, type] of Object.entries(options.columns)) {
    const base = (type.endsWith("?") ? type.slice(0, -1) : type) as ColumnType;
    table = table.addColumn(column, base, (definition) => (type.endsWith("?") ? definition : definition.notNull()));
  }
  if (options.key !== "sequence") table = table.addPrimaryKeyConstraint(`${name}_key`, [...options.key]);
  for (const [column, other] of Object.entries(options.references ?? {})) {
    table = table.addForeignKeyConstraint(`${name}_${column}`, [column], other, ["id"]);
  }
  for (const [constraint, columns] of Object.entries(options.unique ?? {})) {
    table = table.addUniqueConstraint(`${name}_${constraint}`, [...columns]);
  }
  await table.execute();
  for (const [index, columns] of Object.entries(options.indexes ?? {})) {
    await db.schema
      .createIndex(`${name}_${index}`)
      .on(name)
      .columns([...columns])
      .execute();
  }
}

/**
 * The texts of memories, read through a second connection that cannot write: for work over all units, in a thread of its own
 * or piece by piece. The database is in WAL mode, so that readers block nobody; what is committed before a piece is read is
 * in it. The connection keeps few pages, where the first one would fill its cache with what is read only once.
 */
import { DatabaseSync } from "node:sqlite";
import { MAXIMAL_POSITION, toUnitId } from "./sql/unit-rows.ts";

export type UnitText = {
  readonly id: string;
  readonly position: number;
  readonly source: string;
  readonly target: string;
  readonly previous: string | null;
  readonly next: string | null;
};

export type UnitColumn = "source" | "target" | "document" | "author" | "state" | "created_at" | "changed_at";
/** The position of a unit, then the columns that were asked for. */
export type UnitValues = readonly [position: number, ...(string | null)[]];

export type UnitTexts = {
  /** Only some columns of the units behind a position, in its order, a thousand at once. */
  readonly readColumns: (
    columns: readonly UnitColumn[],
    from: { readonly memoryId: string; readonly after: number },
  ) => Generator<readonly UnitValues[], void>;
  /** In order of position. */
  readonly read: (memoryId: string) => Iterable<UnitText>;
  readonly find: (id: string) => UnitText | undefined;
  readonly close: () => void;
};

const UNITS_PER_PIECE = 1000;

const COLUMNS = "id, position, source, target, previous, next";

export function openUnitTexts(file: string): UnitTexts {
  const database = new DatabaseSync(file, { readOnly: true });
  // Ids rise with the position: the key alone keeps the order.
  const all = database.prepare(`SELECT ${COLUMNS} FROM translation_unit WHERE id > ? AND id <= ? ORDER BY id`);
  const one = database.prepare(`SELECT ${COLUMNS} FROM translation_unit WHERE id = ?`);
  return {
    *readColumns(columns, { memoryId, after }) {
      const names = ["position", ...columns].join(", ");
      const piece = database.prepare(
        `SELECT ${names} FROM translation_unit WHERE id > ? AND id <= ? ORDER BY id LIMIT ${UNITS_PER_PIECE}`,
      );
      piece.setReturnArrays(true);
      const end = toUnitId({ memoryId, position: MAXIMAL_POSITION });
      for (let last = after; ;) {
        // Arrays are what `setReturnArrays` gives; the types know only of objects.
        const rows = piece.all(toUnitId({ memoryId, position: last }), end) as unknown as readonly UnitValues[];
        if (rows.length > 0) yield rows;
        if (rows.length < UNITS_PER_PIECE) return;
        last = Number(rows.at(-1)?.[0]);
      }
    },
    read: (memoryId) =>
      all.iterate(toUnitId({ memoryId, position: 0 }), toUnitId({ memoryId, position: MAXIMAL_POSITION })) as Iterable<UnitText>,
    find: (id) => one.get(id) as UnitText | undefined,
    close: () => database.close(),
  };
}

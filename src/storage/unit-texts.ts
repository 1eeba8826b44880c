/**
 * The texts of memories, read by a thread of its own through a second connection that cannot write: for work over all units
 * that must not hold up the others. The database is in WAL mode, so that readers see one state and block nobody.
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

export type UnitTexts = {
  /** In order of position. */
  readonly read: (memoryId: string) => Iterable<UnitText>;
  readonly find: (id: string) => UnitText | undefined;
  readonly close: () => void;
};

const COLUMNS = "id, position, source, target, previous, next";

export function openUnitTexts(file: string): UnitTexts {
  const database = new DatabaseSync(file, { readOnly: true });
  // Ids rise with the position: the key alone keeps the order.
  const all = database.prepare(`SELECT ${COLUMNS} FROM translation_unit WHERE id > ? AND id <= ? ORDER BY id`);
  const one = database.prepare(`SELECT ${COLUMNS} FROM translation_unit WHERE id = ?`);
  return {
    read: (memoryId) =>
      all.iterate(toUnitId({ memoryId, position: 0 }), toUnitId({ memoryId, position: MAXIMAL_POSITION })) as Iterable<UnitText>,
    find: (id) => one.get(id) as UnitText | undefined,
    close: () => database.close(),
  };
}

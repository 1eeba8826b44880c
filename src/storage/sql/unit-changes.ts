/** Changes of units that are there, each decided by a function on the unit as it stands inside the transaction. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../database.ts";
import type { MemoryStore } from "../memory-store.ts";
import { inPieces } from "./rows.ts";
import { isSameUnit, toUnit, toUnitRow } from "./unit-rows.ts";
import type { UnitRow } from "./unit-rows.ts";
import { countInStep, writeChanges } from "./unit-writes.ts";
import type { UnitChange } from "./unit-writes.ts";

/** Units of one transaction; also the parameters of one query. */
const UNITS_PER_PIECE = 500;

export function createUnitChanges(database: Database): MemoryStore["changeUnits"] {
  return async ({ projectId, unitIds, change, stepId, onProgress, signal, ...signed }) => {
    const counts = { replaced: 0, removed: 0, unchanged: 0 };
    let done = 0;
    for (const ids of inPieces(unitIds, UNITS_PER_PIECE)) {
      signal?.throwIfAborted();
      await database.transaction(async (trx) => {
        const rows = await trx.selectFrom("translation_unit").selectAll().where("id", "in", ids).orderBy("id").execute();
        let changed = 0;
        for (const [memoryId, ofMemory] of Map.groupBy(rows, (row) => row.memory_id)) {
          const memory = await trx
            .selectFrom("memory")
            .selectAll()
            .where("id", "=", memoryId)
            .where("project_id", "=", projectId)
            .where("removed_at", "is", null)
            .where("read_only", "=", 0)
            .executeTakeFirst();
          if (!memory) continue;
          const changes = ofMemory.map((old) => toChange(old)).filter((one) => one !== undefined);
          await writeChanges(database, trx, { memory, changes, signed: { ...signed, stepId } });
          counts.replaced += changes.filter(({ next }) => next).length;
          counts.removed += changes.filter(({ next }) => !next).length;
          changed += changes.length;
        }
        counts.unchanged += ids.length - changed;
        if (stepId !== undefined) {
          await countInStep(trx, stepId, { added: 0, replaced: 0, removed: 0, unchanged: ids.length - changed });
        }
      });
      done += ids.length;
      onProgress?.(done);
      await nextTurn();
    }
    return counts;

    function toChange(old: UnitRow): UnitChange | undefined {
      const unit = toUnit(old);
      const wanted = change(unit);
      if (wanted === undefined) return undefined;
      if (wanted === "remove") return { old };
      if ("mergedInto" in wanted) return { old, mergedInto: wanted.mergedInto };
      const place = { memoryId: old.memory_id, position: old.position, importId: unit.importId };
      const changed = { ...unit, ...wanted };
      const next = toUnitRow({ ...changed, changedAt: signed.at }, place);
      return isSameUnit(old, next) ? undefined : { old, next };
    }
  };
}

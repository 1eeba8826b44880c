/** Translation memories: many units written fast, one unit per place of origin, replaced ones kept in the history. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { Database, Query } from "../database.ts";
import type { Memory, MemoryStore, NewUnit, StoredUnit, UnitCounts, UnitRevision } from "../memory-store.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { advanceCounter, IDS_PER_QUERY, inPieces, parseJson, readCounter } from "./rows.ts";
import { createUnitFilters } from "./unit-filters.ts";
import { isSameUnit, MAXIMAL_POSITION, toKeptUnit, toUnit, toUnitId, toUnitRow } from "./unit-rows.ts";
import type { UnitRow } from "./unit-rows.ts";

/** One commit waits for the disk; 2,000 units share it. */
const UNITS_PER_TRANSACTION = 2000;
/** Units read between two turns of the event loop. */
const UNITS_PER_TURN = 1000;

function toMemory(row: Schema["memory"]): Memory {
  const { id, name, priority, penalty } = row;
  const memory = { id, projectId: row.project_id, name, priority, penalty, readOnly: row.read_only === 1 };
  const times = { createdAt: row.created_at, ...(row.changed_at === null ? {} : { changedAt: row.changed_at }) };
  return { ...memory, ...times };
}

async function findByOrigin(trx: Query, memoryId: string, originKeys: readonly string[]): Promise<Map<string, UnitRow>> {
  const found = new Map<string, UnitRow>();
  for (const keys of inPieces(originKeys, IDS_PER_QUERY)) {
    const rows = await trx
      .selectFrom("translation_unit")
      .selectAll()
      .where("memory_id", "=", memoryId)
      .where("origin_key", "in", keys)
      .execute();
    for (const row of rows) found.set(row.origin_key, row);
    await nextTurn();
  }
  return found;
}

function toHistoryRow(
  old: UnitRow,
  action: UnitRevision["action"],
  { author, at, stepId }: Signed & { readonly stepId?: string | undefined },
) {
  const unit = JSON.stringify(toKeptUnit(old));
  return {
    memory_id: old.memory_id,
    unit_id: old.id,
    origin_key: old.origin_key,
    action,
    unit,
    author,
    at,
    step_id: stepId ?? null,
  };
}

/** One transaction's worth of units. A key that comes twice keeps its last unit. */
async function savePiece(
  { insertRows }: Database,
  trx: Transaction<Schema>,
  {
    memory,
    units,
    signed,
    importId,
  }: {
    readonly memory: Schema["memory"];
    readonly units: readonly NewUnit[];
    readonly signed: Signed;
    readonly importId: string | undefined;
  },
): Promise<UnitCounts> {
  const newest = [...new Map(units.map((unit) => [unit.originKey, unit])).values()];
  const rows = newest.map((unit, at) => toUnitRow(unit, { memoryId: memory.id, position: memory.next_position + at, importId }));
  // Most units of an import are new: writing finds out which are not, and only those are looked up.
  const known = (await insertRows(trx, "translation_unit", rows, { skipKnown: true })).map((at) => newest[at]);
  const keys = known.map((unit) => unit?.originKey).filter((key) => key !== undefined);
  const stored = keys.length > 0 ? await findByOrigin(trx, memory.id, keys) : new Map<string, UnitRow>();
  const added = newest.length - known.length;
  const history: ReturnType<typeof toHistoryRow>[] = [];
  for (const unit of known) {
    const old = unit && stored.get(unit.originKey);
    if (!old) continue;
    const replacement = { ...toUnitRow(unit, { memoryId: memory.id, position: old.position, importId }), id: old.id };
    if (isSameUnit(old, replacement)) continue;
    history.push(toHistoryRow(old, "replace", { ...signed, stepId: importId }));
    await trx.updateTable("translation_unit").set(replacement).where("id", "=", old.id).execute();
    if (history.length % 100 === 0) await nextTurn();
  }
  await insertRows(trx, "unit_history", history);
  if (added + history.length > 0) {
    const places = added > 0 ? newest.length : 0;
    await trx
      .updateTable("memory")
      .set((e) => ({
        next_position: memory.next_position + places,
        unit_count: e("unit_count", "+", added),
        changed_at: signed.at,
      }))
      .where("id", "=", memory.id)
      .execute();
  }
  if (importId !== undefined) {
    const done = { added, replaced: history.length, unchanged: newest.length - added - history.length };
    await countStep(trx, importId, { ...done, positions: [memory.next_position, memory.next_position + newest.length - 1] });
  }
  if (added + history.length > 0) await advanceCounter(trx, memory.project_id, "memory");
  return { added, replaced: history.length, unchanged: newest.length - added - history.length };
}

/** What an import has brought is counted in the transaction that brings it. */
async function countStep(
  trx: Transaction<Schema>,
  id: string,
  { positions, ...done }: UnitCounts & { readonly positions: readonly [number, number] },
): Promise<void> {
  await trx
    .updateTable("memory_step")
    .set((e) => ({
      added: e("added", "+", done.added),
      replaced: e("replaced", "+", done.replaced),
      unchanged: e("unchanged", "+", done.unchanged),
      first_position: e.fn.coalesce("first_position", e.val(positions[0])),
      last_position: positions[1],
    }))
    .where("id", "=", id)
    .execute();
}

/** The units of at most IDS_PER_QUERY keys. */
async function removePiece(
  { insertRows }: Database,
  trx: Transaction<Schema>,
  { memory, keys, signed }: { readonly memory: Schema["memory"]; readonly keys: readonly string[]; readonly signed: Signed },
): Promise<number> {
  const stored = [...(await findByOrigin(trx, memory.id, keys)).values()];
  if (stored.length === 0) return 0;
  await insertRows(
    trx,
    "unit_history",
    stored.map((old) => toHistoryRow(old, "remove", signed)),
  );
  const ids = stored.map((old) => old.id);
  await trx.deleteFrom("translation_unit").where("id", "in", ids).execute();
  await trx
    .updateTable("memory")
    .set((e) => ({ unit_count: e("unit_count", "-", stored.length), changed_at: signed.at }))
    .where("id", "=", memory.id)
    .execute();
  await advanceCounter(trx, memory.project_id, "memory");
  return stored.length;
}

export function createMemoryStore(database: Database): MemoryStore {
  const { db, transaction } = database;
  const findRow = (query: Query, id: string) =>
    query.selectFrom("memory").selectAll().where("id", "=", id).where("removed_at", "is", null).executeTakeFirst();

  async function list(projectId: string) {
    const rows = await db
      .selectFrom("memory")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("removed_at", "is", null)
      .orderBy("priority", "desc")
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return rows.map((row) => ({ ...toMemory(row), unitCount: row.unit_count }));
  }

  async function* readUnits(memoryId: string, afterPosition = 0): AsyncIterable<readonly StoredUnit[]> {
    // Ids rise with the position, so the key alone keeps the order.
    const end = toUnitId({ memoryId, position: MAXIMAL_POSITION });
    for (let last = toUnitId({ memoryId, position: afterPosition }); ;) {
      const rows = await db
        .selectFrom("translation_unit")
        .selectAll()
        .where("id", ">", last)
        .where("id", "<=", end)
        .orderBy("id")
        .limit(UNITS_PER_TURN)
        .execute();
      if (rows.length > 0) yield rows.map(toUnit);
      if (rows.length < UNITS_PER_TURN) return;
      last = rows.at(-1)?.id ?? last;
      await nextTurn();
    }
  }

  return {
    async create(memory) {
      const id = randomUUID();
      await db
        .insertInto("memory")
        .values({
          id,
          project_id: memory.projectId,
          name: memory.name,
          priority: memory.priority,
          penalty: memory.penalty,
          read_only: memory.readOnly ? 1 : 0,
          created_at: memory.createdAt,
          unit_count: 0,
          next_position: 1,
          changed_at: null,
          removed_at: null,
        })
        .execute();
      return { ...memory, id };
    },
    async find(id) {
      const row = await findRow(db, id);
      return row && toMemory(row);
    },
    list,
    change: ({ id, name, priority, penalty, readOnly }) =>
      transaction(async (trx) => {
        const row = await trx
          .updateTable("memory")
          .set({ name, priority, penalty, read_only: readOnly ? 1 : 0 })
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirst();
        // Priority and penalty are part of what an index answers.
        if (row) await advanceCounter(trx, row.project_id, "memory");
        return row && toMemory(row);
      }),
    async saveUnits({ memoryId, units, importId, onProgress, ...signed }) {
      const sum = { added: 0, replaced: 0, unchanged: 0 };
      let done = 0;
      const memory = await findRow(db, memoryId);
      if (!memory) return { kind: "refused", code: "not-found" };
      if (memory.read_only) return { kind: "refused", code: "memory-read-only" };
      for (const piece of inPieces(units, UNITS_PER_TRANSACTION)) {
        const counts = await transaction(async (trx) => {
          // Read again: others may have added units since the last piece.
          const current = await findRow(trx, memoryId);
          return current && savePiece(database, trx, { memory: current, units: piece, signed, importId });
        });
        if (!counts) return { kind: "refused", code: "not-found" };
        sum.added += counts.added;
        sum.replaced += counts.replaced;
        sum.unchanged += counts.unchanged;
        done += piece.length;
        onProgress?.(done);
        await nextTurn();
      }
      return { kind: "saved", ...sum };
    },
    async removeUnits({ memoryId, originKeys, ...signed }) {
      let removed = 0;
      for (const keys of inPieces(originKeys, IDS_PER_QUERY)) {
        removed += await transaction(async (trx) => {
          const memory = await findRow(trx, memoryId);
          return memory ? removePiece(database, trx, { memory, keys, signed }) : 0;
        });
        await nextTurn();
      }
      return removed;
    },
    readUnits,
    async lastRevision() {
      const row = await db
        .selectFrom("unit_history")
        .select((e) => e.fn.max("sequence").as("last"))
        .executeTakeFirst();
      return Number(row?.last ?? 0);
    },
    async revisedUnits(afterRevision) {
      // By the key alone: with a memory named too, SQLite would go through all of its history.
      const rows = await db
        .selectFrom("unit_history")
        .select(["memory_id", "unit_id"])
        .where("sequence", ">", afterRevision)
        .orderBy("sequence")
        .execute();
      return rows.map((row) => ({ memoryId: row.memory_id, unitId: row.unit_id }));
    },
    async loadUnits(projectId) {
      const units: StoredUnit[] = [];
      for (const memory of await list(projectId)) {
        for await (const piece of readUnits(memory.id)) for (const unit of piece) units.push(unit);
      }
      return units;
    },
    async countUnits(memoryId) {
      return (await findRow(db, memoryId))?.unit_count ?? 0;
    },
    ...createUnitFilters(database),
    async findUnit(unitId) {
      const row = await db.selectFrom("translation_unit").selectAll().where("id", "=", unitId).executeTakeFirst();
      return row && toUnit(row);
    },
    async findUnits(unitIds) {
      const found = new Map<string, StoredUnit>();
      for (const ids of inPieces(unitIds, IDS_PER_QUERY)) {
        const rows = await db.selectFrom("translation_unit").selectAll().where("id", "in", ids).execute();
        for (const row of rows) found.set(row.id, toUnit(row));
        await nextTurn();
      }
      return found;
    },
    memoryVersion: (projectId) => readCounter(db, projectId, "memory"),
    async unitHistory(memoryId, originKey) {
      const rows = await db
        .selectFrom("unit_history")
        .selectAll()
        .where("memory_id", "=", memoryId)
        .where("origin_key", "=", originKey)
        .orderBy("sequence")
        .execute();
      return rows.map((row): UnitRevision => {
        const { author, at } = row;
        const action = row.action as UnitRevision["action"];
        const unit = parseJson<UnitRevision["unit"]>(row.unit);
        const step = row.step_id === null ? {} : { stepId: row.step_id };
        return { unitId: row.unit_id, originKey, action, unit, author, at, ...step };
      });
    },
  };
}

/** Translation memories: many units written fast, one unit per place of origin, replaced ones kept in the history. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database, Query } from "../database.ts";
import type { ListedMemory, Memory, MemoryStore, NewMemory, StoredUnit, UnitSource } from "../memory-store.ts";
import type { Schema } from "../schema.ts";
import { IDS_PER_QUERY, inPieces, readCounter } from "./rows.ts";
import { createMemoryCare } from "./memory-care.ts";
import { createUnitFilters } from "./unit-filters.ts";
import { createUnitChanges } from "./unit-changes.ts";
import { announceChange, removePiece, savePiece } from "./unit-writes.ts";
import { MAXIMAL_POSITION, toRevision, toUnit, toUnitId } from "./unit-rows.ts";

/** One commit waits for the disk; 2,000 units share it. */
const UNITS_PER_TRANSACTION = 2000;
/** Units read between two turns of the event loop. */
const UNITS_PER_TURN = 1000;
/** Lines of the history read between two turns: only two short columns of each. */
const REVISIONS_PER_TURN = 4000;

function toMemory(row: Schema["memory"]): Memory {
  const { id, name, priority, penalty } = row;
  const memory = {
    id,
    projectId: row.project_id,
    name,
    priority,
    penalty,
    readOnly: row.read_only === 1,
    isUsed: row.is_used === 1,
  };
  const times = { createdAt: row.created_at, ...(row.changed_at === null ? {} : { changedAt: row.changed_at }) };
  return { ...memory, ...times };
}

/** Highest priority first, then oldest. */
function inOrder(one: Memory, other: Memory): number {
  if (one.priority !== other.priority) return other.priority - one.priority;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

export function createMemoryStore(database: Database): MemoryStore {
  const { db, transaction } = database;
  const findRow = (query: Query, id: string) =>
    query.selectFrom("memory").selectAll().where("id", "=", id).where("removed_at", "is", null).executeTakeFirst();

  async function list(projectId: string): Promise<readonly ListedMemory[]> {
    const own = await db
      .selectFrom("memory")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("removed_at", "is", null)
      .execute();
    const lent = await db
      .selectFrom("memory_attachment as lent")
      .innerJoin("memory", "memory.id", "lent.memory_id")
      .where("lent.project_id", "=", projectId)
      .where("memory.removed_at", "is", null)
      .selectAll("memory")
      .select(["lent.priority", "lent.penalty"])
      .execute();
    return [
      ...own.map((row) => ({ ...toMemory(row), unitCount: row.unit_count })),
      ...lent.map((row) => ({ ...toMemory(row), readOnly: true, isUsed: true, isLent: true, unitCount: row.unit_count })),
    ].sort(inOrder);
  }

  async function create(query: Query, memory: NewMemory): Promise<Memory> {
    const id = randomUUID();
    const { projectId: project_id, name, priority, penalty, readOnly, isUsed = true, createdAt: created_at } = memory;
    const times = { created_at, changed_at: null, removed_at: null };
    await query
      .insertInto("memory")
      .values({
        id,
        project_id,
        name,
        priority,
        penalty,
        read_only: readOnly ? 1 : 0,
        is_used: isUsed ? 1 : 0,
        ...times,
        unit_count: 0,
        next_position: 1,
      })
      .execute();
    return { ...memory, isUsed, id };
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

  async function* readSources(memoryId: string, afterPosition = 0): AsyncIterable<readonly UnitSource[]> {
    for (let last = afterPosition; ;) {
      const rows = await db
        .selectFrom("translation_unit")
        .select(["position", "source"])
        .where("id", ">", toUnitId({ memoryId, position: last }))
        .where("id", "<=", toUnitId({ memoryId, position: MAXIMAL_POSITION }))
        .orderBy("id")
        .limit(UNITS_PER_TURN)
        .execute();
      if (rows.length > 0) yield rows;
      if (rows.length < UNITS_PER_TURN) return;
      last = rows.at(-1)?.position ?? last;
      await nextTurn();
    }
  }

  return {
    create: (memory) => create(db, memory),
    open: (memory) =>
      transaction(async (trx) => {
        const row = await trx
          .selectFrom("memory")
          .selectAll()
          .where("project_id", "=", memory.projectId)
          .where("name", "=", memory.name)
          .where("removed_at", "is", null)
          .orderBy("created_at")
          .executeTakeFirst();
        return row ? toMemory(row) : create(trx, memory);
      }),
    async find(id) {
      const row = await findRow(db, id);
      return row && toMemory(row);
    },
    list,
    change: ({ id, name, priority, penalty, readOnly, isUsed }) =>
      transaction(async (trx) => {
        const row = await trx
          .updateTable("memory")
          .set({ name, priority, penalty, read_only: readOnly ? 1 : 0, is_used: isUsed ? 1 : 0 })
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirst();
        // Priority and penalty are part of what an index answers.
        if (row) await announceChange(trx, row);
        return row && toMemory(row);
      }),
    ...createMemoryCare(database),
    changeUnits: createUnitChanges(database),
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
    readSources,
    async lastRevision() {
      const row = await db
        .selectFrom("unit_history")
        .select((e) => e.fn.max("sequence").as("last"))
        .executeTakeFirst();
      return Number(row?.last ?? 0);
    },
    async *revisedUnits(afterRevision) {
      // By the key alone: with a memory named too, SQLite would go through all of its history.
      for (let last = afterRevision; ;) {
        const rows = await db
          .selectFrom("unit_history")
          .select(["sequence", "memory_id as memoryId", "unit_id as unitId"])
          .where("sequence", ">", last)
          .orderBy("sequence")
          .limit(REVISIONS_PER_TURN)
          .execute();
        if (rows.length > 0) yield rows;
        if (rows.length < REVISIONS_PER_TURN) return;
        last = rows.at(-1)?.sequence ?? last;
        await nextTurn();
      }
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
      return rows.map(toRevision);
    },
  };
}

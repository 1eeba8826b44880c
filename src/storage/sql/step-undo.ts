/**
 * Takes a step back, unit by unit, from the history that it left; what is done is a step again, so it can be taken back too.
 *
 * Method: the lines of the step's history, latest first, in pieces of one transaction each: what it replaced comes back, what
 * it removed returns to its place, what it brought back goes again; then the units that an import added are removed.
 * Guarantee: a unit that was changed by others since stays as it is and is counted as `unchanged`; only the undo of an import
 * takes everything that the import brought, in whatever form it is now. An undo that was cut off goes on where it stopped.
 * Cost: O(units of the step), other work going on between the pieces.
 */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { Database, Query } from "../database.ts";
import type { UnitRevision } from "../memory-store.ts";
import type { MemoryStepStore, StepUndo } from "../memory-step-store.ts";
import type { Refused, Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { parseJson } from "./rows.ts";
import { isSameUnit, positionOf, toUnitId, toUnitRow } from "./unit-rows.ts";
import type { UnitRow } from "./unit-rows.ts";
import { countInStep, findByOrigin, writeChanges } from "./unit-writes.ts";
import type { MemoryRow, UnitChange } from "./unit-writes.ts";

/** Units of one transaction; also the parameters of one query. */
const UNITS_PER_PIECE = 500;

type StepRow = Omit<Schema["memory_step"], "sequence">;
type HistoryRow = Omit<Schema["unit_history"], "sequence"> & { readonly sequence: number };

/** What an undo needs to know of the step that it takes back. */
type Undoing = {
  readonly step: StepRow;
  readonly undoId: string;
  /** The step is an import, or the undo of an undo of one: all that it brought goes. */
  readonly importId: string | undefined;
  readonly signed: Signed;
};

const findStep = (query: Query, id: string) =>
  query.selectFrom("memory_step").selectAll().where("id", "=", id).executeTakeFirst();

/** The step at the end of a chain of undos: the one whose undo changes something. */
async function findLastOfChain(query: Query, id: string): Promise<StepRow | undefined> {
  let step = await findStep(query, id);
  while (step?.undone_by) {
    const undo = await findStep(query, step.undone_by);
    // An undo that was cut off is finished first.
    if (!undo?.finished_at) return step;
    step = undo;
  }
  return step;
}

/** The import at the root of a chain, when this step brought its units: the import itself, or what brought them back. */
async function findImport(query: Query, step: StepRow): Promise<string | undefined> {
  let root: StepRow | undefined = step;
  let undos = 0;
  while (root?.undoes) {
    root = await findStep(query, root.undoes);
    undos++;
  }
  return root?.kind === "import" && undos % 2 === 0 ? root.id : undefined;
}

export function createStepUndo(database: Database): MemoryStepStore["undo"] {
  const { db, transaction } = database;

  async function begin(
    id: string,
    { author, at, seen }: Signed & { readonly seen?: string | undefined },
  ): Promise<Undoing | Refused> {
    return transaction(async (trx) => {
      const step = await findLastOfChain(trx, id);
      if (!step) return { kind: "refused", code: "not-found" };
      if (seen !== undefined && seen !== step.id && seen !== step.undone_by) {
        return { kind: "refused", code: "transition-not-allowed" };
      }
      const undoId = step.undone_by ?? randomUUID();
      if (step.undone_by === null) {
        const counts = { added: 0, replaced: 0, removed: 0, unchanged: 0, first_position: null, last_position: null };
        const { project_id, memory_id, detail } = step;
        const row = { id: undoId, project_id, memory_id, kind: "undo", detail, ...counts, author, at };
        await trx
          .insertInto("memory_step")
          .values({ ...row, finished_at: null, undoes: step.id, undone_by: null })
          .execute();
        await trx.updateTable("memory_step").set({ undone_by: undoId }).where("id", "=", step.id).execute();
      }
      return { step, undoId, importId: await findImport(trx, step), signed: { author, at } };
    });
  }

  /**
   * Units that are not as the step left them. What came after may have been undone, so the unit itself is compared with
   * the first line behind the step's own, which says what was there before that.
   */
  async function findTouched(
    trx: Query,
    standing: ReadonlyMap<string, UnitRow>,
    { lines, undoing }: { readonly lines: readonly HistoryRow[]; readonly undoing: Undoing },
  ): Promise<ReadonlySet<string>> {
    const touched = new Set<string>();
    const [first] = lines;
    if (!first) return touched;
    const own = new Map<string, number>();
    for (const { origin_key, sequence } of lines) if (!own.has(origin_key)) own.set(origin_key, sequence);
    const later = await trx
      .selectFrom("unit_history")
      .selectAll()
      .where("memory_id", "=", first.memory_id)
      .where("origin_key", "in", [...own.keys()])
      .where("sequence", ">", Math.min(...own.values()))
      .orderBy("sequence")
      .execute();
    const looked = new Set<string>();
    for (const line of later) {
      const key = line.origin_key;
      const isOwn = line.step_id === undoing.step.id || line.step_id === undoing.undoId;
      if (isOwn || line.sequence <= (own.get(key) ?? 0) || looked.has(key)) continue;
      looked.add(key);
      const left = line.action === "restore" ? undefined : toRowBefore(line);
      const stored = standing.get(key);
      const isSame = left && stored ? isSameUnit(left, stored) : left === stored;
      if (!isSame) touched.add(key);
    }
    return touched;
  }

  /** Lines of one memory, latest first; answers how many units stay as they are. */
  async function revert(
    trx: Transaction<Schema>,
    memory: MemoryRow,
    { lines, undoing }: { readonly lines: readonly HistoryRow[]; readonly undoing: Undoing },
  ): Promise<void> {
    const { undoId, importId, signed } = undoing;
    const keys = [...new Set(lines.map((line) => line.origin_key))];
    const standing = await findByOrigin(trx, memory.id, keys);
    const touched = await findTouched(trx, standing, { lines, undoing });
    const changes = new Map<string, UnitChange>();
    const kept = new Set<string>();
    for (const line of lines) {
      const key = line.origin_key;
      const stored = standing.get(key);
      const isOfImport = importId !== undefined && stored?.import_id === importId;
      const isOther = stored !== undefined && stored.id !== line.unit_id;
      if (isOther || (touched.has(key) && !isOfImport) || memory.read_only) {
        kept.add(key);
        continue;
      }
      const next = line.action === "restore" ? undefined : toRowBefore(line);
      if (stored && next && isSameUnit(stored, next) && stored.import_id === next.import_id) changes.delete(key);
      else if (stored || next) changes.set(key, { old: stored, next });
    }
    await writeChanges(database, trx, { memory, changes: [...changes.values()], signed: { ...signed, stepId: undoId } });
    await countInStep(trx, undoId, { added: 0, replaced: 0, removed: 0, unchanged: kept.size });
  }

  async function inMemory(memoryId: string, work: (trx: Transaction<Schema>, memory: MemoryRow) => Promise<void>): Promise<void> {
    await transaction(async (trx) => {
      const memory = await trx
        .selectFrom("memory")
        .selectAll()
        .where("id", "=", memoryId)
        .where("removed_at", "is", null)
        .executeTakeFirst();
      if (memory) await work(trx, memory);
    });
    await nextTurn();
  }

  async function removeAdded(undoing: Undoing, onDone: (count: number) => void, signal?: AbortSignal): Promise<void> {
    const { step, undoId, signed } = undoing;
    const { id, memory_id: memoryId, first_position: first, last_position: end } = step;
    if (memoryId === null || first === null || end === null) return;
    for (let position = first; position <= end; position += UNITS_PER_PIECE) {
      signal?.throwIfAborted();
      await inMemory(memoryId, async (trx, memory) => {
        if (memory.read_only) return;
        const rows = await trx
          .selectFrom("translation_unit")
          .selectAll()
          .where("id", ">=", toUnitId({ memoryId, position }))
          .where("id", "<", toUnitId({ memoryId, position: Math.min(end + 1, position + UNITS_PER_PIECE) }))
          .where("import_id", "=", id)
          .execute();
        const changes = rows.map((old) => ({ old }));
        await writeChanges(database, trx, { memory, changes, signed: { ...signed, stepId: undoId } });
        onDone(rows.length);
      });
    }
  }

  return async ({ stepId, seen, onProgress, signal, ...signed }): Promise<StepUndo> => {
    const undoing = await begin(stepId, { ...signed, seen });
    if ("kind" in undoing) return undoing;
    const { step, undoId } = undoing;
    const lines = db.selectFrom("unit_history").where("step_id", "=", step.id);
    const count = await lines.select((e) => e.fn.countAll<number>().as("count")).executeTakeFirst();
    const total = Number(count?.count ?? 0) + (step.kind === "import" ? step.added : 0);
    let done = 0;
    const report = (more: number) => onProgress?.({ done: (done += more), total });
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      signal?.throwIfAborted();
      const piece = await lines
        .selectAll()
        .where("sequence", "<", before)
        .orderBy("sequence", "desc")
        .limit(UNITS_PER_PIECE)
        .execute();
      for (const [memoryId, ofMemory] of Map.groupBy(piece, (line) => line.memory_id)) {
        await inMemory(memoryId, (trx, memory) => revert(trx, memory, { lines: ofMemory, undoing }));
      }
      report(piece.length);
      if (piece.length < UNITS_PER_PIECE) break;
      before = piece.at(-1)?.sequence ?? 0;
    }
    if (step.kind === "import") await removeAdded(undoing, report, signal);
    await db.updateTable("memory_step").set({ finished_at: signed.at }).where("id", "=", undoId).execute();
    return { kind: "undone", undoId };
  };
}

function toRowBefore(line: HistoryRow): UnitRow {
  const { importId, ...unit } = parseJson<UnitRevision["unit"]>(line.unit);
  const place = { memoryId: line.memory_id, position: positionOf(line.unit_id), importId };
  return toUnitRow({ ...unit, originKey: line.origin_key }, place);
}

/**
 * What is written about units inside a transaction: new ones, changed ones, removed ones, and for each the line of history
 * from which it can be brought back. The counts of memories and steps change in the same transaction.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { Database, Query } from "../database.ts";
import type { NewUnit, UnitCounts, UnitRevision } from "../memory-store.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { advanceCounter, IDS_PER_QUERY, inPieces } from "./rows.ts";
import { isSameUnit, toKeptUnit, toUnitRow } from "./unit-rows.ts";
import type { UnitRow } from "./unit-rows.ts";

export type MemoryRow = Schema["memory"];
/** Who, when, and the step that it is part of. */
export type SignedStep = Signed & { readonly stepId?: string | undefined };

export async function findByOrigin(trx: Query, memoryId: string, originKeys: readonly string[]): Promise<Map<string, UnitRow>> {
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
  row: UnitRow,
  action: UnitRevision["action"],
  { author, at, stepId, mergedInto }: SignedStep & { readonly mergedInto?: string | undefined },
) {
  const unit = JSON.stringify({ ...toKeptUnit(row), ...(mergedInto === undefined ? {} : { mergedInto }) });
  const step_id = stepId ?? null;
  return { memory_id: row.memory_id, unit_id: row.id, origin_key: row.origin_key, action, unit, author, at, step_id };
}

/** Those who read a memory learn that something changed: its project, and those that it is lent to. */
export async function announceChange(trx: Query, memory: Pick<MemoryRow, "id" | "project_id">): Promise<void> {
  await advanceCounter(trx, memory.project_id, "memory");
  const readers = await trx.selectFrom("memory_attachment").select("project_id").where("memory_id", "=", memory.id).execute();
  for (const reader of readers) await advanceCounter(trx, reader.project_id, "memory");
}

/** One transaction's worth of units. A key that comes twice keeps its last unit. */
export async function savePiece(
  { insertRows }: Database,
  trx: Transaction<Schema>,
  {
    memory,
    units,
    signed,
    importId,
  }: {
    readonly memory: MemoryRow;
    readonly units: readonly NewUnit[];
    readonly signed: Signed;
    readonly importId?: string | undefined;
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
  const replaced = history.length;
  const counts = { added, replaced, unchanged: newest.length - added - replaced };
  if (added + replaced > 0) {
    const next = memory.next_position + (added > 0 ? newest.length : 0);
    await trx
      .updateTable("memory")
      .set((e) => ({ next_position: next, unit_count: e("unit_count", "+", added), changed_at: signed.at }))
      .where("id", "=", memory.id)
      .execute();
    await announceChange(trx, memory);
  }
  if (importId !== undefined) {
    const places = [memory.next_position, memory.next_position + newest.length - 1] as const;
    await countInStep(trx, importId, { ...counts, removed: 0, places });
  }
  return counts;
}

/** What a step has done is counted in the transaction that does it. */
export async function countInStep(
  trx: Query,
  id: string,
  { places, ...done }: UnitCounts & { readonly removed: number; readonly places?: readonly [number, number] },
): Promise<void> {
  await trx
    .updateTable("memory_step")
    .set((e) => ({
      added: e("added", "+", done.added),
      replaced: e("replaced", "+", done.replaced),
      removed: e("removed", "+", done.removed),
      unchanged: e("unchanged", "+", done.unchanged),
      ...(places ? { first_position: e.fn.coalesce("first_position", e.val(places[0])), last_position: places[1] } : {}),
    }))
    .where("id", "=", id)
    .execute();
}

/** A unit as it is and as it is to be: both for a replacement, one of them for a removal or a return. */
export type UnitChange = {
  readonly old?: UnitRow | undefined;
  readonly next?: UnitRow | undefined;
  /** Of a removal: the unit that stands for both from now on. */
  readonly mergedInto?: string | undefined;
};

/** A few hundred changes of units of one memory, in the given transaction. */
export async function writeChanges(
  { insertRows }: Database,
  trx: Transaction<Schema>,
  {
    memory,
    changes,
    signed,
  }: { readonly memory: MemoryRow; readonly changes: readonly UnitChange[]; readonly signed: SignedStep },
): Promise<void> {
  if (changes.length === 0) return;
  const history: ReturnType<typeof toHistoryRow>[] = [];
  const counts = { added: 0, replaced: 0, removed: 0, unchanged: 0 };
  for (const { old, next, mergedInto } of changes) {
    if (old && next) counts.replaced++;
    else if (old) counts.removed++;
    else counts.added++;
    if (old) history.push(toHistoryRow(old, next ? "replace" : "remove", { ...signed, mergedInto }));
    else if (next) history.push(toHistoryRow(next, "restore", signed));
  }
  await insertRows(trx, "unit_history", history);
  const gone = changes.map(({ old }) => old?.id).filter((id) => id !== undefined);
  for (const ids of inPieces(gone, IDS_PER_QUERY)) {
    await trx.deleteFrom("translation_unit").where("id", "in", ids).execute();
  }
  // Written anew under its id: one prepared statement does what an UPDATE a unit would do in twice the time.
  const rows = changes.map(({ next }) => next).filter((row) => row !== undefined);
  await insertRows(trx, "translation_unit", rows);
  const difference = counts.added - counts.removed;
  await trx
    .updateTable("memory")
    .set((e) => ({ unit_count: e("unit_count", "+", difference), changed_at: signed.at }))
    .where("id", "=", memory.id)
    .execute();
  await announceChange(trx, memory);
  if (signed.stepId !== undefined) await countInStep(trx, signed.stepId, counts);
}

/** The units of at most IDS_PER_QUERY keys. */
export async function removePiece(
  database: Database,
  trx: Transaction<Schema>,
  { memory, keys, signed }: { readonly memory: MemoryRow; readonly keys: readonly string[]; readonly signed: Signed },
): Promise<number> {
  const stored = [...(await findByOrigin(trx, memory.id, keys)).values()];
  await writeChanges(database, trx, { memory, changes: stored.map((old) => ({ old })), signed });
  return stored.length;
}

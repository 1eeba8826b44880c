/**
 * The index over all memories of a project, and how it follows the store.
 *
 * Units are known by their memory and their position in it, a number each: a million ids as strings would take more room
 * than the index. Each memory is a group of the index, so that its penalty and priority count in a search.
 * Guarantee: after `followStore` the index has what the store had when it was called.
 * Cost: reading O(units), following O(what has changed); both let other work go on.
 */
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { startMemoryIndex } from "../memory/memory-index.ts";
import type { MemoryIndex } from "../memory/memory-index.ts";
import { tokensOf } from "../memory/text-coder.ts";
import type { Tokens } from "../memory/text-coder.ts";
import type { SearchGroup } from "../memory/top-matches.ts";
import type { ListedMemory, Memory } from "../storage/memory-store.ts";
import { toUnitId } from "../storage/sql/unit-rows.ts";
import { openUnitTexts } from "../storage/unit-texts.ts";
import type { UnitValues } from "../storage/unit-texts.ts";
import { STORE_FILE } from "./application.ts";
import type { Application } from "./application.ts";
import { NumberList } from "./number-list.ts";
import { startTurns, takeTurns } from "./take-turns.ts";

/** A memory as far as it has been taken in. */
export type MemorySlot = {
  readonly memoryId: string;
  /** The position of its last unit that was seen. */
  lastPosition: number;
  /** Index positions of its units, in the order of their positions in the memory; removed ones stay. */
  readonly held: NumberList;
  /** Position in the memory -> index position of units that came back after later ones had been taken in. */
  readonly late: Map<number, number>;
};

export type ProjectIndex = {
  /** Of the project’s memories, when the index was last like the store. */
  version: number;
  lastRevision: number;
  memories: ReadonlyMap<string, Memory>;
  /** By number of the group; undefined when the memory is no longer searched. */
  readonly slots: (MemorySlot | undefined)[];
  readonly index: MemoryIndex;
  /** Index position -> position in the memory. */
  readonly places: NumberList;
  /** Units that were added, changed or removed since the index was made or saved. */
  unsaved: number;
  isCompacting: boolean;
};

/** Parts of an index from which on it is made one again. */
const MANY_PARTS = 8;

export function createSlot(memoryId: string): MemorySlot {
  return { memoryId, lastPosition: 0, held: new NumberList(), late: new Map() };
}

/** Notes where a unit is in the index. */
export function holdUnit(
  { places }: Pick<ProjectIndex, "places">,
  slot: MemorySlot,
  at: { position: number; place: number },
): void {
  const last = slot.held.at(slot.held.length - 1);
  if (last !== undefined && (places.at(last) ?? 0) >= at.place) slot.late.set(at.place, at.position);
  else slot.held.push(at.position);
}

function findPosition({ places }: Pick<ProjectIndex, "places">, { held, late }: MemorySlot, place: number): number | undefined {
  let low = 0;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places.at(held.at(middle) ?? 0) ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  const found = held.at(low);
  return found !== undefined && places.at(found) === place ? found : late.get(place);
}

export function unitIdAt({ slots, index, places }: ProjectIndex, position: number): { unitId: string; memoryId: string } {
  const memoryId = slots[index.groupOf(position)]?.memoryId ?? "";
  return { unitId: toUnitId({ memoryId, position: places.at(position) ?? 0 }), memoryId };
}

/** The position in the memory that an id names. */
function placeOf(unitId: string): number {
  return Number(unitId.slice(unitId.lastIndexOf(".") + 1));
}

export async function listMemories({ stores }: Application, projectId: string): Promise<ReadonlyMap<string, ListedMemory>> {
  return new Map((await stores.memories.list(projectId)).map((memory) => [memory.id, memory]));
}

/** What is compared in a project: characters, or words where its source language has them. */
export async function tokensOfProject({ stores }: Application, projectId: string): Promise<Tokens> {
  const project = await stores.projects.find(projectId);
  return tokensOf(project?.sourceLanguage ?? "zh");
}

/** Reads all units of the project’s memories. */
export async function readProject(application: Application, projectId: string): Promise<ProjectIndex> {
  const { stores } = application;
  // Both counters are read first: what is saved while the units are read is looked at again.
  const version = await stores.memories.memoryVersion(projectId);
  const lastRevision = await stores.memories.lastRevision();
  const memories = await listMemories(application, projectId);
  const expected = [...memories.values()].reduce((sum, { unitCount }) => sum + unitCount, 0);
  const builder = startMemoryIndex({ tokens: await tokensOfProject(application, projectId), expected });
  const places = new NumberList();
  const slots = [...memories.keys()].map(createSlot);
  for (const [group, slot] of slots.entries()) {
    const count = memories.get(slot.memoryId)?.unitCount ?? 0;
    await takeNewUnits(application, { expected: count, group, slot, places, add: builder.add });
  }
  const index = await takeTurns(builder.finish());
  await nextTurn();
  return { version, lastRevision, memories, slots, places, index, unsaved: places.length, isCompacting: false };
}

/** From so many units on they are read through a connection of their own. */
const MANY_UNITS = 10_000;

type NewUnits = {
  /** About how many there are. */
  readonly expected: number;
  readonly group: number;
  readonly slot: MemorySlot;
  readonly places: NumberList;
  readonly add: (source: string, group: number) => number;
};

/** Positions and sources of the units behind a position. */
async function* readSources(
  { stores, dataFolder }: Application,
  { memoryId, after, expected }: { readonly memoryId: string; readonly after: number; readonly expected: number },
): AsyncGenerator<readonly UnitValues[]> {
  if (expected < MANY_UNITS) {
    for await (const piece of stores.memories.readSources(memoryId, after)) {
      yield piece.map(({ position, source }) => [position, source]);
    }
    return;
  }
  const texts = openUnitTexts(join(dataFolder, STORE_FILE));
  try {
    yield* texts.readColumns(["source"], { memoryId, after });
  } finally {
    texts.close();
  }
}

/** Takes in the units behind the last position that was seen; returns how many. */
async function takeNewUnits(application: Application, given: NewUnits): Promise<number> {
  const { expected, group, slot, places, add } = given;
  const turns = startTurns();
  let taken = 0;
  for await (const piece of readSources(application, { memoryId: slot.memoryId, after: slot.lastPosition, expected })) {
    for (const [place, source] of piece) {
      slot.lastPosition = place;
      const position = add(source ?? "", group);
      places.push(place);
      holdUnit({ places }, slot, { position, place });
      taken++;
      if (turns.isOver()) await turns.next();
    }
  }
  return taken;
}

/** Takes in what has happened since. */
export async function followStore(application: Application, projectId: string, state: ProjectIndex): Promise<void> {
  const { stores } = application;
  const version = await stores.memories.memoryVersion(projectId);
  if (version === state.version) return;
  const memories = await listMemories(application, projectId);
  const turns = startTurns();
  for (const [group, slot] of state.slots.entries()) {
    if (!slot || memories.has(slot.memoryId)) continue;
    state.slots[group] = undefined;
    for (let at = 0; at < slot.held.length; at++) {
      state.index.remove(slot.held.at(at) ?? -1);
      if (turns.isOver()) await turns.next();
    }
    for (const position of slot.late.values()) state.index.remove(position);
    state.unsaved += slot.held.length;
  }
  const lastRevision = await stores.memories.lastRevision();
  await takeRevisions(application, state);
  for (const memoryId of memories.keys()) {
    if (!state.slots.some((slot) => slot?.memoryId === memoryId)) state.slots.push(createSlot(memoryId));
  }
  for (const [group, slot] of state.slots.entries()) {
    if (!slot) continue;
    const expected = Math.max(0, (memories.get(slot.memoryId)?.unitCount ?? 0) - slot.held.length);
    const batch = state.index.startBatch({ expected });
    state.unsaved += await takeNewUnits(application, { expected, group, slot, places: state.places, add: batch.add });
    await takeTurns(batch.finish());
  }
  state.lastRevision = lastRevision;
  state.memories = memories;
  state.version = version;
  compactInBackground(state);
}

/** Units that were replaced, removed or have come back since. */
async function takeRevisions({ stores }: Application, state: ProjectIndex): Promise<void> {
  const groups = new Map(state.slots.map((slot, group) => [slot?.memoryId, group]));
  const turns = startTurns();
  // A unit that comes again in a later piece is looked at again: it is what the store says by then.
  for await (const piece of stores.memories.revisedUnits(state.lastRevision)) {
    const revised = new Map<string, { readonly group: number; readonly slot: MemorySlot }>();
    for (const { memoryId, unitId } of piece) {
      const group = groups.get(memoryId) ?? -1;
      const slot = state.slots[group];
      // Later ones are read with the new units.
      if (slot && placeOf(unitId) <= slot.lastPosition) revised.set(unitId, { group, slot });
    }
    const found = await stores.memories.findUnits([...revised.keys()]);
    for (const [unitId, { group, slot }] of revised) {
      if (turns.isOver()) await turns.next();
      takeRevision(state, { group, slot, place: placeOf(unitId), source: found.get(unitId)?.source });
    }
    state.unsaved += revised.size;
  }
}

type Revision = {
  readonly group: number;
  readonly slot: MemorySlot;
  readonly place: number;
  readonly source: string | undefined;
};

function takeRevision(state: ProjectIndex, { group, slot, place, source }: Revision): void {
  const known = findPosition(state, slot, place);
  if (source === undefined) {
    if (known !== undefined) state.index.remove(known);
  } else if (known !== undefined) state.index.change(known, source);
  else {
    const position = state.index.add(source, group);
    state.places.push(place);
    holdUnit(state, slot, { position, place });
  }
}

function compactInBackground(state: ProjectIndex): void {
  if (state.isCompacting || state.index.partCount < MANY_PARTS) return;
  state.isCompacting = true;
  void takeTurns(state.index.compact()).finally(() => {
    state.isCompacting = false;
  });
}

/** How each memory counts in a search, by number of the group; memories that are not wanted are absent. */
export function judgeGroups(state: ProjectIndex, wanted?: ReadonlySet<string>): (SearchGroup | undefined)[] {
  const ranks = new Map([...state.memories.keys()].map((id, rank) => [id, rank]));
  return state.slots.map((slot) => {
    const memory = slot && state.memories.get(slot.memoryId);
    // Who names a memory wants it, whether it gives matches or not.
    if (!memory || !(wanted?.has(memory.id) ?? memory.isUsed)) return undefined;
    return { penalty: memory.penalty, rank: ranks.get(memory.id) ?? 0 };
  });
}

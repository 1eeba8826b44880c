/**
 * The memories of a project, searched by text: the index is kept in the server process and follows the store.
 *
 * The first question reads the units in pieces and builds the index in turns; later ones look at the version counter and
 * take in only what was added, replaced or removed since. The index holds texts and unit ids; the few units that are
 * shown are read from the store, so that a million units do not stand in memory twice.
 * Guarantee: what was saved before the question is found. Cost of an unchanged question: one counter and one search.
 */
import { startMemoryIndex } from "../memory/memory-index.ts";
import type { MemoryIndex } from "../memory/memory-index.ts";
import type { Memory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { startTurns, takeTurns } from "./take-turns.ts";

/** A unit that resembles the text; the unit itself is in the store (`findUnits`). */
export type UnitHit = {
  readonly unitId: string;
  readonly memoryId: string;
  /** 100 × (1 − edit distance / longer length) over the code points of the match key; 0 to 100. */
  readonly similarity: number;
};

export type UnitSearch = {
  /** Least similarity, 0 to 100. */
  readonly threshold?: number | undefined;
  readonly limit?: number | undefined;
  /** Only these memories; all of the project when absent. */
  readonly memoryIds?: readonly string[] | undefined;
};

export type MemorySearch = {
  /** Highest priority first. */
  readonly memories: ReadonlyMap<string, Memory>;
  /** Units of all the memories. */
  readonly size: number;
  /** Most similar first, equal ones in the order in which they came into the memories. */
  readonly search: (text: string, options?: UnitSearch) => readonly UnitHit[];
};

const DEFAULT_LIMIT = 5;
const DEFAULT_THRESHOLD = 70;
/** Parts of an index from which on it is made one again. */
const MANY_PARTS = 8;

/** A memory as far as it has been taken in: its last position, and the index positions of its units. */
type Taken = { lastPosition: number; readonly held: Set<number> };

type ProjectIndex = {
  version: number;
  lastRevision: number;
  memories: ReadonlyMap<string, Memory>;
  readonly taken: Map<string, Taken>;
  readonly index: MemoryIndex;
  /** Index position -> unit id and back, and the memory it is in. */
  readonly unitIds: string[];
  readonly memoryIds: string[];
  readonly positions: Map<string, number>;
  isCompacting: boolean;
};

type Slot = { loaded: ProjectIndex | undefined; work: Promise<ProjectIndex> | undefined };

const slots = new WeakMap<Application, Map<string, Slot>>();

function slotOf(application: Application, projectId: string): Slot {
  let projects = slots.get(application);
  if (!projects) slots.set(application, (projects = new Map()));
  let slot = projects.get(projectId);
  if (!slot) projects.set(projectId, (slot = { loaded: undefined, work: undefined }));
  return slot;
}

async function listMemories({ stores }: Application, projectId: string): Promise<ReadonlyMap<string, Memory>> {
  return new Map((await stores.memories.list(projectId)).map((memory) => [memory.id, memory]));
}

async function load(application: Application, projectId: string): Promise<ProjectIndex> {
  const { stores } = application;
  // Both counters are read first: what is saved while the units are read is looked at again.
  const version = await stores.memories.memoryVersion(projectId);
  const lastRevision = await stores.memories.lastRevision();
  const memories = await listMemories(application, projectId);
  const builder = startMemoryIndex();
  const state = { version, lastRevision, memories, taken: new Map<string, Taken>(), isCompacting: false };
  const ids = { unitIds: [] as string[], memoryIds: [] as string[], positions: new Map<string, number>() };
  for (const memoryId of memories.keys()) {
    await takeNewUnits(application, { memoryId, taken: state.taken, ids, add: builder.add });
  }
  return { ...state, ...ids, index: await takeTurns(builder.finish()) };
}

type NewUnits = {
  readonly memoryId: string;
  readonly taken: Map<string, Taken>;
  readonly ids: Pick<ProjectIndex, "unitIds" | "memoryIds" | "positions">;
  readonly add: (source: string) => number;
};

/** Takes in the units behind the last position that was seen. */
async function takeNewUnits({ stores }: Application, { memoryId, taken, ids, add }: NewUnits): Promise<void> {
  const memory = taken.get(memoryId) ?? { lastPosition: 0, held: new Set<number>() };
  taken.set(memoryId, memory);
  const turns = startTurns();
  for await (const piece of stores.memories.readUnits(memoryId, memory.lastPosition)) {
    for (const unit of piece) {
      memory.lastPosition = unit.position;
      if (ids.positions.has(unit.id)) continue;
      const position = add(unit.source);
      ids.unitIds[position] = unit.id;
      ids.memoryIds[position] = memoryId;
      ids.positions.set(unit.id, position);
      memory.held.add(position);
      // Adding to an index that is in use sometimes joins parts of it.
      if (turns.isOver()) await turns.next();
    }
  }
}

/** Takes in what has happened since. */
async function follow(application: Application, projectId: string, state: ProjectIndex): Promise<void> {
  const { stores } = application;
  const version = await stores.memories.memoryVersion(projectId);
  if (version === state.version) return;
  const memories = await listMemories(application, projectId);
  for (const [memoryId, { held }] of state.taken) {
    if (memories.has(memoryId)) continue;
    for (const position of held) forget(state, state.unitIds[position] ?? "", memoryId);
    state.taken.delete(memoryId);
  }
  const lastRevision = await stores.memories.lastRevision();
  const revised = new Map<string, string>();
  for (const { memoryId, unitId } of await stores.memories.revisedUnits(state.lastRevision)) {
    if (state.taken.has(memoryId)) revised.set(unitId, memoryId);
  }
  const turns = startTurns();
  const found = await stores.memories.findUnits([...revised.keys()]);
  for (const [unitId, memoryId] of revised) {
    if (turns.isOver()) await turns.next();
    const unit = found.get(unitId);
    const position = state.positions.get(unitId);
    if (!unit) forget(state, unitId, memoryId);
    else if (position !== undefined) state.index.change(position, unit.source);
  }
  for (const memoryId of memories.keys()) {
    await takeNewUnits(application, { memoryId, taken: state.taken, ids: state, add: state.index.add.bind(state.index) });
  }
  state.lastRevision = lastRevision;
  state.memories = memories;
  state.version = version;
  compactInBackground(state);
}

function forget(state: ProjectIndex, unitId: string, memoryId: string): void {
  const position = state.positions.get(unitId);
  if (position === undefined) return;
  state.index.remove(position);
  state.positions.delete(unitId);
  state.taken.get(memoryId)?.held.delete(position);
}

function compactInBackground(state: ProjectIndex): void {
  if (state.isCompacting || state.index.partCount < MANY_PARTS) return;
  state.isCompacting = true;
  void takeTurns(state.index.compact()).finally(() => {
    state.isCompacting = false;
  });
}

/** The project’s index as the store is now. One question at a time looks; the others wait for it. */
async function openIndex(application: Application, projectId: string): Promise<ProjectIndex> {
  const slot = slotOf(application, projectId);
  // Work that began before this question may have missed what was saved just before it: wait, then look again.
  while (slot.work) await slot.work.catch(() => undefined);
  const work = (async () => {
    if (!slot.loaded) slot.loaded = await load(application, projectId);
    await follow(application, projectId, slot.loaded);
    return slot.loaded;
  })();
  slot.work = work;
  try {
    return await work;
  } catch (error) {
    // Half-taken-in changes are not to be trusted: the next question reads anew.
    slot.loaded = undefined;
    throw error;
  } finally {
    if (slot.work === work) slot.work = undefined;
  }
}

/** The memories of a project as the store is now, ready to be searched many times over. */
export async function openMemorySearch(application: Application, projectId: string): Promise<MemorySearch> {
  const state = await openIndex(application, projectId);
  return {
    memories: state.memories,
    size: state.index.size,
    search: (text, options = {}) => searchUnits(state, text, options),
  };
}

/** One search in the memories of a project. */
export async function searchMemories(
  application: Application,
  { projectId, text, ...options }: UnitSearch & { readonly projectId: string; readonly text: string },
): Promise<readonly UnitHit[]> {
  return searchUnits(await openIndex(application, projectId), text, options);
}

/** One search in one memory, whichever project it belongs to; `undefined` when there is no such memory. */
export async function searchMemory(
  application: Application,
  { memoryId, text, ...options }: Omit<UnitSearch, "memoryIds"> & { readonly memoryId: string; readonly text: string },
): Promise<readonly UnitHit[] | undefined> {
  const memory = await application.stores.memories.find(memoryId);
  return memory && searchMemories(application, { ...options, projectId: memory.projectId, text, memoryIds: [memoryId] });
}

function searchUnits(state: ProjectIndex, text: string, options: UnitSearch): readonly UnitHit[] {
  const { threshold = DEFAULT_THRESHOLD, limit = DEFAULT_LIMIT, memoryIds } = options;
  const wanted = memoryIds && new Set(memoryIds);
  const accepts = wanted && ((position: number) => wanted.has(state.memoryIds[position] ?? ""));
  return state.index.search(text, { threshold, limit, accepts }).map(({ unit, similarity }) => ({
    unitId: state.unitIds[unit] ?? "",
    memoryId: state.memoryIds[unit] ?? "",
    similarity,
  }));
}

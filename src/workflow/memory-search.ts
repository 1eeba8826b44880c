/**
 * The memories of a project, searched by text: the index is kept in the server process and follows the store.
 *
 * The first question opens the index that was saved beside the store, or reads the units in pieces and builds one in
 * turns; later ones look at the version counter and take in only what was added, replaced or removed since. The index
 * holds texts and where their units are; the few units that are shown are read from the store.
 * Guarantee: what was saved before the question is found. Cost of an unchanged question: one counter and one search.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SearchGroup } from "../memory/top-matches.ts";
import type { Memory } from "../storage/memory-store.ts";
import type { Stores } from "../storage/stores.ts";
import type { Application } from "./application.ts";
import { followStore, judgeGroups, tokensOfProject, unitIdAt } from "./project-index.ts";
import type { ProjectIndex } from "./project-index.ts";
import { openProjectIndex, saveProjectIndex } from "./saved-index.ts";

/** A unit that resembles the text; the unit itself is in the store (`findUnits`). */
export type UnitHit = {
  readonly unitId: string;
  readonly memoryId: string;
  /**
   * 100 × (1 − edit distance / longer length); 0 to 100. Compared are the code points of the match key or, where the
   * project’s source language has words, words (`tokensOf`).
   */
  readonly similarity: number;
  /** The similarity less the penalty of the memory. */
  readonly score: number;
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
  /**
   * Exactly the best by score; of equal scores those of the memory with the higher priority, then in the order in which
   * they came in.
   */
  readonly search: (text: string, options?: UnitSearch) => readonly UnitHit[];
};

const DEFAULT_LIMIT = 5;
const DEFAULT_THRESHOLD = 70;

type Slot = {
  loaded: ProjectIndex | undefined;
  work: Promise<ProjectIndex> | undefined;
  saving: Promise<void> | undefined;
};

/** Changed units from which on the index is saved again while the server runs; a start takes in fewer in a moment. */
const MANY_UNSAVED = 20_000;
/** The same when the server stops. */
const SOME_UNSAVED = 1000;

/** By stores and not by application: a use case may be handed a copy of the application with another clock. */
const slots = new WeakMap<Stores, Map<string, Slot>>();

function slotOf(application: Application, projectId: string): Slot {
  let projects = slots.get(application.stores);
  if (!projects) slots.set(application.stores, (projects = new Map()));
  let slot = projects.get(projectId);
  if (!slot) {
    const created: Slot = { loaded: undefined, work: undefined, saving: undefined };
    projects.set(projectId, (slot = created));
    application.onClose(async () => {
      await created.work?.catch(() => undefined);
      save(application, { projectId, slot: created, from: SOME_UNSAVED });
      await created.saving;
    });
  }
  return slot;
}

type Saving = { readonly projectId: string; readonly slot: Slot; readonly from: number };

/** Saves the index beside the store, when enough has changed. What it is then is written, while it goes on changing. */
function save(application: Application, { projectId, slot, from }: Saving): void {
  if (!slot.loaded || slot.saving || slot.loaded.unsaved < from) return;
  slot.saving = saveProjectIndex(application, projectId, slot.loaded).finally(() => {
    slot.saving = undefined;
  });
}

/** The project’s index as the store is now. One question at a time looks; the others wait for it. */
async function openIndex(application: Application, projectId: string): Promise<ProjectIndex> {
  const slot = slotOf(application, projectId);
  // Work that began before this question may have missed what was saved just before it: wait, then look again.
  while (slot.work) await slot.work.catch(() => undefined);
  const work = (async () => {
    // Another source language may compare words where the index has characters.
    if (slot.loaded && slot.loaded.index.tokens !== (await tokensOfProject(application, projectId))) slot.loaded = undefined;
    const isNew = slot.loaded === undefined;
    const state = (slot.loaded ??= await openProjectIndex(application, projectId));
    await followStore(application, projectId, state);
    const from = isNew ? SOME_UNSAVED : MANY_UNSAVED;
    // What is copied to be saved takes some milliseconds; nothing follows the store until this work is done.
    if (state.unsaved >= from) await nextTurn();
    save(application, { projectId, slot, from });
    return state;
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
  const { memories, index } = state;
  const groups = judgeGroups(state);
  return {
    memories,
    size: index.size,
    search: (text, options = {}) => searchUnits(state, text, { groups, ...options }),
  };
}

/** One search in the memories of a project. */
export async function searchMemories(
  application: Application,
  { projectId, text, ...options }: UnitSearch & { readonly projectId: string; readonly text: string },
): Promise<readonly UnitHit[]> {
  return (await openMemorySearch(application, projectId)).search(text, options);
}

function searchUnits(
  state: ProjectIndex,
  text: string,
  options: UnitSearch & { readonly groups: readonly (SearchGroup | undefined)[] },
): readonly UnitHit[] {
  const { threshold = DEFAULT_THRESHOLD, limit = DEFAULT_LIMIT, memoryIds } = options;
  const groups = memoryIds ? judgeGroups(state, new Set(memoryIds)) : options.groups;
  return state.index.search(text, { threshold, limit, groups }).map(({ unit, similarity }) => {
    const { unitId, memoryId } = unitIdAt(state, unit);
    return { unitId, memoryId, similarity, score: similarity - (groups[state.index.groupOf(unit)]?.penalty ?? 0) };
  });
}

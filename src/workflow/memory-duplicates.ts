/**
 * Duplicates in the memories of a project: looked for by a job, shown as groups, merged as steps that can be undone.
 *
 * Merging keeps one unit with its texts, takes the notes and properties of the others to it, and removes the others, whose
 * history says into what. Only units of memories that can be written are looked at.
 */
import type { DuplicateKind } from "../memory/duplicates.ts";
import type { Job } from "../model/job.ts";
import type { DuplicateRun, StoredGroup } from "../storage/duplicate-store.ts";
import type { ListedMemory, StoredUnit } from "../storage/memory-store.ts";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { Application } from "./application.ts";
import { STORE_FILE } from "./application.ts";

export type { DuplicateRun } from "../storage/duplicate-store.ts";
export type ShownGroup = Omit<StoredGroup, "unitIds"> & {
  readonly units: readonly StoredUnit[];
  /** Units of the group beyond those that are shown; a merge takes them too. */
  readonly more: number;
  /** The unit that a merge keeps when nobody says otherwise. */
  readonly keep: string;
};

const DEFAULT_THRESHOLD = 90;
/** Shown of one group; a merge takes them all. */
const MOST_SHOWN = 20;
const GROUPS_PER_TURN = 100;
const STATES = ["initial", "translated", "reviewed", "final"];

export async function startDuplicateSearch(
  application: Application,
  given: {
    readonly projectId: string;
    readonly memoryIds?: readonly string[] | undefined;
    readonly threshold?: number | undefined;
  },
): Promise<Job> {
  const { stores, clock } = application;
  const { projectId } = given;
  const memories = await listWritable(application, projectId, given.memoryIds);
  const memoryVersion = await stores.memories.memoryVersion(projectId);
  return application.jobs.start({
    projectId,
    kind: "memory",
    label: memories.length === 1 ? (memories[0]?.name ?? "") : String(memories.length),
    task: "findDuplicates",
    input: {
      path: join(application.dataFolder, STORE_FILE),
      memories: memories.map(({ id, unitCount }) => ({ id, unitCount })),
      threshold: given.threshold ?? DEFAULT_THRESHOLD,
    },
    finish: async ({ unitCount, groups }) => {
      const run = { id: randomUUID(), projectId, createdAt: clock(), memoryIds: memories.map(({ id }) => id) };
      await stores.duplicates.save({ ...run, memoryVersion, unitCount }, groups);
      return run.id;
    },
  });
}

async function listWritable(
  { stores }: Application,
  projectId: string,
  memoryIds?: readonly string[],
): Promise<readonly ListedMemory[]> {
  const memories = await stores.memories.list(projectId);
  return memories.filter(({ id, readOnly }) => !readOnly && (!memoryIds || memoryIds.includes(id)));
}

export type DuplicateGroups = {
  readonly run: DuplicateRun;
  /** Units have changed since the search. */
  readonly isStale: boolean;
  readonly total: number;
  readonly groups: readonly ShownGroup[];
};

/** The groups of the last search; undefined when there was none. */
export async function listDuplicates(
  application: Application,
  page: { readonly projectId: string; readonly kind?: string; readonly offset?: number; readonly limit?: number },
): Promise<DuplicateGroups | undefined> {
  const { stores } = application;
  const { projectId, ...rest } = page;
  const run = await stores.duplicates.findLatest(projectId);
  if (!run) return undefined;
  const { items, total } = await stores.duplicates.list(run.id, rest);
  const memories = new Map((await stores.memories.list(projectId)).map((memory) => [memory.id, memory]));
  const units = await stores.memories.findUnits(items.flatMap(({ unitIds }) => unitIds.slice(0, MOST_SHOWN)));
  const groups = items.map(({ unitIds, ...group }) => {
    const shown = unitIds.map((id) => units.get(id)).filter((unit) => unit !== undefined);
    const more = Math.max(0, unitIds.length - MOST_SHOWN);
    return { ...group, units: shown, more, keep: chooseKept(shown, memories)?.id ?? "" };
  });
  const isStale = (await stores.memories.memoryVersion(projectId)) !== run.memoryVersion;
  return { run, isStale, total, groups };
}

/** The best of a group: made from a row or a bead, higher memory, further state, later change, first place. */
function chooseKept(
  units: readonly StoredUnit[],
  memories: ReadonlyMap<string, { readonly priority: number }>,
): StoredUnit | undefined {
  const rank = (unit: StoredUnit) => [
    Object.keys(unit.link).length > 0 ? 1 : 0,
    memories.get(unit.memoryId)?.priority ?? 0,
    STATES.indexOf(unit.state),
    Date.parse(unit.changedAt ?? unit.createdAt ?? "") || 0,
  ];
  let best: StoredUnit | undefined;
  for (const unit of units) {
    if (!best) best = unit;
    else {
      const [mine, others] = [rank(unit), rank(best)];
      const at = mine.findIndex((value, index) => value !== others[index]);
      if (at >= 0 && (mine[at] ?? 0) > (others[at] ?? 0)) best = unit;
    }
  }
  return best;
}

export type GroupMerge = {
  readonly position: number;
  readonly keep?: string | undefined;
  readonly leave?: readonly string[] | undefined;
};

/** Merges groups of the last search, or all of one kind, as one step. */
export async function startMerge(
  application: Application,
  given: { readonly projectId: string; readonly author: string } & (
    { readonly groups: readonly GroupMerge[] } | { readonly kind: DuplicateKind }
  ),
): Promise<Job | undefined> {
  const { stores, clock } = application;
  const { projectId, author } = given;
  const run = await stores.duplicates.findLatest(projectId);
  if (!run) return undefined;
  return application.jobs.start({
    projectId,
    kind: "memory",
    label: String("groups" in given ? given.groups.length : (run.groups[given.kind] ?? 0)),
    task: "nothing",
    input: undefined,
    finish: async (_nothing, { report, signal }) => {
      const kind = "kind" in given ? given.kind : "";
      const step = await stores.memorySteps.start({ projectId, kind: "merge", detail: { kind }, author, at: clock() });
      const total = "groups" in given ? given.groups.length : (await stores.duplicates.list(run.id, { kind, limit: 1 })).total;
      for (let done = 0; done < total;) {
        signal.throwIfAborted();
        const wanted = "groups" in given ? given.groups.slice(done, done + GROUPS_PER_TURN) : undefined;
        const groups = wanted
          ? await stores.duplicates.find(
              run.id,
              wanted.map(({ position }) => position),
            )
          : (await stores.duplicates.list(run.id, { kind, limit: GROUPS_PER_TURN })).items;
        if (groups.length === 0) break;
        const wishes = new Map(wanted?.map((merge) => [merge.position, merge]));
        await mergeGroups(application, { projectId, author, stepId: step.id, groups, wishes });
        await stores.duplicates.remove(
          run.id,
          groups.map(({ position }) => position),
        );
        done += wanted?.length ?? groups.length;
        report({ done, total, stage: "store" });
      }
      await stores.memorySteps.finish(step.id, clock());
      return step.id;
    },
  });
}

async function mergeGroups(
  { stores, clock }: Application,
  given: {
    readonly projectId: string;
    readonly author: string;
    readonly stepId: string;
    readonly groups: readonly StoredGroup[];
    readonly wishes: ReadonlyMap<number, GroupMerge>;
  },
): Promise<void> {
  const { projectId, author, stepId } = given;
  const memories = new Map((await stores.memories.list(projectId)).map((memory) => [memory.id, memory]));
  const units = await stores.memories.findUnits(given.groups.flatMap(({ unitIds }) => unitIds));
  const into = new Map<string, string>();
  const gains = new Map<string, StoredUnit[]>();
  for (const { position, unitIds } of given.groups) {
    const wish = given.wishes.get(position);
    // A unit that an earlier group has dealt with stays out of this one.
    const there = unitIds
      .filter((id) => !wish?.leave?.includes(id) && !into.has(id))
      .map((id) => units.get(id))
      .filter((unit) => unit !== undefined);
    const kept = there.find(({ id }) => id === wish?.keep) ?? chooseKept(there, memories);
    if (!kept || there.length < 2) continue;
    for (const unit of there) if (unit.id !== kept.id && !gains.has(unit.id)) into.set(unit.id, kept.id);
    gains.set(kept.id, [...(gains.get(kept.id) ?? []), ...there.filter(({ id }) => into.get(id) === kept.id)]);
  }
  await stores.memories.changeUnits({
    ...{ projectId, author, stepId, at: clock() },
    unitIds: [...into.keys(), ...gains.keys()],
    change: (unit) => {
      const mergedInto = into.get(unit.id);
      if (mergedInto !== undefined) return { mergedInto };
      return gatherFrom(unit, gains.get(unit.id) ?? []);
    },
  });
}

/** Notes and properties of the others that the unit does not have. */
function gatherFrom(unit: StoredUnit, others: readonly StoredUnit[]): Pick<StoredUnit, "notes" | "properties"> | undefined {
  const notes = new Set(unit.notes);
  const properties = new Map((unit.properties ?? []).map((property) => [JSON.stringify(property), property]));
  for (const other of others) {
    for (const note of other.notes ?? []) notes.add(note);
    for (const property of other.properties ?? []) properties.set(JSON.stringify(property), property);
  }
  if (notes.size === (unit.notes?.length ?? 0) && properties.size === (unit.properties?.length ?? 0)) return undefined;
  return {
    ...(notes.size > 0 ? { notes: [...notes] } : {}),
    ...(properties.size > 0 ? { properties: [...properties.values()] } : {}),
  };
}

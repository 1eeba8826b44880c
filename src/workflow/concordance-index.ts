/**
 * The texts of a project's memories, made ready for the concordance: kept in the server process, following the store.
 *
 * The first question begins to read the units, in pieces and in turns, and is told how far that is; later ones take in what
 * was added, replaced, removed or restored since. Ids are not kept: they follow from memory and position.
 * Guarantee: what was saved before a question is found by it. Cost: 200 MB for a million units with English beside
 * Chinese; of an unchanged question, one counter.
 */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Concordance } from "../memory/concordance.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { Memory, StoredUnit } from "../storage/memory-store.ts";
import { toUnitId } from "../storage/sql/unit-rows.ts";
import { openUnitTexts } from "../storage/unit-texts.ts";
import { STORE_FILE } from "./application.ts";
import type { Application } from "./application.ts";
import { startTurns } from "./take-turns.ts";

/** Position -> number in the concordance plus one; 0 for positions without a unit. */
type Taken = { lastPosition: number; numbers: Int32Array };

export type ProjectConcordance = {
  version: number;
  lastRevision: number;
  /** Highest priority first. */
  memories: ReadonlyMap<string, Memory>;
  readonly taken: Map<string, Taken>;
  readonly concordance: Concordance;
};

export type OpenedConcordance =
  | { readonly kind: "ready"; readonly project: ProjectConcordance }
  /** The units are being read for the first time. */
  | { readonly kind: "reading"; readonly done: number; readonly total: number };

type Slot = {
  loaded: ProjectConcordance | undefined;
  work: Promise<ProjectConcordance> | undefined;
  progress: { done: number; total: number };
};

/** Units that are no longer there are passed over until they are this many times those that are. */
const MOST_DEAD = 1;

const slots = new WeakMap<Application, Map<string, Slot>>();

function slotOf(application: Application, projectId: string): Slot {
  let projects = slots.get(application);
  if (!projects) slots.set(application, (projects = new Map()));
  let slot = projects.get(projectId);
  if (!slot) projects.set(projectId, (slot = { loaded: undefined, work: undefined, progress: { done: 0, total: 0 } }));
  return slot;
}

/** The project's texts as they are now; when they are not read within `patience` ms, how far that is. */
export async function openConcordance(
  application: Application,
  projectId: string,
  { patience }: { readonly patience: number },
): Promise<OpenedConcordance> {
  const slot = slotOf(application, projectId);
  const deadline = new AbortController();
  const late = wait(patience, "late" as const, { signal: deadline.signal }).catch(() => "late" as const);
  try {
    // Work that began before this question may have missed what was saved just before it: wait, then look again.
    while (slot.work) {
      const outcome = await Promise.race([slot.work.catch(() => undefined), late]);
      if (outcome === "late") return { kind: "reading", ...slot.progress };
    }
    const work = bringUpToDate(application, projectId, slot);
    slot.work = work;
    const outcome = await Promise.race([work, late]);
    return outcome === "late" ? { kind: "reading", ...slot.progress } : { kind: "ready", project: outcome };
  } finally {
    deadline.abort();
  }
}

async function bringUpToDate(application: Application, projectId: string, slot: Slot): Promise<ProjectConcordance> {
  try {
    const { count = 0, size = 0 } = slot.loaded?.concordance ?? {};
    if (count - size > MOST_DEAD * size + 10_000) slot.loaded = undefined;
    const project = slot.loaded ?? (await startReading(application));
    await follow(application, { projectId, project, progress: slot.progress });
    slot.loaded = project;
    return project;
  } catch (error) {
    // Half-taken-in changes are not to be trusted: the next question reads anew.
    slot.loaded = undefined;
    throw error;
  } finally {
    slot.work = undefined;
  }
}

/** The number of the last revision is read before the units: what is saved meanwhile is looked at again. */
async function startReading({ stores }: Application): Promise<ProjectConcordance> {
  const lastRevision = await stores.memories.lastRevision();
  return { version: -1, lastRevision, memories: new Map(), taken: new Map(), concordance: new Concordance() };
}

type Following = { readonly projectId: string; readonly project: ProjectConcordance; readonly progress: Slot["progress"] };

async function follow(application: Application, { projectId, project, progress }: Following): Promise<void> {
  const { stores } = application;
  const version = await stores.memories.memoryVersion(projectId);
  if (version === project.version) return;
  const listed = await stores.memories.list(projectId);
  const memories = new Map(listed.map((memory) => [memory.id, memory]));
  const { taken, concordance } = project;
  const turns = startTurns();
  for (const [memoryId, { numbers }] of taken) {
    if (memories.has(memoryId)) continue;
    taken.delete(memoryId);
    for (const number of numbers) {
      if (number > 0) concordance.remove(number - 1);
      if (turns.isOver()) await turns.next();
    }
  }
  const lastRevision = await stores.memories.lastRevision();
  await takeRevisions(application, project);
  Object.assign(progress, { done: 0, total: listed.reduce((sum, { unitCount }) => sum + unitCount, 0) });
  for (const { id } of listed) await takeNewUnits(application, { project, memoryId: id, progress });
  Object.assign(project, { version, lastRevision, memories });
}

async function takeRevisions({ stores }: Application, { taken, concordance, lastRevision }: ProjectConcordance): Promise<void> {
  const turns = startTurns();
  // A unit that comes again in a later piece is looked at again: it is what the store says by then.
  for await (const piece of stores.memories.revisedUnits(lastRevision)) {
    const revised = new Map<string, string>();
    for (const { memoryId, unitId } of piece) if (taken.has(memoryId)) revised.set(unitId, memoryId);
    const found = await stores.memories.findUnits([...revised.keys()]);
    for (const [unitId, memoryId] of revised) {
      if (turns.isOver()) await turns.next();
      const memory = taken.get(memoryId);
      const position = Number(unitId.slice(memoryId.length + 1));
      // What stands behind is read as new.
      if (!memory || !(position <= memory.lastPosition)) continue;
      const number = memory.numbers[position] ?? 0;
      if (number > 0) concordance.remove(number - 1);
      const unit = found.get(unitId);
      setNumber(memory, position, unit ? takeIn(concordance, unit) + 1 : 0);
    }
  }
}

const COLUMNS = ["source", "target", "document", "author", "created_at", "changed_at", "state"] as const;

async function takeNewUnits(
  { dataFolder }: Application,
  given: { readonly project: ProjectConcordance; readonly memoryId: string; readonly progress: Slot["progress"] },
): Promise<void> {
  const { project, memoryId, progress } = given;
  const { taken, concordance } = project;
  const memory = taken.get(memoryId) ?? { lastPosition: 0, numbers: new Int32Array(1024) };
  taken.set(memoryId, memory);
  const turns = startTurns();
  const texts = openUnitTexts(join(dataFolder, STORE_FILE));
  try {
    for (const piece of texts.readColumns(COLUMNS, { memoryId, after: memory.lastPosition })) {
      for (const [position, source, target, document, author, createdAt, changedAt, state] of piece) {
        memory.lastPosition = position;
        // Restored since the counter was read: it came with the revisions.
        if (memory.numbers[position]) continue;
        const number = concordance.add({
          ...{ source: source ?? "", target: target ?? "", memoryId, position },
          ...{ document: document ?? undefined, author: author ?? undefined, changedAt: changedAt ?? createdAt ?? undefined },
          state: state as TranslationState,
        });
        setNumber(memory, position, number + 1);
        progress.done++;
        if (turns.isOver()) await turns.next();
      }
    }
  } finally {
    texts.close();
  }
}

function takeIn(concordance: Concordance, unit: StoredUnit): number {
  return concordance.add({
    source: unit.source,
    target: unit.target,
    memoryId: unit.memoryId,
    position: unit.position,
    document: unit.document,
    author: unit.author,
    changedAt: unit.changedAt ?? unit.createdAt,
    state: unit.state,
  });
}

function setNumber(memory: Taken, position: number, number: number): void {
  if (position >= memory.numbers.length) {
    const larger = new Int32Array(Math.max(2 * memory.numbers.length, position + 1));
    larger.set(memory.numbers);
    memory.numbers = larger;
  }
  memory.numbers[position] = number;
}

/** The id of a unit of the concordance. */
export function unitIdOf({ concordance }: ProjectConcordance, number: number): string {
  const { columns, memories } = concordance;
  const memoryId = memories.values[columns.memory[number] as number] ?? "";
  return toUnitId({ memoryId, position: columns.position[number] as number });
}

/** The number of the unit at a place; undefined when there is none. */
export function numberAt({ taken }: ProjectConcordance, memoryId: string, position: number): number | undefined {
  const number = taken.get(memoryId)?.numbers[position] ?? 0;
  return number > 0 ? number - 1 : undefined;
}

/**
 * A memory from another tool (TMX) comes in: first an analysis that changes nothing, in a worker; then, with consent,
 * its units go into a memory of the project, read as a stream and stored some thousands at a time, so that pages are
 * answered meanwhile and a file of any size fits.
 *
 * An import is one step of the memory (storage/memory-step-store.ts): its counts grow with what is stored, so that they
 * are right whenever it is cut off, and it is undone as a whole. Units are known by the file's checksum and their number:
 * importing the same file again changes nothing, and an import that was cut off can simply be run again.
 */
import { createReadStream } from "node:fs";
import { isWithoutText } from "../formats/tmx-unit.ts";
import { createTmxReader } from "../formats/tmx.ts";
import type { Job, ProgressReporter } from "../model/job.ts";
import type { Memory, NewUnit, UnitCounts } from "../storage/memory-store.ts";
import type { MemoryStep } from "../storage/memory-step-store.ts";
import type { Signed } from "../storage/outcomes.ts";
import type { Stores } from "../storage/stores.ts";
import type { Project } from "../storage/project-store.ts";
import type { Application } from "./application.ts";
import { OWN_MEMORIES } from "./project-memories.ts";
import type { MemoryDescription } from "./received-files-task.ts";
import type { MemoryResult, ReturnedMemory, ReturnPlace } from "./returns.ts";
import { findReturn, returnedPath, updateReturn } from "./returns.ts";

/** Units handed to the store at once; it makes transactions of them, with turns in between. */
const UNITS_PER_SAVE = 4000;
/** Parsed in a few milliseconds. */
const CHUNK_BYTES = 256 * 1024;
const KEYS_PER_TURN = 2000;
/** Below the memories that a project fills itself. */
const IMPORTED_PRIORITY = 5;

/** Starts the analysis; what it finds is kept with the received file. */
export async function startMemoryAnalysis(application: Application, record: ReturnedMemory): Promise<Job | undefined> {
  const project = await application.stores.projects.find(record.projectId);
  if (!project) return undefined;
  const path = returnedPath(application, record);
  const job = await application.jobs.start({
    projectId: project.id,
    kind: "import",
    label: record.name,
    task: "describeMemory",
    input: { path, sourceLanguage: project.sourceLanguage, targetLanguage: project.targetLanguage, now: application.clock() },
    finish: async (description) => {
      await updateReturn(application, record, (current) => ({ ...current, description }));
      return record.id;
    },
  });
  await updateReturn(application, record, (current) => ({ ...current, jobId: job.id }));
  return job;
}

export type MemoryImportOutcome =
  | { readonly kind: "started"; readonly job: Job }
  | { readonly kind: "refused"; readonly code: "not-found" | "not-analysed" | "name-missing" | "memory-read-only" };

/** Where units go: a memory that is there, or a new one. */
export type MemoryWish = { readonly memoryId: string } | { readonly name: string; readonly penalty: number };

export async function startMemoryImport(
  application: Application,
  given: ReturnPlace & { readonly author: string; readonly into: MemoryWish },
): Promise<MemoryImportOutcome> {
  const record = await findReturn(application, given);
  const project = await application.stores.projects.find(given.projectId);
  if (record?.kind !== "memory" || !project) return { kind: "refused", code: "not-found" };
  const { description } = record;
  if (!description) return { kind: "refused", code: "not-analysed" };
  const memory = await openMemory(application, project.id, given.into);
  if (typeof memory === "string") return { kind: "refused", code: memory };
  const path = returnedPath(application, given);
  const { author } = given;
  const job = await application.jobs.start({
    projectId: project.id,
    kind: "import",
    label: record.name,
    task: "findReceivedFile",
    input: { path },
    finish: async (_size, { report, signal }) => {
      const { sha256, units: total } = description;
      const step = await openStep(application, { record, memory, author, sha256 });
      // Before the first unit: whatever cuts the import off, the record leads to what was stored.
      await updateReturn(application, record, (current) => ({ ...withoutResult(current), stepId: step.id }));
      let counts: UnitCounts = { added: 0, replaced: 0, unchanged: 0 };
      let isWhole = false;
      try {
        const file = { path, sha256, total, project, memory, author, importId: step.id };
        await importMemoryFile(application, { ...file, report, signal, onStored: (now) => (counts = now) });
        await application.stores.memorySteps.finish(step.id, application.clock());
        isWhole = true;
      } finally {
        // When it was cancelled, what was stored until then is there, and can be undone.
        const done: MemoryResult = { at: application.clock(), author, memoryId: memory.id, name: memory.name, ...counts };
        const result = isWhole ? done : { ...done, isPartial: true };
        await updateReturn(application, record, (current) => ({ ...current, result }));
      }
      return memory.id;
    },
  });
  await updateReturn(application, record, (current) => ({ ...current, jobId: job.id }));
  return { kind: "started", job };
}

function withoutResult(record: ReturnedMemory): ReturnedMemory {
  const { result, ...rest } = record;
  return result ? rest : record;
}

/** The step of an import that was cut off goes on; otherwise a new one. */
async function openStep(
  { stores, clock }: Application,
  given: { readonly record: ReturnedMemory; readonly memory: Memory; readonly author: string; readonly sha256: string },
): Promise<MemoryStep> {
  const { record, memory, author, sha256 } = given;
  const known = record.stepId === undefined || record.result?.undone ? undefined : await stores.memorySteps.find(record.stepId);
  if (known?.memoryId === memory.id && known.undoneBy === undefined) return known;
  const place = { projectId: record.projectId, memoryId: memory.id };
  return stores.memorySteps.start({ ...place, kind: "import", detail: { name: record.name, sha256 }, author, at: clock() });
}

/**
 * What an import brought, and whether it was taken out again, here or on the page of the memories. When the process ended
 * in the middle of an import, nobody wrote down what came of it; its step knows. Undefined while nothing was imported.
 */
export async function findMemoryResult({ stores }: Application, record: ReturnedMemory): Promise<MemoryResult | undefined> {
  const { result, stepId } = record;
  const step = stepId === undefined ? undefined : await stores.memorySteps.find(stepId);
  if (!step?.memoryId) return result;
  const undone = await findUndo(stores, step);
  if (result) {
    const { at, author, memoryId, name, added, replaced, unchanged, isPartial } = result;
    const told = { at, author, memoryId, name, added, replaced, unchanged, ...(isPartial ? { isPartial } : {}) };
    return undone ? { ...told, undone } : told;
  }
  const { author, at, added, replaced, unchanged, memoryId } = step;
  const memory = await stores.memories.find(memoryId);
  const found = { at, author, memoryId, name: memory?.name ?? "", added, replaced, unchanged, isPartial: true };
  return undone ? { ...found, undone } : found;
}

/** The undo that holds: an undo may have been undone. */
async function findUndo({ memorySteps }: Stores, step: MemoryStep): Promise<MemoryResult["undone"]> {
  let last: MemoryStep = step;
  let undone: MemoryResult["undone"];
  while (last.undoneBy !== undefined) {
    const undo = await memorySteps.find(last.undoneBy);
    if (!undo?.finishedAt) break;
    undone = undone ? undefined : { at: undo.finishedAt, units: undo.removed };
    last = undo;
  }
  return undone;
}

async function openMemory(
  { stores, clock }: Application,
  projectId: string,
  wish: MemoryWish,
): Promise<Memory | "not-found" | "name-missing" | "memory-read-only"> {
  if ("memoryId" in wish) {
    const memory = await stores.memories.find(wish.memoryId);
    if (memory?.projectId !== projectId) return "not-found";
    return memory.readOnly ? "memory-read-only" : memory;
  }
  const name = wish.name.trim();
  // The names of the project's own memories are slugs; another memory of that name would be taken for them.
  if (name === "" || OWN_MEMORIES.some((own) => own === name)) return "name-missing";
  const known = (await stores.memories.list(projectId)).find((memory) => memory.name === name && !memory.isLent);
  if (known) return known.readOnly ? "memory-read-only" : known;
  const place = { projectId, name, priority: IMPORTED_PRIORITY, penalty: wish.penalty, readOnly: false };
  return stores.memories.create({ ...place, createdAt: clock() });
}

export type MemoryFileImport = {
  readonly path: string;
  readonly sha256: string;
  /** For the progress. */
  readonly total: number;
  readonly project: Pick<Project, "id" | "sourceLanguage" | "targetLanguage">;
  readonly memory: Pick<Memory, "id">;
  readonly author: string;
  /** The step that the units belong to. */
  readonly importId?: string;
  readonly report: ProgressReporter;
  readonly signal: AbortSignal;
  /** After each transaction, with the sums so far. */
  readonly onStored?: (counts: UnitCounts) => void;
};

/**
 * Streams the units of a TMX into a memory; those without text on one side are left out. Throws the signal's reason when
 * cancelled; what was stored stays.
 */
export async function importMemoryFile(application: Application, given: MemoryFileImport): Promise<UnitCounts> {
  const { project, memory, author, signal, report, importId } = given;
  const counts = { added: 0, replaced: 0, unchanged: 0 };
  let number = 0;
  let stored = 0;
  const waiting: NewUnit[] = [];
  const reader = createTmxReader(project, (unit) => {
    number += 1;
    // The unit is ours: a copy of each would cost as much as reading it.
    if (!isWithoutText(unit)) waiting.push(Object.assign(unit, { originKey: importKey(given.sha256, number) }));
  });
  const save = async (units: readonly NewUnit[]) => {
    signal.throwIfAborted();
    const signed = { author, at: application.clock(), ...(importId === undefined ? {} : { importId }) };
    const outcome = await application.stores.memories.saveUnits({ ...signed, memoryId: memory.id, units });
    if (outcome.kind === "refused") throw new Error(outcome.code);
    counts.added += outcome.added;
    counts.replaced += outcome.replaced;
    counts.unchanged += outcome.unchanged;
    stored += units.length;
    given.onStored?.({ ...counts });
    report({ done: stored, total: given.total, stage: "store" });
  };
  for await (const chunk of createReadStream(given.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    if (!reader.write(chunk)) break;
    while (waiting.length >= UNITS_PER_SAVE) await save(waiting.splice(0, UNITS_PER_SAVE));
  }
  reader.end();
  if (waiting.length > 0) await save(waiting);
  return counts;
}

function importKey(sha256: string, number: number): string {
  return ["import", sha256, number].join(":");
}

/** The number that `importKey` wrote; undefined for units that came otherwise. */
export function importedNumber(originKey: string): number | undefined {
  const [kind, , number] = originKey.split(":");
  return kind === "import" && number !== undefined ? Number(number) : undefined;
}

/** Takes out again what an import brought; runs as a job, because there may be a million units. */
export async function startMemoryRemoval(
  application: Application,
  given: ReturnPlace & { readonly author: string },
): Promise<Job | undefined> {
  const record = await findReturn(application, given);
  if (record?.kind !== "memory") return undefined;
  const result = await findMemoryResult(application, record);
  if (!result || result.undone || !record.description) return undefined;
  const { description, stepId } = record;
  const job = await application.jobs.start({
    projectId: given.projectId,
    kind: "import",
    label: record.name,
    task: "findReceivedFile",
    input: { path: returnedPath(application, given) },
    finish: async (_size, { report, signal }) => {
      const signed = { author: given.author, at: application.clock() };
      const removal = { ...signed, report, signal };
      const units =
        stepId === undefined
          ? await removeByKeys(application, { ...removal, result, description })
          : await undoStep(application, { ...removal, stepId });
      const undone = { at: application.clock(), units };
      await updateReturn(application, record, (current) => ({ ...current, result: { ...result, undone } }));
      return result.memoryId;
    },
  });
  await updateReturn(application, record, (current) => ({ ...current, jobId: job.id }));
  return job;
}

type Removal = Signed & { readonly report: ProgressReporter; readonly signal: AbortSignal };

async function undoStep({ stores }: Application, given: Removal & { readonly stepId: string }): Promise<number> {
  const { report, ...asked } = given;
  const outcome = await stores.memorySteps.undo({ ...asked, onProgress: (now) => report({ ...now, stage: "store" }) });
  if (outcome.kind === "refused") throw new Error(outcome.code);
  return (await stores.memorySteps.find(outcome.undoId))?.removed ?? 0;
}

/** For imports from before there were steps. */
async function removeByKeys(
  { stores }: Application,
  given: Removal & { readonly result: MemoryResult; readonly description: MemoryDescription },
): Promise<number> {
  const { result, description, report, signal, author, at } = given;
  let units = 0;
  for (let first = 1; first <= description.units; first += KEYS_PER_TURN) {
    signal.throwIfAborted();
    const count = Math.min(KEYS_PER_TURN, description.units - first + 1);
    const originKeys = Array.from({ length: count }, (_, index) => importKey(description.sha256, first + index));
    units += await stores.memories.removeUnits({ author, at, memoryId: result.memoryId, originKeys });
    report({ done: first + count - 1, total: description.units, stage: "store" });
  }
  return units;
}

/**
 * A memory from another tool (TMX) comes in: first an analysis that changes nothing, in a worker; then, with consent,
 * its units go into a memory of the project, read as a stream and stored 2,000 at a time, so that pages are answered
 * meanwhile and a file of any size fits.
 *
 * Units are known by the file's checksum and their number: importing the same file again changes nothing, and an
 * interrupted import can simply be run again.
 */
import { createReadStream } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TmxUnit } from "../formats/tmx-unit.ts";
import { createTmxReader } from "../formats/tmx.ts";
import type { Job, ProgressReporter } from "../model/job.ts";
import type { Memory, NewUnit, UnitCounts } from "../storage/memory-store.ts";
import type { Project } from "../storage/project-store.ts";
import type { Application } from "./application.ts";
import { OWN_MEMORIES } from "./project-memories.ts";
import type { MemoryResult, ReturnedMemory, ReturnPlace } from "./returns.ts";
import { findReturn, returnedPath, updateReturn } from "./returns.ts";

/** Units of one transaction: stored in about 30 ms. */
const UNITS_PER_SAVE = 1000;
/** Parsed in about a millisecond. */
const CHUNK_BYTES = 64 * 1024;
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
    input: { path, sourceLanguage: project.sourceLanguage, targetLanguage: project.targetLanguage },
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
      const { id: memoryId, name } = memory;
      let counts: UnitCounts = { added: 0, replaced: 0, unchanged: 0 };
      try {
        const file = { path, sha256, total, project, memory, author };
        await importMemoryFile(application, { ...file, report, signal, onStored: (now) => (counts = now) });
      } finally {
        // When it was cancelled, what was stored until then is there, and can be undone.
        const result: MemoryResult = { at: application.clock(), author, memoryId, name, ...counts };
        await updateReturn(application, record, (current) => ({ ...current, result }));
      }
      return memoryId;
    },
  });
  await updateReturn(application, record, (current) => ({ ...current, jobId: job.id }));
  return { kind: "started", job };
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
  const known = (await stores.memories.list(projectId)).find((memory) => memory.name === name);
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
  readonly report: ProgressReporter;
  readonly signal: AbortSignal;
  /** After each transaction, with the sums so far. */
  readonly onStored?: (counts: UnitCounts) => void;
};

/** Streams the units of a TMX into a memory. Throws the signal's reason when cancelled; what was stored stays. */
export async function importMemoryFile(application: Application, given: MemoryFileImport): Promise<UnitCounts> {
  const { project, memory, author, signal, report } = given;
  const counts = { added: 0, replaced: 0, unchanged: 0 };
  let number = 0;
  let waiting: NewUnit[] = [];
  const reader = createTmxReader(project, (unit) => {
    number += 1;
    waiting.push(toNewUnit(unit, importKey(given.sha256, number)));
  });
  const save = async (units: readonly NewUnit[]) => {
    signal.throwIfAborted();
    const at = application.clock();
    const outcome = await application.stores.memories.saveUnits({ memoryId: memory.id, units, author, at });
    if (outcome.kind === "refused") throw new Error(outcome.code);
    counts.added += outcome.added;
    counts.replaced += outcome.replaced;
    counts.unchanged += outcome.unchanged;
    given.onStored?.({ ...counts });
    report({ done: number - waiting.length, total: given.total, stage: "store" });
    await nextTurn();
  };
  for await (const chunk of createReadStream(given.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    reader.write(chunk);
    while (waiting.length >= UNITS_PER_SAVE) {
      const units = waiting.slice(0, UNITS_PER_SAVE);
      waiting = waiting.slice(UNITS_PER_SAVE);
      await save(units);
    }
  }
  reader.end();
  const units = waiting;
  waiting = [];
  if (units.length > 0) await save(units);
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

/** A memory keeps plain texts, and units have ids of their own: inline codes were announced as a loss. */
function toNewUnit(unit: TmxUnit, originKey: string): NewUnit {
  const { source, target, sourceLanguage, targetLanguage, state } = unit;
  const { previous, next, author, createdAt, changedAt, document, notes, properties } = unit;
  return {
    ...{ originKey, source, target, sourceLanguage, targetLanguage, state },
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
    ...(author === undefined ? {} : { author }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(document === undefined ? {} : { document }),
    ...(notes === undefined ? {} : { notes }),
    ...(properties === undefined ? {} : { properties }),
  };
}

/** Takes out again what an import brought; runs as a job, because there may be a million units. */
export async function startMemoryRemoval(
  application: Application,
  given: ReturnPlace & { readonly author: string },
): Promise<Job | undefined> {
  const record = await findReturn(application, given);
  if (record?.kind !== "memory" || !record.result || record.result.undone || !record.description) return undefined;
  const { result, description } = record;
  const job = await application.jobs.start({
    projectId: given.projectId,
    kind: "import",
    label: record.name,
    task: "findReceivedFile",
    input: { path: returnedPath(application, given) },
    finish: async (_size, { report, signal }) => {
      let units = 0;
      for (let first = 1; first <= description.units; first += KEYS_PER_TURN) {
        signal.throwIfAborted();
        const count = Math.min(KEYS_PER_TURN, description.units - first + 1);
        const originKeys = Array.from({ length: count }, (_, at) => importKey(description.sha256, first + at));
        const signed = { author: given.author, at: application.clock() };
        units += await application.stores.memories.removeUnits({ ...signed, memoryId: result.memoryId, originKeys });
        report({ done: first + count - 1, total: description.units, stage: "store" });
      }
      const undone = { at: application.clock(), units };
      await updateReturn(application, record, (current) => ({ ...current, result: { ...result, undone } }));
      return result.memoryId;
    },
  });
  await updateReturn(application, record, (current) => ({ ...current, jobId: job.id }));
  return job;
}

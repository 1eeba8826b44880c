/**
 * One way through a TMX, in a process of its own so that its greatest memory is known. Prints one line of JSON.
 * node bench/tmx-run.ts parse|strict|index|store FILE
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createTmxReader } from "../src/formats/tmx.ts";
import { openApplication } from "../src/workflow/application.ts";
import { importMemoryFile } from "../src/workflow/import-memory.ts";
import { createLookup, openMemoryFile } from "../src/workflow/lookup.ts";

export type TmxRun = {
  readonly units: number;
  readonly wall: number;
  /** Processor time of the thread that does the work, and of all threads, in milliseconds. */
  readonly thread: number;
  readonly process: number;
  /** Megabytes. */
  readonly peak: number;
  /** The longest that the event loop was held, in milliseconds. */
  readonly held: number;
};

const [kind = "parse", path = ""] = process.argv.slice(2);
const PROJECT = { id: "bench", name: "bench", sourceLanguage: "zh", targetLanguage: "en", createdAt: "2026-03-01T08:00:00.000Z" };

async function parse(strictly: boolean): Promise<number> {
  let units = 0;
  const reader = createTmxReader({ strictly }, () => (units += 1));
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) reader.write(chunk);
  reader.end();
  return units;
}

async function index(): Promise<number> {
  const { unitCount, lookup } = await createLookup([await openMemoryFile(path)], { fold: "width" });
  lookup("加强防汛工作。", { threshold: 70, limit: 5 });
  return unitCount;
}

/** Into a fresh store with all its indexes, as the page does it. */
async function openStore(): Promise<{ readonly work: () => Promise<number>; readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "dingyi-bench-"));
  const outcome = await openApplication({ dataFolder: folder, clock: () => new Date().toISOString() });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  const { application } = outcome;
  const { stores } = application;
  await stores.projects.create(PROJECT);
  const signed = { author: "bench", at: PROJECT.createdAt };
  const place = { name: "memory", priority: 1, penalty: 0, readOnly: false, createdAt: signed.at };
  const memory = await stores.memories.create({ ...place, projectId: PROJECT.id });
  const step = { ...signed, projectId: PROJECT.id, memoryId: memory.id, kind: "import" as const, detail: {} };
  const { id: importId } = await stores.memorySteps.start(step);
  const given = { path, sha256: "0".repeat(64), total: 0, project: PROJECT, memory, author: "bench", importId };
  const { signal } = new AbortController();
  return {
    work: async () => (await importMemoryFile(application, { ...given, signal, report: () => undefined })).added,
    async close() {
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const store = kind === "store" ? await openStore() : undefined;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const thread = process.threadCpuUsage();
const all = process.cpuUsage();
const start = performance.now();
const units = store ? await store.work() : await (kind === "index" ? index() : parse(kind === "strict"));
const wall = performance.now() - start;
const sum = ({ user, system }: { readonly user: number; readonly system: number }) => (user + system) / 1000;
const used = { thread: sum(process.threadCpuUsage(thread)), process: sum(process.cpuUsage(all)) };
const peak = process.resourceUsage().maxRSS / 1024;
delay.disable();
await store?.close();
process.stdout.write(`${JSON.stringify({ units, wall, ...used, peak, held: delay.max / 1e6 } satisfies TmxRun)}\n`);

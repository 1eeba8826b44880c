/**
 * The memory index against the scan: the same top five at 70 %, and how long either takes; what building, saving,
 * opening and adding cost; how much memory a process with nothing but the index has.
 *
 * Sizes: 10,000 and 100,000 units, some 940,000 with `--large` or by default, and the English of 100,000 pairs by words.
 * `--small` leaves the large one out. Times of a query are the median of its runs; processor time where it says so.
 * Beside the figures: SYSTRAN fuzzy-match in C++ (defaults) took 0.009 / 0.043 ms (p50 / p95) at 10,000, 0.022 / 0.115 at
 * 100,000 and 0.116 / 0.94 at a million units of 17 characters on another machine, and missed 12 % of the answers.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMemoryIndex, finishNow } from "../src/memory/memory-index.ts";
import type { MemoryHit, MemoryIndex } from "../src/memory/memory-index.ts";
import type { Tokens } from "../src/memory/text-coder.ts";
import type { ProcessFigures } from "./memory-process.ts";
import { CORPUS, createScan, makeQueries, readSentences } from "./memory-sets.ts";
import type { QuerySet, SetName } from "./memory-sets.ts";

const WANTED = { threshold: 70, limit: 5 };
const RUNS = 5;
/** Lengths of queries in characters or words, up to and without. */
const CLASSES: Readonly<Record<Tokens, readonly number[]>> = {
  characters: [7, 12, 25, 70, Infinity],
  words: [5, 10, 20, 40, Infinity],
};
/** Units added one by one to an index that is in use. */
const ADDED = 20_000;
/** Comparisons with the scan take some ten nanoseconds a unit. */
const SCANNED_UNITS = 20_000_000;

type Print = (line: string) => void;

/** Milliseconds of this thread's own processor time, for long work: it advances by whole ticks of some milliseconds. */
function readClock(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const ascending = (one: number, other: number) => one - other;

function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort(ascending);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function describe(times: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(4));
  return `p50 ${p50} ms, p95 ${p95}, p99 ${p99}, worst ${Math.max(0, ...times).toFixed(2)}`;
}

/** Milliseconds of each query: the median of its runs, because other work on the machine interrupts one, seldom three. */
function timeQueries(index: MemoryIndex, queries: readonly string[]): { times: number[]; found: MemoryHit[][] } {
  const found: MemoryHit[][] = queries.map((query) => index.search(query, WANTED));
  const runs = Array.from({ length: RUNS }, () =>
    queries.map((query) => {
      const start = performance.now();
      index.search(query, WANTED);
      return performance.now() - start;
    }),
  );
  return {
    times: queries.map((_, at) =>
      percentile(
        runs.map((run) => run[at] ?? 0),
        0.5,
      ),
    ),
    found,
  };
}

function printClasses(
  print: Print,
  { queries, times, tokens }: { queries: readonly string[]; times: readonly number[]; tokens: Tokens },
): void {
  const sizeOf = (query: string) => (tokens === "words" ? query.split(" ").length : [...query].length);
  let from = 0;
  const parts = CLASSES[tokens].map((to) => {
    const chosen = times.filter((_, at) => sizeOf(queries[at] ?? "") >= from && sizeOf(queries[at] ?? "") < to);
    const name = to === Infinity ? `${from} and more` : `${from} to ${to - 1}`;
    from = to;
    return `${name}: ${percentile(chosen, 0.5).toFixed(3)} / ${percentile(chosen, 0.95).toFixed(3)} (${chosen.length})`;
  });
  print(`  by ${tokens} of the query, p50 / p95 ms (queries): ${parts.join(", ")}`);
}

function compareWithScan(
  print: Print,
  set: QuerySet & { readonly found: readonly MemoryHit[][]; readonly tokens: Tokens },
): void {
  const { units, queries, found, tokens } = set;
  const scan = createScan(units, tokens);
  const step = Math.ceil(queries.length / Math.max(25, Math.min(queries.length, Math.floor(SCANNED_UNITS / units.length))));
  let compared = 0;
  let equal = 0;
  const start = readClock();
  for (let at = 0; at < queries.length; at += step) {
    compared++;
    if (JSON.stringify(scan(queries[at] ?? "", WANTED)) === JSON.stringify(found[at])) equal++;
  }
  print(
    `  equal to the scan: ${equal} of ${compared}; the scan takes ${((readClock() - start) / compared).toFixed(2)} ms a query`,
  );
}

/** Adds units one by one to an index that is in use, as an import does: the parts that are joined on the way included. */
function timeAdding(print: Print, index: MemoryIndex, units: readonly string[]): void {
  let worst = 0;
  const start = performance.now();
  for (let at = 0; at < ADDED; at++) {
    const before = performance.now();
    // A unit of its own: a copy of one that is there costs less.
    index.add(`${units[(at * 7919) % units.length] ?? ""}${at}`);
    worst = Math.max(worst, performance.now() - before);
  }
  const each = (performance.now() - start) / ADDED;
  const again = performance.now();
  const batch = index.startBatch();
  for (let at = 0; at < ADDED; at++) batch.add(`${units[(at * 7919) % units.length] ?? ""}-${at}`);
  finishNow(batch.finish());
  const together = (performance.now() - again) / ADDED;
  print(
    `  ${ADDED} units added: ${(each * 1000).toFixed(1)} µs each, joins included, the longest ${worst.toFixed(1)} ms; ` +
      `in a batch ${(together * 1000).toFixed(1)} µs each`,
  );
}

async function runProcess(...words: string[]): Promise<ProcessFigures> {
  const script = join(fileURLToPath(new URL(".", import.meta.url)), "memory-process.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", script, ...words]);
  return JSON.parse(stdout) as ProcessFigures;
}

/** In a process of its own, which never has all sentences at once. */
async function printProcess(print: Print, name: SetName): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "dingyi-bench-"));
  try {
    const file = join(folder, "memory.index");
    const built = await runProcess("build", name, file);
    const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
    print(
      `  a process of its own, processor time: ${built.units} sentences read and folded in ${seconds(built.read)} s, index built in ` +
        `${seconds(built.build)} s, saved in ${seconds(built.save)} s; at most ${built.mostMegabytes.toFixed(0)} MB; longest pause ${built.pause.toFixed(0)} ms`,
    );
    const opened = await runProcess("open", file);
    print(
      `  saved ${((await stat(file)).size / 2 ** 20).toFixed(0)} MB, opened in ${seconds(opened.open)} s of processor time ` +
        `(${seconds(opened.wall)} s wall, longest pause ${opened.pause.toFixed(0)} ms); that process has at most ${opened.mostMegabytes.toFixed(0)} MB`,
    );
    if (name !== "large") return;
    const store = join(folder, "data");
    await runProcess("store", name, store);
    const read = await runProcess("read", store);
    print(
      `  ${read.units} units read from the store into the index for the first time in ${seconds(read.open)} s of processor time ` +
        `(longest pause ${read.pause.toFixed(0)} ms); that process, the server without its pages, has at most ${read.mostMegabytes.toFixed(0)} MB`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSet(print: Print, name: SetName, size: number): Promise<void> {
  const all: string[] = [];
  for await (const sentence of readSentences(name)) all.push(sentence);
  const tokens = name === "english" ? "words" : "characters";
  const set = makeQueries(all, size, tokens);
  globalThis.gc?.();
  const begin = readClock();
  const index = createMemoryIndex(
    set.units.map((source) => ({ source })),
    { tokens },
  );
  const built = readClock() - begin;
  const megabytes = index.byteLength / 2 ** 20;
  const { times, found } = timeQueries(index, set.queries);
  const source = name === "english" ? "English by words" : "Chinese by characters";
  print(`${set.units.length} units, ${source}: built in ${(built / 1000).toFixed(2)} s, index ${megabytes.toFixed(0)} MB`);
  print(`  top ${WANTED.limit} at ${WANTED.threshold} %: ${describe(times)}`);
  printClasses(print, { queries: set.queries, times, tokens });
  compareWithScan(print, { ...set, found, tokens });
  timeAdding(print, index, set.units);
  if (size >= all.length * 0.9) await printProcess(print, name);
}

export async function benchMemory(print: Print, options: { readonly size?: number } = {}): Promise<void> {
  if (!existsSync(CORPUS)) print(`no ${CORPUS}: invented sentences instead, which share more of their wording than real ones`);
  await benchSet(print, "pairs", options.size ?? 10_000);
  if (options.size) return;
  await benchSet(print, "pairs", 100_000);
  await benchSet(print, "english", 100_000);
  if (!process.argv.includes("--small")) await benchSet(print, "large", 1_000_000);
}

/**
 * The memory index against the scan: the same top five at 70 %, and how long either takes.
 *
 * Queries are, half and half, units of the memory with 5 to 40 % of their characters changed, and units that the memory
 * does not hold. `--large` (or DINGYI_BENCH_LARGE=1) adds the memory of some 940,000 units.
 * Beside the figures: SYSTRAN fuzzy-match in C++ (defaults) took 0.022 / 0.115 ms (p50 / p95) at 100,000 and 0.116 / 0.94
 * at a million units of 17 characters on another machine, and missed 12 % of the answers.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createMemoryIndex } from "../src/memory/memory-index.ts";
import type { MemoryHit } from "../src/memory/memory-index.ts";
import { DistanceMeter, greatestDistance, similarityOf } from "../src/text/edit-distance.ts";
import { matchKey } from "../src/text/match-key.ts";
import { toCodePoints } from "../src/text/ngrams.ts";
import { createRandom } from "./random.ts";

const CORPUS = join("..", "shared", "corpus", "jiyu-tm");
const THRESHOLD = 70;
const LIMIT = 5;
const RUNS = 3;

/** Invented sentences of official register, for machines without the corpus. */
function makeSentences(count: number, random: (below: number) => number): string[] {
  const openings = ["各地要", "有关部门要", "会议指出，", "坚持", "进一步", "切实", "省政府决定", "要把"];
  const verbs = ["加强", "推进", "落实", "完善", "做好", "统筹", "深化", "保障", "健全"];
  const things = ["防汛抗旱", "粮食安全", "基层治理", "营商环境", "公共卫生", "生态环境", "道路交通", "义务教育", "就业服务"];
  const endings = ["工作。", "体系建设。", "责任制。", "机制，确保取得实效。", "各项措施落地见效。"];
  const pick = (words: readonly string[]) => words[random(words.length)] ?? "";
  return Array.from({ length: count }, () => {
    const middle = Array.from({ length: 1 + random(3) }, () => pick(verbs) + pick(things)).join("、");
    return `${pick(openings)}${middle}${random(3) ? "" : String(random(900))}${pick(endings)}`;
  });
}

function disturb(text: string, random: (below: number) => number): string {
  const characters = [...text];
  const edits = Math.max(1, Math.round((characters.length * (5 + random(36))) / 100));
  for (let edit = 0; edit < edits; edit++) {
    const at = random(characters.length + 1);
    const other = String.fromCodePoint(0x4e00 + random(3000));
    const kind = random(3);
    characters.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [other]));
  }
  return characters.join("");
}

/** The slow twin: bit-parallel distance to every unit, shortened only by the length of the two texts. */
function createScan(units: readonly string[]): (query: string) => MemoryHit[] {
  const texts = units.map((source) => toCodePoints(matchKey(source)).slice());
  const meter = new DistanceMeter(0x20000);
  return (query) => {
    const wanted = toCodePoints(matchKey(query));
    meter.prepare(wanted, wanted.length);
    const hits: MemoryHit[] = [];
    for (const [unit, text] of texts.entries()) {
      const longer = Math.max(text.length, wanted.length);
      const bound = greatestDistance(longer, THRESHOLD);
      const distance = meter.measureRange(text, 0, text.length, bound);
      if (distance <= bound) hits.push({ unit, similarity: similarityOf(distance, longer) });
    }
    return hits.sort((one, other) => other.similarity - one.similarity || one.unit - other.unit).slice(0, LIMIT);
  };
}

function readUnits(large: boolean): string[] | undefined {
  const file = join(CORPUS, large ? "zh-944k.txt.gz" : "tm-100k.zh-en.tsv.gz");
  if (!existsSync(file)) return undefined;
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return large ? lines : lines.map((line) => line.slice(0, Math.max(0, line.indexOf("\t"))));
}

/** Milliseconds of this thread's own processor time, for long work: it advances by whole ticks of some milliseconds. */
function readClock(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const ascending = (one: number, other: number) => one - other;

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function benchSize(print: (line: string) => void, all: readonly string[], size: number): void {
  const random = createRandom(2026);
  // Every 20th unit is kept out of the memory, to be asked for.
  const heldOut = all.filter((_, at) => at % 20 === 19);
  const units = all.filter((_, at) => at % 20 !== 19).slice(0, size);
  const queries = Array.from({ length: 1000 }, (_, at) =>
    at % 2 === 0 ? disturb(units[random(units.length)] ?? "", random) : (heldOut[random(heldOut.length)] ?? ""),
  );
  globalThis.gc?.();
  const begin = readClock();
  const index = createMemoryIndex(units.map((source) => ({ source })));
  const built = readClock() - begin;
  for (const query of queries.slice(0, 200)) index.search(query, { threshold: THRESHOLD, limit: LIMIT });
  const found: MemoryHit[][] = [];
  const runs = Array.from({ length: RUNS }, () =>
    queries.map((query, at) => {
      const start = performance.now();
      found[at] = index.search(query, { threshold: THRESHOLD, limit: LIMIT });
      return performance.now() - start;
    }),
  );
  // The median of a query's runs: other work on the machine interrupts one of them, seldom two.
  const times = queries.map((_, at) => percentile(runs.map((run) => run[at] ?? 0).sort(ascending), 0.5)).sort(ascending);
  const scan = createScan(units);
  const asked = Math.max(25, Math.min(queries.length, Math.floor(20_000_000 / units.length)));
  const step = Math.floor(queries.length / asked);
  let compared = 0;
  let equal = 0;
  const start = readClock();
  for (let at = 0; at < queries.length; at += step) {
    compared++;
    if (JSON.stringify(scan(queries[at] ?? "")) === JSON.stringify(found[at])) equal++;
  }
  const scanned = (readClock() - start) / compared;
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(3));
  print(
    `${units.length} units: built in ${(built / 1000).toFixed(2)} s, index ${(index.byteLength / 2 ** 20).toFixed(0)} MB; ` +
      `top ${LIMIT} at ${THRESHOLD} %: p50 ${p50} ms, p95 ${p95}, p99 ${p99}, worst ${(times.at(-1) ?? 0).toFixed(2)}; ` +
      `equal to the scan ${equal} of ${compared}; scan ${scanned.toFixed(2)} ms a query`,
  );
}

export async function benchMemory(print: (line: string) => void, options: { readonly size?: number } = {}): Promise<void> {
  const corpus = readUnits(false);
  if (!corpus) print(`no ${CORPUS}: invented sentences instead, which share more of their wording than real ones`);
  const units = corpus ?? makeSentences(106_000, createRandom(7));
  for (const size of options.size ? [options.size] : [10_000, 95_000]) benchSize(print, units, size);
  if (!process.argv.includes("--large") && !process.env.DINGYI_BENCH_LARGE) return Promise.resolve();
  benchSize(print, readUnits(true) ?? makeSentences(1_050_000, createRandom(8)), 1_000_000);
  print(`process at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, the texts as strings and the scan's among it`);
  return Promise.resolve();
}

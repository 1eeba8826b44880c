/**
 * The concordance at 1,000,000 units (944,272 real Chinese sentences and 100,000 real pairs, English repeated): time to take
 * in, space, and each search with the ordering of what it found, beside a plain look at every search form; invented
 * sentences without the corpus. Analysis: 10,000
 * sentences against 100,000 units.
 */
import { countBands, judgeInside } from "../src/memory/analyse-segments.ts";
import { arrangeHits } from "../src/memory/arrange-hits.ts";
import { findBestMatch } from "../src/memory/best-match.ts";
import { Concordance } from "../src/memory/concordance.ts";
import { toSearchUnits } from "../src/memory/find-spans.ts";
import { createMemoryIndex, finishNow } from "../src/memory/memory-index.ts";
import { readSentences } from "./memory-sets.ts";

const UNITS = 1_000_000;
const ASKED = ["国", "的", "防汛", "席卷全球的禽流感", "e", "the", "targeted", "poverty alleviation"];
const NEAR = ["席卷全球的禽流感", "poverty alleviation", "targeted poverty alleviation"];
const RUNS = 5;

/** Processor time: figures of a busy machine are comparable then. */
function measure<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, value };
}

function median(work: () => number): string {
  const times = Array.from({ length: RUNS }, () => measure(work).ms).sort((one, other) => one - other);
  return `${(times[RUNS >> 1] ?? 0).toFixed(1)} ms`;
}

async function readAll(name: "pairs" | "english" | "large"): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const sentence of readSentences(name)) all.push(sentence);
  return all;
}

export async function benchConcordance(print: (line: string) => void): Promise<void> {
  const chinese = await readAll("pairs");
  const english = await readAll("english");
  const sentences = await readAll("large");
  const unitAt = (at: number) => ({
    source: chinese[at] ?? sentences[at - chinese.length] ?? "",
    target: english[at % english.length] ?? "",
  });
  const concordance = new Concordance();
  const { ms } = measure(() => {
    for (let at = 0; at < UNITS; at++) {
      concordance.add({ ...unitAt(at), memoryId: "m", position: at + 1, document: String(at % 3000), state: "translated" });
    }
  });
  print(`${UNITS} units: taken in in ${(ms / 1000).toFixed(1)} s, ${(concordance.byteLength / 1e6).toFixed(0)} MB`);
  const forms = Array.from({ length: UNITS }, (_, at) => {
    const { source, target } = unitAt(at);
    return [toSearchUnits(source), toSearchUnits(target)] as const;
  });
  for (const asked of ASKED) {
    const search = () => {
      const hits = { sides: new Uint8Array(concordance.count) };
      for (const step = concordance.search(asked, "both", hits); !step.next().done;);
      return hits;
    };
    const list = (hits: ReturnType<typeof search>) =>
      finishNow(arrangeHits(concordance, hits, { filter: {}, order: "relevance", memoryOrder: ["m"] })).numbers.length;
    const hits = search();
    const slowly = median(() => forms.filter(([source, target]) => source.includes(asked) || target.includes(asked)).length);
    print(
      `${asked}: ${list(hits)} units; search ${median(() => search().sides.length)}, order ${median(() => list(hits))}; twin ${slowly}`,
    );
  }
  for (const asked of NEAR) {
    const hits = { sides: new Uint8Array(concordance.count), distances: new Uint8Array(concordance.count) };
    const { ms } = measure(() => {
      for (const step = concordance.searchNear(asked, "both", hits); !step.next().done;);
    });
    print(`near ${asked}: ${hits.sides.filter((side) => side > 0).length} units, ${ms.toFixed(0)} ms`);
  }
  benchAnalysis(print, chinese, sentences);
}

function benchAnalysis(print: (line: string) => void, chinese: readonly string[], sentences: readonly string[]): void {
  const units = chinese.map((source) => ({ source, sourceLanguage: "zh" }));
  const segments = sentences
    .filter((_, at) => at % 94 === 0)
    .slice(0, 10_000)
    .map((text) => ({ text }));
  const texts = [{ name: "sentences", language: "zh", segments }];
  const index = createMemoryIndex(units);
  const { ms, value } = measure(() => {
    const inside = finishNow(judgeInside(texts, { isInternalCounted: true }));
    const matches = segments.map(({ text }) =>
      findBestMatch(text, { index, unitAt: (at) => units[at], threshold: 50, previous: undefined, next: undefined }),
    );
    return countBands(texts, { inside, matches: [matches] });
  });
  const { segments: count, words } = value.total.total;
  print(`analysis: ${count} segments (${words} words) against ${units.length} units in ${(ms / 1000).toFixed(1)} s`);
}

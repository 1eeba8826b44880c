/**
 * A process with nothing in it but the aligner and its lexicon: time and memory of a long text. Started by the
 * alignment bench, with the folder that holds the lexicon as it was built:
 *
 *   node bin/node24.mjs bench/alignment-process.ts CACHE
 *
 * Prints one line of JSON.
 */
import { existsSync, readFileSync } from "node:fs";
import { alignTexts } from "../src/alignment/align.ts";
import type { AlignmentText } from "../src/model/alignment.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { readAlignmentSet } from "./alignment-sets.ts";

export type LongTextFigures = {
  readonly source: number;
  readonly target: number;
  readonly beads: number;
  /** Seconds: as they pass, and of the processor in all threads. */
  readonly wall: number;
  readonly processor: number;
  /** Megabytes: with the lexicon loaded, and the most of the process. */
  readonly before: number;
  readonly most: number;
};

/** The development set one time after another until a side has so many sentences. */
const LONG_TEXT = 10_000;

/** Of this process alone; getrusage begins with what the process had that started this one. */
function readMost(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024;
}

const [cacheFolder] = process.argv.slice(2);
const lexicon = await loadDictionary(cacheFolder === undefined ? {} : { cacheFolder });
const [file] = readAlignmentSet("bible");
if (file) {
  const times = Math.ceil(LONG_TEXT / file.source.segments.length);
  const repeat = (text: AlignmentText): AlignmentText => ({
    language: text.language,
    segments: Array.from({ length: times }, () => text.segments).flat(),
  });
  const [source, target] = [repeat(file.source), repeat(file.target)];
  const before = readMost();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const beads = alignTexts(source, target, { lexicon });
  const { user, system } = process.cpuUsage(cpu);
  const figures: LongTextFigures = {
    source: source.segments.length,
    target: target.segments.length,
    beads: beads.length,
    wall: (performance.now() - start) / 1000,
    processor: (user + system) / 1e6,
    before,
    most: readMost(),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

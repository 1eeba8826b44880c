/**
 * Sentence alignment on the development sets: strict precision, recall and F1 (bible with beads of one verse joined, as
 * its publisher does), time and memory; length alone (Gale and Church) beside it; and a long invented text.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { alignTexts } from "../src/alignment/align.ts";
import type { Bead } from "../src/model/alignment.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { alignByLength } from "../test/alignment/gale-church.ts";
import { benchElsewhere } from "./alignment-elsewhere.ts";
import type { LongTextFigures } from "./alignment-process.ts";
import { addScores, measureScore, readAlignmentSet, scoreBeads } from "./alignment-sets.ts";
import type { AlignmentFile, Score, SetName } from "./alignment-sets.ts";

type Print = (line: string) => void;

const SETS: readonly SetName[] = ["pol", "aca", "mag", "mac", "bible"];
const percent = (share: number): string => share.toFixed(4).replace(/^0/u, "");

type Method = { readonly name: string; readonly align: (file: AlignmentFile) => readonly Pick<Bead, "source" | "target">[] };

export async function benchAlignment(print: Print): Promise<void> {
  const start = performance.now();
  const cacheFolder = mkdtempSync(join(tmpdir(), "dingyi-lexicon-"));
  const lexicon = await loadDictionary({ cacheFolder });
  print(`lexicon built from CC-CEDICT: ${lexicon.headwords.size} headwords, ${seconds(start)} s (kept on disk afterwards)`);
  const levels = LEVELS.map((least) => ({ least, beads: 0, right: 0, sum: 0 }));
  const methods: readonly Method[] = [
    {
      name: "dingyi",
      align: (file) => {
        const beads = alignTexts(file.source, file.target, { lexicon });
        if (!file.verses) countLevels(file, beads, levels);
        return beads;
      },
    },
    { name: "dingyi without a lexicon", align: (file) => alignTexts(file.source, file.target) },
    { name: "length alone (Gale and Church)", align: (file) => alignByLength(file.source, file.target) },
  ];
  const pooled = new Map<string, Score[]>();
  const add = (name: string, set: SetName, scores: readonly Score[]): void => {
    if (set !== "mac" && set !== "bible") pooled.set(name, [...(pooled.get(name) ?? []), ...scores]);
  };
  print("strict P, R, F1: identical beads, null beads counted on both sides; open F1: null beads of the gold left out of R,");
  print("as vecalign's score does; lax F1: an overlap on both sides is enough. Weights of the product: they have seen pol, aca,");
  print("mag and mac; fold by fold: node bin/node24.mjs bench/fit-alignment.ts > /dev/null");
  print("set    method                           P      R      F1     open   lax    seconds");
  for (const set of SETS) {
    const files = readAlignmentSet(set);
    if (files.length === 0) {
      print(`${set}: left out, ../shared/corpus/align-${set}-dev is missing`);
      continue;
    }
    for (const method of methods) add(method.name, set, printScore(print, set, { method, files }));
  }
  for (const [name, scores] of pooled) print(formatScore("pooled", `${name}, pol + aca + mag`, addScores(scores)));
  print("confidence from   beads   mean   right   (pol, aca, mag, mac)");
  for (const { least, beads, right, sum } of levels)
    print(
      `${percent(least).padEnd(17)} ${String(beads).padEnd(7)} ${percent(sum / Math.max(1, beads))}  ${percent(right / Math.max(1, beads))}`,
    );
  benchElsewhere(print, lexicon);
  benchLength(print, cacheFolder);
  rmSync(cacheFolder, { recursive: true });
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function printScore(
  print: Print,
  set: string,
  { method, files }: { method: Method; files: readonly AlignmentFile[] },
): readonly Score[] {
  const before = process.cpuUsage();
  const scores: Score[] = files.map((file) => scoreBeads(file, method.align(file)));
  const used = process.cpuUsage(before);
  print(`${formatScore(set, method.name, addScores(scores))}  ${((used.user + used.system) / 1e6).toFixed(1)}`);
  return scores;
}

function formatScore(set: string, name: string, score: Score): string {
  const { precision, recall, f1, openF1, laxF1 } = measureScore(score);
  return `${set.padEnd(6)} ${name.padEnd(32)} ${[precision, recall, f1, openF1, laxF1].map(percent).join("  ")}`;
}

const LEVELS = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
type Level = { readonly least: number; beads: number; right: number; sum: number };

function countLevels(file: AlignmentFile, beads: readonly Bead[], levels: readonly Level[]): void {
  levels.forEach((level, at) => {
    const most = levels[at + 1]?.least ?? Infinity;
    const own = beads.filter((bead) => bead.confidence >= level.least && bead.confidence < most);
    level.beads += own.length;
    level.sum += own.reduce((sum, bead) => sum + bead.confidence, 0);
    level.right += scoreBeads(file, own).hits;
  });
}

/** In a process of its own, so that time and memory are the aligner's alone. */
function benchLength(print: Print, cacheFolder: string): void {
  const script = fileURLToPath(new URL("alignment-process.ts", import.meta.url));
  const line = execFileSync(process.execPath, [script, cacheFolder], { encoding: "utf8" });
  if (line === "") return;
  const found = JSON.parse(line) as LongTextFigures;
  print(
    `${found.source} × ${found.target} sentences in a process of their own: ${found.beads} beads, ${found.processor.toFixed(1)} s of processor time (${found.wall.toFixed(1)} s), at most ${found.most.toFixed(0)} MB (${found.before.toFixed(0)} MB with the lexicon loaded)`,
  );
}

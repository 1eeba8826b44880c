/**
 * Sentence alignment on the development sets: strict precision, recall and F1 (bible with beads of one verse joined, as
 * its publisher does), time and memory; length alone (Gale and Church) beside it; and a long invented text.
 */
import { alignTexts } from "../src/alignment/align.ts";
import type { AlignmentText, Bead } from "../src/model/alignment.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { alignByLength } from "../test/alignment/gale-church.ts";
import { addScores, measureScore, readAlignmentSet, scoreBeads } from "./alignment-sets.ts";
import type { AlignmentFile, Score, SetName } from "./alignment-sets.ts";

type Print = (line: string) => void;

const SETS: readonly SetName[] = ["pol", "aca", "mag", "mac", "bible"];
const percent = (share: number): string => share.toFixed(4).replace(/^0/u, "");

type Method = { readonly name: string; readonly align: (file: AlignmentFile) => readonly Pick<Bead, "source" | "target">[] };

export async function benchAlignment(print: Print): Promise<void> {
  const start = performance.now();
  const lexicon = await loadDictionary();
  print(`lexicon built from CC-CEDICT: ${lexicon.headwords.size} headwords, ${seconds(start)} s (kept on disk afterwards)`);
  const confident = { right: 0, all: 0, beads: 0 };
  const methods: readonly Method[] = [
    {
      name: "dingyi",
      align: (file) => {
        const beads = alignTexts(file.source, file.target, { lexicon });
        if (!file.verses) countConfident(file, beads, confident);
        return beads;
      },
    },
    { name: "dingyi without a lexicon", align: (file) => alignTexts(file.source, file.target) },
    { name: "length alone (Gale and Church)", align: (file) => alignByLength(file.source, file.target) },
  ];
  print("set    method                           P      R      F1     seconds");
  for (const set of SETS) {
    const files = readAlignmentSet(set);
    if (files.length === 0) {
      print(`${set}: left out, ../shared/corpus/align-${set}-dev is missing`);
      continue;
    }
    for (const method of methods) printScore(print, set, { method, files });
  }
  print(
    `beads of pol, aca, mag, mac at confidence ≥ .95: ${confident.all} of ${confident.beads}, right ${percent(confident.right / Math.max(1, confident.all))}`,
  );
  benchLength(print, lexicon);
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function printScore(print: Print, set: string, { method, files }: { method: Method; files: readonly AlignmentFile[] }): void {
  const start = performance.now();
  const scores: Score[] = files.map((file) => scoreBeads(file, method.align(file)));
  const time = seconds(start);
  const { precision, recall, f1 } = measureScore(addScores(scores));
  print(`${set.padEnd(6)} ${method.name.padEnd(32)} ${percent(precision)}  ${percent(recall)}  ${percent(f1)}  ${time}`);
}

function countConfident(
  file: AlignmentFile,
  beads: readonly Bead[],
  counts: { right: number; all: number; beads: number },
): void {
  const sure = beads.filter((bead) => bead.confidence >= 0.95);
  counts.right += scoreBeads(file, sure).hits;
  counts.all += sure.length;
  counts.beads += beads.length;
}

/** The development sets one after another, again and again, until a side has so many sentences. */
const LONG_TEXT = 10_000;

function benchLength(print: Print, lexicon: Awaited<ReturnType<typeof loadDictionary>>): void {
  const [file] = readAlignmentSet("bible");
  if (!file) return;
  const repeat = (text: AlignmentText, times: number): AlignmentText => ({
    language: text.language,
    segments: Array.from({ length: times }, () => text.segments).flat(),
  });
  const times = Math.ceil(LONG_TEXT / file.source.segments.length);
  const source = repeat(file.source, times);
  const target = repeat(file.target, times);
  const start = performance.now();
  const before = process.cpuUsage();
  const beads = alignTexts(source, target, { lexicon });
  const used = process.cpuUsage(before);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  print(
    `${source.segments.length} × ${target.segments.length} sentences: ${beads.length} beads, ${seconds(start)} s (${((used.user + used.system) / 1e6).toFixed(1)} s of processor time), at most ${memory} MB in the whole process`,
  );
}

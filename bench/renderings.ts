/**
 * Renderings of listed terms, leaving one year out (RENDERINGS): how often the first, and one of the first three, is a
 * listed one, beside association alone; how often a confidence is right; time and memory; and what is proposed for
 * formulations in speeches, which no list covers: for a person to judge.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AlignedUnit } from "../src/model/rendering.ts";
import { proposeRenderings } from "../src/renderings/propose-renderings.ts";
import { buildRenderingIndex } from "../src/renderings/rendering-index.ts";
import type { Lexicon } from "../src/alignment/lexicon.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { cutIntoSentences } from "../src/workflow/renderings-task.ts";
import { readAlignmentSet } from "./alignment-sets.ts";
import { createBaseline } from "./rendering-baselines.ts";
import { readExamples } from "./rendering-examples.ts";
import type { Example } from "./rendering-examples.ts";
import { calibrateHeldOut, scoreHeldOut } from "./rendering-folds.ts";
import { FORMULATIONS } from "./rendering-formulations.ts";
import { placeOf, printCalibration, printHits } from "./rendering-report.ts";
import { isAccepted, readRenderingSets } from "./rendering-sets.ts";

type Print = (line: string) => void;

const seconds = (start: number): string => ((performance.now() - start) / 1000).toFixed(1);
const megabytes = (): string => `at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB in the whole process`;

export async function benchRenderings(print: Print): Promise<void> {
  const lexicon = await loadDictionary();
  benchSpeeches(print, lexicon);
  benchTime(print, lexicon);
  benchLarge(print, lexicon);
  benchLists(print, lexicon);
}

function benchLists(print: Print, lexicon: Lexicon): void {
  const sets = readRenderingSets();
  if (sets.length === 0) {
    print("lists: left out, ../shared/corpus/wmt25-term-dev is missing");
    return;
  }
  const years = sets.map((set) => readExamples(set, lexicon));
  print(`${sets.length} years, leaving one out; first / first three by units that hold the term (terms)`);
  const scored = calibrateHeldOut(scoreHeldOut(years));
  printHits(
    print,
    "dingyi",
    scored.map((entry) => ({ units: entry.example.heldBy, place: placeOf(entry) })),
  );
  const twins = sets.flatMap((set, year) => {
    const find = createBaseline(set.units);
    return (years[year] ?? []).map((example: Example) => {
      const accepted = set.gold.get(example.term) ?? [];
      const place = (texts: readonly string[]): number => texts.findIndex((text) => isAccepted(text, accepted));
      const { dice, logLikelihood } = find(example.term);
      return { units: example.heldBy, dice: place(dice), logLikelihood: place(logLikelihood) };
    });
  });
  printHits(
    print,
    "Dice",
    twins.map(({ units, dice }) => ({ units, place: dice })),
  );
  printHits(
    print,
    "log likelihood",
    twins.map(({ units, logLikelihood }) => ({ units, place: logLikelihood })),
  );
  printCalibration(print, scored);
}

/** 10,000 terms in four years as one project. */
function benchTime(print: Print, lexicon: Lexicon): void {
  const sets = readRenderingSets();
  if (sets.length === 0) return;
  let start = performance.now();
  const units = sets.flatMap((set) => set.units);
  const index = buildRenderingIndex(units, { lexicon, cutUnit: cutIntoSentences(lexicon) });
  print(`${units.length} units indexed in ${seconds(start)} s, ${megabytes()}`);
  const terms = sets
    .flatMap((set) => [...set.gold.keys()])
    .filter((term) => proposeRenderings(index, term, { limit: 1 }).units > 0);
  start = performance.now();
  const before = process.cpuUsage();
  for (let at = 0; at < 10_000; at++) proposeRenderings(index, terms[at % terms.length] ?? "");
  const used = process.cpuUsage(before);
  print(
    `10,000 terms that occur: ${seconds(start)} s (${((used.user + used.system) / 1e6).toFixed(1)} s of processor time), ${megabytes()}`,
  );
}

const MEMORY = join("..", "shared", "corpus", "jiyu-tm", "tm-100k.zh-en.tsv.gz");
const LARGE = 50_000;

function benchLarge(print: Print, lexicon: Lexicon): void {
  if (!existsSync(MEMORY)) {
    print(`${LARGE} units: left out, ../shared/corpus/jiyu-tm is missing`);
    return;
  }
  const units: AlignedUnit[] = gunzipSync(readFileSync(MEMORY))
    .toString("utf8")
    .split("\n")
    .slice(0, LARGE)
    .map((line, at) => {
      const [source = "", target = ""] = line.split("\t");
      return { id: String(at), source, target };
    });
  let start = performance.now();
  const index = buildRenderingIndex(units, { lexicon, cutUnit: cutIntoSentences(lexicon) });
  print(
    `${units.length} units (${index.chinese.kinds.length} tokens, ${index.english.links.length} words) indexed in ${seconds(start)} s, ${megabytes()}`,
  );
  const terms = [...lexicon.headwords.keys()].filter((word) => word.length >= 3).slice(0, 20_000);
  start = performance.now();
  let found = 0;
  for (const term of terms) {
    if (found >= 1000) break;
    if (proposeRenderings(index, term).units > 0) found++;
  }
  print(`${found} dictionary words that occur in them: ${seconds(start)} s`);
}

function benchSpeeches(print: Print, lexicon: Lexicon): void {
  const [file] = readAlignmentSet("pol");
  if (!file) {
    print("speeches: left out, ../shared/corpus/align-pol-dev is missing");
    return;
  }
  const textOf = (segments: readonly { readonly text: string }[], indices: string, glue: string): string =>
    (indices.match(/\d+/gu) ?? []).map((at) => segments[Number(at)]?.text ?? "").join(glue);
  const units = file.gold.map((bead, at): AlignedUnit => {
    const [source = "", target = ""] = bead.split(":");
    return {
      id: String(at),
      source: textOf(file.source.segments, source, ""),
      target: textOf(file.target.segments, target, " "),
    };
  });
  const index = buildRenderingIndex(units, { lexicon });
  print(`${FORMULATIONS.length} formulations in speeches (${units.length} gold beads): units, confidence, first three`);
  for (const term of FORMULATIONS) {
    const { proposals, units: held } = proposeRenderings(index, term, { limit: 3 });
    print(
      `  ${term} ${held} ${(proposals[0]?.confidence ?? 0).toFixed(2)} ${proposals.map(({ text, count }) => `${text} (${count})`).join(" | ")}`,
    );
  }
}

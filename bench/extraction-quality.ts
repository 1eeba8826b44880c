/**
 * Quality of the ranked list on the five raw sample files, beside the plain C-value list of the same texts; on demand
 * (`--ablation`) what each group of evidence is worth.
 */
import { findParents } from "../src/extraction/nesting.ts";
import { FITTED } from "../src/extraction/weights.ts";
import { extractFiles } from "../src/workflow/extract-files.ts";
import { readOfficialFiles } from "../test/extraction/gold.ts";
import {
  fitFolds,
  listFeatures,
  loadTrainingSets,
  measureList,
  measureOfficial,
  rankSet,
  readRows,
  reorder,
  summarize,
} from "./extraction-training.ts";
import type { Ranked } from "./extraction-training.ts";
import { prepareExtraction } from "../src/extraction/extract-formulations.ts";
import { readOfficialDocuments } from "./extraction-sets.ts";
import type { Row } from "./logistic.ts";

type Print = (line: string) => void;

const show = (share: number): string => share.toFixed(3);

export async function benchExtractionQuality(print: Print, options: { readonly ablation: boolean }): Promise<void> {
  const { extraction } = await extractFiles(readOfficialFiles());
  const list = measureList(extraction.formulations);
  const { measured } = list;
  print(`five sample files, raw (a third of the formulations is graded: 30 / 60 listed is good)`);
  print(`  ${summarize(list)}`);
  print(
    `  exactly as graded, A in 500 / 1000: reachable ${show(measured.recallExact(500, true))} / ${show(measured.recallExact(1000, true))}, ` +
      `all ${show(measured.recallExact(500, false))} / ${show(measured.recallExact(1000, false))}`,
  );
  print(
    `  counts, documents and dates equal: ${measured.equal.right} of ${measured.equal.found}; frames: ${extraction.frames.length}`,
  );
  print(`  C-value: ${summarize(await rankByCValue())} (nobody judged its list: precision is a lower bound)`);

  const sets = await loadTrainingSets();
  const lists = sets.map((set) => rankSet(set, FITTED));
  const [official] = lists;
  if (!official) return;
  const names = listFeatures(official);
  print(`  unseen, five folds over headwords: ${summarize(measureWithout({ lists, sets, names, official }, []))}`);
  if (!options.ablation) return;
  for (const [group, members] of Object.entries(EVIDENCE_GROUPS)) {
    const left = names.filter((name) => members.some((member) => name === member));
    print(`  unseen, without ${group}: ${summarize(measureWithout({ lists, sets, names, official }, left))}`);
  }
  const grouped = new Set(Object.values(EVIDENCE_GROUPS).flat());
  const rest = names.filter((name) => !grouped.has(name));
  if (rest.length > 0) print(`  in no group: ${rest.join(", ")}`);
}

type Material = {
  readonly lists: readonly Ranked[];
  readonly sets: Awaited<ReturnType<typeof loadTrainingSets>>;
  readonly names: readonly string[];
  readonly official: Ranked;
};

/** Fitted again without some of the evidence, and measured on headwords that the fit has not seen. */
function measureWithout({ lists, sets, names, official }: Material, left: readonly string[]) {
  const kept = names.filter((name) => !left.includes(name));
  const read = (wanted: readonly string[]): readonly (readonly Row[])[] =>
    lists.flatMap((list, i) => (sets[i] ? [readRows(list, sets[i], wanted)] : []));
  const rows = read(names);
  const folds = fitFolds(read(kept).flat(), kept);
  return measureOfficial(official, reorder(official, rows[0] ?? [], { from: { weights: FITTED, names }, to: folds }));
}

/** Evidence that stands and falls together. */
const EVIDENCE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  "the value (C-value with free sides)": ["value"],
  "counts and spread": ["independent", "count", "twice", "onceBare"],
  "nesting in better strings": ["never", "covered", "parentShare", "coreByLight", "coreByContent"],
  "free and content neighbours": ["leftEdges", "rightEdges", "leftContent", "rightContent", "alone"],
  "fixed neighbours": [
    "leftLargest",
    "rightLargest",
    "leftGrammar",
    "leftAdverb",
    "rightVerb",
    "leftFixed",
    "rightFixed",
    "leftPreposition",
    "leftLinks",
    "rightLinks",
    "verbLinks",
  ],
  "pieces of marked strings": ["insideQuoted", "insideTitle", "insideSeries", "insideName", "half"],
  "common words": ["generic", "genericFirst", "genericLast", "light", "lightPair", "grammar", "longGrammar"],
  "words and cohesion": ["verbFirst", "adverbFirst", "verbLast", "oneWord", "words", "coinage", "cohesion", "digits"],
  length: ["length", "two", "three", "long", "longer"],
  names: ["nameEnding", "name", "nameOnce", "institution", "institutionOnce"],
  "quotation marks and titles": [
    "quoted",
    "quotedOnce",
    "quotedLonger",
    "quotedTalk",
    "quotedNumeral",
    "title",
    "titleOnce",
    "lawTitle",
  ],
  "series, couplets, numerals, patterns": [
    "pause",
    "pauseOnce",
    "pauseOnceLong",
    "series",
    "couplet",
    "coupletOnce",
    "numeral",
    "parallel",
    "pattern",
    "idiom",
  ],
};

const TWIN_LENGTH = 2000;

/** The textbook: maximal repeats by log2 of the length times the count, less the mean count of what contains them. */
async function rankByCValue() {
  const prepared = prepareExtraction(await readOfficialDocuments(), {});
  const candidates = (prepared?.candidates ?? []).filter(({ distinct, length }) => distinct >= 2 && length >= 2);
  const counts = new Map(candidates.map(({ key, distinct }) => [key, distinct]));
  const parents = findParents(counts.keys(), counts.keys());
  const scored = candidates.map(({ key, distinct, length }) => {
    const longer = parents.get(key) ?? [];
    const nested = longer.reduce((sum, parent) => sum + (counts.get(parent) ?? 0), 0) / Math.max(1, longer.length);
    return { text: key, variants: [], score: Math.log2(length) * (distinct - nested) };
  });
  return measureList(scored.sort((one, other) => other.score - one.score).slice(0, TWIN_LENGTH));
}

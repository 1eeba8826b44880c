/** The development sets of ../shared/corpus for alignment, and the published way to score them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AlignmentText } from "../src/model/alignment.ts";

export type AlignmentFile = {
  readonly name: string;
  readonly source: AlignmentText;
  readonly target: AlignmentText;
  readonly gold: readonly string[];
  /** Verse of each line, where consecutive beads of one verse count as one. */
  readonly verses?: { readonly source: readonly string[]; readonly target: readonly string[] };
};

export type SetName = "pol" | "aca" | "mag" | "mac" | "bible";

const CORPUS = new URL("../../shared/corpus/", import.meta.url);

const readLines = (path: URL): readonly string[] => readFileSync(path, "utf8").replace(/\n$/u, "").split("\n");

const toText = (lines: readonly string[], language: string): AlignmentText => ({
  segments: lines.map((text) => ({ text, paragraph: 0 })),
  language,
});

/** The files of a set, or none where the corpus is missing. */
export function readAlignmentSet(set: SetName): readonly AlignmentFile[] {
  const folder = new URL(`align-${set}-dev/`, CORPUS);
  if (!existsSync(folder)) return [];
  if (set === "mac") {
    return readdirSync(new URL("gold/", folder))
      .sort()
      .map((file) => {
        const number = file.replace(".align", "");
        return {
          name: `mac ${number}`,
          source: toText(readLines(new URL(`zh/${number}.txt`, folder)), "zh"),
          target: toText(readLines(new URL(`en/${number}.txt`, folder)), "en"),
          gold: readLines(new URL(`gold/${file}`, folder)),
        };
      });
  }
  const zh = toText(readLines(new URL("zh.txt", folder)), "zh");
  const en = toText(readLines(new URL("en.txt", folder)), "en");
  // The published sets put the original first: English except for the political texts.
  const [source, target] = set === "pol" ? [zh, en] : [en, zh];
  const gold = readLines(new URL("gold.align", folder));
  if (set !== "bible") return [{ name: set, source, target, gold }];
  const verses = { source: readLines(new URL("en.verse", folder)), target: readLines(new URL("zh.verse", folder)) };
  return [{ name: set, source, target, gold, verses }];
}

type Pair = { readonly source: readonly number[]; readonly target: readonly number[] };

const formatPair = (pair: Pair): string => `[${pair.source.join(",")}]:[${pair.target.join(",")}]`;

/** The publisher joins consecutive beads of one verse before scoring. */
function joinVerses(beads: readonly Pair[], verses: NonNullable<AlignmentFile["verses"]>): readonly Pair[] {
  const verseOf = (bead: Pair): string | undefined => {
    const [source] = bead.source;
    const [target] = bead.target;
    return source !== undefined ? verses.source[source] : target !== undefined ? verses.target[target] : undefined;
  };
  const joined: Pair[] = [];
  for (const bead of beads) {
    const last = joined.at(-1);
    if (last && verseOf(last) !== undefined && verseOf(last) === verseOf(bead)) {
      joined[joined.length - 1] = { source: [...last.source, ...bead.source], target: [...last.target, ...bead.target] };
    } else joined.push(bead);
  }
  return joined;
}

export type Score = {
  readonly hits: number;
  readonly found: number;
  readonly gold: number;
  /** Of beads with sentences on both sides only. */
  readonly fullHits: number;
  readonly fullGold: number;
  /** Beads found that overlap a gold bead on both sides, and gold beads so met; null beads must be identical. */
  readonly laxHits: number;
  readonly laxGold: number;
};

/** Strict: a bead is a hit when the gold has the identical one; null beads count on both sides. */
export function scoreBeads(file: AlignmentFile, beads: readonly Pair[]): Score {
  const found = file.verses ? joinVerses(beads, file.verses) : beads;
  const gold = file.gold.map(parsePair);
  const known = new Set(gold.map(formatPair));
  const hits = found.filter((bead) => known.has(formatPair(bead)));
  return {
    hits: hits.length,
    found: found.length,
    gold: gold.length,
    fullHits: hits.filter(isFull).length,
    fullGold: gold.filter(isFull).length,
    laxHits: countMet(found, gold),
    laxGold: countMet(gold, found),
  };
}

const isFull = (pair: Pair): boolean => pair.source.length > 0 && pair.target.length > 0;

function parsePair(line: string): Pair {
  const [source = [], target = []] = line.split(":").map((side) => (side.match(/\d+/gu) ?? []).map(Number));
  return { source, target };
}

function countMet(beads: readonly Pair[], others: readonly Pair[]): number {
  const same = new Set(others.map(formatPair));
  const ownerOf = new Map(others.flatMap((other, at) => other.source.map((sentence) => [sentence, at] as const)));
  return beads.filter((bead) => {
    if (!isFull(bead)) return same.has(formatPair(bead));
    return bead.source.some((sentence) => {
      const owner = others[ownerOf.get(sentence) ?? -1];
      return owner?.target.some((target) => bead.target.includes(target)) ?? false;
    });
  }).length;
}

export function addScores(scores: readonly Score[]): Score {
  const sum = (key: keyof Score) => scores.reduce((total, score) => total + score[key], 0);
  return {
    hits: sum("hits"),
    found: sum("found"),
    gold: sum("gold"),
    fullHits: sum("fullHits"),
    fullGold: sum("fullGold"),
    laxHits: sum("laxHits"),
    laxGold: sum("laxGold"),
  };
}

/** `f1` counts null beads on both sides; `openF1` leaves those of the gold out of recall, as vecalign's own score does. */
export function measureScore(score: Score): {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly openF1: number;
  readonly laxF1: number;
} {
  const divide = (one: number, other: number): number => (other === 0 ? 0 : one / other);
  const mean = (one: number, other: number): number => divide(2 * one * other, one + other);
  const precision = divide(score.hits, score.found);
  const recall = divide(score.hits, score.gold);
  return {
    precision,
    recall,
    f1: mean(precision, recall),
    openF1: mean(precision, divide(score.fullHits, score.fullGold)),
    laxF1: mean(divide(score.laxHits, score.found), divide(score.laxGold, score.gold)),
  };
}

/**
 * Analysis: how much of a set of texts the memory knows already, in bands of match scores, as CAT tools count it for
 * quotations and plans.
 *
 * A segment is counted once, in the first of: locked (not to be translated, not in the total); in context (101) or exact
 * (100) in the memory; a repetition of an earlier segment of its file, or of an earlier file; a fuzzy match of the memory,
 * or, when it reaches a better band, of an earlier segment (internal); new. So do Trados and memoQ: a segment that the
 * memory has is no repetition. Which file comes first decides what repeats what. Bands by the whole percent that is
 * reached, after memoQ.
 * Method: what the set says of itself (`judgeInside`) and what the memory says are found apart and put together
 * (`countBands`), so that either can run where its data are.
 * Guarantee: the bands of a text sum up to its total; equal to measuring every pair (the test's slow twin).
 * Cost: a search a segment, with a stop after each.
 */
import type { LanguageTag } from "../model/span.ts";
import { countWords } from "../text/count-words.ts";
import { findBestMatch } from "./best-match.ts";
import type { BestMatch } from "./best-match.ts";
import { createMemoryIndex } from "./memory-index.ts";
import { tokensOf } from "./text-coder.ts";

export type AnalysedSegment = { readonly text: string; readonly isLocked?: boolean };

export type AnalysedText = {
  readonly name: string;
  readonly language: LanguageTag;
  readonly segments: readonly AnalysedSegment[];
};

export const FUZZY_BANDS = [95, 85, 75, 50] as const;
export type FuzzyBand = (typeof FUZZY_BANDS)[number];

/** In the order of a report. */
export const BANDS = [
  "locked",
  "icm",
  "exact",
  "repetition",
  "cross-file-repetition",
  "fuzzy-95",
  "fuzzy-85",
  "fuzzy-75",
  "fuzzy-50",
  "internal-95",
  "internal-85",
  "internal-75",
  "internal-50",
  "new",
] as const;
export type Band = (typeof BANDS)[number];

export type Amount = {
  readonly segments: number;
  readonly words: number;
  readonly characters: number;
  readonly asianCharacters: number;
  readonly otherWords: number;
};

export type TextAnalysis = {
  readonly name: string;
  readonly bands: Readonly<Record<Band, Amount>>;
  /** Without what is locked. */
  readonly total: Amount;
};

export type Analysis = { readonly texts: readonly TextAnalysis[]; readonly total: Omit<TextAnalysis, "name"> };

/** What the set says of itself: for each text, by segment. */
export type InsideJudgement = {
  readonly repeats: Uint8Array;
  /** The band of the best match among the segments before; 0 for none. */
  readonly internal: Uint8Array;
};

/** Values of `repeats`. */
const IN_SAME_FILE = 1;
const IN_EARLIER_FILE = 2;

export const LEAST_SCORE = 50;

export const NOTHING: Amount = { segments: 0, words: 0, characters: 0, asianCharacters: 0, otherWords: 0 };

type Counting = Record<Band, Amount>;

function startCounting(): Counting {
  return Object.fromEntries(BANDS.map((band) => [band, NOTHING])) as Counting;
}

export function addAmounts(one: Amount, other: Amount): Amount {
  return {
    segments: one.segments + other.segments,
    words: one.words + other.words,
    characters: one.characters + other.characters,
    asianCharacters: one.asianCharacters + other.asianCharacters,
    otherWords: one.otherWords + other.otherWords,
  };
}

function sumOf(bands: Readonly<Counting>): Amount {
  return BANDS.filter((band) => band !== "locked").reduce((sum, band) => addAmounts(sum, bands[band]), NOTHING);
}

/** The band that a score below 100 falls into; undefined below all. */
export function bandOf(score: number): FuzzyBand | undefined {
  const whole = Math.floor(score);
  return FUZZY_BANDS.find((least) => whole >= least);
}

/** Looks for repetitions and, if wanted, likeness among the texts themselves. */
export function* judgeInside(
  texts: readonly AnalysedText[],
  { isInternalCounted }: { readonly isInternalCounted: boolean },
): Generator<void, readonly InsideJudgement[]> {
  const judgements: InsideJudgement[] = [];
  /** Text -> the last file it stood in. */
  const seen = new Map<string, number>();
  const language = texts[0]?.language ?? "und";
  const index = createMemoryIndex([], { tokens: tokensOf(language) });
  const earlier: { readonly source: string; readonly sourceLanguage: LanguageTag }[] = [];
  const search = { index, unitAt: (at: number) => earlier[at], threshold: LEAST_SCORE, previous: undefined, next: undefined };
  for (const [file, { language: sourceLanguage, segments }] of texts.entries()) {
    const repeats = new Uint8Array(segments.length);
    const internal = new Uint8Array(segments.length);
    for (const [at, segment] of segments.entries()) {
      if (!isCounted(segment)) continue;
      const key = segment.text.normalize("NFC");
      const before = seen.get(key);
      seen.set(key, file);
      if (before !== undefined) repeats[at] = before === file ? IN_SAME_FILE : IN_EARLIER_FILE;
      else if (isInternalCounted) {
        internal[at] = bandOf(findBestMatch(segment.text, search)?.score ?? 0) ?? 0;
        index.add(segment.text);
        earlier.push({ source: segment.text, sourceLanguage });
      }
      yield;
    }
    judgements.push({ repeats, internal });
  }
  return judgements;
}

/** Blank segments are nothing to translate; locked ones are not to be. */
export function isCounted({ text, isLocked }: AnalysedSegment): boolean {
  return isLocked !== true && text.trim() !== "";
}

/** The best match of each segment in the memory, by text; undefined for those without one. */
export type MemoryMatches = readonly (readonly (BestMatch | undefined)[])[];

export function countBands(
  texts: readonly AnalysedText[],
  { inside, matches }: { readonly inside: readonly InsideJudgement[]; readonly matches?: MemoryMatches | undefined },
): Analysis {
  const analyses = texts.map(({ name, segments }, file): TextAnalysis => {
    const bands = startCounting();
    for (const [at, segment] of segments.entries()) {
      if (segment.text.trim() === "") continue;
      const repeats = inside[file]?.repeats[at] ?? 0;
      const internal = inside[file]?.internal[at] ?? 0;
      const band = segment.isLocked ? "locked" : chooseBand(matches?.[file]?.[at], repeats, internal);
      bands[band] = addAmounts(bands[band], { segments: 1, ...countWords(segment.text) });
    }
    return { name, bands, total: sumOf(bands) };
  });
  const bands = startCounting();
  for (const analysis of analyses) for (const band of BANDS) bands[band] = addAmounts(bands[band], analysis.bands[band]);
  return { texts: analyses, total: { bands, total: sumOf(bands) } };
}

function chooseBand(match: BestMatch | undefined, repeats: number, internal: number): Band {
  if (match && match.score >= 100) return match.kind === "icm" ? "icm" : "exact";
  if (repeats > 0) return repeats === IN_SAME_FILE ? "repetition" : "cross-file-repetition";
  const fuzzy = bandOf(match?.score ?? 0) ?? 0;
  if (internal > fuzzy) return `internal-${internal as FuzzyBand}`;
  return fuzzy === 0 ? "new" : `fuzzy-${fuzzy as FuzzyBand}`;
}

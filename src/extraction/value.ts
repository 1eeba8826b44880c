/**
 * The value of a candidate, after C-value: occurrences outside longer candidates, weighed with the freedom of both
 * sides, cohesion, documents and length. Marked strings have a floor, so that one occurrence can be enough.
 * Sources: docs/extraction.md, "Method".
 */
import type { Candidate, Material } from "./candidates.ts";
import type { Enclosure } from "./enclosure.ts";
import type { MarkKind } from "./marked.ts";
import type { Neighbourhood, Side } from "./neighbours.ts";
import { nextBegin, KIND } from "./words.ts";

export type Seen = {
  /** Neighbours outside longer candidates where there are enough, and those of all occurrences. */
  readonly around: Neighbourhood;
  readonly everywhere: Neighbourhood;
  readonly documents: number;
  readonly independent: number;
  readonly parents: number;
  /** Count of the most frequent longer accepted candidate that contains it, by its own count. */
  readonly parentShare: number;
  /** Count of an accepted candidate that is this one without its first or its last word, by its own count; the word decides which. */
  readonly coreByLight: number;
  readonly coreByContent: number;
  /** Share of the occurrences that hold one fixed part of a frame without the other. */
  readonly halfShare: number;
  /** Shares of the occurrences that are pieces of something marked. */
  readonly enclosure: Enclosure;
  /** Texts over which it is spread: documents, or stretches of the one document there is. */
  readonly texts: number;
};

export type Composed = Composition & { readonly seriesLikeness: number; readonly cohesion: number };

export function weighValue(candidate: Candidate, known: Seen & Composed): number {
  const { around, everywhere, texts, independent, parents } = known;
  const { key, distinct } = candidate;
  const isSeries = key.includes("、");
  const quality =
    measureSides(around) *
    weighFollower(everywhere, distinct) *
    weighLargest(Math.max(everywhere.before.largest, everywhere.after.largest)) *
    (known.halfShare > 0.5 ? 0.2 : 1) *
    (isSeries
      ? (0.55 + 0.75 * known.seriesLikeness) * (Math.max(around.before.pauses, around.after.pauses) >= 0.5 ? 0.3 : 1)
      : 1) *
    Math.min(1.15, Math.max(0.25, known.cohesion / 8)) *
    (known.genericShare >= 1 ? 0.12 : known.genericShare >= 0.5 ? 0.5 : 1) *
    (known.hasPronoun ? 0.5 : 1) *
    (distinct <= 2 ? 0.72 : 1);
  const raw =
    Math.log2(1 + independent + 0.5 * Math.min(parents, distinct - independent)) *
    quality *
    (texts > 1 ? 1 + 0.35 * Math.log2(texts) : 0.55) *
    weighLength(candidate.length);
  const floor = findFloor(candidate, known.seriesLikeness);
  return Math.max(raw, floor) + 0.4 * Math.min(raw, floor);
}

/** A mark tells when it stands at a fair part of the occurrences, not at one by chance. */
export function hasMark({ marks, distinct }: Candidate, kind: MarkKind): boolean {
  const count = marks.get(kind) ?? 0;
  return kind === "glossary" ? count > 0 : count > 0 && count * 3 >= distinct;
}

function measureSides({ before, after, onBoundary }: Neighbourhood): number {
  const side = ({ free, entropy, largest }: Side): number => {
    const freedom = 0.2 + 0.8 * Math.min(1, 1.15 * free + (1 - free) * Math.min(1, entropy / 1.8));
    return freedom * (largest >= 0.85 ? 0.05 : largest >= 0.7 ? 0.45 : largest >= 0.6 ? 0.75 : 1);
  };
  const edges = 0.7 + 0.3 * Math.min(1, (before.edges + after.edges) / 1.2);
  return side(before) * side(after) * edges * Math.min(1, 1.2 * onBoundary) ** 2;
}

/** One verb always behind, or one adverb always in front, belongs to the wording: 党中央决策|部署, 全面|建成小康社会. */
function weighFollower({ before, after }: Neighbourhood, distinct: number): number {
  if (distinct < 3) return 1;
  return (after.largestFree >= 0.8 ? 0.3 : after.largestFree >= 0.6 ? 0.6 : 1) * (before.largestAdverb >= 0.8 ? 0.5 : 1);
}

/** Nearly always beside the same word: mostly a piece of something longer, whatever it does elsewhere. */
function weighLargest(largest: number): number {
  return largest >= 0.85 ? 0.2 : largest >= 0.7 ? 0.6 : 1;
}

function weighLength(length: number): number {
  if (length <= 2) return 0.25;
  if (length === 3) return 0.55;
  return Math.min(1.35, 1 + 0.05 * (length - 4)) * (length > 26 ? 0.6 : 1);
}

function findFloor(candidate: Candidate, seriesLikeness: number): number {
  const { marks, key } = candidate;
  let floor = 0;
  if (hasMark(candidate, "quoted")) floor = Math.max(floor, 1.25);
  if (hasMark(candidate, "numeral")) floor = Math.max(floor, 1);
  if (hasMark(candidate, "couplet")) floor = Math.max(floor, 1.1);
  if (hasMark(candidate, "title")) floor = Math.max(floor, 0.95);
  if (hasMark(candidate, "institution")) floor = Math.max(floor, 0.9);
  if (hasMark(candidate, "parallel")) floor = Math.max(floor, 0.85);
  if (hasMark(candidate, "idiom")) floor = Math.max(floor, 0.4);
  if (hasMark(candidate, "glossary")) floor = Math.max(floor, 1);
  if (marks.has("series") && key.includes("、"))
    floor = Math.max(floor, 0.5 + 0.8 * seriesLikeness + 0.12 * (marks.get("series") ?? 0));
  return floor;
}

export type Composition = {
  readonly wordCount: number;
  readonly lightShare: number;
  /** A verb stands inside, not at the beginning. */
  readonly hasVerbInside: boolean;
  readonly genericShare: number;
  readonly hasPronoun: boolean;
  readonly hasGrammar: boolean;
};

export function readComposition({ words }: Material, { start, length }: Candidate): Composition {
  let wordCount = 0;
  let generic = 0;
  let light = 0;
  let hasVerbInside = false;
  let hasPronoun = false;
  let hasGrammar = false;
  for (let at = start; at < start + length; at = nextBegin(words.begins, at)) {
    const kind = words.kinds[words.typeAt[at] ?? 0] ?? 0;
    if ((kind & KIND.mark) !== 0) continue;
    wordCount++;
    if ((kind & (KIND.generic | KIND.grammar)) !== 0) generic++;
    if ((kind & (KIND.generic | KIND.grammar | KIND.light)) !== 0) light++;
    if (at > start && (kind & KIND.verb) !== 0) hasVerbInside = true;
    if ((kind & KIND.grammar) !== 0) hasGrammar = true;
    if ((kind & KIND.pronoun) !== 0) hasPronoun = true;
  }
  return {
    wordCount: Math.max(1, wordCount),
    genericShare: generic / Math.max(1, wordCount),
    lightShare: light / Math.max(1, wordCount),
    hasVerbInside,
    hasPronoun,
    hasGrammar,
  };
}

/** The least surprising split: log2 of how much more often the halves stand together than by chance. */
export function measureCohesion(material: Material, { start, length, distinct }: Candidate): number {
  if (length < 2) return 0;
  const { words } = material;
  let least = Infinity;
  for (let split = start + 1; split < start + length; split++) {
    if (words.begins[split] !== 1 && length > 2) continue;
    const left = Math.max(1, material.frequencyOf(start, split));
    const right = Math.max(1, material.frequencyOf(split, start + length));
    least = Math.min(least, Math.log2((distinct * material.size) / (left * right)));
  }
  return least === Infinity ? 10 : least;
}

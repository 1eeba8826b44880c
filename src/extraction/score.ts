/**
 * The rank of a candidate: a value after C-value (count outside longer candidates, length, freedom of both sides,
 * cohesion), put together with other evidence by a logistic sum.
 *
 * Formula and weights: EXTRACTION.md, section 2. The weights were fitted there on a development list; they are a
 * prior for official prose, not a truth: `bench/extraction.ts` prints the quality beside them.
 */
import type { Candidate, Material } from "./candidates.ts";
import type { Neighbourhood, Side } from "./neighbours.ts";
import { measureSeries } from "./series.ts";
import { INSTITUTION_ENDINGS, LAW_ENDINGS, PROGRAMME_ENDINGS, TITLE_ENDINGS } from "./word-lists.ts";
import { KIND, nextBegin } from "./words.ts";

export type Scored = {
  readonly candidate: Candidate;
  readonly around: Neighbourhood;
  readonly documents: number;
  /** Occurrences outside longer accepted candidates, and how many different ones contain it. */
  readonly independent: number;
  readonly parents: number;
  readonly cohesion: number;
  readonly wordCount: number;
  readonly genericShare: number;
  readonly seriesLikeness: number;
  readonly hasNameEnding: boolean;
  readonly value: number;
  readonly score: number;
};

export type Standing = { readonly independent: number; readonly parents: number };

export function scoreCandidate(
  material: Material,
  candidate: Candidate,
  seen: { around: Neighbourhood; documents: number } & Standing,
): Scored {
  const { around, documents, independent, parents } = seen;
  const { key, marks, distinct } = candidate;
  const composition = readComposition(material, candidate);
  const seriesLikeness = key.includes("、") ? measureSeries(key) : 0;
  const cohesion = measureCohesion(material, candidate);
  const quality =
    measureSides(around) *
    (key.includes("、")
      ? (0.55 + 0.75 * seriesLikeness) * (Math.max(around.before.pauses, around.after.pauses) >= 0.5 ? 0.3 : 1)
      : 1) *
    Math.min(1.15, Math.max(0.25, cohesion / 8)) *
    (composition.genericShare >= 1 ? 0.12 : composition.genericShare >= 0.5 ? 0.5 : 1) *
    (composition.hasPronoun ? 0.5 : 1) *
    (distinct <= 2 ? 0.72 : 1);
  const raw =
    Math.log2(1 + independent + 0.5 * Math.min(parents, distinct - independent)) *
    quality *
    (documents > 1 ? 1 + 0.35 * Math.log2(documents) : 0.55) *
    weighLength(candidate.length);
  const floor = findFloor(candidate, seriesLikeness);
  const value = Math.max(raw, floor) + 0.4 * Math.min(raw, floor);
  const hasNameEnding = endsWithName(key);
  const score =
    -4.3 +
    0.53 * Math.log2(Math.max(value, 0.02)) +
    0.91 * Math.log2(Math.max(1, documents)) +
    0.17 * Math.log2(1 + independent) +
    0.48 * Math.log2(candidate.length) +
    0.3 * Math.log2(composition.wordCount) -
    (candidate.length === 2 ? 2.6 : 0) -
    (candidate.length === 3 ? 1.8 : 0) -
    (distinct === 2 ? 0.5 : 0) +
    0.86 * around.after.edges -
    0.61 * around.before.entropy * (1 - around.before.free) -
    0.35 * around.after.entropy * (1 - around.after.free) +
    0.07 * Math.min(10, cohesion) -
    2.7 * composition.genericShare +
    (hasNameEnding ? 0.7 : 0) -
    (key.includes("、") ? 0.91 : 0) +
    0.79 * seriesLikeness * Math.min(3, marks.get("series") ?? 0) +
    (hasMark(candidate, "quoted") ? 3.5 : 0) +
    (hasMark(candidate, "numeral") ? 1.5 : 0) +
    (hasMark(candidate, "couplet") ? 0.8 : 0) +
    (hasMark(candidate, "title") ? 0.7 : 0) +
    (hasMark(candidate, "institution") ? 0.6 : 0) +
    (hasMark(candidate, "glossary") ? 2.4 : 0);
  return {
    candidate,
    around,
    documents,
    independent,
    parents,
    cohesion,
    ...composition,
    seriesLikeness,
    hasNameEnding,
    value,
    score,
  };
}

/** A mark tells when it stands at a fair part of the occurrences, not at one by chance. */
export function hasMark(
  { marks, distinct }: Candidate,
  kind: "quoted" | "title" | "series" | "numeral" | "parallel" | "couplet" | "institution" | "idiom" | "glossary",
): boolean {
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

type Composition = { readonly wordCount: number; readonly genericShare: number; readonly hasPronoun: boolean };

function readComposition({ words }: Material, { start, length }: Candidate): Composition {
  let wordCount = 0;
  let generic = 0;
  let hasPronoun = false;
  for (let at = start; at < start + length; at = nextBegin(words.begins, at)) {
    const kind = words.kinds[words.typeAt[at] ?? 0] ?? 0;
    if ((kind & KIND.mark) !== 0) continue;
    wordCount++;
    if ((kind & (KIND.generic | KIND.grammar)) !== 0) generic++;
    if ((kind & KIND.pronoun) !== 0) hasPronoun = true;
  }
  return { wordCount: Math.max(1, wordCount), genericShare: generic / Math.max(1, wordCount), hasPronoun };
}

/** The least surprising split: log2 of how much more often the halves stand together than by chance. */
function measureCohesion(material: Material, { start, length, distinct }: Candidate): number {
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

const NAME_ENDINGS = [...INSTITUTION_ENDINGS, ...TITLE_ENDINGS, ...PROGRAMME_ENDINGS, ...LAW_ENDINGS].filter(
  (ending) => ending.length > 1 || ending === "法",
);

function endsWithName(key: string): boolean {
  return NAME_ENDINGS.some((ending) => key.length > ending.length && key.endsWith(ending));
}

/**
 * What speaks for and against a bead, as numbers that a linear model weighs.
 *
 * Method (ALIGNMENT recipe, steps 3 and 5): the units of each side against the units of the other as a
 * log-likelihood ratio with a floor, summed over the bead, so that merged sentences need no normalising; the mass that
 * is explained and that is not; the worst member; length after Gale & Church (1993); marks, quotation, paragraphs.
 * Cost: O(units in the bead) per bead, without any look-up.
 */
import type { PairEvidence } from "./pair-evidence.ts";
import { END_MARKS } from "./surface.ts";
import type { Surface } from "./surface.ts";
import type { SideUnits } from "./units.ts";

export const FEATURES = [
  "type 0-1", "type 1-0", "type 1-1", "type 1-2", "type 2-1", "type 2-2", "type 1-3", "type 3-1", "type 1-4+", "type 4+-1", "type n-m",
  "extra sentences",
  "second explained", "first explained",
  "second covered", "second uncovered", "first covered", "first uncovered",
  "second mean", "first mean",
  "second weakest", "first weakest", "second strangers", "first strangers",
  "length ratio", "length difference", "null length", "null run",
  "questions", "exclamations", "quotes", "ellipses",
  "same stop", "same other mark", "different mark", "no mark",
  "opening both", "opening one", "closing both", "closing one", "quotation state",
  "second parts missing", "first parts missing",
  "shared unmatched",
  "paragraph both", "paragraph one", "paragraph inside",
] as const; // prettier-ignore

export type FeatureName = (typeof FEATURES)[number];

const AT = Object.fromEntries(FEATURES.map((name, at) => [name, at])) as Readonly<Record<FeatureName, number>>;

export type BeadShape = { readonly first: number; readonly second: number };

/** Larger groups are possible and dear: a translator who joins nine sentences is rare, but exists. */
export const BEAD_SHAPES: readonly BeadShape[] = [
  [0, 1], [1, 0], [1, 1], [1, 2], [2, 1], [2, 2], [1, 3], [3, 1], [2, 3], [3, 2], [1, 4], [4, 1], [2, 4], [4, 2], [3, 3],
  [1, 5], [5, 1], [3, 4], [4, 3], [1, 6], [6, 1], [2, 5], [5, 2], [4, 4], [1, 7], [7, 1], [1, 8], [8, 1], [1, 9], [9, 1],
].map(([first, second]) => ({ first: first ?? 0, second: second ?? 0 })); // prettier-ignore

/** Runs of sentences without counterpart, as one step each: an omitted passage is one event, not a hundred. */
export const NULL_RUNS: readonly BeadShape[] = [3, 6, 12, 24, 48].flatMap((length) => [
  { first: 0, second: length },
  { first: length, second: 0 },
]);

export const LONGEST_SIDE = Math.max(...BEAD_SHAPES.map((shape) => Math.max(shape.first, shape.second)));

export type BeadContext = {
  readonly first: { readonly units: SideUnits; readonly surface: Surface };
  readonly second: { readonly units: SideUnits; readonly surface: Surface };
  readonly pairs: PairEvidence;
  /** Characters of the second text for one of the first. */
  readonly lengthRatio: number;
  /** Both texts come in paragraphs. */
  readonly withParagraphs: boolean;
};

/** A ratio below this says the unit is not explained at all; it is also what an unexplained unit costs: log .4. */
const RATIO_FLOOR = 0.4;
/** A sentence of a group with less on average per unit has next to nothing to do with the other side. */
const STRANGER_MEAN = -0.25;
const COVERED_RATIO = 1.5;
const SCALE = 0.25;

/** Sentences i0..i1 of the first text with j0..j1 of the second; fills `out`, one number for each feature. */
export function readFeatures(
  context: BeadContext,
  bead: { i0: number; i1: number; j0: number; j1: number },
  out: Float64Array,
): void {
  out.fill(0);
  const { i0, i1, j0, j1 } = bead;
  const firstCount = i1 - i0;
  const secondCount = j1 - j0;
  out[typeIndex(firstCount, secondCount)] = 1;
  readParagraphs(context, bead, out);
  if (firstCount === 0 || secondCount === 0) {
    const lengths =
      firstCount === 0
        ? sumRange(context.second.surface.lengths, j0, j1) / context.lengthRatio
        : sumRange(context.first.surface.lengths, i0, i1);
    // Of the usual sentence: a run costs about as much as one sentence does.
    out[AT["null length"]] = Math.log(1 + lengths / (firstCount + secondCount)) - 3;
    if (firstCount + secondCount > 1) out[AT["null run"]] = 1;
    return;
  }
  out[AT["extra sentences"]] = firstCount + secondCount - 2;
  readSide({
    sums: context.pairs.forward,
    rows: [i0, i1],
    columns: [j0, j1],
    units: context.second.units,
    weights: context.pairs.secondUnitWeights,
    mass: context.pairs.firstMass,
    out,
    at: SECOND,
  });
  readSide({
    sums: context.pairs.backward,
    rows: [j0, j1],
    columns: [i0, i1],
    units: context.first.units,
    weights: context.pairs.firstUnitWeights,
    mass: context.pairs.secondMass,
    out,
    at: FIRST,
  });
  readLengths(context, bead, out);
  readMarks(context, bead, out);
}

function typeIndex(first: number, second: number): number {
  if (first === 0) return AT["type 0-1"];
  if (second === 0) return AT["type 1-0"];
  if (first === 1)
    return second === 1 ? AT["type 1-1"] : second === 2 ? AT["type 1-2"] : second === 3 ? AT["type 1-3"] : AT["type 1-4+"];
  if (second === 1) return first === 2 ? AT["type 2-1"] : first === 3 ? AT["type 3-1"] : AT["type 4+-1"];
  return first === 2 && second === 2 ? AT["type 2-2"] : AT["type n-m"];
}

type SideFeatures = {
  readonly explained: number;
  readonly covered: number;
  readonly uncovered: number;
  readonly strangers: number;
  readonly mean: number;
  readonly weakest: number;
};
const SECOND: SideFeatures = {
  explained: AT["second explained"],
  covered: AT["second covered"],
  uncovered: AT["second uncovered"],
  strangers: AT["second strangers"],
  mean: AT["second mean"],
  weakest: AT["second weakest"],
};
const FIRST: SideFeatures = {
  explained: AT["first explained"],
  covered: AT["first covered"],
  uncovered: AT["first uncovered"],
  strangers: AT["first strangers"],
  mean: AT["first mean"],
  weakest: AT["first weakest"],
};

type SideInput = {
  readonly sums: PairEvidence["forward"];
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
  readonly units: SideUnits;
  readonly weights: Float32Array;
  readonly mass: Float64Array;
  readonly out: Float64Array;
  readonly at: SideFeatures;
};

/** How well the units of the column sentences are explained by the row sentences together. */
function readSide({ sums, rows, columns, units, weights, mass, out, at }: SideInput): void {
  const { values, bases } = sums;
  const [row0, row1] = rows;
  const [column0, column1] = columns;
  const perMass = 1 / (sumRange(mass, row0, row1) + 1e-6);
  const base0 = bases[row0] ?? 0;
  let explained = 0;
  let covered = 0;
  let uncovered = 0;
  let weakest = Infinity;
  let strangers = 0;
  for (let column = column0; column < column1; column++) {
    let ownExplained = 0;
    let ownMass = 0;
    const end = units.starts[column + 1] ?? 0;
    for (let unit = units.starts[column] ?? 0; unit < end; unit++) {
      let sum = values[base0 + unit] ?? 0;
      for (let row = row0 + 1; row < row1; row++) sum += values[(bases[row] ?? 0) + unit] ?? 0;
      const ratio = RATIO_FLOOR + sum * perMass;
      const weight = weights[unit] ?? 0;
      ownExplained += weight * Math.log(ratio);
      ownMass += weight;
      if (ratio > COVERED_RATIO) covered += weight;
      else uncovered += weight;
    }
    explained += ownExplained;
    if (ownMass === 0) continue;
    weakest = Math.min(weakest, ownExplained / ownMass);
    if (column1 - column0 > 1 && ownExplained < STRANGER_MEAN * ownMass) strangers++;
  }
  out[at.explained] = explained * SCALE;
  out[at.covered] = covered * SCALE;
  out[at.uncovered] = uncovered * SCALE;
  out[at.strangers] = strangers;
  const total = covered + uncovered;
  out[at.mean] = total > 0 ? explained / total : 0;
  out[at.weakest] = column1 - column0 > 1 && weakest < Infinity ? Math.min(0.5, weakest) : 0;
}

function sumRange(values: Float64Array | Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ?? 0;
  return sum;
}

type BeadRange = { readonly i0: number; readonly i1: number; readonly j0: number; readonly j1: number };

function readLengths({ first, second, lengthRatio }: BeadContext, { i0, i1, j0, j1 }: BeadRange, out: Float64Array): void {
  const expected = sumRange(first.surface.lengths, i0, i1) * lengthRatio;
  const actual = sumRange(second.surface.lengths, j0, j1);
  const ratio = Math.log((actual + 6) / (expected + 6));
  out[AT["length ratio"]] = -ratio * ratio * Math.min(1, (actual + expected) / 60);
  out[AT["length difference"]] = -Math.min(12, (actual - expected) ** 2 / (3 * (actual + expected) + 30));
}

function readMarks({ first, second, pairs, ...context }: BeadContext, { i0, i1, j0, j1 }: BeadRange, out: Float64Array): void {
  const one = first.surface;
  const other = second.surface;
  const differ = (read: (surface: Surface) => Uint8Array): number =>
    -Math.min(4, Math.abs(sumRange(read(one), i0, i1) - sumRange(read(other), j0, j1)));
  out[AT["questions"]] = differ((surface) => surface.questions);
  out[AT["exclamations"]] = differ((surface) => surface.exclamations);
  out[AT["quotes"]] = differ((surface) => surface.quotes);
  out[AT["ellipses"]] = differ((surface) => surface.ellipses);
  const endOne = one.endMarks[i1 - 1] ?? 0;
  const endOther = other.endMarks[j1 - 1] ?? 0;
  if (endOne === END_MARKS.none && endOther === END_MARKS.none) out[AT["no mark"]] = 1;
  else if (endOne !== endOther) out[AT["different mark"]] = 1;
  else out[endOne === END_MARKS.stop ? AT["same stop"] : AT["same other mark"]] = 1;
  readBoth(out, { one: one.opensQuote[i0], other: other.opensQuote[j0], both: AT["opening both"], single: AT["opening one"] });
  readBoth(out, {
    one: one.closesQuote[i1 - 1],
    other: other.closesQuote[j1 - 1],
    both: AT["closing both"],
    single: AT["closing one"],
  });
  if (one.insideQuote[i1 - 1] !== other.insideQuote[j1 - 1]) out[AT["quotation state"]] = 1;
  // Where one sentence became several, it has as a rule as many clauses.
  if (i1 - i0 === 1) out[AT["second parts missing"]] = -Math.max(0, j1 - j0 - 1 - sumRange(one.clauseMarks, i0, i1));
  if (j1 - j0 === 1) out[AT["first parts missing"]] = -Math.max(0, i1 - i0 - 1 - sumRange(other.clauseMarks, j0, j1));
  out[AT["shared unmatched"]] = -countUnmatched({ first, second, pairs, ...context }, { i0, i1, j0, j1 });
}

function readBoth(
  out: Float64Array,
  marks: { one: number | undefined; other: number | undefined; both: number; single: number },
): void {
  if (marks.one === 1 && marks.other === 1) out[marks.both] = 1;
  else if (marks.one !== marks.other) out[marks.single] = 1;
}

/** Numbers, names and terms that the two texts share, but not here. */
function countUnmatched({ first, second, pairs }: BeadContext, { i0, i1, j0, j1 }: BeadRange): number {
  const count = (
    side: SideUnits,
    sums: PairEvidence["forward"],
    range: { from: number; to: number; row0: number; row1: number },
  ): number => {
    let missing = 0;
    for (let unit = side.starts[range.from] ?? 0; unit < (side.starts[range.to] ?? 0); unit++) {
      const kind = side.kinds[side.units[unit] ?? 0];
      if (kind?.shared === undefined) continue;
      let sum = 0;
      for (let row = range.row0; row < range.row1; row++) sum += sums.values[(sums.bases[row] ?? 0) + unit] ?? 0;
      if (sum === 0) missing++;
    }
    return missing;
  };
  return Math.min(
    6,
    count(first.units, pairs.backward, { from: i0, to: i1, row0: j0, row1: j1 }) +
      count(second.units, pairs.forward, { from: j0, to: j1, row0: i0, row1: i1 }),
  );
}

/** Does the bead end where paragraphs end, and does it run over the end of one? */
function readParagraphs({ first, second, withParagraphs }: BeadContext, { i0, i1, j0, j1 }: BeadRange, out: Float64Array): void {
  if (!withParagraphs) return;
  const one = endsParagraph(first.surface.paragraphs, i1);
  const other = endsParagraph(second.surface.paragraphs, j1);
  if (one && other) out[AT["paragraph both"]] = 1;
  // Inside an omitted paragraph the other text stands still, at the end of one of its own.
  else if (one !== other && i1 > i0 && j1 > j0) out[AT["paragraph one"]] = 1;
  out[AT["paragraph inside"]] =
    spanParagraphs(first.surface.paragraphs, i0, i1) + spanParagraphs(second.surface.paragraphs, j0, j1);
}

function endsParagraph(paragraphs: Uint32Array, end: number): boolean {
  return end === 0 || end === paragraphs.length || paragraphs[end - 1] !== paragraphs[end];
}

function spanParagraphs(paragraphs: Uint32Array, from: number, to: number): number {
  let crossed = 0;
  for (let at = from + 1; at < to; at++) if (paragraphs[at - 1] !== paragraphs[at]) crossed++;
  return crossed;
}

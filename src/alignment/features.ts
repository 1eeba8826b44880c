/**
 * What speaks for and against a bead, as numbers that a linear model weighs.
 *
 * Method: the units of each side against the units of the other as a
 * log-likelihood ratio with a floor, summed over the bead, so that merged sentences need no normalising; the mass that
 * is explained and that is not; the worst member; length after Gale & Church (1993); marks, quotation, paragraphs.
 * Cost: O(units in the bead) per bead, without any look-up.
 */
import type { BeadRange } from "./bead-shapes.ts";
import { CELL } from "./group-evidence.ts";
import type { GroupEvidence } from "./group-evidence.ts";
import { EDGE } from "./edge-evidence.ts";
import type { EdgeEvidence } from "./edge-evidence.ts";
import type { PairEvidence } from "./pair-evidence.ts";
import { END_MARKS } from "./surface.ts";
import type { Surface } from "./surface.ts";
import { countKind, LENGTH_FLOOR, readState } from "./text-habits.ts";
import type { PairRatios, TextHabits } from "./text-habits.ts";
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
  "second sentence edges", "first sentence edges", "second clause edges", "first clause edges",
  "paragraph both", "paragraph one", "paragraph inside",
  "mark habit", "quotation habit", "opening habit", "questions habit", "exclamations habit", "quotes habit", "ellipses habit",
  "length habit",
] as const; // prettier-ignore

/** The last ones come from habits alone. */
export const FIRST_HABIT = FEATURES.indexOf("mark habit");

export type FeatureName = (typeof FEATURES)[number];

const AT = Object.fromEntries(FEATURES.map((name, at) => [name, at])) as Readonly<Record<FeatureName, number>>;

export type BeadContext = {
  readonly first: { readonly units: SideUnits; readonly surface: Surface };
  readonly second: { readonly units: SideUnits; readonly surface: Surface };
  readonly pairs: PairEvidence;
  /** Characters of the second text for one of the first. */
  readonly lengthRatio: number;
  /** Both texts come in paragraphs. */
  readonly withParagraphs: boolean;
  /** What a first alignment says of marks and lengths in these very texts; takes the place of what holds for any text. */
  readonly habits?: TextHabits | undefined;
};

/** A sentence of a group with less on average per unit has next to nothing to do with the other side. */
const STRANGER_MEAN = -0.25;
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
  readEdges(context, bead, out);
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
  const secondMissing = readSide(context.pairs.second, { row0: i0, row1: i1, column0: j0, column1: j1 }, SECOND, out);
  const firstMissing = readSide(context.pairs.first, { row0: j0, row1: j1, column0: i0, column1: i1 }, FIRST, out);
  out[AT["shared unmatched"]] = -Math.min(6, secondMissing + firstMissing);
  readParts(context, bead, out);
  if (context.habits) readHabits(context, context.habits, { bead, out });
  else {
    readLengths(context, bead, out);
    readMarks(context, bead, out);
  }
}

function typeIndex(first: number, second: number): number {
  if (first === 0) return AT["type 0-1"];
  if (second === 0) return AT["type 1-0"];
  if (first === 1)
    return second === 1 ? AT["type 1-1"] : second === 2 ? AT["type 1-2"] : second === 3 ? AT["type 1-3"] : AT["type 1-4+"];
  if (second === 1) return first === 2 ? AT["type 2-1"] : first === 3 ? AT["type 3-1"] : AT["type 4+-1"];
  return first === 2 && second === 2 ? AT["type 2-2"] : AT["type n-m"];
}

/** Do the sentences, and the clauses, at the end of the bead belong to their own side of the boundary? */
function readEdges({ pairs, first, second }: BeadContext, { i1, j1 }: BeadRange, out: Float64Array): void {
  if (i1 === 0 || j1 === 0 || i1 === first.surface.lengths.length || j1 === second.surface.lengths.length) return;
  const forSecond = compareAcross(pairs.secondEdges, i1, j1);
  out[AT["second sentence edges"]] = forSecond.whole * SCALE;
  out[AT["second clause edges"]] = forSecond.clause * SCALE;
  const forFirst = compareAcross(pairs.firstEdges, j1, i1);
  out[AT["first sentence edges"]] = forFirst.whole * SCALE;
  out[AT["first clause edges"]] = forFirst.clause * SCALE;
}

const MOST_MARGIN = 5;
function compareAcross({ cells, find }: EdgeEvidence, row: number, column: number): { whole: number; clause: number } {
  const before = find(row - 1, column - 1);
  const beforeAcross = find(row, column - 1);
  const behind = find(row, column);
  const behindAcross = find(row - 1, column);
  if (before < 0 || beforeAcross < 0 || behind < 0 || behindAcross < 0) return { whole: 0, clause: 0 };
  const margin = (own: number, across: number, part: number): number =>
    Math.max(-MOST_MARGIN, Math.min(MOST_MARGIN, (cells[own + part] ?? 0) - (cells[across + part] ?? 0)));
  return {
    whole: margin(before, beforeAcross, EDGE.whole) + margin(behind, behindAcross, EDGE.whole),
    clause: margin(before, beforeAcross, EDGE.tail) + margin(behind, behindAcross, EDGE.head),
  };
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

type GroupRange = { readonly row0: number; readonly row1: number; readonly column0: number; readonly column1: number };

/** How well the column sentences are explained by the row sentences together; returns the shared units not found there. */
function readSide(
  group: GroupEvidence,
  { row0, row1, column0, column1 }: GroupRange,
  at: SideFeatures,
  out: Float64Array,
): number {
  const { cells, find } = group;
  const isGroup = column1 - column0 > 1;
  let explained = 0;
  let covered = 0;
  let mass = 0;
  let missing = 0;
  let weakest = Infinity;
  let strangers = 0;
  for (let column = column0; column < column1; column++) {
    const cell = find(row0, row1, column);
    const ownExplained = cells[cell] ?? 0;
    const ownMass = cells[cell + CELL.mass] ?? 0;
    explained += ownExplained;
    covered += cells[cell + CELL.covered] ?? 0;
    missing += cells[cell + CELL.missing] ?? 0;
    mass += ownMass;
    if (ownMass === 0) continue;
    weakest = Math.min(weakest, ownExplained / ownMass);
    if (isGroup && ownExplained < STRANGER_MEAN * ownMass) strangers++;
  }
  out[at.explained] = explained * SCALE;
  out[at.covered] = covered * SCALE;
  out[at.uncovered] = (mass - covered) * SCALE;
  out[at.strangers] = strangers;
  out[at.mean] = mass > 0 ? explained / mass : 0;
  out[at.weakest] = isGroup && weakest < Infinity ? Math.min(0.5, weakest) : 0;
  return missing;
}

function sumRange(values: Float64Array | Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at] ?? 0;
  return sum;
}

function readLengths({ first, second, lengthRatio }: BeadContext, { i0, i1, j0, j1 }: BeadRange, out: Float64Array): void {
  const expected = sumRange(first.surface.lengths, i0, i1) * lengthRatio;
  const actual = sumRange(second.surface.lengths, j0, j1);
  const ratio = Math.log((actual + 6) / (expected + 6));
  out[AT["length ratio"]] = -ratio * ratio * Math.min(1, (actual + expected) / 60);
  out[AT["length difference"]] = -Math.min(12, (actual - expected) ** 2 / (3 * (actual + expected) + 30));
}

function readMarks({ first, second }: BeadContext, bead: BeadRange, out: Float64Array): void {
  const { i0, i1, j0, j1 } = bead;
  const one = first.surface;
  const other = second.surface;
  out[AT["questions"]] = compareCounts(one.questions, other.questions, bead);
  out[AT["exclamations"]] = compareCounts(one.exclamations, other.exclamations, bead);
  out[AT["quotes"]] = compareCounts(one.quotes, other.quotes, bead);
  out[AT["ellipses"]] = compareCounts(one.ellipses, other.ellipses, bead);
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
}

/** Where one sentence became several, it has as a rule as many clauses. */
function readParts({ first, second }: BeadContext, { i0, i1, j0, j1 }: BeadRange, out: Float64Array): void {
  if (i1 - i0 === 1) out[AT["second parts missing"]] = -Math.max(0, j1 - j0 - 1 - sumRange(first.surface.clauseMarks, i0, i1));
  if (j1 - j0 === 1) out[AT["first parts missing"]] = -Math.max(0, i1 - i0 - 1 - sumRange(second.surface.clauseMarks, j0, j1));
}

/** Surfaces of the two texts. */
export type BeadSides = { readonly first: { readonly surface: Surface }; readonly second: { readonly surface: Surface } };
type HabitTarget = { readonly bead: BeadRange; readonly out: Float64Array };

export function readHabits({ first, second }: BeadSides, habits: TextHabits, { bead, out }: HabitTarget): void {
  const { i0, i1, j0, j1 } = bead;
  const one = first.surface;
  const other = second.surface;
  const look = ({ kinds, ratios }: PairRatios, kind: number, otherKind: number): number => ratios[kind * kinds + otherKind] ?? 0;
  if (i1 < one.lengths.length && j1 < other.lengths.length) {
    out[AT["mark habit"]] = look(habits.marks, one.endMarks[i1 - 1] ?? 0, other.endMarks[j1 - 1] ?? 0);
    out[AT["quotation habit"]] = look(habits.states, readState(one, i1 - 1), readState(other, j1 - 1));
    out[AT["opening habit"]] = look(habits.openings, one.opensQuote[i1] ?? 0, other.opensQuote[j1] ?? 0);
  }
  const count = (pairs: PairRatios, own: Uint8Array, across: Uint8Array): number =>
    look(pairs, countKind(own, i0, i1), countKind(across, j0, j1));
  out[AT["questions habit"]] = count(habits.questions, one.questions, other.questions);
  out[AT["exclamations habit"]] = count(habits.exclamations, one.exclamations, other.exclamations);
  out[AT["quotes habit"]] = count(habits.quotes, one.quotes, other.quotes);
  out[AT["ellipses habit"]] = count(habits.ellipses, one.ellipses, other.ellipses);
  const expected = sumRange(one.lengths, i0, i1) * habits.lengthRatio;
  const actual = sumRange(other.lengths, j0, j1);
  out[AT["length habit"]] = -Math.min(12, (actual - expected) ** 2 / (2 * habits.spread * (actual + expected + LENGTH_FLOOR)));
}

function readBoth(
  out: Float64Array,
  marks: { one: number | undefined; other: number | undefined; both: number; single: number },
): void {
  if (marks.one === 1 && marks.other === 1) out[marks.both] = 1;
  else if (marks.one !== marks.other) out[marks.single] = 1;
}

function compareCounts(one: Uint8Array, other: Uint8Array, { i0, i1, j0, j1 }: BeadRange): number {
  return -Math.min(4, Math.abs(sumRange(one, i0, i1) - sumRange(other, j0, j1)));
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

/**
 * What these two texts do with marks, quotation and length, learnt from a first alignment of them.
 *
 * One translator keeps every quotation mark, another has none, a third ends with a full stop what the original ends
 * with an exclamation; how closely lengths follow each other differs as much. Weights fitted on other texts cannot know
 * it, so the beads of the first pass are counted: how much oftener two kinds meet at the ends (or inside) of sure beads
 * than by chance, as a log ratio. What one text never marks says nothing, and only how much to trust such a ratio
 * is fitted, which holds from one kind of text to another.
 * Failure: few sure beads draw every ratio to 0 (no evidence) and the spread of lengths to the usual one.
 * Cost: O(beads) once; one look-up per bead and kind.
 */
import type { BeadRange } from "./bead-shapes.ts";
import { END_MARKS } from "./surface.ts";
import type { Surface } from "./surface.ts";

/** Log ratios of pairs of kinds: row of the first text, column of the second. */
export type PairRatios = { readonly kinds: number; readonly ratios: Float64Array };

export type TextHabits = {
  /** Last marks of the sentences before a boundary. */
  readonly marks: PairRatios;
  /** Is a boundary inside a quotation, and does a quotation end there? */
  readonly states: PairRatios;
  /** Does a quotation open behind a boundary? */
  readonly openings: PairRatios;
  /** How many of them a bead has. */
  readonly questions: PairRatios;
  readonly exclamations: PairRatios;
  readonly quotes: PairRatios;
  readonly ellipses: PairRatios;
  /** Characters of the second text for one of the first. */
  readonly lengthRatio: number;
  /** Mean square of the difference of lengths, for each character of both sides and a few more. */
  readonly spread: number;
};

export type HabitsInput = {
  readonly first: Surface;
  readonly second: Surface;
  readonly beads: readonly (BeadRange & { readonly confidence: number })[];
  /** As estimated before the first pass. */
  readonly lengthRatio: number;
};

const SURE = 0.5;
/** So many meetings are imagined to be as frequent as chance has them. */
const CHANCE_MEETINGS = 1.5;
const MARK_KINDS = Object.keys(END_MARKS).length;
const STATE_KINDS = 4;
const OPENING_KINDS = 2;
/** None, one, two, more. */
const COUNT_KINDS = 4;
/** So many characters, and so many beads, are as good as what was known before. */
const RATIO_PRIOR = 60;
const SPREAD_PRIOR = 10;
const USUAL_SPREAD = 3;
/** A short sentence strays further than its length lets expect. */
export const LENGTH_FLOOR = 10;

export function readState(surface: Surface, at: number): number {
  return 2 * (surface.insideQuote[at] ?? 0) + (surface.closesQuote[at] ?? 0);
}

export function countKind(counts: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += counts[at] ?? 0;
  return Math.min(COUNT_KINDS - 1, sum);
}

export function learnHabits({ first, second, beads, lengthRatio }: HabitsInput): TextHabits {
  const sure = beads.filter((bead) => bead.confidence >= SURE && bead.i0 < bead.i1 && bead.j0 < bead.j1);
  const inner = sure.filter((bead) => bead.i1 < first.lengths.length && bead.j1 < second.lengths.length);
  /** At boundaries chance is any end of a sentence, so that a kind in the midst of beads speaks against a boundary. */
  const atBoundary = (kinds: number, kindOf: (surface: Surface, behind: number) => number): PairRatios =>
    measurePairs({
      kinds,
      meetings: inner.map(({ i1, j1, confidence }) => ({ one: kindOf(first, i1), other: kindOf(second, j1), confidence })),
      firstShares: shareKinds(listEnds(first, kindOf), kinds),
      secondShares: shareKinds(listEnds(second, kindOf), kinds),
    });
  const inBead = (read: (surface: Surface) => Uint8Array): PairRatios => {
    const meetings = sure.map(({ i0, i1, j0, j1, confidence }) => ({
      one: countKind(read(first), i0, i1),
      other: countKind(read(second), j0, j1),
      confidence,
    }));
    return measurePairs({
      kinds: COUNT_KINDS,
      meetings,
      firstShares: shareKinds(meetings.map(({ one, confidence }) => ({ kind: one, confidence })), COUNT_KINDS), // prettier-ignore
      secondShares: shareKinds(meetings.map(({ other, confidence }) => ({ kind: other, confidence })), COUNT_KINDS), // prettier-ignore
    });
  };
  return {
    marks: atBoundary(MARK_KINDS, (surface, behind) => surface.endMarks[behind - 1] ?? 0),
    states: atBoundary(STATE_KINDS, (surface, behind) => readState(surface, behind - 1)),
    openings: atBoundary(OPENING_KINDS, (surface, behind) => surface.opensQuote[behind] ?? 0),
    questions: inBead((surface) => surface.questions),
    exclamations: inBead((surface) => surface.exclamations),
    quotes: inBead((surface) => surface.quotes),
    ellipses: inBead((surface) => surface.ellipses),
    ...measureLengths({ first, second, beads: sure, lengthRatio }),
  };
}

type Meeting = { readonly one: number; readonly other: number; readonly confidence: number };
type Seen = { readonly kind: number; readonly confidence: number };

function listEnds(surface: Surface, kindOf: (surface: Surface, behind: number) => number): readonly Seen[] {
  return Array.from({ length: Math.max(0, surface.lengths.length - 1) }, (_, at) => ({
    kind: kindOf(surface, at + 1),
    confidence: 1,
  }));
}

function shareKinds(seen: readonly Seen[], kinds: number): Float64Array {
  const sums = new Float64Array(kinds);
  for (const { kind, confidence } of seen) sums[kind] = (sums[kind] ?? 0) + confidence;
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => value / Math.max(1e-9, total));
}

type PairsInput = {
  readonly kinds: number;
  readonly meetings: readonly Meeting[];
  readonly firstShares: Float64Array;
  readonly secondShares: Float64Array;
};

function measurePairs({ kinds, meetings, firstShares, secondShares }: PairsInput): PairRatios {
  const counts = new Float64Array(kinds * kinds);
  let total = 0;
  for (const { one, other, confidence } of meetings) {
    counts[one * kinds + other] = (counts[one * kinds + other] ?? 0) + confidence;
    total += confidence;
  }
  const ratios = counts.map((count, pair) => {
    const byChance = total * (firstShares[Math.floor(pair / kinds)] ?? 0) * (secondShares[pair % kinds] ?? 0);
    return Math.log((count + CHANCE_MEETINGS) / (byChance + CHANCE_MEETINGS));
  });
  return { kinds, ratios };
}

function measureLengths({ first, second, beads, lengthRatio }: HabitsInput): Pick<TextHabits, "lengthRatio" | "spread"> {
  const measured = beads.map(({ i0, i1, j0, j1, confidence }) => ({
    one: sumLengths(first, i0, i1),
    other: sumLengths(second, j0, j1),
    confidence,
  }));
  let firstSum = RATIO_PRIOR;
  let secondSum = RATIO_PRIOR * lengthRatio;
  for (const { one, other, confidence } of measured) {
    firstSum += confidence * one;
    secondSum += confidence * other;
  }
  const ownRatio = secondSum / firstSum;
  let squares = SPREAD_PRIOR * USUAL_SPREAD;
  let total = SPREAD_PRIOR;
  for (const { one, other, confidence } of measured) {
    const expected = ownRatio * one;
    squares += (confidence * (other - expected) ** 2) / (other + expected + LENGTH_FLOOR);
    total += confidence;
  }
  return { lengthRatio: ownRatio, spread: squares / total };
}

function sumLengths({ lengths }: Surface, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += lengths[at] ?? 0;
  return sum;
}

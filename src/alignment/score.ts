/**
 * The score of a bead: its features weighed. Log of an unnormalised probability, so scores add up along a path.
 *
 * Beads whose lengths cannot belong together are not looked at, which saves most of the time.
 */
import { FEATURES, FIRST_HABIT, readFeatures, readHabits } from "./features.ts";
import type { BeadContext, BeadSides } from "./features.ts";
import type { TextHabits } from "./text-habits.ts";

/** Neither side of a bead of several sentences is more than e^1.6, five times, as long as the other lets expect. */
const LARGEST_LOG_RATIO = 1.6;

export type BeadScorer = (i0: number, i1: number, j0: number, j1: number) => number;

export function createScorer(context: BeadContext, weights: Float64Array): BeadScorer {
  const features = new Float64Array(FEATURES.length);
  const bead = { i0: 0, i1: 0, j0: 0, j1: 0 };
  const isPlausible = createLengthGate(context);
  return (i0, i1, j0, j1) => {
    if (!isPlausible(i0, i1, j0, j1)) return -Infinity;
    bead.i0 = i0;
    bead.i1 = i1;
    bead.j0 = j0;
    bead.j1 = j1;
    readFeatures(context, bead, features);
    let score = 0;
    for (let at = 0; at < features.length; at++) score += (features[at] ?? 0) * (weights[at] ?? 0);
    return score;
  };
}

export type HabitChange = { readonly before: TextHabits; readonly after: TextHabits; readonly weights: Float64Array };

/** By how much other habits change the score of a bead. */
export function createHabitScorer(sides: BeadSides, { before, after, weights }: HabitChange): BeadScorer {
  const target = { bead: { i0: 0, i1: 0, j0: 0, j1: 0 }, out: new Float64Array(FEATURES.length) };
  const { bead, out } = target;
  const weigh = (habits: TextHabits): number => {
    out.fill(0, FIRST_HABIT);
    readHabits(sides, habits, target);
    let score = 0;
    for (let at = FIRST_HABIT; at < out.length; at++) score += (out[at] ?? 0) * (weights[at] ?? 0);
    return score;
  };
  return (i0, i1, j0, j1) => {
    if (i0 === i1 || j0 === j1) return 0;
    bead.i0 = i0;
    bead.i1 = i1;
    bead.j0 = j0;
    bead.j1 = j1;
    return weigh(after) - weigh(before);
  };
}

/** What can be told from lengths alone. */
export type GateContext = Pick<BeadContext, "first" | "second" | "lengthRatio">;

/** Nulls and 1-1 always pass, so that a way from corner to corner exists. */
export function createLengthGate({
  first,
  second,
  lengthRatio,
}: GateContext): (i0: number, i1: number, j0: number, j1: number) => boolean {
  const firstSums = accumulate(first.surface.lengths);
  const secondSums = accumulate(second.surface.lengths);
  return (i0, i1, j0, j1) => {
    const size = i1 - i0 + j1 - j0;
    if (size <= 2 || i0 === i1 || j0 === j1) return true;
    const expected = ((firstSums[i1] ?? 0) - (firstSums[i0] ?? 0)) * lengthRatio;
    const actual = (secondSums[j1] ?? 0) - (secondSums[j0] ?? 0);
    return Math.abs(Math.log((actual + 15) / (expected + 15))) <= LARGEST_LOG_RATIO;
  };
}

function accumulate(lengths: Float64Array): Float64Array {
  const sums = new Float64Array(lengths.length + 1);
  lengths.forEach((length, at) => {
    sums[at + 1] = (sums[at] ?? 0) + length;
  });
  return sums;
}

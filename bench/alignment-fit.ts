/**
 * Fits weights of the alignment model to gold beads: conditional log likelihood of a semi-Markov random field with
 * L2, by L-BFGS. Gold beads that no shape or no space allows leave their stretch free.
 */
import { FEATURES } from "../src/alignment/features.ts";
import { findBest, SIZE, sumPaths } from "./alignment-lattice.ts";
import type { BeadRange } from "../src/alignment/bead-shapes.ts";
import type { Lattice } from "./alignment-lattice.ts";
import { scoreBeads } from "./alignment-sets.ts";
import type { Score } from "./alignment-sets.ts";
import { minimize } from "./minimize.ts";

const MIRRORED: Readonly<Record<string, string>> = {
  "type 0-1": "type 1-0",
  "type 1-2": "type 2-1",
  "type 1-3": "type 3-1",
  "type 1-4+": "type 4+-1",
};
/** Features that say the same of the two sides, as pairs of numbers. */
const MIRRORS = FEATURES.flatMap((name, one) => {
  const other = FEATURES.findIndex((wanted) => wanted === (MIRRORED[name] ?? name.replace(/^first /u, "second ")));
  return other < 0 || other === one ? [] : [{ one, other }];
});

export type FitOptions = {
  readonly rounds?: number;
  readonly start?: Float64Array;
  /** Half of it times the squared length of the weights is the price of large ones. */
  readonly penalty?: number;
  /** The same price for the distance between the weights of a feature of the first side and that of the second. */
  readonly tie?: number;
  /** Features that stay at 0. */
  readonly without?: ReadonlySet<number>;
};

export function weighBeads({ features, beads, allowed }: Lattice, weights: Float64Array, onlyAllowed = false): Float64Array {
  const scores = new Float64Array(beads.count);
  for (let bead = 0, at = 0; bead < beads.count; bead++, at += SIZE) {
    let score = 0;
    if (onlyAllowed && allowed[bead] === 0) score = -Infinity;
    else for (let feature = 0; feature < SIZE; feature++) score += (features[at + feature] ?? 0) * (weights[feature] ?? 0);
    scores[bead] = score;
  }
  return scores;
}

/** Probability of each bead over all paths; returns the log of their summed weight. */
function spreadProbability(lattice: Lattice, scores: Float64Array, out: Float64Array, sign: number): number {
  const { forward, backward } = sumPaths(lattice, scores);
  const all = forward[lattice.nodeCount - 1] ?? 0;
  for (let bead = 0; bead < scores.length; bead++) {
    const through = (forward[lattice.from[bead] ?? 0] ?? 0) + (scores[bead] ?? 0) + (backward[lattice.to[bead] ?? 0] ?? 0) - all;
    if (through > -25) out[bead] = (out[bead] ?? 0) + sign * Math.exp(through);
  }
  return all;
}

export function fitWeights(lattices: readonly Lattice[], options: FitOptions = {}): Float64Array {
  const { rounds = 80, penalty = 1, tie = 0, without } = options;
  return minimize(
    options.start ?? new Float64Array(SIZE),
    (weights, gradient) => {
      let value = 0;
      for (const lattice of lattices) {
        const { beads, features, share, allowed } = lattice;
        const excess = new Float64Array(beads.count);
        const scores = weighBeads(lattice, weights);
        value += share * spreadProbability(lattice, scores, excess, share);
        for (let bead = 0; bead < scores.length; bead++) if (allowed[bead] === 0) scores[bead] = -Infinity;
        value -= share * spreadProbability(lattice, scores, excess, -share);
        for (let bead = 0, at = 0; bead < beads.count; bead++, at += SIZE) {
          const times = excess[bead] ?? 0;
          if (Math.abs(times) < 1e-7) continue;
          for (let feature = 0; feature < SIZE; feature++)
            gradient[feature] = (gradient[feature] ?? 0) + times * (features[at + feature] ?? 0);
        }
      }
      for (let feature = 0; feature < SIZE; feature++) {
        const weight = weights[feature] ?? 0;
        value += (penalty * weight * weight) / 2;
        gradient[feature] = without?.has(feature) ? 0 : (gradient[feature] ?? 0) + penalty * weight;
      }
      for (const { one, other } of MIRRORS) {
        if (without?.has(one) || without?.has(other)) continue;
        const gap = (weights[one] ?? 0) - (weights[other] ?? 0);
        value += (tie * gap * gap) / 2;
        gradient[one] = (gradient[one] ?? 0) + tie * gap;
        gradient[other] = (gradient[other] ?? 0) - tie * gap;
      }
      return value;
    },
    { rounds },
  );
}

/** The best series as ranges of the model's own sides. */
export function findRanges(lattice: Lattice, weights: Float64Array): readonly (BeadRange & { readonly confidence: number })[] {
  const scores = weighBeads(lattice, weights);
  const probabilities = new Float64Array(scores.length);
  spreadProbability(lattice, scores, probabilities, 1);
  const { ranges } = lattice.beads;
  return findBest(lattice, scores).map((bead) => ({
    i0: ranges[4 * bead] ?? 0,
    i1: ranges[4 * bead + 1] ?? 0,
    j0: ranges[4 * bead + 2] ?? 0,
    j1: ranges[4 * bead + 3] ?? 0,
    confidence: probabilities[bead] ?? 0,
  }));
}

export type DecodedBead = { readonly source: readonly number[]; readonly target: readonly number[]; readonly confidence: number };

export function decode(lattice: Lattice, weights: Float64Array): readonly DecodedBead[] {
  const list = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
  return findRanges(lattice, weights).flatMap(({ i0, i1, j0, j1, confidence }) => {
    const first = list(i0, i1);
    const second = list(j0, j1);
    const [source, target] = lattice.swapped ? [second, first] : [first, second];
    if (source.length === 0) return target.map((at) => ({ source: [], target: [at], confidence }));
    if (target.length === 0) return source.map((at) => ({ source: [at], target: [], confidence }));
    return [{ source, target, confidence }];
  });
}

export function scoreLattice(lattice: Lattice, weights: Float64Array): Score {
  return scoreBeads(lattice.file, decode(lattice, weights));
}

/**
 * The best series of beads through the search space, and how sure each bead of it is.
 *
 * Method: semi-Markov chain over nodes between sentences; Viterbi decodes, forward-backward sums over all series give
 * the posterior probability of each bead (log-linear model, so scores are unnormalised log probabilities).
 *
 *            j=0   1   2   3
 *      i=0    o---o   .   .        a bead is an arc from node (i0, j0) to node (i1, j1):
 *        1    .    \  o   .        here 0-1, then 1-2
 *        2    .   .   .   o
 *
 * Guarantee: the beads run from corner to corner, so that each sentence is covered once, in order.
 * Cost: O(nodes × shapes) time; 4 bytes × nodes × shapes memory.
 */
import type { BeadShape } from "./features.ts";
import type { SearchSpace } from "./search-space.ts";

export type BeadRange = { readonly i0: number; readonly i1: number; readonly j0: number; readonly j1: number };
export type FoundBead = BeadRange & { readonly confidence: number };

export type SearchInput = {
  readonly space: SearchSpace;
  readonly shapes: readonly BeadShape[];
  /** Score of a bead; -Infinity forbids it. Called once for each bead that fits into the space. */
  readonly score: (i0: number, i1: number, j0: number, j1: number) => number;
  /** Called after each row with its number. */
  readonly onRow?: (row: number) => void;
};

export type ScoredSpace = { readonly scores: Float32Array; readonly space: SearchSpace; readonly shapes: readonly BeadShape[] };

/** Scores all beads once: scores[node × shapes + shape] is the bead of that shape which ends at the node. */
export function scoreBeads({ space, shapes, score, onRow }: SearchInput): ScoredSpace {
  const rowCount = space.low.length;
  const scores = new Float32Array((space.offsets[rowCount] ?? 0) * shapes.length).fill(-Infinity);
  for (let i1 = 0; i1 < rowCount; i1++) {
    const low = space.low[i1] ?? 0;
    const high = space.high[i1] ?? 0;
    for (let j1 = low; j1 <= high; j1++) {
      const node = ((space.offsets[i1] ?? 0) + j1 - low) * shapes.length;
      for (let shape = 0; shape < shapes.length; shape++) {
        const i0 = i1 - (shapes[shape]?.first ?? 0);
        const j0 = j1 - (shapes[shape]?.second ?? 0);
        if (isInside(space, i0, j0)) scores[node + shape] = score(i0, i1, j0, j1);
      }
    }
    onRow?.(i1);
  }
  return { scores, space, shapes };
}

function isInside(space: SearchSpace, i: number, j: number): boolean {
  return i >= 0 && j >= (space.low[i] ?? 0) && j <= (space.high[i] ?? -1);
}

/** Calls `visit` for each possible bead in the order of its end node, with the nodes' numbers. */
function eachArc(
  scored: ScoredSpace,
  visit: (arc: { from: number; to: number; shape: number; score: number }) => void,
  backwards = false,
): void {
  const { space, shapes, scores } = scored;
  const rowCount = space.low.length;
  const arc = { from: 0, to: 0, shape: 0, score: 0 };
  for (let step = 0; step < rowCount; step++) {
    const i1 = backwards ? rowCount - 1 - step : step;
    const low = space.low[i1] ?? 0;
    const width = (space.high[i1] ?? 0) - low + 1;
    for (let across = 0; across < width; across++) {
      const column = backwards ? width - 1 - across : across;
      const to = (space.offsets[i1] ?? 0) + column;
      for (let shape = 0; shape < shapes.length; shape++) {
        const score = scores[to * shapes.length + shape] ?? -Infinity;
        if (score === -Infinity) continue;
        const i0 = i1 - (shapes[shape]?.first ?? 0);
        arc.from = (space.offsets[i0] ?? 0) + low + column - (shapes[shape]?.second ?? 0) - (space.low[i0] ?? 0);
        arc.to = to;
        arc.shape = shape;
        arc.score = score;
        visit(arc);
      }
    }
  }
}

export function findBestBeads(scored: ScoredSpace): readonly FoundBead[] {
  const { space, shapes } = scored;
  const nodeCount = space.offsets[space.low.length] ?? 0;
  const best = new Float64Array(nodeCount).fill(-Infinity);
  const cameBy = new Int8Array(nodeCount).fill(-1);
  best[0] = 0;
  eachArc(scored, (arc) => {
    const total = (best[arc.from] ?? -Infinity) + arc.score;
    if (total > (best[arc.to] ?? -Infinity)) {
      best[arc.to] = total;
      cameBy[arc.to] = arc.shape;
    }
  });
  const sums = sumPaths(scored);
  const path: BeadRange[] = [];
  let i1 = space.low.length - 1;
  let j1 = space.high[i1] ?? 0;
  while (i1 > 0 || j1 > 0) {
    const to = (space.offsets[i1] ?? 0) + j1 - (space.low[i1] ?? 0);
    const shape = cameBy[to] ?? -1;
    const size = shapes[shape];
    if (!size) throw new Error("The search space has no way from corner to corner.");
    const i0 = i1 - size.first;
    const j0 = j1 - size.second;
    path.push({ i0, i1, j0, j1 });
    i1 = i0;
    j1 = j0;
  }
  return partNulls(path.reverse()).map((bead) => ({ ...bead, confidence: measureConfidence(scored, sums, bead) }));
}

/** A run of sentences without counterpart was one step; as beads they are one each. */
function partNulls(path: readonly BeadRange[]): readonly BeadRange[] {
  return path.flatMap((bead) => {
    const { i0, i1, j0, j1 } = bead;
    if (i1 === i0) return Array.from({ length: j1 - j0 }, (_, at) => ({ i0, i1, j0: j0 + at, j1: j0 + at + 1 }));
    if (j1 === j0) return Array.from({ length: i1 - i0 }, (_, at) => ({ i0: i0 + at, i1: i0 + at + 1, j0, j1 }));
    return [bead];
  });
}

type PathSums = { readonly forward: Float64Array; readonly backward: Float64Array };

/** Probability of the bead; of a sentence without counterpart: that of all steps, single or in a run, that pass it here. */
function measureConfidence(scored: ScoredSpace, { forward, backward }: PathSums, bead: BeadRange): number {
  const { space, shapes, scores } = scored;
  const all = forward[forward.length - 1] ?? 0;
  const isNull = bead.i0 === bead.i1 || bead.j0 === bead.j1;
  let sum = 0;
  shapes.forEach((shape, number) => {
    const deep = bead.i0 === bead.i1 ? shape.second : shape.first;
    const sameKind = isNull
      ? (shape.first === 0) === (bead.i0 === bead.i1) && (shape.second === 0) === (bead.j0 === bead.j1)
      : shape.first === bead.i1 - bead.i0 && shape.second === bead.j1 - bead.j0;
    if (!sameKind) return;
    for (let ahead = 0; ahead < (isNull ? deep : 1); ahead++) {
      const i1 = bead.i1 + (bead.j0 === bead.j1 ? ahead : 0);
      const j1 = bead.j1 + (bead.i0 === bead.i1 ? ahead : 0);
      const i0 = i1 - shape.first;
      const j0 = j1 - shape.second;
      if (i1 >= space.low.length || !isInside(space, i1, j1) || !isInside(space, i0, j0)) continue;
      const to = findNode(space, i1, j1);
      const score = scores[to * shapes.length + number] ?? -Infinity;
      sum += Math.exp((forward[findNode(space, i0, j0)] ?? -Infinity) + score + (backward[to] ?? -Infinity) - all);
    }
  });
  return Math.min(1, sum);
}

function findNode(space: SearchSpace, i: number, j: number): number {
  return (space.offsets[i] ?? 0) + j - (space.low[i] ?? 0);
}

/** Log of the summed weight of all series that lead to a node, and of all that lead on from it. */
export function sumPaths(scored: ScoredSpace): { forward: Float64Array; backward: Float64Array } {
  const nodeCount = scored.space.offsets[scored.space.low.length] ?? 0;
  const forward = new Float64Array(nodeCount).fill(-Infinity);
  const backward = new Float64Array(nodeCount).fill(-Infinity);
  forward[0] = 0;
  backward[nodeCount - 1] = 0;
  eachArc(scored, (arc) => {
    forward[arc.to] = addLogs(forward[arc.to] ?? -Infinity, (forward[arc.from] ?? -Infinity) + arc.score);
  });
  eachArc(
    scored,
    (arc) => {
      backward[arc.from] = addLogs(backward[arc.from] ?? -Infinity, (backward[arc.to] ?? -Infinity) + arc.score);
    },
    true,
  );
  return { forward, backward };
}

function addLogs(one: number, other: number): number {
  const more = Math.max(one, other);
  if (more === -Infinity) return more;
  return more + Math.log1p(Math.exp(-Math.abs(one - other)));
}

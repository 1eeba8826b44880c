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
import type { BeadRange, BeadShape } from "./bead-shapes.ts";
import type { SearchSpace } from "./search-space.ts";

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
  const scored = createScores(space, shapes);
  scoreRows(scored, { from: 0, to: space.low.length, score, ...(onRow ? { onRow } : {}) });
  return scored;
}

/** Scores of a space, none known yet; `scoreRows` fills them in. */
export function createScores(space: SearchSpace, shapes: readonly BeadShape[]): ScoredSpace {
  const scores = new Float32Array((space.offsets[space.low.length] ?? 0) * shapes.length).fill(-Infinity);
  return { scores, space, shapes };
}

export type RowsInput = Pick<SearchInput, "score" | "onRow"> & { readonly from: number; readonly to: number };

/** Scores the beads that end in the rows [from, to). */
export function scoreRows({ scores, space, shapes }: ScoredSpace, { from, to, score, onRow }: RowsInput): void {
  const { low, high, offsets } = space;
  for (let i1 = from; i1 < to; i1++) {
    const least = low[i1] ?? 0;
    const most = high[i1] ?? 0;
    for (let shape = 0; shape < shapes.length; shape++) {
      const i0 = i1 - (shapes[shape]?.first ?? 0);
      if (i0 < 0) continue;
      const second = shapes[shape]?.second ?? 0;
      const start = Math.max(least, (low[i0] ?? 0) + second);
      const end = Math.min(most, (high[i0] ?? 0) + second);
      let at = ((offsets[i1] ?? 0) + start - least) * shapes.length + shape;
      for (let j1 = start; j1 <= end; j1++, at += shapes.length) scores[at] = score(i0, i1, j1 - second, j1);
    }
    onRow?.(i1);
  }
}

/** Adds to the scores of the beads that are not forbidden and end in the rows [from, to). */
export function addToRows({ scores, space, shapes }: ScoredSpace, { from, to, score }: RowsInput): void {
  const { low, high, offsets } = space;
  for (let i1 = from; i1 < to; i1++) {
    const least = low[i1] ?? 0;
    const most = high[i1] ?? 0;
    let at = (offsets[i1] ?? 0) * shapes.length;
    for (let j1 = least; j1 <= most; j1++) {
      for (const { first, second } of shapes) {
        if (scores[at] !== -Infinity) scores[at] = (scores[at] ?? 0) + score(i1 - first, i1, j1 - second, j1);
        at++;
      }
    }
  }
}

function isInside(space: SearchSpace, i: number, j: number): boolean {
  return i >= 0 && j >= (space.low[i] ?? 0) && j <= (space.high[i] ?? -1);
}

type Steps = { readonly firsts: Int32Array; readonly seconds: Int32Array; readonly count: number };

function listSteps(shapes: readonly BeadShape[]): Steps {
  return {
    firsts: Int32Array.from(shapes, (shape) => shape.first),
    seconds: Int32Array.from(shapes, (shape) => shape.second),
    count: shapes.length,
  };
}

/** Best total of a series that leads to each node, and the shape of its last bead. */
function findBestTotals({ space, shapes, scores }: ScoredSpace): { readonly best: Float64Array; readonly cameBy: Int8Array } {
  const { low, high, offsets } = space;
  const { firsts, seconds, count } = listSteps(shapes);
  const nodeCount = offsets[low.length] ?? 0;
  const best = new Float64Array(nodeCount).fill(-Infinity);
  const cameBy = new Int8Array(nodeCount).fill(-1);
  best[0] = 0;
  for (let i1 = 0; i1 < low.length; i1++) {
    const least = low[i1] ?? 0;
    const most = high[i1] ?? 0;
    for (let j1 = least; j1 <= most; j1++) {
      const to = (offsets[i1] ?? 0) + j1 - least;
      for (let shape = 0; shape < count; shape++) {
        const score = scores[to * count + shape] ?? -Infinity;
        if (score === -Infinity) continue;
        const i0 = i1 - (firsts[shape] ?? 0);
        const from = (offsets[i0] ?? 0) + j1 - (seconds[shape] ?? 0) - (low[i0] ?? 0);
        const total = (best[from] ?? -Infinity) + score;
        if (total <= (best[to] ?? -Infinity)) continue;
        best[to] = total;
        cameBy[to] = shape;
      }
    }
  }
  return { best, cameBy };
}

/** For each node, by how much the best series through it stays behind the best of all; Infinity where none passes. */
export function measureSlack(scored: ScoredSpace): Float64Array {
  const { space, shapes, scores } = scored;
  const { low, high, offsets } = space;
  const { firsts, seconds, count } = listSteps(shapes);
  const { best } = findBestTotals(scored);
  const rowCount = low.length;
  const onward = new Float64Array(best.length).fill(-Infinity);
  onward[best.length - 1] = 0;
  for (let i1 = rowCount - 1; i1 >= 0; i1--) {
    const least = low[i1] ?? 0;
    for (let j1 = high[i1] ?? 0; j1 >= least; j1--) {
      const to = (offsets[i1] ?? 0) + j1 - least;
      const after = onward[to] ?? -Infinity;
      if (after === -Infinity) continue;
      for (let shape = 0; shape < count; shape++) {
        const score = scores[to * count + shape] ?? -Infinity;
        if (score === -Infinity) continue;
        const i0 = i1 - (firsts[shape] ?? 0);
        const from = (offsets[i0] ?? 0) + j1 - (seconds[shape] ?? 0) - (low[i0] ?? 0);
        if (after + score > (onward[from] ?? -Infinity)) onward[from] = after + score;
      }
    }
  }
  const top = best.at(-1) ?? 0;
  return best.map((total, node) => top - total - (onward[node] ?? -Infinity));
}

/** The best series; a run of sentences without counterpart is one bead here. */
export function findBestPath(scored: ScoredSpace): readonly BeadRange[] {
  const { space, shapes } = scored;
  const { cameBy } = findBestTotals(scored);
  const path: BeadRange[] = [];
  const nodeCount = cameBy.length;
  // The rows behind the last node are empty where only a part of the texts is searched.
  let i1 = space.offsets.indexOf(nodeCount) - 1;
  let j1 = space.high[i1] ?? 0;
  while (findNode(space, i1, j1) > 0) {
    const size = shapes[cameBy[findNode(space, i1, j1)] ?? -1];
    if (!size) throw new Error("The search space has no way from corner to corner.");
    const i0 = i1 - size.first;
    const j0 = j1 - size.second;
    path.push({ i0, i1, j0, j1 });
    i1 = i0;
    j1 = j0;
  }
  return path.reverse();
}

export function findBestBeads(scored: ScoredSpace): readonly FoundBead[] {
  const path = findBestPath(scored);
  const sums = sumPaths(scored);
  return partNulls(path).map((bead) => ({ ...bead, confidence: measureConfidence(scored, sums, bead) }));
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
export function sumPaths(scored: ScoredSpace): PathSums {
  const { space, shapes, scores } = scored;
  const { low, high, offsets } = space;
  const { firsts, seconds, count } = listSteps(shapes);
  const rowCount = low.length;
  const nodeCount = offsets[rowCount] ?? 0;
  const forward = new Float64Array(nodeCount).fill(-Infinity);
  const backward = new Float64Array(nodeCount).fill(-Infinity);
  const terms = new Float64Array(count);
  forward[0] = 0;
  backward[nodeCount - 1] = 0;
  for (let i1 = 0; i1 < rowCount; i1++) {
    const least = low[i1] ?? 0;
    const most = high[i1] ?? 0;
    for (let j1 = least; j1 <= most; j1++) {
      const to = (offsets[i1] ?? 0) + j1 - least;
      let used = 0;
      for (let shape = 0; shape < count; shape++) {
        const score = scores[to * count + shape] ?? -Infinity;
        if (score === -Infinity) continue;
        const i0 = i1 - (firsts[shape] ?? 0);
        terms[used++] = (forward[(offsets[i0] ?? 0) + j1 - (seconds[shape] ?? 0) - (low[i0] ?? 0)] ?? -Infinity) + score;
      }
      if (used > 0) forward[to] = addLogs(terms, used);
    }
  }
  for (let i0 = rowCount - 1; i0 >= 0; i0--) {
    const least = low[i0] ?? 0;
    for (let j0 = high[i0] ?? 0; j0 >= least; j0--) {
      let used = 0;
      for (let shape = 0; shape < count; shape++) {
        const i1 = i0 + (firsts[shape] ?? 0);
        const j1 = j0 + (seconds[shape] ?? 0);
        if (i1 >= rowCount || j1 > (high[i1] ?? -1) || j1 < (low[i1] ?? 0)) continue;
        const to = (offsets[i1] ?? 0) + j1 - (low[i1] ?? 0);
        const score = scores[to * count + shape] ?? -Infinity;
        if (score !== -Infinity) terms[used++] = (backward[to] ?? -Infinity) + score;
      }
      if (used > 0) backward[(offsets[i0] ?? 0) + j0 - least] = addLogs(terms, used);
    }
  }
  return { forward, backward };
}

/** Less than e^-36 beside the largest term changes no digit of the sum. */
const NEGLIGIBLE = 36;

function addLogs(terms: Float64Array, used: number): number {
  let most = -Infinity;
  for (let at = 0; at < used; at++) most = Math.max(most, terms[at] ?? -Infinity);
  if (most === -Infinity) return most;
  let sum = 0;
  for (let at = 0; at < used; at++) {
    const behind = (terms[at] ?? -Infinity) - most;
    if (behind > -NEGLIGIBLE) sum += Math.exp(behind);
  }
  return most + Math.log(sum);
}

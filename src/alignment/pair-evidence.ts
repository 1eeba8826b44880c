/**
 * For every pair of sentences the search may put together: how much the one explains each unit of the other.
 *
 * A group of sentences is then judged by sums over its pairs, so nothing of the lexicon is read in the search itself.
 * forward[pair][unit of the second] = Σ over units f of the first: weight(f) × t(e|f)/p(e); backward the same for
 * units of the first. Rows lie end to end: row i holds the units of the second's sentences from[i]..to[i].
 * Cost: time and memory O(pairs × units per sentence).
 */
import { createEdgeEvidence } from "./edge-evidence.ts";
import type { EdgeEvidence } from "./edge-evidence.ts";
import { createColumns, createGroupEvidence } from "./group-evidence.ts";
import type { GroupEvidence, PairSums } from "./group-evidence.ts";
import type { LearntLexicon } from "./learn-lexicon.ts";
import type { SparseRows } from "./lexicon.ts";
import type { SearchSpace } from "./search-space.ts";
import type { SideUnits, TextUnits } from "./units.ts";
import type { Translations } from "./translations.ts";

/** Each text's sentences as explained by groups of the other's: `second` by groups of the first. */
export type PairEvidence = {
  readonly first: GroupEvidence;
  readonly second: GroupEvidence;
  /** The same for single sentences and their clauses at a boundary. */
  readonly firstEdges: EdgeEvidence;
  readonly secondEdges: EdgeEvidence;
};

/** Of each unit of a side, in which clauses of its sentence it stands. */
export type Clauses = { readonly first: Uint8Array; readonly second: Uint8Array };

export type PairReach = {
  readonly space: SearchSpace;
  /** A group begins at most so many sentences before its last one. */
  readonly longest: number;
  /** Only for beads that end in these rows of the space, [from, to); all when not given. */
  readonly rows?: { readonly from: number; readonly to: number } | undefined;
};

export type PairGatherer = (reach: PairReach) => PairEvidence;

/** What does not depend on the space is worked out once, for texts whose pairs are gathered part by part. */
export function createPairGatherer(
  units: TextUnits,
  translations: Translations,
  { clauses, learnt }: { clauses: Clauses; learnt?: LearntLexicon | undefined },
): PairGatherer {
  const { first, second } = units;
  const { forward, backward, firstWeights, secondWeights } = translations;
  const firstColumns = createColumns(first, spread(first, firstWeights));
  const secondColumns = createColumns(second, spread(second, secondWeights));
  const firstMass = sumSentences(first, firstColumns.unitWeights);
  const secondMass = sumSentences(second, secondColumns.unitWeights);
  return (reach) => {
    const { forFirst, forSecond } = listRanges(reach, second.starts.length - 1);
    const ahead = sumRows({
      rows: first,
      others: second,
      links: forward,
      weights: firstWeights,
      learnt: learnt && { rows: learnt.forward, folds: learnt.firstFolds },
      ...forFirst,
    });
    const back = sumRows({
      rows: second,
      others: first,
      links: backward,
      weights: secondWeights,
      learnt: learnt && { rows: learnt.backward, folds: learnt.secondFolds },
      ...forSecond,
    });
    const { longest } = reach;
    return {
      first: createGroupEvidence({ sums: back, columns: firstColumns, rowMass: secondMass, longest }),
      second: createGroupEvidence({ sums: ahead, columns: secondColumns, rowMass: firstMass, longest }),
      firstEdges: createEdgeEvidence({ sums: back, columns: firstColumns, clauses: clauses.first, rowMass: secondMass }),
      secondEdges: createEdgeEvidence({ sums: ahead, columns: secondColumns, clauses: clauses.second, rowMass: firstMass }),
    };
  };
}

type Range = { readonly from: Int32Array; readonly to: Int32Array };

/** Which sentences of the other side can share a group with a sentence, from the nodes of the space. */
function listRanges({ space, longest, rows }: PairReach, secondCount: number): { forFirst: Range; forSecond: Range } {
  const firstCount = space.low.length - 1;
  const forFirst = { from: new Int32Array(firstCount), to: new Int32Array(firstCount) };
  const forSecond = { from: new Int32Array(secondCount).fill(firstCount), to: new Int32Array(secondCount) };
  const start = Math.max(0, (rows?.from ?? 0) - longest);
  // With the sentences beyond the ends of the beads: they are looked at from the boundary.
  const end = Math.min(firstCount, rows?.to ?? firstCount);
  for (let row = start; row < end; row++) {
    const from = Math.max(0, (space.low[Math.max(0, row - longest + 1)] ?? 0) - 1);
    const to = Math.min(secondCount, (space.high[Math.min(end, row + longest)] ?? 0) + 1);
    forFirst.from[row] = from;
    forFirst.to[row] = to;
    for (let column = from; column < to; column++) {
      if ((forSecond.from[column] ?? 0) > row) forSecond.from[column] = row;
      forSecond.to[column] = row + 1;
    }
  }
  return { forFirst, forSecond };
}

function spread(side: SideUnits, weights: Float32Array): Float32Array {
  return Float32Array.from(side.units, (unit) => weights[unit] ?? 0);
}

function sumSentences(side: SideUnits, weights: Float32Array): Float64Array {
  const sums = new Float64Array(side.starts.length - 1);
  for (let sentence = 0; sentence < sums.length; sentence++) {
    for (let at = side.starts[sentence] ?? 0; at < (side.starts[sentence + 1] ?? 0); at++)
      sums[sentence] = (sums[sentence] ?? 0) + (weights[at] ?? 0);
  }
  return sums;
}

type RowInput = Range & {
  readonly rows: SideUnits;
  readonly others: SideUnits;
  readonly links: SparseRows;
  readonly weights: Float32Array;
  readonly learnt: { readonly rows: readonly SparseRows[]; readonly folds: Uint8Array } | undefined;
};

/** How far what was learnt counts beside the lexicon. */
const LEARNT_PART = 0.4;

function sumRows({ rows, others, links, weights, learnt, from, to }: RowInput): PairSums {
  const count = rows.starts.length - 1;
  const bases = new Float64Array(count);
  const cellBases = new Float64Array(count);
  let pairCount = 0;
  let size = 0;
  for (let row = 0; row < count; row++) {
    cellBases[row] = pairCount - (from[row] ?? 0);
    pairCount += Math.max(0, (to[row] ?? 0) - (from[row] ?? 0));
    const start = others.starts[from[row] ?? 0] ?? 0;
    const end = others.starts[Math.max(from[row] ?? 0, to[row] ?? 0)] ?? 0;
    bases[row] = size - start;
    size += end - start;
  }
  const values = new Float32Array(size);
  const sums = new Float32Array(others.kinds.length);
  const touched: number[] = [];
  for (let row = 0; row < count; row++) {
    if ((to[row] ?? 0) <= (from[row] ?? 0)) continue;
    const own = learnt?.rows[learnt.folds[row] ?? 0];
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const unit = rows.units[at] ?? 0;
      const weight = weights[unit] ?? 0;
      for (let link = links.starts[unit] ?? 0; link < (links.starts[unit + 1] ?? 0); link++) {
        const other = links.columns[link] ?? 0;
        if (sums[other] === 0) touched.push(other);
        sums[other] = (sums[other] ?? 0) + weight * (links.weights[link] ?? 0);
      }
      if (!own) continue;
      for (let link = own.starts[unit] ?? 0; link < (own.starts[unit + 1] ?? 0); link++) {
        const other = own.columns[link] ?? 0;
        if (sums[other] === 0) touched.push(other);
        sums[other] = (sums[other] ?? 0) + weight * LEARNT_PART * (own.weights[link] ?? 0);
      }
    }
    const base = bases[row] ?? 0;
    const end = others.starts[Math.max(from[row] ?? 0, to[row] ?? 0)] ?? 0;
    for (let at = others.starts[from[row] ?? 0] ?? 0; at < end; at++) values[base + at] = sums[others.units[at] ?? 0] ?? 0;
    for (const other of touched) sums[other] = 0;
    touched.length = 0;
  }
  return { values, bases, cellBases, pairCount, from, to };
}

/**
 * A first look at the whole search space with few bead shapes and a cheap score, to leave the full model only the
 * places where the right series may run.
 *
 * Method: beads of at most three sentences a side, scored by what explains what and by length alone, at half the
 * steepness of a real model, so that what is nearly as good stays in. Every node through which a series passes that is
 * at most SLACK behind the best is kept, with its neighbours; between the outermost ones a row is kept whole.
 * Where the evidence is weak many series are nearly as good, and the space stays wide there by itself.
 * Guarantee: the narrow space holds at least one series of beads the full model allows, and lies in the wide one.
 * Cost: O(nodes × units per sentence); the beads of the full model are some five times fewer afterwards.
 */
import { LONGEST_COARSE, RATIO_FLOOR, gatherCoarse } from "./coarse-evidence.ts";
import type { CoarseEvidence } from "./coarse-evidence.ts";
import { NULL_RUNS } from "./bead-shapes.ts";
import type { BeadShape } from "./bead-shapes.ts";
import { createLengthGate } from "./score.ts";
import type { BeadScorer, GateContext } from "./score.ts";
import { measureSlack, scoreBeads } from "./search.ts";
import type { ScoredSpace } from "./search.ts";
import { closeSpace } from "./search-space.ts";
import type { SearchSpace } from "./search-space.ts";
import type { Translations } from "./translations.ts";
import type { SideUnits } from "./units.ts";

export const COARSE_SHAPES: readonly BeadShape[] = [
  { first: 0, second: 1 }, { first: 1, second: 0 }, { first: 1, second: 1 }, { first: 1, second: 2 }, { first: 2, second: 1 },
  { first: 2, second: 2 }, { first: 1, second: 3 }, { first: 3, second: 1 }, ...NULL_RUNS,
]; // prettier-ignore

/** Rough weights of the same kind as the fitted ones: what a bead of that many sentences is worth by itself. */
const NULL_VALUE = -1.2;
const RUN_VALUE = -1.8;
const PAIR_VALUE = 2.4;
const EXTRA_VALUE = -0.5;
const EXPLAINED = 0.25;
const MASS = 0.12;
const MEAN = 0.8;
const LENGTH = 1.3;
const BOTH_END = 1.2;
const ONE_ENDS = -2.2;

const SLACK = 9;
export const FLATTENING = 0.6;
/** A kept node keeps so many places beside it. */
const BESIDE = 1;

export type CoarseContext = GateContext & {
  readonly translations: Translations;
  readonly withParagraphs: boolean;
  /** The first bead has sentences of both sides. */
  readonly pinnedStart?: boolean;
};

export function scoreCoarse(context: CoarseContext, space: SearchSpace, onRow?: (row: number) => void): ScoredSpace {
  return scoreBeads({ space, shapes: COARSE_SHAPES, score: createCoarseScorer(context, space), ...(onRow ? { onRow } : {}) });
}

/** What of the space lies on a series that is nearly as good as the best. */
export function narrowSpace(scored: ScoredSpace, mostNodes: number): SearchSpace {
  const slack = measureSlack(scored);
  for (let limit = SLACK * FLATTENING; ; limit /= 2) {
    const narrow = keepNear(scored.space, slack, limit);
    if ((narrow.offsets.at(-1) ?? 0) <= mostNodes || limit < 0.01) return narrow;
  }
}

function keepNear({ low, high, offsets }: SearchSpace, slack: Float64Array, limit: number): SearchSpace {
  const rowCount = low.length;
  const columnCount = high.at(-1) ?? 0;
  const least = new Int32Array(rowCount).fill(columnCount);
  const most = new Int32Array(rowCount).fill(0);
  for (let row = 0; row < rowCount; row++) {
    for (let node = offsets[row] ?? 0; node < (offsets[row + 1] ?? 0); node++) {
      if ((slack[node] ?? Infinity) > limit) continue;
      const column = (low[row] ?? 0) + node - (offsets[row] ?? 0);
      for (let near = Math.max(0, row - BESIDE); near <= Math.min(rowCount - 1, row + BESIDE); near++) {
        least[near] = Math.min(least[near] ?? 0, Math.max(low[near] ?? 0, column - BESIDE));
        most[near] = Math.max(most[near] ?? 0, Math.min(high[near] ?? 0, column + BESIDE));
      }
    }
  }
  return closeSpace(least, most, columnCount);
}

function createCoarseScorer(context: CoarseContext, space: SearchSpace): BeadScorer {
  const { first, second, translations } = context;
  const firstCount = first.units.starts.length - 1;
  const secondCount = second.units.starts.length - 1;
  const reach = listReach(space, secondCount);
  const forward = gatherCoarse({
    rows: first.units,
    rowWeights: translations.firstWeights,
    columns: second.units,
    columnWeights: translations.secondWeights,
    links: translations.forward,
    from: (row) => space.low[row] ?? 0,
    to: (row, size) => space.high[Math.min(firstCount, row + size)] ?? 0,
  });
  const backward = gatherCoarse({
    rows: second.units,
    rowWeights: translations.secondWeights,
    columns: first.units,
    columnWeights: translations.firstWeights,
    links: translations.backward,
    from: (row) => reach.from[row] ?? 0,
    to: (row, size) => reach.to[Math.min(secondCount, row + size)] ?? 0,
  });
  const unitMass = EXPLAINED * Math.log(RATIO_FLOOR) + MASS;
  const firstMass = accumulateMass(first.units, translations.firstWeights);
  const secondMass = accumulateMass(second.units, translations.secondWeights);
  const firstLengths = accumulate(first.surface.lengths);
  const secondLengths = accumulate(second.surface.lengths);
  const ends = context.withParagraphs
    ? { first: listEnds(first.surface.paragraphs), second: listEnds(second.surface.paragraphs) }
    : undefined;
  const isPlausible = createLengthGate(context);
  return (i0, i1, j0, j1) => {
    const rows = i1 - i0;
    const columns = j1 - j0;
    if (context.pinnedStart && i0 + j0 === 0 && (rows === 0 || columns === 0)) return -Infinity;
    if (!isPlausible(i0, i1, j0, j1)) return -Infinity;
    let score: number;
    if (rows === 0 || columns === 0) score = rows + columns === 1 ? NULL_VALUE : RUN_VALUE;
    else {
      const secondExplained = sumCells(forward, { row: i0, size: rows, from: j0, to: j1 });
      const firstExplained = sumCells(backward, { row: j0, size: columns, from: i0, to: i1 });
      const firstWeight = (firstMass[i1] ?? 0) - (firstMass[i0] ?? 0);
      const secondWeight = (secondMass[j1] ?? 0) - (secondMass[j0] ?? 0);
      const expected = ((firstLengths[i1] ?? 0) - (firstLengths[i0] ?? 0)) * context.lengthRatio;
      const actual = (secondLengths[j1] ?? 0) - (secondLengths[j0] ?? 0);
      const ratio = Math.log((actual + 6) / (expected + 6));
      score =
        PAIR_VALUE +
        EXTRA_VALUE * (rows + columns - 2) +
        EXPLAINED * (secondExplained + firstExplained) +
        unitMass * (firstWeight + secondWeight) +
        MEAN * (measureMean(secondExplained, secondWeight) + measureMean(firstExplained, firstWeight)) -
        LENGTH * ratio * ratio * Math.min(1, (actual + expected) / 60);
    }
    if (ends && rows > 0 && columns > 0) {
      const one = ends.first[i1] ?? 0;
      const other = ends.second[j1] ?? 0;
      if (one + other === 2) score += BOTH_END;
      else if (one !== other) score += ONE_ENDS;
    }
    return FLATTENING * score;
  };
}

function measureMean(explained: number, mass: number): number {
  return mass > 0 ? explained / mass + Math.log(RATIO_FLOOR) : 0;
}

type Cells = { readonly row: number; readonly size: number; readonly from: number; readonly to: number };

function sumCells({ values, bases }: CoarseEvidence, { row, size, from, to }: Cells): number {
  const base = bases[row * LONGEST_COARSE + size - 1] ?? 0;
  let sum = 0;
  for (let column = from; column < to; column++) sum += values[base + column] ?? 0;
  return sum;
}

/** For each place in the second text, the first and last row that has it. */
function listReach({ low, high }: SearchSpace, secondCount: number): { from: Int32Array; to: Int32Array } {
  const from = new Int32Array(secondCount + 1);
  const to = new Int32Array(secondCount + 1);
  let row = 0;
  for (let column = 0; column <= secondCount; column++) {
    while (row < high.length - 1 && (high[row] ?? 0) < column) row++;
    from[column] = row;
  }
  row = low.length - 1;
  for (let column = secondCount; column >= 0; column--) {
    while (row > 0 && (low[row] ?? 0) > column) row--;
    to[column] = row;
  }
  return { from, to };
}

function accumulateMass(side: SideUnits, weights: Float32Array): Float64Array {
  const sums = new Float64Array(side.starts.length);
  for (let sentence = 0; sentence + 1 < side.starts.length; sentence++) {
    let sum = sums[sentence] ?? 0;
    for (let at = side.starts[sentence] ?? 0; at < (side.starts[sentence + 1] ?? 0); at++)
      sum += weights[side.units[at] ?? 0] ?? 0;
    sums[sentence + 1] = sum;
  }
  return sums;
}

function accumulate(lengths: Float64Array): Float64Array {
  const sums = new Float64Array(lengths.length + 1);
  lengths.forEach((length, at) => {
    sums[at + 1] = (sums[at] ?? 0) + length;
  });
  return sums;
}

/** 1 where a paragraph ends before a place between sentences. */
function listEnds(paragraphs: Uint32Array): Uint8Array {
  return Uint8Array.from({ length: paragraphs.length + 1 }, (_, at) =>
    Number(at === 0 || at === paragraphs.length || paragraphs[at - 1] !== paragraphs[at]),
  );
}

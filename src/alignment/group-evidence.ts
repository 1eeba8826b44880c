/**
 * How well a group of neighbouring sentences of one side explains one sentence of the other.
 *
 * Many beads share such a group and sentence, so each is worked out once, when first asked for, and kept: four
 * numbers in one flat array. Cost: O(units × rows of the group) once for each; 16 bytes × pairs × longest group.
 */
import type { SideUnits } from "./units.ts";

/**
 * Values of row r for unit u of the other side are at values[bases[r] + u], u counted over the whole text; the pair
 * of row r and sentence s of the other side is number cellBases[r] + s of pairCount.
 */
export type PairSums = {
  readonly values: Float32Array;
  readonly bases: Float64Array;
  readonly cellBases: Float64Array;
  readonly pairCount: number;
  /** Row r has pairs with sentences from[r]..to[r]. */
  readonly from: Int32Array;
  readonly to: Int32Array;
};

/** Cell: sum of weighted log ratios; weight of what is explained; weight of all; shared units without counterpart. */
export const CELL = { explained: 0, covered: 1, mass: 2, missing: 3 } as const;
const CELL_SIZE = 4;

export type GroupEvidence = {
  readonly cells: Float32Array;
  /** Where in `cells` the numbers for rows [row0, row1) and a column are. */
  readonly find: (row0: number, row1: number, column: number) => number;
};

/**
 * What is left of a unit that nothing explains: log .4 is what it costs. The most frequent ones ("the", "的") stand
 * anywhere, so with them it costs next to nothing.
 */
const USUAL_FLOOR = 0.4;
const FREQUENT_FLOOR = 0.9;
/** Shares of a text between which a unit becomes a frequent one. */
const FREQUENT_FROM = 0.006;
const FREQUENT_TO = 0.02;
/** Keeps the shares of a short text small. */
const PSEUDO_COUNTS = 200;
const COVERED_RATIO = 1.5;

/**
 * How much more often than by chance a unit is met, given what explains it. The root, because the table is too sure of
 * itself: of units met in translations and beside them, what it calls 35 times likelier was 12 times likelier.
 */
export function ratioOf(sum: number, perMass: number, floor: number): number {
  return floor + Math.sqrt(sum * perMass);
}

/** The side whose sentences are explained. */
export type Columns = {
  readonly starts: Uint32Array;
  /** Of each unit of the text. */
  readonly unitWeights: Float32Array;
  readonly isShared: Uint8Array;
  /** What is left of a unit that nothing explains. */
  readonly floors: Float32Array;
};

export function createColumns(side: SideUnits, unitWeights: Float32Array): Columns {
  const isShared = Uint8Array.from(side.units, (unit) => (side.kinds[unit]?.shared === undefined ? 0 : 1));
  return { starts: side.starts, unitWeights, isShared, floors: findFloors(side) };
}

function findFloors(side: SideUnits): Float32Array {
  const counts = new Uint32Array(side.kinds.length);
  for (const unit of side.units) counts[unit] = (counts[unit] ?? 0) + 1;
  const total = side.units.length + PSEUDO_COUNTS;
  const byUnit = Float32Array.from(counts, (count) => {
    const frequency = Math.log(count / total / FREQUENT_FROM) / Math.log(FREQUENT_TO / FREQUENT_FROM);
    return USUAL_FLOOR + (FREQUENT_FLOOR - USUAL_FLOOR) * Math.min(1, Math.max(0, frequency));
  });
  return Float32Array.from(side.units, (unit) => byUnit[unit] ?? USUAL_FLOOR);
}

export type GroupInput = {
  readonly sums: PairSums;
  readonly columns: Columns;
  /** Of each sentence of the row side. */
  readonly rowMass: Float64Array;
  readonly longest: number;
};

export function createGroupEvidence({ sums, columns, rowMass, longest }: GroupInput): GroupEvidence {
  const { values, bases, cellBases, pairCount } = sums;
  const cells = new Float32Array(pairCount * longest * CELL_SIZE).fill(Number.NaN);
  const { unitWeights, isShared, floors } = columns;
  const massSums = new Float64Array(rowMass.length + 1);
  rowMass.forEach((mass, row) => {
    massSums[row + 1] = (massSums[row] ?? 0) + mass;
  });
  const fill = (cell: number, row0: number, row1: number, column: number): void => {
    const perMass = 1 / ((massSums[row1] ?? 0) - (massSums[row0] ?? 0) + 1e-6);
    const base0 = bases[row0] ?? 0;
    const end = columns.starts[column + 1] ?? 0;
    let explained = 0;
    let covered = 0;
    let mass = 0;
    let missing = 0;
    for (let unit = columns.starts[column] ?? 0; unit < end; unit++) {
      let sum = values[base0 + unit] ?? 0;
      for (let row = row0 + 1; row < row1; row++) sum += values[(bases[row] ?? 0) + unit] ?? 0;
      const ratio = ratioOf(sum, perMass, floors[unit] ?? USUAL_FLOOR);
      const weight = unitWeights[unit] ?? 0;
      explained += weight * Math.log(ratio);
      mass += weight;
      if (ratio > COVERED_RATIO) covered += weight;
      if (sum === 0 && isShared[unit] === 1) missing++;
    }
    cells[cell] = explained;
    cells[cell + CELL.covered] = covered;
    cells[cell + CELL.mass] = mass;
    cells[cell + CELL.missing] = missing;
  };
  return {
    cells,
    find: (row0, row1, column) => {
      const cell = (((cellBases[row0] ?? 0) + column) * longest + row1 - row0 - 1) * CELL_SIZE;
      if (Number.isNaN(cells[cell] ?? 0)) fill(cell, row0, row1, column);
      return cell;
    },
  };
}

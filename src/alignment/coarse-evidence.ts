/**
 * How well one to three neighbouring sentences of one text explain each sentence of the other, for a first look.
 *
 * Σ over units e of the sentence: weight(e) × log(1 + Σ ratios / (floor × mass of the group)): what the full evidence
 * calls "explained", and nothing else. What a row says of the units in its reach is summed once and kept for three
 * rows; only units a group speaks for are weighed, and one number a pair is kept.
 * Cost: O(links of the rows + pairs × units per sentence) time; 4 bytes × pairs × 3 memory.
 */
import type { SparseRows } from "./lexicon.ts";
import type { SideUnits } from "./units.ts";

/** A sentence no group explains is at log .4 per unit of weight, as in the full evidence. */
export const RATIO_FLOOR = 0.4;
export const LONGEST_COARSE = 3;
/** Links below are nearly all of "the" and "of" to everything, and change little: half the time. */
const WEAKEST_LINK = 1;

export type CoarseInput = {
  readonly rows: SideUnits;
  readonly rowWeights: Float32Array;
  readonly columns: SideUnits;
  readonly columnWeights: Float32Array;
  /** Row unit → column units, with t/p. */
  readonly links: SparseRows;
  /** The group of `size` rows from `row` on meets columns [from(row, size), to(row, size)); `from` and `to` never fall. */
  readonly from: (row: number, size: number) => number;
  readonly to: (row: number, size: number) => number;
};

export type CoarseEvidence = {
  /** Value of the group of `size` rows from `row` on for a column: values[bases[row * LONGEST_COARSE + size - 1] + column]. */
  readonly values: Float32Array;
  readonly bases: Float64Array;
};

export function gatherCoarse(input: CoarseInput): CoarseEvidence {
  const { rows, columns, columnWeights } = input;
  const rowCount = rows.starts.length - 1;
  const layout = layOutGroups(input, rowCount);
  const values = new Float32Array(layout.size);
  const sumRow = createRowSummer(input);
  const gains = new Float64Array(columns.kinds.length);
  /** For which group the gain of a unit was worked out last. */
  const known = new Int32Array(columns.kinds.length).fill(-1);
  const kept: RowSums[] = [];
  for (let last = 0; last < rowCount; last++) {
    // A row is member of groups that begin up to two rows earlier and of one that begins with it.
    const earliest = Math.max(0, last - LONGEST_COARSE + 1);
    const reuse = kept.length === LONGEST_COARSE ? kept.shift() : undefined;
    const reachEnd = Math.max(input.to(last, 1), input.to(last, LONGEST_COARSE));
    kept.push(sumRow(last, { from: input.from(earliest, last - earliest + 1), to: reachEnd, reuse }));
    let mass = 0;
    for (let size = 1; size <= LONGEST_COARSE && size <= last + 1; size++) {
      const members = kept.slice(-size);
      mass += members[0]?.mass ?? 0;
      const row = last - size + 1;
      const group = row * LONGEST_COARSE + size - 1;
      const base = layout.bases[group] ?? 0;
      const perMass = 1 / (RATIO_FLOOR * mass + 1e-6);
      const to = input.to(row, size);
      const [one, two, three] = members;
      if (!one) continue;
      for (let column = input.from(row, size); column < to; column++) {
        let explained = 0;
        const end = columns.starts[column + 1] ?? 0;
        for (let at = columns.starts[column] ?? 0; at < end; at++) {
          let sum = one.values[at - one.start] ?? 0;
          if (two) sum += two.values[at - two.start] ?? 0;
          if (three) sum += three.values[at - three.start] ?? 0;
          if (sum === 0) continue;
          const unit = columns.units[at] ?? 0;
          if (known[unit] !== group) {
            known[unit] = group;
            gains[unit] = (columnWeights[unit] ?? 0) * Math.log1p(sum * perMass);
          }
          explained += gains[unit] ?? 0;
        }
        values[base + column] = explained;
      }
    }
  }
  return { values, bases: layout.bases };
}

/** What a row says of unit `at` of the other text is values[at - start]. */
type RowSums = { values: Float32Array; start: number; mass: number };
type Reach = { readonly from: number; readonly to: number; readonly reuse: RowSums | undefined };

function createRowSummer({ rows, columns, links, rowWeights }: CoarseInput): (row: number, reach: Reach) => RowSums {
  const strong = dropWeak(links);
  const sums = new Float64Array(columns.kinds.length);
  const touched: number[] = [];
  return (row, { from, to, reuse }) => {
    let mass = 0;
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const unit = rows.units[at] ?? 0;
      const weight = rowWeights[unit] ?? 0;
      mass += weight;
      const end = strong.starts[unit + 1] ?? 0;
      for (let link = strong.starts[unit] ?? 0; link < end; link++) {
        const column = strong.columns[link] ?? 0;
        if (sums[column] === 0) touched.push(column);
        sums[column] = (sums[column] ?? 0) + weight * (strong.weights[link] ?? 0);
      }
    }
    const start = columns.starts[from] ?? 0;
    const end = columns.starts[Math.max(from, to)] ?? 0;
    const values = reuse && reuse.values.length >= end - start ? reuse.values : new Float32Array(2 * (end - start));
    for (let at = start; at < end; at++) values[at - start] = sums[columns.units[at] ?? 0] ?? 0;
    for (const column of touched) sums[column] = 0;
    touched.length = 0;
    return { values, start, mass };
  };
}

function dropWeak({ starts, columns, weights }: SparseRows): SparseRows {
  const keptStarts = new Uint32Array(starts.length);
  const keptColumns = new Uint32Array(columns.length);
  const keptWeights = new Float32Array(columns.length);
  let size = 0;
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let link = starts[row] ?? 0; link < (starts[row + 1] ?? 0); link++) {
      if ((weights[link] ?? 0) < WEAKEST_LINK) continue;
      keptColumns[size] = columns[link] ?? 0;
      keptWeights[size] = weights[link] ?? 0;
      size++;
    }
    keptStarts[row + 1] = size;
  }
  return { starts: keptStarts, columns: keptColumns, weights: keptWeights };
}

function layOutGroups(input: CoarseInput, rowCount: number): { bases: Float64Array; size: number } {
  const bases = new Float64Array(rowCount * LONGEST_COARSE);
  let size = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let count = 1; count <= LONGEST_COARSE && row + count <= rowCount; count++) {
      const from = input.from(row, count);
      bases[row * LONGEST_COARSE + count - 1] = size - from;
      size += Math.max(0, input.to(row, count) - from);
    }
  }
  return { bases, size };
}

/**
 * How well one to three neighbouring sentences of one text explain each sentence of the other, for a first look.
 *
 * Σ over units e of the sentence: weight(e) × log(1 + Σ ratios / (floor × mass of the group)): what the full evidence
 * calls "explained", and nothing else. Only units the group speaks for are touched, and one number a pair is kept.
 * Cost: O(links of the rows + pairs × units per sentence) time; 4 bytes × pairs × 3 memory.
 */
import type { SparseRows } from "./lexicon.ts";
import type { SideUnits } from "./units.ts";

/** A sentence no group explains is at log .4 per unit of weight, as in the full evidence. */
export const RATIO_FLOOR = 0.4;
export const LONGEST_COARSE = 3;

export type CoarseInput = {
  readonly rows: SideUnits;
  readonly rowWeights: Float32Array;
  readonly columns: SideUnits;
  readonly columnWeights: Float32Array;
  /** Row unit → column units, with t/p. */
  readonly links: SparseRows;
  /** The group of `size` rows from `row` on meets columns [from(row, size), to(row, size)). */
  readonly from: (row: number, size: number) => number;
  readonly to: (row: number, size: number) => number;
};

export type CoarseEvidence = {
  /** Value of the group of `size` rows from `row` on for a column: values[bases[row * LONGEST_COARSE + size - 1] + column]. */
  readonly values: Float32Array;
  readonly bases: Float64Array;
};

export function gatherCoarse(input: CoarseInput): CoarseEvidence {
  const { rows, columns, links, rowWeights, columnWeights } = input;
  const rowCount = rows.starts.length - 1;
  const layout = layOutGroups(input, rowCount);
  const values = new Float32Array(layout.size);
  const sums = new Float64Array(columns.kinds.length);
  const gains = new Float64Array(columns.kinds.length);
  /** For which group the gain of a unit was worked out last. */
  const known = new Int32Array(columns.kinds.length).fill(-1);
  const touched: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    let mass = 0;
    for (let size = 1; size <= LONGEST_COARSE && row + size <= rowCount; size++) {
      const last = row + size - 1;
      for (let at = rows.starts[last] ?? 0; at < (rows.starts[last + 1] ?? 0); at++) {
        const unit = rows.units[at] ?? 0;
        const weight = rowWeights[unit] ?? 0;
        mass += weight;
        for (let link = links.starts[unit] ?? 0; link < (links.starts[unit + 1] ?? 0); link++) {
          const column = links.columns[link] ?? 0;
          if (sums[column] === 0) touched.push(column);
          sums[column] = (sums[column] ?? 0) + weight * (links.weights[link] ?? 0);
        }
      }
      const group = row * LONGEST_COARSE + size - 1;
      const base = layout.bases[group] ?? 0;
      const perMass = 1 / (RATIO_FLOOR * mass + 1e-6);
      const to = input.to(row, size);
      for (let column = input.from(row, size); column < to; column++) {
        let explained = 0;
        const end = columns.starts[column + 1] ?? 0;
        for (let at = columns.starts[column] ?? 0; at < end; at++) {
          const unit = columns.units[at] ?? 0;
          const sum = sums[unit] ?? 0;
          if (sum === 0) continue;
          if (known[unit] !== group) {
            known[unit] = group;
            gains[unit] = (columnWeights[unit] ?? 0) * Math.log1p(sum * perMass);
          }
          explained += gains[unit] ?? 0;
        }
        values[base + column] = explained;
      }
    }
    for (const column of touched) sums[column] = 0;
    touched.length = 0;
  }
  return { values, bases: layout.bases };
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

/**
 * What each paragraph of the first text shares with each of the second that a bead of the space may pair it with:
 * common units, each as often as both have it, and their weight.
 * Cost: O(cells × units of a paragraph) time, 8 bytes a cell.
 */
import type { SearchSpace } from "./search-space.ts";
import type { VersionUnits } from "./version-units.ts";

export type VersionCells = {
  readonly counts: Float32Array;
  readonly weights: Float32Array;
  /** -1 outside of the space. */
  readonly find: (i: number, j: number) => number;
};

/** Rows whose beads are wanted, and how many paragraphs a side of one may have. */
export type CellRows = { readonly from: number; readonly to: number; readonly longest: number };

export function fillCells(
  { first, second, weights }: VersionUnits,
  { low, high }: SearchSpace,
  { from, to, longest }: CellRows,
  /** One entry for each unit, all 0; left so. */
  own: Uint16Array,
): VersionCells {
  const start = Math.max(0, from - longest);
  const end = Math.min(first.sizes.length, to);
  const offsets = new Float64Array(end - start + 1);
  const froms = new Int32Array(end - start);
  const tos = new Int32Array(end - start);
  const last = low.length - 1;
  for (let row = start; row < end; row++) {
    // A bead that holds the row begins at a node of a row not far above and ends at one not far below.
    froms[row - start] = low[Math.max(0, row + 1 - longest)] ?? 0;
    tos[row - start] = Math.min(second.sizes.length, Math.max(0, high[Math.min(last, row + longest)] ?? 0));
    offsets[row - start + 1] = (offsets[row - start] ?? 0) + Math.max(0, (tos[row - start] ?? 0) - (froms[row - start] ?? 0));
  }
  const cellCount = offsets.at(-1) ?? 0;
  const counts = new Float32Array(cellCount);
  const sums = new Float32Array(cellCount);
  for (let row = start; row < end; row++) {
    const unitFrom = first.starts[row] ?? 0;
    const unitTo = first.starts[row + 1] ?? 0;
    for (let at = unitFrom; at < unitTo; at++) own[first.units[at] ?? 0] = first.counts[at] ?? 0;
    let cell = offsets[row - start] ?? 0;
    for (let column = froms[row - start] ?? 0; column < (tos[row - start] ?? 0); column++, cell++) {
      let count = 0;
      let sum = 0;
      const columnTo = second.starts[column + 1] ?? 0;
      for (let at = second.starts[column] ?? 0; at < columnTo; at++) {
        const unit = second.units[at] ?? 0;
        const held = own[unit] ?? 0;
        if (held === 0) continue;
        const shared = Math.min(held, second.counts[at] ?? 0);
        count += shared;
        sum += shared * (weights[unit] ?? 0);
      }
      counts[cell] = count;
      sums[cell] = sum;
    }
    for (let at = unitFrom; at < unitTo; at++) own[first.units[at] ?? 0] = 0;
  }
  const find = (i: number, j: number): number => {
    const row = i - start;
    const begin = froms[row] ?? 0;
    return j < begin || j >= (tos[row] ?? 0) ? -1 : (offsets[row] ?? 0) + j - begin;
  };
  return { counts, weights: sums, find };
}

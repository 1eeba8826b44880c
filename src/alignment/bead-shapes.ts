/** Which beads are tried: how many sentences of either side may stand together. */

export type BeadShape = { readonly first: number; readonly second: number };

/** Larger groups are possible and dear: a translator who joins nine sentences is rare, but exists. */
export const BEAD_SHAPES: readonly BeadShape[] = [
  [0, 1], [1, 0], [1, 1], [1, 2], [2, 1], [2, 2], [1, 3], [3, 1], [2, 3], [3, 2], [1, 4], [4, 1], [2, 4], [4, 2], [3, 3],
  [1, 5], [5, 1], [3, 4], [4, 3], [1, 6], [6, 1], [2, 5], [5, 2], [4, 4], [1, 7], [7, 1], [1, 8], [8, 1], [1, 9], [9, 1],
].map(([first, second]) => ({ first: first ?? 0, second: second ?? 0 })); // prettier-ignore

/** Runs of sentences without counterpart, as one step each: an omitted passage is one event, not a hundred. */
export const NULL_RUNS: readonly BeadShape[] = [3, 6, 12, 24, 48].flatMap((length) => [
  { first: 0, second: length },
  { first: length, second: 0 },
]);

export const LONGEST_SIDE = Math.max(...BEAD_SHAPES.map((shape) => Math.max(shape.first, shape.second)));

/** Sentences [i0, i1) of the first text and [j0, j1) of the second. */
export type BeadRange = { readonly i0: number; readonly i1: number; readonly j0: number; readonly j1: number };

/**
 * Finds the space for the full model: a band round the anchors, looked through once with a cheap score, widened where
 * the best way came to its edge, and narrowed to what lies near the best ways.
 *
 * Guarantee: holds a series of beads from corner to corner. Cost: that of the first look, see coarse-search.ts.
 */
import { narrowSpace, scoreCoarse } from "./coarse-search.ts";
import type { CoarseContext } from "./coarse-search.ts";
import type { SpaceOptions } from "./prepare.ts";
import { findBestPath } from "./search.ts";
import { MOST_NODES, addMargins, layOutSpace, widenWhereTight } from "./search-space.ts";
import type { SearchSpace, SpaceInput } from "./search-space.ts";

/** A path at the edge of the space is searched again in a wider one; after so many times it is taken as it is. */
const MOST_SEARCHES = 4;
/** So many nodes of the full model fit into memory and a few seconds whatever the texts are like. */
const MOST_NARROW_NODES = 250_000;
const REPORT_EVERY = 256;

export function findNarrowSpace(input: SpaceInput, context: CoarseContext, options: SpaceOptions): SearchSpace {
  const coarse: CoarseContext = { ...context, pinnedStart: options.pinnedStart ?? false };
  const rowCount = input.firstCount + 1;
  let margins: Int32Array | undefined;
  for (let round = 1; ; round++) {
    const space = layOutSpace({ ...input, ...(margins ? { margins } : {}) });
    const scored = scoreCoarse(coarse, space, (row) => {
      if (row % REPORT_EVERY === 0) options.onProgress?.(row / rowCount);
    });
    const path = findBestPath(scored).map((bead) => ({ first: bead.i1, second: bead.j1 }));
    const mayWiden = round < MOST_SEARCHES && (space.offsets[rowCount] ?? 0) < MOST_NODES / 2;
    const wider = mayWiden ? widenWhereTight(space, path, input.secondCount) : undefined;
    if (!wider) {
      const narrow = narrowSpace(scored, MOST_NARROW_NODES);
      return options.wider ? addMargins(narrow, space, options.wider) : narrow;
    }
    margins = wider.map((margin, row) => Math.max(margin, margins?.[row] ?? 0));
  }
}

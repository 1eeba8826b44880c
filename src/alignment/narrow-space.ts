/**
 * Finds the space for the full model: a band round the anchors, looked through once with a cheap score, widened where
 * the best way came to its edge, and narrowed to what lies near the best ways.
 *
 * Guarantee: holds a series of beads from corner to corner. Cost: that of the first look; for translations see coarse-search.ts.
 */
import { narrowSpace } from "./coarse-search.ts";
import { findBestPath } from "./search.ts";
import type { ScoredSpace } from "./search.ts";
import { MOST_NODES, addMargins, layOutSpace, widenWhereTight } from "./search-space.ts";
import type { SearchSpace, SpaceInput } from "./search-space.ts";

/** The cheap score over a whole space; `onRow` is called after each row. */
export type FirstLook = (space: SearchSpace, onRow: (row: number) => void) => ScoredSpace;

export type SpaceOptions = {
  /** Everything between the anchors, without the first look. */
  readonly whole?: boolean;
  /** The first bead has sentences of both sides. */
  readonly pinnedStart?: boolean;
  /** Rows in which a search found the space too narrow, with the places to add on either side. */
  readonly wider?: Int32Array | undefined;
  /** Called now and then with a share of the work, 0 to 1; may throw to end it. */
  readonly onProgress?: (share: number) => void;
};

/** A path at the edge of the space is searched again in a wider one; after so many times it is taken as it is. */
const MOST_SEARCHES = 4;
/** So many nodes of the full model fit into memory and a few seconds, whatever the texts are like. */
const MOST_NARROW_NODES = 250_000;
/** Texts that have little to do with each other would keep all; nothing is found there by looking harder. */
const MOST_PER_ROW = 40;
const ALWAYS = 10_000;
const REPORT_EVERY = 256;

export function findNarrowSpace(input: SpaceInput, look: FirstLook, options: SpaceOptions): SearchSpace {
  const rowCount = input.firstCount + 1;
  let margins: Int32Array | undefined;
  for (let round = 1; ; round++) {
    const space = layOutSpace({ ...input, ...(margins ? { margins } : {}) });
    const scored = look(space, (row) => {
      if (row % REPORT_EVERY === 0) options.onProgress?.(row / rowCount);
    });
    const path = findBestPath(scored).map((bead) => ({ first: bead.i1, second: bead.j1 }));
    const mayWiden = round < MOST_SEARCHES && (space.offsets[rowCount] ?? 0) < MOST_NODES / 2;
    const wider = mayWiden ? widenWhereTight(space, path, input.secondCount) : undefined;
    if (!wider) {
      const narrow = narrowSpace(scored, Math.min(MOST_NARROW_NODES, Math.max(ALWAYS, MOST_PER_ROW * rowCount)));
      return options.wider ? addMargins(narrow, space, options.wider) : narrow;
    }
    margins = wider.map((margin, row) => Math.max(margin, margins?.[row] ?? 0));
  }
}

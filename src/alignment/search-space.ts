/**
 * Where the search looks: for each place between two sentences of the first text, a stretch of places in the second.
 *
 * Between two neighbouring anchors the path runs from the one to the other; the stretch is the straight line
 * with a margin, and the whole rectangle where the anchors are near or the line between them is not to be trusted
 * (an omission bends it). Where anchors are far apart the margin grows with the distance.
 * Guarantee: the two corners are inside and stretches overlap from row to row, so a path always exists.
 * Cost: O(rows).
 */
import type { SentenceAnchor } from "./anchors.ts";

/** Node (i, j) stands before sentence i of the first and j of the second text; row i has nodes low[i]..high[i]. */
export type SearchSpace = {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Number of the first node of a row; one more entry than rows. */
  readonly offsets: Uint32Array;
};

const MARGIN = 16;
/** Rectangles up to so many nodes are searched whole. */
const WHOLE_RECTANGLE = 10_000;
/** Without any fixed point the band of a long text must end somewhere: so many nodes take some ten seconds. */
export const MOST_NODES = 800_000;

export type SpaceInput = {
  readonly firstCount: number;
  readonly secondCount: number;
  readonly anchors: readonly SentenceAnchor[];
  /** Rows whose margin a former search found too narrow, with the margin they need now. */
  readonly margins?: Int32Array;
};

export function layOutSpace(input: SpaceInput): SearchSpace {
  const { firstCount, secondCount } = input;
  const low = new Int32Array(firstCount + 1).fill(secondCount);
  const high = new Int32Array(firstCount + 1);
  const points = [
    { first: 0, second: 0 },
    ...input.anchors.flatMap((anchor) => [anchor, { first: anchor.first + 1, second: anchor.second + 1 }]),
    { first: firstCount, second: secondCount },
  ];
  for (let at = 0; at + 1 < points.length; at++) {
    const from = points[at];
    const to = points[at + 1];
    if (from && to) coverStretch({ from, to, low, high, input });
  }
  return closeSpace(low, high, secondCount);
}

/** A space of given rows, each at least so wide that a way from corner to corner exists. The arrays are kept. */
export function closeSpace(low: Int32Array, high: Int32Array, secondCount: number): SearchSpace {
  const rowCount = low.length;
  low[0] = 0;
  high[rowCount - 1] = secondCount;
  smooth(low, high);
  const offsets = new Uint32Array(rowCount + 1);
  for (let row = 0; row < rowCount; row++) offsets[row + 1] = (offsets[row] ?? 0) + (high[row] ?? 0) - (low[row] ?? 0) + 1;
  return { low, high, offsets };
}

type Point = { readonly first: number; readonly second: number };
type Stretch = { from: Point; to: Point; low: Int32Array; high: Int32Array; input: SpaceInput };

function coverStretch({ from, to, low, high, input }: Stretch): void {
  const rows = to.first - from.first;
  const columns = to.second - from.second;
  const whole = (rows + 1) * (columns + 1) <= WHOLE_RECTANGLE;
  // The line between far anchors may bend as a random walk does: by the root of the distance, and by what was left out.
  const wanted = Math.ceil(3 * Math.sqrt(Math.max(rows, columns))) + Math.ceil(Math.abs(columns - rows) / 4);
  const bend = whole ? 0 : Math.min(wanted, Math.ceil(MOST_NODES / (2 * Math.max(1, rows))));
  for (let row = from.first; row <= to.first; row++) {
    const margin = Math.max(MARGIN + bend, input.margins?.[row] ?? 0);
    const line = rows === 0 ? from.second : from.second + ((row - from.first) / rows) * columns;
    const least = whole || rows === 0 ? from.second : Math.floor(line);
    const most = whole || rows === 0 ? to.second : Math.ceil(line);
    low[row] = Math.min(low[row] ?? 0, Math.max(0, least - margin));
    high[row] = Math.max(high[row] ?? 0, Math.min(input.secondCount, most + margin));
  }
}

/** Limits never fall from row to row, and each row reaches the one before. */
function smooth(low: Int32Array, high: Int32Array): void {
  for (let row = low.length - 2; row >= 0; row--) low[row] = Math.min(low[row] ?? 0, low[row + 1] ?? 0);
  for (let row = 1; row < high.length; row++) high[row] = Math.max(high[row] ?? 0, high[row - 1] ?? 0);
}

/** A narrow space with more places on either side of some rows, as far as the space it was cut from reaches. */
export function addMargins(narrow: SearchSpace, whole: SearchSpace, margins: Int32Array): SearchSpace {
  const low = narrow.low.map((least, row) => Math.max(whole.low[row] ?? 0, least - (margins[row] ?? 0)));
  const high = narrow.high.map((most, row) => Math.min(whole.high[row] ?? 0, most + (margins[row] ?? 0)));
  return closeSpace(low, high, whole.high.at(-1) ?? 0);
}

/**
 * Margins for another search, wider in the rows where the path came to the edge of the space; undefined when
 * it did nowhere, which is the usual case.
 */
export function widenWhereTight(space: SearchSpace, path: readonly Point[], secondCount: number): Int32Array | undefined {
  const margins = new Int32Array(space.low.length);
  let tight = false;
  for (const node of path) {
    const low = space.low[node.first] ?? 0;
    const high = space.high[node.first] ?? 0;
    const nearLow = low > 0 && node.second - low < 2;
    const nearHigh = high < secondCount && high - node.second < 2;
    if (!nearLow && !nearHigh) continue;
    tight = true;
    const width = high - low + MARGIN;
    for (let row = Math.max(0, node.first - width); row <= Math.min(margins.length - 1, node.first + width); row++) {
      margins[row] = Math.max(margins[row] ?? 0, 2 * width);
    }
  }
  return tight ? margins : undefined;
}

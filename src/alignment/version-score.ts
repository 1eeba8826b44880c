/**
 * The score of a bead of two versions: how much likelier its paragraphs are as versions of each other than by chance.
 *
 * Of each paragraph, k of its n units are found on the other side. A version keeps each with a probability p of its own,
 * estimated as k/n and never below a least; by chance a unit is found with the share of paragraphs that hold it:
 *
 *     log ratio = Σ over found units of -log(share) + k log p + (n - k) log(1 - p)
 *
 * Units overlap and both sides say much the same, so the sum is scaled down. Each unit of one side answers one of the
 * other, so that a paragraph that stands twice is not explained twice by one. Each further paragraph of a group has its price,
 * above that of standing alone: a stranger gains nothing by joining one. A short text inside a long one is no version of it:
 * the paragraphs of a bead must make up the better part of each other, by length and by what is found.
 * Cost: O(1) for a pair within the cells, O(units of the bead) for a group that may be worth it.
 */
import { LONGEST_SIDE } from "./bead-shapes.ts";
import { fillCells } from "./version-cells.ts";
import type { CellRows, VersionCells } from "./version-cells.ts";
import type { BeadScorer } from "./score.ts";
import type { SearchSpace } from "./search-space.ts";
import type { ParagraphUnits, VersionUnits } from "./version-units.ts";

const SCALE = 0.15;
const LEAST_KEPT = 0.15;
const NULL_VALUE = -2;
const RUN_VALUE = -3;
/** Dearer than a paragraph that stands alone. */
const EXTRA_VALUE = -2.6;
const LENGTH = 1;
const USUAL_STRAY = 0.3;
const LARGEST_RATIO = 4;
const RATIO_PRIOR = 4;
const LEAST_FOUND = 0.1;
/** So much of each paragraph of a group is found on the other side. */
const LEAST_OF_MEMBER = 0.3;
/** Two paragraphs of a group of several on both sides hang together when they share so much of the shorter one. */
const LEAST_LINK = 0.2;
/** Texts of headings alone are measured by longer paragraphs. */
const SHORTEST_USUAL = 20;

export type VersionEvidence = {
  /** Quick and a little generous to groups: for a first look. */
  readonly scoreRoughly: BeadScorer;
  readonly score: BeadScorer;
};

type Found = { count: number; weight: number };

export type VersionGatherer = (space: SearchSpace, rows: CellRows) => VersionEvidence;

/** Evidence for the beads that end in some rows of a space. */
export function createVersionGatherer(units: VersionUnits): VersionGatherer {
  const { first, second, weights } = units;
  const sums = { first: accumulate(first.sizes), second: accumulate(second.sizes) };
  const paragraphs = Math.max(1, first.sizes.length + second.sizes.length);
  const shared: Shared = {
    sums,
    usualSize: Math.max(SHORTEST_USUAL, ((sums.first.at(-1) ?? 0) + (sums.second.at(-1) ?? 0)) / paragraphs),
    matcher: createMatcher(weights),
  };
  const own = new Uint16Array(weights.length);
  return (space, rows) => createEvidence(units, shared, fillCells(units, space, rows, own));
}

type Shared = {
  readonly sums: { readonly first: Float64Array; readonly second: Float64Array };
  /** Units of the average paragraph. */
  readonly usualSize: number;
  readonly matcher: Matcher;
};

function createEvidence({ first, second }: VersionUnits, { sums, usualSize, matcher }: Shared, cells: VersionCells): VersionEvidence {
  const one: Found = { count: 0, weight: 0 };
  const other: Found = { count: 0, weight: 0 };

  /** What the cells say of row or column `at` of a bead, at most all of it. */
  const sumRow = (i: number, j0: number, j1: number, out: Found): void => {
    out.count = 0;
    out.weight = 0;
    for (let j = j0; j < j1; j++) {
      const cell = cells.find(i, j);
      if (cell < 0) continue;
      out.count += cells.counts[cell] ?? 0;
      out.weight += cells.weights[cell] ?? 0;
    }
    cap(out, first.sizes[i] ?? 0);
  };
  const sumColumn = (j: number, i0: number, i1: number, out: Found): void => {
    out.count = 0;
    out.weight = 0;
    for (let i = i0; i < i1; i++) {
      const cell = cells.find(i, j);
      if (cell < 0) continue;
      out.count += cells.counts[cell] ?? 0;
      out.weight += cells.weights[cell] ?? 0;
    }
    cap(out, second.sizes[j] ?? 0);
  };

  const scoreRoughly: BeadScorer = (i0, i1, j0, j1) => {
    const [rowCount, columnCount] = [i1 - i0, j1 - j0];
    if (rowCount === 0 || columnCount === 0) return rowCount + columnCount === 1 ? NULL_VALUE : RUN_VALUE;
    const firstSize = (sums.first[i1] ?? 0) - (sums.first[i0] ?? 0);
    const secondSize = (sums.second[j1] ?? 0) - (sums.second[j0] ?? 0);
    // A paragraph in more pieces than a bead holds is put together later.
    const isCutOff = rowCount + columnCount > LONGEST_SIDE / 2 && Math.min(rowCount, columnCount) === 1;
    if (!isCutOff && !areNearInLength(firstSize, secondSize)) return -Infinity;
    const lengths = scoreLengths(firstSize, secondSize);
    if (firstSize + secondSize === 0) return rowCount + columnCount === 2 ? 0 : -Infinity;
    const leastOf = (count: number): number => (rowCount + columnCount === 2 || (isCutOff && count === 1) ? LEAST_FOUND : LEAST_OF_MEMBER);
    let score = lengths + EXTRA_VALUE * (rowCount + columnCount - 2);
    for (let i = i0; i < i1; i++) {
      sumRow(i, j0, j1, one);
      const size = first.sizes[i] ?? 0;
      if (one.count < leastOf(rowCount) * size || one.count === 0) return -Infinity;
      score += weigh(one, size, secondSize / usualSize);
    }
    for (let j = j0; j < j1; j++) {
      sumColumn(j, i0, i1, one);
      const size = second.sizes[j] ?? 0;
      if (one.count < leastOf(columnCount) * size || one.count === 0) return -Infinity;
      score += weigh(one, size, firstSize / usualSize);
    }
    return score;
  };

  /** Pairs that have nothing to do with each other are beads of their own, or cross. */
  const isConnected = (i0: number, i1: number, j0: number, j1: number): boolean => {
    const rows = i1 - i0;
    let [reached, before] = [1, 0];
    while (reached !== before) {
      before = reached;
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) {
          const bits = (1 << (i - i0)) | (1 << (rows + j - j0));
          if ((reached & bits) !== 0 && (reached & bits) !== bits && areLinked(i, j)) reached |= bits;
        }
      }
    }
    return reached === (1 << (rows + j1 - j0)) - 1;
  };
  const areLinked = (i: number, j: number): boolean => {
    const cell = cells.find(i, j);
    return cell >= 0 && (cells.counts[cell] ?? 0) >= LEAST_LINK * Math.min(first.sizes[i] ?? 0, second.sizes[j] ?? 0);
  };

  /** Exactly, each unit used once; not better than roughly. */
  const score: BeadScorer = (i0, i1, j0, j1) => {
    const rough = scoreRoughly(i0, i1, j0, j1);
    const extra = i1 - i0 + j1 - j0 - 2;
    if (extra <= 0 || i0 === i1 || j0 === j1) return rough;
    // All of them standing alone are worth more.
    if (rough < NULL_VALUE * (extra + 2)) return -Infinity;
    if (i1 - i0 > 1 && j1 - j0 > 1 && !isConnected(i0, i1, j0, j1)) return -Infinity;
    let sum =
      scoreLengths((sums.first[i1] ?? 0) - (sums.first[i0] ?? 0), (sums.second[j1] ?? 0) - (sums.second[j0] ?? 0)) + EXTRA_VALUE * extra;
    const add = (members: ParagraphUnits, range: readonly [number, number], side: ParagraphUnits, against: readonly [number, number]): boolean => {
      matcher.open(side, against);
      let isWhole = true;
      const own = side === first ? sums.first : sums.second;
      const reach = (own[against[1]] ?? 0) - (own[against[0]] ?? 0);
      for (let at = range[0]; at < range[1]; at++) {
        matcher.take(members, at, other);
        const size = members.sizes[at] ?? 0;
        if (other.count < (range[1] - range[0] === 1 ? LEAST_FOUND : LEAST_OF_MEMBER) * size) isWhole = false;
        sum += weigh(other, size, reach / usualSize);
      }
      matcher.close(side, against);
      return isWhole;
    };
    const isWhole = add(first, [i0, i1], second, [j0, j1]) && add(second, [j0, j1], first, [i0, i1]);
    return isWhole ? sum : -Infinity;
  };
  return { scoreRoughly, score };
}

function cap(found: Found, size: number): void {
  if (found.count <= size) return;
  found.weight *= size / found.count;
  found.count = size;
}

function weigh({ count, weight }: Found, size: number, reach: number): number {
  if (size === 0) return 0;
  weight -= count * Math.log(Math.max(1, reach));
  const kept = Math.max(LEAST_KEPT, (count + 0.5) / (size + 1));
  return SCALE * (weight + count * Math.log(kept) + (size - count) * Math.log(1 - kept));
}

/** Units of two texts that may be versions of each other. */
export function areNearInLength(first: number, second: number): boolean {
  return Math.max(first, second) + RATIO_PRIOR <= LARGEST_RATIO * (Math.min(first, second) + RATIO_PRIOR);
}

function scoreLengths(first: number, second: number): number {
  const ratio = Math.log((second + RATIO_PRIOR) / (first + RATIO_PRIOR));
  return -LENGTH * Math.log(1 + (ratio / USUAL_STRAY) ** 2);
}

function accumulate(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(sizes.length + 1);
  sizes.forEach((size, at) => {
    sums[at + 1] = (sums[at] ?? 0) + size;
  });
  return sums;
}

type Matcher = {
  readonly open: (side: ParagraphUnits, range: readonly [number, number]) => void;
  /** What a paragraph finds in what is left of the side. */
  readonly take: (members: ParagraphUnits, at: number, out: Found) => void;
  readonly close: (side: ParagraphUnits, range: readonly [number, number]) => void;
};

function createMatcher(weights: Float32Array): Matcher {
  const left = new Int32Array(weights.length);
  const visit = ({ starts, units, counts }: ParagraphUnits, [from, to]: readonly [number, number], sign: 0 | 1): void => {
    for (let at = starts[from] ?? 0; at < (starts[to] ?? 0); at++) {
      const unit = units[at] ?? 0;
      left[unit] = sign === 0 ? 0 : (left[unit] ?? 0) + (counts[at] ?? 0);
    }
  };
  return {
    open: (side, range) => visit(side, range, 1),
    close: (side, range) => visit(side, range, 0),
    take: ({ starts, units, counts }, paragraph, out) => {
      out.count = 0;
      out.weight = 0;
      for (let at = starts[paragraph] ?? 0; at < (starts[paragraph + 1] ?? 0); at++) {
        const unit = units[at] ?? 0;
        const shared = Math.min(counts[at] ?? 0, left[unit] ?? 0);
        if (shared === 0) continue;
        left[unit] = (left[unit] ?? 0) - shared;
        out.count += shared;
        out.weight += shared * (weights[unit] ?? 0);
      }
    },
  };
}

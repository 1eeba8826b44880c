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
import { sumMasses } from "./version-anchors.ts";
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
const NEARLY_EQUAL = 0.75;
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
    masses: { first: sumMasses(first, weights), second: sumMasses(second, weights) },
    usualSize: Math.max(SHORTEST_USUAL, ((sums.first.at(-1) ?? 0) + (sums.second.at(-1) ?? 0)) / paragraphs),
    matcher: createMatcher(weights),
  };
  const own = new Uint16Array(weights.length);
  return (space, rows) => createEvidence(units, shared, fillCells(units, space, rows, own));
}

type Shared = {
  readonly sums: { readonly first: Float64Array; readonly second: Float64Array };
  /** Weight of all units of each paragraph. */
  readonly masses: { readonly first: Float64Array; readonly second: Float64Array };
  /** Units of the average paragraph. */
  readonly usualSize: number;
  readonly matcher: Matcher;
};

function createEvidence({ first, second }: VersionUnits, shared: Shared, cells: VersionCells): VersionEvidence {
  const { sums, masses, usualSize, matcher } = shared;
  const found: Found = { count: 0, weight: 0 };

  /** What the cells say of a paragraph of a bead, at most all of it. */
  const sumCells = (i0: number, i1: number, j0: number, j1: number): void => {
    found.count = 0;
    found.weight = 0;
    for (let i = i0; i < i1; i++) {
      for (let j = j0; j < j1; j++) {
        const cell = cells.find(i, j);
        if (cell < 0) continue;
        found.count += cells.counts[cell] ?? 0;
        found.weight += cells.weights[cell] ?? 0;
      }
    }
  };

  const scoreRoughly: BeadScorer = (i0, i1, j0, j1) => {
    const [rows, columns] = [i1 - i0, j1 - j0];
    if (rows === 0 || columns === 0) return rows + columns === 1 ? NULL_VALUE : RUN_VALUE;
    const firstSize = (sums.first[i1] ?? 0) - (sums.first[i0] ?? 0);
    const secondSize = (sums.second[j1] ?? 0) - (sums.second[j0] ?? 0);
    if (firstSize + secondSize === 0) return rows + columns === 2 ? 0 : -Infinity;
    if (!areNearInLength(firstSize, secondSize) && !isCutOff(rows, columns)) return -Infinity;
    let score = scoreLengths(firstSize, secondSize) + EXTRA_VALUE * (rows + columns - 2);
    for (let i = i0; i < i1; i++) {
      sumCells(i, i + 1, j0, j1);
      score += weigh(found, first.sizes[i] ?? 0, { own: rows, others: columns, reach: secondSize / usualSize });
    }
    for (let j = j0; j < j1; j++) {
      sumCells(i0, i1, j, j + 1);
      score += weigh(found, second.sizes[j] ?? 0, { own: columns, others: rows, reach: firstSize / usualSize });
    }
    return score;
  };

  /** Do several on both sides hang together? Pairs that do not, or are nearly equal, are beads of their own, or cross. */
  const isConnected = (i0: number, i1: number, j0: number, j1: number): boolean => {
    const rows = i1 - i0;
    let reached = 1;
    for (let before = 0; reached !== before;) {
      before = reached;
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) {
          const common = cells.weights[cells.find(i, j)] ?? 0;
          const [one, other] = [masses.first[i] ?? 0, masses.second[j] ?? 0];
          if (common >= NEARLY_EQUAL * Math.max(one, other)) return false;
          const bits = (1 << (i - i0)) | (1 << (rows + j - j0));
          if ((reached & bits) !== 0 && common >= LEAST_LINK * Math.min(one, other)) reached |= bits;
        }
      }
    }
    return reached === (1 << (rows + j1 - j0)) - 1;
  };

  /** What the members of one side find in the other, each unit used once. */
  const scoreMembers = (side: ParagraphUnits, [from, to]: Range, opposite: ParagraphUnits, against: Range): number => {
    const opposites = opposite === first ? sums.first : sums.second;
    const reach = ((opposites[against[1]] ?? 0) - (opposites[against[0]] ?? 0)) / usualSize;
    let score = 0;
    matcher.open(opposite, against);
    for (let at = from; at < to; at++) {
      matcher.take(side, at, found);
      score += weigh(found, side.sizes[at] ?? 0, { own: to - from, others: against[1] - against[0], reach });
    }
    matcher.close(opposite, against);
    return score;
  };

  /** Exactly; never better than roughly. */
  const score: BeadScorer = (i0, i1, j0, j1) => {
    const rough = scoreRoughly(i0, i1, j0, j1);
    const [rows, columns] = [i1 - i0, j1 - j0];
    if (rows + columns <= 2 || rows === 0 || columns === 0) return rough;
    // All of them standing alone are worth more.
    if (rough < NULL_VALUE * (rows + columns)) return -Infinity;
    if (rows > 1 && columns > 1 && !isConnected(i0, i1, j0, j1)) return -Infinity;
    const firstSize = (sums.first[i1] ?? 0) - (sums.first[i0] ?? 0);
    const secondSize = (sums.second[j1] ?? 0) - (sums.second[j0] ?? 0);
    return (
      scoreLengths(firstSize, secondSize) +
      EXTRA_VALUE * (rows + columns - 2) +
      scoreMembers(first, [i0, i1], second, [j0, j1]) +
      scoreMembers(second, [j0, j1], first, [i0, i1])
    );
  };
  return { scoreRoughly, score };
}

type Range = readonly [from: number, to: number];

/** A paragraph in more pieces than a bead holds: it finds little in those that the bead has. See version-pieces.ts. */
function isCutOff(rows: number, columns: number): boolean {
  return rows + columns > LONGEST_SIDE / 2 && Math.min(rows, columns) === 1;
}

type Member = {
  /** Paragraphs of the bead on its own side, and on the other. */
  readonly own: number;
  readonly others: number;
  /** How many usual paragraphs the other side is long: chance finds so much more there. */
  readonly reach: number;
};

function weigh(found: Found, size: number, { own, others, reach }: Member): number {
  if (found.count === 0) return -Infinity;
  const count = Math.min(size, found.count);
  const whole = own === 1 && isCutOff(own, others);
  const least = whole ? 0 : own + others === 2 || own === 1 ? LEAST_FOUND : LEAST_OF_MEMBER;
  if (count < least * size) return -Infinity;
  const weight = found.weight * (count / found.count) - count * Math.log(Math.max(1, reach));
  const kept = Math.max(LEAST_KEPT, (count + 0.5) / (size + 1));
  const score = SCALE * (weight + count * Math.log(kept) + (size - count) * Math.log(1 - kept));
  return whole ? Math.max(0, score) : score;
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
  readonly open: (side: ParagraphUnits, range: Range) => void;
  /** What a paragraph finds in what is left of the side. */
  readonly take: (members: ParagraphUnits, at: number, out: Found) => void;
  readonly close: (side: ParagraphUnits, range: Range) => void;
};

function createMatcher(weights: Float32Array): Matcher {
  const left = new Int32Array(weights.length);
  const visit = ({ starts, units, counts }: ParagraphUnits, [from, to]: Range, sign: 0 | 1): void => {
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

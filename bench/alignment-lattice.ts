/**
 * The beads of one pair of texts among which the fit of the alignment model chooses, with their features.
 *
 * The whole space holds a hundred beads for each that a fitted model takes seriously. Those with hardly any
 * probability under known weights (with scores halved, so that other weights may still want them) are left out, which
 * makes a fit a matter of seconds. Gold beads stay always.
 */
import { BEAD_SHAPES, NULL_RUNS } from "../src/alignment/bead-shapes.ts";
import { FEATURES, FIRST_HABIT, readFeatures, readHabits } from "../src/alignment/features.ts";
import type { BeadContext } from "../src/alignment/features.ts";
import type { EvidenceGatherer, PreparedTexts } from "../src/alignment/prepare.ts";
import { createLengthGate } from "../src/alignment/score.ts";
import type { SearchSpace } from "../src/alignment/search-space.ts";
import type { TextHabits } from "../src/alignment/text-habits.ts";
import type { AlignmentFile } from "./alignment-sets.ts";

export const SIZE = FEATURES.length;

/** Bead b joins sentences [i0, i1) and [j0, j1): ranges[4b..4b + 4). Sorted by end, so that paths go forward. */
export type BeadList = { readonly count: number; readonly ranges: Int32Array };

export type Lattice = {
  readonly file: AlignmentFile;
  readonly prepared: PreparedTexts;
  readonly swapped: boolean;
  readonly beads: BeadList;
  /** Numbers of the nodes a bead leaves and reaches; nodes in the order of paths. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly nodeCount: number;
  readonly features: Float32Array;
  /** Is the bead gold, or in a stretch where the gold has nothing that the model can say? */
  readonly allowed: Uint8Array;
  readonly unreachable: number;
  /** How much its beads count in the fit. */
  readonly share: number;
};

type Range = { i0: number; i1: number; j0: number; j1: number };

export function listBeads(space: SearchSpace, context: BeadContext): BeadList {
  const gate = createLengthGate(context);
  const shapes = [...BEAD_SHAPES, ...NULL_RUNS];
  const found: number[] = [];
  for (let i1 = 0; i1 < space.low.length; i1++) {
    for (let j1 = space.low[i1] ?? 0; j1 <= (space.high[i1] ?? -1); j1++) {
      for (const { first, second } of shapes) {
        const i0 = i1 - first;
        const j0 = j1 - second;
        if (i0 < 0 || j0 < (space.low[i0] ?? 0) || j0 > (space.high[i0] ?? -1)) continue;
        if (gate(i0, i1, j0, j1)) found.push(i0, i1, j0, j1);
      }
    }
  }
  return { count: found.length / 4, ranges: Int32Array.from(found) };
}

type Nodes = Pick<Lattice, "from" | "to" | "nodeCount">;

export function numberNodes({ count, ranges }: BeadList): Nodes {
  const keys = new Set<number>();
  const stride = 2 ** 20;
  const key = (i: number, j: number) => i * stride + j;
  for (let bead = 0; bead < count; bead++) {
    keys.add(key(ranges[4 * bead] ?? 0, ranges[4 * bead + 2] ?? 0));
    keys.add(key(ranges[4 * bead + 1] ?? 0, ranges[4 * bead + 3] ?? 0));
  }
  const numbers = new Map<number, number>();
  for (const name of Float64Array.from(keys).sort()) numbers.set(name, numbers.size);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  for (let bead = 0; bead < count; bead++) {
    from[bead] = numbers.get(key(ranges[4 * bead] ?? 0, ranges[4 * bead + 2] ?? 0)) ?? 0;
    to[bead] = numbers.get(key(ranges[4 * bead + 1] ?? 0, ranges[4 * bead + 3] ?? 0)) ?? 0;
  }
  return { from, to, nodeCount: numbers.size };
}

/** Log of the summed weight of all paths to each node and on from it. */
export function sumPaths(
  { from, to, nodeCount }: Nodes,
  scores: Float64Array,
): { forward: Float64Array; backward: Float64Array } {
  const forward = new Float64Array(nodeCount).fill(-Infinity);
  const backward = new Float64Array(nodeCount).fill(-Infinity);
  forward[0] = 0;
  backward[nodeCount - 1] = 0;
  for (let bead = 0; bead < scores.length; bead++) {
    const node = to[bead] ?? 0;
    forward[node] = addLogs(forward[node] ?? 0, (forward[from[bead] ?? 0] ?? 0) + (scores[bead] ?? 0));
  }
  for (let bead = scores.length - 1; bead >= 0; bead--) {
    const node = from[bead] ?? 0;
    backward[node] = addLogs(backward[node] ?? 0, (backward[to[bead] ?? 0] ?? 0) + (scores[bead] ?? 0));
  }
  return { forward, backward };
}

function addLogs(one: number, other: number): number {
  const more = Math.max(one, other);
  const less = Math.min(one, other);
  if (less === -Infinity) return more;
  return less < more - 40 ? more : more + Math.log1p(Math.exp(less - more));
}

/** The likeliest path as numbers of beads, in order. */
export function findBest({ from, to, nodeCount }: Nodes, scores: Float64Array): readonly number[] {
  const best = new Float64Array(nodeCount).fill(-Infinity);
  const by = new Int32Array(nodeCount).fill(-1);
  best[0] = 0;
  for (let bead = 0; bead < scores.length; bead++) {
    const total = (best[from[bead] ?? 0] ?? 0) + (scores[bead] ?? 0);
    if (total > (best[to[bead] ?? 0] ?? 0)) {
      best[to[bead] ?? 0] = total;
      by[to[bead] ?? 0] = bead;
    }
  }
  const path: number[] = [];
  for (let node = nodeCount - 1; node > 0;) {
    const bead = by[node] ?? -1;
    if (bead < 0) throw new Error("The beads that were kept leave no way from corner to corner.");
    path.push(bead);
    node = from[bead] ?? 0;
  }
  return path.reverse();
}

const KEEP = 1e-6;

/** Bead numbers worth keeping under these weights. */
export function pruneBeads(beads: BeadList, context: BeadContext, weights: Float64Array): BeadList {
  const row = new Float64Array(SIZE);
  const scores = new Float64Array(beads.count);
  const range: Range = { i0: 0, i1: 0, j0: 0, j1: 0 };
  for (let bead = 0; bead < beads.count; bead++) {
    readRange(beads, bead, range);
    readFeatures(context, range, row);
    let score = 0;
    for (let at = 0; at < SIZE; at++) score += (row[at] ?? 0) * (weights[at] ?? 0);
    scores[bead] = score / 2;
  }
  const nodes = numberNodes(beads);
  const { forward, backward } = sumPaths(nodes, scores);
  const all = forward[nodes.nodeCount - 1] ?? 0;
  const kept: number[] = [];
  for (let bead = 0; bead < beads.count; bead++) {
    const through = (forward[nodes.from[bead] ?? 0] ?? 0) + (scores[bead] ?? 0) + (backward[nodes.to[bead] ?? 0] ?? 0) - all;
    if (through > Math.log(KEEP)) kept.push(...beads.ranges.subarray(4 * bead, 4 * bead + 4));
  }
  return { count: kept.length / 4, ranges: Int32Array.from(kept) };
}

function readRange({ ranges }: BeadList, bead: number, range: Range): void {
  range.i0 = ranges[4 * bead] ?? 0;
  range.i1 = ranges[4 * bead + 1] ?? 0;
  range.j0 = ranges[4 * bead + 2] ?? 0;
  range.j1 = ranges[4 * bead + 3] ?? 0;
}

export function parseGold(line: string, swapped: boolean): { first: number[]; second: number[] } {
  const [source = [], target = []] = line.split(":").map((side) => (side.match(/\d+/gu) ?? []).map(Number));
  return swapped ? { first: target, second: source } : { first: source, second: target };
}

type Zone = Range & { isNull: boolean };

/** Gold beads in order give nodes; stretches between nodes that no single bead joins are left free. */
export function readGold(
  file: AlignmentFile,
  { swapped, known, ends }: { swapped: boolean; known: ReadonlySet<string>; ends: { first: number; second: number } },
): { isAllowed: (range: Range) => boolean; unreachable: number } {
  const free: Zone[] = [];
  const good = new Set<string>();
  let i = 0;
  let j = 0;
  let openAt: { i: number; j: number } | undefined;
  let unreachable = 0;
  for (const line of file.gold) {
    const bead = parseGold(line, swapped);
    const i1 = bead.first.length > 0 ? Math.max(...bead.first) + 1 : i;
    const j1 = bead.second.length > 0 ? Math.max(...bead.second) + 1 : j;
    const starts =
      (bead.first.length === 0 || Math.min(...bead.first) === i) && (bead.second.length === 0 || Math.min(...bead.second) === j);
    const key = `${i} ${i1} ${j} ${j1}`;
    if (starts && i1 - i === bead.first.length && j1 - j === bead.second.length && known.has(key)) {
      if (openAt) free.push({ i0: openAt.i, i1: i, j0: openAt.j, j1: j, isNull: false });
      openAt = undefined;
      good.add(key);
      // Neighbouring sentences without counterpart may also be passed in one step.
      const last = free.at(-1);
      const isNull = i1 === i || j1 === j;
      if (isNull && last?.isNull && last.i1 === i && last.j1 === j && (last.i0 === last.i1) === (i1 === i)) {
        last.i1 = i1;
        last.j1 = j1;
      } else if (isNull) free.push({ i0: i, i1, j0: j, j1, isNull });
    } else {
      unreachable++;
      openAt ??= { i, j };
    }
    i = Math.max(i, i1);
    j = Math.max(j, j1);
  }
  if (openAt) free.push({ i0: openAt.i, i1: ends.first, j0: openAt.j, j1: ends.second, isNull: false });
  const isAllowed = ({ i0, i1, j0, j1 }: Range): boolean =>
    good.has(`${i0} ${i1} ${j0} ${j1}`) || free.some((zone) => i0 >= zone.i0 && i1 <= zone.i1 && j0 >= zone.j0 && j1 <= zone.j1);
  return { isAllowed, unreachable };
}

export type LatticeInput = {
  readonly file: AlignmentFile;
  readonly prepared: PreparedTexts;
  readonly share: number;
  /** By which beads are left out. */
  readonly weights: Float64Array;
  /** Beads of a former call for the same texts, to spare the pruning. */
  readonly kept?: BeadList | undefined;
  /** Evidence with a learnt lexicon. */
  readonly gather?: EvidenceGatherer;
};

export function buildLattice({ file, prepared, share, weights, kept, gather }: LatticeInput): Lattice {
  const space = prepared.findSpace();
  const context = (gather ?? prepared.gather)(space);
  const all = kept ?? listBeads(space, context);
  const known = new Set<string>();
  const range: Range = { i0: 0, i1: 0, j0: 0, j1: 0 };
  for (let bead = 0; bead < all.count; bead++) known.add(all.ranges.subarray(4 * bead, 4 * bead + 4).join(" "));
  const ends = { first: space.low.length - 1, second: space.high.at(-1) ?? 0 };
  const { isAllowed, unreachable } = readGold(file, { swapped: prepared.swapped, known, ends });
  const beads = kept ?? addGold(pruneBeads(all, context, weights), all, isAllowed);
  const features = new Float32Array(beads.count * SIZE);
  const row = new Float64Array(SIZE);
  const allowed = new Uint8Array(beads.count);
  for (let bead = 0; bead < beads.count; bead++) {
    readRange(beads, bead, range);
    readFeatures(context, range, row);
    features.set(row, bead * SIZE);
    allowed[bead] = isAllowed(range) ? 1 : 0;
  }
  return { file, prepared, swapped: prepared.swapped, beads, ...numberNodes(beads), features, allowed, unreachable, share };
}

/** The same lattice with other habits of the text. */
export function changeHabits(lattice: Lattice, habits: TextHabits): Lattice {
  const features = lattice.features.slice();
  const out = new Float64Array(SIZE);
  const bead: Range = { i0: 0, i1: 0, j0: 0, j1: 0 };
  for (let at = 0; at < lattice.beads.count; at++) {
    readRange(lattice.beads, at, bead);
    if (bead.i0 === bead.i1 || bead.j0 === bead.j1) continue;
    out.fill(0);
    readHabits(lattice.prepared.sides, habits, { bead, out });
    features.set(out.subarray(FIRST_HABIT), at * SIZE + FIRST_HABIT);
  }
  return { ...lattice, features };
}

function addGold(kept: BeadList, all: BeadList, isAllowed: (range: Range) => boolean): BeadList {
  const have = new Set<string>();
  for (let bead = 0; bead < kept.count; bead++) have.add(kept.ranges.subarray(4 * bead, 4 * bead + 4).join(" "));
  const range: Range = { i0: 0, i1: 0, j0: 0, j1: 0 };
  const merged: number[] = [];
  for (let bead = 0; bead < all.count; bead++) {
    readRange(all, bead, range);
    const own = all.ranges.subarray(4 * bead, 4 * bead + 4);
    if (have.has(own.join(" ")) || isAllowed(range)) merged.push(...own);
  }
  return { count: merged.length / 4, ranges: Int32Array.from(merged) };
}

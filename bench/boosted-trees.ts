/**
 * Boosted regression trees for ranking the candidates of a term.
 *
 * Method: Friedman (2001), "Greedy function approximation: a gradient boosting machine", with second-order leaves, on
 * the softmax over a term's candidates (log of the summed probability of the right ones); features in bins, trees grown
 * leaf by leaf, terms and features drawn at random for each tree from a fixed seed.
 * Guarantee: deterministic. Cost: O(trees × rows × features of a tree × depth).
 */
import { FEATURES } from "../src/renderings/candidate-features.ts";
import type { Tree } from "../src/renderings/ranking-model.ts";
import { createRandom } from "./random.ts";
import type { Example } from "./rendering-examples.ts";

export type BoostOptions = {
  readonly trees: number;
  readonly rate: number;
  readonly leaves: number;
  readonly seed: number;
};

const SIZE = FEATURES.length;
const BINS = 48;
/** Candidates beyond these are right so seldom that learning from them is not worth the time. */
const KEPT = 40;
const TERM_SHARE = 0.6;
const FEATURE_SHARE = 0.25;
const L2 = 3;
const LEAST_CURVATURE = 1;
const DEEPEST = 6;
const LEAST_GAIN = 1e-3;

type Group = { readonly first: number; readonly end: number };
type Table = {
  readonly groups: readonly Group[];
  readonly right: Uint8Array;
  readonly bins: readonly Uint8Array[];
  readonly cuts: readonly Float32Array[];
};

function tabulate(examples: readonly Example[]): Table {
  const groups: Group[] = [];
  const rows: Float32Array[] = [];
  const right: number[] = [];
  for (const example of examples) {
    const count = Math.min(KEPT, example.right.length);
    if (!example.right.subarray(0, count).includes(1)) continue;
    groups.push({ first: rows.length, end: rows.length + count });
    for (let row = 0; row < count; row++) {
      rows.push(example.rows.subarray(row * SIZE, (row + 1) * SIZE));
      right.push(example.right[row] as number);
    }
  }
  const columns = FEATURES.map((_, name) => Float32Array.from(rows, (row) => row[name] as number));
  const cuts = columns.map((column) => cutColumn(column));
  const bins = columns.map((column, name) => Uint8Array.from(column, (value) => findBin(cuts[name] ?? column, value)));
  return { groups, right: Uint8Array.from(right), bins, cuts };
}

/** Borders that part the values into bins of about equal size; a value on a border belongs to the bin above. */
function cutColumn(column: Float32Array): Float32Array {
  const sorted = column.slice().sort();
  const borders = new Set<number>();
  for (let bin = 1; bin < BINS; bin++) {
    const border = Math.fround(Number((sorted[Math.floor((bin * sorted.length) / BINS)] ?? 0).toPrecision(5)));
    if (border > (sorted[0] ?? 0)) borders.add(border);
  }
  return Float32Array.from(borders).sort();
}

function findBin(cuts: Float32Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function boostTrees(examples: readonly Example[], options: BoostOptions): readonly Tree[] {
  const table = tabulate(examples);
  const random = createRandom(options.seed);
  const draw = (share: number): boolean => random(1000) < share * 1000;
  const size = table.right.length;
  const state = { scores: new Float64Array(size), slopes: new Float64Array(size), curvatures: new Float64Array(size) };
  const trees: Tree[] = [];
  for (let count = 0; count < options.trees; count++) {
    const rows: number[] = [];
    for (const group of table.groups) if (draw(TERM_SHARE)) weighGroup(table, group, { ...state, rows });
    const columns = [...table.cuts.keys()].filter((name) => (table.cuts[name]?.length ?? 0) > 0 && draw(FEATURE_SHARE));
    const tree = growTree(table, { ...state, rows: Int32Array.from(rows), columns, options });
    for (let row = 0; row < size; row++) state.scores[row] = (state.scores[row] as number) + tree.score(row);
    trees.push(tree.packed);
  }
  return trees;
}

type State = { readonly scores: Float64Array; readonly slopes: Float64Array; readonly curvatures: Float64Array };

/** Slope and curvature of the loss at each row of a term; rows that hardly count are left out of `rows`. */
function weighGroup({ right }: Table, { first, end }: Group, state: State & { readonly rows: number[] }): void {
  const { scores, slopes, curvatures, rows } = state;
  let most = -Infinity;
  for (let row = first; row < end; row++) most = Math.max(most, scores[row] as number);
  let sum = 0;
  let good = 0;
  for (let row = first; row < end; row++) {
    const power = Math.exp((scores[row] as number) - most);
    sum += power;
    if (right[row] === 1) good += power;
  }
  for (let row = first; row < end; row++) {
    const power = Math.exp((scores[row] as number) - most);
    const share = power / sum;
    slopes[row] = share - (right[row] === 1 ? power / good : 0);
    curvatures[row] = Math.max(1e-6, share * (1 - share));
    if (share > 1e-5 || right[row] === 1) rows.push(row);
  }
}

type Split = { readonly name: number; readonly bin: number; readonly gain: number };
type Node = { readonly rows: Int32Array; readonly depth: number; readonly value: number; readonly split?: Split };
type Branch = { node: Node; below?: { readonly low: Branch; readonly high: Branch } };

type Growth = State & { readonly rows: Int32Array; readonly columns: readonly number[]; readonly options: BoostOptions };

function growTree(table: Table, growth: Growth): { readonly packed: Tree; readonly score: (row: number) => number } {
  const root: Branch = { node: makeNode(table, growth, { rows: growth.rows, depth: 0 }) };
  const open = [root];
  for (let leaves = 1; leaves < growth.options.leaves; leaves++) {
    const best = open.reduce((one, other) => ((other.node.split?.gain ?? 0) > (one.node.split?.gain ?? 0) ? other : one));
    const { split, rows, depth } = best.node;
    if (!split) break;
    const bins = table.bins[split.name] ?? new Uint8Array();
    const part = (isLow: boolean): Branch => ({
      node: makeNode(table, growth, {
        rows: rows.filter((row) => (bins[row] as number) <= split.bin === isLow),
        depth: depth + 1,
      }),
    });
    best.below = { low: part(true), high: part(false) };
    open.splice(open.indexOf(best), 1, best.below.low, best.below.high);
  }
  const score = (row: number): number => {
    let branch = root;
    while (branch.below) {
      const { split } = branch.node;
      branch = split && (table.bins[split.name]?.[row] ?? 0) <= split.bin ? branch.below.low : branch.below.high;
    }
    return branch.node.value;
  };
  return { packed: packTree(table, root), score };
}

function makeNode(table: Table, growth: Growth, { rows, depth }: { readonly rows: Int32Array; readonly depth: number }): Node {
  const { slopes, curvatures, columns, options } = growth;
  let slope = 0;
  let curvature = 0;
  for (const row of rows) {
    slope += slopes[row] as number;
    curvature += curvatures[row] as number;
  }
  const value = Number(((-options.rate * slope) / (curvature + L2)).toPrecision(4));
  if (depth >= DEEPEST || curvature < 2 * LEAST_CURVATURE) return { rows, depth, value };
  const whole = slope ** 2 / (curvature + L2);
  let best: Split | undefined;
  const slopeSums = new Float64Array(BINS);
  const curvatureSums = new Float64Array(BINS);
  for (const name of columns) {
    slopeSums.fill(0);
    curvatureSums.fill(0);
    const bins = table.bins[name] as Uint8Array;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const bin = bins[row] as number;
      slopeSums[bin] = (slopeSums[bin] as number) + (slopes[row] as number);
      curvatureSums[bin] = (curvatureSums[bin] as number) + (curvatures[row] as number);
    }
    let low = 0;
    let lowCurvature = 0;
    for (let bin = 0; bin < (table.cuts[name]?.length ?? 0); bin++) {
      low += slopeSums[bin] as number;
      lowCurvature += curvatureSums[bin] as number;
      if (lowCurvature < LEAST_CURVATURE || curvature - lowCurvature < LEAST_CURVATURE) continue;
      const gain = low ** 2 / (lowCurvature + L2) + (slope - low) ** 2 / (curvature - lowCurvature + L2) - whole;
      if (gain > (best?.gain ?? LEAST_GAIN)) best = { name, bin, gain };
    }
  }
  return best ? { rows, depth, value, split: best } : { rows, depth, value };
}

/** Nodes in the order root, lower branch, higher branch (ranking-model.ts). */
function packTree(table: Table, root: Branch): Tree {
  const features: number[] = [];
  const values: number[] = [];
  const higher: number[] = [];
  const write = ({ node, below }: Branch): void => {
    const at = features.length;
    higher.push(0);
    if (!below || !node.split) {
      features.push(-1);
      values.push(node.value);
      return;
    }
    features.push(node.split.name);
    values.push(Number((table.cuts[node.split.name]?.[node.split.bin] ?? 0).toPrecision(5)));
    write(below.low);
    higher[at] = features.length;
    write(below.high);
  };
  write(root);
  return { features, values, higher };
}

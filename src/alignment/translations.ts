/**
 * How strongly each unit of the first text speaks for each unit of the second: t(e|f) / p(e), for the vocabulary of
 * the two texts only, as sparse rows in both directions.
 *
 * t comes from the lexicon (gloss, synonyms of the gloss, character table); a unit that both sides share by value
 * has its own counterpart. p(e) is the unit's share in this text, smoothed with its share in the dictionary.
 * Constants were tried out, see docs/alignment.md, "The word score". Cost: O(vocabulary × glosses).
 */
import type { Lexicon, SparseRows } from "./lexicon.ts";
import type { SideUnits, TextUnits } from "./units.ts";

export type Translations = {
  /** Row f: counterparts e, with t(e|f) / p(e). */
  readonly forward: SparseRows;
  /** Row e: the f that may become it, with the same ratio. */
  readonly backward: SparseRows;
  readonly firstWeights: Float32Array;
  readonly secondWeights: Float32Array;
  readonly secondShares: Float64Array;
};

const PSEUDO_COUNTS = 200;
const FIRST_PSEUDO_COUNTS = 300;
const LEAST_RARITY = 0.2;
const GLOSS_PART = 0.8;
const CHARACTER_PART = 0.15;
const OWN_STEM = 0.7;
const SYNONYM = 0.6;
const SHARED = 0.7;
/** What is weaker than this never decides anything and only costs time. */
const WEAKEST = 2e-4;

export function weighTranslations(units: TextUnits, lexicon: Lexicon | undefined): Translations {
  const { first, second } = units;
  const secondShares = countShares(second, lexicon);
  const sharedIds = new Map(second.kinds.flatMap((kind, id) => (kind.shared === undefined ? [] : [[kind.shared, id] as const])));
  const look = lexicon ? createLookup(lexicon, second) : undefined;
  const builder = createRows(first.kinds.length);
  for (const kind of first.kinds) {
    if (kind.shared === undefined) {
      look?.(kind.text, (e, t) => {
        if (t >= WEAKEST) builder.add(e, t / (secondShares[e] ?? 1));
      });
    } else {
      const e = sharedIds.get(kind.shared);
      if (e !== undefined) builder.add(e, SHARED / (secondShares[e] ?? 1));
    }
    builder.endRow();
  }
  const forward = builder.finish();
  return {
    forward,
    backward: transpose(forward, second.kinds.length),
    firstWeights: weighFirst(first),
    secondWeights: Float32Array.from(second.kinds, (kind, e) =>
      kind.shared === undefined ? Math.min(1, Math.max(0.25, -Math.log(secondShares[e] ?? 1) / 7)) : kind.weight / 2,
    ),
    secondShares,
  };
}

/**
 * The same for texts without a lexicon whose words have been added to the shared units: words have no counterpart yet,
 * and count by how rare they are. Units keep their numbers, so the rows of the shared ones stay.
 */
export function weighWords({ first, second }: TextUnits, shared: Translations): Translations {
  const extend = ({ starts, columns, weights }: SparseRows, count: number): SparseRows => {
    const longer = new Uint32Array(count + 1).fill(starts.at(-1) ?? 0);
    longer.set(starts);
    return { starts: longer, columns, weights };
  };
  const weigh = (side: SideUnits, shares: Float64Array): Float32Array =>
    Float32Array.from(side.kinds, (kind, unit) =>
      kind.shared === undefined ? Math.min(1, Math.max(0.1, -Math.log(shares[unit] ?? 1) / 7)) : kind.weight / 2,
    );
  const secondShares = countShares(second, undefined);
  const rescaled = shared.forward.weights.map((weight, at) => {
    const e = shared.forward.columns[at] ?? 0;
    return (weight * (shared.secondShares[e] ?? 1)) / (secondShares[e] ?? 1);
  });
  const forward = extend({ ...shared.forward, weights: rescaled }, first.kinds.length);
  return {
    forward,
    backward: transpose(forward, second.kinds.length),
    firstWeights: weigh(first, countShares(first, undefined)),
    secondWeights: weigh(second, secondShares),
    secondShares,
  };
}

/** The more often a word occurs in the text, the less it says. */
function weighFirst(first: SideUnits): Float32Array {
  const counts = new Uint32Array(first.kinds.length);
  for (const unit of first.units) counts[unit] = (counts[unit] ?? 0) + 1;
  const total = first.units.length + FIRST_PSEUDO_COUNTS;
  return Float32Array.from(first.kinds, ({ shared, weight }, unit) => {
    if (shared !== undefined) return weight;
    return weight * Math.min(1, Math.max(LEAST_RARITY, -Math.log(((counts[unit] ?? 0) + 0.3) / total) / 7));
  });
}

function countShares(second: SideUnits, lexicon: Lexicon | undefined): Float64Array {
  const counts = new Float64Array(second.kinds.length);
  for (const unit of second.units) counts[unit] = (counts[unit] ?? 0) + 1;
  const total = second.units.length + PSEUDO_COUNTS;
  return counts.map((count, e) => {
    const kind = second.kinds[e];
    const stem = kind && kind.shared === undefined ? lexicon?.stems.get(kind.text) : undefined;
    const prior = stem === undefined ? 0 : (lexicon?.stemShares[stem] ?? 0);
    return (count + PSEUDO_COUNTS * prior) / total;
  });
}

type Visit = (e: number, t: number) => void;

/** Sums t(e|word) over glosses, their synonyms and the word's characters, for stems that the second text has. */
export function createLookup(lexicon: Lexicon, second: Pick<SideUnits, "kinds">): (word: string, visit: Visit) => void {
  const ids = new Int32Array(lexicon.stems.size).fill(-1);
  second.kinds.forEach((kind, e) => {
    const stem = kind.shared === undefined ? lexicon.stems.get(kind.text) : undefined;
    if (stem !== undefined) ids[stem] = e;
  });
  const sums = new Float64Array(second.kinds.length);
  const touched: number[] = [];
  const add = (stem: number, t: number): void => {
    const e = ids[stem] ?? -1;
    if (e < 0) return;
    if (sums[e] === 0) touched.push(e);
    sums[e] = (sums[e] ?? 0) + t;
  };
  return (word, visit) => {
    const row = lexicon.headwords.get(word);
    if (row !== undefined) {
      eachOf(lexicon.glosses, row, (stem, v) => {
        add(stem, GLOSS_PART * OWN_STEM * v);
        eachOf(lexicon.synonyms, stem, (synonym, share) => add(synonym, GLOSS_PART * SYNONYM * v * share));
      });
    }
    const signs = [...word];
    for (const sign of signs) {
      const signRow = lexicon.characters.get(sign);
      if (signRow !== undefined)
        eachOf(lexicon.characterGlosses, signRow, (stem, v) => add(stem, (CHARACTER_PART * v) / signs.length));
    }
    for (const e of touched) {
      visit(e, sums[e] ?? 0);
      sums[e] = 0;
    }
    touched.length = 0;
  };
}

function eachOf(rows: SparseRows, row: number, visit: Visit): void {
  const end = rows.starts[row + 1] ?? 0;
  for (let at = rows.starts[row] ?? 0; at < end; at++) visit(rows.columns[at] ?? 0, rows.weights[at] ?? 0);
}

function createRows(rowCount: number) {
  const starts = new Uint32Array(rowCount + 1);
  let columns = new Uint32Array(1024);
  let weights = new Float32Array(1024);
  let size = 0;
  let row = 0;
  return {
    add(column: number, weight: number): void {
      if (size === columns.length) {
        const wider = new Uint32Array(size * 2);
        wider.set(columns);
        columns = wider;
        const heavier = new Float32Array(size * 2);
        heavier.set(weights);
        weights = heavier;
      }
      columns[size] = column;
      weights[size] = weight;
      size++;
    },
    endRow(): void {
      starts[++row] = size;
    },
    finish: (): SparseRows => ({ starts, columns: columns.slice(0, size), weights: weights.slice(0, size) }),
  };
}

export function transpose(rows: SparseRows, columnCount: number): SparseRows {
  const starts = new Uint32Array(columnCount + 1);
  for (const column of rows.columns) starts[column + 1] = (starts[column + 1] ?? 0) + 1;
  for (let column = 0; column < columnCount; column++) starts[column + 1] = (starts[column + 1] ?? 0) + (starts[column] ?? 0);
  const next = starts.slice();
  const columns = new Uint32Array(rows.columns.length);
  const weights = new Float32Array(rows.columns.length);
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const end = rows.starts[row + 1] ?? 0;
    for (let at = rows.starts[row] ?? 0; at < end; at++) {
      const column = rows.columns[at] ?? 0;
      const place = next[column] ?? 0;
      columns[place] = row;
      weights[place] = rows.weights[at] ?? 0;
      next[column] = place + 1;
    }
  }
  return { starts, columns, weights };
}

/**
 * What the words on both sides of a boundary say about it: is the last clause before it explained by the sentence
 * before the boundary in the other text, or by the one behind it?
 *
 * A boundary (i, j) parts sentences i - 1 | i of the first text and j - 1 | j of the second. For each sentence that
 * touches it, and for its clause next to it, the summed weighted log ratio given the sentence on the same side of the
 * boundary is compared with that given the one across. The numbers of each pair of sentences are worked out once.
 * Cost: O(units of the sentence) per pair once, O(1) per boundary; 12 bytes per pair and side.
 */
import { ratioOf } from "./group-evidence.ts";
import type { Columns, PairSums } from "./group-evidence.ts";
import type { SideUnits } from "./units.ts";

/** Whole sentence, its first clause, its last clause, given one sentence of the other side. */
export const EDGE = { whole: 0, head: 1, tail: 2 } as const;
const CELL_SIZE = 3;

export type EdgeEvidence = {
  readonly cells: Float32Array;
  /** Where in `cells` the numbers of a column sentence, given a row sentence of the other side, are; -1 outside the space. */
  readonly find: (row: number, column: number) => number;
};

/** Bits of `clauses`: the unit stands in the first clause of its sentence, in the last. */
export const HEAD = 1;
export const TAIL = 2;

export type EdgeInput = {
  readonly sums: PairSums;
  readonly columns: Columns;
  readonly clauses: Uint8Array;
  readonly rowMass: Float64Array;
};

export function createEdgeEvidence({ sums, columns, clauses, rowMass }: EdgeInput): EdgeEvidence {
  const { starts, unitWeights, floors } = columns;
  const { values, bases, cellBases, pairCount, from, to } = sums;
  const cells = new Float32Array(pairCount * CELL_SIZE).fill(Number.NaN);
  const fill = (cell: number, row: number, column: number): void => {
    const perMass = 1 / ((rowMass[row] ?? 0) + 1e-6);
    const base = bases[row] ?? 0;
    const end = starts[column + 1] ?? 0;
    let whole = 0;
    let head = 0;
    let tail = 0;
    for (let unit = starts[column] ?? 0; unit < end; unit++) {
      const gain = (unitWeights[unit] ?? 0) * Math.log(ratioOf(values[base + unit] ?? 0, perMass, floors[unit] ?? 0));
      whole += gain;
      const clause = clauses[unit] ?? 0;
      if ((clause & HEAD) !== 0) head += gain;
      if ((clause & TAIL) !== 0) tail += gain;
    }
    cells[cell] = whole;
    cells[cell + EDGE.head] = head;
    cells[cell + EDGE.tail] = tail;
  };
  return {
    cells,
    find: (row, column) => {
      if (column < (from[row] ?? 0) || column >= (to[row] ?? 0)) return -1;
      const cell = ((cellBases[row] ?? 0) + column) * CELL_SIZE;
      if (Number.isNaN(cells[cell] ?? 0)) fill(cell, row, column);
      return cell;
    },
  };
}

const CLAUSE_MARK = /[，,；;：:—–]/gu;
/** A shorter stretch is an interjection or a number with a comma and goes with its neighbour. */
const SHORTEST_CLAUSE = { wide: 4, narrow: 12 };

/** For each unit of a side, whether it stands in the first and in the last clause of its sentence. */
export function markClauses(side: SideUnits, texts: readonly string[], isWide: boolean): Uint8Array {
  const clauses = new Uint8Array(side.units.length);
  const shortest = isWide ? SHORTEST_CLAUSE.wide : SHORTEST_CLAUSE.narrow;
  texts.forEach((text, sentence) => {
    let headEnd = text.length;
    let tailStart = 0;
    for (const { index } of text.matchAll(CLAUSE_MARK)) {
      if (headEnd === text.length && index >= shortest && text.length - index > shortest) headEnd = index;
      if (index >= shortest && text.length - index > shortest) tailStart = index;
    }
    for (let unit = side.starts[sentence] ?? 0; unit < (side.starts[sentence + 1] ?? 0); unit++) {
      clauses[unit] = ((side.froms[unit] ?? 0) < headEnd ? HEAD : 0) | ((side.tos[unit] ?? 0) > tailStart ? TAIL : 0);
    }
  });
  return clauses;
}

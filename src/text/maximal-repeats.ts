/**
 * Maximal repeats of a text that is cut into clauses: strings with at least two occurrences that cannot be made
 * longer on either side without losing one, and that never cross a clause end.
 *
 * Method: the intervals of the LCP array (Abouelhoda, Kurtz, Ohlebusch 2004) are the right-maximal repeats; one is
 * left-maximal when its occurrences have two different symbols before them or one begins a clause. Capping each LCP
 * value at the end of the clause keeps the intervals nested, because a clause ends at a *symbol*: suffixes that share
 * more than the rest of the clause share its end as well.
 * Cost: O(n) time, O(depth) memory beside the arrays.
 */

export type RepeatSource = {
  readonly symbols: Int32Array;
  readonly suffixes: Int32Array;
  readonly lcp: Int32Array;
  /** For each position: symbols from here to the end of its clause, 0 at a symbol that ends a clause. */
  readonly reach: Int32Array;
};

/** The repeat is `length` symbols from `suffixes[first]`; its occurrences are `suffixes[first … end)`. */
export type RepeatVisitor = (first: number, end: number, length: number) => void;

export function visitMaximalRepeats(source: RepeatSource, minimalLength: number, visit: RepeatVisitor): void {
  const { suffixes, lcp } = source;
  const n = suffixes.length;
  const changes = countLeftChanges(source);
  // A stack of open intervals: where each begins and how long its common prefix is.
  let firsts = new Int32Array(64);
  let lengths = new Int32Array(64);
  let depth = 0;
  for (let i = 1; i <= n; i++) {
    const shared = i < n ? cappedLcp(source, lcp[i] ?? 0, i) : 0;
    let first = i - 1;
    while (depth > 0 && (lengths[depth - 1] ?? 0) > shared) {
      depth--;
      first = firsts[depth] ?? 0;
      const length = lengths[depth] ?? 0;
      if (length >= minimalLength && (changes[i - 1] ?? 0) > (changes[first] ?? 0)) visit(first, i, length);
    }
    if (shared > 0 && (depth === 0 || (lengths[depth - 1] ?? 0) < shared)) {
      if (depth === firsts.length) {
        firsts = grow(firsts);
        lengths = grow(lengths);
      }
      firsts[depth] = first;
      lengths[depth] = shared;
      depth++;
    }
  }
}

function grow(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function cappedLcp({ suffixes, reach }: RepeatSource, shared: number, i: number): number {
  return Math.min(shared, reach[suffixes[i] ?? 0] ?? 0, reach[suffixes[i - 1] ?? 0] ?? 0);
}

/** Entry i: changes of the symbol on the left among suffixes 0…i of the array; a clause start differs from everything. */
function countLeftChanges({ symbols, suffixes, reach }: RepeatSource): Int32Array {
  const n = suffixes.length;
  const changes = new Int32Array(n);
  let sum = 0;
  let previous = -1;
  for (let i = 0; i < n; i++) {
    const before = (suffixes[i] ?? 0) - 1;
    const left = before < 0 || (reach[before] ?? 0) === 0 ? -1 : (symbols[before] ?? 0);
    if (i > 0 && (left < 0 || left !== previous)) sum++;
    changes[i] = sum;
    previous = left;
  }
  return changes;
}

export type SortedSuffixes = Pick<RepeatSource, "symbols" | "suffixes">;

/** The suffixes that begin with symbols [start, start + length) of `text`, as a range of the array; empty when none does. */
export function locate(source: SortedSuffixes, text: Int32Array): { readonly first: number; readonly end: number } {
  const { suffixes } = source;
  const first = searchBorder(source, text, false);
  const end = searchBorder(source, text, true);
  return { first: Math.min(first, suffixes.length), end };
}

/** The first suffix that is not smaller than the text or, with `after`, the first one greater than all that begin with it. */
function searchBorder({ symbols, suffixes }: SortedSuffixes, text: Int32Array, after: boolean): number {
  let low = 0;
  let high = suffixes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = suffixes[middle] ?? 0;
    let order = 0;
    for (let i = 0; i < text.length && order === 0; i++) {
      order = start + i < symbols.length ? (symbols[start + i] ?? 0) - (text[i] ?? 0) : -1;
    }
    if (order < 0 || (after && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

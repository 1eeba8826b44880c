/**
 * Suffix array and longest-common-prefix array of a text of numbered symbols.
 *
 * Method: SA-IS, "Two efficient algorithms for linear time suffix array construction" (Nong, Zhang, Chan 2011):
 * sort the leftmost S-type suffixes by induced sorting, name them, recurse while names repeat, induce the rest.
 * LCP after Kasai et al. (2001), by way of the permuted array, which walks the text in order.
 * Guarantee: equal to sorting all suffixes, a suffix that is a prefix of another coming first; no input throws.
 * Cost: O(n + alphabet) time; 4 bytes per symbol for each result and about 5 bytes per symbol while it works.
 */

/** Symbols are 0 ≤ symbol < alphabet. The result lists the starts of all suffixes in order. */
export function buildSuffixArray(symbols: Int32Array, alphabet: number): Int32Array {
  const suffixes = new Int32Array(symbols.length);
  sortSuffixes(symbols, suffixes, alphabet);
  return suffixes;
}

/** Entry i: how many symbols the suffixes i − 1 and i of the array share; entry 0 is 0. */
export function buildLcp(symbols: Int32Array, suffixes: Int32Array): Int32Array {
  const n = symbols.length;
  const before = new Int32Array(n);
  for (let i = 0; i < n; i++) before[suffixes[i] ?? 0] = i > 0 ? (suffixes[i - 1] ?? 0) : -1;
  // From here on `before` turns into the permuted LCP, place by place: a place is read once, then overwritten.
  let shared = 0;
  for (let at = 0; at < n; at++) {
    const other = before[at] ?? -1;
    if (other < 0) shared = 0;
    else while (at + shared < n && other + shared < n && symbols[at + shared] === symbols[other + shared]) shared++;
    before[at] = shared;
    if (shared > 0) shared--;
  }
  const lcp = new Int32Array(n);
  for (let i = 0; i < n; i++) lcp[i] = before[suffixes[i] ?? 0] ?? 0;
  return lcp;
}

const EMPTY = -1;

/** Type of each suffix: 1 (S) when it is smaller than the next one, else 0 (L). The last is L: it is followed by the end. */
function markTypes(symbols: Int32Array): Uint8Array {
  const n = symbols.length;
  const types = new Uint8Array(n);
  for (let i = n - 2; i >= 0; i--) {
    const here = symbols[i] ?? 0;
    const next = symbols[i + 1] ?? 0;
    if (here < next || (here === next && types[i + 1] === 1)) types[i] = 1;
  }
  return types;
}

function sortSuffixes(symbols: Int32Array, suffixes: Int32Array, alphabet: number): void {
  const n = symbols.length;
  if (n === 0) return;
  if (n === 1) {
    suffixes[0] = 0;
    return;
  }
  const types = markTypes(symbols);
  const sizes = new Int32Array(alphabet);
  for (let i = 0; i < n; i++) {
    const symbol = symbols[i] ?? 0;
    sizes[symbol] = (sizes[symbol] ?? 0) + 1;
  }
  const buckets = new Int32Array(alphabet);
  const isLeftmost = (i: number): boolean => i > 0 && types[i] === 1 && types[i - 1] === 0;

  suffixes.fill(EMPTY);
  fillEnds(sizes, buckets);
  let leftmostCount = 0;
  for (let i = n - 1; i > 0; i--) {
    if (!isLeftmost(i)) continue;
    leftmostCount++;
    placeAtEnd(suffixes, buckets, symbols[i] ?? 0, i);
  }
  induce({ symbols, suffixes, types, sizes, buckets });
  if (leftmostCount === 0) return;

  // The leftmost S suffixes are now sorted by their substring up to the next leftmost one: pack them and name them.
  let packed = 0;
  for (let i = 0; i < n; i++) {
    const start = suffixes[i] ?? 0;
    if (isLeftmost(start)) suffixes[packed++] = start;
  }
  suffixes.fill(EMPTY, packed);
  let names = 0;
  let previous = -1;
  for (let i = 0; i < leftmostCount; i++) {
    const start = suffixes[i] ?? 0;
    if (previous < 0 || !equalPieces(symbols, types, previous, start)) {
      names++;
      previous = start;
    }
    // Two leftmost suffixes are never neighbours, so half of the place is enough for the names.
    suffixes[leftmostCount + (start >> 1)] = names - 1;
  }
  const reduced = new Int32Array(leftmostCount);
  for (let i = leftmostCount, at = 0; i < n; i++) {
    const name = suffixes[i] ?? EMPTY;
    if (name !== EMPTY) reduced[at++] = name;
  }
  const order = new Int32Array(leftmostCount);
  if (names < leftmostCount) sortSuffixes(reduced, order, names);
  else for (let i = 0; i < leftmostCount; i++) order[reduced[i] ?? 0] = i;

  const starts = reduced;
  for (let i = 1, at = 0; i < n; i++) if (isLeftmost(i)) starts[at++] = i;
  for (let i = 0; i < leftmostCount; i++) order[i] = starts[order[i] ?? 0] ?? 0;
  suffixes.fill(EMPTY);
  fillEnds(sizes, buckets);
  for (let i = leftmostCount - 1; i >= 0; i--) {
    const start = order[i] ?? 0;
    placeAtEnd(suffixes, buckets, symbols[start] ?? 0, start);
  }
  induce({ symbols, suffixes, types, sizes, buckets });
}

function placeAtEnd(suffixes: Int32Array, buckets: Int32Array, symbol: number, start: number): void {
  const place = (buckets[symbol] ?? 0) - 1;
  buckets[symbol] = place;
  suffixes[place] = start;
}

function fillStarts(sizes: Int32Array, buckets: Int32Array): void {
  let sum = 0;
  for (let symbol = 0; symbol < sizes.length; symbol++) {
    buckets[symbol] = sum;
    sum += sizes[symbol] ?? 0;
  }
}

function fillEnds(sizes: Int32Array, buckets: Int32Array): void {
  let sum = 0;
  for (let symbol = 0; symbol < sizes.length; symbol++) {
    sum += sizes[symbol] ?? 0;
    buckets[symbol] = sum;
  }
}

type Work = {
  readonly symbols: Int32Array;
  readonly suffixes: Int32Array;
  readonly types: Uint8Array;
  readonly sizes: Int32Array;
  readonly buckets: Int32Array;
};

/** From the sorted leftmost S suffixes: L suffixes from left to right, then all S suffixes from right to left. */
function induce({ symbols, suffixes, types, sizes, buckets }: Work): void {
  const n = symbols.length;
  fillStarts(sizes, buckets);
  const placeL = (start: number): void => {
    const symbol = symbols[start] ?? 0;
    const place = buckets[symbol] ?? 0;
    buckets[symbol] = place + 1;
    suffixes[place] = start;
  };
  // The end of the text is smaller than every symbol: the last suffix is the first to be induced.
  placeL(n - 1);
  for (let i = 0; i < n; i++) {
    const start = (suffixes[i] ?? EMPTY) - 1;
    if (start >= 0 && types[start] === 0) placeL(start);
  }
  fillEnds(sizes, buckets);
  for (let i = n - 1; i >= 0; i--) {
    const start = (suffixes[i] ?? EMPTY) - 1;
    if (start >= 0 && types[start] === 1) placeAtEnd(suffixes, buckets, symbols[start] ?? 0, start);
  }
}

/** Whether the pieces from two leftmost S positions up to and with the next such position are equal. */
function equalPieces(symbols: Int32Array, types: Uint8Array, one: number, other: number): boolean {
  const n = symbols.length;
  for (let step = 0; ; step++) {
    const first = one + step;
    const second = other + step;
    if (first >= n || second >= n) return false;
    if (symbols[first] !== symbols[second] || types[first] !== types[second]) return false;
    if (step > 0) {
      const firstEnds = types[first] === 1 && types[first - 1] === 0;
      const secondEnds = types[second] === 1 && types[second - 1] === 0;
      if (firstEnds || secondEnds) return firstEnds && secondEnds;
    }
  }
}

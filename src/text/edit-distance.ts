/**
 * Edit distance (Levenshtein) between code points, bit-parallel, with a cut-off.
 *
 * Method: Myers (1999), "A fast bit-vector algorithm for approximate string matching based on dynamic programming",
 * in the form of Hyyrö (2003), 32 rows a word; patterns longer than 32 use blocks, of which only those that touch
 * the band |row - column| <= bound are computed (Ukkonen 1985).
 * Patterns beyond 10,000 code points, whose bit tables would take megabytes, are compared along diagonals (Ukkonen 1985,
 * Myers 1986): the furthest row that so many edits reach on each.
 * Guarantee: the exact distance when it is at most `bound`, else some number above `bound`. Never throws.
 * Cost: O(text) for patterns of up to 32 code points, else O(text * min(pattern, 2 * bound + 64) / 32); along diagonals
 * O(text + bound * bound) for texts that do not repeat themselves, O(text * bound) at most.
 */
import { toCodePoints } from "./ngrams.ts";

/** Characters as numbers: code points or dense ids. */
export type Codes = Uint16Array | Uint32Array | Int32Array;

const WORD = 32;
/** Longer patterns have no bit tables. */
const LONGEST_TABLE = 10_000;

/**
 * A pattern made ready for many texts. Codes of pattern and texts must be below `alphabet`.
 * One meter serves one search at a time; `prepare` replaces the pattern.
 */
export class DistanceMeter {
  /** Code -> row of `masks`; 0 for codes that the pattern lacks. */
  #rows: Uint32Array;
  /** Row * blocks + block -> bits where the pattern has that code. Row 0 stays empty. */
  #masks = new Int32Array(64);
  #pattern = new Int32Array(64);
  #length = 0;
  #blocks = 1;
  /** Row -> how many of that code the pattern has and no code of the text has met yet. */
  #unmet = new Int32Array(64);
  #positive = new Int32Array(1);
  #negative = new Int32Array(1);

  constructor(alphabet: number) {
    this.#rows = new Uint32Array(alphabet);
  }

  /** Makes room for codes below `alphabet`. Only before `prepare`. */
  reserve(alphabet: number): void {
    if (alphabet <= this.#rows.length) return;
    this.#rows = new Uint32Array(Math.ceil(alphabet * 1.5));
    this.#length = 0;
  }

  prepare(pattern: Codes, length: number): void {
    for (let at = 0; at < this.#length; at++) this.#rows[this.#pattern[at] as number] = 0;
    if (this.#pattern.length < length) {
      this.#pattern = new Int32Array(length * 2);
      this.#unmet = new Int32Array(length * 2);
    }
    this.#length = length;
    this.#blocks = (length + WORD - 1) >>> 5 || 1;
    const blocks = this.#blocks;
    const own = this.#pattern;
    const rowOf = this.#rows;
    const unmet = this.#unmet;
    let rows = 1;
    unmet[0] = 0;
    for (let at = 0; at < length; at++) {
      const code = pattern[at] as number;
      own[at] = code;
      const row = rowOf[code] as number;
      if (row === 0) {
        unmet[rows] = 1;
        rowOf[code] = rows++;
      } else unmet[row] = (unmet[row] as number) + 1;
    }
    if (length > LONGEST_TABLE) return;
    if (this.#masks.length < rows * blocks) this.#masks = new Int32Array(2 * rows * blocks);
    else this.#masks.fill(0, 0, rows * blocks);
    const masks = this.#masks;
    for (let at = 0; at < length; at++) {
      const slot = (rowOf[own[at] as number] as number) * blocks + (at >>> 5);
      masks[slot] = (masks[slot] as number) | (1 << (at & 31));
    }
    if (this.#positive.length < blocks) {
      this.#positive = new Int32Array(blocks);
      this.#negative = new Int32Array(blocks);
    }
  }

  /**
   * Codes of the text that the pattern has not, each counted as often as it is too many; stops above `most`.
   * No two texts are nearer than this number: a cheap look before long ones are measured.
   */
  countForeign(text: Codes, start: number, end: number, most: number): number {
    const rows = this.#rows;
    const unmet = this.#unmet;
    let foreign = 0;
    let at = start;
    for (; at < end && foreign <= most; at++) {
      const row = rows[text[at] as number] as number;
      const left = (unmet[row] as number) - 1;
      unmet[row] = left;
      if (left < 0) foreign++;
    }
    while (at-- > start) {
      const row = rows[text[at] as number] as number;
      unmet[row] = (unmet[row] as number) + 1;
    }
    return foreign;
  }

  /** Distance between the pattern and codes [start, end) of the text. */
  measure(text: Codes, range: { readonly start: number; readonly end: number }, bound: number): number {
    return this.measureRange(text, range.start, range.end, bound);
  }

  /** The same without an object for the range: this is called for every candidate. */
  measureRange(text: Codes, start: number, end: number, bound: number): number {
    const length = this.#length;
    const size = end - start;
    if (Math.abs(size - length) > bound) return bound + 1;
    if (length === 0) return size;
    if (length > LONGEST_TABLE) return this.#measureDiagonals(text, start, end, bound);
    if (length > WORD) return this.#measureBlocks(text, start, end, bound);
    const rows = this.#rows;
    const masks = this.#masks;
    const last = 1 << (length - 1);
    let positive = -1;
    let negative = 0;
    let score = length;
    // The score falls by at most one a column: with `rest` columns to go it must not exceed bound + rest.
    let limit = bound + size;
    for (let at = start; at < end; at++) {
      const equal = masks[rows[text[at] as number] as number] as number;
      const vertical = equal | negative;
      const diagonal = (((equal & positive) + positive) ^ positive) | equal;
      let up = negative | ~(diagonal | positive);
      let down = positive & diagonal;
      limit--;
      if ((up & last) !== 0) score++;
      else if ((down & last) !== 0) score--;
      if (score > limit) return bound + 1;
      up = (up << 1) | 1;
      down <<= 1;
      positive = down | ~(vertical | up);
      negative = up & vertical;
    }
    return score;
  }

  #measureDiagonals(text: Codes, start: number, end: number, bound: number): number {
    const pattern = this.#pattern;
    const length = this.#length;
    const size = end - start;
    // Diagonal d is at d + bound + 1: text place less pattern place, with one more on either side.
    const middle = bound + 1;
    let before = new Int32Array(2 * bound + 3).fill(-2);
    let now = new Int32Array(2 * bound + 3).fill(-2);
    for (let edits = 0; edits <= bound; edits++) {
      // Edits that are left must lead back to the diagonal of the two ends.
      const first = Math.max(-edits, size - length - (bound - edits));
      const last = Math.min(edits, size - length + (bound - edits));
      for (let diagonal = first; diagonal <= last; diagonal++) {
        const at = diagonal + middle;
        let row =
          edits === 0 ? 0 : Math.max((before[at] as number) + 1, before[at - 1] as number, (before[at + 1] as number) + 1);
        row = Math.min(row, length, size - diagonal);
        const shift = start + diagonal;
        while (row >= 0 && row < length && row + diagonal < size && pattern[row] === text[shift + row]) row++;
        now[at] = row;
        if (row === length && diagonal === size - length) return edits;
      }
      [before, now] = [now, before];
    }
    return bound + 1;
  }

  #measureBlocks(text: Codes, start: number, end: number, bound: number): number {
    const length = this.#length;
    const blocks = this.#blocks;
    const rows = this.#rows;
    const masks = this.#masks;
    const positive = this.#positive;
    const negative = this.#negative;
    const size = end - start;
    const lastBlock = blocks - 1;
    const lastBit = 1 << ((length - 1) & 31);
    // Blocks [first, final] hold the band. Column 0: rows 0..bound.
    let final = Math.min(lastBlock, Math.floor(bound / WORD));
    for (let block = 0; block <= final; block++) {
      positive[block] = -1;
      negative[block] = 0;
    }
    let score = final === lastBlock ? length : (final + 1) * WORD;
    for (let column = 1; column <= size; column++) {
      // Rows of a block are 32 * block + 1 to 32 * block + 32; only the band's rows can lie on a path within the bound.
      const first = Math.max(0, (column - bound - 1) >> 5);
      const wanted = Math.min(lastBlock, (column + bound - 1) >> 5);
      while (final < wanted) {
        final++;
        positive[final] = -1;
        negative[final] = 0;
        score += final === lastBlock ? length - final * WORD : WORD;
      }
      const row = (rows[text[start + column - 1] as number] as number) * blocks;
      // Above the band the value rises by one a column: never too small, so no path is invented.
      let carry = 1;
      for (let block = first; block <= final; block++) {
        const pv = positive[block] as number;
        const mv = negative[block] as number;
        let equal = masks[row + block] as number;
        const vertical = equal | mv;
        if (carry < 0) equal |= 1;
        const diagonal = (((equal & pv) + pv) ^ pv) | equal;
        let up = mv | ~(diagonal | pv);
        let down = pv & diagonal;
        const high = block === lastBlock ? lastBit : 1 << 31;
        const out = (up & high) !== 0 ? 1 : (down & high) !== 0 ? -1 : 0;
        up <<= 1;
        down <<= 1;
        if (carry < 0) down |= 1;
        else if (carry > 0) up |= 1;
        positive[block] = down | ~(vertical | up);
        negative[block] = up & vertical;
        carry = out;
      }
      score += carry;
      if (final === lastBlock && score > bound + size - column) return bound + 1;
    }
    return score <= bound ? score : bound + 1;
  }
}

/** Distance between two texts in code points; a number above `bound` when it is greater than that. */
export function measureDistance(source: string, target: string, bound = Infinity): number {
  if (source === target) return 0;
  const pattern = toCodePoints(source);
  const text = toCodePoints(target);
  // Dense numbers for the pattern's characters keep the tables small; all others are 0.
  const dense = new Map<number, number>();
  for (let at = 0; at < pattern.length; at++) {
    const code = pattern[at] as number;
    let number = dense.get(code);
    if (number === undefined) dense.set(code, (number = dense.size + 1));
    pattern[at] = number;
  }
  for (let at = 0; at < text.length; at++) text[at] = dense.get(text[at] as number) ?? 0;
  const meter = new DistanceMeter(dense.size + 1);
  meter.prepare(pattern, pattern.length);
  return meter.measureRange(text, 0, text.length, Math.min(bound, Math.max(pattern.length, text.length)));
}

/**
 * Similarity of two texts, 0 to 100: 100 * (1 - distance / longer length); 100 for two empty ones.
 * One division of whole numbers, so that equal ratios are equal numbers and a round percentage is reached exactly.
 */
export function similarityOf(distance: number, longer: number): number {
  return longer === 0 ? 100 : (100 * (longer - distance)) / longer;
}

/** The greatest distance at which texts of that longer length still reach the similarity; -1 when none does. */
export function greatestDistance(longer: number, similarity: number): number {
  let distance = Math.min(longer, Math.floor(longer - (similarity * longer) / 100) + 1);
  while (distance >= 0 && similarityOf(distance, longer) < similarity) distance--;
  return distance;
}

export function measureSimilarity(source: string, target: string): number {
  let longer = 0;
  for (const text of [source, target]) longer = Math.max(longer, toCodePoints(text).length);
  return similarityOf(measureDistance(source, target), longer);
}

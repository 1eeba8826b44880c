/**
 * Near concordance: the stretch of a text that is most like a wording, with up to a quarter of its characters different.
 *
 * Method: approximate substring search by dynamic programming (Sellers 1980) with Ukkonen's cut-off (1985), which leaves
 * out the rows whose distance is too great already; each cell also knows where its stretch began. Which texts are worth it
 * is told by pieces: of a wording that is cut into k + 1 pieces, k differences leave one piece whole (`piecesOf`).
 * Guarantee: the least distance of any stretch; of equal ones the first, as long as the wording if it can be.
 * Cost: O(length * k) a text in practice, O(length * wording) at worst.
 */

/** Beyond Latin letters with their marks and general punctuation. */
const WIDE = /[\u2e80-\uffff]/u;

/**
 * How many characters may differ: none of less than four, then one in four. In Latin script, where a character says less
 * and a wording is long, one in six: shorter pieces would stand in every other text.
 */
export function nearnessOf(wanted: string): number {
  if (wanted.length < 4) return 0;
  return Math.min(8, Math.max(1, Math.floor(wanted.length / (WIDE.test(wanted) ? 4 : 6))));
}

/** Pieces of which at least one stands unchanged in every stretch with at most `most` differences. */
export function piecesOf(wanted: string, most: number): readonly string[] {
  const pieces: string[] = [];
  for (let piece = 0; piece <= most; piece++) {
    const start = Math.floor((piece * wanted.length) / (most + 1));
    const end = Math.floor(((piece + 1) * wanted.length) / (most + 1));
    pieces.push(wanted.slice(start, end));
  }
  return [...new Set(pieces)];
}

export type NearStretch = { readonly distance: number; readonly start: number; readonly end: number };

/** A wording made ready for many texts. */
export class NearSearch {
  readonly #wanted: Uint16Array;
  readonly #most: number;
  readonly #distances: Int32Array;
  readonly #starts: Int32Array;

  constructor(wanted: string, most: number) {
    this.#wanted = Uint16Array.from({ length: wanted.length }, (_, at) => wanted.charCodeAt(at));
    this.#most = most;
    this.#distances = new Int32Array(wanted.length + 1);
    this.#starts = new Int32Array(wanted.length + 1);
  }

  /** The nearest stretch of units [start, end) of a text; undefined when all differ in more than was allowed. */
  find(text: string, start: number, end: number): NearStretch | undefined {
    const wanted = this.#wanted;
    const distances = this.#distances;
    const starts = this.#starts;
    const length = wanted.length;
    let most = this.#most;
    let best: NearStretch | undefined;
    for (let row = 0; row <= length; row++) {
      distances[row] = row;
      starts[row] = start;
    }
    // Rows above `last` are too far off to lead to a hit.
    let last = Math.min(length, most + 1);
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      // The cell to the upper left: at row 0 a stretch begins here.
      let diagonal = 0;
      let diagonalStart = at;
      distances[0] = 0;
      starts[0] = at + 1;
      for (let row = 1; row <= last; row++) {
        const left = distances[row] as number;
        const leftStart = starts[row] as number;
        const above = distances[row - 1] as number;
        let distance = diagonal;
        let from = diagonalStart;
        if (wanted[row - 1] !== unit) {
          if (left < distance || (left === distance && leftStart < from)) {
            distance = left;
            from = leftStart;
          }
          if (above < distance || (above === distance && (starts[row - 1] as number) < from)) {
            distance = above;
            from = starts[row - 1] as number;
          }
          distance++;
        }
        diagonal = left;
        diagonalStart = leftStart;
        distances[row] = distance;
        starts[row] = from;
      }
      while (last > 0 && (distances[last] as number) > most) last--;
      if (last === length) {
        const distance = distances[length] as number;
        const from = starts[length] as number;
        // Rather a character in the place of another than one that is missing: 防扩散 is like 防反弹, not like 防.
        const isFuller = best?.distance === distance && best.start === from && at < from + length;
        if (!best || distance < best.distance || isFuller) {
          best = { distance, start: from, end: at + 1 };
          if (distance === 0) return best;
          most = distance;
          while (last > 0 && (distances[last] as number) > most) last--;
        }
      }
      // One row more may come into reach with the next unit.
      if (last < length) {
        last++;
        distances[last] = most + 1;
        starts[last] = at + 1;
      }
    }
    return best;
  }
}

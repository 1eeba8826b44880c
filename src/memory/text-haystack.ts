/**
 * Many texts made ready for substring search: their units joined into strings of a few thousand texts each, which the
 * engine searches by itself, some 10 GB a second for a rare beginning.
 *
 * Method: texts of Latin-1 units alone and all others go into separate strings, because a single wider unit would double
 * the space of its whole string. No index: a scan finds a single character as well as a sentence.
 * Guarantee: `search` calls back once for each text that holds the wanted units, never across two texts.
 * Cost: O(units) to read, one or two bytes a unit and 8 bytes a text to keep, O(units) to search, with a stop a piece.
 */

/** Units of one string: searched in a fraction of a millisecond, the longest between two stops. */
const PIECE_UNITS = 1 << 16;
/** Stands between texts; no folded text holds it, white space is always a blank there. */
const SEPARATOR = 0x0a;
const WIDEST_NARROW = 0xff;

type Piece = { readonly text: string; readonly starts: Int32Array; readonly numbers: Int32Array };

function toText(units: Uint16Array, isNarrow: boolean): string {
  const bytes = isNarrow ? Buffer.from(units) : Buffer.from(units.buffer, units.byteOffset, units.byteLength);
  return bytes.toString(isNarrow ? "latin1" : "utf16le");
}

class Stream {
  readonly isNarrow: boolean;
  readonly #pieces: Piece[] = [];
  #units = new Uint16Array(4096);
  #filled = 0;
  #starts: number[] = [];
  #numbers: number[] = [];
  /** The texts that are not sealed yet, as they were at the last search. */
  #open: Piece | undefined;

  constructor(isNarrow: boolean) {
    this.isNarrow = isNarrow;
  }

  get byteLength(): number {
    let bytes = this.#units.byteLength;
    for (const { text, starts } of this.#pieces) bytes += text.length * (this.isNarrow ? 1 : 2) + 2 * starts.byteLength;
    return bytes;
  }

  get pieceCount(): number {
    return this.#pieces.length + 1;
  }

  add(number: number, units: Uint32Array, length: number): void {
    this.#open = undefined;
    if (this.#filled > 0 && this.#filled + length + 1 > PIECE_UNITS) this.#seal();
    if (this.#filled + length + 1 > this.#units.length) {
      const larger = new Uint16Array(Math.max(2 * this.#units.length, this.#filled + length + 1));
      larger.set(this.#units.subarray(0, this.#filled));
      this.#units = larger;
    }
    this.#starts.push(this.#filled);
    this.#numbers.push(number);
    for (let at = 0; at < length; at++) this.#units[this.#filled + at] = units[at] as number;
    this.#filled += length;
    this.#units[this.#filled++] = SEPARATOR;
  }

  *pieces(): Generator<Piece> {
    yield* this.#pieces;
    if (this.#filled > 0) yield (this.#open ??= this.#read());
  }

  #read(): Piece {
    const starts = Int32Array.from([...this.#starts, this.#filled]);
    const text = toText(this.#units.slice(0, this.#filled), this.isNarrow);
    return { text, starts, numbers: Int32Array.from(this.#numbers) };
  }

  #seal(): void {
    this.#pieces.push(this.#read());
    this.#filled = 0;
    this.#starts = [];
    this.#numbers = [];
  }
}

/** The text of a piece that holds the offset, looked for from the text `from` on: hits come in order. */
function textAt(starts: Int32Array, offset: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  for (let step = 1; low + step < high; step *= 2) {
    if ((starts[low + step] as number) > offset) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function isNarrow(units: Uint32Array, length: number): boolean {
  for (let at = 0; at < length; at++) if ((units[at] as number) > WIDEST_NARROW) return false;
  return true;
}

export class TextHaystack {
  readonly #narrow = new Stream(true);
  readonly #wide = new Stream(false);

  get byteLength(): number {
    return this.#narrow.byteLength + this.#wide.byteLength;
  }

  /** Adds the first `length` units as the text of a number. Numbers rise. */
  add(number: number, units: Uint32Array, length: number): void {
    (isNarrow(units, length) ? this.#narrow : this.#wide).add(number, units, length);
  }

  /**
   * Calls back with the number of each text that holds `wanted`, and where its units stand; stops after each piece with the
   * share of the work that is done.
   */
  *search(wanted: string, onFound: (number: number, text: string, start: number, end: number) => void): Generator<number, void> {
    if (wanted === "") return;
    const streams = hasWideUnits(wanted) ? [this.#wide] : [this.#narrow, this.#wide];
    const total = streams.reduce((sum, stream) => sum + stream.pieceCount, 0);
    let done = 0;
    for (const stream of streams) {
      for (const { text, starts, numbers } of stream.pieces()) {
        let index = 0;
        for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, starts[index + 1])) {
          index = textAt(starts, at, index);
          onFound(numbers[index] as number, text, starts[index] as number, (starts[index + 1] as number) - 1);
        }
        yield ++done / total;
      }
    }
  }
}

function hasWideUnits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > WIDEST_NARROW) return true;
  return false;
}

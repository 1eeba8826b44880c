/**
 * Numbers the distinct pieces of a text of symbols, in the order in which they are asked for, without making a string
 * of any: an open-addressed table of places in the text, equality decided on the symbols.
 * Cost: O(length of the piece) each, 12 bytes a distinct piece and the free slots.
 */
export class PieceTable {
  readonly #symbols: Int32Array;
  #slots = new Int32Array(1 << 12);
  #starts = new Int32Array(1 << 11);
  #lengths = new Int32Array(1 << 11);
  #hashes = new Int32Array(1 << 11);
  #size = 0;

  constructor(symbols: Int32Array) {
    this.#symbols = symbols;
  }

  get size(): number {
    return this.#size;
  }

  /** Number of the piece [start, end), from 0; `size` grows when it is new. */
  numberOf(start: number, end: number): number {
    const hash = this.#hashAt(start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#lengths[number] === end - start && this.#stands(number, start)) return number;
    }
    const number = this.#size++;
    this.#slots[slot] = number + 1;
    this.#starts[number] = start;
    this.#lengths[number] = end - start;
    this.#hashes[number] = hash;
    if (this.#size === this.#starts.length) this.#grow();
    return number;
  }

  #hashAt(start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.#symbols[at] as number), 0x01000193);
    // The low bits of FNV are weak; mixing makes them fit to choose slots.
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  #stands(number: number, start: number): boolean {
    const own = this.#starts[number] as number;
    const length = this.#lengths[number] as number;
    for (let step = 0; step < length; step++) if (this.#symbols[own + step] !== this.#symbols[start + step]) return false;
    return true;
  }

  #grow(): void {
    this.#starts = enlarge(this.#starts);
    this.#lengths = enlarge(this.#lengths);
    this.#hashes = enlarge(this.#hashes);
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = (this.#hashes[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function enlarge(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/**
 * Gathers texts as dense codes in one heap, equal texts once, before a part of the index is built from them.
 *
 * Method: FNV-1a over the codes, open addressing; equality is decided on the codes, never on the hash.
 * Cost: O(characters) time, 2 bytes a character (4 beyond 65,535 distinct characters) and 16 to 24 bytes a text.
 */
import type { Codes } from "../text/edit-distance.ts";

function grow<T extends Uint16Array | Uint32Array | Int32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const larger = new (array.constructor as new (size: number) => T)(Math.max(length, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
}

export class TextCollector {
  /** Distinct texts, and their codes at [starts[text], starts[text + 1]). */
  count = 0;
  heap: Uint16Array | Uint32Array = new Uint16Array(4096);
  starts = new Int32Array(256);
  /** Positions that were added, in that order, and the text of each. */
  positionCount = 0;
  positions = new Int32Array(256);
  texts = new Int32Array(256);
  #hashes = new Int32Array(256);
  #slots = new Int32Array(512);

  /** Adds the first `length` codes as the text at a position of the memory. */
  add(codes: Codes, length: number, position: number): void {
    const text = this.#findOrAdd(codes, length);
    this.positions = grow(this.positions, this.positionCount + 1);
    this.texts = grow(this.texts, this.positionCount + 1);
    this.positions[this.positionCount] = position;
    this.texts[this.positionCount++] = text;
  }

  #findOrAdd(codes: Codes, length: number): number {
    let hash = 0x811c9dc5;
    let highest = 0;
    for (let at = 0; at < length; at++) {
      const code = codes[at] as number;
      hash = Math.imul(hash ^ code, 0x01000193);
      if (code > highest) highest = code;
    }
    // The low bits choose the slot: mix the high ones in.
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const text = (this.#slots[slot] as number) - 1;
      if (text < 0) break;
      if (this.#hashes[text] === hash && this.#equals(text, codes, length)) return text;
      slot = (slot + 1) & mask;
    }
    if (highest > 0xffff && this.heap instanceof Uint16Array) this.heap = new Uint32Array(this.heap);
    const start = this.starts[this.count] as number;
    this.heap = grow(this.heap, start + length);
    const heap = this.heap;
    for (let at = 0; at < length; at++) heap[start + at] = codes[at] as number;
    this.starts = grow(this.starts, this.count + 2);
    this.#hashes = grow(this.#hashes, this.count + 1);
    this.#hashes[this.count] = hash;
    this.starts[this.count + 1] = start + length;
    this.#slots[slot] = ++this.count;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return this.count - 1;
  }

  #equals(text: number, codes: Codes, length: number): boolean {
    const start = this.starts[text] as number;
    if ((this.starts[text + 1] as number) - start !== length) return false;
    for (let at = 0; at < length; at++) if (this.heap[start + at] !== codes[at]) return false;
    return true;
  }

  #rehash(): void {
    const mask = this.#slots.length * 2 - 1;
    this.#slots = new Int32Array(mask + 1);
    for (let text = 0; text < this.count; text++) {
      let slot = (this.#hashes[text] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = text + 1;
    }
  }

  /** Lets go of what only adding needs. */
  finish(): void {
    this.#slots = new Int32Array(1);
    this.#hashes = new Int32Array(1);
  }

  /** Lets go of everything, as if nothing had been added. */
  release(): void {
    this.count = 0;
    this.positionCount = 0;
    this.heap = new Uint16Array(4096);
    this.starts = new Int32Array(256);
    this.positions = new Int32Array(256);
    this.texts = new Int32Array(256);
    this.#hashes = new Int32Array(256);
    this.#slots = new Int32Array(512);
  }
}

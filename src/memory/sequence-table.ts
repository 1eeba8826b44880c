/**
 * Numbers for sequences of codes, from 0 in the order they turn up; equal sequences have one number.
 *
 * Method: all sequences in one heap; FNV-1a over the codes, open addressing; equality is decided on the codes, never on
 * the hash. What is outgrown is given back at once and not when memory is next swept.
 * Cost: O(codes) time, 2 bytes a code (4 beyond 65,535) and 16 to 24 bytes a sequence.
 */
import type { Codes } from "../text/edit-distance.ts";

/** Bytes from which on an array grows by half; smaller ones are copied less often. Room that is not used is never touched. */
const LARGE = 1 << 23;

/** The array with room for `length`, its contents kept. The old one must not be used any more. */
export function grow<T extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: T,
  length: number,
): T {
  if (length <= array.length) return array;
  const wanted = Math.max(length, Math.ceil(array.length * (array.byteLength < LARGE ? 4 : 1.5))) * array.BYTES_PER_ELEMENT;
  return new (array.constructor as new (buffer: ArrayBuffer) => T)(array.buffer.transfer(wanted));
}

/** Gives the memory of an array back. The array must not be used any more. */
export function giveBack(array: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): void {
  array.buffer.transfer(0);
}

/** Room for that many is made at once at most. */
const MOST_EXPECTED = 1 << 22;
/** Codes of a sentence. Room that is not used is never touched. */
const CODES_EXPECTED = 30;

export class SequenceTable {
  /** Distinct sequences, and their codes at [starts[number], starts[number + 1]). */
  count = 0;
  heap: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  #hashes: Int32Array<ArrayBuffer>;
  /** Number + 1 of the sequence whose hash leads there; 0 for none. */
  #slots: Int32Array<ArrayBuffer>;

  /** With room for as many sequences as are expected: to make room for a million more later takes tens of milliseconds. */
  constructor(expected = 0) {
    const room = Math.max(64, Math.min(expected, MOST_EXPECTED));
    this.heap = new Uint16Array(room * CODES_EXPECTED);
    this.starts = new Int32Array(room + 1);
    this.#hashes = new Int32Array(room);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * room)));
  }

  /** The number of codes [from, to), -1 when they are not there. */
  find(codes: Codes, from: number, to: number): number {
    return (this.#slots[this.#locate(codes, from, to)] as number) - 1;
  }

  /** The number of codes [from, to), a new one if need be. */
  add(codes: Codes, from: number, to: number): number {
    const slot = this.#locate(codes, from, to);
    const known = this.#slots[slot] as number;
    return known > 0 ? known - 1 : this.#append(codes, { from, to, slot });
  }

  /** The hash of the last sequence that was looked for. */
  #hash = 0;

  /** The slot where a sequence is, or where it would be. */
  #locate(codes: Codes, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (codes[at] as number), 0x01000193);
    // The low bits choose the slot: mix the high ones in.
    hash ^= hash >>> 15;
    this.#hash = hash;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0 || (this.#hashes[number] === hash && this.#equals(number, codes, from, to))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #append(codes: Codes, { from, to, slot }: { readonly from: number; readonly to: number; readonly slot: number }): number {
    if (this.heap instanceof Uint16Array && hasWide(codes, from, to)) this.#widen();
    const start = this.starts[this.count] as number;
    this.heap = grow(this.heap, start + to - from);
    const heap = this.heap;
    for (let at = from; at < to; at++) heap[start + at - from] = codes[at] as number;
    this.starts = grow(this.starts, this.count + 2);
    this.#hashes = grow(this.#hashes, this.count + 1);
    this.#hashes[this.count] = this.#hash;
    this.starts[this.count + 1] = start + to - from;
    this.#slots[slot] = ++this.count;
    if (this.count * 2 > this.#slots.length) this.#rehash();
    return this.count - 1;
  }

  #widen(): void {
    const narrow = this.heap as Uint16Array<ArrayBuffer>;
    this.heap = new Uint32Array(narrow.length);
    this.heap.set(narrow.subarray(0, this.starts[this.count]));
    giveBack(narrow);
  }

  #equals(number: number, codes: Codes, from: number, to: number): boolean {
    const start = this.starts[number] as number;
    if ((this.starts[number + 1] as number) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.heap[start + at - from] !== codes[at]) return false;
    return true;
  }

  #rehash(): void {
    const old = this.#slots;
    const mask = old.length * 2 - 1;
    const slots = new Int32Array(mask + 1);
    const hashes = this.#hashes;
    for (let number = 0; number < this.count; number++) {
      let slot = (hashes[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
    giveBack(old);
  }

  /** Lets go of what only finding needs. */
  finish(): void {
    giveBack(this.#slots);
    giveBack(this.#hashes);
    this.#slots = new Int32Array(2);
    this.#hashes = new Int32Array(1);
  }

  /** Lets go of everything, as if nothing had been added. */
  release(): void {
    giveBack(this.heap);
    giveBack(this.starts);
    this.finish();
    this.count = 0;
    this.heap = new Uint16Array(256);
    this.starts = new Int32Array(64);
    this.#slots = new Int32Array(128);
  }
}

function hasWide(codes: Codes, from: number, to: number): boolean {
  if (codes instanceof Uint16Array) return false;
  for (let at = from; at < to; at++) if ((codes[at] as number) > 0xffff) return true;
  return false;
}

/**
 * Many pairs of texts in one block of bytes: a million pairs as JavaScript strings take several times their file's size.
 * Cost: the UTF-8 bytes of the texts, and 12 bytes a pair.
 */
export type HeapPair = { readonly source: string; readonly target: string; readonly id: string };

function grow<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const larger = new (array.constructor as new (size: number) => T)(Math.max(length, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
}

export class PairHeap {
  count = 0;
  #bytes = new Uint8Array(1 << 16);
  /** Three a pair: where source, target and id start. */
  #starts = new Uint32Array(3 * 1024);
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  add(pair: HeapPair): void {
    const at = this.count * 3;
    this.#starts = grow(this.#starts, at + 4);
    this.#append(pair.source, at);
    this.#append(pair.target, at + 1);
    this.#append(pair.id, at + 2);
    this.count++;
  }

  get(index: number): HeapPair {
    const read = (at: number) => this.#decoder.decode(this.#bytes.subarray(this.#starts[at], this.#starts[at + 1]));
    return { source: read(index * 3), target: read(index * 3 + 1), id: read(index * 3 + 2) };
  }

  #append(text: string, at: number): void {
    const start = this.#starts[at] as number;
    // A UTF-16 unit takes at most three bytes.
    this.#bytes = grow(this.#bytes, start + text.length * 3);
    this.#starts[at + 1] = start + this.#encoder.encodeInto(text, this.#bytes.subarray(start)).written;
  }
}

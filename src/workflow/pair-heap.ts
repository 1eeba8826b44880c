/**
 * Many pairs of texts as bytes in large blocks: a million pairs as JavaScript strings take several times their file's size,
 * and one array that grows is there twice each time it grows.
 * Cost: the UTF-8 bytes of the texts, and 20 bytes a pair.
 */
export type HeapPair = { readonly source: string; readonly target: string; readonly id: string };

const BLOCK = 4 << 20;
/** Of a pair: its block, its start there, and the ends of source, target and id. */
const FIELDS = 5;

export class PairHeap {
  count = 0;
  readonly #blocks: Uint8Array<ArrayBuffer>[] = [];
  #filled = 0;
  #places = new Uint32Array(FIELDS * 1024);
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  add(pair: HeapPair): void {
    // A UTF-16 unit takes at most three bytes. A pair lies in one block.
    const room = 3 * (pair.source.length + pair.target.length + pair.id.length);
    let block = this.#blocks.at(-1);
    if (!block || block.length - this.#filled < room) {
      block = new Uint8Array(Math.max(BLOCK, room));
      this.#blocks.push(block);
      this.#filled = 0;
    }
    const at = this.count * FIELDS;
    if (at + FIELDS > this.#places.length) {
      const larger = new Uint32Array(Math.ceil(this.#places.length * 1.5) + FIELDS);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[at] = this.#blocks.length - 1;
    this.#places[at + 1] = this.#filled;
    for (const [field, text] of [pair.source, pair.target, pair.id].entries()) {
      this.#filled += this.#encoder.encodeInto(text, block.subarray(this.#filled)).written;
      this.#places[at + 2 + field] = this.#filled;
    }
    this.count++;
  }

  get(index: number): HeapPair {
    const [block = 0, start, sourceEnd, targetEnd, idEnd] = this.#places.subarray(index * FIELDS, (index + 1) * FIELDS);
    const bytes = this.#blocks[block];
    const read = (from?: number, to?: number) => this.#decoder.decode(bytes?.subarray(from, to));
    return { source: read(start, sourceEnd), target: read(sourceEnd, targetEnd), id: read(targetEnd, idEnd) };
  }
}

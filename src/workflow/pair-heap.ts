/**
 * Many pairs of texts as bytes in large blocks: a million pairs as JavaScript strings take several times their file's size,
 * and one array that grows is there twice each time it grows.
 *
 * Method: a few pairs are encoded, and later decoded, together, because a call to either costs as much as many characters.
 * Cost: the UTF-8 bytes of the texts, and 17 bytes a pair; finding a pair decodes those that it lies with.
 */
export type HeapPair = {
  readonly source: string;
  readonly target: string;
  readonly id: string;
  /** A number that stands for its languages. */
  readonly languages: number;
};

const BLOCK = 4 << 20;
/** Pairs encoded together. */
const GROUP = 16;
/** Of a pair: the lengths of its three texts in UTF-16 units, and its languages. */
const FIELDS = 4;
/** Of a group: its block, its start and its end there. */
const PLACES = 3;

function grow(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Uint32Array(Math.ceil(length * 1.5));
  larger.set(array);
  return larger;
}

export class PairHeap {
  count = 0;
  readonly #blocks: Uint8Array<ArrayBuffer>[] = [];
  #block = new Uint8Array(0);
  #filled = 0;
  #fields = new Uint32Array(FIELDS * 1024);
  #groups = new Uint32Array(PLACES * 64);
  /** The texts of the group that is not full yet. */
  #waiting: string[] = [];
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  add({ source, target, id, languages }: HeapPair): void {
    const at = this.count * FIELDS;
    if (at + FIELDS > this.#fields.length) this.#fields = grow(this.#fields, at + FIELDS);
    this.#fields[at] = source.length;
    this.#fields[at + 1] = target.length;
    this.#fields[at + 2] = id.length;
    this.#fields[at + 3] = languages;
    this.#waiting.push(source, target, id);
    if (++this.count % GROUP === 0) this.#encode();
  }

  #encode(): void {
    const text = this.#waiting.join("");
    this.#waiting = [];
    // A UTF-16 unit takes at most three bytes. A group lies in one block.
    if (this.#block.length - this.#filled < 3 * text.length) {
      this.#block = new Uint8Array(Math.max(BLOCK, 3 * text.length));
      this.#blocks.push(this.#block);
      this.#filled = 0;
    }
    const at = (this.count / GROUP - 1) * PLACES;
    this.#groups = grow(this.#groups, at + PLACES);
    this.#groups[at] = this.#blocks.length - 1;
    this.#groups[at + 1] = this.#filled;
    this.#filled += this.#encoder.encodeInto(text, this.#block.subarray(this.#filled)).written;
    this.#groups[at + 2] = this.#filled;
  }

  get(index: number): HeapPair {
    const group = Math.floor(index / GROUP);
    const [block = 0, start, end] = this.#groups.subarray(group * PLACES, (group + 1) * PLACES);
    const isFull = (group + 1) * GROUP <= this.count;
    const text = isFull ? this.#decoder.decode(this.#blocks[block]?.subarray(start, end)) : this.#waiting.join("");
    const fields = this.#fields;
    let at = 0;
    for (let before = group * GROUP; before < index; before++) {
      for (let field = 0; field < 3; field++) at += fields[before * FIELDS + field] ?? 0;
    }
    const [source = 0, target = 0, id = 0, languages = 0] = fields.subarray(index * FIELDS, (index + 1) * FIELDS);
    const targetStart = at + source;
    const idStart = targetStart + target;
    return {
      source: text.slice(at, targetStart),
      target: text.slice(targetStart, idStart),
      id: text.slice(idStart, idStart + id),
      languages,
    };
  }
}

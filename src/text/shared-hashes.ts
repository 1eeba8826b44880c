/**
 * Which texts share hashed pieces, and how many: the index behind the search for copies.
 *
 * Method: hashes with their holders are sorted as numbers; each run of one hash is a list of holders; then every text
 * counts, over its runs, the texts before it. Of very many holders each meets the first and the one before: copies find
 * each other through a third.
 * Guarantee: every pair that shares a hash of at most `MANY_HOLDERS` texts is visited once, with its exact count but for
 * the longer runs. No table of pairs is held, so no number of pairs is too large.
 * Cost: O(postings · log postings) time, plus the shared pairs; 16 bytes a posting.
 */

const MANY_HOLDERS = 40;
/** Whole numbers up to 2^53 are exact in a double: hash and holder share them. */
const EXACT_BITS = 53;

/** Hashes and the texts that hold them, in typed arrays that grow. Holders are added in ascending order. */
export class Postings {
  #hashes = new Int32Array(1024);
  #holders = new Int32Array(1024);
  #length = 0;

  add(hash: number, holder: number): void {
    if (this.#length === this.#hashes.length) {
      this.#hashes = grow(this.#hashes);
      this.#holders = grow(this.#holders);
    }
    this.#hashes[this.#length] = hash;
    this.#holders[this.#length++] = holder;
  }

  /** Visits pairs of holders, the first before the other, with the number of hashes that they share. */
  visitPairs(count: number, visit: (one: number, other: number, shared: number) => void): void {
    const runs = this.#gatherRuns(count);
    const { holders, runOf, places, starts } = runs;
    const shared = new Int32Array(count);
    const touched: number[] = [];
    const meet = (one: number): void => {
      if (shared[one] === 0) touched.push(one);
      shared[one] = (shared[one] ?? 0) + 1;
    };
    for (let other = 0; other < count; other++) {
      for (let at = starts[other] ?? 0; at < (starts[other + 1] ?? 0); at++) {
        const place = places[at] ?? 0;
        const first = runOf[place] ?? 0;
        if (place === first) continue;
        const from = place - first >= MANY_HOLDERS ? place - 1 : first;
        for (let one = from; one < place; one++) meet(holders[one] ?? 0);
        if (from > first) meet(holders[first] ?? 0);
      }
      for (const one of touched) {
        visit(one, other, shared[one] ?? 0);
        shared[one] = 0;
      }
      touched.length = 0;
    }
  }

  /** Holders of each hash that at least two texts hold, run by run, and the places of each holder among them. */
  #gatherRuns(count: number): Runs {
    const holderBits = Math.max(1, 32 - Math.clz32(Math.max(1, count - 1)));
    const factor = 2 ** holderBits;
    const shift = Math.max(0, 32 + holderBits - EXACT_BITS);
    const keys = new Float64Array(this.#length);
    for (let at = 0; at < this.#length; at++) {
      keys[at] = ((this.#hashes[at] ?? 0) >>> shift) * factor + (this.#holders[at] ?? 0);
    }
    keys.sort();
    const holders = new Int32Array(keys.length);
    const runOf = new Int32Array(keys.length);
    const sizes = new Int32Array(count + 1);
    let length = 0;
    for (let at = 0; at < keys.length;) {
      const first = length;
      const hash = Math.floor((keys[at] ?? 0) / factor);
      for (; at < keys.length && Math.floor((keys[at] ?? 0) / factor) === hash; at++) {
        const holder = (keys[at] ?? 0) - hash * factor;
        // Two pieces of one text may have one hash.
        if (length > first && holders[length - 1] === holder) continue;
        runOf[length] = first;
        holders[length++] = holder;
      }
      if (length - first < 2) length = first;
    }
    for (let at = 0; at < length; at++) sizes[(holders[at] ?? 0) + 1] = (sizes[(holders[at] ?? 0) + 1] ?? 0) + 1;
    for (let holder = 0; holder < count; holder++) sizes[holder + 1] = (sizes[holder + 1] ?? 0) + (sizes[holder] ?? 0);
    const places = new Int32Array(length);
    const next = sizes.slice();
    for (let at = 0; at < length; at++) {
      const holder = holders[at] ?? 0;
      const place = next[holder] ?? 0;
      places[place] = at;
      next[holder] = place + 1;
    }
    return { holders, runOf, places, starts: sizes };
  }
}

type Runs = {
  readonly holders: Int32Array;
  /** For each entry of `holders` where its run begins. */
  readonly runOf: Int32Array;
  /** Entries of `holders` by holder: [starts[h], starts[h + 1]). */
  readonly places: Int32Array;
  readonly starts: Int32Array;
};

function grow(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

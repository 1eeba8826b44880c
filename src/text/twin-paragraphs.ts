/**
 * Twins: paragraphs of different texts that say the same, word for word or nearly, so that one of them is a reprint.
 *
 * Method: the eight smallest hashes of a paragraph's shingles are its sketch (Broder 1997); paragraphs that share two are
 * compared exactly: more than 0.8 of the shorter in the longer, sizes within 0.8, and the same figures and days. A line
 * that returns with another day tells of another event. A family is a paragraph with those of its twins that stand
 * after it in the order of preference, so that likeness does not creep from link to link.
 * Guarantee: no family holds two paragraphs of one holder's choice that differ more than that from its first; a twin is
 * missed in about one of 250 cases at the very border, hardly ever when it is a reprint.
 * Cost: O(length) to read, near linear in the number of paragraphs.
 */
import { Postings } from "./shared-hashes.ts";
import { ShingleSet } from "./shingle-set.ts";

const SKETCH = 8;
const LEAST_SHARED = 2;
const CONTAINMENT = 0.8;
const SIZE_RATIO = 0.8;
const FIGURES = /\d+|[〇零一二三四五六七八九十百千万亿两]+(?=[年月日号时點点分])/gu;

export class TwinFinder {
  readonly #postings = new Postings();
  #count = 0;

  /** Adds a paragraph; the first is number 0. */
  add(set: ShingleSet): void {
    for (const hash of sketch(set.hashes)) this.#postings.add(hash, this.#count);
    this.#count++;
  }

  /** For each paragraph that is a twin of a preferred one the number of that one. `compare` orders by preference. */
  find(textOf: (paragraph: number) => string, compare: (one: number, other: number) => number): ReadonlyMap<number, number> {
    const partners = new Map<number, number[]>();
    const link = (one: number, other: number): void => {
      const known = partners.get(one);
      if (known) known.push(other);
      else partners.set(one, [other]);
    };
    this.#postings.visitPairs(this.#count, (one, other, shared) => {
      if (shared < LEAST_SHARED) return;
      link(one, other);
      link(other, one);
    });
    const originals = new Map<number, number>();
    const taken = new Set<number>();
    for (const original of [...partners.keys()].sort(compare)) {
      if (originals.has(original)) continue;
      taken.add(original);
      const read = readParagraph(textOf(original));
      for (const twin of partners.get(original) ?? []) {
        if (originals.has(twin) || taken.has(twin)) continue;
        if (areTwins(read, readParagraph(textOf(twin)))) originals.set(twin, original);
      }
    }
    return originals;
  }
}

/** The smallest hashes as unsigned numbers. */
function sketch(hashes: Int32Array): readonly number[] {
  const smallest: number[] = [];
  for (const hash of hashes) {
    const value = hash >>> 0;
    if (smallest.length === SKETCH && value >= (smallest[SKETCH - 1] ?? 0)) continue;
    let at = smallest.length;
    while (at > 0 && (smallest[at - 1] ?? 0) > value) at--;
    if (smallest[at - 1] === value) continue;
    smallest.splice(at, 0, value);
    if (smallest.length > SKETCH) smallest.length = SKETCH;
  }
  return smallest;
}

type Read = { readonly set: ShingleSet; readonly figures: string };

function readParagraph(text: string): Read {
  return { set: new ShingleSet(text), figures: (text.normalize("NFKC").match(FIGURES) ?? []).join(" ") };
}

function areTwins(one: Read, other: Read): boolean {
  if (one.figures !== other.figures) return false;
  const [small, large] = [Math.min(one.set.size, other.set.size), Math.max(one.set.size, other.set.size)];
  return small >= large * SIZE_RATIO && one.set.measureContainment(other.set) > CONTAINMENT;
}

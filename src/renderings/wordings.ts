/**
 * Counts of any run of English words in all units: a suffix array over their forms.
 *
 * Cost: linear to build, 12 bytes a word; O(length × log words) to look a run up, its counts once per run.
 */
import { buildSuffixArray } from "../text/suffix-array.ts";
import type { EnglishSide } from "./english-side.ts";

/** A run of words: places suffixes[first … end) of the array, `length` words each. */
export type Run = { readonly first: number; readonly end: number; readonly length: number };

export type RunCounts = {
  readonly units: number;
  readonly occurrences: number;
  /** Share of the occurrences that have the commonest content word before, or after, them. */
  readonly sameBefore: number;
  readonly sameAfter: number;
  /** The same for a function word and a content word beyond it ("Bills" → "and Notes"). */
  readonly sameBeyondBefore: number;
  readonly sameBeyondAfter: number;
};

const KEPT_RUNS = 200_000;
/** For counting neighbours, so many occurrences are enough. */
const MOST_NEIGHBOURS = 400;

export class Wordings {
  readonly #symbols: Int32Array;
  readonly #suffixes: Int32Array;
  readonly ranks: Int32Array;
  readonly #unitOf: Uint32Array;
  readonly #counts = new Map<number, RunCounts>();
  readonly #stamps: Uint32Array;
  /** Form → 1 when it is no content word. */
  readonly #empty: Uint8Array;
  #stamp = 0;

  constructor(english: EnglishSide, unitCount: number) {
    const last = english.starts[unitCount] ?? 0;
    const size = last + unitCount;
    this.#symbols = new Int32Array(size);
    this.#unitOf = new Uint32Array(size);
    this.#empty = new Uint8Array(english.formCount);
    this.#empty[0] = 1;
    let at = 0;
    for (let unit = 0; unit < unitCount; unit++) {
      for (let word = english.starts[unit] as number; word < (english.starts[unit + 1] as number); word++) {
        const form = english.forms[word] as number;
        if ((english.links[word] as number) < 0) this.#empty[form] = 1;
        this.#symbols[at] = form;
        this.#unitOf[at++] = unit;
      }
      this.#unitOf[at++] = unit;
    }
    this.#suffixes = buildSuffixArray(this.#symbols, english.formCount);
    this.ranks = new Int32Array(size);
    this.#suffixes.forEach((place, rank) => {
      this.ranks[place] = rank;
    });
    this.#stamps = new Uint32Array(unitCount);
  }

  /** Place in the text with borders of a word of a unit. */
  static placeOf(word: number, unit: number): number {
    return word + unit;
  }

  /** All places that hold the same words as the `length` words from `place`. */
  find(place: number, length: number): Run {
    const rank = this.ranks[place] as number;
    return {
      first: this.#border({ place, length, rank, step: -1 }),
      end: this.#border({ place, length, rank, step: 1 }),
      length,
    };
  }

  /** Do the words of a run stand from `word` of a unit on? */
  stands(run: Run, { word, unit }: { readonly word: number; readonly unit: number }): boolean {
    const rank = this.ranks[Wordings.placeOf(word, unit)] ?? -1;
    return rank >= run.first && rank < run.end;
  }

  /** Gallops away from a place that matches, then halves. */
  #border(search: { readonly place: number; readonly length: number; readonly rank: number; readonly step: 1 | -1 }): number {
    const { place, length, rank, step } = search;
    const size = this.#suffixes.length;
    let inside = rank;
    let stride = 1;
    let outside: number;
    for (;;) {
      const next = inside + step * stride;
      if (next < 0 || next >= size) {
        outside = step < 0 ? -1 : size;
        break;
      }
      if (!this.#same(this.#suffixes[next] as number, place, length)) {
        outside = next;
        break;
      }
      inside = next;
      stride *= 2;
    }
    while (Math.abs(outside - inside) > 1) {
      const middle = (inside + outside) >> 1;
      if (middle >= 0 && middle < size && this.#same(this.#suffixes[middle] as number, place, length)) inside = middle;
      else outside = middle;
    }
    return step < 0 ? inside : inside + 1;
  }

  #same(one: number, other: number, length: number): boolean {
    const symbols = this.#symbols;
    if (one + length > symbols.length) return false;
    for (let at = 0; at < length; at++) if (symbols[one + at] !== symbols[other + at]) return false;
    return true;
  }

  count(run: Run): RunCounts {
    const key = run.first * 16 + run.length;
    const known = this.#counts.get(key);
    if (known) return known;
    const stamp = ++this.#stamp;
    let units = 0;
    for (let rank = run.first; rank < run.end; rank++) {
      const unit = this.#unitOf[this.#suffixes[rank] as number] as number;
      if (this.#stamps[unit] === stamp) continue;
      this.#stamps[unit] = stamp;
      units++;
    }
    const counts: RunCounts = {
      units,
      occurrences: run.end - run.first,
      sameBefore: this.#countNeighbours(run, -1, 0),
      sameAfter: this.#countNeighbours(run, run.length, 0),
      sameBeyondBefore: this.#countNeighbours(run, -1, -1),
      sameBeyondAfter: this.#countNeighbours(run, run.length, 1),
    };
    if (this.#counts.size >= KEPT_RUNS) this.#counts.clear();
    this.#counts.set(key, counts);
    return counts;
  }

  /** Share of the commonest neighbour; with a step, of a function word and the content word one step further. */
  #countNeighbours(run: Run, offset: number, step: number): number {
    const counts = new Map<number, number>();
    const end = Math.min(run.end, run.first + MOST_NEIGHBOURS);
    let most = 0;
    for (let rank = run.first; rank < end; rank++) {
      const place = (this.#suffixes[rank] as number) + offset;
      let symbol = this.#symbols[place] ?? 0;
      if (symbol === 0 || (this.#empty[symbol] === 1) !== (step !== 0)) continue;
      if (step !== 0) {
        const beyond = this.#symbols[place + step] ?? 0;
        if (this.#empty[beyond] === 1) continue;
        symbol = symbol * this.#empty.length + beyond;
      }
      const count = (counts.get(symbol) ?? 0) + 1;
      counts.set(symbol, count);
      if (count > most) most = count;
    }
    return most / Math.max(1, end - run.first);
  }

  /** The units of a run that are in a set, each once. */
  countUnitsIn(run: Run, isIn: (unit: number) => boolean): number {
    const stamp = ++this.#stamp;
    let units = 0;
    for (let rank = run.first; rank < run.end; rank++) {
      const unit = this.#unitOf[this.#suffixes[rank] as number] as number;
      if (this.#stamps[unit] === stamp) continue;
      this.#stamps[unit] = stamp;
      if (isIn(unit)) units++;
    }
    return units;
  }
}

/**
 * Exact fuzzy search in one part of the index.
 *
 * Method: only lengths that the distance allows (bands.ts); of those only texts that share a piece of the query
 * (pieces.ts); of those only texts whose signature allows the distance; of long ones only those that have enough
 * characters in common; the rest is measured bit-parallel with a cut-off that rises as hits come in.
 * Guarantee: every text that a scan would keep is offered to `top`.
 * Cost: sublinear in practice; where the lists are longer than the range of lengths, that range is scanned.
 */
import { similarityOf } from "../text/edit-distance.ts";
import { bucketOfPair } from "../text/ngrams.ts";
import { Bands, BY_CHARACTERS, SCAN } from "./bands.ts";
import { RECORD } from "./part.ts";
import type { Part, Postings } from "./part.ts";
import type { SearchQuery } from "./search-query.ts";
import type { HitSink } from "./top-matches.ts";

/** Pieces of a longer query are looked for in its beginning only: no more of them than that are needed (bands.ts). */
const PLANNED_LENGTH = 1 << 14;
/** Lists of up to this many texts are gone through from end to end. */
const SHORT_LIST = 24;
/** Longer texts are compared as bags before they are measured: one word of the meter holds no more. */
const WORD = 32;

function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** First index in [from, to) of the ascending list whose text is not below `text`. */
function lowerBound({ high, low }: Postings, from: number, to: number, text: number): number {
  let first = from;
  let end = to;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if ((((high[middle] as number) << 16) | (low[middle] as number)) < text) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** Stretches of posting lists to go through: in `codes` or `pairs`, and how many pieces come before in the plan. */
class Slices {
  count = 0;
  total = 0;
  readonly isPair: boolean[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly before: number[] = [];
  /** Range of the texts that are wanted. */
  readonly first: number[] = [];
  readonly end: number[] = [];
}

export class PartSearcher {
  readonly part: Part;
  /** Which positions still have their text in this part. */
  readonly #isHome: (position: number) => boolean;
  /** Text -> number of the search that last measured it. */
  readonly #seen: Uint32Array;
  #search = 0;
  readonly #bands = new Bands();
  readonly #slices = new Slices();

  constructor(part: Part, isHome: (position: number) => boolean) {
    this.part = part;
    this.#isHome = isHome;
    this.#seen = new Uint32Array(part.count);
  }

  search(query: SearchQuery, top: HitSink): void {
    if (this.part.count === 0) return;
    if (this.#search === 0xffffffff) {
      this.#seen.fill(0);
      this.#search = 0;
    }
    this.#search++;
    const bands = this.#bands;
    bands.setWindow(query.length, top.cutoff, this.part.longest);
    if (bands.shortest > bands.longest) return;
    this.#plan(query);
    bands.cut(query.length, query.plan, this.part.lengthStarts);
    for (let band = 0; band < bands.count; band++) this.#searchBand(query, top, band);
  }

  #plan({ codes, length, plan }: SearchQuery): void {
    const { codeStarts, pairBits, pairStarts } = this.part;
    const planned = Math.min(length, PLANNED_LENGTH);
    plan.start(planned);
    const { lists, costs, pairLists, pairCosts } = plan;
    // The part may be older than the newest characters of the alphabet.
    const known = codeStarts.length - 1;
    for (let at = 0; at < planned; at++) {
      const code = codes[at] as number;
      const list = code < known ? code : 0;
      lists[at] = list;
      costs[at] = list === 0 ? 0 : (codeStarts[list + 1] as number) - (codeStarts[list] as number);
      if (at === 0) continue;
      let bucket = 0;
      let cost = 0;
      if (costs[at] !== 0 && costs[at - 1] !== 0) {
        bucket = bucketOfPair(codes[at - 1] as number, code, pairBits);
        cost = (pairStarts[bucket + 1] as number) - (pairStarts[bucket] as number);
      }
      pairLists[at - 1] = bucket;
      pairCosts[at - 1] = cost;
    }
    plan.plan(this.#bands.limitOf(this.#bands.longest) + 1);
  }

  #searchBand(query: SearchQuery, top: HitSink, band: number): void {
    const bands = this.#bands;
    const { lengthStarts } = this.part;
    const first = lengthStarts[bands.from[band] as number] as number;
    const end = lengthStarts[(bands.to[band] as number) + 1] as number;
    if (first === end) return;
    const slices = this.#slices;
    // Going through texts in order is cheaper than being led to most of them one by one.
    if (bands.ways[band] === SCAN || 2 * this.#cutSlices(query, band) > end - first) {
      this.#consider({ query, top, from: first, to: end, first, end });
      return;
    }
    const { codeTexts, pairTexts } = this.part;
    let { cutoff } = bands;
    let budget = Infinity;
    for (let slice = 0; slice < slices.count; slice++) {
      if (bands.cutoff > cutoff) {
        cutoff = bands.cutoff;
        budget = bands.greatestBudget(band, query.length);
      }
      // All texts that could still qualify hold one of the pieces before this one.
      if ((slices.before[slice] as number) > budget) return;
      this.#consider({
        query,
        top,
        texts: slices.isPair[slice] ? pairTexts : codeTexts,
        from: slices.from[slice] as number,
        to: slices.to[slice] as number,
        first: slices.first[slice] as number,
        end: slices.end[slice] as number,
      });
    }
  }

  /** Lists the stretches to go through for a band; returns how many texts they are. */
  #cutSlices({ length, plan }: SearchQuery, band: number): number {
    const bands = this.#bands;
    const slices = this.#slices;
    slices.count = 0;
    slices.total = 0;
    const way = bands.ways[band] as number;
    let from = Math.max(bands.from[band] as number, bands.shortest);
    let to = Math.min(bands.to[band] as number, bands.longest);
    if (way !== BY_CHARACTERS) plan.choosePieces(way);
    const count = way === BY_CHARACTERS ? plan.characterCount : plan.pieceCount;
    for (let at = 0; at < count; at++) {
      // Texts that could miss all pieces before this one: longer ones can miss more pieces, and fewer characters.
      const before = way === BY_CHARACTERS ? (plan.characterBefore[at] as number) : at;
      if (way === BY_CHARACTERS) while (from <= to && bands.budgetOf(to, length, way) < before) to--;
      else while (from <= to && bands.budgetOf(from, length, way) < before) from++;
      if (from > to) break;
      const list = (way === BY_CHARACTERS ? plan.characterLists[at] : plan.pieceLists[at]) as number;
      const cost = (way === BY_CHARACTERS ? plan.characterCosts[at] : plan.pieceCosts[at]) as number;
      if (cost > 0) this.#addSlice(list, before, { from, to });
    }
    return slices.total;
  }

  /** The stretch of a list that has texts of these lengths. */
  #addSlice(list: number, before: number, lengths: { readonly from: number; readonly to: number }): void {
    const { lengthStarts, pairStarts, pairTexts, codeStarts, codeTexts } = this.part;
    const slices = this.#slices;
    const isPair = list < 0;
    const starts = isPair ? pairStarts : codeStarts;
    const texts = isPair ? pairTexts : codeTexts;
    const number = isPair ? ~list : list;
    let from = starts[number] as number;
    let to = starts[number + 1] as number;
    const first = lengthStarts[lengths.from] as number;
    const end = lengthStarts[lengths.to + 1] as number;
    if (to - from > SHORT_LIST) {
      from = lowerBound(texts, from, to, first);
      to = lowerBound(texts, from, to, end);
    }
    if (from === to) return;
    const at = slices.count++;
    slices.isPair[at] = isPair;
    slices.from[at] = from;
    slices.to[at] = to;
    slices.before[at] = before;
    slices.first[at] = first;
    slices.end[at] = end;
    slices.total += to - from;
  }

  /** Measures each text of a stretch once, if it is in the range that is wanted and its signature allows the distance. */
  #consider({ query, top, texts, from, to, first, end }: Stretch): void {
    const { records } = this.part;
    const { length, signature0, signature1, signature2 } = query;
    const bands = this.#bands;
    const seen = this.#seen;
    const search = this.#search;
    const high = texts?.high;
    const low = texts?.low;
    let { shortest, longest, limits } = bands;
    for (let at = from; at < to; at++) {
      const text = low ? ((high?.[at] as number) << 16) | (low[at] as number) : at;
      if (text < first || text >= end) continue;
      const record = text * RECORD;
      const size = (records[record + RECORD] as number) - (records[record] as number);
      if (size < shortest || size > longest) continue;
      const limit = limits[size - shortest] as number;
      // Characters of one text that the other lacks each cost an edit; the difference in length costs edits of its own.
      const longer = size - length;
      const theirs0 = records[record + 1] as number;
      const theirs1 = records[record + 2] as number;
      const theirs2 = records[record + 3] as number;
      const missing = countBits(signature0 & ~theirs0) + countBits(signature1 & ~theirs1) + countBits(signature2 & ~theirs2);
      if (missing > (longer > 0 ? limit - longer : limit)) continue;
      const extra = countBits(theirs0 & ~signature0) + countBits(theirs1 & ~signature1) + countBits(theirs2 & ~signature2);
      if (extra > (longer < 0 ? limit + longer : limit) || seen[text] === search) continue;
      seen[text] = search;
      this.#measure(query, top, text, limit);
      // A rising cut-off narrows the window at once.
      if (top.cutoff > bands.cutoff) {
        bands.setWindow(length, top.cutoff, this.part.longest);
        ({ shortest, longest, limits } = bands);
      }
    }
  }

  #measure({ meter, length }: SearchQuery, top: HitSink, text: number, limit: number): void {
    const { heap, records, positions, positionStarts } = this.part;
    const start = records[text * RECORD] as number;
    const end = records[(text + 1) * RECORD] as number;
    const size = end - start;
    if (length > WORD && size > WORD) {
      const most = Math.min(limit, limit + size - length);
      if (meter.countForeign(heap, start, end, most) > most) return;
    }
    const distance = meter.measureRange(heap, start, end, limit);
    if (distance > limit) return;
    const similarity = similarityOf(distance, Math.max(length, size));
    const last = positionStarts[text + 1] as number;
    for (let at = positionStarts[text] as number; at < last; at++) {
      const position = positions[at] as number;
      if (this.#isHome(position) && !top.offer(similarity, position)) break;
    }
  }
}

/** A stretch [from, to) of a posting list, or of the texts themselves, and the range of texts that are wanted. */
type Stretch = {
  readonly query: SearchQuery;
  readonly top: HitSink;
  readonly texts?: Postings;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
};

/**
 * Exact fuzzy search in one part of the index.
 *
 * Method: only lengths that the distance allows; of those only texts that share a piece of the query (pieces.ts);
 * of those only texts whose signature allows the distance; the rest is measured bit-parallel with a cut-off that rises
 * as hits come in. Lengths near the query's come first, so that it rises early.
 * Guarantee: every text that a scan would keep is offered to `top`.
 * Cost: sublinear in practice; where the lists are longer than the range of lengths, that range is scanned.
 */
import { greatestDistance, similarityOf } from "../text/edit-distance.ts";
import type { DistanceMeter } from "../text/edit-distance.ts";
import { bucketOfPair } from "../text/ngrams.ts";
import { RECORD } from "./part.ts";
import type { Part } from "./part.ts";
import { planPieces } from "./pieces.ts";
import type { Piece, PiecePlanner } from "./pieces.ts";
import type { TopMatches } from "./top-matches.ts";

/** A query made ready: codes of the alphabet (0 for characters no text holds), its signature, the meter prepared with it. */
export type PreparedQuery = {
  readonly codes: Int32Array;
  readonly length: number;
  readonly signature: readonly [number, number, number];
  readonly meter: DistanceMeter;
};

function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** First index in [from, to) of the ascending list whose text is not below `text`. */
function lowerBound(list: Int32Array, from: number, to: number, text: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How texts are found: by this many pieces, by characters alone, or one after the other. */
type Way = number;
const BY_CHARACTERS = 0;
const SCAN = -1;

/** Lengths [from, to] whose texts are found in the same way. */
type Band = { readonly from: number; readonly to: number; readonly way: Way };

/** A stretch of a posting list, and how many pieces (or places of the query) come before it in the plan. */
type Slice = { readonly texts: Int32Array; readonly from: number; readonly to: number; readonly before: number };

export class PartSearcher {
  readonly part: Part;
  /** Which positions still have their text in this part. */
  readonly #isHome: (position: number) => boolean;
  /** Number of the search that last measured a text. */
  #seen: Uint32Array;
  #search = 0;
  /** Greatest distance by length, from length #shortest on, for the cut-off of now. */
  #limits = new Int32Array(64);
  #shortest = 0;
  #longest = 0;
  #cutoff = 0;

  constructor(part: Part, isHome: (position: number) => boolean) {
    this.part = part;
    this.#isHome = isHome;
    this.#seen = new Uint32Array(part.count);
  }

  search(query: PreparedQuery, top: TopMatches): void {
    if (this.part.count === 0) return;
    if (this.#search === 0xffffffff) {
      this.#seen.fill(0);
      this.#search = 0;
    }
    this.#search++;
    this.#setWindow(query.length, top.cutoff);
    if (this.#shortest > this.#longest) return;
    const planner = this.#plan(query);
    for (const band of this.#bands(query.length, planner)) this.#searchBand(query, top, planner, band);
  }

  /** Lengths and distances that can still reach the cut-off. Only ever narrows during a search. */
  #setWindow(length: number, cutoff: number): void {
    this.#cutoff = cutoff;
    const near = greatestDistance(length, cutoff);
    const shortest = Math.max(0, length - near);
    let longest = near < 0 ? -1 : Math.min(length, this.part.longest);
    let count = longest - shortest + 1;
    if (this.#limits.length < count) this.#limits = new Int32Array(count * 2);
    if (count > 0) this.#limits.fill(near, 0, count);
    for (let next = length + 1; next <= this.part.longest; next++) {
      const distance = greatestDistance(next, cutoff);
      // next - distance never falls as next rises, so no longer text qualifies either.
      if (next - length > distance) break;
      longest = next;
      count = Math.max(0, longest - shortest + 1);
      if (this.#limits.length < count) {
        const larger = new Int32Array(count * 2);
        larger.set(this.#limits);
        this.#limits = larger;
      }
      this.#limits[next - shortest] = distance;
    }
    this.#shortest = shortest;
    this.#longest = longest;
  }

  #limitOf(length: number): number {
    return length < this.#shortest || length > this.#longest ? -1 : (this.#limits[length - this.#shortest] as number);
  }

  #plan(query: PreparedQuery): PiecePlanner {
    const { codeStarts, pairBits, pairStarts } = this.part;
    const singles: Piece[] = [];
    const pairs: Piece[] = [];
    // The part may be older than the newest characters of the alphabet.
    const known = codeStarts.length - 1;
    for (let at = 0; at < query.length; at++) {
      const code = query.codes[at] as number;
      const isKnown = code !== 0 && code < known;
      const cost = isKnown ? (codeStarts[code + 1] as number) - (codeStarts[code] as number) : 0;
      singles.push({ list: isKnown ? code : 0, cost, pair: false });
      if (at === 0) continue;
      const before = singles[at - 1] as Piece;
      if (cost === 0 || before.cost === 0) pairs.push({ list: -1, cost: 0, pair: true });
      else {
        const list = bucketOfPair(query.codes[at - 1] as number, code, pairBits);
        pairs.push({ list, cost: (pairStarts[list + 1] as number) - (pairStarts[list] as number), pair: true });
      }
    }
    return planPieces(singles, pairs, this.#limitOf(this.#longest) + 1);
  }

  /** The bands of lengths in the window, nearest to the query's length first. */
  #bands(length: number, planner: PiecePlanner): Band[] {
    const bands: { from: number; to: number; way: Way }[] = [];
    for (let size = this.#shortest; size <= this.#longest; size++) {
      const limit = this.#limitOf(size);
      const byCharacters = planner.costOfCharacters(limit - Math.max(0, size - length) + 1);
      const byPieces = planner.costOfPieces(limit + 1);
      const way = byPieces <= byCharacters ? (byPieces === Infinity ? SCAN : limit + 1) : BY_CHARACTERS;
      const last = bands.at(-1);
      if (last && last.way === way) last.to = size;
      else bands.push({ from: size, to: size, way });
    }
    const away = (band: Band) => Math.max(0, band.from - length, length - band.to);
    return bands.sort((one, other) => away(one) - away(other));
  }

  #searchBand(query: PreparedQuery, top: TopMatches, planner: PiecePlanner, band: Band): void {
    const { lengthStarts } = this.part;
    const first = lengthStarts[band.from] as number;
    const end = lengthStarts[band.to + 1] as number;
    if (first === end) return;
    if (band.way === SCAN) {
      this.#scan(query, top, first, end);
      return;
    }
    const slices: Slice[] = [];
    let total = 0;
    const pieces: readonly (Piece & { readonly before?: number })[] =
      band.way === BY_CHARACTERS ? planner.characters : planner.choosePieces(band.way);
    for (const [at, piece] of pieces.entries()) {
      const slice = this.#cut(query.length, band, piece, piece.before ?? at);
      if (!slice) continue;
      slices.push(slice);
      total += slice.to - slice.from;
    }
    // Going through texts in order is cheaper than being led to most of them one by one.
    if (2 * total > end - first) {
      this.#scan(query, top, first, end);
      return;
    }
    for (const slice of slices) {
      if (top.cutoff > this.#cutoff) {
        this.#setWindow(query.length, top.cutoff);
        if (!this.#lengthsNeeding(query.length, band, slice.before)) continue;
      }
      this.#lookUp(query, top, slice);
    }
  }

  /** Lengths of the band whose texts could miss all pieces before this one and still qualify. */
  #lengthsNeeding(length: number, band: Band, before: number): { from: number; to: number } | undefined {
    let from = -1;
    let to = -1;
    for (let size = Math.max(band.from, this.#shortest); size <= Math.min(band.to, this.#longest); size++) {
      const budget = this.#limitOf(size) - (band.way === BY_CHARACTERS ? Math.max(0, size - length) : 0);
      if (before > budget) continue;
      if (from < 0) from = size;
      to = size;
    }
    return from < 0 ? undefined : { from, to };
  }

  #cut(length: number, band: Band, piece: Piece, before: number): Slice | undefined {
    if (piece.cost === 0) return undefined;
    const lengths = this.#lengthsNeeding(length, band, before);
    if (!lengths) return undefined;
    const { lengthStarts, pairStarts, pairTexts, codeStarts, codeTexts } = this.part;
    const texts = piece.pair ? pairTexts : codeTexts;
    const starts = piece.pair ? pairStarts : codeStarts;
    const first = starts[piece.list] as number;
    const end = starts[piece.list + 1] as number;
    const from = lowerBound(texts, first, end, lengthStarts[lengths.from] as number);
    const to = lowerBound(texts, from, end, lengthStarts[lengths.to + 1] as number);
    return from === to ? undefined : { texts, from, to, before };
  }

  #lookUp(query: PreparedQuery, top: TopMatches, slice: Slice): void {
    for (let at = slice.from; at < slice.to; at++) this.#consider(query, top, slice.texts[at] as number);
  }

  #scan(query: PreparedQuery, top: TopMatches, first: number, end: number): void {
    for (let text = first; text < end; text++) this.#consider(query, top, text);
  }

  /** Measures a text once, if its signature allows the distance. */
  #consider(query: PreparedQuery, top: TopMatches, text: number): void {
    const { records, heap } = this.part;
    const record = text * RECORD;
    const start = records[record] as number;
    const end = records[record + RECORD] as number;
    const size = end - start;
    const { length, signature } = query;
    if (size < this.#shortest || size > this.#longest) return;
    const limit = this.#limits[size - this.#shortest] as number;
    // Characters of one text that the other lacks each cost an edit; the difference in length costs edits of its own.
    const longer = size - length;
    const allowedMissing = longer > 0 ? limit - longer : limit;
    const allowedExtra = longer < 0 ? limit + longer : limit;
    let missing = 0;
    let extra = 0;
    for (let word = 0; word < 3; word++) {
      const mine = signature[word] as number;
      const theirs = records[record + 1 + word] as number;
      missing += countBits(mine & ~theirs);
      extra += countBits(theirs & ~mine);
    }
    if (missing > allowedMissing || extra > allowedExtra) return;
    if (this.#seen[text] === this.#search) return;
    this.#seen[text] = this.#search;
    const distance = query.meter.measureRange(heap, start, end, limit);
    if (distance > limit) return;
    const similarity = similarityOf(distance, Math.max(length, size));
    const { positions, positionStarts } = this.part;
    const last = positionStarts[text + 1] as number;
    for (let at = positionStarts[text] as number; at < last; at++) {
      const position = positions[at] as number;
      if (this.#isHome(position) && !top.offer(similarity, position)) break;
    }
    // A rising cut-off narrows the window at once: limits are read for every candidate.
    if (top.cutoff > this.#cutoff) this.#setWindow(length, top.cutoff);
  }
}

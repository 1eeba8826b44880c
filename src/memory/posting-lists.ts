/**
 * The lists of a part: code -> texts, and pair of codes -> texts, ascending and each text once.
 *
 * Method: a counting sort, for pairs in two steps. There are two million lists of pairs, and an entry for every character:
 * to put each in its list at once is a walk over a hundred megabytes that no cache follows. So pairs are first put where
 * their region of 8,192 lists will be, in the order of the texts; then each region, some hundred thousand entries that
 * stay in the cache, is put in order by itself, and moved up to where the entries before it end.
 * Cost: O(codes) time; while pairs are listed, 2 bytes a code beside the lists themselves.
 */
import { bucketOfPair } from "../text/ngrams.ts";
import { RECORD } from "./part.ts";
import type { Postings } from "./part.ts";
import { accumulate, rewind, STEP, stepsOf } from "./part-texts.ts";
import type { PartTexts } from "./part-texts.ts";
import { giveBack } from "./sequence-table.ts";

export type PostingLists = {
  /** Where each list starts; one entry more than there are lists. */
  readonly starts: Int32Array;
  readonly texts: Postings;
};

type Range = { readonly from: number; readonly to: number };

/** Lists of a region, as a power of two. */
const REGION_BITS = 13;
/** Entries of a region handled between two stops. */
const ENTRIES_STEP = 4 * STEP;

/** Room for many millions of numbers takes milliseconds each time. */
function* createPostings(length: number): Generator<void, Postings> {
  yield;
  const high = new Uint8Array(length);
  yield;
  const low = new Uint16Array(length);
  yield;
  return { high, low };
}

function fillCodes({ heap, records }: PartTexts, lists: PostingLists & { readonly last: Int32Array }, { from, to }: Range): void {
  const { starts, last } = lists;
  const { high, low } = lists.texts;
  let at = records[from * RECORD] as number;
  for (let text = from; text < to; text++) {
    const end = records[(text + 1) * RECORD] as number;
    for (; at < end; at++) {
      const code = heap[at] as number;
      if (last[code] === text + 1) continue;
      last[code] = text + 1;
      const slot = starts[code] as number;
      low[slot] = text;
      high[slot] = text >>> 16;
      starts[code] = slot + 1;
    }
  }
}

/** The lists of codes; `counts` says how long each is, and becomes their starts. */
export function* listCodes(texts: PartTexts, counts: Int32Array): Generator<void, PostingLists> {
  const lists = { starts: counts, texts: yield* createPostings(accumulate(counts)) };
  const last = new Int32Array(counts.length);
  for (const range of stepsOf(texts)) {
    fillCodes(texts, { ...lists, last }, range);
    yield;
  }
  rewind(counts);
  return lists;
}

type Regions = {
  readonly pairBits: number;
  readonly regionBits: number;
  /** While counting: entries of each region; then where its next one goes. */
  readonly ends: Int32Array;
};

/** Entries in the order of their regions: the text, and the number of the list in its region. */
type Entries = { readonly texts: Postings; readonly lists: Uint16Array };

function countRegions({ heap, records }: PartTexts, { pairBits, regionBits, ends }: Regions, { from, to }: Range): void {
  let at = records[from * RECORD] as number;
  for (let text = from; text < to; text++) {
    const end = records[(text + 1) * RECORD] as number;
    for (at++; at < end; at++) {
      const region = bucketOfPair(heap[at - 1] as number, heap[at] as number, pairBits) >>> regionBits;
      ends[region] = (ends[region] as number) + 1;
    }
    at = end;
  }
}

function fillRegions(
  { heap, records }: PartTexts,
  { pairBits, regionBits, ends, texts, lists }: Regions & Entries,
  { from, to }: Range,
): void {
  const { high, low } = texts;
  const mask = (1 << regionBits) - 1;
  let at = records[from * RECORD] as number;
  for (let text = from; text < to; text++) {
    const end = records[(text + 1) * RECORD] as number;
    for (at++; at < end; at++) {
      const bucket = bucketOfPair(heap[at - 1] as number, heap[at] as number, pairBits);
      const region = bucket >>> regionBits;
      const slot = ends[region] as number;
      low[slot] = text;
      high[slot] = text >>> 16;
      lists[slot] = bucket & mask;
      ends[region] = slot + 1;
    }
    at = end;
  }
}

/** The lists of one region while they are put in order. */
type Region = {
  /** While counting: texts of each list; then where its next one goes. */
  readonly starts: Int32Array;
  /** The text that last went into a list, so that it goes in once. */
  readonly last: Int32Array;
  readonly sorted: Postings;
};

function countEntries({ texts: { high, low }, lists }: Entries, { starts, last }: Region, { from, to }: Range): void {
  for (let at = from; at < to; at++) {
    const list = lists[at] as number;
    const text = ((high[at] as number) << 16) | (low[at] as number);
    if (last[list] === text + 1) continue;
    last[list] = text + 1;
    starts[list] = (starts[list] as number) + 1;
  }
}

function sortEntries({ texts: { high, low }, lists }: Entries, { starts, last, sorted }: Region, { from, to }: Range): void {
  for (let at = from; at < to; at++) {
    const list = lists[at] as number;
    const text = ((high[at] as number) << 16) | (low[at] as number);
    if (last[list] === -1 - text) continue;
    last[list] = -1 - text;
    const slot = starts[list] as number;
    sorted.low[slot] = text;
    sorted.high[slot] = text >>> 16;
    starts[list] = slot + 1;
  }
}

function* cutRange(from: number, to: number): Generator<Range, void> {
  for (let at = from; at < to; at += ENTRIES_STEP) yield { from: at, to: Math.min(to, at + ENTRIES_STEP) };
}

/** The lists of pairs, in 2 ** pairBits buckets. */
export function* listPairs(texts: PartTexts, pairBits: number): Generator<void, PostingLists> {
  const regionBits = Math.min(pairBits, REGION_BITS);
  const ends = new Int32Array((1 << (pairBits - regionBits)) + 1);
  const regions: Regions = { pairBits, regionBits, ends };
  for (const range of stepsOf(texts)) {
    countRegions(texts, regions, range);
    yield;
  }
  const largest = ends.reduce((most, count) => Math.max(most, count), 0);
  const all = yield* createPostings(accumulate(ends));
  const lists = new Uint16Array(all.low.length);
  for (const range of stepsOf(texts)) {
    fillRegions(texts, { ...regions, texts: all, lists }, range);
    yield;
  }
  rewind(ends);

  const starts = new Int32Array((1 << pairBits) + 1);
  const size = 1 << regionBits;
  const region: Region = {
    starts: new Int32Array(size + 1),
    last: new Int32Array(size),
    sorted: yield* createPostings(largest),
  };
  const entries: Entries = { texts: all, lists };
  let end = 0;
  for (let number = 0; number + 1 < ends.length; number++) {
    const ranges = [...cutRange(ends[number] as number, ends[number + 1] as number)];
    region.starts.fill(0);
    region.last.fill(0);
    for (const range of ranges) {
      countEntries(entries, region, range);
      yield;
    }
    const count = accumulate(region.starts);
    for (let list = 0; list < size; list++) starts[number * size + list] = end + (region.starts[list] as number);
    for (const range of ranges) {
      sortEntries(entries, region, range);
      yield;
    }
    // Texts that have a pair twice are left out: what comes moves up, over what has been read.
    all.low.set(region.sorted.low.subarray(0, count), end);
    all.high.set(region.sorted.high.subarray(0, count), end);
    end += count;
  }
  starts[starts.length - 1] = end;
  giveBack(lists);
  return { starts, texts: { high: all.high.subarray(0, end), low: all.low.subarray(0, end) } };
}

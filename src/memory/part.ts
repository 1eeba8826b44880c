/**
 * A part of the memory index: a fixed set of texts in typed arrays, made once from what a collector gathered.
 *
 *   length -> texts -> codes        texts numbered by (length, order of arrival), so a range of lengths is a range of numbers
 *   code -> texts that hold it      numbers ascending, so a range of lengths is one slice, found by binary search
 *   pair of codes -> texts          the same; pairs share buckets (src/text/ngrams.ts)
 *   text -> positions in the memory equal texts are stored once
 *
 * Numbers of texts in the lists take three bytes: a part holds at most MOST_TEXTS.
 * Building is a generator that stops after every some ten thousand characters, so that a server can do other things.
 * Cost: O(characters) time; about 8 bytes a character and 24 a text.
 */
import { bucketOfPair } from "../text/ngrams.ts";
import { giveBack } from "./sequence-table.ts";
import type { TextCollector } from "./text-collector.ts";

/** Record of a text: where it starts in the heap, then three words of signature: one cache line for a candidate. */
export const RECORD = 4;
/** A memory of more distinct texts has several parts. */
export const MOST_TEXTS = 1 << 22;

/** Numbers of texts, list after list: the upper eight and the lower sixteen bits of each. */
export type Postings = { readonly high: Uint8Array; readonly low: Uint16Array };

export type Part = {
  readonly count: number;
  readonly longest: number;
  readonly heap: Uint16Array | Uint32Array;
  /** count + 1 records; the last has only a start. */
  readonly records: Int32Array;
  /** First text of a length; longest + 2 entries. */
  readonly lengthStarts: Int32Array;
  readonly codeStarts: Int32Array;
  readonly codeTexts: Postings;
  readonly pairBits: number;
  readonly pairStarts: Int32Array;
  readonly pairTexts: Postings;
  readonly positionStarts: Int32Array;
  readonly positions: Int32Array;
};

export type FlatArray = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** The arrays of a part, in a fixed order: what is measured and saved. */
export function arraysOf(part: Part): readonly FlatArray[] {
  const { heap, records, lengthStarts, codeStarts, codeTexts, pairStarts, pairTexts, positionStarts, positions } = part;
  const lists = [codeStarts, codeTexts.low, codeTexts.high, pairStarts, pairTexts.low, pairTexts.high];
  return [heap, records, lengthStarts, ...lists, positionStarts, positions];
}

/** Bit 0 to 95 that a code sets in a signature. */
export function signatureBit(code: number): number {
  return (Math.imul(code, 0x9e3779b1) >>> 8) % 96;
}

/** Characters handled between two stops: a few milliseconds at most, even where lists are touched for the first time. */
const STEP = 1 << 14;

type Lists = {
  /** While counting: of each list, its number of texts; then where it starts. */
  readonly starts: Int32Array;
  /** The text that last went into a list, so that it goes in once. */
  readonly last: Int32Array<ArrayBuffer>;
};

function startLists(count: number): Lists {
  return { starts: new Int32Array(count + 1), last: new Int32Array(count) };
}

/** Room for many millions of numbers takes milliseconds each time. */
function* createPostings(length: number): Generator<void, Postings> {
  yield;
  const high = new Uint8Array(length);
  yield;
  const low = new Uint16Array(length);
  yield;
  return { high, low };
}

/** Turns counts into first indices, in place; returns the sum. `starts` has one entry more than there are lists. */
function accumulate(starts: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < starts.length; at++) {
    const count = starts[at] as number;
    starts[at] = sum;
    sum += count;
  }
  return sum;
}

/** After filling, `starts[list]` has moved to the end of the list: move all back by one list. */
function rewind(starts: Int32Array): void {
  starts.copyWithin(1, 0, starts.length - 1);
  starts[0] = 0;
}

type Draft = {
  readonly count: number;
  readonly heap: Uint16Array | Uint32Array;
  readonly records: Int32Array;
};

/** Ranges of texts that have about STEP characters together. */
function* stepsOf({ count, records }: Draft): Generator<{ readonly from: number; readonly to: number }, void> {
  for (let from = 0; from < count;) {
    const end = (records[from * RECORD] as number) + STEP;
    let to = from + 1;
    // Texts without characters count too.
    while (to < count && to - from < STEP && (records[to * RECORD] as number) < end) to++;
    yield { from, to };
    from = to;
  }
}

function countCodes(draft: Draft, { starts, last }: Lists, from: number, to: number): void {
  for (let text = from; text < to; text++) {
    const end = draft.records[(text + 1) * RECORD] as number;
    for (let at = draft.records[text * RECORD] as number; at < end; at++) {
      const code = draft.heap[at] as number;
      if (last[code] === text + 1) continue;
      last[code] = text + 1;
      starts[code] = (starts[code] as number) + 1;
    }
  }
}

type Filling = Lists & { readonly texts: Postings };

function fillCodes(draft: Draft, { starts, last, texts: { high, low } }: Filling, from: number, to: number): void {
  const { heap, records } = draft;
  for (let text = from; text < to; text++) {
    const record = text * RECORD;
    const end = records[record + RECORD] as number;
    for (let at = records[record] as number; at < end; at++) {
      const code = heap[at] as number;
      if (last[code] === -1 - text) continue;
      last[code] = -1 - text;
      const slot = starts[code] as number;
      low[slot] = text;
      high[slot] = text >>> 16;
      starts[code] = slot + 1;
      const bit = signatureBit(code);
      const word = record + 1 + (bit >>> 5);
      records[word] = (records[word] as number) | (1 << (bit & 31));
    }
  }
}

function countPairs(draft: Draft, bits: number, { starts, last }: Lists, from: number, to: number): void {
  for (let text = from; text < to; text++) {
    const end = draft.records[(text + 1) * RECORD] as number;
    for (let at = (draft.records[text * RECORD] as number) + 1; at < end; at++) {
      const bucket = bucketOfPair(draft.heap[at - 1] as number, draft.heap[at] as number, bits);
      if (last[bucket] === text + 1) continue;
      last[bucket] = text + 1;
      starts[bucket] = (starts[bucket] as number) + 1;
    }
  }
}

function fillPairs(draft: Draft, bits: number, filling: Filling, from: number, to: number): void {
  const { starts, last, texts } = filling;
  const { high, low } = texts;
  for (let text = from; text < to; text++) {
    const end = draft.records[(text + 1) * RECORD] as number;
    for (let at = (draft.records[text * RECORD] as number) + 1; at < end; at++) {
      const bucket = bucketOfPair(draft.heap[at - 1] as number, draft.heap[at] as number, bits);
      if (last[bucket] === -1 - text) continue;
      last[bucket] = -1 - text;
      const slot = starts[bucket] as number;
      low[slot] = text;
      high[slot] = text >>> 16;
      starts[bucket] = slot + 1;
    }
  }
}

/** Texts handled between two stops of the passes that only look at lengths and positions. */
const TEXTS_STEP = 1 << 18;

/** The collector’s texts in order of length: their numbers in the collector, and where each length starts. */
function* sortByLength(
  collector: TextCollector,
): Generator<void, { readonly order: Int32Array; readonly lengthStarts: Int32Array }> {
  const { count, starts } = collector.table;
  let longest = 0;
  for (let text = 0; text < count; text++) {
    longest = Math.max(longest, (starts[text + 1] as number) - (starts[text] as number));
  }
  yield;
  const lengthStarts = new Int32Array(longest + 2);
  for (let text = 0; text < count; text++) {
    const length = (starts[text + 1] as number) - (starts[text] as number);
    lengthStarts[length] = (lengthStarts[length] as number) + 1;
  }
  accumulate(lengthStarts);
  yield;
  const order = new Int32Array(count);
  for (let text = 0; text < count; text++) {
    const length = (starts[text + 1] as number) - (starts[text] as number);
    const slot = lengthStarts[length] as number;
    order[slot] = text;
    lengthStarts[length] = slot + 1;
    if (text % TEXTS_STEP === 0) yield;
  }
  rewind(lengthStarts);
  return { order, lengthStarts };
}

type PositionLists = { readonly positionStarts: Int32Array; readonly positions: Int32Array };

function* listPositions(collector: TextCollector, order: Int32Array): Generator<void, PositionLists> {
  const numbers = new Int32Array(collector.count);
  for (let text = 0; text < order.length; text++) numbers[order[text] as number] = text;
  yield;
  const positionStarts = new Int32Array(collector.count + 1);
  for (let at = 0; at < collector.positionCount; at++) {
    const text = numbers[collector.texts[at] as number] as number;
    positionStarts[text] = (positionStarts[text] as number) + 1;
    if (at % TEXTS_STEP === 0) yield;
  }
  accumulate(positionStarts);
  const positions = new Int32Array(collector.positionCount);
  for (let at = 0; at < collector.positionCount; at++) {
    const text = numbers[collector.texts[at] as number] as number;
    const slot = positionStarts[text] as number;
    positions[slot] = collector.positions[at] as number;
    positionStarts[text] = slot + 1;
    if (at % TEXTS_STEP === 0) yield;
  }
  rewind(positionStarts);
  for (let text = 0; text < order.length; text++) {
    const from = positionStarts[text] as number;
    const to = positionStarts[text + 1] as number;
    // Joined parts come in any order.
    if (to - from > 1) positions.subarray(from, to).sort();
    if (text % TEXTS_STEP === 0) yield;
  }
  return { positionStarts, positions };
}

/** Copies the texts into one heap, in their new order. */
function* copyTexts(
  collector: TextCollector,
  order: Int32Array,
): Generator<void, { readonly heap: Draft["heap"]; readonly records: Int32Array }> {
  const { count, starts, heap: source } = collector.table;
  const size = starts[count] as number;
  const heap = source instanceof Uint16Array ? new Uint16Array(size) : new Uint32Array(size);
  const records = new Int32Array((count + 1) * RECORD);
  let end = 0;
  let stop = STEP;
  for (let text = 0; text < count; text++) {
    const from = starts[order[text] as number] as number;
    const to = starts[(order[text] as number) + 1] as number;
    records[text * RECORD] = end;
    // Texts are short: a loop is faster than a view and a copy.
    for (let at = from; at < to; at++) heap[end++] = source[at] as number;
    if (end < stop && text % STEP !== 0) continue;
    stop = end + STEP;
    yield;
  }
  records[count * RECORD] = end;
  return { heap, records };
}

/** Builds a part. The collector is empty afterwards. */
export function* buildPart(collector: TextCollector, alphabet: number): Generator<void, Part> {
  collector.table.finish();
  const { count } = collector;
  const { order, lengthStarts } = yield* sortByLength(collector);
  const { positionStarts, positions } = yield* listPositions(collector, order);
  const { heap, records } = yield* copyTexts(collector, order);
  // Lists take more room than texts: the collector makes room for them.
  collector.release();
  yield;
  const draft: Draft = { count, heap, records };

  const codes = startLists(alphabet);
  for (const { from, to } of stepsOf(draft)) yield countCodes(draft, codes, from, to);
  const codeTexts = yield* createPostings(accumulate(codes.starts));
  for (const { from, to } of stepsOf(draft)) yield fillCodes(draft, { ...codes, texts: codeTexts }, from, to);
  rewind(codes.starts);
  giveBack(codes.last);

  // About eight characters a bucket: rare pairs then share with one or two others, common ones do not matter.
  const pairBits = Math.min(21, Math.max(6, 32 - Math.clz32(heap.length >>> 3)));
  const pairs = startLists(1 << pairBits);
  for (const { from, to } of stepsOf(draft)) yield countPairs(draft, pairBits, pairs, from, to);
  const pairTexts = yield* createPostings(accumulate(pairs.starts));
  for (const { from, to } of stepsOf(draft)) yield fillPairs(draft, pairBits, { ...pairs, texts: pairTexts }, from, to);
  rewind(pairs.starts);
  giveBack(pairs.last);
  yield;
  const longest = lengthStarts.length - 2;
  const lists = { codeStarts: codes.starts, codeTexts, pairBits, pairStarts: pairs.starts, pairTexts };
  return { count, longest, heap, records, lengthStarts, ...lists, positionStarts, positions };
}

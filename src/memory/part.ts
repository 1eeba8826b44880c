/**
 * A part of the memory index: a fixed set of texts in typed arrays, made once from what a collector gathered.
 *
 *   length -> texts -> codes        texts numbered by (length, order of arrival), so a range of lengths is a range of numbers
 *   code -> texts that hold it      numbers ascending, so a range of lengths is one slice, found by binary search
 *   pair of codes -> texts          the same; pairs share buckets (src/text/ngrams.ts)
 *   text -> positions in the memory equal texts are stored once
 *
 * Building is a generator that stops every few thousand texts, so that a server can do other things in between.
 * Cost: O(characters) time; about 10 bytes a character and 24 a text.
 */
import { bucketOfPair } from "../text/ngrams.ts";
import type { TextCollector } from "./text-collector.ts";

/** Record of a text: where it starts in the heap, then three words of signature: one cache line for a candidate. */
export const RECORD = 4;

export type Part = {
  readonly count: number;
  readonly longest: number;
  readonly heap: Uint16Array | Uint32Array;
  /** count + 1 records; the last has only a start. */
  readonly records: Int32Array;
  /** First text of a length; longest + 2 entries. */
  readonly lengthStarts: Int32Array;
  readonly codeStarts: Int32Array;
  readonly codeTexts: Int32Array;
  readonly pairBits: number;
  readonly pairStarts: Int32Array;
  readonly pairTexts: Int32Array;
  readonly positionStarts: Int32Array;
  readonly positions: Int32Array;
};

/** Bit 0 to 95 that a code sets in a signature. */
export function signatureBit(code: number): number {
  return (Math.imul(code, 0x9e3779b1) >>> 8) % 96;
}

const STEP = 4096;

type Counts = { readonly starts: Int32Array; readonly last: Int32Array };

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
  readonly heap: Uint16Array | Uint32Array;
  readonly records: Int32Array;
  /** Code -> bit of the signature. */
  readonly bits: Uint8Array;
};

function countCodes(draft: Draft, { starts, last }: Counts, from: number, to: number): void {
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

function fillCodes(draft: Draft, { starts, last }: Counts, texts: Int32Array, from: number, to: number): void {
  const { heap, records, bits } = draft;
  for (let text = from; text < to; text++) {
    const record = text * RECORD;
    const end = records[record + RECORD] as number;
    for (let at = records[record] as number; at < end; at++) {
      const code = heap[at] as number;
      if (last[code] === -1 - text) continue;
      last[code] = -1 - text;
      const slot = starts[code] as number;
      texts[slot] = text;
      starts[code] = slot + 1;
      const bit = bits[code] as number;
      const word = record + 1 + (bit >>> 5);
      records[word] = (records[word] as number) | (1 << (bit & 31));
    }
  }
}

function countPairs(draft: Draft, bits: number, { starts, last }: Counts, from: number, to: number): void {
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

function fillPairs(draft: Draft, bits: number, { starts, last }: Counts, texts: Int32Array, from: number, to: number): void {
  for (let text = from; text < to; text++) {
    const end = draft.records[(text + 1) * RECORD] as number;
    for (let at = (draft.records[text * RECORD] as number) + 1; at < end; at++) {
      const bucket = bucketOfPair(draft.heap[at - 1] as number, draft.heap[at] as number, bits);
      if (last[bucket] === -1 - text) continue;
      last[bucket] = -1 - text;
      const slot = starts[bucket] as number;
      texts[slot] = text;
      starts[bucket] = slot + 1;
    }
  }
}

/** The collector's texts in order of length: their numbers in the collector, and where each length starts. */
function sortByLength(collector: TextCollector): { readonly order: Int32Array; readonly lengthStarts: Int32Array } {
  const { count, starts } = collector;
  let longest = 0;
  for (let text = 0; text < count; text++) {
    longest = Math.max(longest, (starts[text + 1] as number) - (starts[text] as number));
  }
  const lengthStarts = new Int32Array(longest + 2);
  for (let text = 0; text < count; text++) {
    const length = (starts[text + 1] as number) - (starts[text] as number);
    lengthStarts[length] = (lengthStarts[length] as number) + 1;
  }
  accumulate(lengthStarts);
  const order = new Int32Array(count);
  for (let text = 0; text < count; text++) {
    const length = (starts[text + 1] as number) - (starts[text] as number);
    const slot = lengthStarts[length] as number;
    order[slot] = text;
    lengthStarts[length] = slot + 1;
  }
  rewind(lengthStarts);
  return { order, lengthStarts };
}

function listPositions(collector: TextCollector, order: Int32Array) {
  const numbers = new Int32Array(collector.count);
  for (let text = 0; text < order.length; text++) numbers[order[text] as number] = text;
  const positionStarts = new Int32Array(collector.count + 1);
  for (let at = 0; at < collector.positionCount; at++) {
    const text = numbers[collector.texts[at] as number] as number;
    positionStarts[text] = (positionStarts[text] as number) + 1;
  }
  accumulate(positionStarts);
  const positions = new Int32Array(collector.positionCount);
  for (let at = 0; at < collector.positionCount; at++) {
    const text = numbers[collector.texts[at] as number] as number;
    const slot = positionStarts[text] as number;
    positions[slot] = collector.positions[at] as number;
    positionStarts[text] = slot + 1;
  }
  rewind(positionStarts);
  for (let text = 0; text < order.length; text++) {
    const from = positionStarts[text] as number;
    const to = positionStarts[text + 1] as number;
    if (to - from > 1) positions.subarray(from, to).sort();
  }
  return { positionStarts, positions };
}

export function* buildPart(collector: TextCollector, alphabet: number): Generator<void, Part> {
  collector.finish();
  const { count } = collector;
  const { order, lengthStarts } = sortByLength(collector);
  yield;
  const { positionStarts, positions } = listPositions(collector, order);
  yield;
  const size = collector.starts[count] as number;
  const heap = collector.heap instanceof Uint16Array ? new Uint16Array(size) : new Uint32Array(size);
  const records = new Int32Array((count + 1) * RECORD);
  const draft = { heap, records, bits: new Uint8Array(alphabet).map((_, code) => signatureBit(code)) };
  let end = 0;
  for (let text = 0; text < count; text++) {
    const from = collector.starts[order[text] as number] as number;
    const to = collector.starts[(order[text] as number) + 1] as number;
    records[text * RECORD] = end;
    // Texts are short: a loop is faster than a view and a copy.
    for (let at = from; at < to; at++) heap[end++] = collector.heap[at] as number;
    if (text % STEP === 0) yield;
  }
  records[count * RECORD] = end;

  const codes = { starts: new Int32Array(alphabet + 1), last: new Int32Array(alphabet) };
  for (let text = 0; text < count; text += STEP, yield) countCodes(draft, codes, text, Math.min(count, text + STEP));
  const codeTexts = new Int32Array(accumulate(codes.starts));
  for (let text = 0; text < count; text += STEP, yield) fillCodes(draft, codes, codeTexts, text, Math.min(count, text + STEP));
  rewind(codes.starts);

  // About eight characters a bucket: rare pairs then share with one or two others, common ones do not matter.
  const pairBits = Math.min(21, Math.max(6, 32 - Math.clz32(size >>> 3)));
  const pairs = { starts: new Int32Array((1 << pairBits) + 1), last: new Int32Array(1 << pairBits) };
  for (let text = 0; text < count; text += STEP, yield) countPairs(draft, pairBits, pairs, text, Math.min(count, text + STEP));
  const pairTexts = new Int32Array(accumulate(pairs.starts));
  for (let text = 0; text < count; text += STEP, yield) {
    fillPairs(draft, pairBits, pairs, pairTexts, text, Math.min(count, text + STEP));
  }
  rewind(pairs.starts);
  return {
    count,
    longest: lengthStarts.length - 2,
    heap,
    records,
    lengthStarts,
    codeStarts: codes.starts,
    codeTexts,
    pairBits,
    pairStarts: pairs.starts,
    pairTexts,
    positionStarts,
    positions,
  };
}

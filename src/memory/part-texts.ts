/**
 * The texts of a part: from the order of their arrival into that of their lengths, with their signatures and positions.
 *
 * Method: a counting sort. Texts are read in the order they came and written to where their length has come to: a few
 * hundred places that each only move on, instead of a walk over tens of megabytes for every text.
 * Cost: O(codes).
 */
import { RECORD, signatureBit } from "./part.ts";
import type { SequenceTable } from "./sequence-table.ts";
import type { TextCollector } from "./text-collector.ts";

/** Codes handled between two stops: a few milliseconds at most, even where arrays are touched for the first time. */
export const STEP = 1 << 14;
/** Texts handled between two stops of the passes that only look at lengths and positions. */
const TEXTS_STEP = 1 << 16;

export type PartTexts = {
  readonly count: number;
  readonly heap: Uint16Array | Uint32Array;
  /** Per text: where it starts in the heap, and its signature (part.ts). */
  readonly records: Int32Array;
};

type ArrangedTexts = Omit<PartTexts, "count"> & {
  /** First text of a length. */
  readonly lengthStarts: Int32Array;
  /** Number in the collector -> number in the part. */
  readonly numbers: Int32Array;
  /** In how many texts a code is. */
  readonly codeCounts: Int32Array;
};

/** Turns counts into first indices, in place; returns the sum. `starts` has one entry more than there are lists. */
export function accumulate(starts: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < starts.length; at++) {
    const count = starts[at] as number;
    starts[at] = sum;
    sum += count;
  }
  return sum;
}

/** After filling, `starts[list]` has moved to the end of the list: move all back by one list. */
export function rewind(starts: Int32Array): void {
  starts.copyWithin(1, 0, starts.length - 1);
  starts[0] = 0;
}

let knownBits = new Uint8Array(0);

/** The bit of each code: worked out once, as small parts are made all the time. */
function signatureBits(alphabet: number): Uint8Array {
  if (knownBits.length < alphabet) {
    knownBits = new Uint8Array(alphabet * 2);
    for (let code = 0; code < knownBits.length; code++) knownBits[code] = signatureBit(code);
  }
  return knownBits;
}

/** How many texts there are of each length, as first indices. */
function* countLengths({ count, starts }: SequenceTable): Generator<void, Int32Array> {
  let longest = 0;
  for (let text = 0; text < count; text++) {
    longest = Math.max(longest, (starts[text + 1] as number) - (starts[text] as number));
    if (text % TEXTS_STEP === 0) yield;
  }
  const lengthStarts = new Int32Array(longest + 2);
  for (let text = 0; text < count; text++) {
    const length = (starts[text + 1] as number) - (starts[text] as number);
    lengthStarts[length] = (lengthStarts[length] as number) + 1;
    if (text % TEXTS_STEP === 0) yield;
  }
  accumulate(lengthStarts);
  return lengthStarts;
}

type Arrangement = ArrangedTexts & {
  readonly table: SequenceTable;
  /** The next number and the next place in the heap of a text of a length. */
  readonly nextNumbers: Int32Array;
  readonly nextPlaces: Int32Array;
  /** The text that a code was last seen in. */
  readonly last: Int32Array;
  readonly bits: Uint8Array;
};

/** The codes of a text that it has more than once count once. */
function arrange(arrangement: Arrangement, from: number, to: number): void {
  const { heap, records, numbers, codeCounts, nextNumbers, nextPlaces, last, bits } = arrangement;
  const { starts, heap: source } = arrangement.table;
  for (let text = from; text < to; text++) {
    const start = starts[text] as number;
    const end = starts[text + 1] as number;
    const length = end - start;
    const number = nextNumbers[length] as number;
    let place = nextPlaces[length] as number;
    nextNumbers[length] = number + 1;
    nextPlaces[length] = place + length;
    numbers[text] = number;
    const record = number * RECORD;
    records[record] = place;
    for (let at = start; at < end; at++) {
      const code = source[at] as number;
      heap[place++] = code;
      if (last[code] === text + 1) continue;
      last[code] = text + 1;
      codeCounts[code] = (codeCounts[code] as number) + 1;
      const bit = bits[code] as number;
      const word = record + 1 + (bit >>> 5);
      records[word] = (records[word] as number) | (1 << (bit & 31));
    }
  }
}

/** Puts the texts in order. The table only finds no more afterwards; its texts stay. */
export function* arrangeTexts(table: SequenceTable, alphabet: number): Generator<void, ArrangedTexts> {
  table.finish();
  const { count, starts } = table;
  const lengthStarts = yield* countLengths(table);
  const nextPlaces = new Int32Array(lengthStarts.length);
  for (let length = 0; length + 1 < lengthStarts.length; length++) {
    const texts = (lengthStarts[length + 1] as number) - (lengthStarts[length] as number);
    nextPlaces[length + 1] = (nextPlaces[length] as number) + texts * length;
  }
  const size = starts[count] as number;
  const arrangement: Arrangement = {
    table,
    heap: table.heap instanceof Uint16Array ? new Uint16Array(size) : new Uint32Array(size),
    records: new Int32Array((count + 1) * RECORD),
    lengthStarts,
    numbers: new Int32Array(count),
    codeCounts: new Int32Array(alphabet + 1),
    nextNumbers: lengthStarts.slice(),
    nextPlaces,
    last: new Int32Array(alphabet),
    bits: signatureBits(alphabet),
  };
  arrangement.records[count * RECORD] = size;
  yield;
  for (let from = 0; from < count;) {
    const to = endOfStep(from, count, (text) => starts[text] as number);
    arrange(arrangement, from, to);
    from = to;
    yield;
  }
  return arrangement;
}

/** The end of a range of texts that have about STEP codes together; texts without codes count too. */
function endOfStep(from: number, count: number, startOf: (text: number) => number): number {
  const end = startOf(from) + STEP;
  let to = from + 1;
  while (to < count && to - from < STEP && startOf(to) < end) to++;
  return to;
}

/** Ranges of texts that have about STEP codes together. */
export function* stepsOf({ count, records }: PartTexts): Generator<{ readonly from: number; readonly to: number }, void> {
  for (let from = 0; from < count;) {
    const to = endOfStep(from, count, (text) => records[text * RECORD] as number);
    yield { from, to };
    from = to;
  }
}

type PositionLists = { readonly positionStarts: Int32Array; readonly positions: Int32Array };

/** The positions in the memory of each of `count` texts. */
export function* listPositions(collector: TextCollector, numbers: Int32Array, count: number): Generator<void, PositionLists> {
  const { positionCount, texts } = collector;
  const positionStarts = new Int32Array(count + 1);
  for (let at = 0; at < positionCount; at++) {
    const text = numbers[texts[at] as number] as number;
    positionStarts[text] = (positionStarts[text] as number) + 1;
    if (at % TEXTS_STEP === 0) yield;
  }
  accumulate(positionStarts);
  const positions = new Int32Array(positionCount);
  for (let at = 0; at < positionCount; at++) {
    const text = numbers[texts[at] as number] as number;
    const slot = positionStarts[text] as number;
    positions[slot] = collector.positions[at] as number;
    positionStarts[text] = slot + 1;
    if (at % TEXTS_STEP === 0) yield;
  }
  rewind(positionStarts);
  for (let text = 0; text < count; text++) {
    const from = positionStarts[text] as number;
    const to = positionStarts[text + 1] as number;
    // Joined parts come in any order.
    if (to - from > 1) positions.subarray(from, to).sort();
    if (text % TEXTS_STEP === 0) yield;
  }
  return { positionStarts, positions };
}

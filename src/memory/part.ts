/**
 * A part of the memory index: a fixed set of texts in typed arrays, made once (build-part.ts).
 *
 *   length -> texts -> codes        texts numbered by (length, order of arrival), so a range of lengths is a range of numbers
 *   code -> texts that hold it      numbers ascending, so a range of lengths is one slice, found by binary search
 *   pair of codes -> texts          the same; pairs share buckets (src/text/ngrams.ts)
 *   text -> positions in the memory equal texts are stored once
 *
 * Numbers of texts in the lists take three bytes: a part holds at most MOST_TEXTS.
 * Cost: about 8 bytes a character and 24 a text.
 */
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

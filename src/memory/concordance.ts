/**
 * Concordance: every unit whose source or target holds a text, from one character on, in any language.
 *
 * Method: the match keys of one side in small letters, joined into one string that the engine searches by itself; no index,
 * because a scan of 100,000 units takes a few milliseconds and finds a single character as well as a sentence.
 * Guarantee: all units, in the order of the memory, each with the spans of the original that do not overlap.
 * Cost: O(characters) to read a side, by `prepare` or on its first search, and to search it.
 */
import type { Span } from "../model/span.ts";
import { FoldedText, toSmallUnit } from "../text/folded-text.ts";

export type ConcordanceSide = "source" | "target";

/** `unit` is the index among the units given. */
export type ConcordanceHit = { readonly unit: number; readonly spans: readonly Span[] };

export type ConcordanceResult = {
  /** Units that hold the text, also those beyond the limit. */
  readonly total: number;
  readonly hits: readonly ConcordanceHit[];
};

export type ConcordanceQuery = { readonly side: ConcordanceSide; readonly limit?: number | undefined };

/** Units read between two stops of `prepare`. */
const STEP = 1024;

type Texts = { readonly source: string; readonly target: string };

/** Stands between units; no key holds it, white space in keys is always a blank. */
const SEPARATOR = 0x0a;
/** Units of text turned into a string at once. */
const PIECE = 1 << 16;

const folded = new FoldedText("width");

function foldSmall(text: string): number {
  const length = folded.readUnits(text);
  for (let at = 0; at < length; at++) folded.codes[at] = toSmallUnit(folded.codes[at] as number);
  return length;
}

function toText(units: Uint16Array | Uint32Array): string {
  let text = "";
  for (let at = 0; at < units.length; at += 8192) text += String.fromCharCode(...units.subarray(at, at + 8192));
  return text;
}

type Side = { readonly text: string; readonly starts: Int32Array };

function* readSide(units: readonly Texts[], side: ConcordanceSide): Generator<void, Side> {
  const starts = new Int32Array(units.length + 1);
  const pieces: string[] = [];
  let piece = new Uint16Array(PIECE);
  let filled = 0;
  let end = 0;
  for (const [at, unit] of units.entries()) {
    const length = foldSmall(unit[side]);
    if (filled + length + 1 > piece.length) {
      pieces.push(toText(piece.subarray(0, filled)));
      filled = 0;
      if (length + 1 > piece.length) piece = new Uint16Array(length + 1);
    }
    piece.set(folded.codes.subarray(0, length), filled);
    filled += length;
    piece[filled++] = SEPARATOR;
    starts[at] = end;
    end += length + 1;
    if (at % STEP === STEP - 1) yield;
  }
  pieces.push(toText(piece.subarray(0, filled)));
  starts[units.length] = end;
  return { text: pieces.join(""), starts };
}

/** Where the wanted units stand in one text, as spans of the original. */
function findSpans(text: string, wanted: string): Span[] {
  const key = toText(folded.codes.subarray(0, foldSmall(text)));
  const spans: Span[] = [];
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length)) {
    const start = folded.starts[at] as number;
    spans.push({ start, end: folded.ends[at + wanted.length - 1] as number });
  }
  return spans;
}

export class Concordance {
  readonly #units: readonly Texts[];
  readonly #sides = new Map<ConcordanceSide, Side>();

  constructor(units: readonly Texts[]) {
    this.#units = units;
  }

  /** Reads a side a few milliseconds at a time, so that the first search finds it ready. */
  *prepare(side: ConcordanceSide): Generator<void, void> {
    if (!this.#sides.has(side)) this.#sides.set(side, yield* readSide(this.#units, side));
  }

  search(text: string, { side, limit = Infinity }: ConcordanceQuery): ConcordanceResult {
    const wanted = toText(folded.codes.subarray(0, foldSmall(text)));
    if (wanted === "") return { total: 0, hits: [] };
    for (const step = this.prepare(side); !step.next().done;);
    const read = this.#sides.get(side);
    if (!read) return { total: 0, hits: [] };
    const hits: ConcordanceHit[] = [];
    let total = 0;
    let unit = 0;
    for (let at = read.text.indexOf(wanted); at >= 0;) {
      unit = this.#unitAt(read.starts, at, unit);
      total++;
      if (hits.length < limit) hits.push({ unit, spans: findSpans(this.#units[unit]?.[side] ?? "", wanted) });
      at = read.text.indexOf(wanted, read.starts[unit + 1] as number);
    }
    return { total, hits };
  }

  /** The unit whose text holds the offset; not before `from`. */
  #unitAt(starts: Int32Array, offset: number, from: number): number {
    let low = from;
    let high = starts.length - 1;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** One search over units; keep a `Concordance` to search the same units again. */
export function searchConcordance(units: readonly Texts[], text: string, query: ConcordanceQuery): ConcordanceResult {
  return new Concordance(units).search(text, query);
}

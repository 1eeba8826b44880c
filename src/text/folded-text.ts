/**
 * Texts as the numbers that are compared: code points or UTF-16 units of the match key (`width`), code points of the NFC
 * text (`none`).
 *
 * A memory of a million units folds 25 million characters, so characters that fold alone, whatever stands beside
 * them, are folded by table. The table is filled from `matchKey` itself, character by character as they turn up;
 * texts with any other character (combining marks, Hangul jamo, supplementary characters) go through `matchKey` whole.
 * Guarantee: the code points of `matchKey(text)` or `text.normalize("NFC")`. Cost: O(length).
 */
import { matchKey, matchKeyWithOffsets } from "./match-key.ts";
import { readCodePoints } from "./ngrams.ts";

/** `width`: width, quotation style and spacing do not count. `none`: every character counts. */
export type Fold = "width" | "none";

/** Capitals are folded unit by unit, so that offsets stay: İ, whose small form is longer, keeps its form. */
export function toSmallUnit(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
  // Between general punctuation and Hangul nothing has capitals but rare letters below U+2E00.
  if (unit >= 0x2e00 && unit < 0xa640) return unit;
  const small = String.fromCharCode(unit).toLowerCase();
  return small.length === 1 ? small.charCodeAt(0) : unit;
}

const UNSEEN = 0;
/** Stays as it is, or becomes one other character. */
const ONE = 1;
/** Becomes several characters. */
const SEVERAL = 2;
const DROPPED = 3;
const SPACE = 4;
/** Depends on its neighbours. */
const WHOLE = 5;
/** Added: white space between two such characters is dropped. */
const HAN = 8;

/** Characters that one character may become in the table (U+2487 "⒇" becomes four); longer ones go through `matchKey`. */
const LONGEST = 4;

/** After match-key.ts: what NFKC may compose with the character before, and surrogates. */
const NOT_ALONE = /[\p{M}\p{Cs}\u1160-\u11ff\uff9e\uff9f]/u;

/** Reads texts into one buffer that every call overwrites. */
export class FoldedText {
  readonly fold: Fold;
  /** The code points of the last text that was read. */
  codes = new Uint32Array(1024);
  /** After `readUnits`: where in the original the piece behind each unit starts and ends; one entry more than units. */
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);
  readonly #kinds = new Uint8Array(0x10000);
  readonly #ones = new Uint16Array(0x10000);
  readonly #several = new Map<number, readonly number[]>();

  constructor(fold: Fold) {
    this.fold = fold;
  }

  /** Reads a text and returns the number of code points. */
  read(text: string): number {
    if (this.fold === "none") return this.#readAll(text.normalize("NFC"));
    const length = this.#readByTable(text);
    return length < 0 ? this.#readAll(matchKey(text)) : length;
  }

  /** Reads the UTF-16 units of the match key, with the way back in `starts` and `ends`; returns how many they are. */
  readUnits(text: string): number {
    const length = this.#readByTable(text);
    if (length >= 0) return length;
    const folded = matchKeyWithOffsets(text);
    this.#makeRoom(folded.key.length + 1);
    for (let at = 0; at < folded.key.length; at++) this.codes[at] = folded.key.charCodeAt(at);
    this.starts.set(folded.starts);
    this.ends.set(folded.ends);
    return folded.key.length;
  }

  /** Returns -1 when a character depends on its neighbours. */
  #readByTable(text: string): number {
    this.#makeRoom(text.length * LONGEST + 4);
    const { codes, starts, ends } = this;
    const kinds = this.#kinds;
    const ones = this.#ones;
    let length = 0;
    // A run of white space waits until the next visible character says whether it stands between Han.
    let spaceStart = -1;
    let spaceEnd = 0;
    let hanBefore = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let kind = kinds[unit] as number;
      if (kind === UNSEEN) kind = this.#classify(unit);
      const han = kind >= HAN;
      if (spaceStart >= 0 && kind !== SPACE && kind !== DROPPED) {
        if (!(hanBefore && han)) {
          codes[length] = 0x20;
          starts[length] = spaceStart;
          ends[length++] = spaceEnd;
        }
        spaceStart = -1;
      }
      switch (kind & 7) {
        case ONE:
          codes[length] = ones[unit] as number;
          starts[length] = at;
          ends[length++] = at + 1;
          hanBefore = han;
          break;
        case SEVERAL:
          for (const piece of this.#several.get(unit) ?? []) {
            codes[length] = piece;
            starts[length] = at;
            ends[length++] = at + 1;
          }
          hanBefore = han;
          break;
        case SPACE:
          spaceEnd = at + 1;
          if (spaceStart < 0 && length > 0) spaceStart = at;
          break;
        case WHOLE:
          return -1;
        default:
      }
    }
    starts[length] = text.length;
    ends[length] = text.length;
    return length;
  }

  #readAll(text: string): number {
    this.#makeRoom(text.length);
    return readCodePoints(text, this.codes);
  }

  #makeRoom(length: number): void {
    if (length <= this.codes.length) return;
    this.codes = new Uint32Array(length * 2);
    this.starts = new Uint32Array(length * 2);
    this.ends = new Uint32Array(length * 2);
  }

  /** Asks `matchKey` what becomes of a character alone, between letters and after Han and a space. */
  #classify(unit: number): number {
    const character = String.fromCharCode(unit);
    let kind: number;
    const folded = matchKey(character);
    if (NOT_ALONE.test(character) || folded.length > LONGEST) kind = WHOLE;
    else if (folded === "") kind = matchKey(`a${character}a`) === "a a" ? SPACE : DROPPED;
    else {
      const units = Array.from({ length: folded.length }, (_, at) => folded.charCodeAt(at));
      kind = units.length === 1 ? ONE : SEVERAL;
      this.#ones[unit] = units[0] ?? 0;
      if (kind === SEVERAL) this.#several.set(unit, units);
      if (units.some((code) => code >= 0xd800 && code < 0xe000)) kind = WHOLE;
      else if (matchKey(`一 ${character}`) === `一${folded}`) kind += HAN;
    }
    this.#kinds[unit] = kind;
    return kind;
  }
}

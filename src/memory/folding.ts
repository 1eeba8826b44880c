/**
 * Texts as the code points that are compared: of the match key (`width`) or of the NFC text (`none`).
 *
 * A memory of a million units folds 25 million characters, so characters that fold alone, whatever stands beside
 * them, are folded by table. The table is filled from `matchKey` itself, character by character as they turn up;
 * texts with any other character (combining marks, Hangul jamo, supplementary characters) go through `matchKey` whole.
 * Guarantee: the code points of `matchKey(text)` or `text.normalize("NFC")`. Cost: O(length).
 */
import { matchKey } from "../text/match-key.ts";
import { readCodePoints } from "../text/ngrams.ts";

/** `width`: width, quotation style and spacing do not count. `none`: every character counts. */
export type Fold = "width" | "none";

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

/** After match-key.ts: what NFKC may compose with the character before, and surrogates. */
const NOT_ALONE = /[\p{M}\p{Cs}\u1160-\u11ff\uff9e\uff9f]/u;

/** Reads texts into one buffer that every call overwrites. */
export class FoldedText {
  readonly fold: Fold;
  /** The code points of the last text that was read. */
  codes = new Uint32Array(1024);
  readonly #kinds = new Uint8Array(0x10000);
  readonly #ones = new Uint16Array(0x10000);
  readonly #several = new Map<number, readonly number[]>();

  constructor(fold: Fold) {
    this.fold = fold;
  }

  /** Reads a text and returns the number of code points. */
  read(text: string): number {
    if (this.fold === "none") return this.#readAll(text.normalize("NFC"));
    // NFKC makes at most 18 characters of one (U+FDFA); such texts go through #readAll, which makes its own room.
    this.#makeRoom(text.length * 4 + 4);
    const codes = this.codes;
    let length = 0;
    let spaceWaits = false;
    let hanBefore = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let kind = this.#kinds[unit] as number;
      if (kind === UNSEEN) kind = this.#classify(unit);
      if ((kind & 7) === WHOLE) return this.#readAll(matchKey(text));
      if (kind === SPACE) {
        spaceWaits = length > 0;
        continue;
      }
      if (kind === DROPPED) continue;
      const han = kind >= HAN;
      if (spaceWaits && !(hanBefore && han)) codes[length++] = 0x20;
      spaceWaits = false;
      hanBefore = han;
      if ((kind & 7) === ONE) codes[length++] = this.#ones[unit] as number;
      else for (const piece of this.#several.get(unit) ?? []) codes[length++] = piece;
    }
    return length;
  }

  #readAll(text: string): number {
    this.#makeRoom(text.length);
    return readCodePoints(text, this.codes);
  }

  #makeRoom(length: number): void {
    if (length > this.codes.length) this.codes = new Uint32Array(length * 2);
  }

  /** Asks `matchKey` what becomes of a character alone, between letters and after Han and a space. */
  #classify(unit: number): number {
    const character = String.fromCharCode(unit);
    let kind: number;
    const folded = matchKey(character);
    if (NOT_ALONE.test(character) || folded.length > 4) kind = WHOLE;
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

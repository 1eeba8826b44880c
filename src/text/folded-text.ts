/**
 * Folding: what becomes of the characters of a text in its match key (match-key.ts says what is folded).
 *
 * A memory of a million units folds 25 million characters, so a character that stands alone is folded by table; the
 * table is filled from the rules, character by character as they turn up. A character with combining marks, Hangul jamo
 * or half-width sound marks after it, and any outside of the basic plane, is folded by the rules as a cluster.
 * Results are read into buffers that every call overwrites: UTF-16 units of the match key with the way back, or code
 * points of it (`width`) or of the NFC text (`none`).
 * Cost: O(length).
 */
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

/** Han and the marks that stand between Han without a space: CJK punctuation and full-width marks (not letters or digits). */
const HAN_CONTEXT = /[\p{Script=Han}\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—·]/u;
/** A character and what NFKC may compose with it: combining marks, Hangul jamo, half-width sound marks. */
const CLUSTER = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/uy;
/** Units that are no character of their own, or belong to the one before. */
const NOT_ALONE = /[\p{M}\p{Cs}\u1160-\u11ff\uff9e\uff9f]/u;
const DOUBLE_QUOTES = /[“”„‟«»「」『』〝〞＂]/u;
const SINGLE_QUOTES = /[‘’‚‛＇`´]/u;
/** Soft hyphen, zero-width space and joiners, directional marks, word joiner, byte-order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u;
const SPACE = /\s/u;

/** Stays as it is, or becomes one other unit. */
const ONE = 1;
/** Becomes several units. */
const SEVERAL = 2;
const DROPPED = 3;
const WHITE = 4;
/** Cannot be folded alone: the start of a cluster. */
const CLUSTERED = 5;
/** Added: white space between two such characters is dropped. */
const HAN = 8;
/** Added: may belong to the character before. */
const JOINING = 16;

const kinds = new Uint8Array(0x10000);
const ones = new Uint16Array(0x10000);
const several = new Map<number, readonly number[]>();

function foldCluster(cluster: string): string {
  if (INVISIBLE.test(cluster)) return "";
  if (DOUBLE_QUOTES.test(cluster)) return '"';
  if (SINGLE_QUOTES.test(cluster)) return "'";
  return cluster.normalize("NFKC");
}

function classify(unit: number): number {
  const character = String.fromCharCode(unit);
  let kind = CLUSTERED + JOINING;
  if (!NOT_ALONE.test(character)) {
    const folded = foldCluster(character);
    if (SPACE.test(character)) kind = WHITE;
    else if (folded === "") kind = DROPPED;
    else {
      kind = folded.length === 1 ? ONE : SEVERAL;
      ones[unit] = folded.charCodeAt(0);
      if (kind === SEVERAL) several.set(unit, toUnits(folded));
      if (HAN_CONTEXT.test(character)) kind += HAN;
    }
  }
  kinds[unit] = kind;
  return kind;
}

function toUnits(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

/** What a unit becomes by itself in the match key, when that is one unit whatever stands beside it; else -1. */
export function foldUnit(unit: number): number {
  return ((kinds[unit] || classify(unit)) & ~HAN) === ONE ? (ones[unit] as number) : -1;
}

/** Reads texts into one set of buffers that every call overwrites. */
export class FoldedText {
  readonly fold: Fold;
  /** The units, or code points, of the last text that was read. */
  codes = new Uint32Array(1024);
  /** After `readUnits`: where in the original the piece behind each unit starts and ends; one entry more than units. */
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);
  /** Whether the last text has units that may be halves of characters. */
  hasSurrogates = false;

  constructor(fold: Fold) {
    this.fold = fold;
  }

  /** Reads a text and returns the number of code points. */
  read(text: string): number {
    if (this.fold === "none") {
      const normal = text.normalize("NFC");
      this.#makeRoom(normal.length, 0);
      return readCodePoints(normal, this.codes);
    }
    if (this.#readPlain(text)) return text.length;
    const length = this.readUnits(text);
    return this.hasSurrogates ? this.#joinSurrogates(length) : length;
  }

  /** Most Chinese texts: every unit becomes one other (`foldUnit`), so that no way back is needed. False when a unit does not. */
  #readPlain(text: string): boolean {
    const end = text.length;
    this.#makeRoom(end, 0);
    this.hasSurrogates = false;
    const { codes } = this;
    for (let at = 0; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (((kinds[unit] || classify(unit)) & ~HAN) !== ONE) return false;
      codes[at] = ones[unit] as number;
    }
    return true;
  }

  /** Reads the UTF-16 units of the match key, with the way back in `starts` and `ends`; returns how many they are. */
  readUnits(text: string): number {
    const end = text.length;
    // Room for what was written and, unit by unit, what is left; only a unit that becomes several needs more.
    this.#makeRoom(end + 1, 0);
    this.hasSurrogates = false;
    let { codes, starts, ends } = this;
    let length = 0;
    // A run of white space waits until the next visible character says whether it stands between Han.
    let spaceStart = -1;
    let spaceEnd = 0;
    let hanBefore = false;
    let unit = end > 0 ? text.charCodeAt(0) : 0;
    let kind = kinds[unit] || classify(unit);
    for (let at = 0; at < end;) {
      let next = at + 1;
      let nextUnit = next < end ? text.charCodeAt(next) : 0;
      let nextKind = kinds[nextUnit] || classify(nextUnit);
      let type = kind & 7;
      let isHan = (kind & HAN) !== 0;
      let pieces: readonly number[] | undefined;
      if (type === CLUSTERED || (nextKind & JOINING) !== 0) {
        CLUSTER.lastIndex = at;
        const cluster = CLUSTER.exec(text)?.[0] ?? text.charAt(at);
        next = at + cluster.length;
        nextUnit = next < end ? text.charCodeAt(next) : 0;
        nextKind = kinds[nextUnit] || classify(nextUnit);
        pieces = toUnits(foldCluster(cluster));
        type = SPACE.test(cluster) ? WHITE : pieces.length === 0 ? DROPPED : SEVERAL;
        isHan = HAN_CONTEXT.test(cluster);
      } else if (type === SEVERAL) pieces = several.get(unit);

      if (type === WHITE) {
        spaceEnd = next;
        if (spaceStart < 0 && length > 0) spaceStart = at;
      } else if (type !== DROPPED) {
        if (spaceStart >= 0) {
          if (!(hanBefore && isHan)) {
            codes[length] = 0x20;
            starts[length] = spaceStart;
            ends[length++] = spaceEnd;
          }
          spaceStart = -1;
        }
        if (pieces) {
          this.#makeRoom(length + pieces.length + end - at + 1, length);
          ({ codes, starts, ends } = this);
          for (const piece of pieces) {
            codes[length] = piece;
            starts[length] = at;
            ends[length++] = next;
            if (isSurrogate(piece)) this.hasSurrogates = true;
          }
        } else {
          codes[length] = ones[unit] as number;
          starts[length] = at;
          ends[length++] = next;
        }
        hanBefore = isHan;
      }
      at = next;
      unit = nextUnit;
      kind = nextKind;
    }
    starts[length] = end;
    ends[length] = end;
    return length;
  }

  /** The first units of the buffer as a string. */
  toText(length: number): string {
    let text = "";
    // A call takes some ten thousand arguments at most.
    for (let at = 0; at < length; at += 4096) {
      text += String.fromCharCode(...this.codes.subarray(at, Math.min(length, at + 4096)));
    }
    return text;
  }

  #joinSurrogates(length: number): number {
    const { codes } = this;
    let joined = 0;
    for (let at = 0; at < length; at++) {
      const unit = codes[at] as number;
      const low = at + 1 < length ? (codes[at + 1] as number) : 0;
      const isPair = unit >= 0xd800 && unit < 0xdc00 && low >= 0xdc00 && low < 0xe000;
      codes[joined++] = isPair ? (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000 : unit;
      if (isPair) at++;
    }
    return joined;
  }

  /** Makes the buffers hold `wanted` entries; the first `kept` stay. */
  #makeRoom(wanted: number, kept: number): void {
    if (wanted <= this.codes.length) return;
    const grow = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const larger = new Uint32Array(Math.ceil(wanted * 1.25));
      larger.set(array.subarray(0, kept));
      return larger;
    };
    this.codes = grow(this.codes);
    this.starts = grow(this.starts);
    this.ends = grow(this.ends);
  }
}

/** The buffers of a text of this length and less are kept for the next. */
const KEPT_LENGTH = 0x10000;
const kept = new FoldedText("width");

/** Buffers for reading one text of any length, until somebody else asks for them. */
export function takeFoldedText(text: string): FoldedText {
  return text.length <= KEPT_LENGTH ? kept : new FoldedText("width");
}

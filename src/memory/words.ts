/**
 * Where the words and marks of a text stand: what is compared in languages that write spaces between words.
 *
 * Words are those of src/text/english.ts: a number with its separators is one, an inner apostrophe keeps a word together, a
 * hyphen parts it. Every other visible character, a Han character too, is a word of its own; spaces only separate.
 * Cost: O(length); a character is classified once in a process.
 */
import { toSmallUnit } from "../text/folded-text.ts";

const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const OTHER = 4;

const HAN = /\p{Script=Han}/u;
const LETTERS = /[\p{L}\p{M}]/u;
const DIGITS = /\p{Nd}/u;
const SPACES = /\s/u;

const APOSTROPHE = 0x27;
const CURLY_APOSTROPHE = 0x2019;
const COMMA = 0x2c;
const FULL_STOP = 0x2e;

const kinds = new Uint8Array(0x10000);

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  let kind = OTHER;
  if (DIGITS.test(character)) kind = DIGIT;
  else if (SPACES.test(character)) kind = SPACE;
  else if (LETTERS.test(character) && !HAN.test(character)) kind = LETTER;
  if (code < 0x10000) kinds[code] = kind;
  return kind;
}

/** UTF-16 units of a text, read from left to right. */
class WordReader {
  readonly #units: ArrayLike<number>;
  readonly #end: number;
  at = 0;
  /** Units of the character that `kind` looked at. */
  #width = 1;

  constructor(units: ArrayLike<number>, end: number) {
    this.#units = units;
    this.#end = end;
  }

  /** The kind of the character at `at` or so many units behind it; SPACE at the end. */
  kind(behind = 0): number {
    const at = this.at + behind;
    this.#width = 1;
    if (at >= this.#end) return SPACE;
    const unit = this.#units[at] as number;
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < this.#end) {
      const low = this.#units[at + 1] as number;
      if (low >= 0xdc00 && low < 0xe000) {
        this.#width = 2;
        return classify((unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000);
      }
    }
    return kinds[unit] || classify(unit);
  }

  /** Goes behind the next word and returns where it starts; the end when there is none. */
  next(): number {
    while (this.at < this.#end && this.kind() === SPACE) this.at++;
    const start = this.at;
    if (start >= this.#end) return this.#end;
    const kind = this.kind();
    if (kind === DIGIT) this.#readNumber();
    else if (kind === LETTER) this.#readWord();
    else this.at += this.#width;
    return start;
  }

  #skip(kind: number, other = kind): void {
    for (let found = this.kind(); found === kind || found === other; found = this.kind()) this.at += this.#width;
  }

  #readNumber(): void {
    this.#skip(DIGIT);
    while (this.#isMark(COMMA, FULL_STOP) && this.kind(1) === DIGIT) {
      this.at++;
      this.#skip(DIGIT);
    }
  }

  #readWord(): void {
    this.#skip(LETTER, DIGIT);
    while (this.#isMark(APOSTROPHE, CURLY_APOSTROPHE) && this.kind(1) === LETTER) {
      this.at++;
      this.#skip(LETTER);
    }
  }

  #isMark(one: number, other: number): boolean {
    const unit = this.at < this.#end ? this.#units[this.at] : undefined;
    return unit === one || unit === other;
  }
}

/** Calls `take` with the place of each word, in order. */
export function forEachWord(units: ArrayLike<number>, length: number, take: (from: number, to: number) => void): void {
  const reader = new WordReader(units, length);
  for (let from = reader.next(); from < length; from = reader.next()) take(from, reader.at);
}

/** The words and marks of a match key, without regard to capitals. */
export function splitWords(key: string): readonly string[] {
  const units = Array.from({ length: key.length }, (_, at) => toSmallUnit(key.charCodeAt(at)));
  const words: string[] = [];
  forEachWord(units, units.length, (from, to) => void words.push(String.fromCharCode(...units.slice(from, to))));
  return words;
}

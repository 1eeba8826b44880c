/**
 * Texts as the numbers that an index compares: of characters, or of words for languages that write spaces between them.
 *
 * `characters`: the code points of the match key, as `dingyi lookup` declares it. For Han one character is a word.
 * `words`: the words and marks of the match key without regard to capitals; spaces separate and do not count. One changed
 * letter of an English word is another word, as for translators; a case, width or spacing that differs is told by the
 * named penalties (penalties.ts). What a word is, words.ts says.
 * Cost: O(length).
 */
import { FoldedText, foldUnit, toSmallUnit } from "../text/folded-text.ts";
import type { Fold } from "../text/folded-text.ts";
import type { LanguageTag } from "../model/span.ts";
import { Alphabet } from "./alphabet.ts";
import type { FlatArray } from "./part.ts";
import { SequenceTable } from "./sequence-table.ts";
import { forEachWord } from "./words.ts";

export { splitWords } from "./words.ts";

export type Tokens = "characters" | "words";

export type TextCoder = {
  readonly fold: Fold;
  readonly tokens: Tokens;
  /** One more than the highest number. */
  readonly size: number;
  /** The numbers of the last text; each call overwrites them. */
  readonly codes: Int32Array;
  /** Reads a text into `codes` and returns how many they are; tokens that are new get numbers. */
  readonly add: (text: string) => number;
  /** The same, with 0 for tokens that have no number. */
  readonly find: (text: string) => number;
  /** All tokens in the order of their numbers, as two flat arrays. */
  readonly pack: () => readonly FlatArray[];
  /** Takes up the tokens of another coder of this kind, before any of its own; false when the arrays are of another. */
  readonly unpack: (arrays: readonly FlatArray[]) => Generator<void, boolean>;
};

/** Tokens learnt between two stops. */
const STEP = 20_000;

/** Languages that write no spaces between words, or whose words are whole phrases (Korean), are compared by character. */
const BY_CHARACTER = /^(?:zh|yue|wuu|nan|hak|lzh|ja|ko|th|lo|km|my|bo|dz)\b/i;

export function tokensOf(language: LanguageTag): Tokens {
  return BY_CHARACTER.test(language) ? "characters" : "words";
}

class CharacterCoder implements TextCoder {
  readonly tokens = "characters";
  readonly fold: Fold;
  codes = new Int32Array(1024);
  readonly #folded: FoldedText;
  readonly #alphabet = new Alphabet();
  /** UTF-16 unit -> number of what it is folded to, if that is one character whatever stands beside it; 0 for not known. */
  readonly #numbers = new Int32Array(0x10000);

  constructor(fold: Fold) {
    this.fold = fold;
    this.#folded = new FoldedText(fold);
  }

  get size(): number {
    return this.#alphabet.size;
  }

  /** Most texts: every unit becomes one other, whose number is known. Answers where one does not, or the length. */
  #readKnown(text: string, start: number): number {
    const { codes } = this;
    const numbers = this.#numbers;
    const end = text.length;
    let at = start;
    for (; at < end; at++) {
      const number = numbers[text.charCodeAt(at)] as number;
      if (number === 0) break;
      codes[at] = number;
    }
    return at;
  }

  #read(text: string, isLearning: boolean): number {
    if (text.length > this.codes.length) this.codes = new Int32Array(text.length * 2);
    if (this.fold === "none") return this.#readFolded(text, isLearning);
    for (let at = 0; ; at++) {
      at = this.#readKnown(text, at);
      if (at === text.length) return at;
      const unit = text.charCodeAt(at);
      const folded = foldUnit(unit);
      if (folded === -1) return this.#readFolded(text, isLearning);
      const number = isLearning ? this.#alphabet.add(folded) : this.#alphabet.find(folded);
      this.#numbers[unit] = number;
      this.codes[at] = number;
    }
  }

  #readFolded(text: string, isLearning: boolean): number {
    const length = this.#folded.read(text);
    if (length > this.codes.length) this.codes = new Int32Array(length * 2);
    const points = this.#folded.codes;
    for (let at = 0; at < length; at++) {
      const point = points[at] as number;
      this.codes[at] = isLearning ? this.#alphabet.add(point) : this.#alphabet.find(point);
    }
    return length;
  }

  add(text: string): number {
    return this.#read(text, true);
  }

  find(text: string): number {
    return this.#read(text, false);
  }

  pack(): readonly FlatArray[] {
    return [Uint32Array.from(this.#alphabet.list()), new Int32Array(0)];
  }

  *unpack([points]: readonly FlatArray[]): Generator<void, boolean> {
    if (!(points instanceof Uint32Array)) return false;
    for (let at = 0; at < points.length; at++) {
      this.#alphabet.add(points[at] as number);
      if (at % STEP === 0) yield;
    }
    return true;
  }
}

class WordCoder implements TextCoder {
  readonly tokens = "words";
  readonly fold: Fold;
  codes = new Int32Array(1024);
  readonly #folded = new FoldedText("width");
  #units = new Uint32Array(1024);
  /** The words as UTF-16 units; the number of a word is one more than there. */
  readonly #words = new SequenceTable();

  constructor(fold: Fold) {
    this.fold = fold;
  }

  get size(): number {
    return this.#words.count + 1;
  }

  /** Reads the units of the key without capitals; returns how many they are. */
  #read(text: string): number {
    let length: number;
    if (this.fold === "none") {
      const key = text.normalize("NFC");
      length = key.length;
      if (length > this.#units.length) this.#units = new Uint32Array(length * 2);
      for (let at = 0; at < length; at++) this.#units[at] = key.charCodeAt(at);
    } else {
      length = this.#folded.readUnits(text);
      this.#units = this.#folded.codes;
    }
    const units = this.#units;
    for (let at = 0; at < length; at++) units[at] = toSmallUnit(units[at] as number);
    if (length > this.codes.length) this.codes = new Int32Array(length * 2);
    return length;
  }

  add(text: string): number {
    const units = this.#read(text);
    let length = 0;
    forEachWord(this.#units, units, (from, to) => {
      this.codes[length++] = this.#words.add(this.#units, from, to) + 1;
    });
    return length;
  }

  find(text: string): number {
    const units = this.#read(text);
    let length = 0;
    forEachWord(this.#units, units, (from, to) => {
      this.codes[length++] = this.#words.find(this.#units, from, to) + 1;
    });
    return length;
  }

  pack(): readonly FlatArray[] {
    const { heap, starts, count } = this.#words;
    return [heap.slice(0, starts[count]), starts.slice(0, count + 1)];
  }

  *unpack([heap, starts]: readonly FlatArray[]): Generator<void, boolean> {
    if (!heap || heap instanceof Uint8Array || !(starts instanceof Int32Array)) return false;
    for (let word = 0; word + 1 < starts.length; word++) {
      this.#words.add(heap, starts[word] as number, starts[word + 1] as number);
      if (word % STEP === 0) yield;
    }
    return true;
  }
}

export type CoderOptions = { readonly fold: Fold; readonly tokens: Tokens };

export function createTextCoder({ fold, tokens }: CoderOptions): TextCoder {
  return tokens === "words" ? new WordCoder(fold) : new CharacterCoder(fold);
}

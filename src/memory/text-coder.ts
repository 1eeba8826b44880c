/**
 * Texts as the numbers that an index compares: of characters, or of words for languages that write spaces between them.
 *
 * `characters`: the code points of the match key, as `dingyi lookup` declares it. For Han one character is a word.
 * `words`: the words and marks of the match key without regard to capitals; spaces separate and do not count. One changed
 * letter of an English word is another word, as for translators; a case, width or spacing that differs is told by the
 * named penalties (penalties.ts). Words are those of src/text/english.ts: numbers with their separators are one, an inner
 * apostrophe keeps a word together, a hyphen parts it; a Han character among them is a word.
 * Cost: O(length).
 */
import { FoldedText } from "../text/folded-text.ts";
import type { Fold } from "../text/folded-text.ts";
import type { LanguageTag } from "../model/span.ts";
import { Alphabet, Vocabulary } from "./alphabet.ts";

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
  /** Gives numbers to tokens, in this order. */
  readonly learn: (tokens: readonly (number | string)[]) => void;
  /** All tokens in the order of their numbers: code points or words. */
  readonly list: () => readonly (number | string)[];
};

/** Languages that write no spaces between words, or whose words are whole phrases (Korean), are compared by character. */
const BY_CHARACTER = /^(?:zh|yue|wuu|nan|hak|lzh|ja|ko|th|lo|km|my|bo|dz)\b/i;

export function tokensOf(language: LanguageTag): Tokens {
  return BY_CHARACTER.test(language) ? "characters" : "words";
}

const WORDS = /\p{Nd}+(?:[.,]\p{Nd}+)*|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{Nd}])+(?:['’](?:(?!\p{Script=Han})\p{L})+)*|\S/gu;

/** The words and marks of a text whose width and quotation marks have been folded. */
export function splitWords(key: string): readonly string[] {
  return key.toLowerCase().match(WORDS) ?? [];
}

class CharacterCoder implements TextCoder {
  readonly tokens = "characters";
  readonly fold: Fold;
  codes = new Int32Array(1024);
  readonly #folded: FoldedText;
  readonly #alphabet = new Alphabet();

  constructor(fold: Fold) {
    this.fold = fold;
    this.#folded = new FoldedText(fold);
  }

  get size(): number {
    return this.#alphabet.size;
  }

  #read(text: string): number {
    const length = this.#folded.read(text);
    if (length > this.codes.length) this.codes = new Int32Array(length * 2);
    return length;
  }

  add(text: string): number {
    const length = this.#read(text);
    const points = this.#folded.codes;
    for (let at = 0; at < length; at++) this.codes[at] = this.#alphabet.add(points[at] as number);
    return length;
  }

  find(text: string): number {
    const length = this.#read(text);
    const points = this.#folded.codes;
    for (let at = 0; at < length; at++) this.codes[at] = this.#alphabet.find(points[at] as number);
    return length;
  }

  list(): readonly number[] {
    return this.#alphabet.list();
  }

  learn(points: readonly (number | string)[]): void {
    for (const point of points) this.#alphabet.add(Number(point));
  }
}

class WordCoder implements TextCoder {
  readonly tokens = "words";
  readonly fold: Fold;
  codes = new Int32Array(1024);
  readonly #folded: FoldedText;
  readonly #vocabulary = new Vocabulary();

  constructor(fold: Fold) {
    this.fold = fold;
    this.#folded = new FoldedText("width");
  }

  get size(): number {
    return this.#vocabulary.size;
  }

  #split(text: string): readonly string[] {
    const key = this.fold === "none" ? text.normalize("NFC") : this.#folded.toText(this.#folded.readUnits(text));
    const words = splitWords(key);
    if (words.length > this.codes.length) this.codes = new Int32Array(words.length * 2);
    return words;
  }

  add(text: string): number {
    const words = this.#split(text);
    for (let at = 0; at < words.length; at++) this.codes[at] = this.#vocabulary.add(words[at] as string);
    return words.length;
  }

  find(text: string): number {
    const words = this.#split(text);
    for (let at = 0; at < words.length; at++) this.codes[at] = this.#vocabulary.find(words[at] as string);
    return words.length;
  }

  list(): readonly string[] {
    return this.#vocabulary.list();
  }

  learn(words: readonly (number | string)[]): void {
    for (const word of words) this.#vocabulary.add(String(word));
  }
}

export type CoderOptions = { readonly fold: Fold; readonly tokens: Tokens };

export function createTextCoder({ fold, tokens }: CoderOptions): TextCoder {
  return tokens === "words" ? new WordCoder(fold) : new CharacterCoder(fold);
}

/**
 * Counts words and characters as translation tools and word processors do, so that a price per word means the same.
 *
 * After Word: every Asian character, its punctuation included, is a word, and so is every run of other visible characters
 * between spaces and Asian characters. Quotation marks, dashes and dots that both scripts share are Asian where an Asian
 * character stands beside them. Hangul is counted by the space, as Korean is written. Characters are without spaces.
 * Cost: O(length).
 */

export type TextCount = {
  /** Asian characters with their punctuation, and words of other scripts. */
  readonly words: number;
  /** Without spaces. */
  readonly characters: number;
  /** Asian characters, punctuation included. */
  readonly asianCharacters: number;
  readonly otherWords: number;
};

/** Han, kana, bopomofo, CJK punctuation and full-width forms; white space is asked for first. */
const ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff01-\uff65\uffe0-\uffe6]/u;
const SHARED = /[“”‘’…—·]/u;
const SPACE = /[\s\u200b\ufeff]/u;

export function countWords(text: string): TextCount {
  let asianCharacters = 0;
  let otherWords = 0;
  let characters = 0;
  let isInWord = false;
  /** Shared marks since the last character that decides. */
  let undecided = 0;
  let isAfterAsian = false;
  for (const character of text) {
    if (SPACE.test(character)) {
      // Beside nothing Asian: a word of its own, or a part of the one before.
      if (undecided > 0 && !isInWord) otherWords++;
      undecided = 0;
      isInWord = false;
      isAfterAsian = false;
      continue;
    }
    characters++;
    if (ASIAN.test(character)) {
      asianCharacters += 1 + undecided;
      undecided = 0;
      isInWord = false;
      isAfterAsian = true;
    } else if (SHARED.test(character)) {
      if (isAfterAsian) asianCharacters++;
      else undecided++;
    } else {
      if (!isInWord) otherWords++;
      undecided = 0;
      isInWord = true;
      isAfterAsian = false;
    }
  }
  if (undecided > 0 && !isInWord) otherWords++;
  return { words: asianCharacters + otherWords, characters, asianCharacters, otherWords };
}

/**
 * Parts Chinese text into words of a dictionary: the way of the whole run whose words are longest.
 *
 * Method: dynamic programming over each run of Han; a word of l characters is worth l^1.35, a single character .9,
 * so that one long word beats two short ones. Characters that are no headword come as they are. No word list of
 * our own, no model. Cost: O(length × longest word).
 */
import type { Span } from "../model/span.ts";

const HAN_RUN = /\p{Script=Han}+/gu;
const LONGEST_WORD = 8;
const SINGLE_VALUE = 0.9;
const LENGTH_POWER = 1.35;

const WORD_VALUES = Array.from({ length: LONGEST_WORD + 1 }, (_, length) => (length < 2 ? SINGLE_VALUE : length ** LENGTH_POWER));

export type HanWord = Span & { readonly text: string };

export function splitHan(text: string, headwords: { readonly has: (word: string) => boolean }): readonly HanWord[] {
  const words: HanWord[] = [];
  for (const found of text.matchAll(HAN_RUN)) {
    let start = found.index;
    for (const word of splitRun([...found[0]], headwords)) {
      words.push({ text: word, start, end: start + word.length });
      start += word.length;
    }
  }
  return words;
}

function splitRun(signs: readonly string[], headwords: { readonly has: (word: string) => boolean }): readonly string[] {
  const best = new Float64Array(signs.length + 1);
  const lengths = new Uint8Array(signs.length + 1);
  for (let end = 1; end <= signs.length; end++) {
    best[end] = (best[end - 1] ?? 0) + SINGLE_VALUE;
    lengths[end] = 1;
    let word = signs[end - 1] ?? "";
    for (let length = 2; length <= Math.min(LONGEST_WORD, end); length++) {
      word = (signs[end - length] ?? "") + word;
      const value = (best[end - length] ?? 0) + (WORD_VALUES[length] ?? 0);
      if (value > (best[end] ?? 0) && headwords.has(word)) {
        best[end] = value;
        lengths[end] = length;
      }
    }
  }
  const found: string[] = [];
  for (let end = signs.length; end > 0; end -= lengths[end] ?? 1)
    found.push(signs.slice(end - (lengths[end] ?? 1), end).join(""));
  return found.reverse();
}

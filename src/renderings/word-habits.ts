/**
 * How a word is used in the texts at hand, for words at the ends of a wording and just outside of it.
 *
 * A word that often follows "to", an auxiliary or a pronoun is used as a verb, one that often follows an article or a
 * preposition opens a noun phrase, one that is often followed by a function word or a mark closes one. Shares, drawn to
 * those of all words where a word is rare. Cost: O(words).
 */
import { GAP, WORD } from "./english-side.ts";
import type { EnglishSide } from "./english-side.ts";

export type WordHabits = {
  /** By form. */
  readonly verb: Float32Array;
  readonly opens: Float32Array;
  readonly closes: Float32Array;
};

/** So many occurrences of an average word are added to each. */
const PSEUDO_COUNTS = 3;

export function readHabits(english: EnglishSide): WordHabits {
  const { forms, flags, gaps, starts, formCount } = english;
  const counts = new Float64Array(formCount);
  const verb = new Float64Array(formCount);
  const opens = new Float64Array(formCount);
  const closes = new Float64Array(formCount);
  const add = (sums: Float64Array, form: number): void => {
    sums[form] = (sums[form] as number) + 1;
  };
  for (let unit = 0; unit + 1 < starts.length; unit++) {
    const end = starts[unit + 1] as number;
    for (let word = starts[unit] as number; word < end; word++) {
      if (((flags[word] as number) & WORD.function) !== 0) continue;
      const form = forms[word] as number;
      add(counts, form);
      const stopsBefore = ((gaps[word] as number) & (GAP.stop | GAP.comma)) !== 0;
      const before = stopsBefore ? 0 : (flags[word - 1] as number);
      if ((before & WORD.verbal) !== 0) add(verb, form);
      if (stopsBefore || (before & (WORD.article | WORD.function)) !== 0) add(opens, form);
      const stopsAfter = word + 1 >= end || ((gaps[word + 1] as number) & (GAP.stop | GAP.comma)) !== 0;
      if (stopsAfter || ((flags[word + 1] as number) & WORD.function) !== 0) add(closes, form);
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = (sums: Float64Array): Float32Array => {
    const usual = sums.reduce((sum, count) => sum + count, 0) / Math.max(1, total);
    return Float32Array.from(sums, (sum, form) => (sum + PSEUDO_COUNTS * usual) / ((counts[form] as number) + PSEUDO_COUNTS));
  };
  return { verb: share(verb), opens: share(opens), closes: share(closes) };
}

/**
 * The words of a sentence that a lexicon, given or learnt, may link to words of the other language.
 *
 * With a lexicon: dictionary words of Chinese by longest match, stems of English. Without one: words as the platform
 * parts them where a language is written without spaces, else words by their spaces; English by its stems, words of
 * other alphabets by their first letters, which is a rough stem where endings change.
 * Cost: O(length).
 */
import { findWords, stemWord } from "../text/english.ts";
import { toSimplifiedKey } from "../text/traditional.ts";
import type { Lexicon } from "./lexicon.ts";
import { splitHan } from "./split-han.ts";

export type Word = { readonly text: string; readonly start: number; readonly end: number };

export type WordReader = {
  /** Of a text as `foldText` gives it. */
  readonly read: (text: string) => readonly Word[];
  readonly weigh: (word: string) => number;
  /** Words that are numbers, names or Latin words already are left to these. */
  readonly yields: boolean;
};

export const CHINESE_FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "的 了 在 是 和 与 及 也 都 就 而 着 过 把 被 对 为 以 于 之 其 这 那 有 个 等 地 得 又 所 向 从 到 上 中 下 不 我 你 他 她 它 们 我们 他们 一 并 将 要 会 能".split(
    " ",
  ),
);
const HAN_LANGUAGE = /^(?:zh|ja)\b/iu;
const ENGLISH = /^en\b/iu;
const WITHOUT_SPACES = /^(?:zh|ja|th|lo|km|my|bo)\b/iu;
const STEM_LETTERS = 6;

/** Traditional characters of Chinese text become simplified ones; places stay nearly the same. */
export function foldText(text: string, language: string): string {
  return HAN_LANGUAGE.test(language) ? toSimplifiedKey(text) : text;
}

export function createWordReader(language: string, lexicon: Lexicon | undefined): WordReader {
  if (lexicon && HAN_LANGUAGE.test(language))
    return {
      read: (text) => splitHan(text, lexicon.headwords),
      weigh: (word) => (CHINESE_FUNCTION_WORDS.has(word) ? 0.25 : Math.min(4, word.length)),
      yields: false,
    };
  const weigh = () => 1;
  if (WITHOUT_SPACES.test(language)) {
    const segmenter = new Intl.Segmenter(language, { granularity: "word" });
    return { read: (text) => segmentWords(text, segmenter), weigh, yields: true };
  }
  if (ENGLISH.test(language)) return { read: (text) => findWords(text).flatMap(partEnglish), weigh, yields: true };
  const toStem = (word: string) => word.toLowerCase().slice(0, STEM_LETTERS);
  return {
    read: (text) => findWords(text).map((word) => ({ text: toStem(word.text), start: word.start, end: word.end })),
    weigh,
    yields: true,
  };
}

const CONTRACTION = /^(.+?)(?:(n['’]t)|['’](d|ll|m|re|s|ve))$/iu;
/** "'s" and "'d" may be several words, of which none says much. */
const CONTRACTED: Readonly<Record<string, string>> = { ll: "will", m: "be", re: "be", ve: "have" };
const CUT_SHORT: Readonly<Record<string, string>> = { ca: "can", wo: "will", sha: "shall" };

/** "you'll" are two words, and what "don't" denies is said in the other language too. */
function partEnglish({ text, start, end }: Word): readonly Word[] {
  const [, base, negation, ending = ""] = CONTRACTION.exec(text) ?? [];
  if (base === undefined) return [{ text: stemWord(text), start, end }];
  const middle = start + base.length;
  const own = { text: stemWord(negation ? (CUT_SHORT[base.toLowerCase()] ?? base) : base), start, end: middle };
  const other = negation ? "not" : CONTRACTED[ending.toLowerCase()];
  return other === undefined ? [own] : [own, { text: other, start: middle, end }];
}

function segmentWords(text: string, segmenter: Intl.Segmenter): readonly Word[] {
  const words: Word[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text))
    if (isWordLike) words.push({ text: segment.toLowerCase(), start: index, end: index + segment.length });
  return words;
}

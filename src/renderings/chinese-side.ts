/**
 * The Chinese texts of all units as numbered tokens, and as keys in which terms are found.
 *
 * The key is the match key in simplified characters and small letters without any white space (a received text may have
 * some inside its numbers), unit by unit of the same length as before, so that every place leads back to the original.
 * Tokens: dictionary words by longest match, every Han character besides, numbers by value, Latin words, names in pinyin.
 * Cost: O(length).
 */
import { CHINESE_FUNCTION_WORDS } from "../alignment/words.ts";
import { splitHan } from "../alignment/split-han.ts";
import type { Lexicon } from "../alignment/lexicon.ts";
import { findWords, stemWord } from "../text/english.ts";
import { toSmallUnit } from "../text/folded-text.ts";
import { matchKeyWithOffsets } from "../text/match-key.ts";
import { findNumbers } from "../text/numbers.ts";
import { findNames } from "../text/pinyin.ts";
import { toSimplified } from "../text/traditional.ts";

export type ChineseSide = {
  /** Unit u has tokens starts[u] … starts[u + 1). */
  readonly starts: Uint32Array;
  readonly kinds: Int32Array;
  /** Places in the key of the unit. */
  readonly froms: Uint32Array;
  readonly tos: Uint32Array;
  /** Kind → how it is named: a word, `c:` character, `#` value, `@` Latin stem, `~` name. */
  readonly kindNames: readonly string[];
  readonly kindWeights: Float32Array;
};

export type ChineseKey = {
  readonly key: string;
  /** Where in the original the piece behind each unit of the key starts and ends. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
};

const HAN = /\p{Script=Han}/u;
const WEIGHTS = { word: 1, single: 0.6, character: 0.35, value: 1.5, latin: 1.5, name: 1.5 } as const;

/** Simplified characters, one for one. Phrases that would change the length are led over character by character. */
function simplify(key: string): string {
  const whole = toSimplified(key);
  if (whole.length === key.length) return whole;
  let text = "";
  for (const sign of key) {
    const simple = toSimplified(sign);
    text += simple.length === sign.length ? simple : sign;
  }
  return text;
}

function toSmall(text: string): string {
  let small = "";
  for (let at = 0; at < text.length; at++) small += String.fromCharCode(toSmallUnit(text.charCodeAt(at)));
  return small;
}

/** The key of a text, with the spaced key it came from and the way back to the original. */
function fold(text: string): ChineseKey & { readonly spaced: string; readonly places: Uint32Array } {
  const folded = matchKeyWithOffsets(text);
  const places = new Uint32Array(folded.key.length + 1);
  const starts = new Uint32Array(folded.key.length);
  const ends = new Uint32Array(folded.key.length);
  let compact = "";
  for (let at = 0; at < folded.key.length; at++) {
    places[at] = compact.length;
    const sign = folded.key.charAt(at);
    if (sign.trim() === "") continue;
    starts[compact.length] = folded.starts[at] ?? 0;
    ends[compact.length] = folded.ends[at] ?? 0;
    compact += sign;
  }
  places[folded.key.length] = compact.length;
  const key = toSmall(simplify(compact));
  return { key, spaced: folded.key, places, starts: starts.slice(0, key.length), ends: ends.slice(0, key.length) };
}

export function foldChinese(text: string): ChineseKey {
  const { key, starts, ends } = fold(text);
  return { key, starts, ends };
}

export type ReadChineseOptions = {
  readonly lexicon: Lexicon | undefined;
  /** Names in pinyin that the English texts hold. */
  readonly names: ReadonlySet<string>;
};

export function readChinese(
  texts: readonly string[],
  options: ReadChineseOptions,
): { readonly side: ChineseSide; readonly keys: readonly ChineseKey[] } {
  const kinds = new Map<string, number>();
  const kindWeights: number[] = [];
  const columns: { kinds: number[]; froms: number[]; tos: number[] } = { kinds: [], froms: [], tos: [] };
  const add = (name: string, weight: number, span: { readonly start: number; readonly end: number }): void => {
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = kinds.size;
      kinds.set(name, kind);
      kindWeights.push(weight);
    }
    columns.kinds.push(kind);
    columns.froms.push(span.start);
    columns.tos.push(span.end);
  };
  const headwords = options.lexicon?.headwords ?? new Set<string>();
  const starts = new Uint32Array(texts.length + 1);
  const keys = texts.map((text, unit) => {
    const folded = fold(text);
    const { key } = folded;
    for (const word of splitHan(key, headwords)) {
      if (CHINESE_FUNCTION_WORDS.has(word.text)) continue;
      add(word.text, [...word.text].length > 1 ? WEIGHTS.word : WEIGHTS.single, word);
    }
    for (let at = 0; at < key.length; at++) {
      const sign = String.fromCodePoint(key.codePointAt(at) ?? 0);
      if (HAN.test(sign) && !CHINESE_FUNCTION_WORDS.has(sign)) {
        add(`c:${sign}`, WEIGHTS.character, { start: at, end: at + sign.length });
      }
      at += sign.length - 1;
    }
    for (const mention of findNumbers(key, "zh")) add(`#${mention.value}`, WEIGHTS.value, mention);
    for (const word of findWords(folded.spaced)) {
      if (!/\p{L}/u.test(word.text)) continue;
      add(`@${stemWord(word.text)}`, WEIGHTS.latin, {
        start: folded.places[word.start] ?? 0,
        end: folded.places[word.end] ?? 0,
      });
    }
    if (options.names.size > 0) {
      for (const { name, start, end } of findNames(key, options.names)) add(`~${name}`, WEIGHTS.name, { start, end });
    }
    starts[unit + 1] = columns.kinds.length;
    return { key, starts: folded.starts, ends: folded.ends };
  });
  return {
    side: {
      starts,
      kinds: Int32Array.from(columns.kinds),
      froms: Uint32Array.from(columns.froms),
      tos: Uint32Array.from(columns.tos),
      kindNames: [...kinds.keys()],
      kindWeights: Float32Array.from(kindWeights),
    },
    keys,
  };
}

/**
 * Chinese in pinyin without tones, to find Chinese names in English text: 榆林 → "yulin" ← "Yulin".
 *
 * Readings come from `pinyin-pro`, which chooses among several readings of a character by phrases. A wrong reading
 * only means that a name is not found. Cost: O(length).
 */
import { pinyin } from "pinyin-pro";
import type { Span } from "../model/span.ts";

const HAN = /\p{Script=Han}/u;
const MOST_SYLLABLES = 4;
/** Shorter ones (Li, Xi, An) are English words or parts of them too often. */
const SHORTEST_NAME = 4;

/** One syllable for each code point, "" where it is not Han. ü is written as in names: v → u. */
export function toSyllables(text: string): readonly string[] {
  const signs = [...text];
  const syllables = pinyin(text, { toneType: "none", type: "array", nonZh: "spaced", v: true });
  if (syllables.length !== signs.length) return signs.map((sign) => (HAN.test(sign) ? spell(sign) : ""));
  return signs.map((sign, at) => (HAN.test(sign) ? (syllables[at] ?? "").replaceAll("v", "u") : ""));
}

function spell(sign: string): string {
  return pinyin(sign, { toneType: "none", v: true }).replaceAll("v", "u");
}

/** The key by which an English word may be a Chinese name: "Xi’an" → "xian", "Jin-ping" → "jinping". */
export function toNameKey(word: string): string | undefined {
  const key = word.toLowerCase().replaceAll(/['’-]/gu, "").replaceAll("ü", "u");
  return key.length >= SHORTEST_NAME && /^\p{Lu}[a-zü'’-]+$/u.test(word) ? key : undefined;
}

export type FoundName = Span & { readonly name: string };

/** Those of the wanted names that a Chinese text spells with neighbouring characters, in order of place. */
export function findNames(text: string, wanted: ReadonlySet<string>): readonly FoundName[] {
  const signs = [...text];
  const syllables = toSyllables(text);
  const names: FoundName[] = [];
  let start = 0;
  for (let first = 0; first < syllables.length; first++) {
    let name = "";
    let end = start;
    for (let last = first; last < Math.min(syllables.length, first + MOST_SYLLABLES); last++) {
      const syllable = syllables[last] ?? "";
      if (syllable === "") break;
      name += syllable;
      end += signs[last]?.length ?? 0;
      if (wanted.has(name)) names.push({ name, start, end });
    }
    start += signs[first]?.length ?? 0;
  }
  return names;
}

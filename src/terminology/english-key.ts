/**
 * The key by which two English words are the same: the stem, after British and American spellings are made one.
 * Only a key: "rise" and "hour" are folded as well, on both sides alike. Cost: O(length).
 */
import { findWords, stemWord } from "../text/english.ts";

const ENDINGS: readonly (readonly [string, string])[] = [
  ["isation", "ization"],
  ["isations", "izations"],
  ["ise", "ize"],
  ["ises", "izes"],
  ["ised", "ized"],
  ["ising", "izing"],
  ["yse", "yze"],
  ["ysed", "yzed"],
  ["ysing", "yzing"],
];

export function keyOfWord(word: string): string {
  const small = word.toLowerCase();
  for (const [british, american] of ENDINGS) {
    // "wise" and "rise" are too short to end in -ise.
    if (small.length > british.length + 2 && small.endsWith(british)) {
      return stemWord(small.slice(0, -british.length) + american);
    }
  }
  return stemWord(small);
}

/** The keys of a wording's words without an article at its head: equal for "the people's livelihoods" and "People's livelihood". */
export function keyOfWording(text: string): string {
  const words = findWords(text).map((word) => word.text.toLowerCase());
  const first = words[0] ?? "";
  const isArticle = words.length > 1 && (first === "the" || first === "a" || first === "an");
  return (isArticle ? words.slice(1) : words).map(keyOfWord).join(" ");
}

/**
 * Finds approved terms in the sentences of one side: in Han text as written (by match key), elsewhere by the stems
 * of their words with articles left out. Overlapping terms are all found.
 * Cost: O(length + candidates that begin alike).
 */
import { findWords, stemWord } from "../text/english.ts";
import { matchKey, matchKeyWithOffsets, toOriginalSpan } from "../text/match-key.ts";

export type FoundTerm = { readonly key: string; readonly text: string; readonly start: number; readonly end: number };
type Term = { readonly text: string; readonly key: string };

const ARTICLES = new Set(["a", "an", "the"].map(stemWord));

export function createTermFinder(terms: readonly Term[], by: "characters" | "words"): (text: string) => readonly FoundTerm[] {
  return by === "characters" ? createCharacterFinder(terms) : createWordFinder(terms);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined || name === "") continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

function createCharacterFinder(terms: readonly Term[]): (text: string) => readonly FoundTerm[] {
  const keyed = terms.map((term) => ({ key: term.key, text: matchKey(term.text) })).filter((term) => term.text.length > 1);
  const byStart = groupBy(keyed, (term) => term.text.slice(0, 2));
  return (text) => {
    const folded = matchKeyWithOffsets(text);
    const { key } = folded;
    const found: FoundTerm[] = [];
    for (let at = 0; at + 1 < key.length; at++) {
      for (const term of byStart.get(key.slice(at, at + 2)) ?? []) {
        if (!key.startsWith(term.text, at)) continue;
        found.push({ key: term.key, text: term.text, ...toOriginalSpan(folded, { start: at, end: at + term.text.length }) });
      }
    }
    return found;
  };
}

function listStems(text: string) {
  return findWords(text)
    .map((word) => ({ ...word, stem: stemWord(word.text) }))
    .filter((word) => !ARTICLES.has(word.stem));
}

function createWordFinder(terms: readonly Term[]): (text: string) => readonly FoundTerm[] {
  const stemmed = terms.map((term) => ({ key: term.key, stems: listStems(term.text).map((word) => word.stem) }));
  const byStart = groupBy(stemmed, (term) => term.stems[0]);
  return (text) => {
    const words = listStems(text);
    const found: FoundTerm[] = [];
    words.forEach((word, at) => {
      for (const term of byStart.get(word.stem) ?? []) {
        if (!term.stems.every((stem, offset) => words[at + offset]?.stem === stem)) continue;
        const end = words[at + term.stems.length - 1]?.end ?? word.end;
        found.push({ key: term.key, text: text.slice(word.start, end), start: word.start, end });
      }
    });
    return found;
  };
}

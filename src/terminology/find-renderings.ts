/**
 * Finds the places of a target text where a term stands, as a translator would see them.
 *
 * Method (after TERMCHECK's steps "exact, stemmed, gap 2"): words are compared by stem, with irregular forms and both
 * spellings; articles do not count, hyphens part words, possessives and capitals do not matter; up to two words may stand
 * between the words of a term ("prevention and effective control"). A match does not cross the end of a sentence.
 * An acronym keeps its capitals ("WHO" is not "who"). `exact` compares as written, `stem` takes any ending after the mark.
 * A target language that is written without spaces is searched by match key.
 * Guarantee: spans of the original text, in order, that do not overlap; nothing throws.
 * Cost: O(words of the text * words of the term) at worst, in practice one comparison a word.
 */
import type { Term } from "../model/concept.ts";
import type { LanguageTag, Span } from "../model/span.ts";
import { findWords } from "../text/english.ts";
import { matchKey, matchKeyWithOffsets, toOriginalSpan } from "../text/match-key.ts";
import { keyOfWord } from "./english-key.ts";

/** How a rendering was recognised: as written, in another form, or with words in between. */
export type Rendering = Span & { readonly manner: "exact" | "inflected" | "gap" };

export type RenderingTerm = Pick<Term, "text" | "matching"> & Partial<Pick<Term, "language" | "termType">>;

/** Words that may stand between the words of a term. From TERMCHECK: more than two cost more finds than they save alarms. */
const WIDEST_GAP = 2;

type TargetWord = Span & {
  readonly text: string;
  readonly key: string;
  /** A sentence ends between the word before and this one. */
  readonly opensSentence: boolean;
};

/** A target text made ready for many terms. */
export type TargetText = {
  readonly text: string;
  readonly language: LanguageTag;
  readonly words: readonly TargetWord[];
};

type PatternWord = {
  readonly key: string;
  /** Small letters before the stem mark: any word that begins so will do. */
  readonly beginning?: string;
  /** An acronym, to be found in capitals. */
  readonly capitals?: string;
};

const ARTICLES: ReadonlySet<string> = new Set(["a", "an", "the"]);
const SENTENCE_END = /[!?;。！？；]|[.:](?=\s|$)|\n/u;
const ACRONYM = /^\p{Lu}[\p{Lu}\p{Nd}]+$/u;
const UNSPACED = /^(?:zh|ja|th|lo|km|my|yue|wuu)\b/iu;

const isEnglish = (language: LanguageTag) => /^en\b/iu.test(language);

function keyIn(language: LanguageTag, word: string): string {
  return isEnglish(language) ? keyOfWord(word) : matchKey(word).toLowerCase();
}

export function readTargetText(text: string, language: LanguageTag = "en"): TargetText {
  const words: TargetWord[] = [];
  let before = 0;
  let opensSentence = true;
  for (const { start, end, text: word } of findWords(text)) {
    opensSentence ||= SENTENCE_END.test(text.slice(before, start));
    before = end;
    if (isEnglish(language) && ARTICLES.has(word.toLowerCase())) continue;
    words.push({ start, end, text: word, key: keyIn(language, word), opensSentence });
    opensSentence = false;
  }
  return { text, language, words };
}

function readPattern(term: RenderingTerm, language: LanguageTag): PatternWord[] {
  const mark = term.matching === "stem" ? term.text.indexOf("|") : -1;
  const text = mark < 0 ? term.text : term.text.slice(0, mark) + term.text.slice(mark + 1);
  const all = findWords(text);
  const content = isEnglish(language) ? all.filter((word) => !ARTICLES.has(word.text.toLowerCase())) : all;
  return (content.length > 0 ? content : all).map((word) => {
    const key = keyIn(language, word.text);
    if (mark > word.start && mark <= word.end) {
      return { key, beginning: matchKey(word.text.slice(0, mark - word.start)).toLowerCase() };
    }
    return ACRONYM.test(word.text) ? { key, capitals: word.text } : { key };
  });
}

function isSameWord(wanted: PatternWord, found: TargetWord): boolean {
  if (wanted.beginning !== undefined) return matchKey(found.text).toLowerCase().startsWith(wanted.beginning);
  if (wanted.capitals !== undefined) {
    // "NGOs" and "the WHO's" are forms of the acronym.
    const rest = found.text.startsWith(wanted.capitals) ? found.text.slice(wanted.capitals.length) : undefined;
    return rest === "" || rest === "s" || rest === "'s" || rest === "’s" || rest === "s'" || rest === "s’";
  }
  return wanted.key === found.key;
}

/** Index of the last word of the match that starts at `first`, and how many words were passed over. */
function follow(
  pattern: readonly PatternWord[],
  words: readonly TargetWord[],
  first: number,
): { last: number; gap: number } | undefined {
  let last = first;
  let gap = 0;
  for (let next = 1; next < pattern.length; next++) {
    const wanted = pattern[next] as PatternWord;
    let at = last + 1;
    for (;;) {
      const word = words[at];
      if (!word || word.opensSentence) return undefined;
      if (isSameWord(wanted, word)) break;
      gap++;
      if (gap > WIDEST_GAP) return undefined;
      at++;
    }
    last = at;
  }
  return { last, gap };
}

const patterns = new WeakMap<RenderingTerm, { readonly language: LanguageTag; readonly words: readonly PatternWord[] }>();

function patternOf(term: RenderingTerm, language: LanguageTag): readonly PatternWord[] {
  const known = patterns.get(term);
  if (known?.language === language) return known.words;
  const words = readPattern(term, language);
  patterns.set(term, { language, words });
  return words;
}

/** Where the term's match key stands, between word borders where its ends are letters or digits. */
function findWritten({ text, language }: TargetText, wanted: string, byWords: boolean): Span[] {
  if (wanted === "") return [];
  const folded = matchKeyWithOffsets(text);
  const key = byWords
    ? folded.key
    : folded.key.toLowerCase().length === folded.key.length
      ? folded.key.toLowerCase()
      : folded.key;
  const isLetter = (character: string) =>
    /^[\p{L}\p{Nd}]$/u.test(character) && !(UNSPACED.test(language) && /\p{Script=Han}/u.test(character));
  const spans: Span[] = [];
  for (let at = key.indexOf(wanted); at >= 0;) {
    const end = at + wanted.length;
    const cutsWord =
      (isLetter(key.charAt(at)) && isLetter(key.charAt(at - 1))) || (isLetter(key.charAt(end - 1)) && isLetter(key.charAt(end)));
    if (!cutsWord) spans.push(toOriginalSpan(folded, { start: at, end }));
    at = key.indexOf(wanted, cutsWord ? at + 1 : end);
  }
  return spans;
}

/** The term's places in a text that was made ready before. */
export function findRenderingsIn(target: TargetText, term: RenderingTerm): Rendering[] {
  if (term.matching === "exact") {
    return findWritten(target, matchKey(term.text), true).map((span) => ({ ...span, manner: "exact" }));
  }
  if (UNSPACED.test(target.language)) {
    const mark = term.matching === "stem" ? term.text.indexOf("|") : -1;
    const wanted = matchKey(mark < 0 ? term.text : term.text.slice(0, mark)).toLowerCase();
    return findWritten(target, wanted, false).map((span) => ({ ...span, manner: "exact" }));
  }
  const pattern = patternOf(term, target.language);
  const [head] = pattern;
  const renderings: Rendering[] = [];
  if (!head) return renderings;
  const { words } = target;
  for (let first = 0; first < words.length; first++) {
    if (!isSameWord(head, words[first] as TargetWord)) continue;
    // The head may stand twice ("control and prevention, prevention of floods"): the nearer one is taken later.
    const found = follow(pattern, words, first);
    if (!found) continue;
    if (found.gap > 0 && hasNearerStart(pattern, words, { first, last: found.last, gap: found.gap })) continue;
    const start = (words[first] as TargetWord).start;
    const end = (words[found.last] as TargetWord).end;
    const manner = found.gap > 0 ? "gap" : isWritten(target.text.slice(start, end), term.text) ? "exact" : "inflected";
    renderings.push({ start, end, manner });
    first = found.last;
  }
  return renderings;
}

function hasNearerStart(
  pattern: readonly PatternWord[],
  words: readonly TargetWord[],
  match: { readonly first: number; readonly last: number; readonly gap: number },
): boolean {
  for (let first = match.first + 1; first <= match.last; first++) {
    if (!isSameWord(pattern[0] as PatternWord, words[first] as TargetWord)) continue;
    const nearer = follow(pattern, words, first);
    if (nearer && nearer.gap < match.gap) return true;
  }
  return false;
}

function isWritten(found: string, term: string): boolean {
  return matchKey(found).toLowerCase() === matchKey(term).toLowerCase();
}

/** The places of a term in a target text. The language is the term's own, English when it names none. */
export function findRenderings(text: string, term: RenderingTerm): Rendering[] {
  return findRenderingsIn(readTargetText(text, term.language ?? "en"), term);
}

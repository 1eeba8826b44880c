/**
 * Takes out terms that stand in a Chinese text only by accident: 民生 in 人民|生活, 交通运输部 in 交通运输|部门.
 *
 * Method: the word breaker of the runtime (Unicode Standard Annex 29 with ICU's dictionary) is asked only where a term
 * was found. It cuts new words (联防|联控), so it is evidence, never law: a term goes when both of its edges lie inside
 * words, or when its last character begins another word there, as the last character of a body's name often does. On the development
 * speeches (490 pairs, 685 concepts) no term with a rendering in the English is lost by this.
 * Guarantee: only takes hits away; spans and order of the others stay. Hits of spaced scripts are left alone.
 * Cost: O(text) for a text with hits, none for the others.
 */
import type { TermMatch } from "../model/concept.ts";
import type { TermAutomaton } from "./term-automaton.ts";

const words = new Intl.Segmenter("zh", { granularity: "word" });
const HAN = /\p{Script=Han}/u;
/** Words that begin with a character in which the names of bodies end. */
const BEGINS_AS_BODY = /^(?:部[门分署位队]|组[织成建]|会[议员]|局[面势部]|院校|署名|委[员托]|办[法理公事])/u;

/** The same automaton, whose hits are whole words. */
export function keepWholeWords(automaton: TermAutomaton): TermAutomaton {
  return { ...automaton, recognizeTerms: (text) => dropAccidents(text, automaton.recognizeTerms(text)) };
}

function dropAccidents(text: string, matches: TermMatch[]): TermMatch[] {
  if (!matches.some(({ start, end }) => isInHan(text, start) || isInHan(text, end))) return matches;
  // Where a word begins, by UTF-16 unit; 0 inside a word.
  const edges = new Uint8Array(text.length + 1);
  edges[text.length] = 1;
  for (const { index } of words.segment(text)) edges[index] = 1;
  return matches.filter(({ start, end }) => {
    const cutsLeft = edges[start] === 0;
    const cutsRight = edges[end] === 0;
    if (cutsLeft && cutsRight) return false;
    return !(cutsRight && end - start > 1 && BEGINS_AS_BODY.test(text.slice(end - 1, end + 1)));
  });
}

/** Between two Han characters: only there can a word go on. */
function isInHan(text: string, at: number): boolean {
  return at > 0 && at < text.length && HAN.test(text.charAt(at - 1)) && HAN.test(text.charAt(at));
}

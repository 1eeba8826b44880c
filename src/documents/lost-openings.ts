/**
 * Finds paragraphs that lost their first words to a page break, where another copy of the same document still has them.
 *
 * Method: the first characters of the paragraph stand inside a paragraph of the copy, and from there on the two agree
 * (five-character shingles). A paragraph that its own document repeats in full (a lead) has lost nothing.
 * Failure policy: in doubt nothing; a finding is evidence for a person or for counting, the text itself is not changed.
 * Cost: linear in the text of the family, by an index of the copies' shingles.
 */
import { matchKeyWithOffsets } from "../text/match-key.ts";
import { makeShingles, measureContainment } from "../text/shingles.ts";
import type { ComparedDocument } from "./families.ts";
import { DATELINE_START } from "./line-shape.ts";

export type LostOpening = {
  readonly document: string;
  readonly paragraph: number;
  /** The words that the copy has in front of it. */
  readonly opening: string;
  readonly copy: string;
  readonly copyParagraph: number;
};

const MIN_LENGTH = 30;
const PROBE = 6;
const AGREEMENT = 0.75;
/** One or two characters more are another way of writing, not a loss. */
const MIN_OPENING = 3;
const NOT_COMPARED = /[\p{P}\p{S}\s]/u;

type Letters = { readonly text: string; readonly offsets: readonly number[] };

/** The letters of a text without marks, with the way back. */
function readLetters(text: string): Letters {
  const { key, starts } = matchKeyWithOffsets(text);
  const letters: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < key.length; at++) {
    if (NOT_COMPARED.test(key.charAt(at))) continue;
    letters.push(key.charAt(at));
    offsets.push(starts[at] ?? 0);
  }
  return { text: letters.join(""), offsets };
}

function isRepeatedInOwn(paragraphs: readonly Letters[], at: number): boolean {
  const probe = paragraphs[at]?.text.slice(0, PROBE) ?? "";
  const tail = paragraphs[at]?.text.slice(-PROBE) ?? "";
  return paragraphs.some((other, number) => number !== at && other.text.indexOf(probe) > 0 && other.text.includes(tail));
}

/** Lost openings of the documents of one family. */
export function findLostOpenings(family: readonly ComparedDocument[]): LostOpening[] {
  const letters = family.map((document) => document.paragraphs.map(readLetters));
  const found: LostOpening[] = [];
  family.forEach((document, number) => {
    const own = letters[number] ?? [];
    own.forEach((paragraph, at) => {
      const before = own[at - 1];
      if (paragraph.text.length < MIN_LENGTH || !before) return;
      const probe = paragraph.text.slice(0, PROBE);
      for (const [copyNumber, copy] of letters.entries()) {
        if (copyNumber === number) continue;
        const copyParagraph = copy.findIndex((other) => other.text.indexOf(probe) >= MIN_OPENING);
        // In the copy the words begin a paragraph as well: nothing is missing.
        if (copyParagraph < 0 || copy.some((other) => other.text.startsWith(probe))) continue;
        const other = copy[copyParagraph];
        const place = other?.text.indexOf(probe) ?? -1;
        if (!other || place < 0) continue;
        const rest = other.text.slice(place);
        const isSame = Math.abs(rest.length - paragraph.text.length) <= paragraph.text.length * 0.25;
        if (!isSame || measureContainment(makeShingles(rest), makeShingles(paragraph.text)) < AGREEMENT) continue;
        const opening = family[copyNumber]?.paragraphs[copyParagraph]?.slice(0, other.offsets[place]) ?? "";
        // The paragraph before may end with those very words: then it was cut, not shortened.
        const lastWords = other.text.slice(Math.max(0, place - PROBE), place);
        if (opening === "" || DATELINE_START.test(opening) || before.text.endsWith(lastWords) || isRepeatedInOwn(own, at))
          continue;
        found.push({ document: document.id, paragraph: at, opening, copy: family[copyNumber]?.id ?? "", copyParagraph });
        break;
      }
    });
  });
  return found;
}

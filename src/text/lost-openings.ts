/**
 * Finds paragraphs that lost their first words to a page break, where another copy of the same document still has them.
 *
 * Method: the first characters of the paragraph stand inside a paragraph of the copy, and from there on the two agree
 * (five-character shingles); the words break off inside a clause or the paragraph before has no end. A paragraph that its
 * own document repeats in full (a lead) has lost nothing, nor has one whose missing words stand elsewhere in its document.
 * Failure policy: in doubt nothing; a finding is evidence for a person or for counting, the text itself is not changed.
 * Cost: paragraphs x length of a copy (one plain search each), for at most five copies.
 */
import { DATELINE_START } from "./dateline.ts";
import { matchKeyWithOffsets } from "./match-key.ts";
import { makeShingles, measureContainment } from "./shingles.ts";

/** A document of a family of copies. */
export type FamilyMember = { readonly id: string; readonly paragraphs: readonly string[] };

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
/** A text with more copies than this is not looked up in all of them. */
const MAX_COPIES = 5;
/** A shorter opening may stand anywhere. */
const LONG_OPENING = 15;
const SAID = 0.5;
const CLAUSE_END = /[，。；：！？,.;:!?]["'”’]?\s*$/u;
const SENTENCE_END = /[。！？!?：:.]["'”’）)]?\s*$/u;
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

/** The letters of a document in one string, a line end between paragraphs, so that one search covers them all. */
type LetterIndex = { readonly paragraphs: readonly Letters[]; readonly joined: string; readonly starts: readonly number[] };

function indexLetters(document: FamilyMember): LetterIndex {
  const paragraphs = document.paragraphs.map(readLetters);
  const starts: number[] = [];
  let next = 1;
  for (const paragraph of paragraphs) {
    starts.push(next);
    next += paragraph.text.length + 1;
  }
  return { paragraphs, joined: `\n${paragraphs.map((paragraph) => paragraph.text).join("\n")}\n`, starts };
}

/** The paragraph that holds a place of the joined letters. */
function findParagraph(index: LetterIndex, place: number): number {
  let low = 0;
  let high = index.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((index.starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** Where the copy has words in front of the beginning of the paragraph and agrees with it from there on. */
function findInCopy(paragraph: Letters, copy: LetterIndex): { readonly number: number; readonly place: number } | undefined {
  const probe = paragraph.text.slice(0, PROBE);
  // In the copy the words begin a paragraph as well: nothing is missing.
  if (copy.joined.includes(`\n${probe}`)) return undefined;
  const at = copy.joined.indexOf(probe);
  if (at < 0) return undefined;
  const number = findParagraph(copy, at);
  const place = at - (copy.starts[number] ?? 0);
  const rest = copy.paragraphs[number]?.text.slice(place) ?? "";
  const isSame = place >= MIN_OPENING && Math.abs(rest.length - paragraph.text.length) <= paragraph.text.length * 0.25;
  return isSame && measureContainment(makeShingles(rest), makeShingles(paragraph.text)) >= AGREEMENT
    ? { number, place }
    : undefined;
}

/** A lead is repeated in full, with who said it in front, by its own document. */
function isRepeatedInOwn(own: LetterIndex, at: number): boolean {
  const paragraph = own.paragraphs[at];
  const probe = paragraph?.text.slice(0, PROBE) ?? "";
  const tail = paragraph?.text.slice(-PROBE) ?? "";
  return own.paragraphs.some((other, number) => number !== at && other.text.indexOf(probe) > 0 && other.text.includes(tail));
}

/** 习近平指出， at the beginning of one version and not of the other is a way of writing; words that break off are a loss. */
function isCutOff(opening: string, before: string): boolean {
  return !CLAUSE_END.test(opening) || !SENTENCE_END.test(before);
}

/** What the copy has in front stands somewhere else here: the copy has two paragraphs in one. */
function isSaidInOwn(own: LetterIndex, words: string): boolean {
  return words.length >= LONG_OPENING && measureContainment(makeShingles(words), makeShingles(own.joined)) >= SAID;
}

export type LostOpeningOptions = {
  /** Look at this member only; at all of them by default. */
  readonly only?: string;
};

/** Lost openings of the documents of one family. */
export function findLostOpenings(family: readonly FamilyMember[], options: LostOpeningOptions = {}): LostOpening[] {
  const indexes = family.map(indexLetters);
  const found: LostOpening[] = [];
  family.forEach((document, number) => {
    if (options.only !== undefined && document.id !== options.only) return;
    const own = indexes[number];
    const copies = [...indexes.keys()].filter((other) => other !== number).slice(0, MAX_COPIES);
    own?.paragraphs.forEach((paragraph, at) => {
      const before = own.paragraphs[at - 1];
      if (paragraph.text.length < MIN_LENGTH || !before) return;
      for (const copyNumber of copies) {
        const copy = indexes[copyNumber];
        const hit = copy && findInCopy(paragraph, copy);
        const letters = hit && copy.paragraphs[hit.number];
        if (!letters) continue;
        const opening = family[copyNumber]?.paragraphs[hit.number]?.slice(0, letters.offsets[hit.place]) ?? "";
        // The paragraph before may end with those very words: then it was cut, not shortened.
        const lastWords = letters.text.slice(Math.max(0, hit.place - PROBE), hit.place);
        const words = letters.text.slice(0, hit.place);
        if (
          opening === "" ||
          DATELINE_START.test(opening) ||
          !isCutOff(opening, document.paragraphs[at - 1] ?? "") ||
          before.text.endsWith(lastWords) ||
          isRepeatedInOwn(own, at) ||
          isSaidInOwn(own, words)
        )
          continue;
        found.push({
          document: document.id,
          paragraph: at,
          opening,
          copy: family[copyNumber]?.id ?? "",
          copyParagraph: hit.number,
        });
        break;
      }
    });
  });
  return found;
}

/**
 * What can be seen of a sentence without knowing its language: length, marks, quotation, paragraph.
 * Cost: O(length).
 */
import type { AlignmentText } from "../model/alignment.ts";
import { trackQuotation } from "./quotation.ts";

/** Kinds of the last mark of a sentence; full-width and half-width are one kind. */
export const END_MARKS = {
  none: 0,
  stop: 1,
  question: 2,
  exclamation: 3,
  ellipsis: 4,
  colon: 5,
  semicolon: 6,
  comma: 7,
} as const;

export type Surface = {
  /** Characters that are not white space, in code points. */
  readonly lengths: Float64Array;
  readonly endMarks: Uint8Array;
  readonly opensQuote: Uint8Array;
  readonly closesQuote: Uint8Array;
  /** Is the end of the sentence inside a quotation? */
  readonly insideQuote: Uint8Array;
  readonly questions: Uint8Array;
  readonly exclamations: Uint8Array;
  readonly quotes: Uint8Array;
  readonly ellipses: Uint8Array;
  /** Marks inside the sentence where a translator may part it: , ; : and dashes. */
  readonly clauseMarks: Uint8Array;
  readonly paragraphs: Uint32Array;
};

const CLOSERS = /[\s"'”’」』）)\]】》〉〗]+$/u;
const CLAUSE = /[，,；;：:—–]/gu;

export function readSurface(text: AlignmentText): Surface {
  const count = text.segments.length;
  const surface = {
    lengths: new Float64Array(count),
    endMarks: new Uint8Array(count),
    opensQuote: new Uint8Array(count),
    closesQuote: new Uint8Array(count),
    insideQuote: new Uint8Array(count),
    questions: new Uint8Array(count),
    exclamations: new Uint8Array(count),
    quotes: new Uint8Array(count),
    ellipses: new Uint8Array(count),
    clauseMarks: new Uint8Array(count),
    paragraphs: new Uint32Array(count),
  };
  const quotation = trackQuotation();
  let paragraph = -1;
  text.segments.forEach((segment, at) => {
    const { text: sentence } = segment;
    // A quotation that was never closed does not outlive its paragraph when paragraphs are known.
    if (segment.paragraph !== paragraph) quotation.forget();
    paragraph = segment.paragraph;
    surface.lengths[at] = countVisible(sentence);
    surface.endMarks[at] = readEndMark(sentence);
    const seen = quotation.read(sentence);
    surface.opensQuote[at] = Number(seen.opens);
    surface.closesQuote[at] = Number(seen.closes);
    surface.insideQuote[at] = Number(seen.inside);
    surface.quotes[at] = Math.min(255, seen.count);
    surface.questions[at] = countOf(sentence, /[？?]/gu);
    surface.exclamations[at] = countOf(sentence, /[！!]/gu);
    surface.ellipses[at] = countOf(sentence, /…+|\.{3,}/gu);
    surface.clauseMarks[at] = countOf(sentence.replace(/[\d][,:][\d]/gu, "00"), CLAUSE);
    surface.paragraphs[at] = segment.paragraph;
  });
  return surface;
}

function countVisible(text: string): number {
  let count = 0;
  for (const sign of text) if (sign.trim() !== "") count++;
  return count;
}

function countOf(text: string, pattern: RegExp): number {
  return Math.min(255, text.match(pattern)?.length ?? 0);
}

function readEndMark(sentence: string): number {
  const end = sentence.replace(CLOSERS, "").at(-1);
  switch (end) {
    case "。":
    case ".":
    case "．":
      return END_MARKS.stop;
    case "？":
    case "?":
      return END_MARKS.question;
    case "！":
    case "!":
      return END_MARKS.exclamation;
    case "…":
      return END_MARKS.ellipsis;
    case "：":
    case ":":
      return END_MARKS.colon;
    case "；":
    case ";":
      return END_MARKS.semicolon;
    case "，":
    case ",":
    case "、":
    case "—":
    case "–":
      return END_MARKS.comma;
    case undefined:
    default:
      return END_MARKS.none;
  }
}

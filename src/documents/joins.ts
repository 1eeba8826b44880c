/**
 * Proposes to join paragraphs that a page break, a column or a wrapped line has cut.
 *
 * Evidence: the paragraph before does not end a sentence and reads like prose; or the indentation is odd (a few indented
 * paragraphs in a file without, or the opposite); or a word runs over the seam (inside-word); or the whole file is wrapped
 * at one width (line-wrap). An indented paragraph in an indented file begins by itself, whatever stands before it.
 * Failure policy: a proposal with the text around the seam; the received lines stay as they are. Cost: linear.
 */
import type { JoinProposal, ReceivedParagraph } from "../model/document.ts";
import type { LineShape } from "./line-shape.ts";
import { beginsItem } from "./line-shape.ts";

const CONTEXT = 8;
const MIN_PROSE = 15;
const PROSE_MARK = /[，。；、,;]|\p{Script=Latin}\s/u;
const HAN = /\p{Script=Han}/u;
/** At least so many body paragraphs before the indentation of a file means something. */
const MIN_NORM = 8;
const MIN_OWN = 3;
/** One paragraph in eight, in a document just long enough. */
const ODD_SHARE = 0.125;
const USUAL_SHARE = 0.6;

/** What is usual in a file, measured once over all its body paragraphs, and in each of its documents. */
export type Layout = {
  readonly indentedShare: number;
  readonly bodyCount: number;
  /** Share in the document itself; that of the file when the document is too short to have a way of its own. */
  readonly ownShare: number;
  /** Lines wrapped at one width (in columns, Han counting two): the text has no paragraph per line. */
  readonly wrapWidth?: number;
};

export type JoinInput = {
  readonly paragraphs: readonly ReceivedParagraph[];
  readonly shapes: readonly LineShape[];
  readonly layout: Layout;
  readonly headings: ReadonlySet<number>;
};

const words = new Intl.Segmenter("zh", { granularity: "word" });

function measureWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(character) ? 2 : 1;
  return width;
}

/**
 * A wrapped file: lines directly under each other, most of them nearly as wide as the widest and not at a sentence end.
 * A file with one paragraph per line has widths all over the place.
 */
function findWrapWidth(paragraphs: readonly ReceivedParagraph[], shapes: readonly LineShape[]): number | undefined {
  const widths: number[] = [];
  let open = 0;
  for (let at = 1; at < paragraphs.length; at++) {
    const before = paragraphs[at - 1];
    const paragraph = paragraphs[at];
    if (!before || !paragraph || before.role !== "body" || paragraph.line !== before.line + 1) continue;
    widths.push(measureWidth(before.text.trimEnd()));
    if (!shapes[at - 1]?.endsSentence) open++;
  }
  if (widths.length < 4 || open < widths.length / 2) return undefined;
  const sorted = [...widths].sort((one, other) => one - other);
  const widest = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  if (widest < 20 || widest > 140) return undefined;
  const near = widths.filter((width) => width >= widest * 0.8 && width <= widest + 8).length;
  return near >= widths.length * 0.6 ? widest : undefined;
}

/**
 * In a wrapped file a line as wide as the others, with the next directly under it, is no heading whatever it looks like.
 */
export function correctWrapped(
  paragraphs: readonly ReceivedParagraph[],
  shapes: readonly LineShape[],
  wrapWidth: number | undefined,
): readonly LineShape[] {
  if (wrapWidth === undefined) return shapes;
  return shapes.map((shape, at) => {
    const isOpen = shape.kind === "heading-like" || shape.kind === "organization" || shape.kind === "numbered-heading";
    const line = paragraphs[at]?.line ?? 0;
    const isNextDirect = paragraphs[at + 1]?.line === line + 1;
    return isOpen && isNextDirect && measureWidth(shape.text) >= wrapWidth * 0.75 ? { ...shape, kind: "prose" as const } : shape;
  });
}

type Indentation = { readonly share: number; readonly count: number };

function measureIndentation(
  paragraphs: readonly ReceivedParagraph[],
  shapes: readonly LineShape[],
  range: { readonly first: number; readonly end: number },
): Indentation {
  let count = 0;
  let indented = 0;
  for (let at = range.first; at < range.end; at++) {
    if (shapes[at]?.kind !== "prose" || paragraphs[at]?.role !== "body") continue;
    count++;
    if (shapes[at]?.isIndented) indented++;
  }
  return { share: count === 0 ? 0 : indented / count, count };
}

/** A file may hold documents from several places, each with its own way to begin a paragraph. */
export function narrowLayout(
  layout: Layout,
  paragraphs: readonly ReceivedParagraph[],
  shapes: readonly LineShape[],
  range: { readonly first: number; readonly end: number },
): Layout {
  const { share, count } = measureIndentation(paragraphs, shapes, range);
  if (count < MIN_OWN) return layout;
  return count < MIN_NORM
    ? { ...layout, ownShare: share }
    : { ...layout, ownShare: share, indentedShare: share, bodyCount: count };
}

export function measureLayout(paragraphs: readonly ReceivedParagraph[], shapes: readonly LineShape[]): Layout {
  const { share, count } = measureIndentation(paragraphs, shapes, { first: 0, end: paragraphs.length });
  const wrapWidth = findWrapWidth(paragraphs, shapes);
  return {
    indentedShare: share,
    bodyCount: count,
    ownShare: share,
    ...(wrapWidth === undefined ? {} : { wrapWidth }),
  };
}

/** Whether a Chinese word runs over the seam between two texts. */
function splitsWord(before: string, after: string): boolean {
  const left = before.slice(-4);
  if (!HAN.test(left.slice(-1)) || !HAN.test(after.charAt(0))) return false;
  for (const word of words.segment(left + after.slice(0, 4))) {
    if (word.index < left.length && word.index + word.segment.length > left.length) return true;
  }
  return false;
}

function quoteSeam(before: string, after: string): string {
  return `${before.slice(-CONTEXT)}｜${after.slice(0, CONTEXT)}`;
}

function findJoinReason(input: JoinInput, at: number, previous: number): JoinProposal["reason"] | undefined {
  const before = input.shapes[previous];
  const shape = input.shapes[at];
  if (!before || !shape || shape.kind !== "prose") return undefined;
  const lineBefore = input.paragraphs[previous];
  const line = input.paragraphs[at];
  if (!lineBefore || !line || beginsItem(shape.text)) return undefined;
  const { layout } = input;
  const isUsuallyIndented = layout.ownShare >= USUAL_SHARE;
  if (layout.wrapWidth !== undefined && line.line === lineBefore.line + 1 && !shape.isIndented) {
    const isFull = measureWidth(lineBefore.text.trimEnd()) >= layout.wrapWidth * 0.75;
    if (isFull || (!before.endsSentence && isUsuallyIndented)) return "line-wrap";
  }
  if (before.kind !== "prose" || before.text.length < MIN_PROSE || !PROSE_MARK.test(before.text)) return undefined;
  const isOddlyIndented = shape.isIndented && layout.bodyCount >= MIN_NORM && layout.indentedShare <= ODD_SHARE;
  if (isOddlyIndented && HAN.test(shape.text) && shape.endsSentence) return "page-break";
  if (before.endsSentence) return undefined;
  // A lead or a list may lack its full stop; indentation says that a paragraph begins here.
  if (shape.isIndented && isUsuallyIndented && !/[，、,]$/u.test(before.text)) return undefined;
  if (!HAN.test(shape.text) && /^\p{Lu}/u.test(shape.text) && !/[,;]$/u.test(before.text)) return undefined;
  if (!PROSE_MARK.test(shape.text) && !shape.endsSentence) return undefined;
  return splitsWord(before.text, shape.text) ? "inside-word" : "no-sentence-end";
}

/** Joins for the paragraphs [first, end) of one document. Page numbers between two halves do not hinder. */
export function proposeJoins(input: JoinInput, first: number, end: number): JoinProposal[] {
  const joins: JoinProposal[] = [];
  let previous = -1;
  for (let at = first; at < end; at++) {
    const shape = input.shapes[at];
    if (shape?.reason === "page-number") continue;
    const isOpen = previous >= 0 && !input.headings.has(at) && !input.headings.has(previous);
    const reason = isOpen && input.paragraphs[at]?.role === "body" ? findJoinReason(input, at, previous) : undefined;
    if (reason) {
      joins.push({ paragraph: at, reason, evidence: quoteSeam(input.shapes[previous]?.text ?? "", shape?.text ?? "") });
    }
    previous = input.paragraphs[at]?.role === "body" || shape?.kind === "heading" ? at : -1;
  }
  return joins;
}

/**
 * Splits, joins, edits and restores a sentence of an alignment. The text below stays as it was received: a sentence made
 * here names the stretches of segments that it lies over, and its own words.
 *
 * Guarantee: what is split and joined again, unedited, is the segment itself; a sentence that comes out as a whole
 * segment with its own words is that segment, not an edited one; parts never overlap and keep their order.
 * Cost: O(length of the sentence).
 */
import type { SentencePart } from "../model/alignment.ts";

/** A sentence as it stands: its words and where they come from. */
export type Piece = { readonly text: string; readonly parts: readonly SentencePart[] };

export type SegmentTexts = {
  readonly textOf: (segment: string) => string;
  /** What stands between two sentences of this language: nothing in Chinese. */
  readonly gap: "" | " ";
};

/** What the document has where this sentence stands. */
export function originalOf({ parts }: Piece, { textOf, gap }: SegmentTexts): string {
  return parts.map(({ segment, start, end }) => textOf(segment).slice(start, end)).join(gap);
}

/** The segment that a sentence is, when nothing of it is edited. */
export function wholeSegmentOf({ text, parts }: Piece, { textOf }: SegmentTexts): string | undefined {
  const [part, ...others] = parts;
  if (!part || others.length > 0) return undefined;
  const segment = textOf(part.segment);
  return part.start === 0 && part.end === segment.length && text === segment ? part.segment : undefined;
}

/** Two sentences out of one; undefined when the place leaves nothing on one side. */
export function splitSentence(piece: Piece, at: number, texts: SegmentTexts): readonly [Piece, Piece] | undefined {
  const place = isInsidePair(piece.text, at) ? at - 1 : at;
  const [before, after] = [piece.text.slice(0, Math.max(0, place)).trimEnd(), piece.text.slice(Math.max(0, place)).trimStart()];
  if (before.trim() === "" || after.trim() === "") return undefined;
  const original = originalOf(piece, texts);
  const cut = mapToOriginal(piece.text, original, place);
  const [upper, lower] = cutParts(piece.parts, cut, texts);
  if (upper.length === 0 || lower.length === 0) return undefined;
  return [
    { text: before, parts: upper },
    { text: after, parts: lower },
  ];
}

/** Between the two halves of a supplementary character. */
function isInsidePair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Where a place of the edited words is in the original: exact outside of what was changed, by share of length inside. */
function mapToOriginal(text: string, original: string, at: number): number {
  const shorter = Math.min(text.length, original.length);
  let head = 0;
  while (head < shorter && text[head] === original[head]) head++;
  if (at <= head) return at;
  let tail = 0;
  while (tail < shorter - head && text.at(-1 - tail) === original.at(-1 - tail)) tail++;
  if (text.length - at <= tail) return original.length - (text.length - at);
  const share = (at - head) / (text.length - tail - head);
  const place = head + Math.round(share * (original.length - tail - head));
  return isInsidePair(original, place) ? place - 1 : place;
}

/** White space at the cut belongs to neither part. */
function cutParts(
  parts: readonly SentencePart[],
  at: number,
  { textOf, gap }: SegmentTexts,
): readonly [readonly SentencePart[], readonly SentencePart[]] {
  const upper: SentencePart[] = [];
  const lower: SentencePart[] = [];
  let from = 0;
  for (const part of parts) {
    const text = textOf(part.segment).slice(part.start, part.end);
    const cut = at - from;
    const before = text.slice(0, Math.max(0, cut)).trimEnd();
    const after = text.slice(Math.max(0, cut)).trimStart();
    if (before !== "") upper.push({ ...part, end: part.start + before.length });
    if (after !== "") lower.push({ ...part, start: part.end - after.length });
    from += text.length + gap.length;
  }
  return [upper, lower];
}

/** One sentence out of two neighbours. */
export function joinSentences(first: Piece, second: Piece, texts: SegmentTexts): Piece {
  const last = first.parts.at(-1);
  const next = second.parts[0];
  const isOneSegment = last !== undefined && next !== undefined && last.segment === next.segment && next.start >= last.end;
  if (!isOneSegment) return { text: first.text + texts.gap + second.text, parts: [...first.parts, ...second.parts] };
  // The white space that the cut left out comes back.
  const between = texts.textOf(last.segment).slice(last.end, next.start);
  const parts = [...first.parts.slice(0, -1), { ...last, end: next.end }, ...second.parts.slice(1)];
  return { text: first.text + between + second.text, parts };
}

/** The same stretch with other words; line breaks are no part of a sentence. */
export function editSentence(piece: Piece, text: string): Piece | undefined {
  const words = text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/gu, " ").trim();
  return words === "" ? undefined : { text: words, parts: piece.parts };
}

/**
 * Which sentences of a side have to go so that the segments below sentence `at` stand whole again, and those segments.
 * A segment that was split takes all its pieces along, wherever they stand.
 */
export function restoreSentences(
  pieces: readonly Piece[],
  at: number,
): { readonly first: number; readonly end: number; readonly segments: readonly string[] } {
  let first = at;
  let end = at + 1;
  const sharesBorder = (upper: number) => {
    const last = pieces[upper]?.parts.at(-1)?.segment;
    return last !== undefined && last === pieces[upper + 1]?.parts[0]?.segment;
  };
  while (first > 0 && sharesBorder(first - 1)) first--;
  while (end < pieces.length && sharesBorder(end - 1)) end++;
  const named = pieces.slice(first, end).flatMap(({ parts }) => parts.map(({ segment }) => segment));
  return { first, end, segments: [...new Set(named)] };
}

/**
 * Where asked-for text stands in a text: spans of the original, however it is written.
 *
 * Width and capitals do not count unless they are to: then the very characters must stand there.
 * Guarantee: spans in order that do not overlap. Cost: O(length).
 */
import type { Span } from "../model/span.ts";
import { FoldedText, toSmallUnit } from "../text/folded-text.ts";

export type Likeness = {
  /** Capitals and small letters are different. */
  readonly isCaseExact?: boolean | undefined;
  /** Full and half width, styles of quotation marks and spaces are different. */
  readonly isWidthExact?: boolean | undefined;
};

const folded = new FoldedText("width");

/** Units as they are compared, with the way back in `folded.starts` and `folded.ends` unless `isWidthExact`. */
function readUnits(text: string, { isCaseExact, isWidthExact }: Likeness): string {
  if (isWidthExact) return isCaseExact ? text : toSmall(text);
  const length = folded.readUnits(text);
  if (!isCaseExact) for (let at = 0; at < length; at++) folded.codes[at] = toSmallUnit(folded.codes[at] as number);
  return folded.toText(length);
}

/** Unit by unit, so that offsets stay. */
function toSmall(text: string): string {
  let small = "";
  for (let at = 0; at < text.length; at++) small += String.fromCharCode(toSmallUnit(text.charCodeAt(at)));
  return small;
}

/** The text as a search compares it. */
export function toSearchUnits(text: string, likeness: Likeness = {}): string {
  return readUnits(text, likeness);
}

/** `wanted` as `toSearchUnits` gives it for the same likeness. */
export function findSpans(text: string, wanted: string, likeness: Likeness = {}): Span[] {
  if (wanted === "") return [];
  const units = readUnits(text, likeness);
  const spans: Span[] = [];
  for (let at = units.indexOf(wanted); at >= 0; at = units.indexOf(wanted, at + wanted.length)) {
    const last = at + wanted.length - 1;
    spans.push(
      likeness.isWidthExact
        ? { start: at, end: last + 1 }
        : { start: folded.starts[at] as number, end: folded.ends[last] as number },
    );
  }
  return spans;
}

/** The span of the original behind units [start, end) of its search form. */
export function toTextSpan(text: string, start: number, end: number): Span {
  readUnits(text, {});
  return { start: folded.starts[start] as number, end: folded.ends[end - 1] ?? (folded.starts[start] as number) };
}

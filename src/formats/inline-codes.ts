/** Where inline codes go when the text they stood in is replaced. */
import type { InlineCode } from "../model/interchange.ts";

/**
 * Codes in what the two texts begin and end with in common stay beside the same characters; codes in between keep their
 * distance from both ends in proportion. Their order never changes, so what was nested stays nested and every pair closed.
 */
export function placeCodes(before: string, codes: readonly InlineCode[], after: string): readonly InlineCode[] {
  if (codes.length === 0) return codes;
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix += 1;
  }
  const oldMiddle = before.length - prefix - suffix;
  const newMiddle = after.length - prefix - suffix;
  return codes.map(({ at, xml }) => {
    if (at <= prefix) return { at, xml };
    if (at >= before.length - suffix) return { at: after.length - (before.length - at), xml };
    const moved = prefix + Math.round(((at - prefix) / oldMiddle) * newMiddle);
    return { at: awayFromWord(after, moved, prefix, after.length - suffix), xml };
  });
}

/** No code in the middle of a Latin word or between the halves of a character: on to the next break. */
function awayFromWord(text: string, at: number, least: number, most: number): number {
  let place = at;
  const splits = (index: number) => {
    const pair = text.slice(index - 1, index + 1);
    return /^[\p{Script=Latin}\d]{2}$/u.test(pair) || /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair);
  };
  while (place > least && place < most && splits(place)) place += 1;
  return place;
}

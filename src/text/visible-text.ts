/** Makes text from a stranger fit to stand in one line of a terminal or a log. */

/** Controls, line and paragraph separators, marks that turn the writing direction, halves of characters. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * What would move the cursor, colour the screen, end the line or reverse the reading order is written as `\u{202e}`.
 * For showing only: the result names no file.
 */
export function makeVisible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

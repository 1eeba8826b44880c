/**
 * Plain text: every line that holds something is a paragraph.
 *
 * The text of a paragraph is its line without the line end and with its indentation, because two ideographic spaces in
 * front tell a beginning paragraph from a broken one; who needs the words alone trims. Empty lines are no paragraphs, but
 * the line numbers keep their place. Cost: linear.
 */
import type { ReadResult } from "../model/diagnostic.ts";
import type { ReceivedParagraph, ReceivedText } from "../model/document.ts";
import type { DecodedText } from "./encoding.ts";

/** Lines as editors count them: ended by LF, CR LF or CR. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/u);
}

export function readPlainTextParagraphs(text: string): ReceivedParagraph[] {
  return splitLines(text).flatMap((line, at) => (line.trim() === "" ? [] : [{ text: line, role: "body", line: at + 1 }]));
}

export function readDecodedPlainText(decoded: DecodedText): ReadResult<ReceivedText> {
  const paragraphs = readPlainTextParagraphs(decoded.text);
  if (paragraphs.length === 0) return { value: undefined, diagnostics: [{ code: "no-text", severity: "error" }] };
  return { value: { encoding: decoded.encoding, paragraphs }, diagnostics: [] };
}

/**
 * The match key of a text: what two texts have in common when width, quotation style and spacing are ignored.
 *
 * NFKC, quotation marks folded to " and ', invisible characters dropped, white space between Han dropped and
 * elsewhere folded to one space, ends trimmed. Capitals stay. The key is for finding; what is shown or
 * exported is always the original, so every key position can be led back to the original.
 * The folding itself is in folded-text.ts. Cost: O(length). Texts that need no folding (most Chinese) are returned as they are.
 */
import type { Span } from "../model/span.ts";
import { takeFoldedText } from "./folded-text.ts";

/** Only Han, CJK marks that NFKC keeps, and ASCII without quotation marks or spaces: the key is the text itself. */
const PLAIN = /^(?:[\u4e00-\u9fff、。]|[!#-&(-_a-~])*$/u;

export type MatchKey = {
  readonly key: string;
  /** Original offset where the piece behind key unit i starts; one entry more than the key has units. */
  readonly starts: Uint32Array;
  /** Original offset where that piece ends. */
  readonly ends: Uint32Array;
};

/** The key alone. */
export function matchKey(text: string): string {
  if (PLAIN.test(text)) return text;
  const buffer = takeFoldedText(text);
  return buffer.toText(buffer.readUnits(text));
}

/** The key with the way back to the original. */
export function matchKeyWithOffsets(text: string): MatchKey {
  const buffer = takeFoldedText(text);
  const length = buffer.readUnits(text);
  return { key: buffer.toText(length), starts: buffer.starts.slice(0, length + 1), ends: buffer.ends.slice(0, length + 1) };
}

/** The span of the original that a span of the key stands for. An empty span stays empty. */
export function toOriginalSpan(folded: MatchKey, span: Span): Span {
  const start = folded.starts[span.start] ?? 0;
  if (span.end <= span.start) return { start, end: start };
  return { start, end: folded.ends[span.end - 1] ?? start };
}

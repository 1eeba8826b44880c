/**
 * Where in the English text the counterpart of a Chinese token may be expected.
 *
 * A unit may come in pieces (sentences of a paragraph that belong together). Within a piece words keep roughly their
 * order, so that a token at place x of its piece is looked for near place y = x; outside of it hardly at all.
 * Places are shares of a piece in 256 steps. Cost: O(tokens).
 */
import type { Span } from "../model/span.ts";

/** Parts of a unit that are each other's translation, in order. Text of neither is nowhere expected. */
export type UnitPiece = { readonly source: Span; readonly target: Span };

export type Places = {
  /** Token → its place in its piece, 0 … 255. */
  readonly steps: Uint8Array;
  /** Token → number of its piece in the unit. */
  readonly pieces: Uint8Array;
};

/** The order of words says much, but not all. */
const FLOOR = 0.15;
const WIDTH = 0.15;
/** Share that is left for another piece: an alignment of sentences may be wrong. */
export const ELSEWHERE = 0.06;
export const NEARNESS = Float64Array.from({ length: 256 }, (_, distance) => FLOOR + Math.exp(-distance / 255 / WIDTH));
const MOST_PIECES = 250;

/** Places of tokens that begin at `froms` of a text, which is cut as `spans` say. */
export function placeTokens(
  places: Places,
  tokens: { readonly first: number; readonly end: number; readonly froms: Uint32Array; readonly length: number },
  spans: readonly Span[],
): void {
  const cuts = spans.length > 0 && spans.length <= MOST_PIECES ? spans : [{ start: 0, end: tokens.length }];
  let piece = 0;
  for (let token = tokens.first; token < tokens.end; token++) {
    const from = tokens.froms[token] as number;
    // Tokens come in several rows (words, characters, …), each in order.
    if (from < (cuts[piece]?.start ?? 0)) piece = 0;
    while (piece + 1 < cuts.length && from >= (cuts[piece]?.end ?? 0)) piece++;
    const span = cuts[piece] ?? { start: 0, end: tokens.length };
    const share = (from - span.start) / Math.max(1, span.end - span.start);
    places.steps[token] = Math.round(255 * Math.min(1, Math.max(0, share)));
    places.pieces[token] = piece;
  }
}

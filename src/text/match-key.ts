/**
 * The match key of a text: what two texts have in common when width, quotation style and spacing are ignored.
 *
 * NFKC, quotation marks folded to " and ', invisible characters dropped, white space between Han dropped and
 * elsewhere folded to one space, ends trimmed. Capitals stay. The key is for finding; what is shown or
 * exported is always the original, so every key position can be led back to the original.
 * Cost: O(length). Texts that need no folding (most Chinese) are returned as they are.
 */
import type { Span } from "../model/span.ts";

/** Han and the marks that stand between Han without a space: CJK punctuation and full-width marks (not letters or digits). */
const HAN_CONTEXT = /[\p{Script=Han}\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—·]/u;
/** A character and what NFKC may compose with it: combining marks, Hangul jamo, half-width sound marks. */
const CLUSTER = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;
const DOUBLE_QUOTES = /[“”„‟«»「」『』〝〞＂]/u;
const SINGLE_QUOTES = /[‘’‚‛＇`´]/u;
/** Soft hyphen, zero-width space and joiners, directional marks, word joiner, byte-order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u;
const SPACE = /\s/u;
/** Only Han, CJK marks that NFKC keeps, and ASCII without quotation marks or spaces: the key is the text itself. */
const PLAIN = /^(?:[\u4e00-\u9fff、。]|[!#-&(-_a-~])*$/u;

export type MatchKey = {
  readonly key: string;
  /** Original offset where the piece behind key unit i starts; one entry more than the key has units. */
  readonly starts: Uint32Array;
  /** Original offset where that piece ends. */
  readonly ends: Uint32Array;
};

function foldCluster(cluster: string): string {
  if (INVISIBLE.test(cluster)) return "";
  if (DOUBLE_QUOTES.test(cluster)) return '"';
  if (SINGLE_QUOTES.test(cluster)) return "'";
  return cluster.normalize("NFKC");
}

/** The key alone. */
export function matchKey(text: string): string {
  return PLAIN.test(text) ? text : matchKeyWithOffsets(text).key;
}

/** The key with the way back to the original. */
export function matchKeyWithOffsets(text: string): MatchKey {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  // A run of white space waits until the next visible cluster says whether it stands between Han.
  let space: { start: number; end: number; beforeIsHan: boolean } | undefined;
  let previousIsHan = false;
  for (const found of text.matchAll(CLUSTER)) {
    const cluster = found[0];
    const start = found.index;
    const end = start + cluster.length;
    if (SPACE.test(cluster)) {
      if (space) space.end = end;
      else if (units.length > 0) space = { start, end, beforeIsHan: previousIsHan };
      continue;
    }
    const folded = foldCluster(cluster);
    if (folded === "") continue;
    const isHan = HAN_CONTEXT.test(cluster);
    if (space && !(space.beforeIsHan && isHan)) {
      units.push(" ");
      starts.push(space.start);
      ends.push(space.end);
    }
    space = undefined;
    for (let at = 0; at < folded.length; at++) {
      units.push(folded.charAt(at));
      starts.push(start);
      ends.push(end);
    }
    previousIsHan = isHan;
  }
  starts.push(text.length);
  ends.push(text.length);
  return { key: units.join(""), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** The span of the original that a span of the key stands for. An empty span stays empty. */
export function toOriginalSpan(folded: MatchKey, span: Span): Span {
  const start = folded.starts[span.start] ?? 0;
  if (span.end <= span.start) return { start, end: start };
  return { start, end: folded.ends[span.end - 1] ?? start };
}

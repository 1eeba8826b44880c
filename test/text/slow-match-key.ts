/** The slow twin of the match key: cluster by cluster with regular expressions, nothing by table. */
import type { MatchKey } from "../../src/text/match-key.ts";

const HAN_CONTEXT = /[\p{Script=Han}\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—·]/u;
const CLUSTER = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;
const DOUBLE_QUOTES = /[“”„‟«»「」『』〝〞＂]/u;
const SINGLE_QUOTES = /[‘’‚‛＇`´]/u;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u;
const SPACE = /\s/u;
function foldCluster(cluster: string): string {
  if (INVISIBLE.test(cluster)) return "";
  if (DOUBLE_QUOTES.test(cluster)) return '"';
  if (SINGLE_QUOTES.test(cluster)) return "'";
  return cluster.normalize("NFKC");
}

export function foldSlowly(text: string): MatchKey {
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

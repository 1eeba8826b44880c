/**
 * 、-series: 人民战争、总体战、阻击战. Members in the middle are known; where the first begins and the last ends is
 * read from the members' likeness and the words at the edges.
 */
import type { Corpus } from "./corpus.ts";
import { FREE_KINDS } from "./words.ts";
import type { Words } from "./words.ts";

const PAUSE = 0x3001;
const MEMBER_LONGEST = 10;

export type Series = { readonly start: number; readonly end: number };

/** Series in the clause [start, end) that look deliberate. */
export function readSeries({ codes }: Corpus, words: Words, start: number, end: number): readonly Series[] {
  const pauses: number[] = [];
  for (let at = start; at < end; at++) if (codes[at] === PAUSE) pauses.push(at);
  if (pauses.length === 0) return [];
  const found: Series[] = [];
  const lengths: number[] = [];
  for (let i = 0; i + 1 < pauses.length; i++) lengths.push((pauses[i + 1] ?? 0) - (pauses[i] ?? 0) - 1);
  const firstPause = pauses[0] ?? 0;
  const lastPause = pauses.at(-1) ?? 0;
  const middle = lengths[0];
  const wanted =
    middle !== undefined && lengths.every((length) => length === middle) ? [middle] : lengths.length === 0 ? [6, 5, 4, 3, 2] : [];
  for (const length of wanted) {
    if (length > MEMBER_LONGEST || length < 2) continue;
    const from = firstPause - length;
    const to = lastPause + 1 + length;
    if (from < start || to > end || !isEdge(words, from, start, -1)) continue;
    const shared = countShared(codes, from, lastPause + 1, length);
    // Three like members are a series even where the sentence goes on without a mark.
    if (!isEdge(words, to, end, 0) && !(pauses.length > 1 && shared > 0 && words.begins[to] === 1)) continue;
    // Two members say little about where they begin: they must be alike or fill the clause.
    const series = { start: from, end: to };
    if (pauses.length > 1 || (from === start && to === end) || shared > 0) {
      found.push(series);
      break;
    }
  }
  return found;
}

function isEdge({ begins, typeAt, kinds }: Words, at: number, border: number, step: number): boolean {
  if (at === border) return true;
  return begins[at] === 1 && ((kinds[typeAt[at + step] ?? 0] ?? 0) & FREE_KINDS) !== 0;
}

function countShared(codes: Int32Array, one: number, other: number, length: number): number {
  let shared = 0;
  for (let step = 0; step < length; step++) if (codes[one + step] === codes[other + step]) shared++;
  return shared;
}

/** How alike the members are, 0 to 1: equal length, a character at the same place from the left, from the right, three members. */
export function measureSeries(key: string): number {
  const members = key.split("、").map((member) => [...member.replace(/[“”‘’]/gu, "")]);
  if (members.length < 2) return 0;
  const lengths = members.map((member) => member.length);
  const shortest = Math.min(...lengths);
  const equal = lengths.every((length) => length === shortest);
  const sharesAt = (pick: (member: readonly string[], step: number) => string | undefined): boolean => {
    for (let step = 0; step < shortest; step++) {
      const character = pick(members[0] ?? [], step);
      if (members.every((member) => pick(member, step) === character)) return true;
    }
    return false;
  };
  const left = sharesAt((member, step) => member[step]);
  const right = sharesAt((member, step) => member[member.length - 1 - step]);
  return (equal ? 0.5 : 0) + (left ? 0.3 : 0) + (right ? 0.2 : 0) + (members.length >= 3 ? 0.15 : 0);
}

/**
 * Look-alikes that mean different things: 群防群控 / 群防群治, 病死率 / 病亡率, 代表大会 / 代表会议, 外防输入、内防扩散 /
 * 内防扩散、外防输出. A fuzzy match would take one for the other, so they are named and never folded.
 *
 * Two strings contrast when all but one word of them is equal, the words that differ look alike or are single
 * characters, and neither is grammar or the verb in front (做好… / 抓好…); or when two series share all members but
 * one pair that looks alike. Both must be established: they recur, or their writers marked them.
 * Cost: O(total length), each bucket of look-alikes cut at a fixed size.
 */
import { hasMark } from "./value.ts";
import type { MarkKind } from "./marked.ts";
import type { Scored } from "./score.ts";
import { foldMarks } from "./variants.ts";
import { DIRECTION_WORDS, GENERIC_WORDS, GRAMMAR_WORDS, PRONOUNS, VERBS, foldScript } from "./word-lists.ts";
import { KIND } from "./words.ts";
import type { Words } from "./words.ts";

const SHORTEST = 3;
const LONGEST = 16;
const MOST_CONTRASTS = 6;
const MOST_ALIKE = 12;
const ESTABLISHED = 2;
const MARKED: readonly MarkKind[] = ["quoted", "numeral", "parallel", "couplet", "glossary", "series"];

type Entry = { readonly scored: Scored; readonly key: string; readonly signs: readonly string[] };

/** For the key of each string those that contrast with it, the more frequent first. */
export function findContrasts(words: Words, listed: readonly Scored[]): ReadonlyMap<string, readonly string[]> {
  const entries = listed.filter(isEstablished).map((scored): Entry => ({
    scored,
    key: scored.candidate.key,
    signs: [...scored.candidate.key],
  }));
  const contrasts = new Map<string, Map<string, number>>();
  const link = (one: Entry, other: Entry): void => {
    if (foldMarks(one.key) === foldMarks(other.key) || one.key.includes(other.key) || other.key.includes(one.key)) return;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const linked = contrasts.get(from.key) ?? new Map<string, number>();
      linked.set(to.key, to.scored.candidate.distinct);
      contrasts.set(from.key, linked);
    }
  };
  for (const bucket of [...bucketByGap(entries), ...bucketByMembers(entries)]) {
    const few = bucket.slice(0, MOST_ALIKE);
    few.forEach((one, place) =>
      few.slice(place + 1).forEach((other) => {
        if (one.key.includes("、") ? areSeriesAlike(one, other) : areWordsAlike(words, one, other)) link(one, other);
      }),
    );
  }
  return new Map(
    [...contrasts].map(([key, linked]) => [
      key,
      [...linked]
        .sort((one, other) => other[1] - one[1])
        .slice(0, MOST_CONTRASTS)
        .map(([other]) => other),
    ]),
  );
}

function isEstablished({ candidate }: Scored): boolean {
  return candidate.distinct >= ESTABLISHED || MARKED.some((kind) => hasMark(candidate, kind));
}

/** Strings of one length that are equal but for one character, or for two that stand together. */
function bucketByGap(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const buckets = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { signs } = entry;
    if (signs.length < SHORTEST || signs.length > LONGEST || entry.key.includes("、")) continue;
    for (const width of [1, 2]) {
      if (signs.length - width < 2) continue;
      for (let at = 0; at + width <= signs.length; at++) {
        const gap = `${signs.slice(0, at).join("")}\u0000${width}${signs.slice(at + width).join("")}`;
        const bucket = buckets.get(gap);
        if (bucket) bucket.push(entry);
        else buckets.set(gap, [entry]);
      }
    }
  }
  return [...buckets.values()].filter(({ length }) => length > 1);
}

/** Series with all members but one in common, in whatever order. */
function bucketByMembers(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const buckets = new Map<string, Entry[]>();
  for (const entry of entries) {
    const members = entry.key.split("、");
    if (members.length < 2 || members.length > 6) continue;
    members.forEach((_, left) => {
      const rest = members.filter((_member, i) => i !== left).sort();
      const name = rest.join("、");
      buckets.set(name, [...(buckets.get(name) ?? []), entry]);
    });
  }
  return [...buckets.values()].filter(({ length }) => length > 1);
}

const GENERAL: ReadonlySet<string> = new Set([...GRAMMAR_WORDS, ...DIRECTION_WORDS, ...PRONOUNS, "作为", "成为"]);
const TOLD_BY_NUMBER = /[\d一二两三四五六七八九十百千第年月日]/u;

/** All words equal but one, and these two look alike. */
function areWordsAlike(words: Words, one: Entry, other: Entry): boolean {
  if (one.signs.length !== other.signs.length) return false;
  const places = one.signs.flatMap((sign, i) => (sign === other.signs[i] ? [] : [i]));
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined || last - first > 1) return false;
  const [mine, its] = [wordsBetween(words, one, first, last + 1), wordsBetween(words, other, first, last + 1)];
  if (mine.from !== its.from || mine.to !== its.to) return areSinglesTelling(one, other, first, last);
  if ([mine.text, its.text].some((text) => GENERAL.has(foldScript(text)) || TOLD_BY_NUMBER.test(text))) return false;
  // 做好疫情防控 / 抓好疫情防控: the verb in front is no part of the name.
  if (
    mine.from === 0 &&
    [mine.text, its.text].every((text) => VERBS.has(foldScript(text)) || GENERIC_WORDS.has(foldScript(text)))
  )
    return false;
  if (isLoose(words, one, mine) || isLoose(words, other, its)) return false;
  const rest = one.signs.length - (mine.to - mine.from);
  if (rest < (one.signs.length > 3 ? 2 : 1) || isGeneral(words, one) || isGeneral(words, other)) return false;
  return mine.to - mine.from === 1 ? one.signs.length <= 4 || rest >= 3 : sharesSign(mine.text, its.text);
}

/** 市|疫情防控: a word of one character beside a longer one at the edge is what stands before a name. 深|港|通 is a whole. */
function isLoose(
  { begins }: Words,
  { scored, signs }: Entry,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const { start } = scored.candidate;
  if (to - from !== 1) return false;
  if (from === 0) return begins[start + 2] !== 1 && signs.length > 2;
  return to === signs.length && begins[start + from - 1] !== 1;
}

/** Inside words that the breaker does not know, two single characters may differ: 群防群控 / 群防群治. */
function areSinglesTelling(one: Entry, other: Entry, first: number, last: number): boolean {
  if (first !== last) return sharesSign(one.signs.slice(first, last + 1).join(""), other.signs.slice(first, last + 1).join(""));
  const pair = `${one.signs[first] ?? ""}${other.signs[first] ?? ""}`;
  return [...pair].every((sign) => !GENERAL.has(foldScript(sign))) && !TOLD_BY_NUMBER.test(pair);
}

function sharesSign(one: string, other: string): boolean {
  return [...one].some((sign) => other.includes(sign));
}

/** The words over these characters of the string, and where they begin and end in it. */
function wordsBetween(
  { begins }: Words,
  { scored, signs }: Entry,
  first: number,
  end: number,
): { from: number; to: number; text: string } {
  const { start } = scored.candidate;
  let from = first;
  while (from > 0 && begins[start + from] !== 1) from--;
  let to = end;
  while (to < signs.length && begins[start + to] !== 1) to++;
  return { from, to, text: signs.slice(from, to).join("") };
}

/** Verbs and general words alone (统筹做好 / 统筹抓好) name nothing. */
function isGeneral({ begins, typeAt, kinds }: Words, { scored }: Entry): boolean {
  const { start, length } = scored.candidate;
  for (let at = start; at < start + length; at++) {
    if (begins[at] === 1 && ((kinds[typeAt[at] ?? 0] ?? 0) & (KIND.verb | KIND.adverb | KIND.generic | KIND.grammar)) === 0)
      return false;
  }
  return true;
}

/** The members that differ have half of their characters in common: 外防输入 / 外防输出, but not 同舟共济 / 顽强奋斗. */
function areSeriesAlike(one: Entry, other: Entry): boolean {
  const mine = one.key.split("、");
  const its = other.key.split("、");
  if (mine.length !== its.length) return false;
  const [left, ...moreLeft] = mine.filter((member) => !its.includes(member));
  const [right, ...moreRight] = its.filter((member) => !mine.includes(member));
  if (left === undefined || right === undefined || moreLeft.length > 0 || moreRight.length > 0) return false;
  const shared = [...left].filter((sign) => right.includes(sign)).length;
  return shared * 2 >= Math.max(left.length, right.length) && left.length === right.length;
}

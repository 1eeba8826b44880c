/**
 * Variants are folded under one head: they differ in 的, 、 or ，, marks, the order of members or a leading adverb.
 * Contrasts are never folded: look-alikes that mean something else (群防群控 / 群防群治), which a fuzzy match would mix up.
 * Cost: O(total length of the strings).
 */
import type { Scored } from "./score.ts";
import { KIND } from "./words.ts";
import type { Words } from "./words.ts";

export type Folded = { readonly head: Scored; readonly variants: readonly Scored[] };

/** What variants have in common: no 的, no marks, members in the order of the alphabet. */
export function foldVariant(key: string): string {
  const bare = key.replace(/[“”‘’《》·]/gu, "");
  const members = bare.split(/[、，]/u).filter((member) => member !== "");
  // One 的 inside a phrase is a matter of style; one at an edge would not have passed the gates.
  return members
    .map((member) => (member.length > 4 ? member.replace(/(?<=..)的(?=..)/gu, "") : member))
    .sort()
    .join("");
}

/** Adverbs that only press: 坚决打赢 is 打赢. Others (全面, 依法, 集中) may belong to the wording. */
const PRESSING: ReadonlySet<string> = new Set([
  "坚决",
  "进一步",
  "切实",
  "始终",
  "努力",
  "不断",
  "继续",
  "更好",
  "尽快",
  "大力",
  "认真",
  "必须",
  "积极",
  "着力",
  "加快",
]);

/** The list in its order, each head with the later ones that say the same. */
export function foldVariants(words: Words, ranked: readonly Scored[]): readonly Folded[] {
  const heads = new Map<string, { head: Scored; variants: Scored[] }>();
  for (const scored of ranked) {
    const { key } = scored.candidate;
    const folded = foldVariant(key);
    const known = heads.get(folded) ?? findUnpressed(words, scored, heads);
    if (known) known.variants.push(scored);
    else heads.set(folded, { head: scored, variants: [] });
  }
  return [...heads.values()];
}

function findUnpressed(
  words: Words,
  { candidate }: Scored,
  heads: ReadonlyMap<string, { head: Scored; variants: Scored[] }>,
): { head: Scored; variants: Scored[] } | undefined {
  const { start, length, key, distinct } = candidate;
  let first = 1;
  while (first < length && words.begins[start + first] !== 1) first++;
  const type = words.typeAt[start] ?? 0;
  if (((words.kinds[type] ?? 0) & KIND.adverb) === 0 || !PRESSING.has(words.types[type] ?? "")) return undefined;
  const found = heads.get(foldVariant([...key].slice(first).join("")));
  return found && found.head.candidate.distinct > distinct ? found : undefined;
}

const CONTRAST_SHORTEST = 4;
const CONTRAST_LONGEST = 16;
const MOST_CONTRASTS = 8;
const NOT_TELLING = /[\d一二两三四五六七八九十]/u;

/** For each string those that differ from it by one character, and series that share a member but not its partner. */
export function findContrasts(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const contrasts = new Map<string, Set<string>>();
  const link = (one: string, other: string): void => {
    if (one === other || foldVariant(one) === foldVariant(other) || one.includes(other) || other.includes(one)) return;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const linked = contrasts.get(from) ?? new Set<string>();
      if (linked.size < MOST_CONTRASTS) linked.add(to);
      contrasts.set(from, linked);
    }
  };
  const byGap = new Map<string, string[]>();
  const byMember = new Map<string, string[]>();
  for (const key of keys) {
    const characters = [...key];
    if (characters.length >= CONTRAST_SHORTEST && characters.length <= CONTRAST_LONGEST) {
      characters.forEach((character, place) => {
        if (NOT_TELLING.test(character)) return;
        const gap = [...characters.slice(0, place), "\u0000", ...characters.slice(place + 1)].join("");
        byGap.set(gap, [...(byGap.get(gap) ?? []), key]);
      });
    }
    const members = key.split("、");
    if (members.length >= 2) {
      for (const member of members) {
        const name = `${members.length} ${member}`;
        if (member.length >= CONTRAST_SHORTEST) byMember.set(name, [...(byMember.get(name) ?? []), key]);
      }
    }
  }
  for (const group of [...byGap.values(), ...byMember.values()]) {
    const few = group.slice(0, MOST_CONTRASTS);
    few.forEach((one, place) => few.slice(place + 1).forEach((other) => link(one, other)));
  }
  return new Map([...contrasts].map(([key, linked]) => [key, [...linked]]));
}

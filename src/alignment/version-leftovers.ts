/**
 * Lines too short for pairs of characters to tell anything (同志们： and 同志： have none in common): two that stand alone,
 * behind the same pair or at the beginning of both texts, belong together when they share half of their characters.
 * Guarantee: only paragraphs that stood alone are paired, one with one. Cost: O(paragraphs).
 */
import { matchKey } from "../text/match-key.ts";
import type { BeadRange } from "./bead-shapes.ts";
import type { PieceInput } from "./version-pieces.ts";

/** Characters; longer lines say enough by themselves. */
const LONGEST = 8;
const LEAST_SHARED = 0.5;
const MARKS = /[\p{P}\p{S}\s]/gu;

export function pairLeftovers(
  { first, second }: Pick<PieceInput, "first" | "second">,
  groups: readonly (BeadRange & { readonly moved: boolean })[],
): readonly BeadRange[] {
  const ends = new Map(groups.flatMap(({ i1, j1, moved }) => (moved ? [] : [[i1, j1] as const])));
  const taken = { first: new Set<number>(), second: new Set<number>() };
  for (const { i0, i1, j0, j1 } of groups) {
    for (let i = i0; i < i1; i++) taken.first.add(i);
    for (let j = j0; j < j1; j++) taken.second.add(j);
  }
  ends.set(0, 0);
  const pairs: BeadRange[] = [];
  for (const i of first.keys()) {
    const j = ends.get(i);
    if (j === undefined || j >= second.length || taken.first.has(i) || taken.second.has(j)) continue;
    if (!areAlike(readSigns(first[i] ?? ""), readSigns(second[j] ?? ""))) continue;
    pairs.push({ i0: i, i1: i + 1, j0: j, j1: j + 1 });
    taken.second.add(j);
    ends.set(i + 1, j + 1);
  }
  return pairs;
}

const readSigns = (text: string): readonly string[] => [...matchKey(text).replace(MARKS, "")];

function areAlike(one: readonly string[], other: readonly string[]): boolean {
  if (Math.max(one.length, other.length) > LONGEST) return false;
  const [own, others] = [new Set(one), new Set(other)];
  const shared = [...own].filter((sign) => others.has(sign)).length;
  return shared > 0 && shared >= LEAST_SHARED * Math.max(own.size, others.size);
}

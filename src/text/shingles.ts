/**
 * Shingles: the set of a text's overlapping pieces of k characters, to find copies and near-copies.
 *
 * After Broder (1997), "On the resemblance and containment of documents": two texts are copies when the shorter
 * one's shingles lie for the most part in the longer one's. Exact sets, no sketches: official documents are short.
 * Cost: O(length) time and memory to build, O(shorter) to compare.
 */
import { matchKey } from "./match-key.ts";

export const SHINGLE_LENGTH = 5;

/** Marks and white space say nothing about whether two texts are copies: damage and house style change them. */
const NOT_COMPARED = /[\p{P}\p{S}\s]/gu;

export function makeShingles(text: string, length = SHINGLE_LENGTH): ReadonlySet<string> {
  const key = matchKey(text).replace(NOT_COMPARED, "");
  const shingles = new Set<string>();
  if (key.length > 0 && key.length <= length) shingles.add(key);
  for (let at = 0; at + length <= key.length; at++) shingles.add(key.slice(at, at + length));
  return shingles;
}

/** Share of the smaller set that the larger one holds, 0 to 1; 0 when either is empty. */
export function measureContainment(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared++;
  return shared / small.size;
}

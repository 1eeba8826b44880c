/**
 * Which candidates lie inside which: the tree of a list of strings, and the occurrences outside anything longer.
 *
 * Cost: O(length²) substrings for each string of the list, which are short; O(n + occurrences) for the coverage.
 */
import type { Candidate, Material } from "./candidates.ts";

/** For each string of the list the longer ones that contain it. */
export function findParents(keys: Iterable<string>, containers: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  for (const key of keys) parents.set(key, []);
  for (const container of containers) {
    const seen = new Set<string>();
    for (let start = 0; start < container.length; start++) {
      for (let end = start + 2; end <= container.length; end++) {
        if (end - start === container.length) continue;
        const piece = container.slice(start, end);
        const found = parents.get(piece);
        if (!found || seen.has(piece)) continue;
        seen.add(piece);
        found.push(container);
      }
    }
  }
  return parents;
}

/** Those parents that contain none of the others: 党中央决策部署, but not 贯彻党中央决策部署. */
export function findClosest(parents: readonly string[]): readonly string[] {
  const closest: string[] = [];
  for (const parent of [...parents].sort((one, other) => one.length - other.length)) {
    if (!closest.some((shorter) => parent.includes(shorter))) closest.push(parent);
  }
  return closest;
}

/** Whether an occurrence [start, end) lies inside a longer occurrence of an accepted candidate. */
export type Coverage = (start: number, end: number) => boolean;

export function coverCorpus({ corpus }: Material, accepted: readonly Candidate[]): Coverage {
  // Farthest end of the accepted occurrences that begin here, and of those that begin here or earlier.
  const here = new Int32Array(corpus.codes.length + 1);
  for (const { first, end, length } of accepted) {
    for (let i = first; i < end; i++) {
      const start = corpus.suffixes[i] ?? 0;
      if ((here[start] ?? 0) < start + length) here[start] = start + length;
    }
  }
  const earlier = new Int32Array(corpus.codes.length + 1);
  for (let at = 1; at < earlier.length; at++) earlier[at] = Math.max(earlier[at - 1] ?? 0, here[at - 1] ?? 0);
  return (start, end) => (earlier[start] ?? 0) >= end || (here[start] ?? 0) > end;
}

/** Distinct occurrences that are not covered. */
export function countIndependent({ corpus, copies }: Material, candidate: Candidate, isCovered: Coverage): number {
  let count = 0;
  for (let i = candidate.first; i < candidate.end; i++) {
    const start = corpus.suffixes[i] ?? 0;
    if (copies.counted[start] === 1 && !isCovered(start, start + candidate.length)) count++;
  }
  return count;
}

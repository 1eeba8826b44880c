/** The list of an alignment's groups: values that are never changed. Cost: O(groups) for a new list. */
import type { AlignmentGroup } from "../model/alignment.ts";

export function isEmpty(group: AlignmentGroup): boolean {
  return group.source.length === 0 && group.target.length === 0;
}

/** An id no group has, made from one that exists, so that the same step gives the same ids wherever it is done. */
export function makeId(groups: readonly AlignmentGroup[], near: string): string {
  const taken = new Set(groups.map((group) => group.id));
  const stem = near.replace(/~\d+$/u, "");
  let number = 1;
  while (taken.has(`${stem}~${number}`)) number++;
  return `${stem}~${number}`;
}

export function replaceGroups(
  groups: readonly AlignmentGroup[],
  range: { readonly first: number; readonly count: number },
  by: readonly AlignmentGroup[],
): readonly AlignmentGroup[] {
  return [...groups.slice(0, range.first), ...by, ...groups.slice(range.first + range.count)];
}

/**
 * What a person put on a row besides its sentences, and what becomes of it when the sentences change: bookmark, notes,
 * the mark "doubtful" and who touched it stay; the automatic verdict and an omission mark were about other sentences; a
 * pin holds as long as the two sentences still begin the row.
 */
import type { AlignmentGroup } from "../model/alignment.ts";

export type GroupMarks = { readonly [Key in MarkName]?: AlignmentGroup[Key] | undefined };
type MarkName = "omission" | "bookmark" | "doubtful" | "pinned" | "moved" | "notes" | "touchedBy";

/** The group with exactly these marks; a mark that is not set is not there at all. */
export function withMarks(group: AlignmentGroup, marks: GroupMarks): AlignmentGroup {
  const { id, source, target, confidence, anchors, status } = group;
  return {
    id,
    source,
    target,
    confidence,
    anchors,
    status,
    ...(marks.omission ? { omission: marks.omission } : {}),
    ...(marks.bookmark ? { bookmark: true } : {}),
    ...(marks.doubtful ? { doubtful: true } : {}),
    ...(marks.pinned ? { pinned: true } : {}),
    ...(marks.moved === undefined ? {} : { moved: marks.moved }),
    ...(marks.notes && marks.notes.length > 0 ? { notes: marks.notes } : {}),
    ...(marks.touchedBy && marks.touchedBy.length > 0 ? { touchedBy: marks.touchedBy } : {}),
  };
}

/** A group with segments set by hand. */
export function withSegments(group: AlignmentGroup, source: readonly string[], target: readonly string[]): AlignmentGroup {
  const { bookmark, doubtful, notes, touchedBy } = group;
  const pinned = group.pinned && isSameStart(group.source, source) && isSameStart(group.target, target);
  const changed = { id: group.id, source, target, confidence: 0, anchors: [], status: "automatic" as const };
  return withMarks(changed, { bookmark, doubtful, pinned, notes, touchedBy });
}

function isSameStart(before: readonly string[], after: readonly string[]): boolean {
  return before[0] !== undefined && before[0] === after[0];
}

/** What was said of a row that is gone goes on with the one that took its sentences. */
export function absorbMarks(taker: AlignmentGroup, gone: AlignmentGroup): AlignmentGroup {
  return withMarks(taker, {
    omission: taker.omission,
    bookmark: taker.bookmark ?? gone.bookmark,
    doubtful: taker.doubtful ?? gone.doubtful,
    pinned: taker.pinned,
    moved: taker.moved,
    notes: [...(taker.notes ?? []), ...(gone.notes ?? [])].toSorted((one, other) => (one.at < other.at ? -1 : 1)),
    touchedBy: [...new Set([...(gone.touchedBy ?? []), ...(taker.touchedBy ?? [])])],
  });
}

/** Every group that is not as it was bears the name of the person who changed it. */
export function stampTouched(
  before: readonly AlignmentGroup[],
  after: readonly AlignmentGroup[],
  author: string,
): readonly AlignmentGroup[] {
  const old = new Set(before);
  return after.map((group) => {
    if (old.has(group) || group.touchedBy?.at(-1) === author) return group;
    return { ...group, touchedBy: [...(group.touchedBy ?? []).filter((name) => name !== author), author] };
  });
}

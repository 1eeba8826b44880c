/**
 * What a person says of a row without touching its sentences: settled or not, locked, left out, doubtful, bookmarked,
 * pinned, remarked on. Pure; a locked row takes only a bookmark, a note, or to be unlocked.
 */
import type { AlignmentGroup, RowNote } from "../model/alignment.ts";
import type { Groups, Outcome } from "./edit-operations.ts";
import { isEmpty, replaceGroups } from "./group-list.ts";
import { withMarks } from "./group-marks.ts";

export function mark(groups: Groups, at: number, omission: "omitted" | "added" | undefined): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked") return "locked-group";
  if (isEmpty(group)) return "empty-group";
  if (group.omission === omission) return "no-change";
  if (omission && (omission === "omitted" ? group.target : group.source).length > 0) return "both-sides-present";
  const marked = withMarks(group, { ...group, omission });
  return replaceGroups(groups, { first: at, count: 1 }, [marked]);
}

export function confirm(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (group && isEmpty(group)) return "empty-group";
  const settled = changeStatus(groups, at, { from: "automatic", to: "confirmed" });
  const confirmed = typeof settled === "string" ? undefined : settled[at];
  if (!confirmed?.doubtful) return settled;
  return replaceGroups(groups, { first: at, count: 1 }, [withMarks(confirmed, { ...confirmed, doubtful: false })]);
}

/** Rows that somebody marked as doubtful are not confirmed in passing. */
export function confirmUpTo(groups: Groups, at: number): Outcome {
  let changed = false;
  const confirmed = groups.map((group, index): AlignmentGroup => {
    if (index > at || group.status !== "automatic" || group.doubtful || isEmpty(group)) return group;
    changed = true;
    return { ...group, status: "confirmed" };
  });
  return changed ? confirmed : "no-change";
}

export function lock(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (isEmpty(group)) return "empty-group";
  if (group.status === "locked") return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [{ ...group, status: "locked" }]);
}

type StatusChange = { readonly from: AlignmentGroup["status"]; readonly to: AlignmentGroup["status"] };

export function changeStatus(groups: Groups, at: number, change: StatusChange): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked" && change.from !== "locked") return "locked-group";
  if (group.status !== change.from) return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [{ ...group, status: change.to }]);
}

export function bookmark(groups: Groups, at: number, wanted: boolean): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if ((group.bookmark ?? false) === wanted) return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [withMarks(group, { ...group, bookmark: wanted })]);
}

/** What is doubtful is not confirmed. */
export function markDoubtful(groups: Groups, at: number, wanted: boolean): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked") return "locked-group";
  if ((group.doubtful ?? false) === wanted) return "no-change";
  const marked = withMarks(group, { ...group, doubtful: wanted });
  return replaceGroups(groups, { first: at, count: 1 }, [wanted ? { ...marked, status: "automatic" } : marked]);
}

export function unpin(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (!group?.pinned) return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [withMarks(group, { ...group, pinned: false })]);
}

export function editNote(groups: Groups, at: number, { id, text, author, at: time }: RowNote): Outcome {
  const group = groups[at];
  const before = group?.notes?.find((note) => note.id === id);
  if (!group) return "unknown-group";
  if (!before) return "unknown-note";
  if (before.text === text) return "no-change";
  const earlier = [...(before.earlier ?? []), { text: before.text, author: before.author, at: before.at }];
  const notes = (group.notes ?? []).map((note) => (note === before ? { id, text, author, at: time, earlier } : note));
  return replaceGroups(groups, { first: at, count: 1 }, [withMarks(group, { ...group, notes })]);
}

export function setNotes(groups: Groups, at: number, change: (notes: readonly RowNote[]) => readonly RowNote[]): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  const notes = change(group.notes ?? []);
  if (notes.length === (group.notes ?? []).length) return "unknown-note";
  return replaceGroups(groups, { first: at, count: 1 }, [withMarks(group, { ...group, notes })]);
}

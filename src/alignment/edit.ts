/**
 * What a person does to an alignment: each operation is a pure function from one state to the next.
 *
 * Invariants, for every operation on every state: each side's segments, read from top to bottom, stay the same
 * sequence; a locked group is never changed; an operation that cannot be done is a returned refusal, and the
 * state stays as it was. A group whose segments change by hand has nothing left of the automatic verdict:
 * confidence 0, no anchors, not confirmed, no omission mark.
 * Cost: O(groups) per operation, for the new array; groups that are not touched are shared with the old state.
 */
import type { AlignmentGroup, AlignmentState } from "../model/alignment.ts";

export type Side = "source" | "target";

/** `group` is the id of the group the operation is asked for. */
export type EditOperation =
  | { readonly kind: "merge-previous" | "merge-next"; readonly group: string }
  /** The first `sourceAt` and `targetAt` segments stay, the rest becomes a group of its own below. */
  | { readonly kind: "split"; readonly group: string; readonly sourceAt: number; readonly targetAt: number }
  /** `count`: how many sentences, counted from the border that they cross; one when it is not given. */
  | {
      readonly kind: "move-first-up" | "move-last-down";
      readonly group: string;
      readonly side: Side;
      readonly count?: number | undefined;
    }
  /** Down: this cell and all below it move one row down. Up: they move one row up, this cell joins the one above. */
  | { readonly kind: "shift-down" | "shift-up"; readonly group: string; readonly side: Side }
  | { readonly kind: "insert-empty-above" | "insert-empty-below"; readonly group: string }
  | { readonly kind: "remove-empty"; readonly group: string }
  | { readonly kind: "mark-omitted" | "mark-added" | "unmark"; readonly group: string }
  | { readonly kind: "confirm" | "confirm-up-to" | "unconfirm" | "lock" | "unlock"; readonly group: string }
  | { readonly kind: "bookmark" | "unbookmark"; readonly group: string };

export type EditRefusal =
  | "unknown-group"
  | "locked-group"
  /** A shift of the rest would change a group that a person has confirmed. */
  | "confirmed-group"
  | "no-neighbour"
  | "nothing-to-move"
  | "nothing-to-split"
  | "both-sides-present"
  | "empty-group"
  | "not-empty"
  | "no-change";

/** The name of an undo step (`align:step.<code>`); rows are 1-based as the page numbers them before the step. */
export type EditStep = { readonly code: EditOperation["kind"] | "realign"; readonly values: Readonly<Record<string, number>> };

export type EditResult =
  | { readonly ok: true; readonly state: AlignmentState; readonly step: EditStep }
  | { readonly ok: false; readonly refusal: EditRefusal };

type Groups = readonly AlignmentGroup[];
type Outcome = Groups | EditRefusal;

/** Does one operation, or says why it cannot be done. */
export function editAlignment(state: AlignmentState, operation: EditOperation): EditResult {
  const at = state.groups.findIndex((group) => group.id === operation.group);
  const group = state.groups[at];
  if (!group) return { ok: false, refusal: "unknown-group" };
  const outcome = applyOperation(state.groups, at, operation);
  if (typeof outcome === "string") return { ok: false, refusal: outcome };
  return { ok: true, state: { groups: outcome }, step: { code: operation.kind, values: { row: at + 1 } } };
}

function applyOperation(groups: Groups, at: number, operation: EditOperation): Outcome {
  switch (operation.kind) {
    case "merge-previous":
      return mergeGroups(groups, at - 1);
    case "merge-next":
      return mergeGroups(groups, at);
    case "split":
      return splitGroup(groups, at, operation);
    case "move-first-up":
      return moveSegments(groups, { from: at, to: at - 1, side: operation.side, count: operation.count ?? 1 });
    case "move-last-down":
      return moveSegments(groups, { from: at, to: at + 1, side: operation.side, count: operation.count ?? 1 });
    case "shift-down":
      return shiftDown(groups, at, operation.side);
    case "shift-up":
      return shiftUp(groups, at, operation.side);
    case "insert-empty-above":
      return insertEmpty(groups, at);
    case "insert-empty-below":
      return insertEmpty(groups, at + 1);
    case "remove-empty":
      return removeEmpty(groups, at);
    case "mark-omitted":
      return mark(groups, at, "omitted");
    case "mark-added":
      return mark(groups, at, "added");
    case "unmark":
      return mark(groups, at, undefined);
    case "confirm":
      return confirm(groups, at);
    case "confirm-up-to":
      return confirmUpTo(groups, at);
    case "unconfirm":
      return changeStatus(groups, at, { from: "confirmed", to: "automatic" });
    case "lock":
      return lock(groups, at);
    case "unlock":
      return changeStatus(groups, at, { from: "locked", to: "confirmed" });
    case "bookmark":
      return bookmark(groups, at, true);
    case "unbookmark":
      return bookmark(groups, at, false);
  }
}

function isEmpty(group: AlignmentGroup): boolean {
  return group.source.length === 0 && group.target.length === 0;
}

/** A group with segments set by hand: the automatic verdict was about other segments. The bookmark stays. */
function withSegments(group: AlignmentGroup, source: readonly string[], target: readonly string[]): AlignmentGroup {
  const changed = { id: group.id, source, target, confidence: 0, anchors: [], status: "automatic" as const };
  return withMarks(changed, { bookmark: group.bookmark });
}

type Marks = { readonly omission?: AlignmentGroup["omission"] | undefined; readonly bookmark?: boolean | undefined };

/** The group with exactly these marks; a mark that is not set is not there at all. */
function withMarks(group: AlignmentGroup, marks: Marks): AlignmentGroup {
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
  };
}

function withSide(group: AlignmentGroup, side: Side, segments: readonly string[]): AlignmentGroup {
  return side === "source" ? withSegments(group, segments, group.target) : withSegments(group, group.source, segments);
}

/** An id no group has, made from one that exists, so that the same step gives the same ids wherever it is done. */
function makeId(groups: Groups, near: string): string {
  const taken = new Set(groups.map((group) => group.id));
  const stem = near.replace(/~\d+$/u, "");
  let number = 1;
  while (taken.has(`${stem}~${number}`)) number++;
  return `${stem}~${number}`;
}

function replaceGroups(groups: Groups, range: { first: number; count: number }, by: Groups): Groups {
  return [...groups.slice(0, range.first), ...by, ...groups.slice(range.first + range.count)];
}

function mergeGroups(groups: Groups, first: number): Outcome {
  const upper = groups[first];
  const lower = groups[first + 1];
  if (!upper || !lower) return "no-neighbour";
  if (upper.status === "locked" || lower.status === "locked") return "locked-group";
  const merged = withSegments(upper, [...upper.source, ...lower.source], [...upper.target, ...lower.target]);
  const marked = (upper.bookmark ?? lower.bookmark) ? { ...merged, bookmark: true } : merged;
  return replaceGroups(groups, { first, count: 2 }, [marked]);
}

function splitGroup(groups: Groups, at: number, place: { sourceAt: number; targetAt: number }): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked") return "locked-group";
  const { sourceAt, targetAt } = place;
  const upper = withSegments(group, group.source.slice(0, sourceAt), group.target.slice(0, targetAt));
  const lower = withSegments(group, group.source.slice(sourceAt), group.target.slice(targetAt));
  const inRange =
    Number.isInteger(sourceAt) &&
    Number.isInteger(targetAt) &&
    sourceAt >= 0 &&
    targetAt >= 0 &&
    sourceAt <= group.source.length &&
    targetAt <= group.target.length;
  if (!inRange || isEmpty(upper) || isEmpty(lower)) return "nothing-to-split";
  return replaceGroups(groups, { first: at, count: 1 }, [upper, { ...withMarks(lower, {}), id: makeId(groups, group.id) }]);
}

/** Moves the segments next to the border; a group that gives its last segment away disappears. */
function moveSegments(groups: Groups, move: { from: number; to: number; side: Side; count: number }): Outcome {
  const giver = groups[move.from];
  const taker = groups[move.to];
  if (!giver) return "unknown-group";
  if (!taker) return "no-neighbour";
  if (giver.status === "locked" || taker.status === "locked") return "locked-group";
  const segments = giver[move.side];
  if (!Number.isInteger(move.count) || move.count < 1 || move.count > segments.length) return "nothing-to-move";
  const up = move.to < move.from;
  const cut = up ? move.count : segments.length - move.count;
  const [upper, lower] = [segments.slice(0, cut), segments.slice(cut)];
  const rest = withSide(giver, move.side, up ? lower : upper);
  const joined = withSide(taker, move.side, up ? [...taker[move.side], ...upper] : [...lower, ...taker[move.side]]);
  const kept = isEmpty(rest) ? [] : [rest];
  return replaceGroups(groups, { first: Math.min(move.from, move.to), count: 2 }, up ? [joined, ...kept] : [...kept, joined]);
}

/** Only what is still automatic may be moved in bulk: a confirmed pair is somebody's word. */
function refuseShift(groups: Groups): EditRefusal | undefined {
  if (groups.some((group) => group.status === "locked")) return "locked-group";
  return groups.some((group) => group.status === "confirmed") ? "confirmed-group" : undefined;
}

function shiftDown(groups: Groups, at: number, side: Side): Outcome {
  const rest = groups.slice(at);
  const refusal = refuseShift(rest);
  if (refusal) return refusal;
  if (rest.every((group) => group[side].length === 0)) return "nothing-to-move";
  const shifted = rest.map((group, index) => withSide(group, side, index === 0 ? [] : (rest[index - 1]?.[side] ?? [])));
  const last = rest.at(-1);
  if (last && last[side].length > 0) {
    const below = withSide(withSegments(last, [], []), side, last[side]);
    shifted.push({ ...withMarks(below, {}), id: makeId(groups, last.id) });
  }
  return [...groups.slice(0, at), ...shifted.filter((group) => !isEmpty(group))];
}

function shiftUp(groups: Groups, at: number, side: Side): Outcome {
  if (at === 0) return "no-neighbour";
  const first = at - 1;
  const rest = groups.slice(first);
  const refusal = refuseShift(rest);
  if (refusal) return refusal;
  if (rest.slice(1).every((group) => group[side].length === 0)) return "nothing-to-move";
  const shifted = rest.map((group, index) => {
    const next = rest[index + 1]?.[side] ?? [];
    return withSide(group, side, index === 0 ? [...group[side], ...next] : next);
  });
  return [...groups.slice(0, first), ...shifted.filter((group) => !isEmpty(group))];
}

function insertEmpty(groups: Groups, at: number): Outcome {
  const near = groups[Math.min(at, groups.length - 1)];
  if (!near) return "unknown-group";
  const empty: AlignmentGroup = {
    id: makeId(groups, near.id),
    source: [],
    target: [],
    confidence: 0,
    anchors: [],
    status: "automatic",
  };
  return replaceGroups(groups, { first: at, count: 0 }, [empty]);
}

function removeEmpty(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked") return "locked-group";
  return isEmpty(group) ? replaceGroups(groups, { first: at, count: 1 }, []) : "not-empty";
}

function mark(groups: Groups, at: number, omission: "omitted" | "added" | undefined): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked") return "locked-group";
  if (isEmpty(group)) return "empty-group";
  if (group.omission === omission) return "no-change";
  if (omission && (omission === "omitted" ? group.target : group.source).length > 0) return "both-sides-present";
  const marked = withMarks(group, { omission, bookmark: group.bookmark });
  return replaceGroups(groups, { first: at, count: 1 }, [marked]);
}

function confirm(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (group && isEmpty(group)) return "empty-group";
  return changeStatus(groups, at, { from: "automatic", to: "confirmed" });
}

function confirmUpTo(groups: Groups, at: number): Outcome {
  let changed = false;
  const confirmed = groups.map((group, index): AlignmentGroup => {
    if (index > at || group.status !== "automatic" || isEmpty(group)) return group;
    changed = true;
    return { ...group, status: "confirmed" };
  });
  return changed ? confirmed : "no-change";
}

function lock(groups: Groups, at: number): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (isEmpty(group)) return "empty-group";
  if (group.status === "locked") return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [{ ...group, status: "locked" }]);
}

type StatusChange = { readonly from: AlignmentGroup["status"]; readonly to: AlignmentGroup["status"] };

function changeStatus(groups: Groups, at: number, change: StatusChange): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if (group.status === "locked" && change.from !== "locked") return "locked-group";
  if (group.status !== change.from) return "no-change";
  return replaceGroups(groups, { first: at, count: 1 }, [{ ...group, status: change.to }]);
}

function bookmark(groups: Groups, at: number, wanted: boolean): Outcome {
  const group = groups[at];
  if (!group) return "unknown-group";
  if ((group.bookmark ?? false) === wanted) return "no-change";
  const marked = withMarks(group, { omission: group.omission, bookmark: wanted });
  return replaceGroups(groups, { first: at, count: 1 }, [marked]);
}

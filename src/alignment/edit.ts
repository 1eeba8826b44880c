/**
 * What a person does to an alignment: each operation is a pure function from one state to the next.
 *
 * Invariants, for every operation on every state: each side's segments, read from top to bottom, stay the same
 * sequence (those that give way to split, joined or edited ones, in the same place); a locked group is never changed; an
 * operation that cannot be done is a returned refusal, and the state stays as it was. A group whose segments change by
 * hand has nothing left of the automatic verdict: confidence 0, no anchors, not confirmed, no omission mark. Its notes,
 * bookmark and the like stay (group-marks.ts).
 * Cost: O(groups) per operation, for the new array; groups that are not touched are shared with the old state.
 */
import type { AlignmentGroup, AlignmentState } from "../model/alignment.ts";
import {
  bookmark,
  changeStatus,
  confirm,
  confirmUpTo,
  editNote,
  lock,
  mark,
  markDoubtful,
  setNotes,
  unpin,
} from "./edit-marks.ts";
import type { EditOperation, EditRefusal, EditResult, Groups, Outcome, Side } from "./edit-operations.ts";
import { isEmpty, makeId, replaceGroups } from "./group-list.ts";
import { absorbMarks, withMarks, withSegments } from "./group-marks.ts";

export type { EditOperation, EditRefusal, EditResult, EditStep, SentenceStep, Side } from "./edit-operations.ts";

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
    case "mark-doubtful":
      return markDoubtful(groups, at, true);
    case "unmark-doubtful":
      return markDoubtful(groups, at, false);
    case "unpin":
      return unpin(groups, at);
    case "add-note":
      return setNotes(groups, at, (notes) => [...notes, operation.note]);
    case "edit-note":
      return editNote(groups, at, operation.note);
    case "remove-note":
      return setNotes(groups, at, (notes) => notes.filter(({ id }) => id !== operation.note));
    case "split-sentence":
    case "join-sentences":
    case "edit-sentence":
    case "restore-sentence":
      return replaceSentences(groups, at, operation);
  }
}

function withSide(group: AlignmentGroup, side: Side, segments: readonly string[]): AlignmentGroup {
  return side === "source" ? withSegments(group, segments, group.target) : withSegments(group, group.source, segments);
}

function mergeGroups(groups: Groups, first: number): Outcome {
  const upper = groups[first];
  const lower = groups[first + 1];
  if (!upper || !lower) return "no-neighbour";
  if (upper.status === "locked" || lower.status === "locked") return "locked-group";
  const merged = withSegments(upper, [...upper.source, ...lower.source], [...upper.target, ...lower.target]);
  return replaceGroups(groups, { first, count: 2 }, [absorbMarks(merged, lower)]);
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
  const below = { ...withMarks(lower, { touchedBy: group.touchedBy }), id: makeId(groups, group.id) };
  return replaceGroups(groups, { first: at, count: 1 }, [upper, below]);
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
  const grown = withSide(taker, move.side, up ? [...taker[move.side], ...upper] : [...lower, ...taker[move.side]]);
  const kept = isEmpty(rest) ? [] : [rest];
  const joined = isEmpty(rest) ? absorbMarks(grown, giver) : grown;
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
  return [...groups.slice(0, at), ...dropEmpty(shifted)];
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
  return [...groups.slice(0, first), ...dropEmpty(shifted)];
}

/** Rows without sentences go; what was said of them goes on with the row above, or with the one below at the top. */
function dropEmpty(groups: Groups): Groups {
  const kept: AlignmentGroup[] = [];
  let orphans: Groups = [];
  for (const group of groups) {
    const above = kept.at(-1);
    if (!isEmpty(group)) kept.push(orphans.reduce(absorbMarks, group));
    else if (above) kept.splice(-1, 1, absorbMarks(above, group));
    orphans = isEmpty(group) && !above ? [...orphans, group] : [];
  }
  return kept;
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

/** The pair stays the pair: status, confidence and marks of a row do not change with the wording of its sentences. */
function replaceSentences(
  groups: Groups,
  at: number,
  { side, removed, inserted }: { readonly side: Side; readonly removed: readonly string[]; readonly inserted: readonly string[] },
): Outcome {
  const gone = new Set(removed);
  const order = groups.flatMap((group) => group[side]);
  const first = order.indexOf(removed[0] ?? "");
  const isRun = first >= 0 && gone.size === removed.length && removed.every((id, place) => order[first + place] === id);
  if (!isRun || inserted.length === 0 || !groups[at]?.[side].some((id) => gone.has(id))) return "unknown-sentence";
  if (groups.some((group) => group.status === "locked" && group[side].some((id) => gone.has(id)))) return "locked-group";
  const changed = groups.map((group, index): AlignmentGroup => {
    const place = group[side].findIndex((id) => gone.has(id));
    if (place < 0) return group;
    const rest = group[side].filter((id) => !gone.has(id));
    if (index !== at) return withSide(group, side, rest);
    return { ...group, [side]: rest.toSpliced(place, 0, ...inserted) };
  });
  const isEmptied = (group: AlignmentGroup, index: number) => group !== groups[index] && isEmpty(group);
  const emptied = changed.filter(isEmptied);
  return changed.flatMap((group, index) => {
    if (isEmptied(group, index)) return [];
    return index === at ? [emptied.reduce(absorbMarks, group)] : [group];
  });
}

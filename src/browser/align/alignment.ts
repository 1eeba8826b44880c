/**
 * The alignment as the page holds it: the sentences of both sides once, in order, and groups that say how many of
 * them they take. Values are never changed: a step makes a new one, sharing what it left alone.
 */
import type { Anchor, GroupStatus } from "../../model/alignment.ts";

export type SideName = "source" | "target";

export type Group = {
  readonly id: string;
  readonly source: number;
  readonly target: number;
  readonly confidence: number;
  readonly anchors: readonly Anchor[];
  readonly status: GroupStatus;
  readonly omission?: "omitted" | "added";
  readonly bookmark?: boolean;
};

export type Side = {
  readonly title: string;
  readonly language: string;
  readonly date?: string;
  readonly body?: string;
  readonly texts: readonly string[];
};

export type Step = { readonly code: string; readonly row?: number };
export type Head = { readonly revision: number; readonly changedAt: string; readonly undo?: Step; readonly redo?: Step };
export type Loaded = Head & { readonly source: Side; readonly target: Side; readonly groups: readonly Group[] };
export type Change = { readonly start: number; readonly removed: number; readonly inserted: readonly Group[] };
export type News = Head & {
  readonly change?: Change;
  readonly steps: readonly (Step & { readonly author: string; readonly at: string; readonly kind: "edit" | "undo" | "redo" })[];
};

export type Alignment = {
  readonly groups: readonly Group[];
  readonly source: Side;
  readonly target: Side;
  /** Where a group's sentences begin in `texts`, one longer than the groups. */
  readonly starts: Readonly<Record<SideName, Uint32Array>>;
  readonly placeOf: ReadonlyMap<string, number>;
};

export function createAlignment(parts: Pick<Alignment, "groups" | "source" | "target">): Alignment {
  const { groups } = parts;
  const starts = { source: new Uint32Array(groups.length + 1), target: new Uint32Array(groups.length + 1) };
  const placeOf = new Map<string, number>();
  groups.forEach((group, at) => {
    starts.source[at + 1] = (starts.source[at] ?? 0) + group.source;
    starts.target[at + 1] = (starts.target[at] ?? 0) + group.target;
    placeOf.set(group.id, at);
  });
  return { ...parts, starts, placeOf };
}

export function applyChange(alignment: Alignment, { start, removed, inserted }: Change): Alignment {
  const groups = [...alignment.groups.slice(0, start), ...inserted, ...alignment.groups.slice(start + removed)];
  return createAlignment({ ...alignment, groups });
}

export function sentencesOf(alignment: Alignment, index: number, side: SideName): readonly string[] {
  const starts = alignment.starts[side];
  return alignment[side].texts.slice(starts[index], starts[index + 1]);
}

/** What stands in the last column, and what the chips count. */
export type RowState = "confirmed" | "locked" | "omitted" | "added" | "alone" | "empty" | "doubtful" | "by-hand" | "automatic";

/** Levels of confidence in words; `certain` is measured: 0.95 and more is right in at least 98 of 100. */
export type Level = "certain" | "high" | "medium" | "low";
const LEVELS = [
  ["certain", 0.95],
  ["high", 0.8],
  ["medium", 0.5],
] as const;

export function levelOf({ confidence }: Group): Level {
  return LEVELS.find(([, least]) => confidence >= least)?.[0] ?? "low";
}

export function stateOf(group: Group): RowState {
  if (group.status !== "automatic") return group.status;
  if (group.omission) return group.omission;
  if (group.source === 0 && group.target === 0) return "empty";
  if (group.source === 0 || group.target === 0) return "alone";
  // A change by hand takes the automatic verdict away.
  if (group.confidence === 0) return "by-hand";
  return levelOf(group) === "low" ? "doubtful" : "automatic";
}

export type Filter = "all" | "confirmed" | "doubtful" | "odd" | "empty" | "bookmarked";
export const FILTERS: readonly Filter[] = ["all", "confirmed", "doubtful", "odd", "empty", "bookmarked"];

export function passes(group: Group, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "confirmed":
      return group.status !== "automatic";
    case "doubtful":
      return isSuspicious(group);
    case "odd":
      return group.source !== 1 || group.target !== 1;
    case "empty":
      return group.source === 0 || group.target === 0;
    case "bookmarked":
      return group.bookmark === true;
  }
}

export function isOpen(group: Group): boolean {
  return group.status === "automatic" && group.omission === undefined;
}

/** Open, and more likely wrong than others: weak, without a partner, or empty. */
export function isSuspicious(group: Group): boolean {
  const state = stateOf(group);
  return state === "doubtful" || state === "alone" || state === "empty";
}

/** A mark that a person has set on the row itself is a decision: such rows count as done. */
export function countRows(groups: readonly Group[]): Readonly<Record<Filter | "done", number>> {
  const counts = { all: 0, confirmed: 0, doubtful: 0, odd: 0, empty: 0, bookmarked: 0, done: 0 };
  for (const group of groups) {
    for (const filter of FILTERS) if (passes(group, filter)) counts[filter] += 1;
    if (!isOpen(group)) counts.done += 1;
  }
  return counts;
}

/** Where to part the other side when a person named the sentence on one side only: the same share of its length. */
export function proportionalCut(texts: readonly string[], share: number): number {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  let best = 0;
  let passed = 0;
  let nearest = Math.abs(share);
  texts.forEach((text, at) => {
    passed += text.length;
    const distance = Math.abs(passed / Math.max(1, total) - share);
    if (distance < nearest) [best, nearest] = [at + 1, distance];
  });
  return best;
}

export function shareBefore(texts: readonly string[], cut: number): number {
  const length = (list: readonly string[]) => list.reduce((sum, text) => sum + text.length, 0);
  return length(texts.slice(0, cut)) / Math.max(1, length(texts));
}

/**
 * The alignment as the page holds it: the sentences of both sides once, in order, and groups that say how many of
 * them they take. Values are never changed: a step makes a new one, sharing what it left alone.
 */
import type { Anchor, GroupStatus, RowNote } from "../../model/alignment.ts";
import { isDoubtfulRow, isOpenRow } from "../../model/alignment-doubt.ts";

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
  readonly doubtful?: boolean;
  readonly pinned?: boolean;
  readonly moved?: string;
  readonly notes?: readonly RowNote[];
  readonly touchedBy?: readonly string[];
};

/** What a person did to the sentence, and what the document has there. */
export type SentenceChange = {
  readonly kind: "text" | "split" | "joined";
  readonly original: string;
  readonly author: string;
  readonly at: string;
};
/** An entry of the glossary with an approved rendering, and where a wording of it stands. */
export type PairedTerm = readonly [entry: string, start: number, end: number];
export type Sentence = {
  readonly text: string;
  readonly paragraph: number;
  readonly change?: SentenceChange;
  readonly terms?: readonly PairedTerm[];
};

type SideHead = { readonly title: string; readonly language: string; readonly date?: string; readonly body?: string };
export type Side = SideHead & { readonly sentences: readonly Sentence[]; readonly hasChanges: boolean };

/** A side as it comes: its sentences in columns. */
export type LoadedSide = SideHead & {
  readonly texts: readonly string[];
  readonly paragraphs: readonly number[];
  readonly changes: Readonly<Record<number, SentenceChange>>;
};

/** They come after the rows: wordings of approved pairs, by the place of the sentence. */
export type Terms = { readonly revision: number } & Readonly<Record<SideName, Readonly<Record<number, readonly PairedTerm[]>>>>;

/** So many rows in turn bear these marks and no others. */
type MarkRun = Pick<Group, "status" | "omission" | "bookmark" | "doubtful" | "pinned" | "moved" | "notes" | "touchedBy"> & {
  readonly count: number;
};

export type Step = { readonly code: string; readonly row?: number; readonly last?: number };
export type Head = { readonly revision: number; readonly changedAt: string; readonly undo?: Step; readonly redo?: Step };
export type Loaded = Head & { readonly source: LoadedSide; readonly target: LoadedSide; readonly groups: readonly Group[] };
/** A stretch of a side's sentences that gave way to another, counted from the top. */
export type SentencesChange = { readonly start: number; readonly removed: number; readonly inserted: readonly Sentence[] };
export type Change = {
  readonly start: number;
  readonly removed: number;
  readonly inserted: readonly Group[];
  /** The rows stay with their sentences, and are marked otherwise; nothing is inserted then. */
  readonly marks?: readonly MarkRun[];
  readonly sentences?: Readonly<Partial<Record<SideName, SentencesChange>>>;
};
export type News = Head & {
  readonly change?: Change;
  readonly steps: readonly (Step & { readonly author: string; readonly at: string; readonly kind: "edit" | "undo" | "redo" })[];
};

export type Alignment = {
  readonly groups: readonly Group[];
  readonly source: Side;
  readonly target: Side;
  /** Where a group's sentences begin in those of the side, one longer than the groups. */
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

export function readAlignment({ groups, source, target }: Pick<Loaded, "groups" | "source" | "target">): Alignment {
  return createAlignment({ groups, source: readSide(source), target: readSide(target) });
}

function readSide({ texts, paragraphs, changes, ...head }: LoadedSide): Side {
  const sentences = texts.map((text, at): Sentence => {
    const sentence: Sentence = { text, paragraph: paragraphs[at] ?? 0 };
    const change = changes[at];
    return change ? { ...sentence, change } : sentence;
  });
  return { ...head, sentences, hasChanges: Object.keys(changes).length > 0 };
}

/** The alignment with the terms that its sentences hold. */
export function withTerms(alignment: Alignment, terms: Terms): Alignment {
  const mark = (side: Side, found: Terms["source"]): Side => ({
    ...side,
    sentences: side.sentences.map((sentence, at) => (found[at] ? { ...sentence, terms: found[at] } : sentence)),
  });
  return { ...alignment, source: mark(alignment.source, terms.source), target: mark(alignment.target, terms.target) };
}

/** A change of marks alone written out: the rows with their new marks. */
export function writeOut(alignment: Alignment, { marks, ...change }: Change): Change {
  if (!marks) return change;
  let at = change.start;
  const inserted = marks.flatMap(({ count, ...set }) =>
    alignment.groups.slice(at, (at += count)).map(({ id, source, target, confidence, anchors }): Group => ({
      ...{ id, source, target, confidence, anchors },
      ...set,
    })),
  );
  return { ...change, inserted };
}

export function applyChange(alignment: Alignment, { start, removed, inserted, sentences }: Change): Alignment {
  const groups = [...alignment.groups.slice(0, start), ...inserted, ...alignment.groups.slice(start + removed)];
  const replace = (side: Side, change: SentencesChange | undefined): Side =>
    change
      ? { ...side, sentences: side.sentences.toSpliced(change.start, change.removed, ...change.inserted), hasChanges: true }
      : side;
  const source = replace(alignment.source, sentences?.source);
  const target = replace(alignment.target, sentences?.target);
  return createAlignment({ groups, source, target });
}

export function sentencesOf(alignment: Alignment, index: number, side: SideName): readonly Sentence[] {
  const starts = alignment.starts[side];
  return alignment[side].sentences.slice(starts[index], starts[index + 1]);
}

/** Does the sentence begin a paragraph of its document? Counted from the top of its side. */
export function beginsParagraph({ sentences }: Side, at: number): boolean {
  return sentences[at] !== undefined && sentences[at - 1]?.paragraph !== sentences[at]?.paragraph;
}

/** Rows that nobody measured: as they came with an import, or as a person made them. */
export type Unmeasured = "imported" | "by-hand";

export function unmeasuredOf({ confidence, touchedBy = [] }: Group): Unmeasured | undefined {
  if (confidence > 0) return undefined;
  return touchedBy.length === 0 ? "imported" : "by-hand";
}

/** What stands in the last column, and what the chips count. */
export type RowState =
  "confirmed" | "locked" | "omitted" | "added" | "alone" | "empty" | "moved" | "doubtful" | Unmeasured | "automatic";

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
  if (group.doubtful) return "doubtful";
  if (group.omission) return group.omission;
  if (group.source === 0 && group.target === 0) return "empty";
  if (group.source === 0 || group.target === 0) return group.moved === undefined ? "alone" : "moved";
  // A change by hand takes the automatic verdict away.
  const unmeasured = unmeasuredOf(group);
  if (unmeasured) return unmeasured;
  return levelOf(group) === "low" ? "doubtful" : "automatic";
}

export function isOpen(group: Group): boolean {
  return isOpenRow(group);
}

/** Open, and more likely wrong than others: weak, without a partner, or empty. */
export function isSuspicious(group: Group): boolean {
  return isDoubtfulRow(group, group);
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

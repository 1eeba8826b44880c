/** An alignment as the page takes it: texts once, in order, and rows that say how many of them they hold. */
import type { AlignmentGroup } from "../../model/alignment.ts";
import type { AlignmentChange, AlignmentNews, OpenAlignment, StoredAlignment } from "../../workflow/alignments.ts";
import { readStepName } from "../../workflow/alignments.ts";

/** `source` and `target` count sentences: the order of a side never changes, so counts are enough. */
export type ShownGroup = Omit<AlignmentGroup, "source" | "target"> & { readonly source: number; readonly target: number };
export type ShownChange = { readonly start: number; readonly removed: number; readonly inserted: readonly ShownGroup[] };
export type ShownStep = { readonly code: string; readonly row?: number };

export type ShownSide = {
  readonly title: string;
  readonly language: string;
  readonly date: string | undefined;
  readonly body: string | undefined;
  readonly texts: readonly string[];
};

export type ShownHead = {
  readonly revision: number;
  readonly changedAt: string;
  readonly undo: ShownStep | undefined;
  readonly redo: ShownStep | undefined;
};

export type ShownAlignment = ShownHead & {
  readonly source: ShownSide;
  readonly target: ShownSide;
  readonly groups: readonly ShownGroup[];
};

export type ShownNews = ShownHead & {
  readonly change: ShownChange | undefined;
  readonly steps: readonly (ShownStep & { readonly author: string; readonly at: string; readonly kind: string })[];
};

export function showAlignment({ alignment, source, target }: OpenAlignment): ShownAlignment {
  return {
    ...showHead(alignment),
    source: showSide(source),
    target: showSide(target),
    groups: alignment.state.groups.map(showGroup),
  };
}

function showSide({ document, texts }: OpenAlignment["source"]): ShownSide {
  return { title: document.title, language: document.language, date: document.date, body: document.body, texts };
}

export function showHead({ revision, changedAt, undo, redo }: StoredAlignment): ShownHead {
  return {
    revision,
    changedAt,
    undo: undo === undefined ? undefined : readStepName(undo),
    redo: redo === undefined ? undefined : readStepName(redo),
  };
}

export function showChange({ start, removed, inserted }: AlignmentChange): ShownChange {
  return { start, removed, inserted: inserted.map(showGroup) };
}

export function showNews({ alignment, change, steps }: AlignmentNews): ShownNews {
  return {
    ...showHead(alignment),
    change: change && showChange(change),
    steps: steps.map(({ name, author, at, kind }) => ({ ...readStepName(name), author, at, kind })),
  };
}

function showGroup(group: AlignmentGroup): ShownGroup {
  return {
    ...group,
    source: group.source.length,
    target: group.target.length,
    confidence: Math.round(group.confidence * 1000) / 1000,
  };
}

/** Alignments of stored documents: made by a job, opened with their texts, and what others did to one meanwhile. */
import type { AlignmentGroup, AlignmentState, AlignmentText, Bead, Crossing } from "../model/alignment.ts";
import type { GroupMarks } from "../alignment/group-marks.ts";
import { nameMoved } from "../alignment/realign.ts";
import type { Job } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";
import type { AlignmentStep, StoredAlignment } from "../storage/alignment-store.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import { findDifference } from "../storage/sql/alignment-difference.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { getDocument, loadAlignedSides, namedSentences } from "./alignment-texts.ts";
import type { AlignedSide, SideName } from "./alignment-texts.ts";
import { createAlignment } from "./alignment-units.ts";
import { listTermPairs } from "./glossary-file.ts";

export type { AlignmentSummary, StoredAlignment } from "../storage/alignment-store.ts";
export type { AlignedSide } from "./alignment-texts.ts";

export type AlignRequest = {
  readonly projectId: string;
  readonly sourceDocumentId: string;
  readonly targetDocumentId: string;
  readonly author: string;
};

/** An alignment with its texts; undefined when there is none in this project. */
export async function openAlignment(
  application: Application,
  { projectId, alignmentId }: { readonly projectId: string; readonly alignmentId: string },
): Promise<OpenAlignment | undefined> {
  const alignment = await application.stores.alignments.find(alignmentId);
  if (alignment?.projectId !== projectId) return undefined;
  const { source, target } = await loadAlignedSides(application, alignment);
  return { alignment, source, target };
}

export type OpenAlignment = { readonly alignment: StoredAlignment; readonly source: AlignedSide; readonly target: AlignedSide };

/** One stretch of groups that was replaced by another: all a page needs to follow a step. */
export type AlignmentChange = {
  readonly start: number;
  readonly removed: number;
  readonly inserted: readonly AlignmentGroup[];
  /** The same rows with the same sentences, marked otherwise: how many in turn bear which marks. */
  readonly marks?: readonly MarkRun[];
  /** Sentences of a side that gave way to others: somebody split, joined or edited some. */
  readonly sentences?: Readonly<Partial<Record<SideName, SentencesChange>>>;
};

/** `start` counts the sentences of the side from the top. */
export type SentencesChange = { readonly start: number; readonly removed: number; readonly inserted: readonly string[] };

export type MarkRun = GroupMarks & { readonly count: number; readonly status: AlignmentGroup["status"] };

/** From so many rows on a change of marks alone is told as runs: a thousand confirmed rows are one. */
const MANY_ROWS = 20;

function findMarkRuns(removed: readonly AlignmentGroup[], inserted: readonly AlignmentGroup[]): readonly MarkRun[] | undefined {
  if (inserted.length < MANY_ROWS || removed.length !== inserted.length) return undefined;
  const runs: MarkRun[] = [];
  let last = "";
  for (const [at, group] of inserted.entries()) {
    const before = removed[at];
    if (!before || !isSameBead(before, group)) return undefined;
    const { omission, bookmark, doubtful, pinned, moved, notes, touchedBy, status } = group;
    const marks = { status, omission, bookmark, doubtful, pinned, moved, notes, touchedBy };
    const key = JSON.stringify(marks);
    const run = runs.at(-1);
    if (run && key === last) runs.splice(-1, 1, { ...run, count: run.count + 1 });
    else runs.push({ count: 1, ...marks });
    last = key;
  }
  return runs;
}

function isSameBead(one: AlignmentGroup, other: AlignmentGroup): boolean {
  if (one.id !== other.id || one.confidence !== other.confidence) return false;
  const isSame = (first: readonly unknown[], second: readonly unknown[]) =>
    first === second || JSON.stringify(first) === JSON.stringify(second);
  return isSame(one.source, other.source) && isSame(one.target, other.target) && isSame(one.anchors, other.anchors);
}

export function describeChange(before: AlignmentState, after: AlignmentState): AlignmentChange {
  const { start, removed, inserted } = findDifference(before.groups, after.groups);
  const above = { groups: before.groups.slice(0, start) };
  const compare = (side: SideName): SentencesChange | undefined => {
    const change = compareSentences(namedSentences({ groups: removed }, side), namedSentences({ groups: inserted }, side));
    return change && { ...change, start: change.start + namedSentences(above, side).length };
  };
  const [source, target] = [compare("source"), compare("target")];
  const sentences = { ...(source ? { source } : {}), ...(target ? { target } : {}) };
  const marks = findMarkRuns(removed, inserted);
  return {
    ...{ start, removed: removed.length, inserted },
    ...(marks ? { marks } : {}),
    ...(source || target ? { sentences } : {}),
  };
}

function compareSentences(before: readonly string[], after: readonly string[]): SentencesChange | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return undefined;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, removed: before.length - tail - start, inserted: after.slice(start, after.length - tail) };
}

/** Pairs that speak for a bead: Chinese terms with their renderings. */
export async function loadTermPairs(
  application: Application,
  { projectId, from, to }: { readonly projectId: string; readonly from: LanguageTag; readonly to: LanguageTag },
): Promise<readonly { readonly source: string; readonly target: string }[]> {
  const { concepts } = await application.stores.concepts.loadGlossary(projectId);
  return listTermPairs(concepts, { from, to });
}

/** Groups out of beads; the ids are new and stay with the group through all edits. */
export function makeGroups(
  beads: readonly Bead[],
  {
    source,
    target,
    crossings = [],
  }: {
    readonly source: readonly { readonly id: string }[];
    readonly target: readonly { readonly id: string }[];
    readonly crossings?: readonly Crossing[];
  },
  newId: () => string,
): readonly AlignmentGroup[] {
  const stem = crossings.length > 0 ? newId() : "";
  const pick = (segments: readonly { readonly id: string }[], indices: readonly number[]) =>
    indices.flatMap((index) => segments[index]?.id ?? []);
  return beads.map((bead) => {
    const moved = nameMoved(bead, crossings, stem);
    return {
      id: newId(),
      source: pick(source, bead.source),
      target: pick(target, bead.target),
      confidence: bead.confidence,
      anchors: bead.anchors,
      status: "automatic",
      ...(moved === undefined ? {} : { moved }),
    };
  });
}

type Side = { readonly document: DocumentSummary; readonly segments: readonly StoredSegment[]; readonly text: AlignmentText };

async function loadSide(application: Application, documentId: string): Promise<Side> {
  const document = await getDocument(application, documentId);
  const segments = (await application.stores.segments.list({ documentId })).filter((one) => one.kind === "segment");
  const text = segments.map((segment) => ({ text: segment.source, paragraph: segment.paragraph }));
  return { document, segments, text: { language: document.language, segments: text } };
}

/** Starts the job that aligns two documents; its result is the id of the alignment. */
export async function startAlignment(application: Application, request: AlignRequest): Promise<Job> {
  const { jobs, clock } = application;
  const source = await loadSide(application, request.sourceDocumentId);
  const target = await loadSide(application, request.targetDocumentId);
  const terms = await loadTermPairs(application, {
    projectId: request.projectId,
    from: source.document.language,
    to: target.document.language,
  });
  return jobs.start({
    projectId: request.projectId,
    kind: "align",
    label: source.document.title,
    task: "align",
    input: { source: source.text, target: target.text, terms, cacheFolder: application.cacheFolder },
    finish: async ({ beads, crossings }) => {
      const state: AlignmentState = {
        groups: makeGroups(beads, { source: source.segments, target: target.segments, crossings }, () => crypto.randomUUID()),
      };
      const alignment = await createAlignment(application, {
        projectId: request.projectId,
        sourceDocumentId: request.sourceDocumentId,
        targetDocumentId: request.targetDocumentId,
        state,
        author: request.author,
        at: clock(),
      });
      return alignment.id;
    },
  });
}

/** What happened to an alignment after a revision that a page has; `change` is undefined when that revision is not known. */
export type AlignmentNews = {
  readonly alignment: StoredAlignment;
  readonly change: AlignmentChange | undefined;
  readonly steps: readonly AlignmentStep[];
};

export async function findAlignmentNews(
  application: Application,
  { alignmentId, since }: { readonly alignmentId: string; readonly since: number },
): Promise<AlignmentNews | undefined> {
  const { alignments } = application.stores;
  const alignment = await alignments.find(alignmentId);
  if (!alignment || alignment.revision === since) return alignment && { alignment, change: NO_CHANGE, steps: [] };
  // Revisions only grow, so a step that is based on another one than the newest is refused, and the refusal brings the base.
  const signed = { author: "", at: application.clock() };
  const outcome = await alignments.undo({ alignmentId, baseRevision: since, ...signed });
  return outcome.kind === "stale" ? describeNews(application, { since, ...outcome }) : undefined;
}

const NO_CHANGE: AlignmentChange = { start: 0, removed: 0, inserted: [] };

/** A stale save as news: what the others did since the revision it was based on. */
export async function describeNews(
  application: Application,
  stale: { readonly since: number; readonly theirs: StoredAlignment; readonly base: AlignmentState | undefined },
): Promise<AlignmentNews> {
  const steps = await application.stores.alignments.listSteps(stale.theirs.id);
  return {
    alignment: stale.theirs,
    change: stale.base && describeChange(stale.base, stale.theirs.state),
    steps: steps.filter(({ revision }) => revision > stale.since),
  };
}

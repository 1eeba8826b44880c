/**
 * Alignments of stored documents: made by a job, edited step by step, kept in the memory.
 *
 * Each step is saved at once under the revision it was based on. After each step the translation units of the
 * groups that changed are brought up to date, so that matches come from what the page shows, confirmed or not.
 */
import { editAlignment } from "../alignment/edit.ts";
import type { EditOperation, EditRefusal, EditStep } from "../alignment/edit.ts";
import type { AlignmentGroup, AlignmentState, AlignmentText, Bead } from "../model/alignment.ts";
import type { Job } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";
import type { AlignmentOutcome, AlignmentStep, StoredAlignment } from "../storage/alignment-store.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import { findDifference } from "../storage/sql/alignment-difference.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { updateAlignmentUnits } from "./alignment-units.ts";
import { listTermPairs } from "./glossary-file.ts";

export type { EditOperation, EditRefusal } from "../alignment/edit.ts";
export type { AlignmentSummary, StoredAlignment } from "../storage/alignment-store.ts";

export type AlignRequest = {
  readonly projectId: string;
  readonly sourceDocumentId: string;
  readonly targetDocumentId: string;
  readonly author: string;
};

type Side = { readonly document: DocumentSummary; readonly segments: readonly StoredSegment[]; readonly text: AlignmentText };

/** The text of a document, or those segments of it that an alignment was made of. */
async function loadSide(application: Application, documentId: string, ids?: readonly string[]): Promise<Side> {
  const document = await application.stores.documents.findSummary(documentId);
  if (!document) throw new Error(`no document ${documentId}`);
  const segments =
    ids === undefined
      ? (await application.stores.segments.list({ documentId })).filter((one) => one.kind === "segment")
      : await pickSegments(application, { documentId, ids });
  return {
    document,
    segments,
    text: {
      language: document.language,
      segments: segments.map((segment) => ({ text: segment.source, paragraph: segment.paragraph })),
    },
  };
}

/** In the order of the ids; also those of paragraphs that were left out after the alignment was made. */
async function pickSegments(
  application: Application,
  { documentId, ids }: { readonly documentId: string; readonly ids: readonly string[] },
): Promise<readonly StoredSegment[]> {
  const { segments } = application.stores;
  const byId = new Map((await segments.list({ documentId, withExcluded: true })).map((segment) => [segment.id, segment]));
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length > 0) for (const segment of await segments.findAll(missing)) byId.set(segment.id, segment);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function idsOf(state: AlignmentState, side: "source" | "target"): readonly string[] {
  return state.groups.flatMap((group) => group[side]);
}

export type AlignedSide = {
  readonly document: DocumentSummary;
  /** Texts of the segments in the order of the groups; empty for a segment that is gone. */
  readonly texts: readonly string[];
};
export type OpenAlignment = { readonly alignment: StoredAlignment; readonly source: AlignedSide; readonly target: AlignedSide };

/** An alignment with its texts; undefined when there is none in this project. */
export async function openAlignment(
  application: Application,
  { projectId, alignmentId }: { readonly projectId: string; readonly alignmentId: string },
): Promise<OpenAlignment | undefined> {
  const alignment = await application.stores.alignments.find(alignmentId);
  if (alignment?.projectId !== projectId) return undefined;
  const open = async (documentId: string, ids: readonly string[]): Promise<AlignedSide> => {
    const { document, segments } = await loadSide(application, documentId, ids);
    const textOf = new Map(segments.map((segment) => [segment.id, segment.source]));
    return { document, texts: ids.map((id) => textOf.get(id) ?? "") };
  };
  return {
    alignment,
    source: await open(alignment.sourceDocumentId, idsOf(alignment.state, "source")),
    target: await open(alignment.targetDocumentId, idsOf(alignment.state, "target")),
  };
}

/** One stretch of groups that was replaced by another: all a page needs to follow a step. */
export type AlignmentChange = {
  readonly start: number;
  readonly removed: number;
  readonly inserted: readonly AlignmentGroup[];
};

export function describeChange(before: AlignmentState, after: AlignmentState): AlignmentChange {
  const { start, removed, inserted } = findDifference(before.groups, after.groups);
  return { start, removed: removed.length, inserted };
}

/** Steps are stored as "merge-next 14": the operation and the row it was asked for. */
function nameStep({ code, values }: EditStep): string {
  return values["row"] === undefined ? code : `${code} ${values["row"]}`;
}

export function readStepName(name: string): { readonly code: string; readonly row?: number } {
  const [code = "", row] = name.split(" ");
  return row === undefined ? { code } : { code, row: Number(row) };
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
  }: { readonly source: readonly { readonly id: string }[]; readonly target: readonly { readonly id: string }[] },
  newId: () => string,
): readonly AlignmentGroup[] {
  const pick = (segments: readonly { readonly id: string }[], indices: readonly number[]) =>
    indices.flatMap((index) => segments[index]?.id ?? []);
  return beads.map((bead) => ({
    id: newId(),
    source: pick(source, bead.source),
    target: pick(target, bead.target),
    confidence: bead.confidence,
    anchors: bead.anchors,
    status: "automatic",
  }));
}

/** Starts the job that aligns two documents; its result is the id of the alignment. */
export async function startAlignment(application: Application, request: AlignRequest): Promise<Job> {
  const { stores, jobs, clock } = application;
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
    finish: async (beads) => {
      const state: AlignmentState = {
        groups: makeGroups(beads, { source: source.segments, target: target.segments }, () => crypto.randomUUID()),
      };
      const alignment = await stores.alignments.create({
        projectId: request.projectId,
        sourceDocumentId: request.sourceDocumentId,
        targetDocumentId: request.targetDocumentId,
        state,
        author: request.author,
        at: clock(),
      });
      await updateAlignmentUnits(application, { alignment, before: { groups: [] }, author: request.author });
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

export type StepRequest = { readonly alignmentId: string; readonly baseRevision: number; readonly author: string };
type Saved = Extract<AlignmentOutcome, { readonly kind: "saved" }>;
type NotSaved = Exclude<AlignmentOutcome, Saved>;
export type StepOutcome =
  (Saved & { readonly before: AlignmentState }) | NotSaved | { readonly kind: "cannot"; readonly refusal: EditRefusal };

/** One operation of a person, saved at once as a step that can be undone. */
export async function editStoredAlignment(
  application: Application,
  request: StepRequest & { readonly operation: EditOperation },
): Promise<StepOutcome> {
  const { stores, clock } = application;
  const alignment = await stores.alignments.find(request.alignmentId);
  if (!alignment) return { kind: "refused", code: "not-found" };
  const result = editAlignment(alignment.state, request.operation);
  if (!result.ok && alignment.revision === request.baseRevision) return { kind: "cannot", refusal: result.refusal };
  const outcome = await stores.alignments.save({
    alignmentId: request.alignmentId,
    baseRevision: request.baseRevision,
    name: nameStep(result.ok ? result.step : { code: request.operation.kind, values: {} }),
    state: result.ok ? result.state : alignment.state,
    author: request.author,
    at: clock(),
  });
  return keepUnits(application, { outcome, before: alignment.state, author: request.author });
}

/**
 * Starts the job that aligns again what nobody has confirmed; the rest stays. Its result is the id of the alignment;
 * there is none when somebody changed the alignment meanwhile: then nothing is saved.
 */
export async function startRealignment(application: Application, request: StepRequest): Promise<Job | undefined> {
  const { stores, jobs, clock } = application;
  const { alignmentId, baseRevision, author } = request;
  const alignment = await stores.alignments.find(alignmentId);
  if (alignment?.revision !== baseRevision) return undefined;
  const source = await loadSide(application, alignment.sourceDocumentId, idsOf(alignment.state, "source"));
  const target = await loadSide(application, alignment.targetDocumentId, idsOf(alignment.state, "target"));
  const terms = await loadTermPairs(application, {
    projectId: alignment.projectId,
    from: source.document.language,
    to: target.document.language,
  });
  const textsOf = (side: Side) => side.segments.map(({ id, source: text, paragraph }) => ({ id, text, paragraph }));
  return jobs.start({
    projectId: alignment.projectId,
    kind: "align",
    label: source.document.title,
    task: "realign",
    input: {
      state: alignment.state,
      source: { language: source.document.language, segments: textsOf(source) },
      target: { language: target.document.language, segments: textsOf(target) },
      terms,
      cacheFolder: application.cacheFolder,
    },
    finish: async (state) => {
      const name = nameStep({ code: "realign", values: {} });
      const outcome = await stores.alignments.save({ alignmentId, baseRevision, name, state, author, at: clock() });
      await keepUnits(application, { outcome, before: alignment.state, author });
      return outcome.kind === "saved" ? alignmentId : undefined;
    },
  });
}

export async function undoStep(application: Application, request: StepRequest): Promise<StepOutcome> {
  return stepThroughHistory(application, request, "undo");
}

export async function redoStep(application: Application, request: StepRequest): Promise<StepOutcome> {
  return stepThroughHistory(application, request, "redo");
}

async function stepThroughHistory(
  application: Application,
  request: StepRequest,
  direction: "undo" | "redo",
): Promise<StepOutcome> {
  const { stores, clock } = application;
  const alignment = await stores.alignments.find(request.alignmentId);
  if (!alignment) return { kind: "refused", code: "not-found" };
  const outcome = await stores.alignments[direction]({
    alignmentId: request.alignmentId,
    baseRevision: request.baseRevision,
    author: request.author,
    at: clock(),
  });
  return keepUnits(application, { outcome, before: alignment.state, author: request.author });
}

async function keepUnits(
  application: Application,
  change: { readonly outcome: AlignmentOutcome; readonly before: AlignmentState; readonly author: string },
): Promise<StepOutcome> {
  const { outcome, before, author } = change;
  if (outcome.kind !== "saved") return outcome;
  await updateAlignmentUnits(application, { alignment: outcome.alignment, before, author });
  return { ...outcome, before };
}

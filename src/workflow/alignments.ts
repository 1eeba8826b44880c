/**
 * Alignments of stored documents: made by a job, edited step by step, kept in the memory.
 *
 * Each step is saved at once under the revision it was based on. After each step the translation units of the
 * groups that changed are brought up to date, so that matches come from what the page shows, confirmed or not.
 */
import { editAlignment } from "../alignment/edit.ts";
import type { EditOperation, EditRefusal } from "../alignment/edit.ts";
import type { AlignmentGroup, AlignmentState, AlignmentText, Bead } from "../model/alignment.ts";
import type { Job } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";
import type { AlignmentOutcome, StoredAlignment } from "../storage/alignment-store.ts";
import type { DocumentText } from "../storage/document-store.ts";
import type { NewUnit } from "../storage/memory-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { listTermPairs } from "./glossary-file.ts";
import { openOwnMemory } from "./project-memories.ts";

/** An automatic bead below this is more likely wrong than right: it is shown to a person, not offered as a match. */
const LEAST_CONFIDENCE_OF_UNIT = 0.5;

export type AlignRequest = {
  readonly projectId: string;
  readonly sourceDocumentId: string;
  readonly targetDocumentId: string;
  readonly author: string;
};

type Side = { readonly document: DocumentText; readonly segments: readonly StoredSegment[]; readonly text: AlignmentText };

async function loadSide(application: Application, documentId: string): Promise<Side> {
  const document = await application.stores.documents.find(documentId);
  if (!document) throw new Error(`no document ${documentId}`);
  const segments = (await application.stores.segments.list({ documentId })).filter((one) => one.kind === "segment");
  return {
    document,
    segments,
    text: {
      language: document.language,
      segments: segments.map((segment) => ({ text: segment.source, paragraph: segment.paragraph })),
    },
  };
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
  const idsOf = (segments: readonly { readonly id: string }[], indices: readonly number[]) =>
    indices.flatMap((index) => segments[index]?.id ?? []);
  return beads.map((bead) => ({
    id: newId(),
    source: idsOf(source, bead.source),
    target: idsOf(target, bead.target),
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
    input: { source: source.text, target: target.text, terms, cacheFolder: application.dataFolder },
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
      await updateUnits(application, { alignment, before: { groups: [] }, author: request.author });
      return alignment.id;
    },
  });
}

export type StepRequest = { readonly alignmentId: string; readonly baseRevision: number; readonly author: string };
export type StepOutcome = AlignmentOutcome | { readonly kind: "cannot"; readonly refusal: EditRefusal };

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
    name: request.operation.kind,
    state: result.ok ? result.state : alignment.state,
    author: request.author,
    at: clock(),
  });
  return keepUnits(application, { outcome, before: alignment.state, author: request.author });
}

/** Aligns again what nobody has confirmed, in a thread; the rest stays as it is. */
export async function realignRest(application: Application, request: StepRequest): Promise<StepOutcome> {
  const { stores, jobs, clock } = application;
  const alignment = await stores.alignments.find(request.alignmentId);
  if (!alignment) return { kind: "refused", code: "not-found" };
  const source = await loadSide(application, alignment.sourceDocumentId);
  const target = await loadSide(application, alignment.targetDocumentId);
  const terms = await loadTermPairs(application, {
    projectId: alignment.projectId,
    from: source.document.language,
    to: target.document.language,
  });
  const textsOf = (side: Side) => side.segments.map(({ id, source: text, paragraph }) => ({ id, text, paragraph }));
  const state = await jobs.runTask("realign", {
    state: alignment.state,
    source: { language: source.document.language, segments: textsOf(source) },
    target: { language: target.document.language, segments: textsOf(target) },
    terms,
    cacheFolder: application.dataFolder,
  });
  const outcome = await stores.alignments.save({
    alignmentId: request.alignmentId,
    baseRevision: request.baseRevision,
    name: "realign",
    state,
    author: request.author,
    at: clock(),
  });
  return keepUnits(application, { outcome, before: alignment.state, author: request.author });
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
): Promise<AlignmentOutcome> {
  const { outcome, before, author } = change;
  if (outcome.kind === "saved") await updateUnits(application, { alignment: outcome.alignment, before, author });
  return outcome;
}

const keyOf = (group: AlignmentGroup): string => `group:${group.id}`;

function makesUnit(group: AlignmentGroup): boolean {
  if (group.source.length === 0 || group.target.length === 0) return false;
  return group.status !== "automatic" || group.confidence >= LEAST_CONFIDENCE_OF_UNIT;
}

/** What the memory would hold of a group; equal strings mean that nothing needs saving. */
function describeUnit(group: AlignmentGroup): string {
  return makesUnit(group) ? `${group.status} ${group.source.join(" ")} / ${group.target.join(" ")}` : "";
}

/** Brings the memory in line with the groups that a step changed. */
async function updateUnits(
  application: Application,
  change: { readonly alignment: StoredAlignment; readonly before: AlignmentState; readonly author: string },
): Promise<void> {
  const { alignment, before, author } = change;
  const { stores, clock } = application;
  const described = new Map(before.groups.map((group) => [keyOf(group), describeUnit(group)]));
  const changed = alignment.state.groups.filter((group) => described.get(keyOf(group)) !== describeUnit(group));
  const now = new Set(alignment.state.groups.filter(makesUnit).map(keyOf));
  const gone = before.groups.filter((group) => makesUnit(group) && !now.has(keyOf(group))).map(keyOf);
  if (changed.length === 0 && gone.length === 0) return;

  const memory = await openOwnMemory(application, alignment.projectId, "alignments");
  const signed = { author, at: clock() };
  if (gone.length > 0) await stores.memories.removeUnits({ ...signed, memoryId: memory.id, originKeys: gone });
  const units = await makeUnits(application, { alignment, groups: changed.filter(makesUnit), ...signed });
  if (units.length > 0) await stores.memories.saveUnits({ ...signed, memoryId: memory.id, units });
}

async function makeUnits(
  application: Application,
  input: {
    readonly alignment: StoredAlignment;
    readonly groups: readonly AlignmentGroup[];
    readonly author: string;
    readonly at: string;
  },
): Promise<readonly NewUnit[]> {
  const { alignment, groups, author, at } = input;
  if (groups.length === 0) return [];
  const source = await loadSide(application, alignment.sourceDocumentId);
  const target = await loadSide(application, alignment.targetDocumentId);
  const textOf = new Map([...source.segments, ...target.segments].map((segment) => [segment.id, segment.source]));
  const glue = (ids: readonly string[], language: LanguageTag): string =>
    ids.map((id) => textOf.get(id) ?? "").join(/^(?:zh|ja)/.test(language) ? "" : " ");
  const order = alignment.state.groups;
  const place = new Map(order.map((group, index) => [group.id, index]));
  return groups.map((group) => {
    const index = place.get(group.id) ?? 0;
    const neighbour = (step: number) => {
      const ids = order[index + step]?.source ?? [];
      return ids.length > 0 ? glue(ids, source.document.language) : undefined;
    };
    const previous = neighbour(-1);
    const next = neighbour(1);
    return {
      originKey: keyOf(group),
      link: { documentId: alignment.sourceDocumentId, alignmentId: alignment.id, groupId: group.id },
      source: glue(group.source, source.document.language),
      target: glue(group.target, target.document.language),
      sourceLanguage: source.document.language,
      targetLanguage: target.document.language,
      state: group.status === "automatic" ? "initial" : "reviewed",
      ...(previous === undefined ? {} : { previous }),
      ...(next === undefined ? {} : { next }),
      author,
      createdAt: at,
      changedAt: at,
      document: source.document.title,
    } satisfies NewUnit;
  });
}

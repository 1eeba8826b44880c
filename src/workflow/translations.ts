/**
 * Translating a stored document row by row. A row that a person confirms goes into the project's memory
 * `translations` with its neighbours; a row that is opened again leaves it.
 */
import type { TargetOrigin, TranslationState } from "../model/translation-unit.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { SegmentOutcome, SegmentRevision, StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openOwnMemory } from "./project-memories.ts";

/** A row as it is stored, and one of its revisions. */
export type StoredRow = StoredSegment;
export type RowRevision = SegmentRevision;

export type TranslationRows = { readonly document: DocumentSummary; readonly rows: readonly StoredSegment[] };

/** The rows of a document in order; undefined when there is no such document. */
export async function loadTranslation(application: Application, documentId: string): Promise<TranslationRows | undefined> {
  const document = await application.stores.documents.findSummary(documentId);
  if (!document) return undefined;
  const segments = await application.stores.segments.list({ documentId });
  return { document, rows: segments.filter((segment) => segment.kind === "segment") };
}

export type RowSave = {
  readonly projectId: string;
  readonly segmentId: string;
  readonly target: string;
  /** `initial` keeps a draft; anything else confirms. */
  readonly state: TranslationState;
  readonly origin: TargetOrigin;
  readonly baseRevision: number;
  readonly author: string;
};

/** Saves one row. On a stale revision nothing changes and both texts come back. */
export async function saveRow(application: Application, save: RowSave): Promise<SegmentOutcome> {
  const { stores, clock } = application;
  const { projectId, ...target } = save;
  const outcome = await stores.segments.saveTarget({ ...target, at: clock() });
  if (outcome.kind === "saved") await keepInMemory(application, { projectId, segment: outcome.segment, author: save.author });
  return outcome;
}

/**
 * Brings the memory in line with what is stored of a row now. Saves of one row take turns here: when two people
 * save it at almost the same time, the memory ends with the text that stands.
 */
export function keepInMemory(
  application: Application,
  { projectId, segment, author }: { readonly projectId: string; readonly segment: StoredSegment; readonly author: string },
): Promise<void> {
  return inTurn(segment.id, async () => {
    const standing = await application.stores.segments.find(segment.id);
    if (standing) await writeUnit(application, { projectId, segment: standing, author });
  });
}

const waiting = new Map<string, Promise<void>>();

function inTurn(segmentId: string, work: () => Promise<void>): Promise<void> {
  const result = (waiting.get(segmentId) ?? Promise.resolve()).catch(() => undefined).then(work);
  waiting.set(segmentId, result);
  const forget = () => {
    if (waiting.get(segmentId) === result) waiting.delete(segmentId);
  };
  result.then(forget, forget);
  return result;
}

async function writeUnit(
  application: Application,
  { projectId, segment, author }: { readonly projectId: string; readonly segment: StoredSegment; readonly author: string },
): Promise<void> {
  const { stores, clock } = application;
  const memory = await openOwnMemory(application, projectId, "translations");
  const originKey = `segment:${segment.id}`;
  const signed = { author, at: clock() };
  const confirmed = segment.state !== "initial" && segment.target !== undefined && segment.target.trim() !== "";
  if (!confirmed || segment.target === undefined) {
    await stores.memories.removeUnits({ ...signed, memoryId: memory.id, originKeys: [originKey] });
    return;
  }
  const project = await stores.projects.find(projectId);
  const document = await stores.documents.findSummary(segment.documentId);
  // The source texts before and after tell a repeated sentence in the same place from one elsewhere.
  const { previous, next } = await stores.segments.findNeighbours(segment);
  await stores.memories.saveUnits({
    ...signed,
    memoryId: memory.id,
    units: [
      {
        originKey,
        link: { documentId: segment.documentId, segmentId: segment.id },
        source: segment.source,
        target: segment.target,
        sourceLanguage: document?.language ?? project?.sourceLanguage ?? "zh",
        targetLanguage: project?.targetLanguage ?? "en",
        state: segment.state,
        ...(previous === undefined ? {} : { previous }),
        ...(next === undefined ? {} : { next }),
        ...(document === undefined ? {} : { document: document.title }),
        author,
        createdAt: signed.at,
        changedAt: signed.at,
      },
    ],
  });
}

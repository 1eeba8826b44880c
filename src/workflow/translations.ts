/**
 * Translating a stored document row by row. A row that a person confirms goes into the project's memory
 * `translations` with its neighbours; a row that is opened again leaves it.
 */
import type { TargetOrigin, TranslationState } from "../model/translation-unit.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { SegmentOutcome, StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openOwnMemory } from "./project-memories.ts";

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

/** Brings the memory in line with one saved row. */
export async function keepInMemory(
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
  const { previous, next } = await findNeighbours(application, segment);
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

/** The source texts before and after a row: what tells a repeated sentence in the same place from one elsewhere. */
export async function findNeighbours(
  application: Application,
  segment: StoredSegment,
): Promise<{ readonly previous: string | undefined; readonly next: string | undefined }> {
  const rows = (await application.stores.segments.list({ documentId: segment.documentId })).filter((row) => row.kind === "segment");
  const at = rows.findIndex((row) => row.id === segment.id);
  return { previous: at > 0 ? rows[at - 1]?.source : undefined, next: at >= 0 ? rows[at + 1]?.source : undefined };
}

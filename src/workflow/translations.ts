/**
 * Translating a stored document row by row. A row that a person confirms goes into the project's memory
 * `translations` with its neighbours, in the same transaction; a row that is opened again leaves it.
 */
import type { TargetOrigin, TranslationState } from "../model/translation-unit.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { SegmentOutcome, SegmentRevision, StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openRowMemory } from "./confirmed-rows.ts";

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
  const { projectId, ...target } = save;
  const memory = await openRowMemory(application, projectId);
  return application.stores.segments.saveTarget({ ...target, at: application.clock() }, memory);
}

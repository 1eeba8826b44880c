import type { IsoInstant } from "../model/span.ts";
import type { TargetOrigin, TranslationState } from "../model/translation-unit.ts";
import type { PageRequest, Refused, Signed, Stale } from "./outcomes.ts";

/** A segment of a document on either side. On the target side `source` is its text and nothing is translated. */
export type StoredSegment = {
  readonly id: string;
  readonly documentId: string;
  readonly paragraphId: string;
  /** Position of its paragraph in the document, and its own, both from 0 in document order. */
  readonly paragraph: number;
  readonly position: number;
  readonly kind: "segment" | "ignorable";
  readonly source: string;
  readonly target?: string;
  readonly state: TranslationState;
  readonly origin?: TargetOrigin;
  readonly revision: number;
  readonly author?: string;
  readonly changedAt?: IsoInstant;
};

export type TargetSave = Signed & {
  readonly segmentId: string;
  readonly target: string;
  readonly state: TranslationState;
  readonly origin: TargetOrigin;
  readonly baseRevision: number;
};

export type SegmentOutcome =
  { readonly kind: "saved"; readonly segment: StoredSegment } | Stale<string, StoredSegment, string> | Refused;

/** The memory that keeps confirmed rows: their units are written in the transaction that saves the rows. */
export type RowMemory = { readonly memoryId: string };

/** One revision of a target. Written once, never changed. */
export type SegmentRevision = Signed & {
  readonly segmentId: string;
  readonly revision: number;
  readonly target?: string;
  readonly state: TranslationState;
  readonly origin?: TargetOrigin;
};

export type SegmentStore = {
  /** In document order; excluded paragraphs left out unless asked for. */
  list(
    filter: { readonly documentId: string; readonly withIgnorables?: boolean; readonly withExcluded?: boolean } & PageRequest,
  ): Promise<readonly StoredSegment[]>;
  find(id: string): Promise<StoredSegment | undefined>;
  /** In the order of the ids; missing ones are left out. */
  findAll(ids: readonly string[]): Promise<readonly StoredSegment[]>;
  /** The source texts before and after a segment, by position; ignorables and excluded paragraphs are passed over. */
  findNeighbours(
    segment: Pick<StoredSegment, "documentId" | "position">,
  ): Promise<{ readonly previous: string | undefined; readonly next: string | undefined }>;
  /** All segments of the project's source documents that have a target, by document and position. */
  listTranslated(projectId: string): Promise<readonly StoredSegment[]>;
  saveTarget(save: TargetSave, memory?: RowMemory): Promise<SegmentOutcome>;
  /** Many in one transaction, each with its own outcome: propagation, import of a translated file. */
  saveTargets(saves: readonly TargetSave[], memory?: RowMemory): Promise<readonly SegmentOutcome[]>;
  /** Oldest first. */
  history(segmentId: string): Promise<readonly SegmentRevision[]>;
};

import type { AlignmentState, EditedSentence } from "../model/alignment.ts";
import type { IsoInstant } from "../model/span.ts";
import type { Refused, Signed, Stale } from "./outcomes.ts";

export type StoredAlignment = {
  readonly id: string;
  readonly projectId: string;
  readonly sourceDocumentId: string;
  readonly targetDocumentId: string;
  readonly revision: number;
  readonly state: AlignmentState;
  readonly createdAt: IsoInstant;
  readonly changedAt: IsoInstant;
  /** Names of the steps that undo and redo would take; undefined when there is none. */
  readonly undo?: string;
  readonly redo?: string;
};

export type AlignmentSummary = Omit<StoredAlignment, "state" | "undo" | "redo"> & {
  readonly groupCount: number;
  readonly confirmedCount: number;
};

/** One line of the append-only log. */
export type AlignmentStep = Signed & {
  readonly revision: number;
  readonly kind: "edit" | "undo" | "redo";
  /** Slug of the operation: "merge", "split", "align". */
  readonly name: string;
};

export type AlignmentOutcome =
  | { readonly kind: "saved"; readonly alignment: StoredAlignment }
  | Stale<AlignmentState, StoredAlignment, AlignmentState>
  | Refused;

export type AlignmentStore = {
  create(
    alignment: Signed & {
      /** Made here when it is not given. */
      readonly id?: string;
      readonly projectId: string;
      readonly sourceDocumentId: string;
      readonly targetDocumentId: string;
      readonly state: AlignmentState;
    },
  ): Promise<StoredAlignment>;
  find(id: string): Promise<StoredAlignment | undefined>;
  /** The newest alignment of these two documents. */
  findByDocuments(sourceDocumentId: string, targetDocumentId: string): Promise<StoredAlignment | undefined>;
  list(projectId: string): Promise<readonly AlignmentSummary[]>;
  /** One named step that can be undone. `sentences`: those that the state names for the first time, kept with it or not at all. */
  save(
    save: Signed & {
      readonly alignmentId: string;
      readonly baseRevision: number;
      readonly name: string;
      readonly state: AlignmentState;
      readonly sentences?: readonly EditedSentence[];
    },
  ): Promise<AlignmentOutcome>;
  /** Every sentence that was ever split, joined or edited in this alignment; also those that no row names any more. */
  listSentences(alignmentId: string): Promise<readonly EditedSentence[]>;
  /** On a stale revision `mine` is the state that the person saw. */
  undo(request: Signed & { readonly alignmentId: string; readonly baseRevision: number }): Promise<AlignmentOutcome>;
  redo(request: Signed & { readonly alignmentId: string; readonly baseRevision: number }): Promise<AlignmentOutcome>;
  /** Oldest first. */
  listSteps(alignmentId: string): Promise<readonly AlignmentStep[]>;
};

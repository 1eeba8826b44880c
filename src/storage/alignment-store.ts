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
  /** Taken out as a whole: it is in no list, and nobody can work in it. */
  readonly removedAt?: IsoInstant;
  /** Names of the steps that undo and redo would take; undefined when there is none. */
  readonly undo?: string;
  readonly redo?: string;
};

export type AlignmentSummary = Omit<StoredAlignment, "state" | "undo" | "redo"> & {
  readonly groupCount: number;
  readonly confirmedCount: number;
  /** Rows that wait for nobody: confirmed, or marked as omitted or added. */
  readonly settledCount: number;
  /** Rows that a person should look at first (model/alignment-doubt). */
  readonly doubtfulCount: number;
  /** Who took the last step. */
  readonly changedBy?: string;
};

/** An alignment as a whole was taken out, or brought back, with these documents. */
export type AlignmentEvent = Signed & { readonly action: "remove" | "restore"; readonly documentIds: readonly string[] };

/** `changed`: somebody took a step after it was made, so it is not the one to be taken out. */
export type RemovalOutcome = "done" | "changed" | "not-found";

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

type WithRemoved = { readonly withRemoved?: boolean };

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
  /** Those that were taken out only when asked for; so with the next two. */
  find(id: string, options?: WithRemoved): Promise<StoredAlignment | undefined>;
  /** Without its rows, which may be thousands. */
  findSummary(id: string, options?: WithRemoved): Promise<AlignmentSummary | undefined>;
  /** The newest alignment of these two documents. */
  findByDocuments(
    sourceDocumentId: string,
    targetDocumentId: string,
    options?: WithRemoved,
  ): Promise<StoredAlignment | undefined>;
  /** Those that are there, or only the removed ones. */
  list(projectId: string, options?: { readonly removed?: boolean }): Promise<readonly AlignmentSummary[]>;
  /**
   * Those of which the setting `prefix + id` is not the revision (0 once removed), with what it is: what follows the
   * alignments step by step notes there how far it has come.
   */
  listBehind(prefix: string): Promise<readonly (AlignmentSummary & { readonly mark?: number })[]>;
  /**
   * Takes out an alignment that is still at its first revision, and with it those of the documents that nothing else uses,
   * all or nothing; `restore` brings back what went. Once done, again does nothing.
   */
  remove(request: Signed & { readonly alignmentId: string; readonly documentIds: readonly string[] }): Promise<RemovalOutcome>;
  restore(request: Signed & { readonly alignmentId: string }): Promise<RemovalOutcome>;
  /** Oldest first. */
  history(alignmentId: string): Promise<readonly AlignmentEvent[]>;
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

/**
 * Steps: changes of many units that have a name and are undone as a whole. A step's heading says who did what and how much;
 * what it did to each unit is in the units' history. An undo is a step too, so it can be undone.
 */
import type { IsoInstant } from "../model/span.ts";
import type { UnitRevision } from "./memory-store.ts";
import type { JsonValue, Page, PageRequest, Refused, Signed } from "./outcomes.ts";

export type MemoryStepKind = "import" | "edit" | "delete" | "merge" | "undo";

export type MemoryStep = Signed & {
  readonly id: string;
  readonly projectId: string;
  /** The one memory that was changed, when it was one. */
  readonly memoryId?: string;
  readonly kind: MemoryStepKind;
  /** What is shown of it: of an import { name, sha256, … }, of an edit what was changed into what. */
  readonly detail: Readonly<Record<string, JsonValue>>;
  readonly added: number;
  readonly replaced: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Missing: still going on, or cut off. What it did until then is there, and can be undone. */
  readonly finishedAt?: IsoInstant;
  /** Of an undo: the step that it took back. */
  readonly undoes?: string;
  /** The undo that took this step back; it may have been taken back itself: see `isUndone`. */
  readonly undoneBy?: string;
};

/** A step as a list shows it: where the chain of its undos ends. */
export type ListedStep = MemoryStep & {
  readonly isUndone: boolean;
  /** An undo of it was cut off, or is going on: undoing again finishes it. */
  readonly isHalfUndone: boolean;
  /** The last undo or redo. */
  readonly last?: MemoryStep;
};

export type StepUndo = { readonly kind: "undone"; readonly undoId: string } | Refused;

export type MemoryStepStore = {
  /** Opens a step; give its id to `saveUnits` as `importId`. Counts grow with every transaction. */
  start(
    step: Signed & {
      readonly projectId: string;
      readonly memoryId?: string;
      readonly kind: Exclude<MemoryStepKind, "undo">;
      readonly detail: MemoryStep["detail"];
    },
  ): Promise<MemoryStep>;
  finish(id: string, at: IsoInstant): Promise<void>;
  find(id: string): Promise<MemoryStep | undefined>;
  /** Latest first; undos stand with the step that they belong to. */
  list(
    projectId: string,
    page?: PageRequest & { readonly kinds?: readonly Exclude<MemoryStepKind, "undo">[] },
  ): Promise<Page<ListedStep>>;
  /** What the step did to units, in order: the first `limit`. Units that an import added have no line. */
  listChanges(stepId: string, limit: number): Promise<readonly UnitRevision[]>;
  /**
   * Takes back the step as it stands: what it did, or, when it is undone, its undo. Units changed by others since stay as
   * they are and count as `unchanged`. In pieces; one that was cut off is finished by asking again.
   */
  undo(
    undo: Signed & {
      readonly stepId: string;
      /**
       * The last undo or redo that the person saw, or the step itself when there was none. When more has come since,
       * nothing is done (`transition-not-allowed`): a second click would turn the first one round.
       */
      readonly seen?: string | undefined;
      readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<StepUndo>;
};

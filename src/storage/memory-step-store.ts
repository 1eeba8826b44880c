/**
 * Steps: changes of many units that have a name and are undone as a whole. A step's heading says who did what and how much;
 * what it did to each unit is in the units' history. An undo is a step too, so it can be undone.
 */
import type { IsoInstant } from "../model/span.ts";
import type { JsonValue, Page, PageRequest, Signed } from "./outcomes.ts";

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
  /** The undo that took this step back; missing again when that was undone. */
  readonly undoneBy?: string;
};

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
  /** Latest first. */
  list(projectId: string, page?: PageRequest & { readonly kinds?: readonly MemoryStepKind[] }): Promise<Page<MemoryStep>>;
};

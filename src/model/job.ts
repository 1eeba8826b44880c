import type { IsoInstant } from "./span.ts";

export type JobKind = "import" | "extract" | "align" | "check" | "export" | "renderings" | "memory" | "analyse" | "pretranslate";
/** `interrupted`: the server stopped while it ran. */
export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";

export type Progress = { readonly done: number; readonly total: number; readonly stage: string };

export type Job = {
  readonly id: string;
  readonly projectId: string;
  readonly kind: JobKind;
  readonly label: string;
  readonly state: JobState;
  readonly progress: Progress;
  readonly error?: string;
  /** What came out, by kind: the id of an extraction run, an alignment, … */
  readonly result?: string;
  readonly createdAt: IsoInstant;
  readonly finishedAt?: IsoInstant;
};

/** Given to long pure work; it calls `report` now and then and throws what `check` throws when cancelled. */
export type ProgressReporter = (progress: Progress) => void;

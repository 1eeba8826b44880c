/** What every use case is given: the stores, the job runner, the clock and the data folder. */
import type { Stores } from "../storage/stores.ts";
import type { Clock, JobRunner } from "./jobs.ts";

export type Application = {
  readonly stores: Stores;
  readonly jobs: JobRunner;
  readonly clock: Clock;
  readonly dataFolder: string;
  close(): Promise<void>;
};

/** Why a data folder could not be opened; words in the catalogues (`application:<code>`). */
export type OpenFailure = {
  readonly kind: "failed";
  /** `in-use`: another Dingyi has this folder open. `newer`: written by a later version of Dingyi. */
  readonly code: "in-use" | "no-access" | "damaged" | "newer";
  readonly values: Readonly<Record<string, string | number>>;
};

export type OpenOutcome = { readonly kind: "opened"; readonly application: Application } | OpenFailure;

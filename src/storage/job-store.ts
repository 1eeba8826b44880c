import type { Job, Progress } from "../model/job.ts";
import type { IsoInstant } from "../model/span.ts";
import type { PageRequest, Signed } from "./outcomes.ts";

export type JobStore = {
  add(job: Job): Promise<void>;
  find(id: string): Promise<Job | undefined>;
  /** Newest first. */
  list(projectId: string, page?: PageRequest): Promise<readonly Job[]>;
  saveProgress(id: string, progress: Progress): Promise<void>;
  start(id: string): Promise<void>;
  /** A job that has ended stays as it ended. */
  finish(
    id: string,
    end: {
      readonly state: "done" | "failed" | "cancelled";
      readonly error?: string;
      readonly result?: string;
      readonly finishedAt: IsoInstant;
    },
  ): Promise<Job | undefined>;
};

/** A finding that a person has decided to live with. It holds as long as the hash of the texts is the same. */
export type IgnoredFinding = Signed & {
  readonly id: string;
  readonly projectId: string;
  readonly rule: string;
  readonly pair: string;
  readonly subject: string;
  readonly textsHash: string;
  readonly reason: string;
};

export type FindingStore = {
  ignore(finding: Omit<IgnoredFinding, "id">): Promise<IgnoredFinding>;
  /** Shows it again. The log keeps both decisions. */
  stopIgnoring(
    request: Signed & { readonly projectId: string; readonly rule: string; readonly pair: string; readonly subject: string },
  ): Promise<boolean>;
  /** Those that stand: the newest decision for each rule, pair and subject. */
  listIgnored(projectId: string): Promise<readonly IgnoredFinding[]>;
};

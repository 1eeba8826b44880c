/** The evidence of an entry as the server gives it. */
import type { TermStatus } from "../../model/concept.ts";
import type { Job } from "../../model/job.ts";
import type { MinedUnit } from "../../model/rendering.ts";

type Span = { readonly start: number; readonly end: number };
export type Sighting = { readonly unit: MinedUnit; readonly sourceSpan: Span; readonly targetSpan: Span };
export type EvidenceLine = {
  readonly term: string;
  readonly text: string;
  readonly forms: readonly string[];
  readonly count: number;
  readonly confidence: number;
  readonly under?: string;
  readonly standing?: { readonly termId: string; readonly status: TermStatus };
  readonly sightings: readonly Sighting[];
};
export type Evidence = {
  readonly state: "none" | "unread" | "ready";
  readonly madeAt?: string;
  readonly isOld: boolean;
  readonly read: number;
  readonly units: number;
  readonly lines: readonly EvidenceLine[];
  /** Pairs that a person confirmed since. */
  readonly fresh: readonly Omit<Sighting, "targetSpan">[];
  readonly running?: Job;
};

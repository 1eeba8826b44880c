/** Checks in a worker thread: pairs, glossary and profile come as plain data. */
import type { CheckProfile } from "../checks/filters.ts";
import { runChecks } from "../checks/run-checks.ts";
import type { CheckInput, Finding } from "../model/finding.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoDay } from "../model/span.ts";

export type CheckTaskInput = {
  readonly input: CheckInput;
  readonly profile?: CheckProfile;
  /** Dates of the documents by the `file` of their pairs. */
  readonly dates: readonly (readonly [string, IsoDay])[];
};

export function check({ input, profile, dates }: CheckTaskInput, report?: ProgressReporter): readonly Finding[] {
  return runChecks(input, { dates: new Map(dates), ...(profile ? { profile } : {}), ...(report ? { report } : {}) });
}

/** The part of an analysis that needs no memory, in a worker thread: repetitions and likeness inside the set. */
import { judgeInside } from "../memory/analyse-segments.ts";
import type { AnalysedText, InsideJudgement } from "../memory/analyse-segments.ts";
import type { ProgressReporter } from "../model/job.ts";

export type AnalyseTaskInput = { readonly texts: readonly AnalysedText[]; readonly isInternalCounted: boolean };

const SEGMENTS_PER_REPORT = 100;

export function judgeTexts(
  { texts, isInternalCounted }: AnalyseTaskInput,
  report?: ProgressReporter,
): readonly InsideJudgement[] {
  const total = texts.reduce((sum, { segments }) => sum + segments.length, 0);
  const steps = judgeInside(texts, { isInternalCounted });
  for (let done = 0; ; done++) {
    if (done % SEGMENTS_PER_REPORT === 0) report?.({ done, total, stage: "repetitions" });
    const step = steps.next();
    if (step.done) return step.value;
  }
}

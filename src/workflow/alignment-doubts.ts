/**
 * What in an alignment a person should look at, and why.
 *
 * Reasons: `unsure` (the model itself doubts the bead), `wide` (a group so large that its inner borders were given up),
 * `alone` (several sentences in a row without counterpart), `crossing` (a passage that stands elsewhere).
 */
import type { FileAlignment } from "./align-texts.ts";

export type DoubtReason = "unsure" | "wide" | "alone" | "crossing";

export type Doubt = {
  readonly reason: DoubtReason;
  /** Segments [from, to), counted from 0; equal where a side is empty. */
  readonly source: { readonly from: number; readonly to: number };
  readonly target: { readonly from: number; readonly to: number };
  readonly confidence: number;
};

const UNSURE = 0.7;
const WIDE_SIDE = 5;
const WIDE_BOTH = 3;
const LONG_RUN = 3;

export function listDoubts({ beads, crossings }: Pick<FileAlignment, "beads" | "crossings">): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const at = { source: 0, target: 0 };
  const span = (side: "source" | "target", indices: readonly number[]) => {
    const from = indices[0] ?? at[side];
    at[side] = from + indices.length;
    return { from, to: at[side] };
  };
  let run: { doubt: Doubt; length: number } | undefined;
  const endRun = (): void => {
    if (run && run.length >= LONG_RUN) doubts.push(run.doubt);
    run = undefined;
  };
  for (const bead of beads) {
    const doubt = { source: span("source", bead.source), target: span("target", bead.target), confidence: bead.confidence };
    const least = Math.min(bead.source.length, bead.target.length);
    if (least === 0) {
      run = run
        ? {
            doubt: {
              reason: "alone",
              source: { from: run.doubt.source.from, to: doubt.source.to },
              target: { from: run.doubt.target.from, to: doubt.target.to },
              confidence: Math.min(run.doubt.confidence, bead.confidence),
            },
            length: run.length + 1,
          }
        : { doubt: { reason: "alone", ...doubt }, length: 1 };
    } else endRun();
    if (bead.confidence < UNSURE) doubts.push({ reason: "unsure", ...doubt });
    else if (Math.max(bead.source.length, bead.target.length) >= WIDE_SIDE || least >= WIDE_BOTH)
      doubts.push({ reason: "wide", ...doubt });
  }
  endRun();
  for (const { source, target, confidence } of crossings) doubts.push({ reason: "crossing", source, target, confidence });
  return doubts.sort((one, other) => one.source.from - other.source.from || one.target.from - other.target.from);
}

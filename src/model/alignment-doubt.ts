/**
 * Which rows of an alignment wait for a person, and which of them should be looked at first: those that are more likely
 * wrong than others. One rule for the store, which counts them for the list, and the editor, which filters by it.
 */
import type { AlignmentGroup } from "./alignment.ts";

type Row = Pick<AlignmentGroup, "status" | "doubtful" | "omission" | "confidence">;

/** Beads below this are more likely wrong than right. 0 is no measure: the row was made by hand. */
export const LEAST_CONFIDENCE = 0.5;

/** A mark that a person set on the row itself is a decision like a confirmation. */
export function isOpenRow({ status, omission, doubtful }: Omit<Row, "confidence">): boolean {
  return status === "automatic" && (omission === undefined || doubtful === true);
}

export function isDoubtfulRow(row: Row, counts: { readonly source: number; readonly target: number }): boolean {
  if (row.status !== "automatic") return false;
  if (row.doubtful) return true;
  if (row.omission) return false;
  if (counts.source === 0 || counts.target === 0) return true;
  return row.confidence > 0 && row.confidence < LEAST_CONFIDENCE;
}

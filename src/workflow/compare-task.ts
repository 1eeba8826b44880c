/** Compares two texts in a worker thread: a long speech must not keep other people waiting. */
import { compareVersions } from "../alignment/compare-versions.ts";
import type { VersionComparison } from "../model/alignment.ts";

export type CompareTaskInput = { readonly base: readonly string[]; readonly other: readonly string[] };

export function compareTexts({ base, other }: CompareTaskInput): VersionComparison {
  return compareVersions(base, other);
}

/**
 * The rank of a candidate: its value and other evidence, put together by a logistic sum.
 *
 * Method: docs/extraction.md, "Weights". They are fitted on graded formulations of official prose
 * (`bench/fit-extraction.ts`); a changed feature asks for a new fit.
 */
import type { Candidate, Material } from "./candidates.ts";
import { endsWithName, readFeatures } from "./features.ts";
import type { Described } from "./features.ts";
import { measureSeries } from "./series.ts";
import type { Composed, Seen } from "./value.ts";
import { measureCohesion, readComposition, weighValue } from "./value.ts";
import type { Weights } from "./weights.ts";

export type Scored = Described & { readonly score: number };

/** What does not change from round to round. */
export function compose(material: Material, candidate: Candidate): Composed {
  return {
    ...readComposition(material, candidate),
    seriesLikeness: candidate.key.includes("、") ? measureSeries(candidate.key) : 0,
    cohesion: measureCohesion(material, candidate),
  };
}

export function scoreCandidate(
  material: Material,
  candidate: Candidate,
  { bias, weights, ...known }: Seen & Composed & Weights,
): Scored {
  const value = weighValue(candidate, known);
  const described = { ...known, candidate, hasNameEnding: endsWithName(candidate.key), value };
  const features = readFeatures(material, described);
  let score = bias;
  for (const name in features) score += (weights[name] ?? 0) * (features[name] ?? 0);
  return { ...described, score };
}

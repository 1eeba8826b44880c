/**
 * The order of a term's candidates and how sure it is: a softmax over their scores.
 *
 * A score is linear in the features, with weights of their own for terms of one unit. `weights.json` says what they were
 * fitted on; `bench/fit-renderings.ts` refits. Without fitted weights the score by hand decides.
 */
import fitted from "./weights.json" with { type: "json" };
import { FEATURES } from "./candidate-features.ts";

export type RankingModel = {
  readonly once: Float64Array;
  readonly repeated: Float64Array;
};

function readNamed(named: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(FEATURES, (name) => named[name] ?? 0);
}

export const shippedModel: RankingModel = { once: readNamed(fitted.once), repeated: readNamed(fitted.repeated) };

/** Probability of each row of features to be the right one of its term. */
export function rankRows(rows: Float32Array, termUnits: number, model: RankingModel = shippedModel): Float64Array {
  const size = FEATURES.length;
  const weights = termUnits === 1 ? model.once : model.repeated;
  const scores = new Float64Array(rows.length / size);
  for (let row = 0; row < scores.length; row++) {
    let score = 0;
    for (let at = 0; at < size; at++) score += (weights[at] as number) * (rows[row * size + at] as number);
    scores[row] = score;
  }
  return toShares(scores);
}

export function toShares(scores: Float64Array): Float64Array {
  const most = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

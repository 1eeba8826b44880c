/**
 * The order of a term's candidates and how sure it is: a softmax over the scores of boosted trees.
 *
 * `trees.json` says what they were fitted on; `bench/fit-renderings.ts` refits. Its confidences are led to shares of right
 * ones by a line on the log odds, fitted on years that the trees had not seen, one for terms of one unit, one for others.
 * Guarantee: deterministic; features the file does not name are not looked at. Cost: O(candidates × trees × depth).
 */
import { FEATURES } from "./candidate-features.ts";
import fitted from "./trees.json" with { type: "json" };

/** Nodes in the order root, lower branch, higher branch. A leaf has feature −1 and its score as value. */
export type Tree = {
  readonly features: readonly number[];
  /** At a node: rows whose feature is smaller go to the next node, others to `higher`. */
  readonly values: readonly number[];
  readonly higher: readonly number[];
};

/** Log odds of a confidence = offset + slope × those of the softmax. */
export type Calibration = { readonly offset: number; readonly slope: number };

export type RankingModel = {
  readonly roots: Int32Array;
  readonly features: Int16Array;
  /** In the precision of the features, so that a value on a border falls on the side it was fitted on. */
  readonly values: Float32Array;
  readonly higher: Int32Array;
  readonly once: Calibration;
  readonly repeated: Calibration;
};

export type TreeFile = {
  readonly featureNames: readonly string[];
  readonly trees: readonly Tree[];
  readonly once: Calibration;
  readonly repeated: Calibration;
};

/** Candidates beyond these by the hand's order were not fitted on: they come last. */
const MOST_RANKED = 40;
const LAST = -50;
/** By hand, since no list to fit on has decisions: what a person has approved for the term is worth twenty times the odds. */
const APPROVED = 3;
const APPROVED_AT = FEATURES.indexOf("approved");

export function readModel(file: TreeFile): RankingModel {
  const size = file.trees.reduce((sum, tree) => sum + tree.features.length, 0);
  const numbers = file.featureNames.map((name) => FEATURES.indexOf(name));
  const model = {
    roots: new Int32Array(file.trees.length),
    features: new Int16Array(size),
    values: new Float32Array(size),
    higher: new Int32Array(size),
    once: file.once,
    repeated: file.repeated,
  };
  let at = 0;
  file.trees.forEach((tree, number) => {
    model.roots[number] = at;
    model.features.set(
      tree.features.map((name) => (name < 0 ? -1 : (numbers[name] ?? -1))),
      at,
    );
    model.values.set(tree.values, at);
    model.higher.set(
      tree.higher.map((node) => at + node),
      at,
    );
    at += tree.features.length;
  });
  return model;
}

export const shippedModel: RankingModel = readModel(fitted);

/** Score of one row of features. */
export function scoreRow({ roots, features, values, higher }: RankingModel, rows: Float32Array, start: number): number {
  let score = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree] as number;
    for (let name = features[node] as number; name >= 0; name = features[node] as number) {
      node = (rows[start + name] as number) < (values[node] as number) ? node + 1 : (higher[node] as number);
    }
    score += values[node] as number;
  }
  return score;
}

/** Confidence of each row of features to be the right one of its term; `termUnits` says how many units the term is in. */
export function rankRows(rows: Float32Array, termUnits: number, model: RankingModel = shippedModel): Float64Array {
  const size = FEATURES.length;
  const scores = new Float64Array(rows.length / size);
  for (let row = 0; row < scores.length; row++) {
    const isApproved = rows[row * size + APPROVED_AT] === 1;
    scores[row] = row < MOST_RANKED ? scoreRow(model, rows, row * size) + (isApproved ? APPROVED : 0) : LAST - row;
  }
  return calibrate(toShares(scores), termUnits === 1 ? model.once : model.repeated);
}

function toShares(scores: Float64Array): Float64Array {
  const most = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Confidences of one term stay in order and never sum to more than 1. */
function calibrate(shares: Float64Array, { offset, slope }: Calibration): Float64Array {
  const odds = shares.map((share) => {
    const clipped = Math.min(1 - 1e-6, Math.max(1e-30, share));
    return 1 / (1 + Math.exp(-offset - slope * Math.log(clipped / (1 - clipped))));
  });
  const sum = odds.reduce((total, share) => total + share, 0);
  return sum > 1 ? odds.map((share) => share / sum) : odds;
}

/** Leaving one year out: each year's terms ranked by trees fitted on the other years, and calibrated likewise. */
import { FEATURES } from "../src/renderings/candidate-features.ts";
import { rankRows, readModel } from "../src/renderings/ranking-model.ts";
import type { Calibration, RankingModel, Tree } from "../src/renderings/ranking-model.ts";
import { boostTrees } from "./boosted-trees.ts";
import type { Example } from "./rendering-examples.ts";

/** Found on the development years; more trees change nothing. */
const BOOSTING = { trees: 300, rate: 0.06, leaves: 16, seed: 7 };
const PLAIN: Calibration = { offset: 0, slope: 1 };

export type Scored = { readonly example: Example; readonly confidences: Float64Array };

export function fitTrees(examples: readonly Example[]): readonly Tree[] {
  return boostTrees(examples, BOOSTING);
}

function toModel(trees: readonly Tree[], once: Calibration = PLAIN, repeated: Calibration = PLAIN): RankingModel {
  return readModel({ featureNames: FEATURES, trees, once, repeated });
}

function rank(examples: readonly Example[], model: RankingModel): readonly Scored[] {
  return examples.map((example) => ({ example, confidences: rankRows(example.rows, example.termUnits, model) }));
}

/** Confidences as the trees give them, before calibration. */
export function scoreHeldOut(years: readonly (readonly Example[])[]): readonly Scored[] {
  return years.flatMap((held, at) => rank(held, toModel(fitTrees(years.filter((_, other) => other !== at).flat()))));
}

/** The same, calibrated year by year on the other years' held-out scores. */
export function calibrateHeldOut(scored: readonly Scored[]): readonly Scored[] {
  const years = [...new Set(scored.map(({ example }) => example.set))];
  return years.flatMap((year) => {
    const others = scored.filter(({ example }) => example.set !== year);
    const once = fitCalibration(others.filter(({ example }) => example.termUnits === 1));
    const repeated = fitCalibration(others.filter(({ example }) => example.termUnits > 1));
    return scored
      .filter(({ example }) => example.set === year)
      .map(({ example, confidences }) => ({
        example,
        confidences: confidences.map((share) => apply(example.termUnits === 1 ? once : repeated, share)),
      }));
  });
}

function logOdds(share: number): number {
  const clipped = Math.min(1 - 1e-6, Math.max(1e-30, share));
  return Math.log(clipped / (1 - clipped));
}

function apply({ offset, slope }: Calibration, share: number): number {
  return 1 / (1 + Math.exp(-offset - slope * logOdds(share)));
}

/** Logistic regression of "the first is right" on the log odds of its share, by Newton's steps. */
export function fitCalibration(scored: readonly Scored[]): Calibration {
  const points = scored.flatMap(({ example, confidences }) => {
    const best = findBest(confidences);
    return best < 0 ? [] : [{ x: logOdds(confidences[best] as number), y: example.right[best] as number }];
  });
  let offset = 0;
  let slope = 1;
  for (let step = 0; step < 30; step++) {
    let g0 = 0;
    let g1 = 0;
    let h00 = 1e-3;
    let h01 = 0;
    let h11 = 1e-3;
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-offset - slope * x));
      const w = p * (1 - p);
      g0 += y - p;
      g1 += (y - p) * x;
      h00 += w;
      h01 += w * x;
      h11 += w * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    offset += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { offset: Number(offset.toFixed(3)), slope: Number(slope.toFixed(3)) };
}

export function findBest(confidences: Float64Array): number {
  let best = -1;
  confidences.forEach((share, at) => {
    if (best < 0 || share > (confidences[best] as number)) best = at;
  });
  return best;
}

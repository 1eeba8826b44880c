/**
 * Fits the ranking model of rendering proposals on the development years and prints `weights.json`.
 *
 *   node bin/node24.mjs bench/fit-renderings.ts [--folds] > src/renderings/weights.json
 *
 * Method: softmax over the candidates of a term, log of the summed probability of the right ones, features over their
 * standard deviation, Adam steps, L2; a second copy of every weight for terms of one unit. With --folds each year is
 * scored with weights fitted on the others, on standard error.
 */
import { FEATURES } from "../src/renderings/candidate-features.ts";
import { rankRows, toShares } from "../src/renderings/ranking-model.ts";
import type { RankingModel } from "../src/renderings/ranking-model.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { readExamples } from "./rendering-examples.ts";
import type { Example } from "./rendering-examples.ts";
import { readRenderingSets } from "./rendering-sets.ts";

const SIZE = FEATURES.length;
const STEPS = 150;
const RATE = 0.05;
const L2 = 0.002;

function measureDeviations(examples: readonly Example[]): Float64Array {
  const sums = new Float64Array(SIZE);
  const squares = new Float64Array(SIZE);
  let count = 0;
  for (const { rows } of examples) {
    for (let at = 0; at < rows.length; at++) {
      const value = rows[at] as number;
      const name = at % SIZE;
      sums[name] = (sums[name] as number) + value;
      squares[name] = (squares[name] as number) + value * value;
    }
    count += rows.length / SIZE;
  }
  return sums.map((sum, name) => Math.sqrt(Math.max(0, (squares[name] as number) / count - (sum / count) ** 2)) || 1);
}

/** Weights: shared ones, then what terms of one unit add. */
export function fitModel(all: readonly Example[]): RankingModel {
  const examples = all.filter((example) => example.right.includes(1));
  const deviations = measureDeviations(examples);
  const weights = new Float64Array(2 * SIZE);
  const mean = new Float64Array(2 * SIZE);
  const square = new Float64Array(2 * SIZE);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = weights.map((weight) => -L2 * weight);
    for (const { rows, right, termUnits } of examples) {
      const isOnce = termUnits === 1;
      const scores = new Float64Array(right.length);
      for (let row = 0; row < scores.length; row++) {
        let score = 0;
        for (let at = 0; at < SIZE; at++) {
          const weight = (weights[at] as number) + (isOnce ? (weights[SIZE + at] as number) : 0);
          score += (weight * (rows[row * SIZE + at] as number)) / (deviations[at] as number);
        }
        scores[row] = score;
      }
      const shares = toShares(scores);
      let good = 0;
      shares.forEach((share, row) => (good += right[row] === 1 ? share : 0));
      shares.forEach((share, row) => {
        const push = ((right[row] === 1 ? share / Math.max(1e-12, good) : 0) - share) / examples.length;
        if (Math.abs(push) < 1e-9) return;
        for (let at = 0; at < SIZE; at++) {
          const part = (push * (rows[row * SIZE + at] as number)) / (deviations[at] as number);
          gradient[at] = (gradient[at] as number) + part;
          if (isOnce) gradient[SIZE + at] = (gradient[SIZE + at] as number) + part;
        }
      });
    }
    gradient.forEach((value, at) => {
      mean[at] = 0.9 * (mean[at] as number) + 0.1 * value;
      square[at] = 0.999 * (square[at] as number) + 0.001 * value * value;
      const corrected = (mean[at] as number) / (1 - 0.9 ** step);
      const scale = Math.sqrt((square[at] as number) / (1 - 0.999 ** step)) + 1e-8;
      weights[at] = (weights[at] as number) + (RATE * corrected) / scale;
    });
  }
  const repeated = Float64Array.from({ length: SIZE }, (_, at) => (weights[at] as number) / (deviations[at] as number));
  const once = Float64Array.from(
    { length: SIZE },
    (_, at) => ((weights[at] as number) + (weights[SIZE + at] as number)) / (deviations[at] as number),
  );
  return { once, repeated };
}

type Tally = { terms: number; first: number; three: number; sure: number; sureRight: number };

export function scoreModel(examples: readonly Example[], model: RankingModel, tallies: Map<string, Tally>): void {
  for (const { rows, right, termUnits } of examples) {
    const shares = rankRows(rows, termUnits, model);
    const order = [...shares.keys()].sort((one, other) => (shares[other] as number) - (shares[one] as number));
    const hit = order.findIndex((row) => right[row] === 1);
    const top = order[0] === undefined ? 0 : (shares[order[0]] as number);
    for (const group of ["all", termUnits >= 3 ? ">= 3" : `${termUnits}`, ...(termUnits >= 5 ? [">= 5"] : [])]) {
      const tally = tallies.get(group) ?? { terms: 0, first: 0, three: 0, sure: 0, sureRight: 0 };
      tallies.set(group, tally);
      tally.terms++;
      if (hit === 0) tally.first++;
      if (hit >= 0 && hit < 3) tally.three++;
      if (top >= 0.9) {
        tally.sure++;
        if (hit === 0) tally.sureRight++;
      }
    }
  }
}

const lexicon = await loadDictionary();
const folds = readRenderingSets().map((set) => readExamples(set, lexicon));
if (process.argv.includes("--folds")) {
  const tallies = new Map<string, Tally>();
  folds.forEach((held, at) => {
    scoreModel(held, fitModel(folds.filter((_, other) => other !== at).flat()), tallies);
  });
  for (const [group, { terms, first, three, sure, sureRight }] of [...tallies].sort()) {
    const share = (count: number, all: number): string => (count / Math.max(1, all)).toFixed(3);
    console.error(
      `n ${group}: ${terms} terms, first ${share(first, terms)}, first three ${share(three, terms)}; confidence >= .9: ${share(sure, terms)} of terms, right ${share(sureRight, sure)}`,
    );
  }
}
const model = fitModel(folds.flat());
const named = (weights: Float64Array): Record<string, number> =>
  Object.fromEntries(FEATURES.map((name, at) => [name, Number((weights[at] as number).toFixed(4))]));
console.log(
  JSON.stringify(
    {
      about:
        "Fitted by bench/fit-renderings.ts on annual reports of four years (2,586 listed terms). once: terms that stand in one unit; repeated: in more.",
      once: named(model.once),
      repeated: named(model.repeated),
    },
    undefined,
    2,
  ),
);

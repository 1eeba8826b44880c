/**
 * Logistic regression by Newton's method, with L2 on features of equal spread. Each set of rows has a bias of its own,
 * which is thrown away: what is common in one set and rare in another is no merit of a string.
 * Cost: O(steps · rows · features²).
 */
import type { Weights } from "../src/extraction/weights.ts";

const STEPS = 12;
const PENALTY = 8;
/** A mark that few strings bear has a small spread; without a floor its weight would escape the penalty. */
const LEAST_SPREAD = 0.3;

export type Row = {
  readonly key: string;
  readonly features: Float64Array;
  readonly target: number;
  readonly weight: number;
  readonly fold: number;
  /** Number of its set: what is common in one set and rare in another is no merit of a string. */
  readonly set: number;
};

/** Newton's method: each step solves for the change of all weights at once. */
export function fitWeights(rows: readonly Row[], names: readonly string[]): Weights {
  const sets = Math.max(0, ...rows.map((row) => row.set));
  const used = names.length + 1;
  const size = used + sets;
  const { means, spreads } = standardize(rows, names.length);
  const beta = new Float64Array(size);
  const x = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const { features, target, weight, set } of rows) {
      x[0] = 1;
      x.fill(0, used);
      if (set > 0) x[used + set - 1] = 1;
      for (let i = 1; i < used; i++) x[i] = ((features[i - 1] ?? 0) - (means[i - 1] ?? 0)) / (spreads[i - 1] ?? 1);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (beta[i] ?? 0) * (x[i] ?? 0);
      const chance = 1 / (1 + Math.exp(-sum));
      const curve = weight * chance * (1 - chance);
      for (let i = 0; i < size; i++) {
        const value = x[i] ?? 0;
        if (value === 0) continue;
        gradient[i] = (gradient[i] ?? 0) + weight * (target - chance) * value;
        const line = hessian[i];
        if (!line) continue;
        for (let j = 0; j <= i; j++) line[j] = (line[j] ?? 0) + curve * value * (x[j] ?? 0);
      }
    }
    hessian.forEach((line, i) => {
      for (let j = i + 1; j < size; j++) line[j] = hessian[j]?.[i] ?? 0;
      if (i > 0 && i < used) {
        line[i] = (line[i] ?? 0) + PENALTY;
        gradient[i] = (gradient[i] ?? 0) - PENALTY * (beta[i] ?? 0);
      } else line[i] = (line[i] ?? 0) + 1e-6;
    });
    solve(hessian, gradient).forEach((change, i) => {
      beta[i] = (beta[i] ?? 0) + change;
    });
  }
  const weights = Object.fromEntries(names.map((name, i) => [name, (beta[i + 1] ?? 0) / (spreads[i] ?? 1)]));
  const bias = names.reduce((sum, name, i) => sum - (weights[name] ?? 0) * (means[i] ?? 0), beta[0] ?? 0);
  return { bias, weights };
}

function standardize(rows: readonly Row[], size: number): { readonly means: Float64Array; readonly spreads: Float64Array } {
  const means = new Float64Array(size);
  const spreads = new Float64Array(size);
  let total = 0;
  for (const { features, weight } of rows) {
    total += weight;
    for (let i = 0; i < size; i++) means[i] = (means[i] ?? 0) + weight * (features[i] ?? 0);
  }
  for (let i = 0; i < size; i++) means[i] = (means[i] ?? 0) / total;
  for (const { features, weight } of rows)
    for (let i = 0; i < size; i++) spreads[i] = (spreads[i] ?? 0) + weight * ((features[i] ?? 0) - (means[i] ?? 0)) ** 2;
  for (let i = 0; i < size; i++) spreads[i] = Math.max(LEAST_SPREAD, Math.sqrt((spreads[i] ?? 0) / total));
  return { means, spreads };
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const rows = matrix.map((line, i) => Float64Array.from([...line, right[i] ?? 0]));
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    const top = rows[pivot];
    const swapped = rows[column];
    if (!top || !swapped) continue;
    rows[pivot] = swapped;
    rows[column] = top;
    for (let i = 0; i < size; i++) {
      const line = rows[i];
      if (i === column || !line) continue;
      const factor = (line[column] ?? 0) / (top[column] ?? 1);
      if (factor !== 0) for (let j = column; j <= size; j++) line[j] = (line[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return Float64Array.from(rows, (line, i) => (line[size] ?? 0) / (line[i] ?? 1));
}

export function scoreRow({ bias, weights }: Weights, names: readonly string[], features: Float64Array): number {
  return names.reduce((total, name, i) => total + (weights[name] ?? 0) * (features[i] ?? 0), bias);
}

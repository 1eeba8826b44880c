/**
 * Gale and Church (1993), "A program for aligning sentences in bilingual corpora": length alone, as published (six
 * kinds of beads, their priors, δ² with variance 6.8), over the whole rectangle. The slow and plain twin and baseline.
 */
import type { AlignmentText } from "../../src/model/alignment.ts";

export type PlainBead = { readonly source: readonly number[]; readonly target: readonly number[] };

const KINDS = [
  { source: 1, target: 1, prior: 0.89 },
  { source: 1, target: 0, prior: 0.0099 / 2 },
  { source: 0, target: 1, prior: 0.0099 / 2 },
  { source: 2, target: 1, prior: 0.089 / 2 },
  { source: 1, target: 2, prior: 0.089 / 2 },
  { source: 2, target: 2, prior: 0.011 },
] as const;
const VARIANCE = 6.8;

/** Upper tail of the normal distribution (Abramowitz and Stegun 26.2.17). */
function tail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 0.3989423 * Math.exp((-z * z) / 2) * poly;
}

export function alignByLength(source: AlignmentText, target: AlignmentText): readonly PlainBead[] {
  const measure = (text: AlignmentText) => text.segments.map((segment) => [...segment.text.replaceAll(/\s/gu, "")].length);
  const one = measure(source);
  const two = measure(target);
  const sum = (lengths: readonly number[]) => lengths.reduce((total, length) => total + length, 0);
  const ratio = sum(two) / Math.max(1, sum(one));
  const width = two.length + 1;
  const best = new Float64Array((one.length + 1) * width).fill(Infinity);
  const cameBy = new Int8Array(best.length);
  best[0] = 0;
  for (let i = 0; i <= one.length; i++) {
    for (let j = 0; j <= two.length; j++) {
      KINDS.forEach((kind, number) => {
        const before = i - kind.source;
        const left = j - kind.target;
        if (before < 0 || left < 0) return;
        const length = sum(one.slice(before, i));
        const other = sum(two.slice(left, j));
        const delta = (other - length * ratio) / Math.sqrt(Math.max(1, (length + other / ratio) / 2) * VARIANCE * ratio);
        const cost =
          (best[before * width + left] ?? Infinity) - Math.log(kind.prior) - Math.log(Math.max(1e-30, 2 * tail(Math.abs(delta))));
        if (cost < (best[i * width + j] ?? Infinity)) {
          best[i * width + j] = cost;
          cameBy[i * width + j] = number;
        }
      });
    }
  }
  const beads: PlainBead[] = [];
  let i = one.length;
  let j = two.length;
  while (i > 0 || j > 0) {
    const kind = KINDS[cameBy[i * width + j] ?? 0] ?? KINDS[0];
    const count = (from: number, size: number) => Array.from({ length: size }, (_, at) => from + at);
    beads.push({ source: count(i - kind.source, kind.source), target: count(j - kind.target, kind.target) });
    i -= kind.source;
    j -= kind.target;
  }
  return beads.reverse();
}

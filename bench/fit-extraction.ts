/**
 * Fits the weights of the extractor's ranking and prints `weights.json`.
 *
 *   node bin/node24.mjs bench/fit-extraction.ts [--without NAME,NAME…] > src/extraction/weights.json
 *
 * Method: logistic regression by Newton's method with L2 on standardized features. Graded formulations and strings
 * judged good are 1, listed negatives and strings judged generic or bad 0; all others 0 with a small weight, since
 * most of what nobody judged is nothing. The evidence depends on what is accepted, so fitting and ranking take turns.
 * Cross-validated figures (five folds over headwords: each string is scored with weights that have not seen it) go to
 * standard error. Deterministic.
 */
import { prepareExtraction } from "../src/extraction/extract-formulations.ts";
import { readFeatures } from "../src/extraction/features.ts";
import { rankCandidates } from "../src/extraction/rank.ts";
import type { Scored } from "../src/extraction/score.ts";
import { foldVariants } from "../src/extraction/variants.ts";
import { FITTED } from "../src/extraction/weights.ts";
import type { Weights } from "../src/extraction/weights.ts";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import type { GoldEntry } from "../test/extraction/gold.ts";
import { loosen, measureGold, readGold } from "../test/extraction/gold.ts";
import { judgeBy, measurePrecision, readLabels } from "./extraction-labels.ts";
import { OTHER_SETS, readOfficialDocuments, readSentenceSet } from "./extraction-sets.ts";

const TURNS = 3;
const STEPS = 12;
const PENALTY = 8;
const FOLDS = 5;
/** A mark that few strings bear has a small spread; without a floor its weight would escape the penalty. */
const LEAST_SPREAD = 0.3;
const UNJUDGED = 0.6;
const LIMIT = 2000;

type Row = {
  readonly key: string;
  readonly features: Float64Array;
  readonly target: number;
  readonly weight: number;
  readonly fold: number;
  /** Number of its set: what is common in one set and rare in another is no merit of a string. */
  readonly set: number;
};
type Judge = (text: string) => { readonly target: number; readonly weight: number };
type TrainingSet = { readonly documents: readonly ExtractionDocument[]; readonly judge: Judge; readonly number: number };

/** The same fold for the same headword in every run. */
function foldOf(key: string): number {
  let hash = 2166136261;
  for (const character of loosen(key)) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0) % FOLDS;
}

function judgeOfficial(): Judge {
  const gold = readGold();
  const entries = new Map<string, GoldEntry>();
  for (const entry of gold.entries) if (!entry.isFrame) entries.set(loosen(entry.text), entry);
  const byLabels = judgeBy(gold, readLabels("official"));
  return (text) => {
    const entry = entries.get(loosen(text));
    if (entry) return { target: 1, weight: entry.grade === "A" ? 1 : 0.7 };
    return weigh(byLabels(text));
  };
}

function weigh(judgement: string | undefined): { readonly target: number; readonly weight: number } {
  if (judgement === undefined) return { target: 0, weight: UNJUDGED };
  return { target: judgement === "good" ? 1 : 0, weight: judgement === "good" ? 0.7 : 2 };
}

function rankSet({ documents }: TrainingSet, weights: Weights) {
  const prepared = prepareExtraction(documents, {});
  if (!prepared) throw new Error("no text");
  const { material, candidates, halfFrames, spans } = prepared;
  const ranked = rankCandidates(material, candidates, { limit: LIMIT, halfFrames, spans, weights, report: () => undefined });
  return { material, ranked };
}

type Ranked = ReturnType<typeof rankSet>;

function readRows({ material, ranked }: Ranked, { judge, number }: TrainingSet, names: readonly string[]): readonly Row[] {
  return ranked.map((scored) => {
    const key = scored.candidate.key;
    const found = readFeatures(material, scored);
    return { key, features: Float64Array.from(names, (name) => found[name] ?? 0), ...judge(key), fold: foldOf(key), set: number };
  });
}

/** Newton's method: each step solves for the change of all weights at once. */
function fit(rows: readonly Row[], names: readonly string[]): Weights {
  const used = names.length + 1;
  const size = used + OTHER_SETS.length;
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

function sum({ bias, weights }: Weights, names: readonly string[], features: Float64Array): number {
  return names.reduce((total, name, i) => total + (weights[name] ?? 0) * (features[i] ?? 0), bias);
}

const without = new Set((process.argv[process.argv.indexOf("--without") + 1] ?? "").split(","));
const sets: readonly TrainingSet[] = [
  { documents: await readOfficialDocuments(), judge: judgeOfficial(), number: 0 },
  ...(await Promise.all(
    OTHER_SETS.map(async (name, at): Promise<TrainingSet> => {
      const judge = judgeBy(undefined, readLabels(name));
      return { documents: await readSentenceSet(name), judge: (text) => weigh(judge(text)), number: at + 1 };
    }),
  )),
];

let weights: Weights = FITTED;
let lists = sets.map((set) => rankSet(set, weights));
const sample = lists[0]?.ranked[0];
const names = Object.keys(sample && lists[0] ? readFeatures(lists[0].material, sample) : {}).filter((name) => !without.has(name));
let rows: (readonly Row[])[] = [];
for (let turn = 0; turn < TURNS; turn++) {
  rows = lists.flatMap((list, i) => (sets[i] ? [readRows(list, sets[i], names)] : []));
  weights = fit(rows.flat(), names);
  lists = sets.map((set) => rankSet(set, weights));
}
rows = lists.flatMap((list, i) => (sets[i] ? [readRows(list, sets[i], names)] : []));

function report(title: string, list: Ranked, ranked: readonly Scored[]): void {
  const gold = readGold();
  const judge = judgeBy(gold, readLabels("official"));
  const folded = foldVariants(list.material.words, ranked.slice(0, 2 * LIMIT)).slice(0, LIMIT);
  const texts = folded.map(({ head }) => head.candidate.key);
  const measured = measureGold(
    gold,
    folded.map(({ head, variants }) => ({
      text: head.candidate.key,
      variants: variants.map((variant) => ({ text: variant.candidate.key })),
    })),
  );
  const precise = [100, 200, 300].map((most) => {
    const { strict, lenient, unjudged } = measurePrecision(texts.slice(0, most), judge);
    return `P@${most} strict ${strict.toFixed(3)} lenient ${lenient.toFixed(3)} unjudged ${unjudged}`;
  });
  const recall = (reachable: boolean): string =>
    [200, 500, 1000].map((most) => measured.recall(most, reachable).toFixed(3)).join(" / ");
  if (process.argv.includes("--unjudged"))
    process.stderr.write(
      `${texts
        .slice(0, 300)
        .filter((text) => judge(text) === undefined)
        .join("|")}\n`,
    );
  process.stderr.write(
    `${title}: listed ${measured.listed(100)} / ${measured.listed(200)}, negatives ${measured.negatives(200).length}; ${precise.join("; ")}; ` +
      `A reachable at 200 / 500 / 1000 ${recall(true)}, all ${recall(false)}\n`,
  );
}

const official = lists[0];
if (official) {
  report("fitted on all", official, official.ranked);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fit(
      rows.flat().filter((row) => row.fold !== fold),
      names,
    ),
  );
  const unseen = official.ranked.map((scored, i): Scored => {
    const row = rows[0]?.[i];
    const own = folds[row?.fold ?? 0];
    if (!row || !own) return scored;
    // What the last pass took off stays off.
    return { ...scored, score: scored.score - sum(weights, names, row.features) + sum(own, names, row.features) };
  });
  unseen.sort((one, other) => other.score - one.score);
  report("unseen, five folds over headwords", official, unseen);
}
OTHER_SETS.forEach((name, at) => {
  const list = lists[at + 1];
  if (!list) return;
  const own = fit(rows.filter((_, i) => i !== at + 1).flat(), names);
  const unseen = list.ranked.map((scored, i): Scored => {
    const features = rows[at + 1]?.[i]?.features ?? new Float64Array(names.length);
    return { ...scored, score: scored.score - sum(weights, names, features) + sum(own, names, features) };
  });
  unseen.sort((one, other) => other.score - one.score);
  const texts = unseen.map(({ candidate }) => candidate.key);
  const judge = judgeBy(undefined, readLabels(name));
  const shares = [50, 100].map((most) => {
    const { strict, unjudged } = measurePrecision(texts.slice(0, most), judge);
    return `P@${most} ${strict.toFixed(3)} (${unjudged} unjudged)`;
  });
  process.stderr.write(`${name}, weights of the other sets: ${shares.join(", ")}\n`);
  if (process.argv.includes("--unjudged"))
    process.stderr.write(
      `${texts
        .slice(0, 100)
        .filter((text) => judge(text) === undefined)
        .join("|")}\n`,
    );
});
const round = (value: number): number => Number(value.toFixed(3));
const about =
  "Fitted by bench/fit-extraction.ts on the development third of the graded formulations of five official files, its negatives, and our judgement of printed lists (bench/extraction/*.tsv).";
const fitted = Object.fromEntries(names.map((name) => [name, round(weights.weights[name] ?? 0)]));
process.stdout.write(`${JSON.stringify({ about, bias: round(weights.bias), weights: fitted }, undefined, 2)}\n`);

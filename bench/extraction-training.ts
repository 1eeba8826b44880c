/**
 * What the ranking is fitted on: the strings of four sets with their evidence and the judgement of a person.
 * Graded formulations and strings judged good are 1, listed negatives and strings judged generic or bad 0; all others
 * 0 with a smaller weight, since most of what nobody judged is nothing.
 */
import { prepareExtraction } from "../src/extraction/extract-formulations.ts";
import { readFeatures } from "../src/extraction/features.ts";
import { rankCandidates } from "../src/extraction/rank.ts";
import type { Scored } from "../src/extraction/score.ts";
import { foldVariants } from "../src/extraction/variants.ts";
import type { Weights } from "../src/extraction/weights.ts";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import type { GoldCandidate, GoldEntry, GoldMeasure } from "../test/extraction/gold.ts";
import { loosen, measureGold, readGold } from "../test/extraction/gold.ts";
import type { Judgement, Precision } from "./extraction-labels.ts";
import { judgeBy, measurePrecision, readLabels } from "./extraction-labels.ts";
import { OTHER_SETS, readOfficialDocuments, readSentenceSet } from "./extraction-sets.ts";
import { fitWeights, scoreRow } from "./logistic.ts";
import type { Row } from "./logistic.ts";

const FOLDS = 5;
/**
 * How much a string of each kind counts. Grade A is what must not be missed; our own judgement of good ones is many
 * strings of one reader; what was judged and refused stood near the top.
 */
const SHARE = { gradeA: 4, gradeB: 1.5, good: 0.4, refused: 2, unjudged: 1.5 } as const;
const LIMIT = 2000;

export type Judge = (text: string) => { readonly target: number; readonly weight: number };
export type TrainingSet = { readonly documents: readonly ExtractionDocument[]; readonly judge: Judge; readonly number: number };

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
    if (entry) return { target: 1, weight: entry.grade === "A" ? SHARE.gradeA : SHARE.gradeB };
    return weigh(byLabels(text));
  };
}

function weigh(judgement: string | undefined): { readonly target: number; readonly weight: number } {
  if (judgement === undefined) return { target: 0, weight: SHARE.unjudged };
  return { target: judgement === "good" ? 1 : 0, weight: judgement === "good" ? SHARE.good : SHARE.refused };
}

export function rankSet({ documents }: TrainingSet, weights: Weights) {
  const prepared = prepareExtraction(documents, {});
  if (!prepared) throw new Error("no text");
  const { material, candidates, halfFrames, spans } = prepared;
  const ranked = rankCandidates(material, candidates, { limit: LIMIT, halfFrames, spans, weights, report: () => undefined });
  return { material, ranked };
}

export type Ranked = ReturnType<typeof rankSet>;

export function readRows({ material, ranked }: Ranked, { judge, number }: TrainingSet, names: readonly string[]): readonly Row[] {
  return ranked.map((scored) => {
    const key = scored.candidate.key;
    const found = readFeatures(material, scored);
    return { key, features: Float64Array.from(names, (name) => found[name] ?? 0), ...judge(key), fold: foldOf(key), set: number };
  });
}

export async function loadTrainingSets(): Promise<readonly TrainingSet[]> {
  return [
    { documents: await readOfficialDocuments(), judge: judgeOfficial(), number: 0 },
    ...(await Promise.all(
      OTHER_SETS.map(async (name, at): Promise<TrainingSet> => {
        const judge = judgeBy(undefined, readLabels(name));
        return { documents: await readSentenceSet(name), judge: (text) => weigh(judge(text)), number: at + 1 };
      }),
    )),
  ];
}

/** All that the ranking knows, by name. */
export function listFeatures({ material, ranked }: Ranked): readonly string[] {
  const sample = ranked[0];
  return sample ? Object.keys(readFeatures(material, sample)) : [];
}

export type Fitted = { readonly weights: Weights; readonly names: readonly string[] };

/** The list in the order that other weights give it; what the last pass took off stays off. */
export function reorder(
  list: Ranked,
  rows: readonly Row[],
  options: { readonly from: Fitted; readonly to: (row: Row) => Fitted },
): readonly Scored[] {
  const { from, to } = options;
  const reordered = list.ranked.map((scored, i): Scored => {
    const row = rows[i];
    if (!row) return scored;
    const other = to(row);
    return {
      ...scored,
      score: scored.score - scoreRow(from.weights, from.names, row.features) + scoreRow(other.weights, from.names, row.features),
    };
  });
  return reordered.sort((one, other) => other.score - one.score);
}

/** Weights for each fold of headwords that have not seen it. */
export function fitFolds(rows: readonly Row[], names: readonly string[]): (row: Row) => Fitted {
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    names,
    weights: fitWeights(
      rows.filter((row) => row.fold !== fold),
      names,
    ),
  }));
  return ({ fold }) => folds[fold] ?? { names, weights: { bias: 0, weights: {} } };
}

export type OfficialMeasure = {
  readonly measured: GoldMeasure;
  readonly texts: readonly string[];
  readonly precision: (most: number) => Precision;
  readonly judge: (text: string) => Judgement | undefined;
};

/** A ranked list of the official files against the graded list and our own judgement. */
export function measureOfficial(list: Ranked, ranked: readonly Scored[]): OfficialMeasure {
  const folded = foldVariants(list.material.words, ranked.slice(0, 2 * LIMIT)).slice(0, LIMIT);
  return measureList(
    folded.map(({ head, variants }) => ({
      text: head.candidate.key,
      variants: variants.map((variant) => ({ text: variant.scored.candidate.key })),
    })),
  );
}

export function measureList(formulations: readonly GoldCandidate[]): OfficialMeasure {
  const gold = readGold();
  const judge = judgeBy(gold, readLabels("official"));
  const texts = formulations.map(({ text }) => text);
  return {
    measured: measureGold(gold, formulations),
    texts,
    judge,
    precision: (most) => measurePrecision(texts.slice(0, most), judge),
  };
}

const show = (share: number): string => share.toFixed(3);

/** One line: what a comparison needs. */
export function summarize({ measured, precision }: OfficialMeasure): string {
  const precise = [100, 200, 300].map((most) => {
    const { strict, lenient, unjudged } = precision(most);
    return `P@${most} strict ${show(strict)} lenient ${show(lenient)}${unjudged > 0 ? ` (${unjudged} unjudged)` : ""}`;
  });
  const recall = (reachable: boolean): string =>
    [200, 500, 1000].map((most) => show(measured.recall(most, reachable))).join(" / ");
  return (
    `listed ${measured.listed(100)} / ${measured.listed(200)}, negatives ${measured.negatives(200).length}; ${precise.join(", ")}; ` +
    `A in 200 / 500 / 1000: reachable ${recall(true)}, all ${recall(false)}`
  );
}

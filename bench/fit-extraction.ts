/**
 * Fits the weights of the extractor's ranking and prints `weights.json`.
 *
 *   node bin/node24.mjs bench/fit-extraction.ts [--unjudged] > src/extraction/weights.json
 *
 * The evidence depends on what is accepted, so fitting and ranking take turns. Figures go to standard error: with all
 * judgements known, by five folds over headwords (each string scored with weights that have not seen it), and for the
 * other sets with weights that have not seen the set. --unjudged prints the strings near the top that ask for a
 * judgement. Deterministic.
 */
import type { Weights } from "../src/extraction/weights.ts";
import { FITTED } from "../src/extraction/weights.ts";
import { judgeBy, measurePrecision, readLabels } from "./extraction-labels.ts";
import { OTHER_SETS } from "./extraction-sets.ts";
import {
  fitFolds,
  listFeatures,
  loadTrainingSets,
  measureOfficial,
  rankSet,
  readRows,
  reorder,
  summarize,
} from "./extraction-training.ts";
import type { Ranked } from "./extraction-training.ts";
import { fitWeights } from "./logistic.ts";
import type { Row } from "./logistic.ts";

const TURNS = 3;
/** No set has a glossary: its weight is set by hand. */
const BY_HAND: Readonly<Record<string, number>> = { glossary: 2.6 };
const NEAR_THE_TOP = 300;

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const sets = await loadTrainingSets();
const readAll = (lists: readonly Ranked[], names: readonly string[]): readonly (readonly Row[])[] =>
  lists.flatMap((list, i) => (sets[i] ? [readRows(list, sets[i], names)] : []));

let weights: Weights = FITTED;
let lists = sets.map((set) => rankSet(set, weights));
const [official] = lists;
const names = official ? listFeatures(official) : [];
for (let turn = 0; turn < TURNS; turn++) {
  weights = fitWeights(readAll(lists, names).flat(), names);
  lists = sets.map((set) => rankSet(set, weights));
}
const rows = readAll(lists, names);
const from = { weights, names };

const asksForJudgement = process.argv.includes("--unjudged");
const list = lists[0];
if (list) {
  const known = measureOfficial(list, list.ranked);
  const unseen = measureOfficial(list, reorder(list, rows[0] ?? [], { from, to: fitFolds(rows.flat(), names) }));
  print(`official, all known: ${summarize(known)}`);
  print(`official, unseen: ${summarize(unseen)}`);
  if (asksForJudgement)
    for (const { texts, judge } of [known, unseen])
      print(
        texts
          .slice(0, NEAR_THE_TOP)
          .filter((text) => judge(text) === undefined)
          .join("|"),
      );
}
OTHER_SETS.forEach((name, at) => {
  const other = lists[at + 1];
  if (!other) return;
  const blind = { names, weights: fitWeights(rows.filter((_, i) => i !== at + 1).flat(), names) };
  const texts = reorder(other, rows[at + 1] ?? [], { from, to: () => blind }).map(({ candidate }) => candidate.key);
  const judge = judgeBy(undefined, readLabels(name));
  const shares = [50, 100].map((most) => {
    const { strict, unjudged } = measurePrecision(texts.slice(0, most), judge);
    return `P@${most} strict ${strict.toFixed(3)} (${unjudged} unjudged)`;
  });
  print(`${name}, unseen as a whole: ${shares.join(", ")}`);
  if (asksForJudgement)
    print(
      texts
        .slice(0, 100)
        .filter((text) => judge(text) === undefined)
        .join("|"),
    );
});
const round = (value: number): number => Number(value.toFixed(3));
const about =
  "Fitted by bench/fit-extraction.ts on the development third of the graded formulations of five official files, its negatives, and our judgement of printed lists of four registers (bench/extraction/*.tsv). The weight of the glossary is set by hand.";
const fitted = Object.fromEntries(names.map((name) => [name, BY_HAND[name] ?? round(weights.weights[name] ?? 0)]));
process.stdout.write(`${JSON.stringify({ about, bias: round(weights.bias), weights: fitted }, undefined, 2)}\n`);

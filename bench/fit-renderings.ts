/**
 * Fits the ranking model of rendering proposals on the development years and prints `trees.json`.
 *
 *   node bin/node24.mjs bench/fit-renderings.ts > src/renderings/trees.json
 *
 * Each year is scored once with trees fitted on the other years; the line that leads confidences to shares of right ones is
 * fitted on those scores. Those scores go to standard error. What is printed is fitted on all years.
 */
import { FEATURES } from "../src/renderings/candidate-features.ts";
import type { TreeFile } from "../src/renderings/ranking-model.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { readExamples } from "./rendering-examples.ts";
import { calibrateHeldOut, fitCalibration, fitTrees, scoreHeldOut } from "./rendering-folds.ts";
import { placeOf, printCalibration, printHits } from "./rendering-report.ts";
import { readRenderingSets } from "./rendering-sets.ts";

const lexicon = await loadDictionary();
const years = readRenderingSets().map((set) => readExamples(set, lexicon));
const all = years.flat();
const scored = scoreHeldOut(years);
const held = calibrateHeldOut(scored);
printHits(
  console.error,
  "held out",
  held.map((entry) => ({ units: entry.example.heldBy, place: placeOf(entry) })),
);
printCalibration(console.error, held);
const file: TreeFile & { readonly about: string } = {
  about: `Fitted by bench/fit-renderings.ts on annual reports of four years with their term lists: ${all.length} terms of a year. Order of a tree's nodes: root, lower branch, higher branch; a leaf has feature -1.`,
  featureNames: FEATURES,
  once: fitCalibration(scored.filter(({ example }) => example.termUnits === 1)),
  repeated: fitCalibration(scored.filter(({ example }) => example.termUnits > 1)),
  trees: fitTrees(all),
};
console.log(JSON.stringify(file));

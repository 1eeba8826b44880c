/**
 * Fits the weights of the alignment model on the development sets and prints `weights.json`.
 *
 *   node bin/node24.mjs bench/fit-alignment.ts [--folds] [--cache FOLDER] > src/alignment/weights.json
 *
 * With --folds each file is scored with weights fitted on the others, and fiction with weights that saw none, on
 * standard error. Memory: about 1 GB.
 */
import { FEATURES } from "../src/alignment/features.ts";
import { prepareTexts } from "../src/alignment/prepare.ts";
import { readWeights } from "../src/alignment/weights.ts";
import type { ModelName } from "../src/alignment/weights.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { fitWeights, scoreLattice } from "./alignment-fit.ts";
import { buildLattice } from "./alignment-lattice.ts";
import type { Lattice } from "./alignment-lattice.ts";
import { plantOmissions } from "./alignment-omissions.ts";
import { addScores, measureScore, readAlignmentSet } from "./alignment-sets.ts";
import type { AlignmentFile } from "./alignment-sets.ts";

/** The development sets have no paragraph marks: these are set by hand. */
const BY_HAND: Readonly<Record<string, number>> = { "paragraph both": 1.2, "paragraph one": -2.2, "paragraph inside": -1.6 };

/** Omissions are rarer in the world than in the planted copies. */
const PLANTED_SHARE = 0.08;

const files = (["pol", "aca", "mag", "mac"] as const).flatMap((set) => readAlignmentSet(set));
const cacheAt = process.argv.indexOf("--cache");
const cacheFolder = cacheAt < 0 ? undefined : process.argv[cacheAt + 1];
const lexicon = await loadDictionary(cacheFolder === undefined ? {} : { cacheFolder });

function report(title: string, lattices: readonly Lattice[], weightsOf: (lattice: Lattice) => Float64Array): void {
  const scores = lattices.map((lattice) => ({ name: lattice.file.name, score: scoreLattice(lattice, weightsOf(lattice)) }));
  const pool = (names: readonly string[]) =>
    measureScore(
      addScores(scores.filter(({ name }) => names.some((wanted) => name.startsWith(wanted))).map(({ score }) => score)),
    ).f1.toFixed(4);
  const single = scores.map(({ name, score }) => `${name.split(",")[0] ?? ""} ${measureScore(score).f1.toFixed(3)}`);
  process.stderr.write(`${title}: mac ${pool(["mac"])}, pol+aca+mag ${pool(["pol", "aca", "mag"])} (${single.join(", ")})\n`);
}

function fitModel(model: ModelName): Record<string, number> {
  const weights = readWeights(model);
  const build = (file: AlignmentFile, share: number): Lattice =>
    buildLattice({
      file,
      prepared: prepareTexts(file.source, file.target, { lexicon: model === "lexicon" ? lexicon : undefined }),
      share,
      weights,
    });
  const lattices = files.map((file) => build(file, 1));
  const planted = files.map((file, at) => build(plantOmissions(file, 1000 + at), PLANTED_SHARE));
  const fitted = fitWeights([...lattices, ...planted]);
  report(`${model}, fitted on all`, lattices, () => fitted);
  const unseen = files.map((file, at) => build(plantOmissions(file, 2000 + at), 1));
  report(`${model}, other omissions planted`, unseen, () => fitted);
  if (process.argv.includes("--folds")) {
    const isFiction = (lattice: Lattice): boolean => lattice.file.name.startsWith("mac");
    const own = new Map(
      lattices.map((left, at) => {
        const others = [...lattices, ...planted].filter((lattice) => lattice !== left && lattice !== planted[at]);
        return [left, fitWeights(others, { start: fitted })];
      }),
    );
    report(`${model}, each file with weights fitted on the others`, lattices, (lattice) => own.get(lattice) ?? fitted);
    const plain = fitWeights([...lattices, ...planted].filter((lattice) => !isFiction(lattice)));
    report(`${model}, no fiction in the fit`, lattices.filter(isFiction), () => plain);
  }
  return Object.fromEntries(FEATURES.map((name, at) => [name, BY_HAND[name] ?? Number((fitted[at] ?? 0).toFixed(4))]));
}

const about =
  "Fitted by bench/fit-alignment.ts on the development halves of aligner-eval (pol, aca, mag) and the MAC development set: 2,864 beads, once as they are and once with omissions planted. Paragraph weights are set by hand.";
const models = { lexicon: fitModel("lexicon"), plain: fitModel("plain") };
process.stdout.write(`${JSON.stringify({ about, ...models }, undefined, 2)}\n`);

/**
 * Fits the weights of the alignment model on the development sets and prints `weights.json`.
 *
 *   node bin/node24.mjs bench/fit-alignment.ts [--ablation] [--tie PRICE] [--cache FOLDER] > src/alignment/weights.json
 *
 * What says the same of the two sides is drawn to the same weight; --tie sets the price of being apart.
 * With --ablation it prints what each kind of evidence is worth instead. On standard error each file is scored with weights fitted on the others, and fiction with weights that saw none. The
 * second pass is fitted on what a first pass with such weights has taught. Memory: about 1 GB.
 */
import { FEATURES } from "../src/alignment/features.ts";
import type { Lexicon } from "../src/alignment/lexicon.ts";
import { prepareTexts } from "../src/alignment/prepare.ts";
import { readWeights } from "../src/alignment/weights.ts";
import { loadDictionary } from "../src/workflow/dictionary.ts";
import { decode, findRanges, fitWeights as fitTied, scoreLattice } from "./alignment-fit.ts";
import type { FitOptions } from "./alignment-fit.ts";
import { buildLattice, changeHabits } from "./alignment-lattice.ts";
import type { Lattice } from "./alignment-lattice.ts";
import { plantOmissions } from "./alignment-omissions.ts";
import { addScores, measureScore, readAlignmentSet, scoreBeads } from "./alignment-sets.ts";
import type { AlignmentFile } from "./alignment-sets.ts";

/** The development sets have no paragraph marks: these are set by hand. */
const BY_HAND: Readonly<Record<string, number>> = { "paragraph both": 1.2, "paragraph one": -2.2, "paragraph inside": -1.6 };

/** Without it a few files decide which side of the text a weight goes to, and other kinds of text have it the other way. */
const USUAL_TIE = 5;

/** Omissions are rarer in the world than in the planted copies. */
const PLANTED_SHARE = 0.2;

const files = (["pol", "aca", "mag", "mac"] as const).flatMap((set) => readAlignmentSet(set));
const cacheAt = process.argv.indexOf("--cache");
const cacheFolder = cacheAt < 0 ? undefined : process.argv[cacheAt + 1];
const tieAt = process.argv.indexOf("--tie");
const tie = tieAt < 0 ? USUAL_TIE : Number(process.argv[tieAt + 1]);
const lexicon = await loadDictionary(cacheFolder === undefined ? {} : { cacheFolder });

function fitWeights(lattices: readonly Lattice[], options: FitOptions = {}): Float64Array {
  return fitTied(lattices, { tie, ...options });
}

function report(title: string, lattices: readonly Lattice[], weightsOf: (lattice: Lattice) => Float64Array): void {
  const scores = lattices.map((lattice) => ({ name: lattice.file.name, score: scoreLattice(lattice, weightsOf(lattice)) }));
  const pool = (names: readonly string[]): string => {
    const own = scores.filter(({ name }) => names.some((wanted) => name.startsWith(wanted))).map(({ score }) => score);
    return own.length === 0 ? "-" : measureScore(addScores(own)).f1.toFixed(4);
  };
  const single = scores.map(({ name, score }) => `${name.split(",")[0] ?? ""} ${measureScore(score).f1.toFixed(3)}`);
  process.stderr.write(`${title}: mac ${pool(["mac"])}, pol+aca+mag ${pool(["pol", "aca", "mag"])} (${single.join(", ")})\n`);
}

/** Of beads scored with weights that have not seen them: how many there are at each confidence, and how many are right. */
function reportConfidence(lattices: readonly Lattice[], weightsOf: (at: number) => Float64Array): void {
  const levels = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
  const decoded = lattices.map((lattice, at) => ({ file: lattice.file, beads: decode(lattice, weightsOf(at)) }));
  levels.forEach((least, at) => {
    const most = levels[at + 1] ?? Infinity;
    let count = 0;
    let sum = 0;
    let right = 0;
    for (const { file, beads } of decoded) {
      const own = beads.filter((bead) => bead.confidence >= least && bead.confidence < most);
      count += own.length;
      sum += own.reduce((total, bead) => total + bead.confidence, 0);
      right += scoreBeads(file, own).hits;
    }
    const show = (value: number): string => (value / Math.max(1, count)).toFixed(3);
    process.stderr.write(`  confidence from ${least}: ${count} beads, mean ${show(sum)}, right ${show(right)}\n`);
  });
}

const isFiction = (lattice: Lattice): boolean => lattice.file.name.startsWith("mac");

type Stage = { readonly title: string; readonly lattices: readonly Lattice[]; readonly planted: readonly Lattice[] };
type FittedStage = { readonly weights: Float64Array; readonly own: readonly Float64Array[] };

/** Weights of all files, and for each file those of the others. */
function fitStage({ title, lattices, planted }: Stage): FittedStage {
  const every = [...lattices, ...planted];
  const weights = fitWeights(every);
  const own = lattices.map((left, at) =>
    fitWeights(
      every.filter((lattice) => lattice !== left && lattice !== planted[at]),
      { start: weights },
    ),
  );
  report(`${title}, fitted on all`, lattices, () => weights);
  report(
    `${title}, each file with weights fitted on the others`,
    lattices,
    (lattice) => own[lattices.indexOf(lattice)] ?? weights,
  );
  reportConfidence(lattices, (at) => own[at] ?? weights);
  return { weights, own };
}

/** The same beads weighed with a lexicon learnt from a first alignment, which used weights that had not seen the file. */
function learn(lattices: readonly Lattice[], weightsOf: (at: number) => Float64Array): readonly Lattice[] {
  return lattices.map((lattice, at) => {
    const weights = weightsOf(at);
    const gather = lattice.prepared.learn(findRanges(lattice, weights));
    return buildLattice({ ...lattice, weights, kept: lattice.beads, gather });
  });
}

/** The same beads with the habits that a second pass has shown; the rest of the evidence stays. */
function readHabitsAgain(lattices: readonly Lattice[], weightsOf: (at: number) => Float64Array): readonly Lattice[] {
  return lattices.map((lattice, at) => {
    const habits = lattice.prepared.learnHabits(findRanges(lattice, weightsOf(at)));
    return changeHabits(lattice, habits);
  });
}

function fitModels(lexicon: Lexicon | undefined): readonly Float64Array[] {
  const name = lexicon ? "lexicon" : "plain";
  const build = (file: AlignmentFile, share: number): Lattice =>
    buildLattice({ file, prepared: prepareTexts(file.source, file.target, { lexicon }), share, weights: readWeights(name) });
  const lattices = files.map((file) => build(file, 1));
  const planted = files.map((file, at) => build(plantOmissions(file, 1000 + at), PLANTED_SHARE));
  const first = fitStage({ title: name, lattices, planted });
  const unfamiliar = [...lattices, ...planted].filter((lattice) => !isFiction(lattice));
  const dry = fitWeights(unfamiliar);
  report(`${name}, no fiction in the fit`, lattices.filter(isFiction), () => dry);
  const ownWeights = (at: number): Float64Array => first.own[at] ?? first.weights;
  const learnt = { lattices: learn(lattices, ownWeights), planted: learn(planted, ownWeights) };
  const second = fitStage({ title: `${name} learnt`, ...learnt });
  const secondWeights = (at: number): Float64Array => second.own[at] ?? second.weights;
  const again = readHabitsAgain(learnt.lattices, secondWeights);
  report(`${name} learnt, habits read again, each file with weights fitted on the others`, again, (lattice) =>
    secondWeights(again.indexOf(lattice)),
  );
  reportConfidence(again, secondWeights);
  const reportBoth = (title: string, own: readonly Lattice[], weights: Float64Array): void => {
    report(`${name} learnt, ${title}`, own, () => weights);
    report(
      `${name} learnt, habits read again, ${title}`,
      readHabitsAgain(own, () => weights),
      () => weights,
    );
  };
  const dryLearnt = fitWeights(
    learn(unfamiliar, () => dry),
    { start: dry },
  );
  const fiction = learn(lattices.filter(isFiction), () => dry);
  reportBoth("no fiction in the fit", fiction, dryLearnt);
  const unseen = files.map((file, at) => build(plantOmissions(file, 2000 + at), 1));
  reportBoth("other omissions planted", learn(unseen, ownWeights), second.weights);
  return [first.weights, second.weights];
}

/** Features that fall away when a kind of evidence is switched off. */
const EVIDENCE: Readonly<Record<string, RegExp>> = {
  "all words (dictionary, numbers, names)": /explained|covered|mean|weakest|strangers|edges|unmatched/u,
  "boundaries (sentence and clause edges)": /edges/u,
  "clause edges": /clause edges/u,
  coverage: /covered/u,
  "means and weakest members": /mean|weakest|strangers/u,
  length: /length/u,
  "quotation marks": /quot|opening|closing/u,
  "other marks": /questions|exclamations|ellipses|mark|stop/u,
  "clauses per extra sentence": /parts missing/u,
};

/** First pass: what each kind of evidence is worth, each file scored with weights fitted on the others without it. */
function reportAblation(lexicon: Lexicon): void {
  const build = (file: AlignmentFile, share: number): Lattice =>
    buildLattice({ file, prepared: prepareTexts(file.source, file.target, { lexicon }), share, weights: readWeights("lexicon") });
  const lattices = files.map((file) => build(file, 1));
  const planted = files.map((file, at) => build(plantOmissions(file, 1000 + at), PLANTED_SHARE));
  for (const [title, pattern] of Object.entries({ nothing: /^$/u, ...EVIDENCE })) {
    const without = new Set(FEATURES.flatMap((name, at) => (pattern.test(name) ? [at] : [])));
    const start = fitWeights([...lattices, ...planted], { without });
    const own = lattices.map((left, at) =>
      fitWeights(
        [...lattices, ...planted].filter((lattice) => lattice !== left && lattice !== planted[at]),
        { start, without },
      ),
    );
    report(`without ${title}`, lattices, (lattice) => own[lattices.indexOf(lattice)] ?? start);
  }
}

function nameWeights(weights: Float64Array | undefined): Record<string, number> {
  return Object.fromEntries(FEATURES.map((name, at) => [name, BY_HAND[name] ?? Number((weights?.[at] ?? 0).toFixed(4))]));
}

const about =
  "Fitted by bench/fit-alignment.ts on the development halves of aligner-eval (pol, aca, mag) and the MAC development set: 2,864 beads, once as they are and once with omissions planted. Paragraph weights are set by hand.";
if (process.argv.includes("--ablation")) {
  reportAblation(lexicon);
  process.exit(0);
}
const [known, learnt] = fitModels(lexicon);
const [plain, plainLearnt] = fitModels(undefined);
const models = {
  lexicon: nameWeights(known),
  "lexicon learnt": nameWeights(learnt),
  plain: nameWeights(plain),
  "plain learnt": nameWeights(plainLearnt),
};
process.stdout.write(`${JSON.stringify({ about, ...models }, undefined, 2)}\n`);

/**
 * Aligns two segmented texts: beads of n to m segments that cover both texts once, in order.
 *
 * Evidence (a Chinese–English lexicon when given, numbers and dates by value, names, Latin words, approved terms,
 * lengths, marks, quotation, paragraph ends) is weighed by one fitted model; a search between sure anchors finds the
 * most probable series. Paragraphs are evidence, not walls: a bead may run over the end of one, at a price, so that
 * paragraphs joined or parted by the translator do no harm.
 * Guarantee: every segment of both texts is in exactly one bead, in order; an empty side gives null beads, two empty
 * sides none. Cost: about O(n × band); see bench/alignment.ts.
 */
import type { AlignedTexts, AlignmentText, Bead, Crossing } from "../model/alignment.ts";
import type { ProgressReporter } from "../model/job.ts";
import { createAnchorLister } from "./bead-anchors.ts";
import { findCrossings } from "./crossings.ts";
import type { CrossingInput, FoundCrossing } from "./crossings.ts";
import { BEAD_SHAPES, NULL_RUNS } from "./bead-shapes.ts";
import { narrowSpace } from "./coarse-search.ts";
import type { Lexicon } from "./lexicon.ts";
import { prepareTexts } from "./prepare.ts";
import type { EvidenceGatherer, PreparedTexts } from "./prepare.ts";
import { createHabitScorer, createScorer } from "./score.ts";
import type { BeadScorer } from "./score.ts";
import { addToRows, createScores, findBestBeads, scoreRows } from "./search.ts";
import type { FoundBead, ScoredSpace } from "./search.ts";
import type { SearchSpace } from "./search-space.ts";
import type { TermPair } from "./units.ts";
import { readWeights } from "./weights.ts";
import type { ModelName } from "./weights.ts";

export type AlignOptions = {
  /** Of Chinese and English; used when these are the two languages, in either direction. */
  readonly lexicon?: Lexicon | undefined;
  /** Approved terms with their renderings, in the direction source → target. */
  readonly terms?: readonly TermPair[] | undefined;
  /** Sentences already translated, in the direction source → target. */
  readonly memory?: readonly TermPair[] | undefined;
  /** The first segments of both sides belong together: a person has pinned them. */
  readonly pinnedStart?: boolean | undefined;
  /** Called now and then; what it throws (a cancel) ends the work. */
  readonly report?: ProgressReporter | undefined;
};

/** The evidence of so many rows is in memory at once. */
const ROWS_AT_ONCE = 512;
/** Fewer teach nothing that holds. */
const LEAST_BEADS_TO_LEARN = 24;
const SHAPES = [...BEAD_SHAPES, ...NULL_RUNS];

export function alignTexts(source: AlignmentText, target: AlignmentText, options: AlignOptions = {}): readonly Bead[] {
  return align(source, target, options).beads;
}

/** The beads, and the passages that cross them. */
export function alignWithCrossings(source: AlignmentText, target: AlignmentText, options: AlignOptions = {}): AlignedTexts {
  const { beads, findOwnCrossings } = align(source, target, options);
  return { beads, crossings: findOwnCrossings() };
}

type Aligned = { readonly beads: readonly Bead[]; readonly findOwnCrossings: () => readonly Crossing[] };

function align(source: AlignmentText, target: AlignmentText, options: AlignOptions): Aligned {
  if (source.segments.length === 0 || target.segments.length === 0)
    return { beads: listNulls(source.segments.length, target.segments.length), findOwnCrossings: () => [] };
  options.report?.({ done: 0, total: 100, stage: "evidence" });
  const prepared = prepareTexts(source, target, options);
  options.report?.({ done: 20, total: 100, stage: "search" });
  const found = search(prepared, options);
  const listAnchors = createAnchorLister(
    prepared,
    prepared.swapped ? { first: target, second: source } : { first: source, second: target },
  );
  const turn = <Value>(first: Value, second: Value): readonly [Value, Value] =>
    prepared.swapped ? [second, first] : [first, second];
  const toBead = (bead: FoundBead): Bead => {
    const [sourceIndices, targetIndices] = turn(listIndices(bead.i0, bead.i1), listIndices(bead.j0, bead.j1));
    return { source: sourceIndices, target: targetIndices, confidence: bead.confidence, anchors: listAnchors(bead) };
  };
  const toCrossing = ({ i0, i1, j0, j1, confidence, beads }: FoundCrossing): Crossing => {
    const [sourceRange, targetRange] = turn({ from: i0, to: i1 }, { from: j0, to: j1 });
    return { source: sourceRange, target: targetRange, confidence, beads: beads.map(toBead) };
  };
  return {
    beads: found.map(toBead),
    findOwnCrossings: () => {
      const weights = readWeights(prepared.model);
      const input: CrossingInput = {
        firstCount: prepared.units.first.starts.length - 1,
        secondCount: prepared.units.second.starts.length - 1,
        anchors: prepared.anchors,
        candidates: prepared.candidates,
        scoreWithin: (space, rows) => createScorer(prepared.gather(space, rows), weights),
      };
      return findCrossings(input, found).map(toCrossing);
    },
  };
}

/**
 * Two passes: what the first one found teaches a lexicon of these very texts, with which the second one decides among
 * what the first found nearly as good. It is looked through once more with the habits that its own beads show.
 */
function search(
  prepared: PreparedTexts,
  { report, pinnedStart = false, terms = [], memory = [] }: AlignOptions,
): readonly FoundBead[] {
  const tell: Tell = (from, to) => (share) =>
    report?.({ done: from + Math.floor((to - from) * share), total: 100, stage: "search" });
  const space = prepared.findSpace({ pinnedStart, onProgress: tell(20, 40) });
  const first = weighSpace(space, { gather: prepared.gather, model: prepared.model, pinnedStart, onProgress: tell(40, 70) });
  const found = findBestBeads(first);
  // Without a dictionary a few sentences leave nearly all words unexplained, whatever the memory knows.
  const known = prepared.model === "lexicon" ? terms.length + memory.length : 0;
  if (found.length + known < LEAST_BEADS_TO_LEARN) return found;
  const model: ModelName = `${prepared.model} learnt`;
  const second = weighSpace(narrowSpace(first, space.offsets.at(-1) ?? 0), {
    gather: prepared.learn(found),
    model,
    pinnedStart,
    onProgress: tell(70, 90),
  });
  // The second pass knows better what marks and lengths are worth here; nothing else is weighed anew.
  const before = prepared.learnHabits(found);
  const after = prepared.learnHabits(findBestBeads(second));
  const score = createHabitScorer(prepared.sides, { before, after, weights: readWeights(model) });
  const rowCount = space.low.length;
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    addToRows(second, { from, to: Math.min(rowCount, from + ROWS_AT_ONCE), score });
    tell(90, 95)(from / rowCount);
  }
  return findBestBeads(second);
}

type Tell = (from: number, to: number) => (share: number) => void;
type WeighOptions = {
  readonly gather: EvidenceGatherer;
  readonly model: ModelName;
  readonly pinnedStart: boolean;
  readonly onProgress: (share: number) => void;
};

function weighSpace(space: SearchSpace, { gather, model, pinnedStart, onProgress }: WeighOptions): ScoredSpace {
  const weights = readWeights(model);
  const scored = createScores(space, SHAPES);
  const rowCount = space.low.length;
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    const rows = { from, to: Math.min(rowCount, from + ROWS_AT_ONCE) };
    const weigh = createScorer(gather(space, rows), weights);
    const score: BeadScorer = pinnedStart
      ? (i0, i1, j0, j1) => (i0 + j0 === 0 && (i1 === 0 || j1 === 0) ? -Infinity : weigh(i0, i1, j0, j1))
      : weigh;
    scoreRows(scored, { ...rows, score });
    onProgress(rows.to / rowCount);
  }
  return scored;
}

function listIndices(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** What stands alone is sure to have no counterpart. */
function listNulls(sourceCount: number, targetCount: number): readonly Bead[] {
  const sure = { confidence: 1, anchors: [] };
  return [
    ...listIndices(0, sourceCount).map((at) => ({ source: [at], target: [], ...sure })),
    ...listIndices(0, targetCount).map((at) => ({ source: [], target: [at], ...sure })),
  ];
}

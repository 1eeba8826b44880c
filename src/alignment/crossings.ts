/**
 * Passages that stand elsewhere in the other text: moved paragraphs, exchanged sections.
 *
 * Beads run forward on both sides, so one of two passages that cross stays without counterpart on both sides. Of such
 * sentences those are looked up that the anchors' index had paired; runs of them that rise together are searched by
 * the full model as small texts of their own.
 * Confidence: the model's odds of pairing something there against pairing nothing, with the number of places where a
 * passage of a text might have gone counted against it.
 * Guarantee: a crossing takes only sentences whose bead has none of the other side, each in one crossing at most.
 * Cost: O(candidates × log n) and the search of each passage found; nothing where nothing is left over.
 */
import { keepHeaviestChain } from "./anchors.ts";
import type { SentenceAnchor } from "./anchors.ts";
import { BEAD_SHAPES, NULL_RUNS } from "./bead-shapes.ts";
import type { BeadScorer } from "./score.ts";
import { findBestBeads, scoreBeads, sumPaths } from "./search.ts";
import type { BeadRange } from "./bead-shapes.ts";
import type { FoundBead } from "./search.ts";
import { layOutSpace } from "./search-space.ts";
import type { SearchSpace } from "./search-space.ts";

export type CrossingInput = {
  readonly firstCount: number;
  readonly secondCount: number;
  readonly anchors: readonly SentenceAnchor[];
  /** Pairs that speak for each other, in whatever order. */
  readonly candidates: readonly SentenceAnchor[];
  /** Translators move little; where much is moved there may be more rounds and passages than usual. */
  readonly mostRounds?: number;
  readonly mostPassages?: number;
  readonly rarity?: number;
  /** The full model for the beads that end in some rows of a space. */
  readonly scoreWithin: (space: SearchSpace, rows: { readonly from: number; readonly to: number }) => BeadScorer;
};

export type FoundCrossing = BeadRange & { readonly confidence: number; readonly beads: readonly FoundBead[] };

/** So many sentences may lie between two neighbouring anchors of one passage. */
const LONGEST_GAP = 10;
/** So many free sentences beside the outermost anchors may belong to the passage. */
const MARGIN = 4;
const MOST_ROUNDS = 8;
const MOST_PASSAGES = 100;
/** An anchor weaker than this share of the usual one is chance. */
const LEAST_SHARE = 0.4;
const LEAST_CONFIDENCE = 0.5;
/** Translators move passages far less often than they leave something out. */
const RARITY = 6;
/** Where nothing but the passage speaks for it, wide groups explain anything. */
const WIDEST = 3;
const SHAPES = [...BEAD_SHAPES.filter((shape) => Math.max(shape.first, shape.second) <= WIDEST), ...NULL_RUNS];
const NULLS = SHAPES.filter((shape) => shape.first === 0 || shape.second === 0);

export function findCrossings(input: CrossingInput, beads: readonly FoundBead[]): readonly FoundCrossing[] {
  const { mostRounds = MOST_ROUNDS, mostPassages = MOST_PASSAGES } = input;
  const free = markFree(input, beads);
  const usual = input.anchors.map((anchor) => anchor.score).sort((one, other) => one - other);
  const least = LEAST_SHARE * (usual[Math.floor(usual.length / 2)] ?? 0);
  let candidates = input.candidates.filter(
    ({ first, second, score }) => score >= least && free.first[first] === 1 && free.second[second] === 1,
  );
  const crossings: FoundCrossing[] = [];
  let tried = 0;
  for (let round = 0; round < mostRounds && candidates.length > 0 && tried < mostPassages; round++) {
    const runs = partChain(keepHeaviestChain(candidates, free.second.length), free);
    for (const whole of runs) {
      if (tried++ >= mostPassages) break;
      const run = whole.filter(({ first, second }) => free.first[first] === 1 && free.second[second] === 1);
      const found = searchPassage({ input, free, run });
      if (found) {
        crossings.push(found);
        free.first.fill(0, found.i0, found.i1);
        free.second.fill(0, found.j0, found.j1);
      }
    }
    // What a round has looked at is settled; what crossed it may be a passage of the next.
    const seen = new Set(runs.flat());
    candidates = candidates.filter(
      (candidate) => !seen.has(candidate) && free.first[candidate.first] === 1 && free.second[candidate.second] === 1,
    );
  }
  return crossings.sort((one, other) => one.i0 - other.i0);
}

type Free = { readonly first: Uint8Array; readonly second: Uint8Array };

function markFree({ firstCount, secondCount }: CrossingInput, beads: readonly FoundBead[]): Free {
  const free = { first: new Uint8Array(firstCount), second: new Uint8Array(secondCount) };
  for (const { i0, i1, j0, j1 } of beads) {
    if (i0 === i1) free.second.fill(1, j0, j1);
    if (j0 === j1) free.first.fill(1, i0, i1);
  }
  return free;
}

/** Stretches of a chain without wide gaps and without anything in between that has its counterpart elsewhere. */
function partChain(chain: readonly SentenceAnchor[], free: Free): readonly (readonly SentenceAnchor[])[] {
  const runs: SentenceAnchor[][] = [];
  for (const anchor of chain) {
    const last = runs.at(-1)?.at(-1);
    const isNext =
      last !== undefined &&
      anchor.first - last.first <= LONGEST_GAP &&
      anchor.second - last.second <= LONGEST_GAP &&
      isFree(free.first, last.first, anchor.first) &&
      isFree(free.second, last.second, anchor.second);
    if (isNext) runs.at(-1)?.push(anchor);
    else runs.push([anchor]);
  }
  return runs;
}

function isFree(marks: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (marks[at] === 0) return false;
  return true;
}

type Passage = {
  readonly input: CrossingInput;
  readonly free: Free;
  readonly run: readonly SentenceAnchor[];
};

function searchPassage({ input, free, run }: Passage): FoundCrossing | undefined {
  const start = run[0];
  const end = run.at(-1);
  if (!start || !end) return undefined;
  const [i0, i1] = extend(free.first, start.first, end.first + 1);
  const [j0, j1] = extend(free.second, start.second, end.second + 1);
  const space = cutSpace(free.first.length, { i0, i1, j0, j1 }, run);
  const score = input.scoreWithin(space, { from: i0, to: i1 + 1 });
  const scored = scoreBeads({ space, shapes: SHAPES, score });
  const all = sumPaths(scored).forward.at(-1) ?? 0;
  const nothing = sumPaths(scoreBeads({ space, shapes: NULLS, score })).forward.at(-1) ?? 0;
  const places = Math.log(countMarks(free.first)) + Math.log(countMarks(free.second));
  const confidence = 1 / (1 + Math.exp((input.rarity ?? RARITY) + places + nothing - all));
  if (confidence < LEAST_CONFIDENCE) return undefined;
  const beads = findBestBeads(scored).map((bead) => ({ ...bead, confidence: bead.confidence * confidence }));
  const isPair = (bead: FoundBead) => bead.i0 < bead.i1 && bead.j0 < bead.j1;
  const from = beads.findIndex(isPair);
  const inside = beads.slice(from, beads.findLastIndex(isPair) + 1);
  const [head] = inside;
  const tail = inside.at(-1);
  return from < 0 || !head || !tail
    ? undefined
    : { i0: head.i0, i1: tail.i1, j0: head.j0, j1: tail.j1, confidence, beads: inside };
}

function extend(marks: Uint8Array, from: number, to: number): readonly [number, number] {
  let start = from;
  let end = to;
  while (start > 0 && start > from - MARGIN && marks[start - 1] === 1) start--;
  while (end < marks.length && end < to + MARGIN && marks[end] === 1) end++;
  return [start, end];
}

function countMarks(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}

/** A space of the whole text in which only the rows of the passage have nodes. */
function cutSpace(firstCount: number, { i0, i1, j0, j1 }: BeadRange, run: readonly SentenceAnchor[]): SearchSpace {
  const part = layOutSpace({
    firstCount: i1 - i0,
    secondCount: j1 - j0,
    anchors: run.map((anchor) => ({ ...anchor, first: anchor.first - i0, second: anchor.second - j0 })),
  });
  const low = new Int32Array(firstCount + 1).fill(j0, 0, i0).fill(j1 + 1, i1 + 1);
  const high = new Int32Array(firstCount + 1).fill(j0 - 1, 0, i0).fill(j1, i1 + 1);
  const offsets = new Uint32Array(firstCount + 2);
  for (let row = 0; row <= firstCount; row++) {
    if (row >= i0 && row <= i1) {
      low[row] = j0 + (part.low[row - i0] ?? 0);
      high[row] = j0 + (part.high[row - i0] ?? 0);
    }
    offsets[row + 1] = (offsets[row] ?? 0) + (high[row] ?? 0) - (low[row] ?? 0) + 1;
  }
  return { low, high, offsets };
}

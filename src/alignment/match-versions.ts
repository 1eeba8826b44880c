/**
 * Which paragraphs of two versions of one text belong together: equal, changed, joined, parted, moved.
 *
 * The way of the aligner with evidence of its own: sure pairs, a space between them, a first look at it, the best series
 * of beads with its posterior probabilities, and the passages that cross it (search-space, narrow-space, search,
 * crossings). A paragraph in more pieces than a bead holds is put together afterwards from what stands alone beside it.
 * Guarantee: each paragraph is in one group at most; groups come in the order of the base; exchanging the versions
 * exchanges the sides and changes nothing else. Cost: about O(length × band).
 */
import { keepHeaviestChain } from "./anchors.ts";
import { BEAD_SHAPES, LONGEST_SIDE, NULL_RUNS } from "./bead-shapes.ts";
import type { BeadRange } from "./bead-shapes.ts";
import { COARSE_SHAPES, FLATTENING } from "./coarse-search.ts";
import { findCrossings } from "./crossings.ts";
import { findNarrowSpace } from "./narrow-space.ts";
import { createScores, findBestBeads, scoreRows } from "./search.ts";
import type { BeadScorer } from "./score.ts";
import type { ScoredSpace } from "./search.ts";
import type { SearchSpace } from "./search-space.ts";
import { dropWeakAnchors, listVersionCandidates } from "./version-anchors.ts";
import { pairLeftovers } from "./version-leftovers.ts";
import { addPieces, dropParts } from "./version-pieces.ts";
import { createVersionGatherer } from "./version-score.ts";
import type { VersionEvidence, VersionGatherer } from "./version-score.ts";
import { readVersionUnits } from "./version-units.ts";
import type { VersionUnits } from "./version-units.ts";

export type ParagraphGroup = {
  readonly base: readonly number[];
  readonly other: readonly number[];
  /** Probability that just these belong together, 0 to 1. */
  readonly confidence: number;
  /** It stands elsewhere in the other version: other groups cross it. */
  readonly moved: boolean;
};

type Group = BeadRange & { readonly confidence: number; readonly moved: boolean };

const SHAPES = [...BEAD_SHAPES, ...NULL_RUNS];
/** Confidence of what only its place and a few characters speak for. */
const DOUBTFUL = 0.5;
const ROWS_AT_ONCE = 512;
const LONGEST_COARSE = Math.max(...COARSE_SHAPES.filter((shape) => shape.first * shape.second > 0).map((shape) => shape.first));
/** Whoever edits a text moves many paragraphs one by one. */
const MOVES = { mostRounds: 300, mostPassages: 20_000, rarity: 2 };

export function matchVersions(base: readonly string[], other: readonly string[]): readonly ParagraphGroup[] {
  if (base.length === 0 || other.length === 0) return [];
  // In one order whichever side is the base, so that what is as good either way is decided the same way.
  const swapped = comesAfter(base, other);
  const [first, second] = swapped ? [other, base] : [base, other];
  const units = readVersionUnits(first, second);
  const input = { units, first, second };
  const found = dropParts(units, addPieces(input, search(units)));
  const leftovers = pairLeftovers({ first, second }, found).map((range) => ({ ...range, confidence: DOUBTFUL, moved: false }));
  const groups = [...found, ...leftovers].map(({ i0, i1, j0, j1, confidence, moved }) => {
    const [one, two] = [listIndices(i0, i1), listIndices(j0, j1)];
    return { base: swapped ? two : one, other: swapped ? one : two, confidence, moved };
  });
  return groups.sort((one, two) => (one.base[0] ?? 0) - (two.base[0] ?? 0));
}

function comesAfter(base: readonly string[], other: readonly string[]): boolean {
  if (base.length !== other.length) return base.length > other.length;
  const at = base.findIndex((text, number) => text !== other[number]);
  return at >= 0 && (base[at] ?? "") > (other[at] ?? "");
}

function search(units: VersionUnits): readonly Group[] {
  const [firstCount, secondCount] = [units.first.sizes.length, units.second.sizes.length];
  const candidates = listVersionCandidates(units);
  const anchors = dropWeakAnchors(keepHeaviestChain(candidates, secondCount));
  const gather = createVersionGatherer(units);
  const space = findNarrowSpace({ firstCount, secondCount, anchors }, (wide, onRow) => lookRoughly(gather, wide, onRow), {});
  const beads = findBestBeads(weighSpace(gather, space));
  const crossings = findCrossings(
    {
      ...{ firstCount, secondCount, anchors, candidates },
      scoreWithin: (part, rows) => gather(part, { ...rows, longest: LONGEST_SIDE }).score,
      ...MOVES,
    },
    beads,
  );
  const isPair = ({ i0, i1, j0, j1 }: BeadRange): boolean => i0 < i1 && j0 < j1;
  return [
    ...beads.filter(isPair).map((bead) => ({ ...bead, moved: false })),
    ...crossings.flatMap((crossing) => crossing.beads.filter(isPair).map((bead) => ({ ...bead, moved: true }))),
  ];
}

function lookRoughly(gather: VersionGatherer, space: SearchSpace, onRow: (row: number) => void): ScoredSpace {
  const pick =
    ({ scoreRoughly }: VersionEvidence): BeadScorer =>
    (i0, i1, j0, j1) =>
      FLATTENING * scoreRoughly(i0, i1, j0, j1);
  return weighRows(createScores(space, COARSE_SHAPES), { gather, longest: LONGEST_COARSE, pick, onRow });
}

function weighSpace(gather: VersionGatherer, space: SearchSpace): ScoredSpace {
  return weighRows(createScores(space, SHAPES), { gather, longest: LONGEST_SIDE, pick: ({ score }) => score });
}

type Weighing = {
  readonly gather: VersionGatherer;
  readonly longest: number;
  readonly pick: (evidence: VersionEvidence) => BeadScorer;
  readonly onRow?: (row: number) => void;
};

/** In blocks of rows, so that a long text never holds what all its rows share at once. */
function weighRows(scored: ScoredSpace, { gather, longest, pick, onRow }: Weighing): ScoredSpace {
  const rowCount = scored.space.low.length;
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    const rows = { from, to: Math.min(rowCount, from + ROWS_AT_ONCE) };
    const score = pick(gather(scored.space, { ...rows, longest }));
    scoreRows(scored, { ...rows, score, ...(onRow ? { onRow } : {}) });
  }
  return scored;
}

function listIndices(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

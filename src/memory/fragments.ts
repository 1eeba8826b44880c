/**
 * Chooses known pieces that together cover as much of a new sentence as pieces can, without overlap.
 *
 * Method: weighted interval scheduling over the ends of the pieces. Better is: more characters covered; then fewer
 * pieces; then pieces of a better rank. Guarantee: no other choice is better in that order (the test's twin tries all).
 * Cost: O(n log n) for n pieces.
 */
import type { Span } from "../model/span.ts";

export type FragmentCandidate = Span & {
  /** 0 is best: an approved formulation before a unit of a memory. Counts only among equal covers. */
  readonly rank: number;
};

/** A stretch of the sentence: a known piece, or a gap between known pieces. In order they make up the whole sentence. */
export type FragmentPiece<Candidate extends FragmentCandidate> = Span & { readonly candidate?: Candidate };

type Choice = {
  readonly covered: number;
  readonly pieces: number;
  readonly rank: number;
  readonly last?: FragmentCandidate;
  readonly before?: Choice;
};

const NOTHING: Choice = { covered: 0, pieces: 0, rank: 0 };

/** Negative when `one` is better. */
export function compareCovers(
  one: { readonly covered: number; readonly pieces: number; readonly rank: number },
  other: { readonly covered: number; readonly pieces: number; readonly rank: number },
): number {
  return other.covered - one.covered || one.pieces - other.pieces || one.rank - other.rank;
}

export function chooseFragments<Candidate extends FragmentCandidate>(candidates: readonly Candidate[]): readonly Candidate[] {
  const sorted = candidates.filter(({ start, end }) => end > start).sort((one, other) => one.end - other.end);
  // best[n]: the best choice among the first n pieces by end.
  const best: Choice[] = [NOTHING];
  for (const [at, candidate] of sorted.entries()) {
    let low = 0;
    let high = at;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sorted[middle - 1]?.end ?? 0) <= candidate.start) low = middle;
      else high = middle - 1;
    }
    const before = best[low] ?? NOTHING;
    const taken: Choice = {
      covered: before.covered + candidate.end - candidate.start,
      pieces: before.pieces + 1,
      rank: before.rank + candidate.rank,
      last: candidate,
      before,
    };
    const without = best[at] ?? NOTHING;
    best.push(compareCovers(taken, without) < 0 ? taken : without);
  }
  const chosen: Candidate[] = [];
  for (let choice = best.at(-1); choice?.last; choice = choice.before) chosen.push(choice.last as Candidate);
  return chosen.reverse();
}

/** The sentence as known pieces and the gaps between them. */
export function assembleFragments<Candidate extends FragmentCandidate>(
  text: string,
  candidates: readonly Candidate[],
): readonly FragmentPiece<Candidate>[] {
  const pieces: FragmentPiece<Candidate>[] = [];
  let at = 0;
  for (const candidate of chooseFragments(candidates)) {
    if (candidate.start > at) pieces.push({ start: at, end: candidate.start });
    pieces.push({ start: candidate.start, end: candidate.end, candidate });
    at = candidate.end;
  }
  if (at < text.length) pieces.push({ start: at, end: text.length });
  return pieces;
}

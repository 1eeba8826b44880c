import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleFragments, chooseFragments, compareCovers } from "../../src/memory/fragments.ts";
import type { FragmentCandidate } from "../../src/memory/fragments.ts";

const coverOf = (pieces: readonly FragmentCandidate[]) => ({
  covered: pieces.reduce((sum, { start, end }) => sum + end - start, 0),
  pieces: pieces.length,
  rank: pieces.reduce((sum, { rank }) => sum + rank, 0),
});

/** The twin: every set of pieces that do not overlap. */
function chooseSlowly(candidates: readonly FragmentCandidate[]): readonly FragmentCandidate[] {
  let best: readonly FragmentCandidate[] = [];
  for (let set = 0; set < 2 ** candidates.length; set++) {
    const chosen = candidates.filter((_, at) => (set >> at) & 1);
    const overlaps = chosen.some((one) =>
      chosen.some((other) => one !== other && one.start < other.end && other.start < one.end),
    );
    if (!overlaps && compareCovers(coverOf(chosen), coverOf(best)) < 0) best = chosen;
  }
  return best;
}

const candidate = fc
  .record({ start: fc.nat(12), length: fc.integer({ min: 1, max: 6 }), rank: fc.nat(2) })
  .map(({ start, length, rank }) => ({ start, end: start + length, rank }));

describe("chooseFragments", () => {
  it("covers as much as any choice of pieces, with as few, of as good a rank", () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 9 }), (candidates) => {
        expect(coverOf(chooseFragments(candidates))).toEqual(coverOf(chooseSlowly(candidates)));
      }),
      { numRuns: 300 },
    );
  });

  it("glues back to the sentence, in order, whatever is known of it", () => {
    const text = "要坚持精准施策，稳就业、保民生。";
    fc.assert(
      fc.property(fc.array(candidate.filter(({ end }) => end <= text.length)), (candidates) => {
        const pieces = assembleFragments(text, candidates);
        expect(pieces.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
      }),
    );
  });

  it("takes the long formulation, not the two within it that leave a gap", () => {
    const long = { start: 0, end: 9, rank: 0 };
    const chosen = chooseFragments([{ start: 0, end: 4, rank: 0 }, { start: 5, end: 9, rank: 0 }, long]);
    expect(chosen).toEqual([long]);
  });
});

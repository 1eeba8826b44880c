/**
 * Candidates that hold one fixed part of a frame without the other: 支持力度 where the text says 加大支持力度,
 * 听取…领导小组 where it says 听取…领导小组汇报. Such a piece is no unit, however often it recurs.
 * Cost: O(sightings) to lay out, O(occurrences · length) to ask.
 */
import type { Candidate, Material } from "./candidates.ts";

/** A place of a frame: from its opening to the end of its closing, which begins at `slotEnd`. */
export type HalfPlace = { readonly start: number; readonly end: number; readonly slotEnd: number };

/** Share of the counted occurrences that hold half of a frame. */
export type HalfFrames = (candidate: Candidate) => number;

const SAMPLE = 100;

export function layOutFrames({ corpus, copies }: Material, sightings: readonly HalfPlace[]): HalfFrames {
  // One more than the opening's start by the closing's start, and the frame's end by the opening's start.
  const openingOf = new Int32Array(corpus.codes.length + 1);
  const endOf = new Int32Array(corpus.codes.length + 1);
  for (const { start, end, slotEnd } of sightings) {
    openingOf[slotEnd] = start + 1;
    endOf[start] = Math.max(endOf[start] ?? 0, end);
  }
  return ({ first, end, length }) => {
    let looked = 0;
    let halves = 0;
    const step = Math.max(1, Math.floor((end - first) / SAMPLE));
    for (let i = first; i < end; i += step) {
      const start = corpus.suffixes[i] ?? 0;
      if (copies.counted[start] !== 1) continue;
      looked++;
      for (let at = start; at < start + length; at++) {
        const opening = openingOf[at] ?? 0;
        if ((opening > 0 && opening - 1 < start) || (endOf[at] ?? 0) > start + length) {
          halves++;
          break;
        }
      }
    }
    return looked > 0 ? halves / looked : 0;
  };
}

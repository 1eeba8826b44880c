/**
 * Paragraphs of two versions that speak for each other, in whatever order: the fixed points of the search, and what a
 * moved passage is found by.
 *
 * Method: an inverted index of the second text; for each paragraph of the first the few of the second with the largest
 * share of common weight. Long paragraphs count no more than middling ones, so that a chain does not run after one.
 * Cost: O(units × paragraphs that hold them), units in more than the limit left out.
 */
import type { SentenceAnchor } from "./anchors.ts";
import type { ParagraphUnits, VersionUnits } from "./version-units.ts";

const CANDIDATES = 4;
const LATER_RANKS = 0.7;
/** A unit in more paragraphs finds nothing. */
const MOST_HOLDERS = 64;
const LEAST_SHARE = 0.08;
const LARGEST_MASS = 60;
/** Of the usual anchor's score; weaker ones are no fixed points. */
const LEAST_OF_USUAL = 0.2;

/** By rising first paragraph, best first. */
export function listVersionCandidates({ first, second, weights }: VersionUnits): readonly SentenceAnchor[] {
  const places = indexHolders(second, weights.length);
  const masses = { first: sumMasses(first, weights), second: sumMasses(second, weights) };
  const sums = new Float64Array(second.sizes.length);
  const touched = new Int32Array(second.sizes.length);
  const candidates: SentenceAnchor[] = [];
  for (let paragraph = 0; paragraph < first.sizes.length; paragraph++) {
    let count = 0;
    for (let at = first.starts[paragraph] ?? 0; at < (first.starts[paragraph + 1] ?? 0); at++) {
      const unit = first.units[at] ?? 0;
      const weight = weights[unit] ?? 0;
      for (let place = places.starts[unit] ?? 0; place < (places.starts[unit + 1] ?? 0); place++) {
        const other = places.paragraphs[place] ?? 0;
        if (sums[other] === 0) touched[count++] = other;
        sums[other] = (sums[other] ?? 0) + weight * Math.min(first.counts[at] ?? 0, places.counts[place] ?? 0);
      }
    }
    const best: { second: number; score: number }[] = [];
    for (const other of touched.subarray(0, count)) {
      const shared = sums[other] ?? 0;
      sums[other] = 0;
      const share = shared / Math.max(masses.first[paragraph] ?? 0, masses.second[other] ?? 0);
      if (share < LEAST_SHARE) continue;
      const score = share * Math.min(LARGEST_MASS, shared);
      const place = best.findIndex((known) => score > known.score);
      best.splice(place < 0 ? best.length : place, 0, { second: other, score });
      if (best.length > CANDIDATES) best.pop();
    }
    best.forEach((pair, rank) => {
      candidates.push({ first: paragraph, second: pair.second, score: rank === 0 ? pair.score : pair.score * LATER_RANKS });
    });
  }
  return candidates;
}

/** An anchor much weaker than the usual one is no fixed point. */
export function dropWeakAnchors(anchors: readonly SentenceAnchor[]): readonly SentenceAnchor[] {
  const scores = anchors.map((anchor) => anchor.score).sort((one, other) => one - other);
  const least = LEAST_OF_USUAL * (scores[Math.floor(scores.length / 2)] ?? 0);
  return anchors.filter((anchor) => anchor.score >= least);
}

type Holders = { readonly starts: Uint32Array; readonly paragraphs: Uint32Array; readonly counts: Uint16Array };

function indexHolders(side: ParagraphUnits, unitCount: number): Holders {
  const sizes = new Uint32Array(unitCount);
  for (const unit of side.units) sizes[unit] = (sizes[unit] ?? 0) + 1;
  const starts = new Uint32Array(unitCount + 1);
  sizes.forEach((size, unit) => {
    starts[unit + 1] = (starts[unit] ?? 0) + (size > MOST_HOLDERS ? 0 : size);
  });
  const paragraphs = new Uint32Array(starts.at(-1) ?? 0);
  const counts = new Uint16Array(paragraphs.length);
  const next = starts.slice();
  for (let paragraph = 0; paragraph < side.sizes.length; paragraph++) {
    for (let at = side.starts[paragraph] ?? 0; at < (side.starts[paragraph + 1] ?? 0); at++) {
      const unit = side.units[at] ?? 0;
      if ((sizes[unit] ?? 0) > MOST_HOLDERS) continue;
      const place = next[unit] ?? 0;
      paragraphs[place] = paragraph;
      counts[place] = side.counts[at] ?? 0;
      next[unit] = place + 1;
    }
  }
  return { starts, paragraphs, counts };
}

/** Weight of all units of each paragraph. */
export function sumMasses(side: ParagraphUnits, weights: Float32Array): Float64Array {
  return Float64Array.from(side.sizes, (_, paragraph) => {
    let sum = 0;
    for (let at = side.starts[paragraph] ?? 0; at < (side.starts[paragraph + 1] ?? 0); at++)
      sum += (weights[side.units[at] ?? 0] ?? 0) * (side.counts[at] ?? 0);
    return sum;
  });
}

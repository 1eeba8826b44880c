/**
 * Sentences that surely belong together: fixed points between which the search stays.
 *
 * Method: for each sentence of the first text the four best of the second by summed
 * log(1 + t/p) over an inverted index, weighed by length; then the heaviest chain of pairs that rises strictly on both
 * sides (Fenwick tree). What occurs in more than 15 % of the sentences finds nothing and is left out.
 * Failure: a wrong anchor lies near the right line nearly always, so the search keeps a margin around the chain.
 * Cost: O(units × counterparts × occurrences), O(pairs × log n) for the chain.
 */
import type { SideUnits, TextUnits } from "./units.ts";
import type { Translations } from "./translations.ts";

export type SentenceAnchor = { readonly first: number; readonly second: number; readonly score: number };

const CANDIDATES = 4;
const LATER_RANKS = 0.7;
const TOO_COMMON = 0.15;
/** Short texts have too few sentences for shares: a unit may always occur in so many. */
const ALWAYS_RARE = 5;
/** And long ones need no unit that occurs so often. */
const NEVER_RARE = 250;
const LEAST_GAIN = 0.3;
const LEAST_SCORE = 0.25;

/** For each sentence of the first text the best few of the second, by rising first sentence. */
export function listCandidates(units: TextUnits, translations: Translations): readonly SentenceAnchor[] {
  const { first, second } = units;
  const firstCount = first.starts.length - 1;
  const secondCount = second.starts.length - 1;
  const places = indexOccurrences(second);
  const lengths = Float64Array.from({ length: secondCount }, (_, at) =>
    Math.sqrt((second.starts[at + 1] ?? 0) - (second.starts[at] ?? 0) + 4),
  );
  const { forward, firstWeights, secondWeights } = translations;
  const gains = new Float64Array(second.kinds.length);
  const touchedUnits = new Int32Array(second.kinds.length);
  const scores = new Float64Array(secondCount);
  const touched = new Int32Array(secondCount);
  const candidates: SentenceAnchor[] = [];
  for (let sentence = 0; sentence < firstCount; sentence++) {
    let unitCount = 0;
    let mass = 0;
    for (let at = first.starts[sentence] ?? 0; at < (first.starts[sentence + 1] ?? 0); at++) {
      const f = first.units[at] ?? 0;
      const weight = firstWeights[f] ?? 0;
      mass += weight;
      const end = forward.starts[f + 1] ?? 0;
      for (let link = forward.starts[f] ?? 0; link < end; link++) {
        const e = forward.columns[link] ?? 0;
        // What is too common finds nothing.
        if (places.starts[e] === places.starts[e + 1]) continue;
        if (gains[e] === 0) touchedUnits[unitCount++] = e;
        gains[e] = (gains[e] ?? 0) + weight * (forward.weights[link] ?? 0);
      }
    }
    let count = 0;
    const least = mass * Math.expm1(LEAST_GAIN);
    for (let number = 0; number < unitCount; number++) {
      const e = touchedUnits[number] ?? 0;
      const sum = gains[e] ?? 0;
      gains[e] = 0;
      if (sum < least) continue;
      const value = Math.log(1 + sum / mass) * (secondWeights[e] ?? 0);
      const end = places.starts[e + 1] ?? 0;
      for (let at = places.starts[e] ?? 0; at < end; at++) {
        const other = places.sentences[at] ?? 0;
        if (scores[other] === 0) touched[count++] = other;
        scores[other] = (scores[other] ?? 0) + value;
      }
    }
    pickBest(touched.subarray(0, count), { scores, lengths, mass }).forEach((pair, rank) => {
      const score = rank === 0 ? pair.score : pair.score * LATER_RANKS;
      if (score > LEAST_SCORE) candidates.push({ first: sentence, second: pair.second, score });
    });
    for (let at = 0; at < count; at++) scores[touched[at] ?? 0] = 0;
  }
  return candidates;
}

/** In which sentences each unit occurs; common units nowhere. */
function indexOccurrences(side: SideUnits): { starts: Uint32Array; sentences: Uint32Array } {
  const sentenceCount = side.starts.length - 1;
  const counts = new Uint32Array(side.kinds.length);
  const last = new Int32Array(side.kinds.length).fill(-1);
  const visit = (act: (unit: number, sentence: number) => void): void => {
    last.fill(-1);
    for (let sentence = 0; sentence < sentenceCount; sentence++) {
      for (let at = side.starts[sentence] ?? 0; at < (side.starts[sentence + 1] ?? 0); at++) {
        const unit = side.units[at] ?? 0;
        if (last[unit] === sentence) continue;
        last[unit] = sentence;
        act(unit, sentence);
      }
    }
  };
  visit((unit) => {
    counts[unit] = (counts[unit] ?? 0) + 1;
  });
  const limit = Math.min(NEVER_RARE, Math.max(ALWAYS_RARE, TOO_COMMON * sentenceCount));
  const starts = new Uint32Array(side.kinds.length + 1);
  counts.forEach((count, unit) => {
    starts[unit + 1] = (starts[unit] ?? 0) + (count > limit ? 0 : count);
  });
  const sentences = new Uint32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  visit((unit, sentence) => {
    if ((counts[unit] ?? 0) > limit) return;
    sentences[next[unit] ?? 0] = sentence;
    next[unit] = (next[unit] ?? 0) + 1;
  });
  return { starts, sentences };
}

type Weighing = { readonly scores: Float64Array; readonly lengths: Float64Array; readonly mass: number };

/** The best few, best first; `lengths` are roots of sentence lengths. */
function pickBest(touched: Int32Array, { scores, lengths, mass }: Weighing) {
  const best: { second: number; score: number }[] = [];
  const perMass = 1 / Math.sqrt(mass + 8);
  let least = LEAST_SCORE;
  for (const sentence of touched) {
    const score = ((scores[sentence] ?? 0) * perMass) / (lengths[sentence] ?? 1);
    if (score <= least) continue;
    const place = best.findIndex((other) => score > other.score);
    best.splice(place < 0 ? best.length : place, 0, { second: sentence, score });
    if (best.length > CANDIDATES) best.pop();
    if (best.length === CANDIDATES) least = best[CANDIDATES - 1]?.score ?? least;
  }
  return best;
}

/** Candidates come by rising first sentence. A tree of prefix maxima over the second sentences extends each chain. */
export function keepHeaviestChain(candidates: readonly SentenceAnchor[], secondCount: number): readonly SentenceAnchor[] {
  const tree = new Int32Array(secondCount + 1).fill(-1);
  const totals = new Float64Array(candidates.length);
  const previous = new Int32Array(candidates.length).fill(-1);
  const findBest = (end: number): number => {
    let best = -1;
    for (let node = end; node > 0; node -= node & -node) {
      const chain = tree[node] ?? -1;
      if (chain >= 0 && (best < 0 || (totals[chain] ?? 0) > (totals[best] ?? 0))) best = chain;
    }
    return best;
  };
  let at = 0;
  let heaviest = -1;
  while (at < candidates.length) {
    // Candidates of one sentence see only chains that end before it, so all are weighed before any is entered.
    const from = at;
    const sentence = candidates[at]?.first;
    for (; candidates[at]?.first === sentence && at < candidates.length; at++) {
      const before = findBest(candidates[at]?.second ?? 0);
      previous[at] = before;
      totals[at] = (candidates[at]?.score ?? 0) + (before < 0 ? 0 : (totals[before] ?? 0));
      if (heaviest < 0 || (totals[at] ?? 0) > (totals[heaviest] ?? 0)) heaviest = at;
    }
    for (let entry = from; entry < at; entry++) {
      for (let node = (candidates[entry]?.second ?? 0) + 1; node <= secondCount; node += node & -node) {
        const known = tree[node] ?? -1;
        if (known < 0 || (totals[entry] ?? 0) > (totals[known] ?? 0)) tree[node] = entry;
      }
    }
  }
  const chain: SentenceAnchor[] = [];
  for (let link = heaviest; link >= 0; link = previous[link] ?? -1) {
    const anchor = candidates[link];
    if (anchor) chain.push(anchor);
  }
  return chain.reverse();
}

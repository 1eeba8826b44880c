/**
 * From candidates to a ranked list: gates, a first score, then scores over the occurrences outside longer accepted
 * candidates, and a last pass from the top that takes points off what a better string already says.
 * See docs/extraction.md, "Method".
 */
import type { Candidate, Material } from "./candidates.ts";
import { layOutTexts } from "./dispersion.ts";
import type { Dispersion } from "./dispersion.ts";
import { measureEnclosure } from "./enclosure.ts";
import { refuse } from "./gates.ts";
import type { HalfFrames } from "./half-frames.ts";
import type { MarkedSpans } from "./marked.ts";
import { coverCorpus, countIndependent, findClosest, findParents } from "./nesting.ts";
import { lookAround } from "./neighbours.ts";
import type { Neighbourhood } from "./neighbours.ts";
import { compose, scoreCandidate } from "./score.ts";
import { hasMark } from "./value.ts";
import type { Scored } from "./score.ts";
import { FITTED } from "./weights.ts";
import type { Weights } from "./weights.ts";
import { FREE_KINDS, KIND, nextBegin } from "./words.ts";

const ACCEPTED = 700;
const ROUNDS = 2;
/** Fewer occurrences outside longer candidates say nothing about their neighbours: then all occurrences are looked at. */
const LEAST_OUTSIDE = 3;
/** Candidates that go through the full scoring; the rest of a large text could not come near the top. */
const MOST_SCORED = 40_000;

type Survivor = Dispersion & {
  readonly candidate: Candidate;
  readonly around: Neighbourhood;
  readonly halfShare: number;
};

export type RankOptions = {
  readonly limit: number;
  readonly halfFrames: HalfFrames;
  readonly spans: MarkedSpans;
  /** Others than the fitted ones, for fitting and for measuring what an evidence is worth. */
  readonly weights?: Weights;
  readonly report: (share: number) => void;
};

export function rankCandidates(material: Material, candidates: readonly Candidate[], options: RankOptions): readonly Scored[] {
  const { weights = FITTED } = options;
  const passed = passGates(material, candidates, options.halfFrames);
  const enclosures = measureEnclosure(
    material,
    passed.map(({ candidate }) => candidate),
    options.spans,
  );
  const survivors = passed.map(({ candidate, around, documents, texts, halfShare }, i) => ({
    candidate,
    around,
    cores: findCores(material, candidate),
    fixed: { ...weights, ...compose(material, candidate), documents, texts, halfShare, enclosure: enclosures[i] ?? [] },
  }));
  options.report(0.3);
  let scored = survivors.map(({ candidate, around, fixed }) => {
    const alone = { independent: candidate.distinct, parents: 0, parentShare: 0, coreByLight: 0, coreByContent: 0 };
    return scoreCandidate(material, candidate, { ...fixed, ...alone, around, everywhere: around });
  });
  const acceptedCount = Math.max(ACCEPTED, Math.ceil(options.limit * 0.7));
  for (let round = 0; round < ROUNDS; round++) {
    sortByScore(scored);
    const accepted = scored.slice(0, acceptedCount).map(({ candidate }) => candidate);
    const counts = new Map(accepted.map(({ key, distinct }) => [key, distinct]));
    const isCovered = coverCorpus(material, accepted);
    const parents = findParents(
      survivors.map(({ candidate }) => candidate.key),
      counts.keys(),
    );
    scored = survivors.map(({ candidate, around: everywhere, cores, fixed }) => {
      const independent = countIndependent(material, candidate, isCovered);
      const isSeen = (start: number, end: number): boolean => !isCovered(start, end);
      const isEnough = independent >= LEAST_OUTSIDE && independent < candidate.distinct;
      const around = isEnough ? lookAround(material, candidate, isSeen) : everywhere;
      const longer = parents.get(candidate.key) ?? [];
      const parentShare = Math.max(0, ...longer.map((parent) => counts.get(parent) ?? 0)) / candidate.distinct;
      const largest = (isLight: boolean): number =>
        Math.max(0, ...cores.map((core) => (core.isLight === isLight ? (counts.get(core.key) ?? 0) : 0))) / candidate.distinct;
      const nested = {
        independent,
        parents: longer.length,
        parentShare,
        coreByLight: largest(true),
        coreByContent: largest(false),
      };
      return scoreCandidate(material, candidate, { ...fixed, ...nested, around, everywhere });
    });
    options.report(0.3 + (0.6 * (round + 1)) / ROUNDS);
  }
  sortByScore(scored);
  return takePoints(material, scored, acceptedCount * 3);
}

function sortByScore(scored: Scored[]): void {
  scored.sort(
    (one, other) =>
      other.score - one.score ||
      other.candidate.length - one.candidate.length ||
      (one.candidate.key < other.candidate.key ? -1 : 1),
  );
}

function passGates(material: Material, candidates: readonly Candidate[], halfFrames: HalfFrames): readonly Survivor[] {
  const survivors: Survivor[] = [];
  const disperse = layOutTexts(material);
  for (const candidate of candidates) {
    const around = lookAround(material, candidate);
    if (refuse(material, candidate, around)) continue;
    survivors.push({ candidate, around, ...disperse(candidate), halfShare: halfFrames(candidate) });
  }
  if (survivors.length <= MOST_SCORED) return survivors;
  const promise = ({ candidate, documents }: Survivor): number =>
    (candidate.marks.size > 0 ? 2 : 1) *
    Math.log2(1 + candidate.distinct) *
    Math.log2(2 * documents) *
    Math.min(6, candidate.length);
  return survivors.sort((one, other) => promise(other) - promise(one)).slice(0, MOST_SCORED);
}

type Core = { readonly key: string; readonly isLight: boolean };

const LIGHT_KINDS = FREE_KINDS | KIND.generic | KIND.light;

/** The candidate without its first word and without its last; light is a word that says little or does not belong. */
function findCores({ words }: Material, { key, start, length }: Candidate): readonly Core[] {
  const end = start + length;
  const second = nextBegin(words.begins, start);
  let last = end - 1;
  while (last > start && words.begins[last] !== 1) last--;
  const characters = [...key];
  const isLight = (at: number): boolean => ((words.kinds[words.typeAt[at] ?? 0] ?? 0) & LIGHT_KINDS) !== 0;
  const cores: Core[] = [];
  if (second < end) cores.push({ key: characters.slice(second - start).join(""), isLight: isLight(start) });
  if (last > start) cores.push({ key: characters.slice(0, last - start).join(""), isLight: isLight(last) });
  return cores;
}

const COVERED_POINTS = [0, 0.7, 0.4, 0.2] as const;
/** Covered for the most part is covered: one occurrence in seven may stand alone. */
const COVERED = 0;
const EXTENDED_POINTS = 0.5;
const LEADING_POINTS = 1.2;

/** From the top: a string that better ones cover, or a better one with a word more, says little that is new. */
function takePoints(material: Material, sorted: readonly Scored[], depth: number): readonly Scored[] {
  const head = sorted.slice(0, depth);
  const byKey = new Map(head.map((scored, rank) => [scored.candidate.key, { scored, rank }]));
  const parents = findParents(byKey.keys(), byKey.keys());
  const changed = head.map((scored, rank): Scored => {
    const { candidate } = scored;
    let points = 0;
    const better = findClosest((parents.get(candidate.key) ?? []).filter((parent) => (byKey.get(parent)?.rank ?? depth) < rank));
    if (scored.independent <= candidate.distinct * COVERED && better.length > 0) {
      const isName = scored.hasNameEnding || candidate.length === 4 || candidate.marks.size > 0;
      points += (COVERED_POINTS[better.length] ?? 0) * (isName ? 0.5 : 1);
    }
    if (
      leadsName(material, candidate, (key) => {
        const found = byKey.get(key);
        return (
          found !== undefined && found.rank < rank && (found.scored.hasNameEnding || found.scored.candidate.marks.has("quoted"))
        );
      })
    )
      points += LEADING_POINTS;
    if (
      extendsBetter(material, candidate, (key) => {
        const found = byKey.get(key);
        return found && found.rank < rank ? found.scored.candidate.distinct : 0;
      })
    )
      points += EXTENDED_POINTS;
    return points > 0 ? { ...scored, score: scored.score - points } : scored;
  });
  const swapped = swapLeaders(material, changed);
  const result = [...swapped, ...sorted.slice(depth)];
  sortByScore(result);
  return result;
}

/** A better string and one character or one free word more, in fewer than half of the better one's occurrences. */
function extendsBetter(
  { words }: Material,
  { key, start, length, distinct }: Candidate,
  findBetter: (key: string) => number,
): boolean {
  const front = [...key];
  let first = 1;
  while (first < length && words.begins[start + first] !== 1) first++;
  let last = length - 1;
  while (last > 0 && words.begins[start + last] !== 1) last--;
  const isLight = (from: number, to: number): boolean =>
    to - from === 1 || ((words.kinds[words.typeAt[start + from] ?? 0] ?? 0) & FREE_KINDS) !== 0;
  const rests: string[] = [];
  if (first < length && isLight(0, first)) rests.push(front.slice(first).join(""));
  if (last > 0 && isLight(last, length)) rests.push(front.slice(0, last).join(""));
  return rests.some((rest) => distinct * 2 < findBetter(rest));
}

/** A verb before a name that stands higher: 听取 + the name of a group, 落实 + the name of a policy. */
function leadsName({ words }: Material, { key, start, length }: Candidate, isBetterName: (key: string) => boolean): boolean {
  let first = 1;
  while (first < length && words.begins[start + first] !== 1) first++;
  const kind = words.kinds[words.typeAt[start] ?? 0] ?? 0;
  return first < length && (kind & (KIND.adverb | KIND.verb)) !== 0 && isBetterName([...key].slice(first).join(""));
}

/** 实施好就业优先政策 above 就业优先政策: an adverb or verb that only precedes a name gives its place to the name. */
function swapLeaders({ words }: Material, scored: readonly Scored[]): readonly Scored[] {
  const result = [...scored];
  const places = new Map(result.map((item, place) => [item.candidate.key, place]));
  result.forEach((item, place) => {
    const { key, start, length } = item.candidate;
    let first = 1;
    while (first < length && words.begins[start + first] !== 1) first++;
    const kind = words.kinds[words.typeAt[start] ?? 0] ?? 0;
    if (first >= length || (kind & (KIND.adverb | KIND.verb)) === 0) return;
    const namePlace = places.get([...key].slice(first).join(""));
    const name = namePlace === undefined ? undefined : result[namePlace];
    if (!name || namePlace === undefined || !(name.hasNameEnding || hasMark(name.candidate, "quoted"))) return;
    if (name.score >= item.score || name.candidate.distinct < item.candidate.distinct) return;
    result[namePlace] = { ...name, score: item.score };
    result[place] = { ...item, score: name.score };
  });
  return result;
}

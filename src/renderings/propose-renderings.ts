/**
 * The English wordings by which a term was rendered in the units of an index, best first.
 *
 * Nothing is made up: every proposal is a run of words that stands in a unit with the term, and says where.
 * Proposals that contain each other stay, under the better one. Confidence is the model's probability (ranking-model.ts).
 * Guarantee: deterministic; a term that no unit holds has no proposals. Spans lie inside the texts as they were received.
 * Cost: about a millisecond for a term in few units, see bench/renderings.ts.
 */
import type { RenderingProposal, RenderingSighting, TermRenderings } from "../model/rendering.ts";
import { readFeatures } from "./candidate-features.ts";
import { belongTogether } from "./collapse.ts";
import { GAP } from "./english-side.ts";
import { CandidateFinder } from "./find-candidates.ts";
import type { Candidate } from "./find-candidates.ts";
import { findTerm } from "./find-term.ts";
import type { FoundTerm } from "./find-term.ts";
import { rankRows, shippedModel } from "./ranking-model.ts";
import type { RankingModel } from "./ranking-model.ts";
import type { RenderingIndex } from "./rendering-index.ts";

export type ProposeOptions = {
  /** Proposals of one term; the rest is seldom right. */
  readonly limit?: number;
  /** Sightings of one proposal, those in the first units; `count` counts all. */
  readonly sightingLimit?: number;
  readonly model?: RankingModel;
};

const LIMIT = 10;
const SIGHTING_LIMIT = 200;

const finders = new WeakMap<RenderingIndex, CandidateFinder>();

export function finderOf(index: RenderingIndex): CandidateFinder {
  const finder = finders.get(index) ?? new CandidateFinder(index);
  finders.set(index, finder);
  return finder;
}

export function proposeRenderings(index: RenderingIndex, term: string, options: ProposeOptions = {}): TermRenderings {
  const found = findTerm(index, term);
  const set = finderOf(index).find(found);
  const shares = rankRows(readFeatures(index, set), found.clean.length, options.model ?? shippedModel);
  const ranked = set.candidates
    .map((candidate, at) => ({ candidate, confidence: shares[at] as number }))
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, options.limit ?? LIMIT);
  const texts: string[] = [];
  const proposals = ranked.map(({ candidate, confidence }, at): RenderingProposal => {
    const sightings = listSightings(index, { candidate, found, limit: options.sightingLimit ?? SIGHTING_LIMIT });
    const [text = "", ...forms] = listForms(index, sightings);
    texts.push(text);
    const under = ranked.slice(0, at).findIndex((better) => belongTogether(index, better.candidate, candidate));
    return {
      text,
      forms,
      count: candidate.joint,
      confidence,
      ...(under < 0 ? {} : { under: texts[under] as string }),
      sightings,
    };
  });
  return { term, units: found.units.length, proposals };
}

/** A candidate as it is written most often. */
export function writeCandidate(index: RenderingIndex, found: FoundTerm, candidate: Candidate): string {
  return listForms(index, listSightings(index, { candidate, found, limit: SIGHTING_LIMIT }))[0] ?? "";
}

type SightingInput = { readonly candidate: Candidate; readonly found: FoundTerm; readonly limit: number };

/** The wording in each unit of the term: where the links are best, in units that were not scanned too. */
function listSightings(index: RenderingIndex, { candidate, found, limit }: SightingInput): readonly RenderingSighting[] {
  const { run } = candidate;
  const { english, wordings, units, keys } = index;
  const scanned = new Map(candidate.instances.map((instance) => [instance.links.unit, instance]));
  const sightings: RenderingSighting[] = [];
  for (const termUnit of found.clean) {
    if (sightings.length >= limit) break;
    const { unit } = termUnit;
    const first = english.starts[unit] as number;
    const size = (english.starts[unit + 1] as number) - first;
    let at = scanned.get(unit)?.at ?? -1;
    if (at < 0) {
      const places: number[] = [];
      for (let word = 0; word + run.length <= size; word++) {
        if (wordings.stands(run, { word: first + word, unit })) places.push(word);
      }
      if (places.length === 0) continue;
      at = places.length === 1 ? (places[0] as number) : chooseLinked(index, { termUnit, places, run, length: found.key.length });
    }
    const key = keys[unit];
    const unitId = units[unit]?.id;
    const [place] = termUnit.places;
    if (!key || unitId === undefined || place === undefined) continue;
    sightings.push({
      unit: unitId,
      sourceSpan: { start: key.starts[place] as number, end: key.ends[place + found.key.length - 1] as number },
      targetSpan: spanOf(index, { unit, first: first + at, length: run.length }),
    });
  }
  return sightings;
}

function chooseLinked(
  index: RenderingIndex,
  input: {
    readonly termUnit: FoundTerm["units"][number];
    readonly places: readonly number[];
    readonly run: Candidate["run"];
    readonly length: number;
  },
): number {
  const links = finderOf(index).link(input.termUnit, input.length);
  let best = input.places[0] as number;
  let most = -1;
  for (const place of input.places) {
    let sum = 0;
    for (let word = place; word < place + input.run.length; word++) sum += links.inside[word] as number;
    if (sum <= most) continue;
    most = sum;
    best = place;
  }
  return best;
}

/** From the first to the last word, with a bracket that was opened inside, and signs that belong to a number or a rating. */
function spanOf(
  index: RenderingIndex,
  words: { readonly unit: number; readonly first: number; readonly length: number },
): { readonly start: number; readonly end: number } {
  const { froms, tos, gaps } = index.english;
  const text = index.units[words.unit]?.target ?? "";
  const last = words.first + words.length - 1;
  let start = froms[words.first] as number;
  let end = tos[last] as number;
  let open = 0;
  for (let word = words.first + 1; word <= last; word++) {
    const gap = gaps[word] as number;
    if ((gap & GAP.open) !== 0) open++;
    if ((gap & GAP.close) !== 0) open--;
  }
  if (open > 0 && /[)\]}）]/u.test(text.charAt(end))) end++;
  else if (/[%+]/u.test(text.charAt(end))) end++;
  if (/[$€£¥]/u.test(text.charAt(start - 1))) start--;
  return { start, end };
}

/** Surface forms, the commonest first; of equally common ones the first seen. */
function listForms(index: RenderingIndex, sightings: readonly RenderingSighting[]): readonly string[] {
  const counts = new Map<string, number>();
  const unitOf = targetsOf(index);
  for (const { unit, targetSpan } of sightings) {
    const text = (unitOf.get(unit) ?? "").slice(targetSpan.start, targetSpan.end).replace(/\s+/gu, " ");
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([text]) => text);
}

const targets = new WeakMap<RenderingIndex, ReadonlyMap<string, string>>();

function targetsOf(index: RenderingIndex): ReadonlyMap<string, string> {
  const known = targets.get(index) ?? new Map(index.units.map((unit) => [unit.id, unit.target]));
  targets.set(index, known);
  return known;
}

/**
 * Known pieces inside a sentence that no unit resembles: settled formulations of the glossary, and units whose whole
 * source stands in the sentence, put together in the order of the source with the gaps between them.
 *
 * Units are looked up by their match keys: each stretch from clause edge to clause edge first, then stretches that begin
 * or end anywhere, up to a number of look-ups that keeps an answer quick; the longest of them come first.
 * Cost: at most MOST_LOOKUPS exact searches, with turns for other requests.
 */
import { assembleFragments } from "../memory/fragments.ts";
import type { FragmentCandidate } from "../memory/fragments.ts";
import type { TermStatus } from "../model/concept.ts";
import type { LanguageTag, Span } from "../model/span.ts";
import type { Memory, StoredUnit } from "../storage/memory-store.ts";
import { matchKey } from "../text/match-key.ts";
import type { Application } from "./application.ts";
import { openMemorySearch } from "./memory-search.ts";
import type { RowTerm } from "./row-terms.ts";
import { startTurns } from "./take-turns.ts";

export type KnownPiece =
  | { readonly kind: "term"; readonly conceptId: string; readonly renderings: readonly string[] }
  | { readonly kind: "unit"; readonly units: readonly { readonly unit: StoredUnit; readonly memory: Memory }[] };

/** A stretch of the sentence; without `known` it is a gap. */
export type Fragment = Span & { readonly text: string; readonly known?: KnownPiece };

export type FragmentRequest = {
  readonly projectId: string;
  readonly source: string;
  readonly terms: readonly RowTerm[];
  readonly targetLanguage: LanguageTag;
  readonly exceptSegment?: string | undefined;
};

type Candidate = FragmentCandidate & { readonly known: KnownPiece };

const MOST_LOOKUPS = 1000;
const SHORTEST_UNIT = 4;
const LONGEST_UNIT = 60;
/** Units are looked for in the beginning of a longer text: the look-ups reach no further. */
const LOOKED_AT = 5000;
const UNITS_SHOWN = 3;
const EDGE = /[\s，。；：、！？,.;:!?“”‘’"（）()《》【】—…]/u;
const OFFERED: readonly TermStatus[] = ["approved", "admitted", "proposed"];

const mainLanguage = (tag: LanguageTag) => tag.toLowerCase().split("-")[0];

function termCandidates({ terms, targetLanguage }: FragmentRequest): Candidate[] {
  return terms.flatMap(({ concept, matches }) => {
    const renderings = concept.terms
      .filter(({ language, status }) => mainLanguage(language) === mainLanguage(targetLanguage) && OFFERED.includes(status))
      .sort((one, other) => OFFERED.indexOf(one.status) - OFFERED.indexOf(other.status));
    const [best] = renderings;
    if (!best) return [];
    const known: KnownPiece = { kind: "term", conceptId: concept.id, renderings: renderings.map(({ text }) => text) };
    return matches.map(({ start, end }) => ({ start, end, rank: OFFERED.indexOf(best.status), known }));
  });
}

/** Stretches to look up: between edges of clauses first, then any, longest first. */
function listStretches(source: string): readonly Span[] {
  const isLatin = (at: number) => /[\p{Script=Latin}\p{N}]/u.test(source.charAt(at));
  const cuts: number[] = [];
  const edges = new Set<number>([0, source.length]);
  for (let at = 0; at <= Math.min(source.length, LOOKED_AT); at++) {
    // Words and surrogate pairs are not cut.
    const isInside = (isLatin(at - 1) && isLatin(at)) || /[\udc00-\udfff]/.test(source.charAt(at));
    if (!isInside) cuts.push(at);
    if (EDGE.test(source.charAt(at)) || EDGE.test(source.charAt(at - 1))) edges.add(at);
  }
  const stretches: (Span & { readonly isClause: boolean })[] = [];
  for (const [number, start] of cuts.entries()) {
    if (EDGE.test(source.charAt(start))) continue;
    for (let next = number + 1; next < cuts.length; next++) {
      const end = cuts[next] ?? source.length;
      const length = end - start;
      if (length > LONGEST_UNIT) break;
      if (length < SHORTEST_UNIT || length === source.length) continue;
      if (/\s/.test(source.charAt(end - 1))) continue;
      stretches.push({ start, end, isClause: edges.has(start) && edges.has(end) });
    }
  }
  return stretches
    .sort((one, other) => Number(other.isClause) - Number(one.isClause) || other.end - other.start - (one.end - one.start))
    .slice(0, MOST_LOOKUPS);
}

async function unitCandidates(application: Application, request: FragmentRequest): Promise<Candidate[]> {
  const { projectId, source, exceptSegment } = request;
  const search = await openMemorySearch(application, projectId);
  if (search.size === 0) return [];
  const found: { readonly span: Span; readonly unitIds: readonly string[] }[] = [];
  const turns = startTurns();
  for (const span of listStretches(source)) {
    if (turns.isOver()) await turns.next();
    const hits = search.search(source.slice(span.start, span.end), { threshold: 100, limit: UNITS_SHOWN });
    if (hits.length > 0) found.push({ span, unitIds: hits.map(({ unitId }) => unitId) });
  }
  const units = await application.stores.memories.findUnits(found.flatMap(({ unitIds }) => unitIds));
  return found.flatMap(({ span: { start, end }, unitIds }): Candidate[] => {
    const key = matchKey(source.slice(start, end));
    const pairs = new Map<string, { readonly unit: StoredUnit; readonly memory: Memory }>();
    for (const id of unitIds) {
      const unit = units.get(id);
      const memory = unit && search.memories.get(unit.memoryId);
      // Where words are compared, capitals do not count in the search.
      if (
        !unit ||
        !memory ||
        matchKey(unit.source) !== key ||
        (exceptSegment !== undefined && unit.link.segmentId === exceptSegment)
      )
        continue;
      if (!pairs.has(unit.target)) pairs.set(unit.target, { unit, memory });
    }
    return pairs.size === 0 ? [] : [{ start, end, rank: OFFERED.length, known: { kind: "unit", units: [...pairs.values()] } }];
  });
}

/** Empty when nothing in the sentence is known. */
export async function fragmentsFor(application: Application, request: FragmentRequest): Promise<readonly Fragment[]> {
  const candidates = [...termCandidates(request), ...(await unitCandidates(application, request))];
  if (candidates.length === 0) return [];
  return assembleFragments(request.source, candidates).map(({ start, end, candidate }) => ({
    start,
    end,
    text: request.source.slice(start, end),
    ...(candidate ? { known: candidate.known } : {}),
  }));
}

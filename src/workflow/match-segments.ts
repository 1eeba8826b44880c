/**
 * Matches for a segment out of all memories of a project (memory-search.ts finds them), scored and explained.
 *
 * Order: score with all penalties taken off, then the priority of the memory, then similarity, then the order of the
 * memories and of the units in them. The same pair from several memories is shown once, as the best of them.
 * Guarantee: what was saved before the question is found. Cost: one search, and the hits that are read and compared.
 */
import type { Match } from "../model/translation-unit.ts";
import type { Span } from "../model/span.ts";
import type { ContrastPair } from "../memory/penalties.ts";
import { scoreMatch } from "../memory/score-match.ts";
import type { Memory, StoredUnit } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { openMemorySearch } from "./memory-search.ts";
import type { MemorySearch, UnitHit } from "./memory-search.ts";

export type MatchQuery = {
  readonly projectId: string;
  readonly source: string;
  /** The neighbours of the segment, for matches in context. */
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  readonly limit?: number | undefined;
  /** Least similarity, 0 to 100. */
  readonly threshold?: number | undefined;
  readonly contrasts?: readonly ContrastPair[] | undefined;
  /** Where known formulations stand in a text of the source language. */
  readonly formulationsIn?: ((text: string) => readonly Span[]) | undefined;
  /** A row's own unit is no help to it. */
  readonly exceptSegment?: string | undefined;
};

/** A match, as it is stored, and the memory it is from. */
export type MemoryMatch = Omit<Match, "unit"> & { readonly unit: StoredUnit; readonly memory: Memory };

const DEFAULT_LIMIT = 5;
const DEFAULT_THRESHOLD = 70;
/** Penalties change the order and copies are shown once, so more are looked at than shown. */
const MORE_THAN_SHOWN = 3;
const MOST_LOOKED_AT = 1000;

export async function matchesFor(application: Application, query: MatchQuery): Promise<readonly MemoryMatch[]> {
  const { projectId, source, limit = DEFAULT_LIMIT, threshold = DEFAULT_THRESHOLD } = query;
  const memory = await openMemorySearch(application, projectId);
  for (let asked = limit * MORE_THAN_SHOWN; ; asked *= 4) {
    const hits = memory.search(source, { threshold, limit: asked });
    const matches = await readMatches(application, memory, { query, hits });
    // Copies of the same pair are one match; when they fill the list, look further.
    if (matches.length >= limit || hits.length < asked || asked >= MOST_LOOKED_AT) return matches.slice(0, limit);
  }
}

async function readMatches(
  { stores }: Application,
  { memories }: MemorySearch,
  { query, hits }: { readonly query: MatchQuery; readonly hits: readonly UnitHit[] },
): Promise<MemoryMatch[]> {
  const best = new Map<string, MemoryMatch>();
  const { source, previous, next, contrasts, formulationsIn, exceptSegment } = query;
  const queryFormulations = formulationsIn?.(source);
  const units = await stores.memories.findUnits(hits.map(({ unitId }) => unitId));
  for (const { unitId, similarity } of hits) {
    const unit = units.get(unitId);
    const memory = unit && memories.get(unit.memoryId);
    // Removed since the search.
    if (!unit || !memory) continue;
    if (exceptSegment !== undefined && unit.link.segmentId === exceptSegment) continue;
    const match = scoreMatch(source, unit, {
      previous,
      next,
      contrasts,
      similarity,
      queryFormulations,
      unitFormulations: formulationsIn?.(unit.source),
      unitCodes: unit.sourceCodes?.length,
      memoryPenalty: memory.penalty,
    });
    const pair = `${unit.source}\n${unit.target}`;
    const other = best.get(pair);
    const isBetter =
      !other || match.score > other.score || (match.score === other.score && memory.priority > other.memory.priority);
    if (isBetter) best.set(pair, { ...match, unit, memory });
  }
  // Sorting is stable: what is equal in all stays in the order of the memories and their units.
  return [...best.values()].sort(
    (one, other) => other.score - one.score || other.memory.priority - one.memory.priority || other.similarity - one.similarity,
  );
}

/**
 * Matches for a segment out of all memories of a project (memory-search.ts finds them), scored and explained.
 *
 * Guarantee: what was saved before the question is found. Cost: one search, and the hits that are read and compared.
 */
import type { Match } from "../model/translation-unit.ts";
import type { ContrastPair } from "../memory/penalties.ts";
import { scoreMatch } from "../memory/score-match.ts";
import type { Memory } from "../storage/memory-store.ts";
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
};

/** A match and the memory it is from. */
export type MemoryMatch = Match & { readonly memory: Memory };

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
  for (const { unitId, similarity } of hits) {
    const unit = await stores.memories.findUnit(unitId);
    const memory = unit && memories.get(unit.memoryId);
    // Removed since the search.
    if (!unit || !memory) continue;
    const { previous, next, contrasts } = query;
    const match = scoreMatch(query.source, unit, { previous, next, contrasts, similarity, memoryPenalty: memory.penalty });
    const pair = `${unit.source}\n${unit.target}`;
    const other = best.get(pair);
    if (!other || other.score < match.score) best.set(pair, { ...match, memory });
  }
  // Sorting is stable: equal scores and priorities stay in the order of similarity and memory.
  return [...best.values()].sort(
    (one, other) => other.score - one.score || other.memory.priority - one.memory.priority || other.similarity - one.similarity,
  );
}

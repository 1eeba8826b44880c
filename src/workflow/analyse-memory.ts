/**
 * The best match of each segment in the memories of a project, for an analysis: the same search and scores as the editor
 * has, a few milliseconds at a time, so that pages are answered meanwhile. Segments that are in a document of the project
 * do not match themselves.
 * Cost: one search a distinct text, and the few units that are compared.
 */
import { isCounted, LEAST_SCORE } from "../memory/analyse-segments.ts";
import type { AnalysedText, MemoryMatches } from "../memory/analyse-segments.ts";
import type { BestMatch, Neighbours } from "../memory/best-match.ts";
import { scoreMatch } from "../memory/score-match.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { Application } from "./application.ts";
import { openMemorySearch } from "./memory-search.ts";
import type { MemorySearch } from "./memory-search.ts";
import { startTurns } from "./take-turns.ts";

export type MemoryAnalysisRequest = {
  readonly projectId: string;
  readonly texts: readonly AnalysedText[];
  /** Only these; all memories of the project when absent. */
  readonly memoryIds?: readonly string[] | undefined;
  /** Documents whose own confirmed rows are no help to them. */
  readonly exceptDocuments?: ReadonlySet<string> | undefined;
  readonly report?: ProgressReporter | undefined;
  readonly signal?: AbortSignal | undefined;
};

const FIRST_LOOK = 4;
const IN_CONTEXT = 101;

export async function matchTexts(application: Application, request: MemoryAnalysisRequest): Promise<MemoryMatches> {
  const { projectId, texts, report, signal } = request;
  const search = await openMemorySearch(application, projectId);
  const total = texts.reduce((sum, { segments }) => sum + segments.length, 0);
  // What is not equal to a unit has the same score wherever it stands.
  const known = new Map<string, BestMatch | undefined>();
  const turns = startTurns();
  let done = 0;
  const matches: (BestMatch | undefined)[][] = [];
  for (const { segments } of texts) {
    const list: (BestMatch | undefined)[] = [];
    for (const [at, segment] of segments.entries()) {
      done++;
      if (turns.isOver()) {
        signal?.throwIfAborted();
        report?.({ done, total, stage: "matching" });
        await turns.next();
      }
      if (!isCounted(segment)) {
        list.push(undefined);
        continue;
      }
      const { text } = segment;
      const neighbours = { previous: segments[at - 1]?.text, next: segments[at + 1]?.text };
      let best = known.get(text);
      if (!known.has(text) || (best && best.score >= 100)) {
        best = await findBest(application, { search, text, neighbours, request });
        known.set(text, best);
      }
      list.push(best);
    }
    matches.push(list);
  }
  return matches;
}

type Question = {
  readonly search: MemorySearch;
  readonly text: string;
  readonly neighbours: Neighbours;
  readonly request: MemoryAnalysisRequest;
};

/** As `findBestMatch`, with the units read from the store. */
async function findBest(
  { stores }: Application,
  { search, text, neighbours, request }: Question,
): Promise<BestMatch | undefined> {
  const { memoryIds, exceptDocuments } = request;
  let best: BestMatch | undefined;
  for (let limit = FIRST_LOOK, looked = 0; ; limit *= 4) {
    const hits = search.search(text, { threshold: LEAST_SCORE, limit, ...(memoryIds ? { memoryIds } : {}) });
    const units = await stores.memories.findUnits(hits.slice(looked).map(({ unitId }) => unitId));
    for (const { unitId, similarity, score: bound } of hits.slice(looked)) {
      if (best && similarity < 100 && bound <= best.score) return best;
      if (best?.score === IN_CONTEXT) return best;
      const unit = units.get(unitId);
      if (!unit || (unit.link.documentId !== undefined && exceptDocuments?.has(unit.link.documentId))) continue;
      const memoryPenalty = search.memories.get(unit.memoryId)?.penalty;
      const { score, kind } = scoreMatch(text, unit, { ...neighbours, similarity, memoryPenalty });
      if (!best || score > best.score) best = { score, kind };
    }
    looked = hits.length;
    if (hits.length < limit) return best;
  }
}

/**
 * The best match of a memory for a text: the highest score that any unit of at least the least similarity has.
 *
 * Method: hits in order of similarity; a score is never above the similarity of its hit, except in context, so that looking
 * ends with the first hit that cannot be better. Guarantee: what scoring every unit would give. Cost: a search and, mostly,
 * one or two comparisons.
 */
import type { MatchKind, TranslationUnit } from "../model/translation-unit.ts";
import type { MemoryIndex } from "./memory-index.ts";
import { scoreMatch } from "./score-match.ts";

export type BestMatch = { readonly score: number; readonly kind: MatchKind };

/** A unit as far as scoring needs it. */
export type ScoredUnit = Pick<TranslationUnit, "source" | "sourceLanguage" | "previous" | "next"> & {
  readonly memoryPenalty?: number | undefined;
};

export type Neighbours = { readonly previous: string | undefined; readonly next: string | undefined };

export type BestMatchRequest = Neighbours & {
  readonly index: MemoryIndex;
  readonly unitAt: (position: number) => ScoredUnit | undefined;
  readonly threshold: number;
};

const FIRST_LOOK = 4;
const MOST = 101;

export function findBestMatch(text: string, { index, unitAt, threshold, ...context }: BestMatchRequest): BestMatch | undefined {
  let best: BestMatch | undefined;
  for (let limit = FIRST_LOOK, looked = 0; ; limit *= 4) {
    const hits = index.search(text, { threshold, limit });
    for (const { unit: position, similarity } of hits.slice(looked)) {
      // Only a hit that is equal may still be one in context.
      if (best && similarity < 100 && similarity <= best.score) return best;
      if (best?.score === MOST) return best;
      const unit = unitAt(position);
      if (!unit) continue;
      const whole = { ...unit, id: "", target: "", targetLanguage: "und", state: "final" } as const;
      const { score, kind } = scoreMatch(text, whole, { ...context, similarity, memoryPenalty: unit.memoryPenalty });
      if (!best || score > best.score) best = { score, kind };
    }
    looked = hits.length;
    if (hits.length < limit) return best;
  }
}

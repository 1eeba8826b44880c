/**
 * Explains a memory hit: its kind, its score, what differs, and the target with the query's numbers.
 *
 * Score: 101 when the text and both neighbours are equal, 100 when the text is equal, else the similarity less the points of
 * its penalties, at most 99. Similarity is that of the match keys. Cost: O(length * length / 32).
 */
import type { Match, MatchKind, TranslationUnit } from "../model/translation-unit.ts";
import { measureSimilarity, similarityOf } from "../text/edit-distance.ts";
import { matchKey } from "../text/match-key.ts";
import { adaptNumbers } from "./adapt-numbers.ts";
import { measureLists } from "./named-differences.ts";
import { splitWords, tokensOf } from "./text-coder.ts";
import { pairNumbers } from "./pair-numbers.ts";
import { findPenalties } from "./penalties.ts";
import type { PenaltyContext } from "./penalties.ts";

export type MatchContext = Omit<PenaltyContext, "sourceLanguage"> & {
  /** The query's neighbours in its document. */
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** Known from the search; measured when absent. */
  readonly similarity?: number | undefined;
};

const ICM_SCORE = 101;
const BEST_UNEQUAL = 99;

function isEqual(one: string | undefined, other: string | undefined): boolean {
  return (one ?? "").normalize("NFC") === (other ?? "").normalize("NFC");
}

function kindOf(query: string, unit: TranslationUnit, context: MatchContext): MatchKind {
  if (!isEqual(query, unit.source)) return "fuzzy";
  const hasNeighbours = Boolean(unit.previous ?? unit.next);
  return hasNeighbours && isEqual(unit.previous, context.previous) && isEqual(unit.next, context.next) ? "icm" : "exact";
}

/** As the search measures: by words where the language has them, else by characters (text-coder.ts). */
function measure(query: string, { source, sourceLanguage }: TranslationUnit): number {
  const [mine, theirs] = [matchKey(query), matchKey(source)];
  if (tokensOf(sourceLanguage) === "characters") return measureSimilarity(mine, theirs);
  const [words, others] = [splitWords(mine), splitWords(theirs)];
  return similarityOf(measureLists(words, others), Math.max(words.length, others.length));
}

export function scoreMatch(query: string, unit: TranslationUnit, context: MatchContext = {}): Match {
  const kind = kindOf(query, unit, context);
  const similarity = context.similarity ?? measure(query, unit);
  const numbers = kind === "fuzzy" ? pairNumbers(query, unit.source, unit.sourceLanguage) : undefined;
  const penalties = findPenalties(query, unit.source, {
    ...context,
    sourceLanguage: unit.sourceLanguage,
    numbers,
  });
  const points = penalties.reduce((sum, penalty) => sum + penalty.points, 0);
  const full = kind === "icm" ? ICM_SCORE : kind === "exact" ? 100 : similarity;
  const score = Math.max(0, kind === "fuzzy" ? Math.min(full - points, BEST_UNEQUAL) : full - points);
  const { target: adaptedTarget, doubts } = numbers ? adaptNumbers({ ...unit, query }, numbers) : { doubts: [] };
  return {
    unit,
    kind,
    similarity,
    score,
    penalties,
    ...(adaptedTarget ? { adaptedTarget } : {}),
    ...(doubts.length > 0 ? { numberDoubts: doubts } : {}),
  };
}

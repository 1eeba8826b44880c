import type { IsoInstant, LanguageTag, Span } from "./span.ts";

/** XLIFF 2 segment states. A target that a person has not confirmed is `initial`. */
export type TranslationState = "initial" | "translated" | "reviewed" | "final";

/** How a target came to be. */
export type TargetOrigin = "typed" | "memory" | "alignment" | "import";

/** A source and its target in a memory (TMX tu with two tuv). Order and neighbours are kept. */
export type TranslationUnit = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  readonly state: TranslationState;
  readonly previous?: string;
  readonly next?: string;
  readonly author?: string;
  readonly createdAt?: IsoInstant;
  readonly changedAt?: IsoInstant;
  readonly document?: string;
  readonly notes?: readonly string[];
  readonly properties?: readonly { readonly type: string; readonly value: string }[];
};

/** `icm`: equal with equal neighbours; `exact`: equal; `fuzzy`: similar. After XLIFF's match types. */
export type MatchKind = "icm" | "exact" | "fuzzy";

/** A named difference that takes points off a score or explains it. */
export type Penalty = {
  readonly code: string;
  readonly points: number;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** A target with numbers and dates put in by value, and where they stand. A proposal, never confirmed. */
export type AdaptedTarget = { readonly text: string; readonly spans: readonly Span[] };

/**
 * A number to be looked at, as the texts write it. `not-found`: its value does not stand in the target; `several`: it
 * cannot be told which place is meant; `unwritable`: its manner of writing cannot be carried over; `query-only` and
 * `unit-only`: the other text has no number that answers it.
 */
export type NumberDoubt = {
  readonly reason: "not-found" | "several" | "unwritable" | "query-only" | "unit-only";
  readonly query?: string;
  readonly unit?: string;
};

/** A memory hit for a query. */
export type Match = {
  readonly unit: TranslationUnit;
  readonly kind: MatchKind;
  /** 100 × (1 − edit distance / longer length) over the code points of the match key; 0 to 100. */
  readonly similarity: number;
  /** What is shown: the similarity with penalties taken off; 101 for icm, 100 only if the texts are equal. */
  readonly score: number;
  readonly penalties: readonly Penalty[];
  /** The target with numbers and dates adapted to the query's, when that was possible; marked, never confirmed. */
  readonly adaptedTarget?: AdaptedTarget;
  /** Numbers that differ and were left as the memory has them. */
  readonly numberDoubts?: readonly NumberDoubt[];
};

import type { Concept } from "./concept.ts";
import type { LanguageTag, Span } from "./span.ts";
import type { TranslationState } from "./translation-unit.ts";

/** A pair of texts as checks read it. */
export type CheckedPair = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly state: TranslationState;
  /** Names for reports: file or document, unit, segment. */
  readonly file: string;
  readonly unit: string;
  readonly segment?: string;
};

/** All that a run of checks may look at. */
export type CheckInput = {
  readonly pairs: readonly CheckedPair[];
  readonly concepts: readonly Concept[];
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

export type Severity = "error" | "warning" | "information";

/** A problem in a translation. The message is `checks:<rule>.<message>` with `values`; checks build no sentences. */
export type Finding = {
  /** Stable slug of the rule: "rendering-missing". */
  readonly rule: string;
  readonly severity: Severity;
  /** Id of the pair. */
  readonly pair: string;
  readonly sourceSpan?: Span;
  readonly targetSpan?: Span;
  readonly actual?: string;
  readonly expected: readonly string[];
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** The formulation or other text by which findings are grouped. */
  readonly subject: string;
};

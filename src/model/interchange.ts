import type { LanguageTag } from "./span.ts";
import type { TranslationState } from "./translation-unit.ts";

/** An inline code or marker inside a text, at UTF-16 offset `at`; `xml` is its original mark-up. */
export type InlineCode = { readonly at: number; readonly xml: string };

/** A segment of a bilingual file. Texts are plain, with entities resolved and inline codes taken out to `codes`. */
export type BilingualSegment = {
  readonly id: string;
  readonly source: string;
  readonly target?: string;
  readonly state: TranslationState;
  /** The state in the words of the file, when it has any ("needs-review-translation", "ApprovedSignOff"). */
  readonly nativeState?: string;
  /** Present: the file says that this target must not be changed. */
  readonly locked?: boolean;
  readonly sourceCodes: readonly InlineCode[];
  readonly targetCodes: readonly InlineCode[];
  /** White space that follows the segment inside its unit (XLIFF ignorable). */
  readonly after?: string;
  readonly matches?: readonly {
    readonly source: string;
    readonly target: string;
    readonly similarity: number;
    readonly origin?: string;
  }[];
  readonly terms?: readonly { readonly source: string; readonly targets: readonly string[] }[];
};

/** A paragraph (XLIFF unit, 1.2 trans-unit) with its segments in order. */
export type BilingualUnit = {
  readonly id: string;
  readonly name?: string;
  readonly notes: readonly { readonly text: string; readonly from?: string }[];
  readonly segments: readonly BilingualSegment[];
  readonly translate: boolean;
};

export type BilingualFile = {
  readonly id: string;
  readonly original: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage?: LanguageTag;
  readonly units: readonly BilingualUnit[];
};

import type { LanguageTag } from "./span.ts";

/** Indices into the two lists of segments; either side may be empty, never both. */
export type Bead = {
  readonly source: readonly number[];
  readonly target: readonly number[];
  /** Posterior probability that exactly this bead is right, 0 to 1. */
  readonly confidence: number;
  /** What decided it, for the page: "number 3,400", "term 防汛". */
  readonly anchors: readonly Anchor[];
};

/** A pair of equal things on both sides that speaks for a bead. */
export type Anchor = {
  readonly kind: "number" | "date" | "name" | "latin" | "term" | "dictionary";
  readonly source: string;
  readonly target: string;
};

/** One side as the aligner reads it. `paragraph` numbers never fall; without paragraphs they are all 0. */
export type AlignmentText = {
  readonly segments: readonly { readonly text: string; readonly paragraph: number }[];
  readonly language: LanguageTag;
};

/** `automatic` may be replaced by a new run; `confirmed` and `locked` may not. */
export type GroupStatus = "automatic" | "confirmed" | "locked";

/** A row of an alignment as a person edits it. */
export type AlignmentGroup = {
  readonly id: string;
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly confidence: number;
  readonly anchors: readonly Anchor[];
  readonly status: GroupStatus;
  /** Marked by a person: this text has no counterpart on the other side. */
  readonly omission?: "omitted" | "added";
  readonly bookmark?: boolean;
};

/** The whole of an alignment, an immutable value; editor operations return a new one. Strings are segment ids. */
export type AlignmentState = { readonly groups: readonly AlignmentGroup[] };

export type DifferenceClass =
  "width" | "white-space" | "attribution" | "wording" | "number" | "name" | "foreign-letters" | "damage";

/** A difference between two versions of one text. */
export type Difference = {
  readonly class: DifferenceClass;
  readonly base: string;
  readonly other: string;
  readonly baseStart: number;
  readonly otherStart: number;
};

/** Paragraphs of two versions that belong together; numbers are indices of paragraphs. */
export type VersionPair = {
  readonly base: readonly number[];
  readonly other: readonly number[];
  readonly differences: readonly Difference[];
};

export type VersionComparison = {
  readonly pairs: readonly VersionPair[];
  readonly baseOnly: readonly number[];
  readonly otherOnly: readonly number[];
};

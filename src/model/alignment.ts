import type { IsoInstant, LanguageTag } from "./span.ts";

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

/** Segments [from, to) of one side. */
export type SegmentRange = { readonly from: number; readonly to: number };

/**
 * A passage that stands elsewhere in the other text, so that no series of beads in order can pair it: its segments
 * stand alone in the beads of the whole.
 */
export type Crossing = {
  readonly source: SegmentRange;
  readonly target: SegmentRange;
  /** Probability that the two passages belong together, 0 to 1. */
  readonly confidence: number;
  /** How their segments pair, were the passage a text of its own. */
  readonly beads: readonly Bead[];
};

export type AlignedTexts = { readonly beads: readonly Bead[]; readonly crossings: readonly Crossing[] };

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
  /** Marked by a person: somebody should look at it again. */
  readonly doubtful?: boolean;
  /** A person said that the first sentences of both sides belong together: a new run begins a row with them. */
  readonly pinned?: boolean;
  /** A passage that stands elsewhere in the other text: the rows of both halves bear the same name. */
  readonly moved?: string;
  /** Oldest first. */
  readonly notes?: readonly RowNote[];
  /** Who changed this row by hand, each once, the last one at the end. */
  readonly touchedBy?: readonly string[];
};

type NoteText = { readonly text: string; readonly author: string; readonly at: IsoInstant };

/** What a person remarked on a row, as it reads now. */
export type RowNote = NoteText & {
  readonly id: string;
  /** How it read before somebody edited it, oldest first; the first author is the one who wrote it. */
  readonly earlier?: readonly NoteText[];
};

/** A stretch of a segment's text, in UTF-16 units. */
export type SentencePart = { readonly segment: string; readonly start: number; readonly end: number };

/**
 * A sentence of one alignment that a person split, joined or edited. It lies over the text and never changes: another
 * edit is another sentence, so undo only has to name the one before. The segments below keep their text and offsets.
 */
export type EditedSentence = {
  readonly id: string;
  readonly text: string;
  /** Where it comes from, in order. White space at a cut belongs to no part. */
  readonly parts: readonly SentencePart[];
  readonly author: string;
  readonly at: IsoInstant;
};

/**
 * The whole of an alignment, an immutable value; editor operations return a new one. Strings are ids of segments, or of
 * edited sentences of this alignment.
 */
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
  /** Probability that just these belong together, 0 to 1. */
  readonly confidence: number;
  /** It stands elsewhere in the other version: other pairs cross it. */
  readonly moved: boolean;
  readonly differences: readonly Difference[];
};

export type VersionComparison = {
  readonly pairs: readonly VersionPair[];
  readonly baseOnly: readonly number[];
  readonly otherOnly: readonly number[];
};

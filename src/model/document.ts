import type { Diagnostic } from "./diagnostic.ts";
import type { IsoDay, LanguageTag, Span } from "./span.ts";

/** How a paragraph stands in its document. */
export type ParagraphRole = "heading" | "body" | "caption" | "table";

/** A block of text as a reader found it, before anything was proposed or accepted. Text is never altered. */
export type ReceivedParagraph = {
  readonly text: string;
  readonly role: ParagraphRole;
  /** 1-based line of its first character in the received text (or its number among the blocks of a docx). */
  readonly line: number;
  /** 1 to 6 for a heading, where the format tells levels apart. */
  readonly level?: number;
};

/** The text of a received file. */
export type ReceivedText = {
  readonly encoding: string;
  readonly paragraphs: readonly ReceivedParagraph[];
  /** Metadata that the format itself carries (docx core properties, html title). */
  readonly title?: string;
  readonly date?: IsoDay;
};

/** Why a paragraph is proposed to be left out of counting and translation. It is kept, never deleted. */
export type ExclusionReason = "caption" | "dateline" | "video-prompt" | "credit" | "slogan" | "page-number";

/** Join paragraph `paragraph` (index into the received paragraphs) to the one before it. */
export type JoinProposal = {
  readonly paragraph: number;
  readonly reason: "page-break" | "no-sentence-end" | "inside-word" | "line-wrap";
  /** The text on both sides of the seam, marked `｜`. */
  readonly evidence: string;
  /** Words that were lost here and that another copy still has: the paragraph stays by itself, its opening is missing. */
  readonly missing?: { readonly text: string; readonly document: string };
};

export type ExclusionProposal = { readonly paragraph: number; readonly reason: ExclusionReason };

/** A day as a text gives it, perhaps without its year or month. */
export type PartialDay = { readonly year?: number; readonly month?: number; readonly day: number };

/** How a document's date was found: a slug for the catalogues (`import:date.<code>`) with its values. */
export type DateEvidence = { readonly code: string; readonly values?: Readonly<Record<string, string | number>> };

/** One document proposed out of a received file: paragraphs [first, end). */
export type DocumentProposal = {
  readonly first: number;
  readonly end: number;
  readonly title: string;
  readonly date?: IsoDay;
  /** The body that issued the text, as named in it (新华社, 中共中央办公厅). */
  readonly body?: string;
  readonly language: LanguageTag;
  readonly joins: readonly JoinProposal[];
  readonly exclusions: readonly ExclusionProposal[];
  /** Paragraphs that were recognised as headings though the format does not mark them. */
  readonly headings: readonly number[];
  readonly dateEvidence?: DateEvidence;
  /** What the text says of its day when that is not enough for a date. */
  readonly partialDate?: PartialDay;
  readonly versionOf?: VersionLink;
};

/** Another document that this one repeats wholly or for the most part. */
export type VersionLink = {
  /** Id of the other document: a stored one, or `#n` for number n (from 0, over all files in order) of the same batch. */
  readonly document: string;
  readonly title: string;
  /** Share of the shorter text's five-character shingles that the longer one holds, 0 to 1. */
  readonly containment: number;
};

/** What an import would do with one file. Nothing is stored until a person accepts it, changed or not. */
export type ImportProposal = {
  readonly file: string;
  readonly encoding: string;
  readonly paragraphs: readonly ReceivedParagraph[];
  readonly documents: readonly DocumentProposal[];
  readonly halfWidthMarks: number;
  readonly fullWidthMarks: number;
  readonly diagnostics: readonly Diagnostic[];
};

/** A paragraph of an accepted document. */
export type Paragraph = {
  readonly id: string;
  readonly position: number;
  readonly text: string;
  readonly role: ParagraphRole;
  readonly line: number;
  /** Present: kept, but not counted and not translated. */
  readonly exclusion?: ExclusionReason;
};

/** An accepted document. */
export type Document = {
  readonly id: string;
  readonly title: string;
  readonly date?: IsoDay;
  readonly body?: string;
  readonly language: LanguageTag;
  readonly paragraphs: readonly Paragraph[];
};

/**
 * The smallest translatable part of a paragraph, after XLIFF 2: `segment` is translated, `ignorable` (white space
 * between sentences) is not. Glued together in order they are the paragraph's text again, exactly.
 */
export type SegmentSpan = Span & { readonly kind: "segment" | "ignorable" };

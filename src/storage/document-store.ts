import type { ExclusionReason, Paragraph, ParagraphRole } from "../model/document.ts";
import type { IsoDay, IsoInstant, LanguageTag } from "../model/span.ts";
import type { TargetOrigin, TranslationState } from "../model/translation-unit.ts";
import type { Refused, Signed, Stale } from "./outcomes.ts";

export type DocumentSide = "source" | "target";

/** Where a received line begins inside a paragraph that was joined out of several: UTF-16 offset `at`. */
export type JoinedLine = { readonly line: number; readonly at: number };

export type StoredParagraph = Paragraph & { readonly joined: readonly JoinedLine[] };

export type StoredDocument = {
  readonly id: string;
  readonly projectId: string;
  readonly fileId?: string;
  /** Place among the documents of its file, from 0. */
  readonly ordinal: number;
  readonly title: string;
  readonly date?: IsoDay;
  readonly body?: string;
  readonly language: LanguageTag;
  readonly side: DocumentSide;
  readonly versionOf?: { readonly document: string; readonly containment: number };
  readonly revision: number;
  readonly createdAt: IsoInstant;
  readonly removedAt?: IsoInstant;
};

/** `paragraphs` and `segments` count what is translated: no exclusions, no ignorables. `confirmed`: state other than `initial`. */
export type DocumentSummary = StoredDocument & {
  readonly paragraphCount: number;
  readonly segmentCount: number;
  readonly confirmedCount: number;
};

export type DocumentText = StoredDocument & { readonly paragraphs: readonly StoredParagraph[] };

export type NewSegment = {
  readonly kind: "segment" | "ignorable";
  readonly source: string;
  readonly target?: string;
  readonly state?: TranslationState;
  readonly origin?: TargetOrigin;
};

export type NewParagraph = {
  readonly text: string;
  readonly role: ParagraphRole;
  readonly line: number;
  readonly exclusion?: ExclusionReason;
  readonly joined?: readonly JoinedLine[];
  /** Glued together they are `text` again; checked when stored. */
  readonly segments: readonly NewSegment[];
};

export type NewDocument = Omit<StoredDocument, "id" | "revision" | "createdAt" | "removedAt"> & {
  /** Given when another document of the same batch has to refer to it. */
  readonly id?: string;
  readonly paragraphs: readonly NewParagraph[];
};

export type DocumentOutcome = { readonly kind: "saved"; readonly document: DocumentText } | Stale<DocumentText> | Refused;

/** Fields given replace the stored ones; `undefined` takes a value away, a missing field leaves it. */
export type DocumentChange = {
  readonly title?: string;
  readonly date?: IsoDay | undefined;
  readonly body?: string | undefined;
  readonly language?: LanguageTag;
  readonly side?: DocumentSide;
  readonly versionOf?: StoredDocument["versionOf"];
};

export type DocumentEvent = Signed & {
  readonly revision: number;
  readonly action: "create" | "change" | "exclude" | "paragraphs" | "remove" | "restore";
  /** JSON of what changed. */
  readonly before?: string;
  readonly after?: string;
};

/** What besides the library has come to use a document. */
export type DocumentUses = {
  /** Ids of alignments. */
  readonly alignments: readonly string[];
  /** Documents that are versions of it, and decisions between it and another version. */
  readonly versions: number;
  readonly readings: number;
  /** Sentences with a translation. */
  readonly translated: number;
};

type Based = Signed & { readonly documentId: string; readonly baseRevision: number };

export type DocumentStore = {
  /** A document with its paragraphs and segments, all or nothing. */
  add(document: NewDocument, signed: Signed): Promise<DocumentText>;
  /** Those not removed (or only the removed ones), by file and ordinal. */
  list(filter: {
    readonly projectId: string;
    readonly side?: DocumentSide;
    readonly removed?: boolean;
  }): Promise<readonly DocumentSummary[]>;
  /** Also finds removed ones. */
  find(id: string): Promise<DocumentText | undefined>;
  findSummary(id: string): Promise<DocumentSummary | undefined>;
  findUses(id: string): Promise<DocumentUses>;
  change(change: Based & { readonly change: DocumentChange }): Promise<DocumentOutcome>;
  /** Leaves paragraphs out, or takes them in again (`exclusion` undefined). */
  exclude(
    change: Based & { readonly paragraphIds: readonly string[]; readonly exclusion: ExclusionReason | undefined },
  ): Promise<DocumentOutcome>;
  /** Join and split: consecutive paragraphs are replaced by others. The old ones and the history of their segments are kept. */
  replaceParagraphs(
    change: Based & { readonly replaced: readonly string[]; readonly paragraphs: readonly NewParagraph[] },
  ): Promise<DocumentOutcome>;
  /** Takes a document out of every list; `restore` brings it back. */
  remove(documentId: string, signed: Signed): Promise<DocumentSummary | undefined>;
  restore(documentId: string, signed: Signed): Promise<DocumentSummary | undefined>;
  history(documentId: string): Promise<readonly DocumentEvent[]>;
};

/** An alignment that was made elsewhere, in the one shape that all its files are read into. */
import type { NamedBytes } from "../formats/document-reader.ts";
import type { GroupStatus } from "../model/alignment.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";

/** What somebody remarked on a row; `author` when the file says who. */
export type ReceivedNote = { readonly text: string; readonly author?: string };
/** `paragraph` numbers never fall. */
export type ReceivedSentence = { readonly text: string; readonly paragraph: number };
export type ReceivedRow = {
  readonly source: readonly number[];
  readonly target: readonly number[];
  readonly status: GroupStatus;
  readonly isMarked: boolean;
  readonly notes?: readonly ReceivedNote[];
};

export type ReceivedSide = {
  readonly title: string;
  readonly language: LanguageTag;
  readonly sentences: readonly ReceivedSentence[];
  /** Place of the file that the text came from among those given. */
  readonly file: number;
};

export type ReceivedAlignment = {
  readonly source: ReceivedSide;
  readonly target: ReceivedSide;
  readonly rows: readonly ReceivedRow[];
};

export type FileDiagnostic = Diagnostic & { readonly file: string };
export type AlignmentReading = {
  readonly value: ReceivedAlignment | undefined;
  readonly diagnostics: readonly FileDiagnostic[];
};

export type AlignmentFiles = {
  readonly files: readonly NamedBytes[];
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

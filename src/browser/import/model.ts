/** The preview as the page holds it: what was found, and what the person has chosen. Operations give new choices. */
import type { DateEvidence, ExclusionReason, JoinProposal, PartialDay, VersionLink } from "../../model/document.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";

export type DocumentChoice = {
  readonly accepted: boolean;
  readonly first: number;
  readonly end: number;
  readonly title: string;
  readonly date?: string | undefined;
  readonly body?: string | undefined;
  readonly language: string;
  readonly side: "source" | "target";
};

export type FileChoice = {
  readonly documents: readonly DocumentChoice[];
  readonly rejectedJoins: readonly number[];
  readonly rejectedExclusions: readonly number[];
};

export type ShownJoin = {
  readonly paragraph: number;
  readonly reason: JoinProposal["reason"];
  readonly line: number;
  readonly before: string;
  readonly after: string;
};

export type ShownExclusion = {
  readonly paragraph: number;
  readonly reason: ExclusionReason;
  readonly line: number;
  readonly text: string;
};

export type Proposed = {
  readonly first: number;
  readonly end: number;
  readonly dateEvidence?: DateEvidence;
  readonly partialDate?: PartialDay;
  readonly versionOf?: VersionLink;
};

export type PreviewedFile = {
  readonly name: string;
  readonly size: number;
  readonly encoding: string;
  readonly importedBefore?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly halfWidthMarks: number;
  readonly fullWidthMarks: number;
  readonly paragraphCount: number;
  readonly proposed: readonly Proposed[];
  readonly joins: readonly ShownJoin[];
  readonly exclusions: readonly ShownExclusion[];
  readonly choice: FileChoice;
};

export type ShownParagraph = { readonly number: number; readonly text: string; readonly line: number };

/** Things of a file that lie in a document. */
export function inside<Thing extends { readonly paragraph: number }>(
  things: readonly Thing[],
  document: DocumentChoice,
): readonly Thing[] {
  return things.filter(({ paragraph }) => paragraph >= document.first && paragraph < document.end);
}

/** Paragraphs that the document will have: joined ones count once, excluded ones not. */
export function countParagraphs(file: PreviewedFile, document: DocumentChoice): number {
  const { rejectedJoins, rejectedExclusions } = file.choice;
  const joined = inside(file.joins, document).filter(({ paragraph }) => !rejectedJoins.includes(paragraph));
  const excluded = inside(file.exclusions, document).filter(({ paragraph }) => !rejectedExclusions.includes(paragraph));
  return document.end - document.first - joined.length - excluded.length;
}

export function changeDocument(choice: FileChoice, at: number, change: Partial<DocumentChoice>): FileChoice {
  return {
    ...choice,
    documents: choice.documents.map((document, other) => (other === at ? { ...document, ...change } : document)),
  };
}

/** Whether two documents touch, so that the place between them can be moved. */
export function touchesPrevious(choice: FileChoice, at: number): boolean {
  const document = choice.documents[at];
  return at > 0 && document !== undefined && choice.documents[at - 1]?.end === document.first;
}

/** Moves the beginning of a document by one paragraph; the one before ends there. Undefined when one would be empty. */
export function moveStart(choice: FileChoice, at: number, step: 1 | -1): FileChoice | undefined {
  const document = choice.documents[at];
  const previous = choice.documents[at - 1];
  if (!document || !previous || !touchesPrevious(choice, at)) return undefined;
  const first = document.first + step;
  if (first <= previous.first || first >= document.end) return undefined;
  return {
    ...choice,
    documents: choice.documents.map((other, index) => {
      if (index === at) return { ...other, first };
      return index === at - 1 ? { ...other, end: first } : other;
    }),
  };
}

/** The document and the one before become one, with the metadata of the one before. */
export function mergeWithPrevious(choice: FileChoice, at: number): FileChoice | undefined {
  const document = choice.documents[at];
  const previous = choice.documents[at - 1];
  if (!document || !previous || !touchesPrevious(choice, at)) return undefined;
  const merged = { ...previous, end: document.end, accepted: previous.accepted || document.accepted };
  return { ...choice, documents: choice.documents.toSpliced(at - 1, 2, merged) };
}

/** Begins another document at a paragraph of this one. */
export function splitAt(choice: FileChoice, at: number, paragraph: ShownParagraph): FileChoice | undefined {
  const document = choice.documents[at];
  if (!document || paragraph.number <= document.first || paragraph.number >= document.end) return undefined;
  const before = { ...document, end: paragraph.number };
  const after = { ...document, first: paragraph.number, title: paragraph.text.slice(0, 80), date: undefined, accepted: true };
  return { ...choice, documents: choice.documents.toSpliced(at, 1, before, after) };
}

/** Turns a rejection on or off. */
export function toggle(list: readonly number[], paragraph: number, rejected: boolean): readonly number[] {
  const others = list.filter((other) => other !== paragraph);
  return rejected ? [...others, paragraph] : others;
}

export function acceptedCount(files: readonly PreviewedFile[]): number {
  return files.reduce((sum, { choice }) => sum + choice.documents.filter(({ accepted }) => accepted).length, 0);
}

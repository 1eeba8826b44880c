/**
 * What a person decides about a proposed import: which documents, where they begin and end, their metadata, which joins
 * and exclusions hold. Starts as everything that was proposed; applied, it is a proposal again, ready to be accepted.
 */
import type { DocumentSide } from "../storage/document-store.ts";
import type { DocumentProposal, ImportProposal } from "../model/document.ts";
import type { IsoDay, LanguageTag } from "../model/span.ts";

export type DocumentChoice = {
  readonly accepted: boolean;
  /** Paragraphs [first, end) of the file. */
  readonly first: number;
  readonly end: number;
  readonly title: string;
  readonly date?: IsoDay | undefined;
  readonly body?: string | undefined;
  readonly language: LanguageTag;
  readonly side: DocumentSide;
};

export type FileChoice = {
  /** In order, without overlap. */
  readonly documents: readonly DocumentChoice[];
  /** Paragraphs whose proposed join, or exclusion, the person does not want. */
  readonly rejectedJoins: readonly number[];
  readonly rejectedExclusions: readonly number[];
};

export type ChooseOptions = {
  readonly sourceLanguage: LanguageTag;
  /** Whether the library has this very text: left out unless the person asks for it. */
  readonly isStored: (document: DocumentProposal) => boolean;
};

/** Everything as proposed, except what is stored already. */
export function chooseAsProposed(proposal: ImportProposal, { sourceLanguage, isStored }: ChooseOptions): FileChoice {
  return {
    documents: proposal.documents.map((document) => ({
      accepted: !isStored(document),
      first: document.first,
      end: document.end,
      title: document.title,
      date: document.date,
      body: document.body,
      language: document.language,
      side: primary(document.language) === primary(sourceLanguage) ? "source" : "target",
    })),
    rejectedJoins: [],
    rejectedExclusions: [],
  };
}

/** Whether choices can be applied to a proposal: ranges in order, inside the file. */
export function fitsProposal(choice: FileChoice, proposal: ImportProposal): boolean {
  let end = 0;
  for (const document of choice.documents) {
    if (document.first < end || document.end <= document.first) return false;
    end = document.end;
  }
  return end <= proposal.paragraphs.length;
}

export type ChosenDocument = { readonly choice: DocumentChoice; readonly proposal: DocumentProposal };

/** The accepted documents of a file, each with the joins, exclusions and headings that lie in it. */
export function applyChoice(proposal: ImportProposal, choice: FileChoice): readonly ChosenDocument[] {
  const rejectedJoins = new Set(choice.rejectedJoins);
  const rejectedExclusions = new Set(choice.rejectedExclusions);
  const joins = proposal.documents.flatMap((document) => document.joins);
  const exclusions = proposal.documents.flatMap((document) => document.exclusions);
  const headings = proposal.documents.flatMap((document) => document.headings);
  return choice.documents
    .filter(({ accepted }) => accepted)
    .map((chosen) => {
      const inside = (paragraph: number) => paragraph >= chosen.first && paragraph < chosen.end;
      const versionOf = proposal.documents.find(({ first }) => first === chosen.first)?.versionOf;
      return {
        choice: chosen,
        proposal: {
          first: chosen.first,
          end: chosen.end,
          title: chosen.title,
          language: chosen.language,
          joins: joins.filter(({ paragraph }) => inside(paragraph) && !rejectedJoins.has(paragraph)),
          exclusions: exclusions.filter(({ paragraph }) => inside(paragraph) && !rejectedExclusions.has(paragraph)),
          headings: headings.filter(inside),
          ...(chosen.date ? { date: chosen.date } : {}),
          ...(chosen.body ? { body: chosen.body } : {}),
          ...(versionOf ? { versionOf } : {}),
        },
      };
    });
}

function primary(tag: LanguageTag): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** The rows of the glossary list, as the browser draws them. */
import type { ConceptKind, TermStatus, TermUsage } from "../../model/concept.ts";
import type { LanguageTag } from "../../model/span.ts";
import { mainLanguage } from "../../workflow/glossary.ts";
import type { Project, StoredConcept, StoredTerm } from "../../workflow/glossary.ts";

export type GlossaryRow = {
  readonly id: string;
  readonly headword: string;
  readonly language: LanguageTag;
  readonly status: TermStatus | undefined;
  readonly kind: ConceptKind;
  readonly domain: string | undefined;
  readonly renderings: readonly {
    readonly text: string;
    readonly language: LanguageTag;
    readonly status: TermStatus;
    readonly usage: TermUsage | undefined;
  }[];
  readonly changedAt: string;
  readonly paraphrased: boolean;
  /** An approval waits for a second person. */
  readonly waiting: boolean;
  readonly openThreads: number;
};

/** What may be used stands first, what may not stands last. */
const ORDER: readonly TermStatus[] = [
  "approved",
  "admitted",
  "proposed",
  "candidate",
  "deprecated",
  "superseded",
  "forbidden",
  "rejected",
];

export function orderByStanding(terms: readonly StoredTerm[]): readonly StoredTerm[] {
  return [...terms].sort((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
}

export function isOf(language: LanguageTag): (term: StoredTerm) => boolean {
  return (term) => mainLanguage(term.language) === mainLanguage(language);
}

/** The wording that stands for the entry: the first of the source language, whatever became of later ones. */
export function findHead(concept: StoredConcept, project: Project): StoredTerm | undefined {
  return concept.terms.find(isOf(project.sourceLanguage)) ?? concept.terms[0];
}

export function buildRow(concept: StoredConcept & { readonly openThreads: number }, project: Project): GlossaryRow {
  const head = findHead(concept, project);
  const renderings = orderByStanding(concept.terms.filter((term) => term !== head && isOf(project.targetLanguage)(term)));
  return {
    id: concept.id,
    headword: head?.text ?? concept.id,
    language: head?.language ?? project.sourceLanguage,
    status: head?.status,
    kind: concept.kind,
    domain: concept.domain,
    renderings: renderings.map(({ text, language, status, usage }) => ({ text, language, status, usage })),
    changedAt: concept.changedAt,
    paraphrased: concept.paraphrased === true,
    waiting: concept.terms.some(({ waitingApproval }) => waitingApproval !== undefined),
    openThreads: concept.openThreads,
  };
}

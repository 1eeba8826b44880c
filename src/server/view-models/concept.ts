/** The page of one entry: its wordings by language, their citations, and the trail of decisions. */
import type { Decision, Source } from "../../model/concept.ts";
import { findUndoable, undoneBy } from "../../workflow/glossary-undo.ts";
import { mainLanguage } from "../../workflow/glossary.ts";
import type { Project, StoredConcept, StoredTerm } from "../../workflow/glossary.ts";
import { showSource } from "../../workflow/cited-source.ts";
import type { ShownSource } from "../../workflow/cited-source.ts";
import { buildTrail } from "../../workflow/decision-steps.ts";
import type { TrailStep } from "../../workflow/decision-steps.ts";
import { findHead, isOf, orderByStanding } from "./glossary.ts";

export type ShownAttestation = {
  readonly source: ShownSource;
  readonly place: string | undefined;
  readonly date: string | undefined;
  readonly sourceQuotation: string | undefined;
  readonly targetQuotation: string | undefined;
};

export type ShownTerm = StoredTerm & {
  readonly cited: readonly ShownAttestation[];
  /** Why it stands as it does: the reason of the last decision on it. */
  readonly lastReason: string | undefined;
};

export type ConceptView = {
  readonly concept: Pick<StoredConcept, "id" | "kind" | "class" | "domain" | "note" | "revision">;
  readonly headword: string;
  readonly headLanguage: string;
  /** The rendering that may be used, if there is one. */
  readonly rendering: { readonly text: string; readonly language: string } | undefined;
  readonly waiting: number;
  readonly blocks: readonly { readonly language: string; readonly isSource: boolean; readonly terms: readonly ShownTerm[] }[];
  readonly trail: readonly TrailStep[];
  /** The newest step, when it can be taken back. */
  readonly undo: TrailStep | undefined;
  readonly sources: readonly Source[];
};

type Parts = {
  readonly concept: StoredConcept;
  readonly project: Project;
  readonly history: readonly Decision[];
  readonly sources: readonly Source[];
};

export function buildConceptView({ concept, project, history, sources }: Parts): ConceptView {
  const bySource = new Map(sources.map((source) => [source.id, source]));
  const head = findHead(concept, project);
  const targets = concept.terms.filter(isOf(project.targetLanguage));
  const rendering = orderByStanding(targets).find(({ status }) => status === "approved" || status === "admitted");
  const trail = buildTrail(history, concept, bySource);
  const undoable = findUndoable(history);
  const { id, kind, class: conceptClass, domain, note, revision } = concept;
  return {
    concept: {
      id,
      kind,
      revision,
      ...(conceptClass === undefined ? {} : { class: conceptClass }),
      ...(domain === undefined ? {} : { domain }),
      ...(note === undefined ? {} : { note }),
    },
    headword: head?.text ?? id,
    headLanguage: head?.language ?? project.sourceLanguage,
    rendering: rendering && { text: rendering.text, language: rendering.language },
    waiting: targets.filter(({ status }) => status === "proposed" || status === "candidate").length,
    blocks: listLanguages(concept, project).map((language) => ({
      language,
      isSource: language === mainLanguage(project.sourceLanguage),
      terms: orderByStanding(concept.terms.filter(isOf(language))).map((term) => showTerm(term, { history, bySource })),
    })),
    trail,
    undo: undoable && trail.find((step) => step.id === undoable.id),
    sources,
  };
}

/** The two languages of the project, then others that the entry has. */
function listLanguages(concept: StoredConcept, project: Project): readonly string[] {
  const own = [project.sourceLanguage, project.targetLanguage].map(mainLanguage);
  return [...new Set([...own, ...concept.terms.map(({ language }) => mainLanguage(language))])];
}

function showTerm(
  term: StoredTerm,
  { history, bySource }: { readonly history: readonly Decision[]; readonly bySource: ReadonlyMap<string, Source> },
): ShownTerm {
  const last = history.findLast((decision) => decision.termId === term.id && decision.after === term.status);
  return {
    ...term,
    cited: term.attestations.map(({ source, place, date, sourceQuotation, targetQuotation }) => ({
      source: showSource(source, bySource),
      place,
      date,
      sourceQuotation,
      targetQuotation,
    })),
    lastReason: last === undefined || undoneBy(last) !== undefined ? undefined : last.reason,
  };
}

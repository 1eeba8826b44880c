/** The page of one entry: its wordings by language, their citations, and the trail of decisions. */
import type { Decision, Source } from "../../model/concept.ts";
import type { AuthorityLevel } from "../../model/vetting.ts";
import { findStanding } from "../../workflow/vetting-rules.ts";
import { findUndoable, undoneBy } from "../../workflow/glossary-undo.ts";
import { mainLanguage } from "../../workflow/glossary.ts";
import type { Project, StoredConcept, StoredTerm } from "../../workflow/glossary.ts";
import { findLink, showSource } from "../../workflow/cited-source.ts";
import type { ShownSource } from "../../workflow/cited-source.ts";
import { buildTrail } from "../../workflow/decision-steps.ts";
import type { TrailStep } from "../../workflow/decision-steps.ts";
import { findHead, isOf, orderByStanding } from "./glossary.ts";

export type ShownAttestation = {
  readonly source: ShownSource;
  /** Its place in the project's list of authorities; absent when no level fits. */
  readonly level: { readonly rank: number; readonly id: string; readonly name: string | undefined } | undefined;
  readonly link: string | undefined;
  readonly place: string | undefined;
  readonly date: string | undefined;
  readonly sourceQuotation: string | undefined;
  readonly targetQuotation: string | undefined;
};

export type ShownTerm = StoredTerm & {
  readonly cited: readonly ShownAttestation[];
  /** Why it stands as it does: the reason of the last decision on it. */
  readonly lastReason: string | undefined;
  readonly successor: { readonly id: string; readonly text: string; readonly language: string } | undefined;
};

export type ShownStep = TrailStep & {
  /** Somebody else did it since the person last looked. */
  readonly isNew: boolean;
  /** The words of what the step names: the other entry, the wording that took the place. */
  readonly other: NamedThing | undefined;
};

export type NamedThing = { readonly text: string; readonly language: string; readonly conceptId: string | undefined };

export type ConceptView = {
  readonly concept: Pick<StoredConcept, "id" | "kind" | "class" | "domain" | "note" | "revision" | "paraphrased">;
  readonly headword: string;
  readonly headLanguage: string;
  /** The rendering that may be used, if there is one. */
  readonly rendering: { readonly text: string; readonly language: string } | undefined;
  readonly waiting: number;
  readonly blocks: readonly {
    readonly language: string;
    readonly isSource: boolean;
    readonly isTarget: boolean;
    readonly terms: readonly ShownTerm[];
  }[];
  readonly trail: readonly ShownStep[];
  /** The newest step, when it can be taken back. */
  readonly undo: TrailStep | undefined;
  readonly sources: readonly Source[];
};

type Parts = {
  readonly concept: StoredConcept;
  readonly project: Project;
  readonly history: readonly Decision[];
  readonly sources: readonly Source[];
  /** Highest first. */
  readonly levels: readonly AuthorityLevel[];
  /** What is new to the person who looks. */
  readonly news: { readonly person: string; readonly decisions: number };
  /** What decisions and terms name, by id: terms and entries of others. */
  readonly named: ReadonlyMap<string, NamedThing>;
};

export function buildConceptView({ concept, project, history, sources, levels, news, named }: Parts): ConceptView {
  const bySource = new Map(sources.map((source) => [source.id, source]));
  const head = findHead(concept, project);
  const targets = concept.terms.filter(isOf(project.targetLanguage));
  const rendering = orderByStanding(targets).find(({ status }) => status === "approved" || status === "admitted");
  const trail = markNews(buildTrail(history, concept, bySource), { news, named, concept, history });
  const undoable = findUndoable(history);
  const { id, kind, class: conceptClass, domain, note, revision, paraphrased } = concept;
  return {
    concept: {
      id,
      kind,
      revision,
      ...(conceptClass === undefined ? {} : { class: conceptClass }),
      ...(domain === undefined ? {} : { domain }),
      ...(note === undefined ? {} : { note }),
      ...(paraphrased ? { paraphrased } : {}),
    },
    headword: head?.text ?? id,
    headLanguage: head?.language ?? project.sourceLanguage,
    rendering: rendering && { text: rendering.text, language: rendering.language },
    waiting: targets.filter(({ status }) => status === "proposed" || status === "candidate").length,
    blocks: listLanguages(concept, project).map((language) => ({
      language,
      isSource: language === mainLanguage(project.sourceLanguage),
      isTarget: language === mainLanguage(project.targetLanguage),
      terms: orderByStanding(concept.terms.filter(isOf(language))).map((term) =>
        showTerm(term, { history, bySource, levels, named }),
      ),
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

type Shown = Pick<Parts, "history" | "levels" | "named"> & { readonly bySource: ReadonlyMap<string, Source> };

function showTerm(term: StoredTerm, { history, bySource, levels, named }: Shown): ShownTerm {
  const last = history.findLast((decision) => decision.termId === term.id && decision.after === term.status);
  const successor = term.supersededBy === undefined ? undefined : named.get(term.supersededBy);
  return {
    ...term,
    cited: term.attestations.map(({ source, place, date, link, sourceQuotation, targetQuotation }) => {
      const { rank, level } = findStanding(source, { sources: bySource, levels });
      return {
        source: showSource(source, bySource),
        level: rank === undefined || !level ? undefined : { rank, id: level.id, name: level.name },
        link: link === undefined ? undefined : findLink(link),
        place,
        date,
        sourceQuotation,
        targetQuotation,
      };
    }),
    lastReason: last === undefined || undoneBy(last) !== undefined ? undefined : last.reason,
    successor: successor && term.supersededBy !== undefined ? { ...successor, id: term.supersededBy } : undefined,
  };
}

/** The newest steps of others, as many as there are news. */
function markNews(
  trail: readonly TrailStep[],
  { news, named, concept, history }: Pick<Parts, "news" | "named" | "concept" | "history">,
): readonly ShownStep[] {
  // A relation may have been made from the other entry.
  const taken = new Map(history.map(({ id, conceptId }) => [id, conceptId]));
  let left = news.decisions;
  return trail.map((step) => {
    const isNew = left > 0 && step.author !== news.person;
    if (isNew) left -= 1;
    const otherId = step.otherConceptId === concept.id ? taken.get(step.id) : step.otherConceptId;
    return { ...step, isNew, other: named.get(step.successorId ?? otherId ?? "") };
  });
}

/**
 * What a candidate may be merged into or told apart from: entries of the glossary. Without words to search for, those
 * that have a wording related to it: its variants, what contains it and what it contains.
 */
import type { TermStatus } from "../model/concept.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import type { Application } from "./application.ts";
import { headOf } from "./candidate-entries.ts";

export type EntryChoice = {
  readonly id: string;
  readonly head: string;
  readonly status: TermStatus;
  /** Further Chinese wordings, and the English ones, that were not turned down. */
  readonly wordings: readonly string[];
  readonly renderings: readonly string[];
};

const MOST_CHOICES = 12;
const MOST_RELATED = 24;

export async function listEntryChoices(
  application: Application,
  request: { readonly projectId: string; readonly runId: string; readonly text: string; readonly find: string },
): Promise<readonly EntryChoice[]> {
  const { concepts, projects } = application.stores;
  const { projectId, text, find } = request;
  const language = (await projects.find(projectId))?.sourceLanguage ?? "zh";
  const found =
    find.trim() === ""
      ? await findRelated(application, request)
      : (await concepts.list({ projectId, search: find, limit: MOST_CHOICES * 2 })).items;
  return found
    .filter((concept) => !isOwn(concept, { text, language }))
    .slice(0, MOST_CHOICES)
    .map((concept) => toChoice(concept, language));
}

async function findRelated(
  { stores }: Application,
  { projectId, runId, text }: { readonly projectId: string; readonly runId: string; readonly text: string },
): Promise<readonly StoredConcept[]> {
  const candidate = await stores.extraction.findCandidate(runId, text);
  const { variants = [], parents = [], children = [] } = candidate?.formulation ?? {};
  const related = [...new Set([...variants.map((variant) => variant.text), ...parents, ...children])].slice(0, MOST_RELATED);
  const found = new Map<string, StoredConcept>();
  for (const one of related) {
    for (const concept of await stores.concepts.findByTerm({ projectId, text: one })) found.set(concept.id, concept);
  }
  return [...found.values()];
}

/** An entry that has nothing but this wording: nothing can be merged into itself. */
function isOwn({ terms }: StoredConcept, { text, language }: { readonly text: string; readonly language: string }): boolean {
  return terms.filter((term) => term.language === language).every((term) => term.text === text);
}

function toChoice(concept: StoredConcept, language: string): EntryChoice {
  const head = headOf(concept, language);
  const standing = concept.terms.filter(({ status }) => status !== "rejected");
  return {
    id: concept.id,
    head,
    status: concept.terms.find((term) => term.text === head)?.status ?? "candidate",
    wordings: standing.filter((term) => term.language === language && term.text !== head).map((term) => term.text),
    renderings: standing.filter((term) => term.language !== language).map((term) => term.text),
  };
}

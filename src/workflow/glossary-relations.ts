/** Relations between the entries of a project. Each is a decision with a person and a time, and can be taken back. */
import type { RelationType } from "../model/concept.ts";
import type { ConceptOutcome } from "../storage/concept-store.ts";
import type { Application } from "./application.ts";
import { findConcept } from "./glossary.ts";

export const RELATION_TYPES: readonly RelationType[] = [
  ...(["contrast", "superseded-by", "broader", "part-of", "headline-form-of"] as const),
];

export type RelationRequest = {
  readonly projectId: string;
  readonly conceptId: string;
  readonly type: RelationType;
  readonly otherId: string;
  readonly author: string;
};

export async function relateEntries(
  application: Application,
  { projectId, author, ...relation }: RelationRequest & { readonly note?: string },
): Promise<ConceptOutcome> {
  const { stores, clock } = application;
  if (!(await findConcept(application, { projectId, conceptId: relation.conceptId }))) {
    return { kind: "refused", code: "not-found" };
  }
  return stores.concepts.relate({ ...relation, author, at: clock() });
}

export async function unrelateEntries(
  application: Application,
  { projectId, author, ...relation }: RelationRequest & { readonly reason?: string },
): Promise<ConceptOutcome> {
  const { stores, clock } = application;
  if (!(await findConcept(application, { projectId, conceptId: relation.conceptId }))) {
    return { kind: "refused", code: "not-found" };
  }
  return stores.concepts.unrelate({ ...relation, author, at: clock() });
}

/** A relation as one of its ends sees it. */
export type ShownRelation = {
  readonly type: RelationType;
  /** `from`: this entry is the one that has the relation ("was superseded by …"). `to`: the other one has it. */
  readonly side: "from" | "to";
  readonly conceptId: string;
  /** First wording of the other entry in the source language, its id when it has none. */
  readonly text: string;
  readonly language: string;
  readonly note?: string;
};

/** All relations of an entry from its side, with the words of the others. */
export async function listRelations(
  application: Application,
  request: { readonly projectId: string; readonly conceptId: string },
): Promise<readonly ShownRelation[]> {
  const concept = await findConcept(application, request);
  if (!concept) return [];
  const sourceLanguage = (await application.stores.projects.find(request.projectId))?.sourceLanguage ?? "";
  const sides = [
    ...(concept.relations ?? []).map((relation) => ({ ...relation, side: "from" as const })),
    ...(concept.relatedFrom ?? []).map((relation) => ({ ...relation, side: "to" as const })),
  ];
  const shown: ShownRelation[] = [];
  for (const relation of sides) {
    const other = await application.stores.concepts.find(relation.conceptId);
    const head = other?.terms.find(({ language }) => language === sourceLanguage) ?? other?.terms[0];
    shown.push({ ...relation, text: head?.text ?? relation.conceptId, language: head?.language ?? sourceLanguage });
  }
  return shown;
}

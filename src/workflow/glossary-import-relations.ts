/** The relations of an imported glossary, set when both ends are stored; ids of the file lead to those of the store. */
import type { Concept, ConceptRelation } from "../model/concept.ts";
import type { Application } from "./application.ts";

/** What is needed of a row of the import. */
type RelatedRow = {
  readonly kind: "new" | "unchanged" | "changed" | "conflicting";
  readonly concept: Concept;
  readonly stored?: { readonly id: string };
  readonly conceptChanges: readonly (
    { readonly kind: "content" } | { readonly kind: "relation"; readonly relation: ConceptRelation }
  )[];
};

export type RelateRequest = {
  readonly rows: readonly RelatedRow[];
  /** Entries that this import made: id in the file to id in the store. */
  readonly ids: ReadonlyMap<string, string>;
  readonly author: string;
  readonly at: string;
};

type Left = { readonly concept: Concept; readonly code: string };

/** What could not be related, each with its reason. */
export async function relateImported(application: Application, request: RelateRequest): Promise<readonly Left[]> {
  const { concepts } = application.stores;
  const { rows, ids, author, at } = request;
  const known = new Map(rows.map((row) => [row.concept.id, row.stored?.id ?? ids.get(row.concept.id)]));
  const wanted: { readonly concept: Concept; readonly relation: ConceptRelation; readonly from: string }[] = [];
  for (const { concept, kind, conceptChanges } of rows) {
    const from = known.get(concept.id);
    if (from === undefined) continue;
    const relations =
      kind === "new"
        ? (concept.relations ?? [])
        : conceptChanges.flatMap((change) => (change.kind === "relation" ? [change.relation] : []));
    wanted.push(...relations.map((relation) => ({ concept, relation, from })));
  }
  if (wanted.length === 0) return [];
  const outcomes = await concepts.relateAll(
    wanted.map(({ relation: { type, conceptId, note }, from }) => ({
      ...{ conceptId: from, type, otherId: known.get(conceptId) ?? conceptId },
      ...(note === undefined ? {} : { note }),
    })),
    { author, at },
  );
  return outcomes.flatMap((outcome, index) => {
    const concept = wanted[index]?.concept;
    return outcome.kind === "saved" || !concept ? [] : [{ concept, code: outcome.code }];
  });
}

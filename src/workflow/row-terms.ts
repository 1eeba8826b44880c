/** The terms that stand in a row's source, one entry for each concept. */
import type { TermMatch } from "../model/concept.ts";
import type { StoredConcept } from "../storage/concept-store.ts";

export type RowTerm = { readonly concept: StoredConcept; readonly matches: readonly TermMatch[] };

/** In the order of the text. */
export function groupByConcept(found: readonly TermMatch[], concepts: ReadonlyMap<string, StoredConcept>): readonly RowTerm[] {
  const groups = new Map<string, TermMatch[]>();
  for (const match of found) {
    const group = groups.get(match.conceptId);
    if (group) group.push(match);
    else groups.set(match.conceptId, [match]);
  }
  return [...groups].flatMap(([id, matches]) => {
    const concept = concepts.get(id);
    return concept ? [{ concept, matches }] : [];
  });
}

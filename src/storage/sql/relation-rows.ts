/** Relations as they stand: the last line of their history about each pair and type holds. */
import type { ConceptRelation, RelationType } from "../../model/concept.ts";
import type { StoredConcept } from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Schema } from "../schema.ts";
import { withoutNulls } from "./rows.ts";

type Line = Pick<Schema["relation_history"], "concept_id" | "other_id" | "type" | "action" | "note">;
type Related = Pick<StoredConcept, "relations" | "relatedFrom">;

/** By concept, for those that have any, in the order in which they were made. */
export async function loadRelations(db: Query, conceptIds: readonly string[]): Promise<ReadonlyMap<string, Related>> {
  const lines = await db
    .selectFrom("relation_history")
    .select(["concept_id", "other_id", "type", "action", "note"])
    .where((e) => e.or([e("concept_id", "in", conceptIds), e("other_id", "in", conceptIds)]))
    .orderBy("sequence")
    .execute();
  if (lines.length === 0) return new Map();
  const wanted = new Set(conceptIds);
  const found = new Map<string, { relations: ConceptRelation[]; relatedFrom: ConceptRelation[] }>();
  const of = (id: string) => {
    const known = found.get(id);
    if (known) return known;
    const made = { relations: [], relatedFrom: [] };
    found.set(id, made);
    return made;
  };
  for (const { concept_id: conceptId, other_id: otherId, type: written, note } of findStanding(lines)) {
    const type = written as RelationType;
    const more = withoutNulls({ note });
    if (wanted.has(conceptId)) of(conceptId).relations.push({ type, conceptId: otherId, ...more });
    if (!wanted.has(otherId)) continue;
    const side = type === "contrast" ? of(otherId).relations : of(otherId).relatedFrom;
    side.push({ type, conceptId, ...more });
  }
  return new Map(
    [...found].map(([id, { relations, relatedFrom }]) => [
      id,
      { ...(relations.length > 0 ? { relations } : {}), ...(relatedFrom.length > 0 ? { relatedFrom } : {}) },
    ]),
  );
}

export function findStanding<Some extends Line>(lines: readonly Some[]): readonly Some[] {
  const last = new Map<string, Some>();
  for (const line of lines) {
    const key = `${line.type} ${line.concept_id} ${line.other_id}`;
    // Set again after a removal: it stands where it was made anew.
    if (line.action !== "add") last.delete(key);
    else last.set(key, line);
  }
  return [...last.values()];
}

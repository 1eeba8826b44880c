/** Counts which fields of a glossary a format has no place for: lost, or kept in notes that only our own reader understands. */
import type { Loss } from "../model/diagnostic.ts";

export type GlossaryField =
  | "kind"
  | "class"
  | "domain"
  | "concept-note"
  | "paraphrased"
  | "relations"
  | "status"
  | "type"
  | "matching"
  | "usage"
  | "part-of-speech"
  | "validity"
  | "term-note"
  | "citations"
  | "language";

/** Counts each field once a term or concept. */
export type FieldTally = {
  readonly add: (field: GlossaryField) => void;
  readonly list: (fate: "lost" | "notes") => readonly Loss[];
};

export function createFieldTally(): FieldTally {
  const counts = new Map<GlossaryField, number>();
  return {
    add(field) {
      counts.set(field, (counts.get(field) ?? 0) + 1);
    },
    list: (fate) => [...counts].map(([field, count]) => ({ code: `field-${fate}-${field}`, count })),
  };
}

/** What a written glossary left out, and what it carries in notes. */
export type WrittenGlossary = { readonly text: string; readonly losses: readonly Loss[]; readonly notices: readonly Loss[] };

/** The decisions about an entry as steps: who decided what and when, and what changed. */
import type { Decision, Source, TermStatus } from "../model/concept.ts";
import { isStatusChange, readContent, undoneBy } from "./glossary-undo.ts";
import type { StoredConcept, TermContent } from "./glossary.ts";
import { showSource } from "./cited-source.ts";
import type { ShownSource } from "./cited-source.ts";

export type TrailStep = {
  readonly id: string;
  /** Words for the step: `glossary:trail.<what>`. */
  readonly what: string;
  readonly author: string;
  readonly at: string;
  /** The term that was decided on, as it was called then. */
  readonly text: string | undefined;
  readonly language: string | undefined;
  readonly before: TermStatus | undefined;
  readonly after: TermStatus | undefined;
  /** Fields that changed: `glossary:field.<name>`, then the old and the new value. */
  readonly fields: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly reason: string | undefined;
  readonly citation: ShownSource | undefined;
  /** The term that stands for a superseded one, the concept at the other end of a relation, the step that is taken back. */
  readonly successorId: string | undefined;
  readonly otherConceptId: string | undefined;
  readonly undoes: string | undefined;
};

/** Newest first. */
export function buildTrail(
  history: readonly Decision[],
  concept: Pick<StoredConcept, "terms">,
  sources: ReadonlyMap<string, Source>,
): readonly TrailStep[] {
  return history.map((decision) => buildStep(decision, concept, sources)).reverse();
}

function buildStep(decision: Decision, concept: Pick<StoredConcept, "terms">, sources: ReadonlyMap<string, Source>): TrailStep {
  const { id, action, author, at, before, after, reason, citation } = decision;
  const term = concept.terms.find((one) => one.id === decision.termId);
  const isUndo = undoneBy(decision) !== undefined;
  const statuses = isStatusChange(decision);
  const fields = action === "change" && !statuses ? compare(decision) : [];
  const added = action === "create" || action === "import" || action === "add-term" ? after : undefined;
  return {
    id,
    what: isUndo ? "undo" : describe(decision, statuses),
    author,
    at,
    text: added ?? term?.text,
    language: term?.language ?? (added === undefined ? undefined : concept.terms[0]?.language),
    before: statuses ? (before as TermStatus | undefined) : undefined,
    after: statuses ? (after as TermStatus | undefined) : undefined,
    fields,
    reason: isUndo ? undefined : reason,
    citation: citation === undefined ? undefined : showSource(citation, sources),
    successorId: decision.successorId,
    otherConceptId: decision.otherConceptId,
    undoes: undoneBy(decision),
  };
}

function describe({ action, after, termId, before }: Decision, statuses: boolean): string {
  if (statuses) return after ?? action;
  if (action !== "change") return action;
  if (termId === undefined) return "change-entry";
  const [old, content] = [readContent(before), readContent(after)];
  return old && content && content.attestations.length > old.attestations.length && isSameBut(old, content) ? "cite" : "change";
}

function isSameBut(one: TermContent, other: TermContent): boolean {
  return JSON.stringify({ ...one, attestations: [] }) === JSON.stringify({ ...other, attestations: [] });
}

function compare({ before, after, termId }: Decision): TrailStep["fields"] {
  if (termId !== undefined && !readContent(after)) {
    return [{ name: "text", before: before ?? "", after: after ?? "" }];
  }
  const old = readObject(before);
  const now = readObject(after);
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => name !== "attestations");
  return names
    .map((name) => ({ name, before: toText(old[name]), after: toText(now[name]) }))
    .filter((field) => field.before !== field.after);
}

function readObject(written: string | undefined): Readonly<Record<string, unknown>> {
  if (written === undefined) return {};
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "boolean" ? String(value) : "";
}

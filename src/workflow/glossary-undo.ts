/**
 * Taking back the newest step on an entry. History is append-only, so taking back is another decision, which names the
 * one that it takes back. A rendering that was added is turned down, because nothing is ever deleted.
 *
 * The step to take back is the top of a stack: each decision is pushed, an undo takes its decision out.
 */
import type { Decision, RelationType, TermStatus } from "../model/concept.ts";
import type { ConceptContent, StoredConcept, TermContent } from "../storage/concept-store.ts";
import type { Refused, Signed } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { STATUSES, findConcept } from "./glossary.ts";

/** Stores of version 0.1 wrote it into the reason. */
const OLD_MARK = "undo:";

/** The id of the decision that this one takes back. */
export function undoneBy({ undoes, reason }: Pick<Decision, "undoes" | "reason">): string | undefined {
  return undoes ?? (reason?.startsWith(OLD_MARK) ? reason.slice(OLD_MARK.length) : undefined);
}

/** The newest decision that can be taken back; undefined when only the creation is left. */
export function findUndoable(history: readonly Decision[]): Decision | undefined {
  const stack: Decision[] = [];
  for (const decision of history) {
    const undone = undoneBy(decision);
    const top = stack.at(-1);
    if (undone !== undefined) {
      const at = stack.findIndex(({ id }) => id === undone);
      if (at >= 0) stack.splice(at, 1);
    } else if (top && isConceptChange(decision) && isConceptChange(top) && restores(decision, top)) {
      stack.pop();
    } else stack.push(decision);
  }
  // What an entry began with came in one step and stands above its creation.
  return stack.findLast(({ action, at }) => !isBeginning(action, at, history));
}

function isBeginning(action: Decision["action"], at: string, history: readonly Decision[]): boolean {
  const [first] = history;
  if (action === "create" || action === "import") return true;
  return first?.at === at && (action === "add-term" || action === "approve" || action === "endorse");
}

function isConceptChange({ action, termId }: Decision): boolean {
  return action === "change" && termId === undefined;
}

function restores(later: Decision, earlier: Decision): boolean {
  return later.before === earlier.after && later.after === earlier.before;
}

export type UndoOutcome =
  | { readonly kind: "undone"; readonly decision: Decision }
  /** `stale`: somebody changed the entry while it was being taken back. */
  | { readonly kind: "stale" }
  | Refused;

export async function undoDecision(
  application: Application,
  request: { readonly projectId: string; readonly conceptId: string; readonly author: string },
): Promise<UndoOutcome> {
  const { concepts } = application.stores;
  let undone: Decision | undefined;
  for (;;) {
    const concept = await findConcept(application, request);
    if (!concept) return { kind: "refused", code: "not-found" };
    const history = await concepts.history(concept.id);
    const decision = findUndoable(history);
    // An approval and the citation that it brought were one step of the person, written at one instant.
    const isSameStep = decision?.at === undone?.at && decision?.termId === undone?.termId;
    if (undone && !isSameStep) return { kind: "undone", decision: undone };
    if (!decision) return undone ? { kind: "undone", decision: undone } : { kind: "refused", code: "nothing-to-undo" };
    const outcome = await takeBack(application, { concept, decision, author: request.author });
    if (outcome.kind === "stale") return { kind: "stale" };
    if (outcome.kind === "refused") return outcome;
    undone = decision;
  }
}

type Step = { readonly concept: StoredConcept; readonly decision: Decision; readonly author: string };

async function takeBack(application: Application, { concept, decision, author }: Step) {
  const { concepts } = application.stores;
  const signed = { author, at: application.clock(), undoes: decision.id };
  if (decision.otherConceptId !== undefined) return takeBackRelation(application, decision, signed);
  if (decision.termId === undefined) {
    const content = JSON.parse(decision.before ?? "{}") as ConceptContent;
    return concepts.changeConcept({ ...signed, conceptId: concept.id, baseRevision: concept.revision, content });
  }
  const term = concept.terms.find(({ id }) => id === decision.termId);
  if (!term) return { kind: "refused", code: "not-found" } as const;
  const change = { ...signed, termId: term.id, baseRevision: term.revision };
  if (decision.action === "add-term") return concepts.changeStatus({ ...change, status: "rejected" });
  if (decision.action === "endorse") return concepts.changeStatus({ ...change, status: term.status });
  const content = readContent(decision.before);
  if (content) return concepts.changeTerm({ ...change, content });
  if (decision.action === "change" && !isStatusChange(decision)) {
    // The store takes from a term what is its content.
    return concepts.changeTerm({ ...change, content: { ...term, text: decision.before ?? term.text } });
  }
  return concepts.changeStatus({ ...change, status: (decision.before ?? "proposed") as TermStatus });
}

/** Restores what stood between the two before: nothing, or the relation with the note that it had. */
async function takeBackRelation({ stores: { concepts } }: Application, decision: Decision, signed: Signed & { undoes: string }) {
  const { conceptId, otherConceptId: otherId = "" } = decision;
  const type = typeOf(decision) as RelationType;
  const isSame = (one: Decision) =>
    typeOf(one) === type &&
    ((one.conceptId === conceptId && one.otherConceptId === otherId) ||
      (type === "contrast" && one.conceptId === otherId && one.otherConceptId === conceptId));
  const lines = (await concepts.history(conceptId)).filter(isSame);
  const standing = lines[lines.findIndex(({ id }) => id === decision.id) - 1];
  const ends = { ...signed, conceptId, otherId, type };
  if (standing?.action !== "relate") return concepts.unrelate(ends);
  // The note of a relation is the reason of the decision that made it.
  return concepts.relate({ ...ends, ...(standing.reason === undefined ? {} : { note: standing.reason }) });
}

function typeOf({ before, after }: Decision): string | undefined {
  return after ?? before;
}

/** Some statuses have no action of their own; their change is written with the two statuses. */
export function isStatusChange({ action, before, after }: Decision): boolean {
  if (action !== "change") return !["create", "add-term", "import", "endorse", "relate", "unrelate"].includes(action);
  return isStatus(before) && isStatus(after);
}

function isStatus(written: string | undefined): boolean {
  return STATUSES.some((status) => status === written);
}

/** A change of more than the text keeps both contents as JSON. */
export function readContent(written: string | undefined): TermContent | undefined {
  if (!written?.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(written) as Partial<TermContent>;
    return typeof value.text === "string" && typeof value.language === "string" ? (value as TermContent) : undefined;
  } catch {
    return undefined;
  }
}

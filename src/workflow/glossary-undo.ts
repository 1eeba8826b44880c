/**
 * Taking back the newest step on an entry. History is append-only, so taking back is another decision, whose reason is
 * `undo:<id of the decision>`; the page puts that into words. A rendering that was added is turned down, because nothing
 * is ever deleted.
 *
 * The step to take back is the top of a stack: each decision is pushed, an undo takes its decision out. Changes of the
 * entry itself carry no reason; one that restores exactly what the one before replaced takes that out.
 */
import type { Decision, TermStatus } from "../model/concept.ts";
import type { ConceptContent, StoredConcept, TermContent } from "../storage/concept-store.ts";
import type { Refused } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { STATUSES, findConcept } from "./glossary.ts";

const MARK = "undo:";

/** The id of the decision that this one takes back. */
export function undoneBy({ reason }: Pick<Decision, "reason">): string | undefined {
  return reason?.startsWith(MARK) ? reason.slice(MARK.length) : undefined;
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
  return action === "create" || action === "import" || (first?.at === at && (action === "add-term" || action === "approve"));
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
    const outcome = await takeBack(application, { concept, decision, author: request.author, history });
    if (outcome.kind === "stale") return { kind: "stale" };
    if (outcome.kind === "refused") return outcome;
    undone = decision;
  }
}

type Step = {
  readonly concept: StoredConcept;
  readonly decision: Decision;
  readonly author: string;
  readonly history: readonly Decision[];
};

async function takeBack(application: Application, { concept, decision, author, history }: Step) {
  const { concepts } = application.stores;
  const signed = { author, at: application.clock() };
  if (decision.termId === undefined) {
    const content = JSON.parse(decision.before ?? "{}") as ConceptContent;
    return concepts.changeConcept({ ...signed, conceptId: concept.id, baseRevision: concept.revision, content });
  }
  const term = concept.terms.find(({ id }) => id === decision.termId);
  if (!term) return { kind: "refused", code: "not-found" } as const;
  const citation = history.findLast((one) => one.termId === term.id && one.citation !== undefined)?.citation;
  const change = {
    ...signed,
    termId: term.id,
    baseRevision: term.revision,
    reason: `${MARK}${decision.id}`,
    ...(citation === undefined ? {} : { citation }),
  };
  if (decision.action === "add-term") return concepts.changeStatus({ ...change, status: "rejected" });
  const content = readContent(decision.before);
  if (content) return concepts.changeTerm({ ...change, content });
  if (decision.action === "change" && !isStatusChange(decision)) {
    // The store takes from a term what is its content.
    return concepts.changeTerm({ ...change, content: { ...term, text: decision.before ?? term.text } });
  }
  return concepts.changeStatus({ ...change, status: (decision.before ?? "proposed") as TermStatus });
}

/** Some statuses have no action of their own; their change is written with the two statuses. */
export function isStatusChange({ action, before, after }: Decision): boolean {
  if (action !== "change") return !["create", "add-term", "import"].includes(action);
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

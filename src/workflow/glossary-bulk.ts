/**
 * One step on many entries. Each entry is decided by itself, by the same rules as on its page: what is refused stays as it
 * was and is answered with the reason. All decisions of one call bear the same instant, by which they are taken back together.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TermStatus } from "../model/concept.ts";
import { findTransition } from "../model/vetting.ts";
import type { Application } from "./application.ts";
import { findUndoable, undoDecision } from "./glossary-undo.ts";
import { decideTerm, editConcept, findConcept, mainLanguage } from "./glossary.ts";
import type { StoredConcept, StoredTerm } from "./glossary.ts";

/** A person sends more in several calls, so that each is short and can be stopped. */
export const MOST_ENTRIES = 200;

export type BulkAction =
  | { readonly kind: "domain"; readonly value?: string }
  | { readonly kind: "class"; readonly value?: string }
  /** On renderings: `propose` takes candidates, `reject` what is open, `approve` the only open one of an entry. */
  | { readonly kind: "propose"; readonly reason?: string }
  | { readonly kind: "reject"; readonly reason?: string }
  | { readonly kind: "approve"; readonly reason?: string; readonly citation?: string };

export type BulkRefusal = { readonly conceptId: string; readonly text: string; readonly code: string };
export type BulkOutcome = {
  readonly done: readonly string[];
  /** Approvals that wait for a second person; they are among `done`. */
  readonly waiting: number;
  readonly refused: readonly BulkRefusal[];
  /** The instant that all decisions bear. */
  readonly at: string;
};

type Bulk = { readonly projectId: string; readonly author: string; readonly conceptIds: readonly string[] };

export async function changeEntries(
  application: Application,
  bulk: Bulk & { readonly action: BulkAction },
): Promise<BulkOutcome> {
  const at = application.clock();
  const timed: Application = { ...application, clock: () => at };
  const source = (await application.stores.projects.find(bulk.projectId))?.sourceLanguage ?? "zh";
  const done: string[] = [];
  const refused: BulkRefusal[] = [];
  let waiting = 0;
  for (const conceptId of bulk.conceptIds) {
    const concept = await findConcept(timed, { projectId: bulk.projectId, conceptId });
    const outcome = concept ? await changeEntry(timed, { ...bulk, concept, source }) : { code: "not-found" };
    if ("code" in outcome) refused.push({ conceptId, text: concept?.terms[0]?.text ?? conceptId, code: outcome.code });
    else done.push(conceptId);
    if ("waits" in outcome && outcome.waits) waiting += 1;
    await nextTurn();
  }
  return { done, waiting, refused, at };
}

type Change = Bulk & { readonly action: BulkAction; readonly concept: StoredConcept; readonly source: string };
type Changed = { readonly waits?: boolean } | { readonly code: string };

async function changeEntry(application: Application, { concept, action, source, author, projectId }: Change): Promise<Changed> {
  if (action.kind === "domain" || action.kind === "class") {
    const { kind, class: name, domain, note, paraphrased } = concept;
    if ((concept[action.kind] ?? "") === (action.value ?? "")) return { code: "unchanged" };
    const content = { kind, class: name, domain, note, paraphrased, [action.kind]: action.value };
    const given = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as Parameters<
      typeof editConcept
    >[1]["content"];
    const place = { projectId, conceptId: concept.id, author, baseRevision: concept.revision };
    return toChanged(await editConcept(application, { ...place, content: given }));
  }
  const status = ({ propose: "proposed", reject: "rejected", approve: "approved" } as const)[action.kind];
  const open = concept.terms.filter((term) => mainLanguage(term.language) !== mainLanguage(source) && isOpen(term, status));
  if (open.length === 0) return { code: "no-open-rendering" };
  // Which of several is meant, a person has to say on the page of the entry.
  if (action.kind === "approve" && open.length > 1) return { code: "several-open-renderings" };
  let waits = false;
  for (const term of open) {
    const citation = action.kind === "approve" ? (action.citation ?? ownCitation(term)) : undefined;
    const outcome = await decideTerm(application, {
      ...{ projectId, termId: term.id, author, baseRevision: term.revision, status },
      ...(action.reason === undefined ? {} : { reason: action.reason }),
      ...(citation === undefined ? {} : { citation }),
    });
    if (outcome.kind !== "saved") return toChanged(outcome);
    waits ||= outcome.term.waitingApproval !== undefined && outcome.term.status !== status;
  }
  return { waits };
}

function isOpen(term: StoredTerm, next: TermStatus): boolean {
  if (next === "approved") return term.status === "proposed";
  if (next === "proposed") return term.status === "candidate";
  return (term.status === "candidate" || term.status === "proposed") && findTransition(term.status, next) !== undefined;
}

/** Without one for all, each rendering stands on what it cites itself. */
function ownCitation(term: StoredTerm): string | undefined {
  return term.attestations.find(({ source }) => source !== "proposed")?.source;
}

function toChanged(outcome: { readonly kind: string; readonly code?: string }): Changed {
  if (outcome.kind === "saved") return {};
  return { code: outcome.kind === "stale" ? "stale" : (outcome.code ?? "not-found") };
}

/** Takes back what one call did, entry by entry; what was changed again since then stays and is named. */
export async function undoEntries(application: Application, bulk: Bulk & { readonly at: string }): Promise<BulkOutcome> {
  const { projectId, author, at } = bulk;
  const done: string[] = [];
  const refused: BulkRefusal[] = [];
  for (const conceptId of bulk.conceptIds) {
    const concept = await findConcept(application, { projectId, conceptId });
    const isNewest = async () => {
      const newest = findUndoable(await application.stores.concepts.history(conceptId));
      return newest?.at === at && newest.author === author;
    };
    let code = concept ? "changed-since" : "not-found";
    while (concept && (await isNewest())) {
      const outcome = await undoDecision(application, { projectId, conceptId, author });
      code = outcome.kind === "undone" ? "" : outcome.kind === "stale" ? "stale" : outcome.code;
      if (code !== "") break;
    }
    if (code === "") done.push(conceptId);
    else refused.push({ conceptId, text: concept?.terms[0]?.text ?? conceptId, code });
    await nextTurn();
  }
  return { done, waiting: 0, refused, at };
}

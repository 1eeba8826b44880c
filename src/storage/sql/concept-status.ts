/** Deciding on a term, inside a transaction: the table of model/vetting.ts, four eyes, and taking a decision back. */
import type { DecisionAction, TermStatus } from "../../model/concept.ts";
import { findTransition } from "../../model/vetting.ts";
import type { Grounds, StatusChange, StatusOutcome, StoredTerm, TermContent } from "../concept-store.ts";
import type { Query } from "../database.ts";
import type { Refused, RefusalCode } from "../outcomes.ts";
import { findTermRow, getTermContent } from "./concept-rows.ts";
import { findEarlier, getProjectId, getSavedTerm, recordTerm, touchConcept } from "./concept-writes.ts";
import { findDecisionFor, recordDecision, toDecision } from "./decisions.ts";
import { getGrounds, isBlank, refuseApproval } from "./grounds.ts";
import { parseJson } from "./rows.ts";
import { needsSecondPerson } from "./vetting-rules.ts";

/** For steps that the table does not have: imports and taking back. */
const ACTIONS: Readonly<Record<TermStatus, DecisionAction>> = {
  candidate: "withdraw",
  proposed: "propose",
  approved: "approve",
  admitted: "admit",
  rejected: "reject",
  deprecated: "deprecate",
  superseded: "supersede",
  forbidden: "forbid",
};

/** Chains of superseded terms are followed this far; a longer one is taken for a circle. */
const LONGEST_CHAIN = 1000;

function refuse(code: RefusalCode): Refused {
  return { kind: "refused", code };
}

/** What the step is called and rests on, or why it is refused. */
type Step = {
  readonly action: DecisionAction;
  readonly grounds: Grounds;
  readonly successorId?: string;
  readonly undoes?: string;
};

export async function changeStatus(trx: Query, change: StatusChange): Promise<StatusOutcome> {
  const { termId, baseRevision, status, author, at } = change;
  const stored = await findTermRow(trx, termId);
  if (!stored) return refuse("not-found");
  if (stored.revision !== baseRevision) {
    return { kind: "stale", mine: status, theirs: stored, base: (await findEarlier(trx, termId, baseRevision))?.status };
  }
  const projectId = await getProjectId(trx, stored.conceptId);
  const step = change.undoes === undefined ? await takeStep(trx, change, stored) : await stepBack(trx, change, stored);
  if ("kind" in step) return step;
  const { action, grounds, successorId, undoes } = step;
  const waits = step.action === "approve" && undoes === undefined && !change.imported && (await mustWait(trx, change, stored));
  if (waits && stored.waitingApproval) return refuse("second-person-needed");
  const after = waits ? stored.status : status;
  const revision = stored.revision + 1;
  await trx
    .updateTable("term")
    .set({
      status: after,
      revision,
      superseded_by: successorId ?? null,
      waiting: waits ? JSON.stringify({ author, at, ...grounds }) : null,
    })
    .where("id", "=", termId)
    .execute();
  await recordTerm(trx, { id: termId, revision, status: after }, getTermContent(stored), { author, at });
  const decision = await recordDecision(
    trx,
    {
      projectId,
      conceptId: stored.conceptId,
      termId,
      ...(waits ? { action: "endorse" as const } : { action, before: stored.status, after }),
      ...grounds,
      ...(successorId === undefined ? {} : { successorId }),
      ...(undoes === undefined ? {} : { undoes }),
    },
    { author, at },
  );
  await touchConcept(trx, stored.conceptId, projectId, at);
  return { ...(await getSavedTerm(trx, stored.conceptId, termId)), decision };
}

async function takeStep(trx: Query, change: StatusChange, stored: StoredTerm): Promise<Step | Refused> {
  const { status, imported = false } = change;
  const transition = findTransition(stored.status, status);
  if (!transition && !imported) return refuse("transition-not-allowed");
  // A second person may rely on what the first one gave.
  const { reason, citation } = stored.waitingApproval ?? {};
  const first = status === "approved" ? { reason, citation } : {};
  const grounds = getGrounds(
    {
      ...withGiven("reason", isBlank(change.reason) ? first.reason : change.reason),
      ...withGiven("citation", isBlank(change.citation) ? first.citation : change.citation),
    },
    stored,
  );
  const refused = status === "approved" ? refuseApproval(grounds) : undefined;
  if (refused) return refused;
  const needs = transition?.needs ?? [];
  if (grounds.reason === undefined && status === "rejected") return refuse("rejection-without-reason");
  // Coming back from an entry made by mistake is the contrary of a decision.
  const isReasonless = grounds.reason === undefined && needs.includes("reason");
  if (isReasonless && !(await isWithdrawn(trx, stored.conceptId))) return refuse("decision-without-reason");
  const action = transition?.action ?? ACTIONS[status];
  if (!needs.includes("successor") && change.successorId === undefined) return { action, grounds };
  if (status !== "superseded" || (imported && change.successorId === undefined)) return { action, grounds };
  const problem = await refuseSuccessor(trx, change.successorId, stored);
  return problem ?? { action, grounds, ...withGiven("successorId", change.successorId) };
}

async function isWithdrawn(trx: Query, conceptId: string): Promise<boolean> {
  const row = await trx.selectFrom("concept").select("withdrawn_at").where("id", "=", conceptId).executeTakeFirst();
  return row?.withdrawn_at !== null && row !== undefined;
}

function withGiven<Name extends string>(name: Name, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as Readonly<Partial<Record<Name, string>>>;
}

/** Of the same project and language, usable itself, and not superseded in the end by this very term. */
async function refuseSuccessor(trx: Query, id: string | undefined, stored: StoredTerm): Promise<Refused | undefined> {
  if (id === undefined || id === "") return refuse("superseded-without-successor");
  const successor = await findTermRow(trx, id);
  const isNear = successor && (await getProjectId(trx, successor.conceptId)) === (await getProjectId(trx, stored.conceptId));
  if (!isNear || successor.language !== stored.language) return refuse("successor-not-usable");
  if (successor.status === "rejected" || successor.status === "forbidden") return refuse("successor-not-usable");
  let next: string | undefined = id;
  for (let steps = 0; next !== undefined; steps++) {
    if (next === stored.id || steps > LONGEST_CHAIN) return refuse("successor-in-circle");
    next = (await findTermRow(trx, next))?.supersededBy;
  }
  return undefined;
}

/** A step backwards: it restores what a decision replaced, on the grounds that held then. */
async function stepBack(trx: Query, change: StatusChange, stored: StoredTerm): Promise<Step | Refused> {
  const { undoes, status, reason } = change;
  if (undoes === undefined) return refuse("nothing-to-undo");
  const row = await trx
    .selectFrom("decision")
    .selectAll()
    .where("id", "=", undoes)
    .where("term_id", "=", stored.id)
    .executeTakeFirst();
  const decision = row && toDecision(row);
  if (!decision) return refuse("nothing-to-undo");
  const isRemoval = decision.action === "add-term" && status === "rejected";
  const isEndorsement = decision.action === "endorse" && status === stored.status && stored.waitingApproval !== undefined;
  const isReturn = decision.before === status && decision.after === stored.status;
  if (!isRemoval && !isEndorsement && !isReturn) return refuse("nothing-to-undo");
  const earlier = isReturn ? await findDecisionFor(trx, stored, status) : undefined;
  const citation = status === "approved" ? earlier?.citation : undefined;
  return {
    action: ACTIONS[status],
    grounds: { ...withGiven("reason", isBlank(reason) ? undefined : reason), ...withGiven("citation", citation) },
    undoes,
    ...(status === "superseded" ? withGiven("successorId", earlier?.successorId) : {}),
  };
}

/** Four eyes: who proposed the wording as it stands does not settle it alone. */
async function mustWait(trx: Query, { author }: StatusChange, stored: StoredTerm): Promise<boolean> {
  const projectId = await getProjectId(trx, stored.conceptId);
  if (!(await needsSecondPerson(trx, projectId))) return false;
  return (await findProposer(trx, stored)) === author;
}

/** Who wrote the present wording, or proposed it last, whichever came later. */
async function findProposer(trx: Query, stored: StoredTerm): Promise<string | undefined> {
  const lines = await trx
    .selectFrom("term_history")
    .select(["content", "status", "author"])
    .where("term_id", "=", stored.id)
    .orderBy("revision", "desc")
    .execute();
  const text = (line: (typeof lines)[number]) => parseJson<TermContent>(line.content).text;
  return lines.find((line, at) => {
    const before = lines[at + 1];
    if (!before) return true;
    return text(before) !== text(line) || (line.status === "proposed" && before.status !== "proposed");
  })?.author;
}

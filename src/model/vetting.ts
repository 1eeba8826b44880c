/**
 * The decision machine: which standing may follow which, and what each step needs. One table for the store, the HTTP API
 * and the pages. What is not in it is refused, with two exceptions: a decision that takes an earlier one back, and
 * an import, which brings decisions that were made elsewhere.
 */
import type { DecisionAction, TermStatus } from "./concept.ts";

/** `citation`: a source, or `house` for an explicit decision of this house. `successor`: the term that replaces it. */
export type TransitionNeed = "reason" | "citation" | "successor";

export type Transition = {
  readonly from: TermStatus;
  readonly to: TermStatus;
  readonly action: DecisionAction;
  readonly needs: readonly TransitionNeed[];
};

const REASON = ["reason"] as const;
const GROUNDS = ["reason", "citation"] as const;
const SUCCESSOR = ["reason", "successor"] as const;

function from(status: TermStatus, ...steps: readonly (readonly [TermStatus, DecisionAction, readonly TransitionNeed[]])[]) {
  return steps.map(([to, action, needs]): Transition => ({ from: status, to, action, needs }));
}

export const TRANSITIONS: readonly Transition[] = [
  ...from("candidate", ["proposed", "propose", []], ["rejected", "reject", REASON], ["forbidden", "forbid", REASON]),
  ...from(
    "proposed",
    ["approved", "approve", GROUNDS],
    ["admitted", "admit", REASON],
    ["rejected", "reject", REASON],
    ["deprecated", "deprecate", REASON],
    ["superseded", "supersede", SUCCESSOR],
    ["forbidden", "forbid", REASON],
    ["candidate", "withdraw", REASON],
  ),
  ...from(
    "approved",
    ["admitted", "admit", REASON],
    ["deprecated", "deprecate", REASON],
    ["superseded", "supersede", SUCCESSOR],
    ["forbidden", "forbid", REASON],
    ["proposed", "reopen", REASON],
  ),
  ...from(
    "admitted",
    ["approved", "approve", GROUNDS],
    ["rejected", "reject", REASON],
    ["deprecated", "deprecate", REASON],
    ["superseded", "supersede", SUCCESSOR],
    ["forbidden", "forbid", REASON],
    ["proposed", "reopen", REASON],
  ),
  ...from("rejected", ["proposed", "reopen", REASON], ["forbidden", "forbid", REASON]),
  ...from("deprecated", ["superseded", "supersede", SUCCESSOR], ["forbidden", "forbid", REASON], ["proposed", "reopen", REASON]),
  ...from("superseded", ["deprecated", "deprecate", REASON], ["forbidden", "forbid", REASON], ["proposed", "reopen", REASON]),
  ...from("forbidden", ["deprecated", "deprecate", REASON], ["proposed", "reopen", REASON]),
];

export function findTransition(status: TermStatus, to: TermStatus): Transition | undefined {
  return TRANSITIONS.find((transition) => transition.from === status && transition.to === to);
}

/** What may follow, in the order of the table. */
export function listTransitions(status: TermStatus): readonly Transition[] {
  return TRANSITIONS.filter((transition) => transition.from === status);
}

/** Standings in which a wording may be used or may come to be: such a wording must not be one that was turned down. */
export const OPEN_STATUSES: readonly TermStatus[] = ["candidate", "proposed", "approved", "admitted"];

/**
 * How much weight a project gives to a source, highest first. A level names bodies, or kinds of sources; it orders
 * renderings that contradict each other and is shown beside a citation. It never says that something is correct.
 */
export type AuthorityLevel = {
  readonly id: string;
  /** In the words of the project; a level of the default list has none and is named by the catalogues. */
  readonly name?: string;
  readonly bodies: readonly string[];
  readonly kinds: readonly string[];
};

/** How a project decides. */
export type VettingRules = {
  /** An approval by the person who proposed waits for a second person. */
  readonly fourEyes: boolean;
  /** Highest first. */
  readonly authorities: readonly AuthorityLevel[];
};

/** A remark on an entry, or on one wording of it. Written once; `resolve` and `reopen` are lines of their own. */
export type Comment = {
  readonly id: string;
  readonly conceptId: string;
  readonly termId?: string;
  readonly kind: "comment" | "resolve" | "reopen";
  /** The remark that opened the discussion; absent on that remark itself. */
  readonly threadId?: string;
  readonly text: string;
  readonly author: string;
  readonly at: string;
};

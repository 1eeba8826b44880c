/**
 * What people decide about candidates, and taking it back.
 *
 * Decisions are keyed by the text of the formulation, so they outlive the run: what was dropped stays dropped. An entry
 * is made before the decision is written, so that no acceptance is without its entry. Decisions of one project are taken
 * one after another; one that is based on what no longer stands changes nothing and answers what stands.
 */
import type { TermType } from "../model/concept.ts";
import type { FormulationClass } from "../model/formulation.ts";
import type { CandidateAction, CandidateDecision, StandingDecision } from "../storage/extraction-store.ts";
import type { Refused, Signed } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { linkContrasts, unlinkContrast } from "./candidate-contrasts.ts";
import { addWording, hasEntry, headOf, openEntry, sourceLanguageOf, withdrawEntry } from "./candidate-entries.ts";
import type { Withdrawal } from "./candidate-entries.ts";
import type { CandidateRequest } from "./candidates.ts";
import { inProjectTurn } from "./project-turns.ts";

export type DecideCandidate = CandidateRequest & {
  readonly text: string;
  readonly action: Exclude<CandidateAction, "undecided">;
  /** Of the formulation, when it is accepted; `frame` for a pattern with slots. Without it, as the latest run has it. */
  readonly class?: FormulationClass | "frame";
  /** `merge`: the entry that gets the wording, and what the wording is there. */
  readonly conceptId?: string;
  readonly termType?: TermType;
  /** `frame`: the pattern, with slots as `{X}`. */
  readonly pattern?: string;
  readonly reason?: string;
  /** Given: the decision counts only if this one still stands (no id: none does). */
  readonly base?: { readonly decisionId?: string };
  /** Why the term of an earlier decision is rejected, in the words of its history. */
  readonly withdrawal?: string;
};

export type CandidateOutcome =
  | {
      readonly kind: "decided";
      readonly decision: StandingDecision;
      readonly conceptId?: string;
      /** What became of the entry that the decision before had made. */
      readonly withdrawn: Withdrawal;
    }
  /** Somebody else decided meanwhile; nothing changed. */
  | { readonly kind: "stale"; readonly theirs: StandingDecision | undefined; readonly base: StandingDecision | undefined }
  /**
   * `no-entry`: the entry is gone or not of this project; `no-slot`: the pattern has no slot or nothing fixed;
   * `contrast`: the entry holds what this wording must not be confused with.
   */
  | { readonly kind: "impossible"; readonly code: "no-entry" | "no-slot" | "contrast" };

/** Records one decision with the entry that it needs. */
export function decideCandidate(application: Application, request: DecideCandidate): Promise<CandidateOutcome> {
  return inProjectTurn(application, request.projectId, async () => {
    const { extraction } = application.stores;
    const { projectId, text, action, reason } = request;
    const signed = { author: request.author, at: application.clock() };
    const history = await extraction.decisionHistory(projectId, text);
    const standing = findStanding(history);
    if (request.base && request.base.decisionId !== standing?.id) {
      return {
        kind: "stale",
        theirs: standing,
        base: history.filter(isStanding).find(({ id }) => id === request.base?.decisionId),
      };
    }
    const withdrawal = request.withdrawal ?? reason ?? action;
    const entry = await makeEntry(application, { ...request, ...signed, standing, reopening: withdrawal });
    if ("kind" in entry) return entry;
    const { conceptId, partner } = entry;
    const decision = await extraction.decide({
      ...signed,
      projectId,
      text,
      action,
      ...(reason === undefined ? {} : { reason }),
      ...(partner === undefined ? {} : { partner }),
      ...(conceptId === undefined ? {} : { conceptId }),
    });
    const withdrawn =
      standing && hasEntry(standing) && !isSameEntry(standing, { ...decision, action })
        ? await withdrawEntry(application, { ...signed, decision: standing, history, reason: withdrawal })
        : "nothing";
    await linkContrasts(application, { ...signed, projectId, text });
    return {
      kind: "decided",
      decision: { ...decision, action },
      withdrawn,
      ...(conceptId === undefined ? {} : { conceptId }),
    };
  });
}

function isSameEntry(before: StandingDecision, now: StandingDecision): boolean {
  return hasEntry(now) && before.action === now.action && before.conceptId === now.conceptId && before.partner === now.partner;
}

type Entry = { readonly conceptId?: string; readonly partner?: string };
type Impossible = Extract<CandidateOutcome, { readonly kind: "impossible" }>;

async function makeEntry(
  application: Application,
  request: Omit<DecideCandidate, "base"> &
    Signed & { readonly standing: StandingDecision | undefined; readonly reopening: string },
): Promise<Entry | Impossible> {
  const { action, standing } = request;
  // What it was merged into must not count as an entry of its own.
  const except = standing?.action === "merge" ? standing.conceptId : undefined;
  if (action === "accept") {
    const conceptId = await openEntry(application, { ...request, ...(except === undefined ? {} : { except }) });
    return conceptId === undefined ? {} : { conceptId };
  }
  if (action === "frame") {
    const pattern = (request.pattern ?? "").trim();
    if (!isPattern(pattern)) return { kind: "impossible", code: "no-slot" };
    const conceptId = await openEntry(application, { ...request, text: pattern, class: "frame" });
    return { partner: pattern, ...(conceptId === undefined ? {} : { conceptId }) };
  }
  return action === "merge" ? mergeInto(application, request) : {};
}

async function mergeInto(
  application: Application,
  request: Omit<DecideCandidate, "base"> & Signed & { readonly reopening: string },
): Promise<Entry | Impossible> {
  const { projectId, text, conceptId = "" } = request;
  const { concepts, extraction } = application.stores;
  const concept = await concepts.find(conceptId);
  if (concept?.projectId !== projectId) return { kind: "impossible", code: "no-entry" };
  for (const pair of await extraction.listPairs(projectId, text)) {
    const other = pair.text === text ? pair.partner : pair.text;
    if (concept.terms.some((term) => term.text === other && term.status !== "rejected")) {
      return { kind: "impossible", code: "contrast" };
    }
  }
  const isAdded = await addWording(application, { ...request, concept, termType: request.termType ?? "variant" });
  if (!isAdded) return { kind: "impossible", code: "no-entry" };
  return { conceptId, partner: headOf(concept, await sourceLanguageOf(application, projectId)) };
}

/** Something fixed and something open: 加大{X}力度. */
export function isPattern(pattern: string): boolean {
  const slots = pattern.match(/\{[A-Z]\}/g) ?? [];
  const fixed = pattern.replace(/\{[A-Z]\}/g, "");
  return slots.length > 0 && /[\p{L}\p{N}]/u.test(fixed) && !/[{}]/.test(fixed);
}

export type PairOutcome =
  | { readonly kind: "paired"; readonly decision: CandidateDecision }
  /** `exists`: somebody has made the pair already; `same-entry`: one entry has both wordings. */
  | { readonly kind: "impossible"; readonly code: "exists" | "same-entry" | "same-text" };

/** Says that two wordings are not to be confused. Their entries are related as soon as both have one. */
export function pairCandidates(
  application: Application,
  request: CandidateRequest & { readonly text: string; readonly partner: string; readonly reason?: string },
): Promise<PairOutcome> {
  return inProjectTurn(application, request.projectId, async () => {
    const { extraction, concepts } = application.stores;
    const { projectId, text, partner, author, reason } = request;
    if (text === partner) return { kind: "impossible", code: "same-text" };
    const pairs = await extraction.listPairs(projectId, text);
    if (pairs.some((pair) => pair.text === partner || pair.partner === partner)) return { kind: "impossible", code: "exists" };
    const shared = await concepts.findByTerm({ projectId, text });
    const hasBoth = shared.some(({ terms }) =>
      [text, partner].every((one) => terms.some((term) => term.text === one && term.status !== "rejected")),
    );
    if (hasBoth) return { kind: "impossible", code: "same-entry" };
    const signed = { author, at: application.clock() };
    const decision = await extraction.decide({
      ...signed,
      projectId,
      text,
      partner,
      action: "contrast",
      ...(reason === undefined ? {} : { reason }),
    });
    await linkContrasts(application, { ...signed, projectId, text });
    return { kind: "paired", decision };
  });
}

export type UndoOutcome =
  | {
      readonly kind: "undone";
      readonly text: string;
      /** What stands now; undefined: nobody has decided. */
      readonly standing: StandingDecision | undefined;
      readonly withdrawn: Withdrawal;
    }
  | { readonly kind: "unpaired"; readonly text: string; readonly partner: string };

/**
 * Takes back the newest standing decision: of `text`, of the pair with `partner`, or else of this author. `reason`: why
 * a term that the decision made is rejected.
 */
export function undoCandidate(
  application: Application,
  request: CandidateRequest & { readonly text?: string; readonly partner?: string; readonly reason: string },
): Promise<UndoOutcome | Refused> {
  return inProjectTurn(application, request.projectId, async () => {
    const { extraction } = application.stores;
    const { projectId, author, reason } = request;
    const signed = { author, at: application.clock() };
    const undone = await extraction.undoDecision({
      ...signed,
      projectId,
      ...(request.text === undefined ? {} : { text: request.text }),
      ...(request.partner === undefined ? {} : { partner: request.partner }),
    });
    if ("kind" in undone) return undone;
    const { text } = undone;
    const history = await extraction.decisionHistory(projectId, text);
    const takenBack = history.find((decision) => decision.id === undone.undoes);
    if (takenBack?.action === "contrast") {
      const partner = takenBack.partner ?? "";
      await unlinkContrast(application, { ...signed, projectId, text, partner });
      return { kind: "unpaired", text, partner };
    }
    const standing = findStanding(history);
    const decision = takenBack && isStanding(takenBack) && hasEntry(takenBack) ? takenBack : undefined;
    const isKept = decision && standing && isSameEntry(decision, standing);
    const withdrawn =
      decision && !isKept ? await withdrawEntry(application, { ...signed, decision, history, reason }) : "nothing";
    if (standing && hasEntry(standing) && !isKept) await restoreEntry(application, { ...signed, standing, reason });
    await linkContrasts(application, { ...signed, projectId, text });
    return { kind: "undone", text, standing, withdrawn };
  });
}

/** The decision below stands again, so its entry must be there again. */
async function restoreEntry(
  application: Application,
  { standing, reason, ...signed }: Signed & { readonly standing: StandingDecision; readonly reason: string },
): Promise<void> {
  const { projectId, text, action, conceptId, partner } = standing;
  await makeEntry(application, {
    ...signed,
    projectId,
    text,
    action: action === "undecided" ? "later" : action,
    standing: undefined,
    reopening: reason,
    ...(conceptId === undefined ? {} : { conceptId }),
    ...(partner === undefined || action !== "frame" ? {} : { pattern: partner }),
  });
}

function isStanding(decision: CandidateDecision): decision is StandingDecision {
  return decision.action !== "contrast";
}

/** The decision that stands after a history, oldest first: an undo takes its decision out, the one below stands again. */
export function findStanding(history: readonly CandidateDecision[]): StandingDecision | undefined {
  const takenBack = new Set(history.map(({ undoes }) => undoes));
  return history.findLast(
    (decision): decision is StandingDecision =>
      isStanding(decision) && decision.undoes === undefined && !takenBack.has(decision.id),
  );
}

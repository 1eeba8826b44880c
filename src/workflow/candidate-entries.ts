/**
 * The entries of the glossary that decisions about candidates make: one of its own for what is accepted, another
 * wording of an existing one for what is merged, a frame for a pattern.
 *
 * What a decision made goes again when the decision no longer stands, but only as long as nobody has worked on it: an
 * entry that holds nothing else is withdrawn from every list (its history stays), a wording that was added to an entry
 * is rejected there with a reason, and one that had been rejected before is rejected again. What was there before, and
 * what somebody has touched since, stays.
 */
import type { ConceptKind, TermType } from "../model/concept.ts";
import type { FormulationClass } from "../model/formulation.ts";
import type { NewTerm, StoredConcept, StoredTerm } from "../storage/concept-store.ts";
import type { CandidateDecision, StandingDecision } from "../storage/extraction-store.ts";
import type { Signed } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { unlinkContrasts } from "./candidate-contrasts.ts";

const KIND_BY_CLASS: Readonly<Record<FormulationClass, ConceptKind>> = {
  "set-phrase": "phrase",
  series: "phrase",
  "numbered-slogan": "phrase",
  "reporting-verb": "phrase",
  programme: "term",
  "domain-term": "term",
  institution: "name",
  law: "title",
  title: "title",
};

export type EntryRequest = Signed & {
  readonly projectId: string;
  /** The wording that the entry has or gets. */
  readonly text: string;
  readonly reason?: string;
  /** Why a wording that was rejected is proposed again. */
  readonly reopening: string;
};

/** The entry of a wording: the one that has it, else a new one. `except`: an entry that must not count. */
export async function openEntry(
  application: Application,
  request: EntryRequest & { readonly class?: FormulationClass | "frame"; readonly except?: string },
): Promise<string | undefined> {
  const { concepts } = application.stores;
  const { projectId, text, author, at, reason } = request;
  const language = await sourceLanguageOf(application, projectId);
  const known = (await concepts.findByTerm({ projectId, text, language, withdrawn: true })).filter(
    ({ id }) => id !== request.except,
  );
  const existing = known.find((concept) => concept.terms.some((term) => term.text === text && term.status !== "rejected"));
  if (existing) return existing.id;
  const earlier = known.find(({ terms }) => terms[0]?.text === text);
  const [term] = earlier?.terms ?? [];
  if (earlier && term) {
    await proposeAgain(application, request, term);
    return earlier.id;
  }
  const found = request.class ?? (await findClass(application, request));
  const outcome = await concepts.create(
    {
      kind: found === undefined ? "phrase" : found === "frame" ? "frame" : KIND_BY_CLASS[found],
      ...(found === undefined ? {} : { class: found }),
      terms: [newTerm(language, text, "phrase")],
    },
    { author, at, projectId, ...(reason === undefined ? {} : { reason }) },
  );
  return outcome.kind === "saved" ? outcome.concept.id : undefined;
}

function newTerm(language: string, text: string, termType: TermType): NewTerm {
  return { language, text, status: "proposed", termType, matching: "exact", attestations: [] };
}

async function proposeAgain({ stores }: Application, request: EntryRequest, term: StoredTerm): Promise<void> {
  const { author, at } = request;
  const reason = request.reason ?? request.reopening;
  await stores.concepts.changeStatus({ author, at, reason, termId: term.id, baseRevision: term.revision, status: "proposed" });
}

/** Adds a wording to an entry, or proposes it again where it was turned down. */
export async function addWording(
  application: Application,
  request: EntryRequest & { readonly concept: StoredConcept; readonly termType: TermType },
): Promise<boolean> {
  const { concept, text, author, at, reason, termType } = request;
  const language = await sourceLanguageOf(application, request.projectId);
  const known = concept.terms.find((term) => term.text === text && term.language === language);
  if (known) {
    if (known.status === "rejected") await proposeAgain(application, request, known);
    return true;
  }
  const outcome = await application.stores.concepts.addTerm({
    author,
    at,
    conceptId: concept.id,
    term: newTerm(language, text, termType),
    ...(reason === undefined ? {} : { reason }),
  });
  return outcome.kind === "saved";
}

/** The Chinese wording by which people know an entry. */
export function headOf(concept: StoredConcept, language: string): string {
  const standing = concept.terms.filter((term) => term.language === language && term.status !== "rejected");
  return (standing[0] ?? concept.terms[0])?.text ?? "";
}

export async function sourceLanguageOf({ stores }: Application, projectId: string): Promise<string> {
  return (await stores.projects.find(projectId))?.sourceLanguage ?? "zh";
}

async function findClass(
  { stores: { extraction } }: Application,
  { projectId, text }: Pick<EntryRequest, "projectId" | "text">,
): Promise<FormulationClass | "frame" | undefined> {
  const run = await extraction.findLatestRun(projectId);
  if (!run) return undefined;
  const candidate = await extraction.findCandidate(run.id, text);
  if (candidate) return candidate.formulation.class;
  return (await extraction.listFrames(run.id)).some(({ pattern }) => pattern === text) ? "frame" : undefined;
}

export function hasEntry({ action }: Pick<CandidateDecision, "action">): boolean {
  return action === "accept" || action === "merge" || action === "frame";
}

/** The wording that a decision put into an entry. */
export function wordingOf({ action, text, partner }: CandidateDecision): string {
  return action === "frame" ? (partner ?? text) : text;
}

/** `kept`: somebody has worked on what the decision made, so it stays. */
export type Withdrawal = "nothing" | "gone" | "kept";

/** Takes away what a decision made that no longer stands. `history`: all decisions about the candidate. */
export async function withdrawEntry(
  application: Application,
  withdrawal: Signed & {
    readonly decision: StandingDecision;
    readonly history: readonly CandidateDecision[];
    readonly reason: string;
  },
): Promise<Withdrawal> {
  const { concepts } = application.stores;
  const { decision, history, reason, author, at } = withdrawal;
  const text = wordingOf(decision);
  const concept = await findEntry(application, decision, text);
  const term = concept?.terms.find((one) => one.text === text);
  if (!concept || !term || term.status !== "proposed") return concept && term?.status !== "rejected" ? "kept" : "nothing";
  const others = concept.terms.filter(({ id }) => id !== term.id);
  const decided = [...history];
  for (const other of others) {
    decided.push(...(await application.stores.extraction.decisionHistory(decision.projectId, other.text)));
  }
  // A step of the glossary is ours when it bears the name and the instant of a decision about a candidate of the entry.
  const ours = new Set(decided.map((one) => `${one.at} ${one.author}`));
  const isOurs = (step: Signed): boolean => ours.has(`${step.at} ${step.author}`);
  const steps = (await concepts.history(concept.id)).filter(({ action }) => action !== "relate" && action !== "unrelate");
  const change = { author, at, reason, termId: term.id, baseRevision: term.revision };
  // Wordings that were merged into it and taken back again are no reason to keep it.
  if (others.every(({ status }) => status === "rejected") && steps.every(isOurs)) {
    await unlinkContrasts(application, { author, at, projectId: decision.projectId, text });
    return (await concepts.withdraw(change)).kind === "saved" ? "gone" : "kept";
  }
  const ownSteps = steps.filter(({ termId }) => termId === term.id);
  const last = ownSteps.at(-1);
  if (!last || !isOurs(last)) return "kept";
  const wasAdded = decision.action === "merge" && ownSteps.every(isOurs);
  if (!wasAdded && last.before !== "rejected") return "kept";
  return (await concepts.changeStatus({ ...change, status: "rejected" })).kind === "saved" ? "gone" : "kept";
}

/** Decisions of earlier versions do not name their entry. */
async function findEntry({ stores }: Application, decision: CandidateDecision, text: string) {
  if (decision.conceptId !== undefined) return stores.concepts.find(decision.conceptId);
  return (await stores.concepts.findByTerm({ projectId: decision.projectId, text }))[0];
}

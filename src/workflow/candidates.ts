/**
 * Extraction over a project's documents and the decisions about what it finds.
 *
 * A run reads the source documents that are not removed, leaves excluded paragraphs out, works in a thread and
 * stores its list whole. Decisions are keyed by the text of the formulation, so they outlive the run: what was dropped
 * stays dropped.
 * While a formulation is accepted, a concept has it as a term; the concept is made before the decision is written, so
 * that no acceptance is without its entry. When the acceptance no longer stands (undone, or dropped instead), the term
 * is rejected with a reason, because history is never deleted.
 * Decisions of one project are taken one after another: what a decision was based on still holds when it is written.
 */
import type { ConceptKind } from "../model/concept.ts";
import type { ExtractionDocument, FormulationClass } from "../model/formulation.ts";
import type { Job } from "../model/job.ts";
import type { CandidateAction, CandidateDecision, StandingDecision } from "../storage/extraction-store.ts";
import type { Refused, Signed } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { toExtractionDocument } from "./extraction-document.ts";

export type CandidateRequest = { readonly projectId: string; readonly author: string };

/** The project's source documents as the extractor reads them; paragraphs keep their numbers. */
export async function loadExtractionDocuments(
  application: Application,
  projectId: string,
): Promise<readonly ExtractionDocument[]> {
  return (await loadSourceDocuments(application, projectId)).map((document) => toExtractionDocument(document));
}

async function loadSourceDocuments(application: Application, projectId: string) {
  const { documents } = application.stores;
  const listed = await documents.list({ projectId, side: "source" });
  const loaded = await Promise.all(listed.map((summary) => documents.find(summary.id)));
  return loaded.filter((document) => document !== undefined);
}

/** The extraction that waits or runs in the project. */
export async function findRunningExtraction(application: Application, projectId: string): Promise<Job | undefined> {
  const jobs = await application.jobs.list(projectId);
  return jobs.find(({ kind, state }) => kind === "extract" && (state === "waiting" || state === "running"));
}

/**
 * Starts an extraction job over all source documents; its result is the id of the run. While one is under way, that
 * one is answered. `label`: how the job is named to people.
 */
export function startExtraction(application: Application, request: CandidateRequest & { readonly label?: string }): Promise<Job> {
  return inTurn(application, request.projectId, () => startOnce(application, request));
}

async function startOnce(application: Application, request: CandidateRequest & { readonly label?: string }): Promise<Job> {
  const { stores, jobs, clock } = application;
  const running = await findRunningExtraction(application, request.projectId);
  if (running) return running;
  const documents = await loadSourceDocuments(application, request.projectId);
  const { concepts } = await stores.concepts.loadGlossary(request.projectId);
  const glossaryTerms = concepts.flatMap((concept) =>
    concept.terms.filter((term) => term.language.startsWith("zh") && term.status !== "rejected").map((term) => term.text),
  );
  return jobs.start({
    projectId: request.projectId,
    kind: "extract",
    label: request.label ?? String(documents.length),
    task: "extract",
    input: { documents: documents.map((document) => toExtractionDocument(document)), glossaryTerms },
    finish: async ({ copies, ...result }) => {
      const run = await stores.extraction.saveRun({
        projectId: request.projectId,
        documentIds: documents.map((document) => document.id),
        parameters: { copies, revisions: Object.fromEntries(documents.map(({ id, revision }) => [id, revision])) },
        createdAt: clock(),
        result,
      });
      return run.id;
    },
  });
}

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

export type DecideCandidate = CandidateRequest & {
  readonly text: string;
  readonly action: Exclude<CandidateAction, "undecided">;
  /** Of the formulation, when it is accepted; `frame` for a pattern with slots. Without it, as the latest run has it. */
  readonly class?: FormulationClass | "frame";
  readonly reason?: string;
  /** Given: the decision counts only if this one still stands (no id: none does). */
  readonly base?: { readonly decisionId?: string };
  /** Why the term of an earlier acceptance is rejected, in the words of its history. */
  readonly withdrawal?: string;
};

export type CandidateOutcome =
  | { readonly kind: "decided"; readonly decision: CandidateDecision; readonly conceptId?: string }
  /** Somebody else decided meanwhile; nothing changed. */
  | { readonly kind: "stale"; readonly theirs: CandidateDecision | undefined; readonly base: CandidateDecision | undefined };

/** Records one decision; accepting makes a concept unless the glossary has the formulation already. */
export function decideCandidate(application: Application, request: DecideCandidate): Promise<CandidateOutcome> {
  return inTurn(application, request.projectId, async () => {
    const { extraction } = application.stores;
    const { projectId, text, action, reason } = request;
    const signed = { author: request.author, at: application.clock() };
    const history = await extraction.decisionHistory(projectId, text);
    const standing = findStanding(history);
    if (request.base && request.base.decisionId !== standing?.id) {
      return { kind: "stale", theirs: standing, base: history.find(({ id }) => id === request.base?.decisionId) };
    }
    const conceptId = action === "accept" ? await openConcept(application, { ...request, ...signed }) : undefined;
    const decision = await extraction.decide({ ...signed, projectId, text, action, ...(reason === undefined ? {} : { reason }) });
    if (action !== "accept" && standing?.action === "accept") {
      await withdrawConcept(application, { ...signed, accepted: standing, reason: request.withdrawal ?? reason ?? action });
    }
    return { kind: "decided", decision, ...(conceptId === undefined ? {} : { conceptId }) };
  });
}

export type UndoOutcome = {
  readonly kind: "undone";
  readonly text: string;
  /** What stands now; undefined: nobody has decided. */
  readonly standing: CandidateDecision | undefined;
};

/**
 * Takes back the newest standing decision: of `text`, or else of this author. A concept that the acceptance made and
 * that nobody has worked on since gets its term rejected with `reason`; one with renderings stays as it is.
 */
export function undoCandidate(
  application: Application,
  request: CandidateRequest & { readonly text?: string; readonly reason: string },
): Promise<UndoOutcome | Refused> {
  return inTurn(application, request.projectId, async () => {
    const { extraction } = application.stores;
    const { projectId, author, reason } = request;
    const signed = { author, at: application.clock() };
    const undone = await extraction.undoDecision({
      ...signed,
      projectId,
      ...(request.text === undefined ? {} : { text: request.text }),
    });
    if ("kind" in undone) return undone;
    const { text } = undone;
    const history = await extraction.decisionHistory(projectId, text);
    const standing = findStanding(history);
    const takenBack = history.find((decision) => decision.id === undone.undoes);
    if (takenBack?.action === "accept" && standing?.action !== "accept") {
      await withdrawConcept(application, { ...signed, accepted: takenBack, reason });
    }
    if (standing?.action === "accept" && takenBack?.action !== "accept") {
      await openConcept(application, { ...signed, projectId, text });
    }
    return { kind: "undone", text, standing };
  });
}

/** The decision that stands after a history, oldest first: an undo takes its decision out, the one below stands again. */
export function findStanding(history: readonly CandidateDecision[]): StandingDecision | undefined {
  const takenBack = new Set(history.map(({ undoes }) => undoes));
  return history.findLast(
    (decision): decision is StandingDecision =>
      decision.action !== "contrast" && decision.undoes === undefined && !takenBack.has(decision.id),
  );
}

type Acceptance = Pick<DecideCandidate, "projectId" | "text" | "class" | "reason"> & Signed;

/** The concept of an accepted formulation: the one that has it as a term, else a new one. Undefined if it was refused. */
async function openConcept(application: Application, acceptance: Acceptance): Promise<string | undefined> {
  const { concepts, projects } = application.stores;
  const { projectId, text, author, at, reason } = acceptance;
  const language = (await projects.find(projectId))?.sourceLanguage ?? "zh";
  const grounds = reason === undefined ? {} : { reason };
  const [existing] = await concepts.findByTerm({ projectId, text, language });
  if (existing) {
    // What an undo rejected is proposed again.
    const term = existing.terms.find((one) => one.text === text && one.status === "rejected");
    if (term) {
      const change = { author, at, termId: term.id, baseRevision: term.revision, status: "proposed" } as const;
      await concepts.changeStatus({ ...change, reason: reason ?? "accept" });
    }
    return existing.id;
  }
  const found = acceptance.class ?? (await findClass(application, acceptance));
  const outcome = await concepts.create(
    {
      kind: found === undefined ? "phrase" : found === "frame" ? "frame" : KIND_BY_CLASS[found],
      ...(found === undefined ? {} : { class: found }),
      terms: [{ language, text, status: "proposed", termType: "phrase", matching: "exact", attestations: [] }],
    },
    { author, at, projectId, ...grounds },
  );
  return outcome.kind === "saved" ? outcome.concept.id : undefined;
}

async function findClass(
  { stores: { extraction } }: Application,
  { projectId, text }: Pick<Acceptance, "projectId" | "text">,
): Promise<FormulationClass | "frame" | undefined> {
  const run = await extraction.findLatestRun(projectId);
  if (!run) return undefined;
  const candidate = await extraction.findCandidate(run.id, text);
  if (candidate) return candidate.formulation.class;
  return (await extraction.listFrames(run.id)).some(({ pattern }) => pattern === text) ? "frame" : undefined;
}

/** Rejects the term that an acceptance made or proposed again, unless somebody has worked on its concept. */
async function withdrawConcept(
  { stores: { concepts } }: Application,
  { accepted, reason, ...signed }: Signed & { readonly accepted: CandidateDecision; readonly reason: string },
): Promise<void> {
  const { projectId, text, at } = accepted;
  for (const concept of await concepts.findByTerm({ projectId, text })) {
    const [term, ...others] = concept.terms;
    if (!term || others.length > 0 || term.text !== text || term.status !== "proposed") continue;
    // A concept that was there before, from an import or by hand, is not ours to reject.
    if (concept.createdAt !== at && concept.changedAt !== at) continue;
    await concepts.changeStatus({ ...signed, termId: term.id, baseRevision: term.revision, status: "rejected", reason });
  }
}

const queues = new WeakMap<Application, Map<string, Promise<unknown>>>();

/** Waits for what was begun in the project before: decisions, starting an extraction. */
function inTurn<Result>(application: Application, projectId: string, work: () => Promise<Result>): Promise<Result> {
  const queue = queues.get(application) ?? new Map<string, Promise<unknown>>();
  queues.set(application, queue);
  const before = queue.get(projectId) ?? Promise.resolve();
  const result = before.then(work);
  queue.set(
    projectId,
    result.catch(() => undefined),
  );
  return result;
}

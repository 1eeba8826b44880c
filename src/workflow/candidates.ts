/**
 * Extraction over a project's documents and the decisions about what it finds.
 *
 * A run reads the source documents that are not removed, leaves excluded paragraphs out, works in a thread and
 * stores its list whole. Decisions are keyed by the text of the formulation, so they outlive the run.
 * Accepting makes a concept with the Chinese term as *proposed* in the same step; taking the acceptance back rejects that term
 * with a reason, because history is never deleted.
 */
import type { ConceptKind } from "../model/concept.ts";
import type { ExtractionDocument, FormulationClass } from "../model/formulation.ts";
import type { Job } from "../model/job.ts";
import type { CandidateAction, CandidateDecision } from "../storage/extraction-store.ts";
import type { Refused } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";
import { toExtractionDocument } from "./extract-files.ts";

export type CandidateRequest = { readonly projectId: string; readonly author: string };

/** The project's source documents as the extractor reads them; paragraphs keep their numbers. */
export async function loadExtractionDocuments(
  application: Application,
  projectId: string,
): Promise<readonly ExtractionDocument[]> {
  const { documents } = application.stores;
  const listed = await documents.list({ projectId, side: "source" });
  const loaded = await Promise.all(listed.map((summary) => documents.find(summary.id)));
  return loaded.flatMap((document) => (document ? [toExtractionDocument(document)] : []));
}

/** Starts an extraction job over all source documents; its result is the id of the run. */
export async function startExtraction(application: Application, request: CandidateRequest): Promise<Job> {
  const { stores, jobs, clock } = application;
  const read = await loadExtractionDocuments(application, request.projectId);
  const { concepts } = await stores.concepts.loadGlossary(request.projectId);
  const glossaryTerms = concepts.flatMap((concept) =>
    concept.terms.filter((term) => term.language.startsWith("zh") && term.status !== "rejected").map((term) => term.text),
  );
  return jobs.start({
    projectId: request.projectId,
    kind: "extract",
    label: String(read.length),
    task: "extract",
    input: { documents: read, glossaryTerms },
    finish: async (result) => {
      const run = await stores.extraction.saveRun({
        projectId: request.projectId,
        documentIds: read.map((document) => document.id),
        parameters: {},
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
  /** Of the formulation, when it is accepted. `frame` for a pattern with slots. */
  readonly class?: FormulationClass | "frame";
  readonly reason?: string;
};

export type CandidateOutcome = { readonly decision: CandidateDecision; readonly conceptId?: string };

/** Records one decision; accepting makes a concept unless the glossary has the formulation already. */
export async function decideCandidate(application: Application, request: DecideCandidate): Promise<CandidateOutcome> {
  const { stores, clock } = application;
  const signed = { author: request.author, at: clock() };
  const decision = await stores.extraction.decide({
    ...signed,
    projectId: request.projectId,
    text: request.text,
    action: request.action,
    ...(request.reason === undefined ? {} : { reason: request.reason }),
  });
  if (request.action !== "accept") return { decision };

  const project = await stores.projects.find(request.projectId);
  const language = project?.sourceLanguage ?? "zh";
  const known = await stores.concepts.findByTerm({ projectId: request.projectId, text: request.text, language });
  const [existing] = known;
  if (existing) {
    await reopenTerm(application, { request, conceptId: existing.id });
    return { decision, conceptId: existing.id };
  }
  const { class: formulationClass } = request;
  const outcome = await stores.concepts.create(
    {
      kind: formulationClass === undefined ? "phrase" : formulationClass === "frame" ? "frame" : KIND_BY_CLASS[formulationClass],
      ...(formulationClass === undefined ? {} : { class: formulationClass }),
      terms: [
        {
          language,
          text: request.text,
          status: "proposed",
          termType: "phrase",
          matching: "exact",
          attestations: [],
        },
      ],
    },
    { ...signed, projectId: request.projectId },
  );
  return outcome.kind === "saved" ? { decision, conceptId: outcome.concept.id } : { decision };
}

/** A term that an undo rejected is proposed again when its formulation is accepted again. */
async function reopenTerm(
  application: Application,
  { request, conceptId }: { readonly request: DecideCandidate; readonly conceptId: string },
): Promise<void> {
  const concept = await application.stores.concepts.find(conceptId);
  const term = concept?.terms.find((one) => one.text === request.text && one.status === "rejected");
  if (!term) return;
  await application.stores.concepts.changeStatus({
    author: request.author,
    at: application.clock(),
    termId: term.id,
    baseRevision: term.revision,
    status: "proposed",
    ...(request.reason === undefined ? {} : { reason: request.reason }),
  });
}

/**
 * Takes back the newest standing decision: of `text`, or else of this author. A concept that the acceptance made and
 * that nobody has worked on since gets its term rejected with `reason`; one with renderings stays as it is.
 */
export async function undoCandidate(
  application: Application,
  request: CandidateRequest & { readonly text?: string; readonly reason: string },
): Promise<CandidateDecision | Refused> {
  const { stores, clock } = application;
  const undone = await stores.extraction.undoDecision({
    author: request.author,
    at: clock(),
    projectId: request.projectId,
    ...(request.text === undefined ? {} : { text: request.text }),
  });
  if ("kind" in undone) return undone;
  const history = await stores.extraction.decisionHistory(request.projectId, undone.text);
  const takenBack = history.find((decision) => decision.id === undone.undoes);
  if (takenBack?.action !== "accept") return undone;
  for (const concept of await stores.concepts.findByTerm({ projectId: request.projectId, text: undone.text })) {
    const [term, ...others] = concept.terms;
    if (!term || others.length > 0 || term.status !== "proposed") continue;
    await stores.concepts.changeStatus({
      author: request.author,
      at: clock(),
      termId: term.id,
      baseRevision: term.revision,
      status: "rejected",
      reason: request.reason,
    });
  }
  return undone;
}

/**
 * Extraction over a project's documents.
 *
 * A run reads the source documents that are not removed, leaves excluded paragraphs out, works in a thread and
 * stores its list whole. What was decided about its candidates is in candidate-decisions.ts.
 */
import { MOST_CHARACTERS, countCharacters } from "../extraction/extract-formulations.ts";
import type { Job } from "../model/job.ts";
import type { Application } from "./application.ts";
import { toExtractionDocument } from "./extraction-document.ts";
import { inProjectTurn } from "./project-turns.ts";

export type CandidateRequest = { readonly projectId: string; readonly author: string };

async function loadSourceDocuments(application: Application, projectId: string) {
  const { documents } = application.stores;
  const listed = await documents.list({ projectId, side: "source" });
  const loaded = await Promise.all(listed.map((summary) => documents.find(summary.id)));
  return loaded.filter((document) => document !== undefined);
}

/** The extraction that waits or runs in the project. */
async function findRunningExtraction(application: Application, projectId: string): Promise<Job | undefined> {
  const jobs = await application.jobs.list(projectId);
  return jobs.find(({ kind, state }) => kind === "extract" && (state === "waiting" || state === "running"));
}

export type ExtractionRequest = CandidateRequest & {
  /** How the job is named to people. */
  readonly label?: string;
  /** Most UTF-16 units that are read together. */
  readonly most?: number;
};

export type ExtractionStart =
  | { readonly kind: "started"; readonly job: Job }
  | { readonly kind: "too-large"; readonly characters: number; readonly most: number };

/**
 * Starts an extraction job over all source documents; its result is the id of the run. While one is under way, that
 * one is answered. More text than one run can hold starts nothing.
 */
export function startExtraction(application: Application, request: ExtractionRequest): Promise<ExtractionStart> {
  return inProjectTurn(application, request.projectId, () => startOnce(application, request));
}

async function startOnce(
  application: Application,
  { projectId, label, most = MOST_CHARACTERS }: ExtractionRequest,
): Promise<ExtractionStart> {
  const { stores, jobs, clock } = application;
  const running = await findRunningExtraction(application, projectId);
  if (running) return { kind: "started", job: running };
  const documents = await loadSourceDocuments(application, projectId);
  const read = documents.map((document) => toExtractionDocument(document));
  const characters = countCharacters(read);
  if (characters > most) return { kind: "too-large", characters, most };
  const { concepts } = await stores.concepts.loadGlossary(projectId);
  const glossaryTerms = concepts.flatMap((concept) =>
    concept.terms.filter((term) => term.language.startsWith("zh") && term.status !== "rejected").map((term) => term.text),
  );
  const job = await jobs.start({
    projectId,
    kind: "extract",
    label: label ?? String(documents.length),
    task: "extract",
    input: { documents: read, glossaryTerms },
    finish: async ({ copies, ...result }) => {
      const run = await stores.extraction.saveRun({
        projectId,
        documentIds: documents.map((document) => document.id),
        parameters: { copies, revisions: Object.fromEntries(documents.map(({ id, revision }) => [id, revision])) },
        createdAt: clock(),
        result,
      });
      return run.id;
    },
  });
  return { kind: "started", job };
}

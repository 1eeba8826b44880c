/**
 * Analysis of documents of a project, as a job: what the set says of itself in a worker, then what the memories say, here.
 * Without that, a row that was confirmed would be found as a match of itself, so units of a document that is analysed do
 * not count. The latest analysis of a project is kept with it.
 */
import type { Job } from "../model/job.ts";
import type { IsoInstant } from "../model/span.ts";
import { countBands } from "../memory/analyse-segments.ts";
import type { AnalysedText, Analysis } from "../memory/analyse-segments.ts";
import { matchTexts } from "./analyse-memory.ts";
import type { Application } from "./application.ts";

export type DocumentAnalysisRequest = {
  readonly projectId: string;
  /** In the order in which they are counted. */
  readonly documentIds: readonly string[];
  readonly memoryIds?: readonly string[] | undefined;
  readonly isInternalCounted: boolean;
  readonly label: string;
};

export type DocumentAnalysis = {
  /** The job that made it. */
  readonly id: string;
  readonly madeAt: IsoInstant;
  readonly documentIds: readonly string[];
  readonly memories: readonly string[];
  readonly isInternalCounted: boolean;
  readonly milliseconds: number;
  readonly analysis: Analysis;
};

const KEPT = "analysis";

/** Undefined when there is no such project or no document of it is named. */
export async function startDocumentAnalysis(
  application: Application,
  request: DocumentAnalysisRequest,
): Promise<Job | undefined> {
  const { stores, jobs, clock } = application;
  const { projectId, documentIds, memoryIds, isInternalCounted } = request;
  const texts = await readTexts(application, request);
  if (texts.length === 0) return undefined;
  const start = performance.now();
  const memories = (await stores.memories.list(projectId)).filter(({ id }) => !memoryIds || memoryIds.includes(id));
  return jobs.start({
    projectId,
    kind: "analyse",
    label: request.label,
    task: "judgeInside",
    input: { texts, isInternalCounted },
    finish: async (inside, { job, report, signal }) => {
      const exceptDocuments = new Set(documentIds);
      const matches = await matchTexts(application, { projectId, texts, memoryIds, exceptDocuments, report, signal });
      const value = {
        id: job.id,
        madeAt: clock(),
        documentIds,
        memories: memories.map(({ name }) => name),
        isInternalCounted,
        milliseconds: Math.round(performance.now() - start),
        analysis: countBands(texts, { inside, matches }),
      } satisfies DocumentAnalysis;
      await stores.settings.save({ key: KEPT, projectId, value });
      return job.id;
    },
  });
}

/** The latest one; undefined when there is none yet. */
export async function findDocumentAnalysis({ stores }: Application, projectId: string): Promise<DocumentAnalysis | undefined> {
  return (await stores.settings.find(KEPT, projectId)) as DocumentAnalysis | undefined;
}

async function readTexts(
  { stores }: Application,
  { projectId, documentIds }: DocumentAnalysisRequest,
): Promise<readonly AnalysedText[]> {
  const texts: AnalysedText[] = [];
  for (const id of documentIds) {
    const document = await stores.documents.findSummary(id);
    if (document?.projectId !== projectId) continue;
    const rows = await stores.segments.list({ documentId: id });
    const segments = rows.filter(({ kind }) => kind === "segment").map(({ source }) => ({ text: source }));
    texts.push({ name: document.title, language: document.language, segments });
  }
  return texts;
}

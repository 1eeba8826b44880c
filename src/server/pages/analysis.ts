/** Analysis: documents are chosen, counted as a job, and shown by match band; the counts as CSV and JSON. */
import { Router } from "express";
import type { Request } from "express";
import { z } from "zod";
import { findDocumentAnalysis, startDocumentAnalysis } from "../../workflow/analyse-documents.ts";
import { AMOUNTS, formatAnalysisCsv, formatAnalysisJson } from "../../workflow/analysis-report.ts";
import type { AnalysisWords } from "../../workflow/analysis-report.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { sendDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";

const MOST_DOCUMENTS = 5000;
const id = z.string().min(1).max(200);
export const analysisInput = z.object({
  documents: z.array(id).min(1).max(MOST_DOCUMENTS),
  /** All memories when absent. */
  memories: z.array(id).max(1000).optional(),
  internal: z.boolean(),
});
const report = z.object({ format: z.enum(["csv", "json"]) });
const MEDIA_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

export function analysisRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;

  router.get("/p/:project/analysis", async (request, response) => {
    const project = projectOf(response);
    const documents = (await stores.documents.list({ projectId: project.id })).filter(({ side }) => side === "source");
    const memories = await stores.memories.list(project.id);
    await context.render(request, response, {
      page: "analysis",
      title: request.t("analysis:title"),
      area: "memory",
      workbench: true,
      strings: ["analysis"],
      data: { documents, memories },
      clientData: { amounts: AMOUNTS },
    });
  });

  router.post("/api/p/:project/analysis", async (request, response) => {
    const { documents, memories, internal } = analysisInput.parse(request.body);
    const project = projectOf(response);
    const job = await startDocumentAnalysis(application, {
      projectId: project.id,
      documentIds: [...new Set(documents)],
      memoryIds: memories,
      isInternalCounted: internal,
      label: project.name,
    });
    if (!job) throw new RequestError("document-not-found");
    response.status(202).json({ job: job.id });
  });

  router.get("/api/p/:project/analysis", async (_request, response) => {
    const found = await findDocumentAnalysis(application, projectOf(response).id);
    response.set("Cache-Control", "no-store").json(found ? { state: "ready", ...found } : { state: "none" });
  });

  router.get("/p/:project/analysis/report", async (request, response) => {
    const { format } = report.parse(request.query);
    const project = projectOf(response);
    const found = await findDocumentAnalysis(application, project.id);
    if (!found) throw new RequestError("not-found");
    const text = format === "csv" ? formatAnalysisCsv(found.analysis, wordsOf(request)) : formatAnalysisJson(found.analysis);
    sendDownload(response, {
      name: `${project.name} · ${request.t("analysis:title")}.${format}`,
      mediaType: MEDIA_TYPES[format],
      text,
    });
  });

  return router;
}

function wordsOf(request: Request): AnalysisWords {
  return {
    band: (band) => request.t(`analysis:band.${band}`),
    column: (name) => request.t(`analysis:column.${name}`),
    total: request.t("analysis:total"),
  };
}

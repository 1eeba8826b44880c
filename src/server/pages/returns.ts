/** What came back from other tools: a translated XLIFF taken over row by row, a memory imported with consent. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { findMemoryResult, startMemoryImport, startMemoryRemoval } from "../../workflow/import-memory.ts";
import { openTranslation, receiveReturn, takeTranslations, undoTaking } from "../../workflow/return-translations.ts";
import { discardReturn, findReturn } from "../../workflow/returns.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { receiveFiles, uploadsOf } from "../uploads.ts";
import { showMemory, showResult, showStale, showTranslation } from "../view-models/returns.ts";

const taking = z.object({
  rows: z.array(z.object({ at: z.int().min(0), revision: z.int().min(0) })).max(1_000_000),
  confirmDrafts: z.boolean(),
});
const memoryWish = z.union([
  z.object({ memoryId: z.string().max(100) }),
  z.object({ name: z.string().trim().min(1).max(200), penalty: z.int().min(0).max(100) }),
]);

export function returnRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const placeOf = (request: Request, response: Response) => ({
    projectId: projectOf(response).id,
    id: parameter(request, "return"),
  });
  const signed = (request: Request, response: Response) => ({
    ...placeOf(request, response),
    author: context.authorOf(request),
  });

  router.post("/api/p/:project/returns", receiveFiles(context), async (request, response) => {
    const [file] = uploadsOf(request);
    if (!file) throw new RequestError("no-files");
    const projectId = projectOf(response).id;
    const outcome = await receiveReturn(application, { projectId, author: context.authorOf(request), file });
    if (outcome.kind === "refused") {
      return void response.json({ refused: outcome.code, diagnostics: outcome.diagnostics });
    }
    response.status(201).json({ address: `/p/${encodeURIComponent(projectId)}/returns/${outcome.id}` });
  });

  router.get("/p/:project/returns/:return", async (request, response) => {
    const record = await findReturn(application, placeOf(request, response));
    if (!record) throw new RequestError("preview-not-found");
    const project = projectOf(response);
    const memories = (await application.stores.memories.list(project.id)).filter(({ readOnly }) => !readOnly);
    const isMemory = record.kind === "memory";
    await context.render(request, response, {
      page: isMemory ? "memory-import" : "translation-import",
      title: request.t(isMemory ? "returns:memory.title" : "returns:title"),
      area: isMemory ? "memory" : "export",
      workbench: !isMemory,
      strings: ["returns", "export", "diagnostics", "losses"],
      data: { record, memories },
      clientData: {
        return: record.id,
        sourceLanguage: project.sourceLanguage,
        targetLanguage: project.targetLanguage,
      },
    });
  });

  router.get("/api/p/:project/returns/:return", async (request, response) => {
    const place = placeOf(request, response);
    const record = await findReturn(application, place);
    response.set("Cache-Control", "no-store");
    if (record?.kind === "memory") {
      return void response.json(showMemory(record, await findMemoryResult(application, record)));
    }
    const open = await openTranslation(application, place);
    if (!open) throw new RequestError("preview-not-found");
    response.json(await showTranslation(application, open));
  });

  router.post("/api/p/:project/returns/:return/take", async (request, response) => {
    const outcome = await takeTranslations(application, { ...signed(request, response), ...taking.parse(request.body) });
    if (!outcome) throw new RequestError("preview-not-found");
    response.json({ result: showResult(outcome.result), stale: showStale(outcome.stale) });
  });

  router.post("/api/p/:project/returns/:return/undo", async (request, response) => {
    const asked = signed(request, response);
    const record = await findReturn(application, asked);
    if (record?.kind === "memory") {
      const job = await startMemoryRemoval(application, asked);
      if (!job) throw new RequestError("not-found");
      return void response.status(202).json({ job: job.id });
    }
    const result = await undoTaking(application, asked);
    if (!result) throw new RequestError("not-found");
    response.json({ result: showResult(result) });
  });

  router.post("/api/p/:project/returns/:return/memory", async (request, response) => {
    const into = memoryWish.parse(request.body);
    const outcome = await startMemoryImport(application, { ...signed(request, response), into });
    if (outcome.kind === "started") return void response.status(202).json({ job: outcome.job.id });
    if (outcome.code === "not-found") throw new RequestError("preview-not-found");
    response.json({ refused: outcome.code });
  });

  router.post("/api/p/:project/returns/:return/discard", async (request, response) => {
    const place = placeOf(request, response);
    const record = await findReturn(application, place);
    if (!record) throw new RequestError("preview-not-found");
    if (record.kind === "memory" && record.jobId !== undefined) await application.jobs.cancel(record.jobId);
    await discardReturn(application, place);
    response.status(204).end();
  });

  return router;
}

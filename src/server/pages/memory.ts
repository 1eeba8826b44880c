/** The memories of a project: the page, and the interface behind it for memories, imports and other steps, and figures. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Router } from "express";
import { z } from "zod";
import { changeMemory, createMemory, lendMemory, listMemories, removeMemory, restoreMemory } from "../../workflow/memory-care.ts";
import type { CareOutcome } from "../../workflow/memory-care.ts";
import { openMemoryDownload } from "../../workflow/memory-export.ts";
import { findStatistics } from "../../workflow/memory-statistics.ts";
import { listStepChanges, listSteps, startStepUndo } from "../../workflow/memory-steps.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { setDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILE_BYTES } from "../uploads.ts";
import { settingsInput } from "./memory-input.ts";
import { memoryUnitRoutes } from "./memory-units.ts";

const CHANGES_SHOWN = 50;

export const stepListing = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const lendInput = z.object({ memory: z.string().max(200) });

/** The end of the chain of undos that the person saw. */
export const undoInput = z.object({ seen: z.string().max(200).optional() });

export function memoryRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  router.use(memoryUnitRoutes(context));

  router.get("/p/:project/memory", async (request, response) => {
    const { id, sourceLanguage, targetLanguage } = projectOf(response);
    await context.render(request, response, {
      page: "memory",
      title: request.t("memory:title"),
      area: "memory",
      workbench: true,
      strings: ["memory"],
      clientData: {
        overview: await listMemories(application, id),
        sourceLanguage,
        targetLanguage,
        maxFileBytes: MAX_FILE_BYTES,
      },
    });
  });

  const answer = (outcome: CareOutcome) => {
    if (outcome.kind === "done") return { memory: outcome.memory };
    if (outcome.code === "not-found") throw new RequestError("not-found");
    return { refused: outcome.code };
  };

  router.get("/api/p/:project/memories", async (_request, response) => {
    response.set("Cache-Control", "no-store").json(await listMemories(application, projectOf(response).id));
  });

  router.post("/api/p/:project/memories", async (request, response) => {
    const given = settingsInput.parse(request.body);
    response.json(answer(await createMemory(application, { name: "", ...given, projectId: projectOf(response).id })));
  });

  router.post("/api/p/:project/memories/lend", async (request, response) => {
    const { memory: memoryId } = lendInput.parse(request.body);
    const place = { projectId: projectOf(response).id, memoryId, author: context.authorOf(request) };
    response.json(answer(await lendMemory(application, place)));
  });

  router.post("/api/p/:project/memories/:memory", async (request, response) => {
    const place = { projectId: projectOf(response).id, id: parameter(request, "memory"), author: context.authorOf(request) };
    response.json(answer(await changeMemory(application, { ...settingsInput.parse(request.body), ...place })));
  });

  router.post("/api/p/:project/memories/:memory/remove", async (request, response) => {
    const place = { projectId: projectOf(response).id, id: parameter(request, "memory") };
    response.json(answer(await removeMemory(application, place)));
  });

  router.post("/api/p/:project/memories/:memory/restore", async (request, response) => {
    const place = { projectId: projectOf(response).id, id: parameter(request, "memory") };
    response.json(answer(await restoreMemory(application, place)));
  });

  // "all": every memory of the project together.
  router.get("/api/p/:project/memories/:memory/statistics", async (request, response) => {
    const memory = parameter(request, "memory");
    const place = { projectId: projectOf(response).id, memoryId: memory === "all" ? undefined : memory };
    const statistics = await findStatistics(application, place);
    if (!statistics) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json(statistics);
  });

  router.get("/p/:project/memories/:memory/tmx", async (request, response) => {
    const place = { projectId: projectOf(response).id, memoryId: parameter(request, "memory") };
    const download = await openMemoryDownload(application, { ...place, toolVersion: context.version });
    if (!download) throw new RequestError("not-found");
    setDownload(response, { name: `${download.memory.name}.tmx`, mediaType: "application/xml; charset=utf-8" });
    await pipeline(Readable.from(download.pieces), response);
  });

  router.get("/api/p/:project/memory-steps", async (request, response) => {
    const page = stepListing.parse(request.query);
    response.set("Cache-Control", "no-store").json(await listSteps(application, projectOf(response).id, page));
  });

  router.get("/api/p/:project/memory-steps/:step/changes", async (request, response) => {
    const place = { projectId: projectOf(response).id, stepId: parameter(request, "step"), limit: CHANGES_SHOWN };
    const changes = await listStepChanges(application, place);
    if (!changes) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json({ changes });
  });

  router.post("/api/p/:project/memory-steps/:step/undo", async (request, response) => {
    const place = { projectId: projectOf(response).id, stepId: parameter(request, "step") };
    const { seen } = undoInput.parse(request.body ?? {});
    const job = await startStepUndo(application, { ...place, seen, author: context.authorOf(request) });
    if (!job) throw new RequestError("not-found");
    response.status(202).json({ job: job.id });
  });

  return router;
}

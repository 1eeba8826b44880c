/** Receiving files, showing what an import would make of them, keeping the person's changes, accepting. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { acceptImport, openPreview, previewImport } from "../../workflow/import.ts";
import { discardPreview, findPreview, saveChoices } from "../../workflow/import-previews.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILES, MAX_FILE_BYTES, receiveFiles, uploadsOf } from "../uploads.ts";
import { showPreview } from "./import-view.ts";

const MAX_PARAGRAPHS = 500;
const day = z.iso.date();
const paragraph = z.int().min(0);

const documentChoice = z.object({
  accepted: z.boolean(),
  first: paragraph,
  end: paragraph,
  title: z.string().max(1000),
  date: day.optional(),
  body: z.string().max(300).optional(),
  language: z.string().min(2).max(35),
  side: z.enum(["source", "target"]),
});
const fileChoices = z.array(
  z.object({ documents: z.array(documentChoice), rejectedJoins: z.array(paragraph), rejectedExclusions: z.array(paragraph) }),
);

export function importRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const placeOf = (request: Request, response: Response) => ({
    dataFolder: application.dataFolder,
    projectId: projectOf(response).id,
    id: parameter(request, "preview"),
  });

  router.post("/api/p/:project/imports", receiveFiles(context), async (request, response) => {
    const files = uploadsOf(request);
    if (files.length === 0) throw new RequestError("no-files");
    const preview = await previewImport(application, {
      projectId: projectOf(response).id,
      author: context.authorOf(request),
      files,
    });
    const address = `/p/${encodeURIComponent(preview.projectId)}/imports/${preview.id}`;
    response.status(201).json({ preview: preview.id, job: preview.jobId, address });
  });

  router.get("/p/:project/imports/:preview", async (request, response) => {
    const preview = await findPreview(placeOf(request, response));
    if (!preview) throw new RequestError("preview-not-found");
    await context.render(request, response, {
      page: "import",
      title: request.t("import:title"),
      area: "library",
      workbench: true,
      strings: ["library", "import", "diagnostics"],
      data: {
        preview,
        // Files that the browser did not send because they are too large.
        left: Number(query(request, "left") ?? 0) || 0,
        megabytes: MAX_FILE_BYTES / 1024 / 1024,
        maxFiles: MAX_FILES,
      },
      clientData: { preview: preview.id, job: preview.jobId },
    });
  });

  router.get("/api/p/:project/imports/:preview", async (request, response) => {
    const place = placeOf(request, response);
    const open = await openPreview(application, place);
    if (open) return void response.json(await showPreview(application, open));
    const preview = await findPreview(place);
    if (!preview) throw new RequestError("preview-not-found");
    const job = preview.jobId === undefined ? undefined : await application.jobs.find(preview.jobId);
    response.json({ state: job?.state === "waiting" || job?.state === "running" ? "reading" : "failed", error: job?.error });
  });

  router.get("/api/p/:project/imports/:preview/files/:file/paragraphs", async (request, response) => {
    const open = await openPreview(application, placeOf(request, response));
    const proposal = open?.proposals[Number(parameter(request, "file"))];
    if (!proposal) throw new RequestError("preview-not-found");
    const first = Number(query(request, "first") ?? 0);
    const end = Math.min(Number(query(request, "end") ?? first + MAX_PARAGRAPHS), first + MAX_PARAGRAPHS);
    response.json({
      paragraphs: proposal.paragraphs
        .slice(first, end)
        .map(({ text, line }, at) => ({ number: first + at, text: text.trim(), line })),
    });
  });

  router.put("/api/p/:project/imports/:preview/choices", async (request, response) => {
    const place = placeOf(request, response);
    if (!(await findPreview(place))) throw new RequestError("preview-not-found");
    await saveChoices(place, fileChoices.parse(request.body));
    response.status(204).end();
  });

  router.post("/api/p/:project/imports/:preview/accept", async (request, response) => {
    const { choices } = z.object({ choices: fileChoices }).parse(request.body);
    const outcome = await acceptImport(application, {
      ...placeOf(request, response),
      author: context.authorOf(request),
      choices,
    });
    if (outcome.kind === "not-found") throw new RequestError("preview-not-found");
    if (outcome.kind === "unfit") throw new RequestError("bad-request", { place: `choices.${String(outcome.file)}` });
    response.json({ documents: outcome.documents.map(({ id }) => id) });
  });

  router.post("/api/p/:project/imports/:preview/discard", async (request, response) => {
    const place = placeOf(request, response);
    const preview = await findPreview(place);
    if (!preview) throw new RequestError("preview-not-found");
    if (preview.jobId !== undefined) await application.jobs.cancel(preview.jobId);
    await discardPreview(place);
    response.status(204).end();
  });

  return router;
}

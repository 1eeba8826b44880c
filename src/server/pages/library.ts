/** S1, the library: the documents of a project, what stands behind each, taking one out and bringing it back. */
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { Router } from "express";
import type { Request, Response } from "express";
import { listPreviews } from "../../workflow/import-previews.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILES, MAX_FILE_BYTES } from "../uploads.ts";
import { listLibrary } from "./library-view.ts";

export function libraryRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;

  router.get("/p/:project/library", async (request, response) => {
    const project = projectOf(response);
    const rows = await listLibrary(application, project);
    const previews = await listPreviews(application.dataFolder, project.id);
    await context.render(request, response, {
      page: "library",
      title: request.t("library:title"),
      area: "library",
      workbench: true,
      strings: ["library"],
      data: { rows, previews },
      clientData: { maxFiles: MAX_FILES, maxFileBytes: MAX_FILE_BYTES },
    });
  });

  router.post("/api/p/:project/documents/:document/remove", async (request, response) => {
    const { id } = await getDocument(request, response);
    await stores.documents.remove(id, { author: context.authorOf(request), at: application.clock() });
    response.status(204).end();
  });

  router.post("/api/p/:project/documents/:document/restore", async (request, response) => {
    const { id } = await getDocument(request, response);
    await stores.documents.restore(id, { author: context.authorOf(request), at: application.clock() });
    response.status(204).end();
  });

  // The bytes as they were received: never shown in the page's own origin, always saved.
  router.get("/p/:project/documents/:document/original", async (request, response) => {
    const { fileId } = await getDocument(request, response);
    const file = fileId === undefined ? undefined : await stores.files.find(fileId);
    if (!file) throw new RequestError("document-not-found");
    response.attachment(file.name);
    response.set({
      "Content-Type": "application/octet-stream",
      "Content-Length": String(file.size),
      "Cache-Control": "no-store",
    });
    await pipeline(Readable.from(stores.files.readBytes(file.id)), response);
  });

  async function getDocument(request: Request, response: Response) {
    const document = await stores.documents.findSummary(parameter(request, "document"));
    if (document?.projectId !== projectOf(response).id) throw new RequestError("document-not-found");
    return document;
  }

  return router;
}

/** S1, the library: the documents of a project, what stands behind each, and taking one out. */
import { Router } from "express";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";

export function libraryRoutes(context: ServerContext): Router {
  const router = Router();
  const { stores } = context.application;

  router.get("/p/:project/library", async (request, response) => {
    const documents = await stores.documents.list({ projectId: projectOf(response).id });
    await context.render(request, response, {
      page: "library",
      title: request.t("library:title"),
      area: "library",
      workbench: true,
      strings: ["library"],
      data: { documents },
    });
  });

  return router;
}

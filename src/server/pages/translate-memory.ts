/** The memory for a whole paragraph or text: similar paragraphs, pre-translation and back. Part of S6. */
import type { Request, Response, Router } from "express";
import { z } from "zod";
import type { StoredRow, TranslationRows } from "../../workflow/translations.ts";
import { findPretranslation, startPretranslation, undoPretranslation } from "../../workflow/pretranslate.ts";
import { similarParagraphs } from "../../workflow/similar-paragraphs.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { viewRow } from "../view-models/translate.ts";
import { viewSimilar } from "../view-models/translate-similar.ts";

export const pretranslationInput = z.object({ threshold: z.number().min(50).max(101), isTrial: z.boolean() });

export type Getters = {
  readonly getSegment: (request: Request, response: Response) => Promise<StoredRow>;
  readonly getDocument: (request: Request, response: Response) => Promise<TranslationRows["document"]>;
};

export function addMemoryRoutes(router: Router, context: ServerContext, { getSegment, getDocument }: Getters): void {
  const { application } = context;

  router.get("/api/p/:project/segments/:segment/similar-paragraphs", async (request, response) => {
    const segment = await getSegment(request, response);
    const { id } = projectOf(response);
    response.json(viewSimilar(await similarParagraphs(application, { projectId: id, segment }), id));
  });

  const base = "/api/p/:project/documents/:document/pretranslation";

  router.get(base, async (request, response) => {
    const { id, projectId } = await getDocument(request, response);
    response.json({ rows: await findPretranslation(application, { projectId, documentId: id }) });
  });

  router.post(base, async (request, response) => {
    const { id, projectId, title } = await getDocument(request, response);
    const { threshold, isTrial } = pretranslationInput.parse(request.body);
    const author = context.authorOf(request);
    const job = await startPretranslation(application, { projectId, documentId: id, threshold, isTrial, author }, title);
    response.status(202).json({ job: job.id });
  });

  router.post(`${base}/undo`, async (request, response) => {
    const { id, projectId } = await getDocument(request, response);
    const emptied = await undoPretranslation(application, { projectId, documentId: id, author: context.authorOf(request) });
    response.json({ rows: emptied.map(viewRow) });
  });
}

/** A glossary file: received, shown as what it would change, accepted or discarded. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import {
  acceptGlossary,
  changeReading,
  discardGlossary,
  findPendingGlossary,
  openGlossaryPreview,
  receiveGlossary,
} from "../../workflow/glossary-previews.ts";
import { DELIMITERS, ENCODINGS, GLOSSARY_FILE_FORMATS } from "../../workflow/glossary-file.ts";
import { GLOSSARY_FIELDS } from "../../workflow/glossary.ts";
import type { GlossaryFileFormat } from "../../workflow/glossary-file.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { receiveFiles, uploadsOf } from "../uploads.ts";
import { buildImportView } from "../view-models/glossary-import.ts";

export const importReading = z.object({
  format: z.enum(GLOSSARY_FILE_FORMATS as [GlossaryFileFormat, ...GlossaryFileFormat[]]).optional(),
  encoding: z.enum(ENCODINGS as [string, ...string[]]).optional(),
  delimiter: z.enum(DELIMITERS as [string, ...string[]]).optional(),
  sheet: z.string().max(200).optional(),
  hasHeader: z.boolean().optional(),
  /** By the number of the column. */
  columns: z.record(z.string().regex(/^\d{1,3}$/), z.string().max(40)).optional(),
});

export const acceptance = z.object({ acceptErrors: z.boolean(), statuses: z.enum(["keep", "take"]) });

export function glossaryImportRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const imports = "/api/p/:project/glossary-imports";

  router.post(imports, receiveFiles(context), async (request, response) => {
    const [file] = uploadsOf(request);
    if (!file) throw new RequestError("no-files");
    const author = context.authorOf(request);
    const pending = await receiveGlossary(application, { projectId: projectOf(response).id, author, file });
    const address = `/p/${encodeURIComponent(pending.projectId)}/glossary-imports/${pending.id}`;
    response.status(201).json({ id: pending.id, address });
  });

  router.get("/p/:project/glossary-imports/:import", async (request, response) => {
    const pending = await findPendingGlossary(application, placeOf(request, response));
    if (!pending) throw new RequestError("preview-not-found");
    await context.render(request, response, {
      page: "glossary-import",
      title: request.t("glossary:import.title"),
      area: "glossary",
      workbench: true,
      strings: ["glossary", "glossary-files", "diagnostics", "refusals"],
      data: { pending },
      clientData: {
        id: pending.id,
        accepted: pending.accepted,
        reading: pending.reading,
        languages: [projectOf(response).sourceLanguage, projectOf(response).targetLanguage],
        choices: { formats: GLOSSARY_FILE_FORMATS, encodings: ENCODINGS, delimiters: DELIMITERS, fields: GLOSSARY_FIELDS },
      },
    });
  });

  router.get(`${imports}/:import`, async (request, response) => {
    const preview = await openGlossaryPreview(application, placeOf(request, response));
    if (!preview) throw new RequestError("preview-not-found");
    response.json(buildImportView(preview, projectOf(response)));
  });

  router.post(`${imports}/:import/reading`, async (request, response) => {
    const wanted = Object.fromEntries(
      Object.entries(importReading.parse(request.body)).filter(([, value]) => value !== undefined),
    );
    if (!(await changeReading(application, { ...placeOf(request, response), reading: wanted })))
      throw new RequestError("conflict");
    response.status(204).end();
  });

  router.post(`${imports}/:import/accept`, async (request, response) => {
    const outcome = await acceptGlossary(application, {
      ...placeOf(request, response),
      ...acceptance.parse(request.body),
      author: context.authorOf(request),
    });
    if (outcome.kind === "not-found") throw new RequestError("preview-not-found");
    if (outcome.kind !== "accepted") throw new RequestError("conflict");
    response.json(outcome.summary);
  });

  router.post(`${imports}/:import/discard`, async (request, response) => {
    if (!(await discardGlossary(application, placeOf(request, response)))) throw new RequestError("preview-not-found");
    response.status(204).end();
  });

  function placeOf(request: Request, response: Response) {
    return { projectId: projectOf(response).id, id: parameter(request, "import") };
  }

  return router;
}

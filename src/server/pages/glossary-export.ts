/** The glossary as a file for other tools: every format with what it would lose, said before anything is downloaded. */
import { Router } from "express";
import { z } from "zod";
import { GLOSSARY_FORMATS, describeGlossaryExport, exportGlossary } from "../../workflow/glossary-export.ts";
import type { GlossaryFormat } from "../../workflow/glossary-export.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { setDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";

export const exportWish = z.object({
  format: z.enum(GLOSSARY_FORMATS as [GlossaryFormat, ...GlossaryFormat[]]),
  for: z.literal("spreadsheets").optional(),
  history: z.literal("yes").optional(),
});

const MEDIA_TYPES: Readonly<Partial<Record<GlossaryFormat, string>>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  tsv: "text/tab-separated-values; charset=utf-8",
  utx: "text/plain; charset=utf-8",
  omegat: "text/plain; charset=utf-8",
};

/** Formats that say who made and changed an entry. */
const WITH_HISTORY = new Set<GlossaryFormat>(["tbx-basic", "tbx-basic-dct", "tbx2"]);

export function glossaryExportRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/glossary-export", async (request, response) => {
    const described = await describeGlossaryExport(application, projectOf(response).id);
    if (!described) throw new RequestError("project-not-found");
    await context.render(request, response, {
      page: "glossary-export",
      title: request.t("glossary-files:export.title"),
      area: "glossary",
      data: { ...described, withHistory: WITH_HISTORY },
    });
  });

  router.get("/p/:project/glossary-export/file", async (request, response) => {
    const { format, for: reader, history } = exportWish.parse(request.query);
    const table = reader === "spreadsheets" ? { bom: true, neutraliseFormulas: true } : {};
    const projectId = projectOf(response).id;
    const file = await exportGlossary(application, { projectId, format, withHistory: history === "yes", ...table });
    if (!file) throw new RequestError("project-not-found");
    setDownload(response, { name: file.name, mediaType: MEDIA_TYPES[format] ?? "application/x-tbx+xml; charset=utf-8" });
    response.send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
  });

  return router;
}

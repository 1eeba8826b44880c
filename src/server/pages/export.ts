/** Export: documents, memory and glossary as files for other tools, with what each format loses said before. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Router } from "express";
import { z } from "zod";
import { describeExport, openDownload } from "../../workflow/export-downloads.ts";
import { EXPORT_FORMATS } from "../../workflow/export-files.ts";
import { listReturns } from "../../workflow/returns.ts";
import { projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { sendDownload, setDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILE_BYTES } from "../uploads.ts";
import { listExportDocuments, showOffers } from "../view-models/export.ts";

const PROFILES = ["trados", "memoq", "phrase", "omegat"] as const;
const documents = z
  .union([z.string(), z.array(z.string()).max(5000)])
  .optional()
  .transform((value) => (value === undefined ? undefined : [value].flat()));
const wish = z.object({ document: documents, profile: z.enum(PROFILES).optional() });
const download = wish.extend({
  format: z.enum(EXPORT_FORMATS as [string, ...string[]]).transform((value) => value as (typeof EXPORT_FORMATS)[number]),
  spreadsheet: z.literal("yes").optional(),
});

const MEDIA_TYPES: Readonly<Record<(typeof EXPORT_FORMATS)[number], string>> = {
  // As registered: xliff+xml for 1.2 and 2.0 alike; TMX has no registered type.
  xliff12: "application/xliff+xml; charset=utf-8",
  xliff20: "application/xliff+xml; charset=utf-8",
  tmx: "application/xml; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  tsv: "text/tab-separated-values; charset=utf-8",
  "glossary-csv": "text/csv; charset=utf-8",
  "xliff-json": "application/json; charset=utf-8",
};

export function exportRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/export", async (request, response) => {
    const project = projectOf(response);
    const list = await listExportDocuments(application, project.id);
    const wanted = query(request, "document");
    await context.render(request, response, {
      page: "export",
      title: request.t("export:title"),
      area: "export",
      strings: ["export", "losses", "diagnostics"],
      data: {
        documents: list,
        wanted: list.some(({ id }) => id === wanted) ? wanted : undefined,
        formats: EXPORT_FORMATS,
        profiles: PROFILES,
        returns: await listReturns(application, project.id),
      },
      clientData: { maxFileBytes: MAX_FILE_BYTES },
    });
  });

  router.get("/api/p/:project/export/offers", async (request, response) => {
    const { document, profile } = wish.parse(request.query);
    const offers = await describeExport(application, {
      projectId: projectOf(response).id,
      toolVersion: context.version,
      ...(document ? { documentIds: document } : {}),
      ...(profile ? { profile } : {}),
    });
    if (!offers) throw new RequestError("project-not-found");
    response.set("Cache-Control", "no-store").json({ offers: showOffers(offers) });
  });

  router.get("/p/:project/export/file", async (request, response) => {
    const { document, profile, format, spreadsheet } = download.parse(request.query);
    const opened = await openDownload(application, {
      projectId: projectOf(response).id,
      format,
      toolVersion: context.version,
      ...(document ? { documentIds: document } : {}),
      ...(profile ? { profile } : {}),
      ...(spreadsheet ? { csv: { bom: true, neutraliseFormulas: true } } : {}),
    });
    if (!opened) throw new RequestError("not-found");
    const mediaType = MEDIA_TYPES[format];
    if (opened.kind === "file") return sendDownload(response, { name: opened.file.name, mediaType, text: opened.file.text });
    setDownload(response, { name: opened.name, mediaType });
    await pipeline(Readable.from(opened.pieces), response);
  });

  return router;
}

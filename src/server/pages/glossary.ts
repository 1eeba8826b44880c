/** The glossary: the list with its search, new entries, and the file that other tools take. */
import { Router } from "express";
import type { Request } from "express";
import type { z } from "zod";
import { openDownload } from "../../workflow/export-downloads.ts";
import { MOST_ENTRIES } from "../../workflow/glossary-bulk.ts";
import { GLOSSARY_FORMATS } from "../../workflow/glossary-export.ts";
import { countGlossaryNews } from "../../workflow/glossary-news.ts";
import { TODOS, countStatuses, loadFound, searchGlossary } from "../../workflow/glossary-search.ts";
import { CLASSES, KINDS, STATUSES, addEntry } from "../../workflow/glossary.ts";
import { findVettingRules } from "../../workflow/vetting-rules.ts";
import { projectOf, query } from "../context.ts";
import type { Project, ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILE_BYTES } from "../uploads.ts";
import { buildRow } from "../view-models/glossary.ts";
import { glossaryBulkRoutes } from "./glossary-bulk.ts";
import { toSearch } from "./glossary-query.ts";
import { conceptRoutes } from "./concept.ts";
import { glossaryApiRoutes } from "./glossary-api.ts";
import { filters, newEntryInput, refuse, toAttestation } from "./glossary-input.ts";
import { glossaryExportRoutes } from "./glossary-export.ts";
import { glossaryImportRoutes } from "./glossary-import.ts";
import { whyRoutes } from "./why.ts";

const PAGE = 100;

export function glossaryRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  router.use(glossaryImportRoutes(context));
  router.use(glossaryExportRoutes(context));
  router.use(glossaryApiRoutes(context));
  router.use(glossaryBulkRoutes(context));

  router.get("/p/:project/glossary", async (request, response) => {
    const project = projectOf(response);
    // A filter of an old address that no longer exists must not hide the list.
    const asked = filters.safeParse(request.query);
    const chosen = asked.success ? asked.data : {};
    const { facets, ...found } = await findRows(request, project, chosen);
    const { concepts } = application.stores;
    const rules = await findVettingRules(application, project.id);
    const news = await countGlossaryNews(application, { projectId: project.id, person: context.authorOf(request) });
    await context.render(request, response, {
      page: "glossary",
      title: request.t("glossary:title"),
      area: "glossary",
      workbench: true,
      strings: ["glossary", "glossary-files", "why"],
      data: { chosen, facets, todos: TODOS, statuses: STATUSES },
      clientData: {
        ...found,
        facets,
        chosen,
        sources: await concepts.listSources(project.id),
        rules,
        isFirstLook: news.since === undefined,
        most: MOST_ENTRIES,
        maxFileBytes: MAX_FILE_BYTES,
        languages: { source: project.sourceLanguage, target: project.targetLanguage },
        kinds: KINDS,
        classes: CLASSES,
        formats: GLOSSARY_FORMATS,
      },
    });
  });

  router.get("/api/p/:project/glossary", async (request, response) => {
    const { rows, total, offset } = await findRows(request, projectOf(response), filters.parse(request.query));
    response.json({ rows, total, offset });
  });

  router.get("/api/p/:project/glossary-counts", async (request, response) => {
    const { facets } = await findRows(request, projectOf(response), { ...filters.parse(request.query), limit: 1 });
    const { unsettled = 0, paraphrased = 0, waiting = 0 } = facets.status;
    response.json({ all: facets.all, unsettled, paraphrased, waiting, statuses: countStatuses(facets) });
  });

  router.post("/api/p/:project/glossary", async (request, response) => {
    const project = projectOf(response);
    const { rendering, domain, note, ...entry } = newEntryInput.parse(request.body);
    const cited = rendering?.attestation && (await toAttestation(application, project.id, rendering.attestation));
    const outcome = await addEntry(application, {
      ...entry,
      projectId: project.id,
      author: context.authorOf(request),
      ...(domain === undefined ? {} : { domain }),
      ...(note === undefined ? {} : { note }),
      ...(rendering && {
        rendering: {
          text: rendering.text,
          status: rendering.status,
          ...(rendering.usage === undefined ? {} : { usage: rendering.usage }),
          ...(cited ? { attestation: cited } : {}),
        },
      }),
    });
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    if (outcome.kind === "exists") throw refuse(request, "entry-exists", { concept: outcome.concept.id });
    response.status(201).json({ concept: outcome.concept.id });
  });

  // For spreadsheets: with a mark that says UTF-8, and cells that begin like a formula made harmless; the import undoes both.
  router.get("/p/:project/glossary.csv", async (request, response) => {
    const forSpreadsheets = query(request, "for") === "spreadsheets";
    const download = await openDownload(application, {
      projectId: projectOf(response).id,
      format: "glossary-csv",
      toolVersion: context.version,
      csv: { bom: forSpreadsheets, neutraliseFormulas: forSpreadsheets },
    });
    if (download?.kind !== "file") throw new RequestError("not-found");
    const { file } = download;
    response.attachment(file.name).set("Cache-Control", "no-store").type("text/csv; charset=utf-8").send(file.text);
  });

  async function findRows(request: Request, project: Project, chosen: z.infer<typeof filters>) {
    const { ids, facets } = await searchGlossary(application, toSearch(project, context.authorOf(request), chosen));
    const { offset = 0, limit = PAGE } = chosen;
    const found = await loadFound(application, project.id, ids.slice(offset, offset + limit));
    return { rows: found.map((concept) => buildRow(concept, project)), total: ids.length, offset, facets };
  }

  router.use(whyRoutes(context));
  router.use(conceptRoutes(context));
  return router;
}

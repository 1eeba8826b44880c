/** S6, Translate: the list of texts, the grid of one text, and what the grid asks for row by row. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { checkRow, helpForRow, markRows, scoreRows } from "../../workflow/translation-help.ts";
import { loadTranslation, saveRow } from "../../workflow/translations.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { createFormats } from "../formats.ts";
import { viewFinding, viewHelp, viewHistory, viewRow } from "../view-models/translate.ts";
import { listTranslations } from "../view-models/translate-list.ts";
import { addMemoryRoutes } from "./translate-memory.ts";
import { addRepeatRoutes } from "./translate-repeats.ts";
import { listUnderlines } from "../view-models/translate-marks.ts";

/** Rows that are asked for at once. */
const MOST_ROWS = 500;
const LONGEST_TARGET = 100_000;

const rangeSchema = z.object({
  from: z.coerce.number().int().min(0),
  count: z.coerce.number().int().min(1).max(MOST_ROWS),
});

const helpSchema = z.object({ threshold: z.coerce.number().min(1).max(100).optional() });

const saveSchema = z
  .object({
    target: z.string().max(LONGEST_TARGET),
    state: z.enum(["initial", "translated", "reviewed", "final"]),
    origin: z.enum(["typed", "memory", "alignment", "import"]),
    baseRevision: z.number().int().min(0),
  })
  .refine(({ target, state }) => state === "initial" || target.trim() !== "", { path: ["target"] });

export function translateRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;

  router.get("/p/:project/translate", async (request, response) => {
    const project = projectOf(response);
    const id = query(request, "document");
    if (id === undefined) {
      const rows = await listTranslations(application, project);
      const title = request.t("translate:list.title");
      return context.render(request, response, {
        page: "translate-list",
        title,
        area: "translate",
        workbench: true,
        data: { rows },
      });
    }
    const document = await stores.documents.findSummary(id);
    if (document?.projectId !== project.id || document.side !== "source" || document.removedAt !== undefined)
      throw new RequestError("document-not-found");
    const { lang } = createFormats("en");
    const languages = { sourceLanguage: lang(document.language), targetLanguage: lang(project.targetLanguage) };
    await context.render(request, response, {
      page: "translate",
      title: document.title,
      area: "translate",
      workbench: true,
      strings: ["translate", "matches", "checks"],
      data: { document, ...languages },
      clientData: { document: document.id, rows: document.segmentCount, ...languages },
    });
  });

  router.get("/api/p/:project/documents/:document/rows", async (request, response) => {
    const { id } = await getDocument(request, response);
    const loaded = await loadTranslation(application, id);
    response.json({ rows: loaded?.rows.map(viewRow) ?? [] });
  });

  router.get("/api/p/:project/documents/:document/marks", async (request, response) => {
    const { id, projectId } = await getDocument(request, response);
    const { from, count } = rangeSchema.parse(request.query);
    const { version, rows } = await markRows(application, { projectId, documentId: id, offset: from, limit: count });
    response.json({
      version,
      rows: rows.flatMap(({ id: row, matches }) => (matches.length > 0 ? [[row, listUnderlines(matches)]] : [])),
    });
  });

  router.get("/api/p/:project/documents/:document/scores", async (request, response) => {
    const { id, projectId } = await getDocument(request, response);
    const { from, count } = rangeSchema.parse(request.query);
    const scores = await scoreRows(application, { projectId, documentId: id, offset: from, limit: count });
    response.json({ scores: [...scores].map(([row, score]) => [row, Math.floor(score)]) });
  });

  router.get("/api/p/:project/segments/:segment/help", async (request, response) => {
    const segment = await getSegment(request, response);
    const { threshold } = helpSchema.parse(request.query);
    const project = projectOf(response);
    const help = await helpForRow(application, { projectId: project.id, segment, threshold });
    response.json(viewHelp(help, project.targetLanguage));
  });

  router.get("/api/p/:project/segments/:segment/history", async (request, response) => {
    const segment = await getSegment(request, response);
    response.json({ revisions: viewHistory(await stores.segments.history(segment.id)) });
  });

  router.put("/api/p/:project/segments/:segment", async (request, response) => {
    const segment = await getSegment(request, response);
    const save = saveSchema.parse(request.body);
    const projectId = projectOf(response).id;
    const outcome = await saveRow(application, {
      ...save,
      projectId,
      segmentId: segment.id,
      author: context.authorOf(request),
    });
    if (outcome.kind === "refused") throw new RequestError("not-found");
    if (outcome.kind === "stale") {
      const { mine, theirs, base } = outcome;
      throw new RequestError("stale", {}, { mine, theirs: viewRow(theirs), base });
    }
    const findings = await checkRow(application, { projectId, segment: outcome.segment });
    response.json({ row: viewRow(outcome.segment), findings: findings.map(viewFinding) });
  });

  addRepeatRoutes(router, context, getSegment);
  addMemoryRoutes(router, context, { getSegment, getDocument });

  async function getDocument(request: Request, response: Response) {
    const document = await stores.documents.findSummary(parameter(request, "document"));
    if (document?.projectId !== projectOf(response).id) throw new RequestError("document-not-found");
    return document;
  }

  async function getSegment(request: Request, response: Response) {
    const segment = await stores.segments.find(parameter(request, "segment"));
    const document = segment && (await stores.documents.findSummary(segment.documentId));
    if (!segment || document?.projectId !== projectOf(response).id || document.side !== "source") {
      throw new RequestError("not-found");
    }
    return segment;
  }

  return router;
}

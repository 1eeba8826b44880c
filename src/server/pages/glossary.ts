/** The glossary: the list with its search, new entries, and the file that other tools take. */
import { Router } from "express";
import type { Request } from "express";
import type { z } from "zod";
import { exportProject } from "../../workflow/export-files.ts";
import { KINDS, STATUSES, addEntry, countGlossary, listGlossary } from "../../workflow/glossary.ts";
import type { GlossaryQuery } from "../../workflow/glossary.ts";
import { projectOf, query } from "../context.ts";
import type { Project, ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { MAX_FILE_BYTES } from "../uploads.ts";
import { buildRow } from "../view-models/glossary.ts";
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

  router.get("/p/:project/glossary", async (request, response) => {
    const project = projectOf(response);
    // A filter of an old address that no longer exists must not hide the list.
    const asked = filters.safeParse(request.query);
    const chosen = asked.success ? asked.data : {};
    const counts = await countGlossary(application, toQuery(project, chosen));
    const found = { ...(await findRows(request, project, chosen)), counts };
    const sources = await application.stores.concepts.listSources(project.id);
    await context.render(request, response, {
      page: "glossary",
      title: request.t("glossary:title"),
      area: "glossary",
      workbench: true,
      strings: ["glossary"],
      data: { chosen, total: counts.all, kinds: KINDS, statuses: STATUSES, counts },
      clientData: {
        ...found,
        chosen,
        sources,
        maxFileBytes: MAX_FILE_BYTES,
        languages: { source: project.sourceLanguage, target: project.targetLanguage },
        kinds: KINDS,
      },
    });
  });

  router.get("/api/p/:project/glossary", async (request, response) => {
    response.json(await findRows(request, projectOf(response), filters.parse(request.query)));
  });

  // Asked for after the rows: a person who types sees what was found first.
  router.get("/api/p/:project/glossary-counts", async (request, response) => {
    response.json(await countGlossary(application, toQuery(projectOf(response), filters.parse(request.query))));
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
    const file = await exportProject(application.stores, {
      projectId: projectOf(response).id,
      format: "glossary-csv",
      toolVersion: context.version,
      csv: { bom: forSpreadsheets, neutraliseFormulas: forSpreadsheets },
    });
    if (!file) throw new RequestError("not-found");
    response.attachment(file.name).set("Cache-Control", "no-store").type("text/csv; charset=utf-8").send(file.text);
  });

  async function findRows(request: Request, project: Project, chosen: z.infer<typeof filters>) {
    const news = chosen.status === "news" ? { newsFor: context.authorOf(request) } : {};
    const asked = { ...toQuery(project, chosen), ...news };
    const { items, total } = await listGlossary(application, asked);
    return { rows: items.map((concept) => buildRow(concept, project)), total, offset: asked.offset ?? 0 };
  }

  router.use(whyRoutes(context));
  router.use(conceptRoutes(context));
  return router;
}

function toQuery(
  project: Project,
  { find, status, kind, sort, direction, offset, limit }: z.infer<typeof filters>,
): GlossaryQuery {
  return {
    projectId: project.id,
    ...(find === undefined ? {} : { search: find }),
    ...toStatus(status),
    ...(kind ? { kind } : {}),
    sort: sort ?? "text",
    descending: direction === "down",
    offset: offset ?? 0,
    limit: limit ?? PAGE,
  };
}

/** Besides the statuses the list can be asked for what is still to do. */
function toStatus(status: z.infer<typeof filters>["status"]): Partial<GlossaryQuery> {
  if (status === undefined || status === "" || status === "news") return {};
  if (status === "unsettled" || status === "paraphrased" || status === "waiting") return { [status]: true };
  return { status };
}

/** Units of memories: listed by filter, counted, edited in bulk with a preview, their history, their duplicates. */
import { Router } from "express";
import { z } from "zod";
import { listDuplicates, startDuplicateSearch, startMerge } from "../../workflow/memory-duplicates.ts";
import { previewEdit, startEdit } from "../../workflow/memory-edits.ts";
import type { StoredUnit } from "../../workflow/memory-edits.ts";
import { countUnits, findFacets, findUnitHistory, listUnits } from "../../workflow/memory-units.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { showUnit } from "../view-models/memory.ts";
import type { ShownUnit } from "../view-models/memory.ts";
import { editInput, filterInput, kindInput, mergeInput, pageInput, selectionInput } from "./memory-input.ts";

export const editing = z.object({ selection: selectionInput, edit: editInput });
export const searching = z.object({
  memory: z.string().max(200).optional(),
  threshold: z.int().min(50).max(100).optional(),
});
export const groupPage = z.object({
  kind: kindInput.optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export function memoryUnitRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/api/p/:project/units", async (request, response) => {
    const page = pageInput.parse(request.query);
    const { id } = projectOf(response);
    const units = await listUnits(application, {
      projectId: id,
      filter: filterInput.parse(request.query),
      page,
    });
    response.set("Cache-Control", "no-store").json({ units: units.map(await unitShower(id)) });
  });

  router.get("/api/p/:project/units/count", async (request, response) => {
    const filter = filterInput.parse(request.query);
    const count = await countUnits(application, { projectId: projectOf(response).id, filter });
    response.set("Cache-Control", "no-store").json({ count });
  });

  router.get("/api/p/:project/units/facets", async (_request, response) => {
    response.set("Cache-Control", "no-store").json(await findFacets(application, projectOf(response).id));
  });

  router.get("/api/p/:project/units/:unit/history", async (request, response) => {
    const place = { projectId: projectOf(response).id, unitId: parameter(request, "unit") };
    const history = await findUnitHistory(application, place);
    if (!history) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json(history);
  });

  router.post("/api/p/:project/units/preview", async (request, response) => {
    const { id } = projectOf(response);
    const { first, ...preview } = await previewEdit(application, { ...editing.parse(request.body), projectId: id });
    const show = await unitShower(id);
    const shown = first.map(({ before, after }) => ({ before: show(before), ...(after ? { after: show(after) } : {}) }));
    response.json({ ...preview, first: shown });
  });

  router.post("/api/p/:project/units/edit", async (request, response) => {
    const given = { ...editing.parse(request.body), projectId: projectOf(response).id, author: context.authorOf(request) };
    const job = await startEdit(application, given);
    response.status(202).json({ job: job.id });
  });

  router.get("/api/p/:project/duplicates", async (request, response) => {
    const { kind, ...page } = groupPage.parse(request.query);
    const { id } = projectOf(response);
    const place = { projectId: id, ...page, ...(kind === undefined ? {} : { kind }) };
    const found = await listDuplicates(application, place);
    response.set("Cache-Control", "no-store");
    if (!found) return void response.json({ state: "none" });
    const show = await unitShower(id);
    const groups = found.groups.map(({ units, ...group }) => ({ ...group, units: units.map(show) }));
    response.json({ state: "found", ...found, groups });
  });

  router.post("/api/p/:project/duplicates/search", async (request, response) => {
    const { memory, threshold } = searching.parse(request.body);
    const memoryIds = memory === undefined ? undefined : [memory];
    const job = await startDuplicateSearch(application, { projectId: projectOf(response).id, memoryIds, threshold });
    response.status(202).json({ job: job.id });
  });

  router.post("/api/p/:project/duplicates/merge", async (request, response) => {
    const given = { ...mergeInput.parse(request.body), projectId: projectOf(response).id, author: context.authorOf(request) };
    const job = await startMerge(application, given);
    if (!job) throw new RequestError("not-found");
    response.status(202).json({ job: job.id });
  });

  /** A unit of a memory that is lent comes from a row of the project that lends it. */
  async function unitShower(projectId: string): Promise<(unit: StoredUnit) => ShownUnit> {
    const memories = await application.stores.memories.list(projectId);
    const owners = new Map(memories.map((memory) => [memory.id, memory.projectId]));
    return (unit) => showUnit(unit, owners.get(unit.memoryId) ?? projectId);
  }

  return router;
}

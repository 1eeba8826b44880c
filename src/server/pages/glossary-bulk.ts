/** What the list of the glossary does with a selection: which entries are found, one step on many, its undo, and a file. */
import { Router } from "express";
import type { Request } from "express";
import { z } from "zod";
import { MOST_ENTRIES, changeEntries, undoEntries } from "../../workflow/glossary-bulk.ts";
import type { BulkAction, BulkOutcome } from "../../workflow/glossary-bulk.ts";
import { GLOSSARY_FORMATS, exportGlossary } from "../../workflow/glossary-export.ts";
import { searchGlossary } from "../../workflow/glossary-search.ts";
import { changeSource } from "../../workflow/glossary-sources.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { citation, filters, optionalText, toCitation, withoutEmpty } from "./glossary-input.ts";
import { toSearch } from "./glossary-query.ts";

const sourceDay = z
  .string()
  .trim()
  .regex(/^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$/);
const ids = z.array(z.string().min(1).max(200)).min(1).max(MOST_ENTRIES);
const reason = optionalText(4000);
const action = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("domain"), value: optionalText(200) }),
  z.object({ kind: z.literal("class"), value: optionalText(100) }),
  z.object({ kind: z.literal("propose"), reason }),
  z.object({ kind: z.literal("reject"), reason }),
  z.object({ kind: z.literal("approve"), reason, citation: citation.optional() }),
]);
export const bulkInput = z.object({ concepts: ids, action });
export const undoInput = z.object({ concepts: ids, at: z.string().min(1).max(40) });
const sourceFields = { date: sourceDay, locator: z.string().trim().max(1000), kind: z.string().trim().max(200) };
export const sourceInput = z.object({
  ...sourceFields,
  base: z.object({ date: z.string(), locator: z.string(), kind: z.string() }),
});
/** As a form sends it, so that the browser takes the answer as a file. */
const fileInput = z.object({
  format: z.enum(GLOSSARY_FORMATS as readonly [string, ...string[]]),
  concepts: z.string().max(8_000_000).optional(),
  for: z.literal("spreadsheets").optional(),
});

export function glossaryBulkRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const project = "/api/p/:project";

  router.get(`${project}/glossary-facets`, async (request, response) => {
    const search = toSearch(projectOf(response), context.authorOf(request), filters.parse(request.query));
    response.json((await searchGlossary(application, search)).facets);
  });

  router.get(`${project}/glossary-ids`, async (request, response) => {
    const search = toSearch(projectOf(response), context.authorOf(request), filters.parse(request.query));
    response.json({ ids: (await searchGlossary(application, search)).ids });
  });

  router.get(`${project}/glossary-sources`, async (_request, response) => {
    response.json({ sources: await application.stores.concepts.listSources(projectOf(response).id) });
  });

  router.put(`${project}/glossary-sources/:source`, async (request, response) => {
    const { base, ...fields } = sourceInput.parse(request.body);
    const change = { projectId: projectOf(response).id, sourceId: parameter(request, "source") };
    const outcome = await changeSource(application, { ...change, base, fields });
    if (outcome.kind === "refused") throw new RequestError("not-found");
    if (outcome.kind === "stale") throw new RequestError("stale", {}, { mine: fields, theirs: outcome.theirs, base });
    response.json({ source: outcome.source });
  });

  router.post(`${project}/glossary-bulk`, async (request, response) => {
    const { concepts, action: wish } = bulkInput.parse(request.body);
    const { id: projectId } = projectOf(response);
    const change =
      wish.kind === "approve"
        ? {
            ...withoutEmpty({ ...wish, citation: undefined }),
            ...withoutEmpty({ citation: await toCitation(application, projectId, wish.citation) }),
          }
        : withoutEmpty(wish);
    const bulk = { projectId, author: context.authorOf(request), conceptIds: concepts };
    response.json(inWords(request, await changeEntries(application, { ...bulk, action: change as BulkAction })));
  });

  router.post(`${project}/glossary-bulk/undo`, async (request, response) => {
    const { concepts, at } = undoInput.parse(request.body);
    const bulk = { projectId: projectOf(response).id, author: context.authorOf(request), conceptIds: concepts, at };
    response.json(inWords(request, await undoEntries(application, bulk)));
  });

  router.post("/p/:project/glossary-file", async (request, response) => {
    const { format, concepts, for: reader } = fileInput.parse(request.body);
    const forSpreadsheets = reader === "spreadsheets";
    const file = await exportGlossary(application, {
      projectId: projectOf(response).id,
      format: GLOSSARY_FORMATS.find((one) => one === format) ?? "csv",
      ...(forSpreadsheets ? { bom: true, neutraliseFormulas: true } : {}),
      ...(concepts === undefined || concepts === "" ? {} : { conceptIds: concepts.split("\n") }),
    });
    if (!file) throw new RequestError("not-found");
    response.attachment(file.name).set("Cache-Control", "no-store").send(Buffer.from(file.bytes));
  });

  return router;
}

/** Why each was refused, in words. */
function inWords(request: Request, outcome: BulkOutcome) {
  return {
    ...outcome,
    refused: outcome.refused.map((one) => ({ ...one, reason: request.t(`refusals:${one.code}`) })),
  };
}

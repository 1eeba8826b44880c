/** The concordance: the page, and a part of the list of what a wording finds in the memories. */
import { Router } from "express";
import { z } from "zod";
import { findInMemories } from "../../workflow/concordance.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { showConcordanceRow } from "../view-models/concordance.ts";

const list = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? undefined : [value].flat()));
const day = z.iso.date().optional().catch(undefined);
const states = ["initial", "translated", "reviewed", "final"] as const;

export const question = z.object({
  find: z.string().max(2000).default(""),
  side: z.enum(["both", "source", "target"]).default("both"),
  manner: z.enum(["text", "near", "pattern"]).default("text"),
  case: z.stringbool().default(false),
  width: z.stringbool().default(false),
  order: z.enum(["place", "relevance", "date"]).default("relevance"),
  memory: list,
  document: list,
  author: list,
  state: list.transform((values) => values?.flatMap((value) => states.find((state) => state === value) ?? [])),
  from: day,
  to: day,
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(0).max(100).default(50),
});

export function concordanceRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/concordance", async (request, response) => {
    const { sourceLanguage, targetLanguage, id } = projectOf(response);
    const memories = await application.stores.memories.list(id);
    await context.render(request, response, {
      page: "concordance",
      title: request.t("concordance:title"),
      area: "memory",
      workbench: true,
      strings: ["concordance", "memory"],
      data: { units: memories.reduce((sum, { unitCount }) => sum + unitCount, 0) },
      clientData: { sourceLanguage, targetLanguage, memories: memories.map(({ id, name }) => ({ id, name })) },
    });
  });

  router.get("/api/p/:project/concordance", async (request, response) => {
    const asked = question.parse(request.query);
    const project = projectOf(response);
    const { memory, document, author, state, from, to, case: isCaseExact, width: isWidthExact, ...rest } = asked;
    const filter = { memories: memory, documents: document, authors: author, states: state, from, to };
    const answer = await findInMemories(application, { ...rest, projectId: project.id, isCaseExact, isWidthExact, filter });
    if (answer.kind === "refused") throw new RequestError(`concordance-${answer.code}`);
    response.set("Cache-Control", "no-store");
    if (answer.kind === "reading") return void response.json(answer);
    response.json({ ...answer, offset: asked.offset, rows: answer.rows.map((row) => showConcordanceRow(row)) });
  });

  return router;
}

/** The glossary for programs and for what the pages ask beside their lists: entries, relations, discussion, news, rules. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import type { Source } from "../../model/concept.ts";
import { TRANSITIONS } from "../../model/vetting.ts";
import { findConcept } from "../../workflow/glossary.ts";
import type { StoredConcept } from "../../workflow/glossary.ts";
import { addRemark, listThreads, settleThread } from "../../workflow/glossary-discussion.ts";
import { findGlossaryNews, markGlossarySeen } from "../../workflow/glossary-news.ts";
import { listRelations, relateEntries, unrelateEntries } from "../../workflow/glossary-relations.ts";
import { changeVettingRules, findVettingRules } from "../../workflow/vetting-rules.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import {
  refuse,
  relationEndInput,
  relationInput,
  remarkInput,
  rulesInput,
  seenInput,
  threadInput,
  withoutEmpty,
} from "./glossary-input.ts";

/** Entries put into words between two turns of the event loop: a few milliseconds. */
const ENTRIES_PER_TURN = 200;

export const findQuery = z.object({ text: z.string().min(1).max(2000), language: z.string().max(40).optional() });
export const newsQuery = z.object({
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(0).max(500).optional(),
});

export function glossaryApiRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;
  const project = "/api/p/:project";
  const entry = `${project}/glossary/:concept`;

  router.get("/api/glossary-transitions", (_request, response) => {
    response.json({ transitions: TRANSITIONS });
  });

  router.get(`${project}/glossary-find`, async (request, response) => {
    const asked = findQuery.parse(request.query);
    const { id: projectId } = projectOf(response);
    const { text, language } = asked;
    const found = await stores.concepts.findByTerm({ projectId, text, ...(language === undefined ? {} : { language }) });
    response.json({ concepts: found });
  });

  router.get(`${project}/glossary-news`, async (request, response) => {
    const { offset, limit } = newsQuery.parse(request.query);
    const query = { projectId: projectOf(response).id, person: context.authorOf(request) };
    response.json(await findGlossaryNews(application, { ...query, offset: offset ?? 0, limit: limit ?? 100 }));
  });

  router.post(`${project}/glossary-news/seen`, async (request, response) => {
    const { concept } = seenInput.parse(request.body ?? {});
    const mark = { projectId: projectOf(response).id, person: context.authorOf(request) };
    await markGlossarySeen(application, concept === undefined ? mark : { ...mark, conceptId: concept });
    response.status(204).end();
  });

  router.get(`${project}/vetting-rules`, async (_request, response) => {
    response.json(await findVettingRules(application, projectOf(response).id));
  });

  router.put(`${project}/vetting-rules`, async (request, response) => {
    const { fourEyes, authorities } = rulesInput.parse(request.body);
    const change = { projectId: projectOf(response).id, author: context.authorOf(request) };
    const levels = authorities?.map(({ id, name, bodies, kinds }) => ({
      id,
      bodies,
      kinds,
      ...(name === undefined ? {} : { name }),
    }));
    response.json(await changeVettingRules(application, { ...change, ...withoutEmpty({ fourEyes, authorities: levels }) }));
  });

  router.get(`${project}/glossary-export`, async (_request, response) => {
    const { id } = projectOf(response);
    const glossary = await stores.concepts.loadGlossary(id);
    const pieces = writeGlossary(glossary, await stores.concepts.listSources(id));
    response.set("Cache-Control", "no-store").type("json");
    // A reader who goes away is no fault.
    await pipeline(Readable.from(pieces), response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
    });
  });

  router.get(entry, async (request, response) => {
    const concept = await getConcept(request, response);
    response.json({ concept, relations: await listRelations(application, placeOf(request, response)) });
  });

  router.get(`${entry}/history`, async (request, response) => {
    const concept = await getConcept(request, response);
    response.json({ decisions: await stores.concepts.history(concept.id) });
  });

  router.get(`${entry}/relations`, async (request, response) => {
    await getConcept(request, response);
    response.json({ relations: await listRelations(application, placeOf(request, response)) });
  });

  router.post(`${entry}/relations`, async (request, response) => {
    const { type, other: otherId, note } = relationInput.parse(request.body);
    const relation = { ...signedPlace(request, response), type, otherId, ...(note === undefined ? {} : { note }) };
    const outcome = await relateEntries(application, relation);
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    response.json({ relations: await listRelations(application, placeOf(request, response)) });
  });

  router.post(`${entry}/relations/end`, async (request, response) => {
    const { type, other: otherId, reason } = relationEndInput.parse(request.body);
    const relation = { ...signedPlace(request, response), type, otherId, ...(reason === undefined ? {} : { reason }) };
    const outcome = await unrelateEntries(application, relation);
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    response.json({ relations: await listRelations(application, placeOf(request, response)) });
  });

  router.get(`${entry}/comments`, async (request, response) => {
    await answerThreads(request, response);
  });

  router.post(`${entry}/comments`, async (request, response) => {
    const { text, term: termId, thread: threadId } = remarkInput.parse(request.body);
    const remark = { ...signedPlace(request, response), text, ...withoutEmpty({ termId, threadId }) };
    const outcome = await addRemark(application, remark);
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    response.status(201);
    await answerThreads(request, response);
  });

  router.post(`${entry}/comments/:thread/state`, async (request, response) => {
    const { kind, text } = threadInput.parse(request.body);
    const step = { ...signedPlace(request, response), threadId: parameter(request, "thread"), kind, ...withoutEmpty({ text }) };
    const outcome = await settleThread(application, step);
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    await answerThreads(request, response);
  });

  async function answerThreads(request: Request, response: Response): Promise<void> {
    const threads = await listThreads(application, placeOf(request, response));
    if (!threads) throw new RequestError("concept-not-found");
    response.json({ threads });
  }

  async function getConcept(request: Request, response: Response): Promise<StoredConcept> {
    const concept = await findConcept(application, placeOf(request, response));
    if (!concept) throw new RequestError("concept-not-found");
    return concept;
  }

  function placeOf(request: Request, response: Response) {
    return { projectId: projectOf(response).id, conceptId: parameter(request, "concept") };
  }

  function signedPlace(request: Request, response: Response) {
    return { ...placeOf(request, response), author: context.authorOf(request) };
  }

  return router;
}

/** Everything, in the order in which it came; in pieces, so that a large glossary holds nobody up. */
async function* writeGlossary(
  { version, concepts }: { readonly version: number; readonly concepts: readonly StoredConcept[] },
  sources: readonly Source[],
): AsyncGenerator<string> {
  yield `{"version":${version},"sources":${JSON.stringify(sources)},"concepts":[`;
  for (let start = 0; start < concepts.length; start += ENTRIES_PER_TURN) {
    const piece = concepts.slice(start, start + ENTRIES_PER_TURN).map((concept) => JSON.stringify(concept));
    yield `${start === 0 ? "" : ","}${piece.join(",")}`;
    await nextTurn();
  }
  yield "]}";
}

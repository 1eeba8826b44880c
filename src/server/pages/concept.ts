/** S4, one entry: its page, and every change and decision on it. */
import { Router } from "express";
import type { Request, Response } from "express";
import {
  CLASSES,
  KINDS,
  MATCHING,
  STATUSES,
  TERM_TYPES,
  USAGES,
  addRendering,
  citeTerm,
  decideTerm,
  editConcept,
  editTerm,
  findConcept,
} from "../../workflow/glossary.ts";
import { checkFrame, tryFrame } from "../../workflow/frame-fillings.ts";
import { listThreads } from "../../workflow/glossary-discussion.ts";
import { countEntryNews } from "../../workflow/glossary-news.ts";
import { listRelations } from "../../workflow/glossary-relations.ts";
import { undoDecision } from "../../workflow/glossary-undo.ts";
import { findUses } from "../../workflow/glossary-uses.ts";
import { findVettingRules } from "../../workflow/vetting-rules.ts";
import { findNamed } from "../../workflow/why.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { buildConceptView } from "../view-models/concept.ts";
import { RELATION_ENDS, RELATION_NAMES, groupRelations } from "../view-models/relations.ts";
import { markThreads } from "../view-models/threads.ts";
import {
  additionInput,
  attestation,
  decisionInput,
  editInput,
  entryInput,
  fillQuery,
  refuse,
  toAttestation,
  toCitation,
  withoutEmpty,
} from "./glossary-input.ts";

type Outcome =
  | { readonly kind: "saved" }
  | { readonly kind: "refused"; readonly code: string; readonly term?: unknown; readonly decision?: unknown }
  | { readonly kind: "exists"; readonly term: { readonly id: string; readonly status: string } }
  | { readonly kind: "stale"; readonly mine: unknown; readonly theirs: unknown; readonly base: unknown };

export function conceptRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { concepts } = application.stores;
  const entry = "/api/p/:project/glossary/:concept";
  const terms = "/api/p/:project/terms/:term";

  router.get("/p/:project/glossary/:concept", async (request, response) => {
    const project = projectOf(response);
    const concept = await findConcept(application, placeOf(request, response));
    if (!concept) throw new RequestError("concept-not-found");
    const place = { projectId: project.id, conceptId: concept.id };
    const person = context.authorOf(request);
    const history = await concepts.history(concept.id);
    const rules = await findVettingRules(application, project.id);
    const sources = await concepts.listSources(project.id);
    const { decisions, comments } = await countEntryNews(application, { ...place, person });
    const view = buildConceptView({
      concept,
      project,
      sources,
      history,
      levels: rules.authorities,
      news: { person, decisions },
      named: await findNamed(application, { history, own: concept.id, sourceLanguage: project.sourceLanguage }),
    });
    const threads = (await listThreads(application, place)) ?? [];
    await context.render(request, response, {
      page: "concept",
      title: view.headword,
      area: "glossary",
      strings: ["glossary"],
      data: {
        view,
        classes: CLASSES,
        relations: groupRelations(await listRelations(application, place), view.headword),
        threads: markThreads(threads, { person, comments }),
        frame: await checkFrame(application, concept, project),
        fourEyes: rules.fourEyes,
        person,
      },
      clientData: {
        concept: view.concept,
        headword: view.headword,
        fourEyes: rules.fourEyes,
        person,
        hasNews: decisions + comments > 0,
        relationNames: RELATION_NAMES,
        relationEnds: RELATION_ENDS,
        terms: concept.terms,
        sources,
        languages: { source: project.sourceLanguage, target: project.targetLanguage },
        choices: { classes: CLASSES, kinds: KINDS, statuses: STATUSES, usages: USAGES, types: TERM_TYPES, matching: MATCHING },
      },
    });
  });

  // What fills the slots of a frame in a text that somebody tries, and what its renderings make of it.
  router.get(`${entry}/fill`, async (request, response) => {
    const { text } = fillQuery.parse(request.query);
    const tried = await tryFrame(application, { ...placeOf(request, response), text });
    if (!tried) throw new RequestError("concept-not-found");
    response.json(tried);
  });

  router.get(`${entry}/uses`, async (request, response) => {
    const uses = await findUses(application, placeOf(request, response));
    if (!uses) throw new RequestError("concept-not-found");
    response.json(uses);
  });

  router.put(entry, async (request, response) => {
    const { baseRevision, reason: why, ...content } = entryInput.parse(request.body);
    const outcome = await editConcept(application, {
      ...placeOf(request, response),
      author: context.authorOf(request),
      baseRevision,
      content: withoutEmpty(content),
      ...(why === undefined ? {} : { reason: why }),
    });
    await answer(request, response, outcome);
  });

  router.post(`${entry}/terms`, async (request, response) => {
    const {
      language,
      text,
      status: standing,
      reason: why,
      attestation: cited,
      usage: use,
      ...content
    } = additionInput.parse(request.body);
    const place = placeOf(request, response);
    const outcome = await addRendering(application, {
      ...place,
      author: context.authorOf(request),
      ...(why === undefined ? {} : { reason: why }),
      rendering: {
        language,
        text,
        status: standing,
        content: withoutEmpty(content),
        ...(use === undefined ? {} : { usage: use }),
        ...(cited === undefined ? {} : { attestation: await toAttestation(application, place.projectId, cited) }),
      },
    });
    await answer(request, response, outcome);
  });

  router.put(terms, async (request, response) => {
    const { baseRevision, reason: why, citation: cited, ...content } = editInput.parse(request.body);
    const place = termOf(request, response);
    const outcome = await editTerm(application, {
      ...place,
      baseRevision,
      content: withoutEmpty(content),
      ...withoutEmpty({ reason: why, citation: await toCitation(application, place.projectId, cited) }),
    });
    await answer(request, response, outcome);
  });

  router.post(`${terms}/status`, async (request, response) => {
    const { baseRevision, status: next, reason: why, citation: cited, successor } = decisionInput.parse(request.body);
    const place = termOf(request, response);
    const outcome = await decideTerm(application, {
      ...place,
      baseRevision,
      status: next,
      ...(successor === undefined ? {} : { successorId: successor }),
      ...withoutEmpty({ reason: why, citation: await toCitation(application, place.projectId, cited) }),
    });
    await answer(request, response, outcome);
  });

  router.post(`${terms}/attestations`, async (request, response) => {
    const place = termOf(request, response);
    const given = await toAttestation(application, place.projectId, attestation.parse(request.body));
    await answer(request, response, await citeTerm(application, { ...place, attestation: given }));
  });

  router.post(`${entry}/undo`, async (request, response) => {
    const outcome = await undoDecision(application, { ...placeOf(request, response), author: context.authorOf(request) });
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    if (outcome.kind === "stale") throw new RequestError("conflict");
    response.json({ undone: outcome.decision.id });
  });

  function placeOf(request: Request, response: Response) {
    return { projectId: projectOf(response).id, conceptId: parameter(request, "concept") };
  }

  function termOf(request: Request, response: Response) {
    return { projectId: projectOf(response).id, termId: parameter(request, "term"), author: context.authorOf(request) };
  }

  /** Answers with the new revisions; a stale save brings all three states and who saved the one in between. */
  async function answer(request: Request, response: Response, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case "refused": {
        // A wording that was rejected before comes with what was decided about it.
        const { code, term, decision } = outcome;
        throw refuse(request, code, { ...(term === undefined ? {} : { term }), ...(decision === undefined ? {} : { decision }) });
      }
      case "exists":
        throw refuse(request, "term-exists", { term: outcome.term.id, status: outcome.term.status });
      case "stale": {
        const { mine, theirs, base } = outcome;
        throw new RequestError("stale", {}, { mine, theirs, base, ...(await findLastAuthor(theirs)) });
      }
      case "saved":
        response.json(outcome);
    }
  }

  async function findLastAuthor(theirs: unknown): Promise<object> {
    const { conceptId, id } = theirs as { readonly conceptId?: string; readonly id: string };
    const history = await concepts.history(conceptId ?? id);
    const last = history.findLast(({ termId }) => termId === (conceptId === undefined ? undefined : id));
    return last ? { author: last.author, at: last.at } : {};
  }

  return router;
}

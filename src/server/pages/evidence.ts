/** The evidence board of an entry: renderings found in aligned texts, looking again, taking a line as a proposal. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { findEvidence, startMining, takeEvidence } from "../../workflow/rendering-evidence.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { refuse } from "./glossary-input.ts";

const wording = z.string().min(1).max(2000);
export const TAKEN_EVIDENCE = z.object({ term: wording, text: wording, unit: z.string().min(1).max(200) });

export function evidenceRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const entry = "/api/p/:project/glossary/:concept/evidence";

  router.get(entry, async (request, response) => {
    const evidence = await findEvidence(application, placeOf(request, response));
    if (!evidence) throw new RequestError("concept-not-found");
    response.set("Cache-Control", "no-store").json(evidence);
  });

  router.post(entry, async (request, response) => {
    const given = TAKEN_EVIDENCE.parse(request.body);
    const author = context.authorOf(request);
    const outcome = await takeEvidence(application, { ...placeOf(request, response), author, ...given });
    if (outcome.kind === "refused") throw refuse(request, outcome.code);
    if (outcome.kind === "stale") throw new RequestError("conflict");
    response.json({ kind: outcome.kind, term: outcome.term.id });
  });

  router.post("/api/p/:project/renderings/runs", async (_request, response) => {
    const project = projectOf(response);
    const job = await startMining(application, { projectId: project.id, label: project.name });
    if (!job) throw new RequestError("project-not-found");
    response.status(202).json({ job: job.id });
  });

  function placeOf(request: Request, response: Response) {
    return { projectId: projectOf(response).id, conceptId: parameter(request, "concept") };
  }

  return router;
}

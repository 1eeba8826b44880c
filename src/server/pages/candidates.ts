/** S3, the candidates: the list of the latest extraction, one candidate with its evidence, decisions and their undoing. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { loadCandidateDetail } from "../../workflow/candidate-detail.ts";
import { compareWithLibrary, loadCandidateList, loadDecisions } from "../../workflow/candidate-list.ts";
import { decideCandidate, startExtraction, undoCandidate } from "../../workflow/candidates.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { showDecision, showDetail, showList } from "../view-models/candidates.ts";

/** In the order in which a person chooses them. */
const CLASSES = [
  "set-phrase",
  "series",
  "numbered-slogan",
  "programme",
  "institution",
  "title",
  "law",
  "domain-term",
  "reporting-verb",
  "frame",
] as const;
const ACTIONS = ["accept", "drop", "later"] as const;

const decision = z.object({
  text: z.string().min(1).max(2000),
  action: z.enum(ACTIONS),
  reason: z.string().trim().max(2000).optional(),
  /** Id of the decision that the page showed, or null for none. */
  base: z.string().max(100).nullable(),
});
const session = z.object({
  text: z.string().max(2000),
  search: z.string().max(500),
  decision: z.enum(["all", "undecided", ...ACTIONS]),
  class: z.enum(["all", ...CLASSES]),
  lookAlikes: z.boolean(),
  wide: z.boolean(),
  sort: z.enum(["rank", "text", "count", "distinctCount", "documents", "independentCount", "firstDate"]),
  descending: z.boolean(),
  lines: z.enum(["date", "left", "right"]),
});

export function candidateRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;
  // Where a person stopped, each person for themselves.
  const sessionKey = (request: Request) => `candidates:${context.authorOf(request)}`;

  router.get("/p/:project/candidates", async (request, response) => {
    const project = projectOf(response);
    const run = await stores.extraction.findLatestRun(project.id);
    const jobs = (await application.jobs.list(project.id)).filter(({ kind }) => kind === "extract");
    const running = jobs.find(({ state }) => state === "waiting" || state === "running");
    const [newest] = jobs;
    const documents = await stores.documents.list({ projectId: project.id, side: "source" });
    const classNames = Object.fromEntries(
      CLASSES.map((name) => [name, request.t(name === "frame" ? "candidates:frame" : `evidence:class.${name}`)]),
    );
    await context.render(request, response, {
      page: "candidates",
      title: request.t("candidates:title"),
      area: "candidates",
      workbench: true,
      strings: ["candidates", "evidence"],
      data: {
        run,
        documents: documents.length,
        running,
        // A run that failed after the one that is shown.
        broken: newest?.state === "failed" || newest?.state === "interrupted" ? newest : undefined,
        age: run ? await compareWithLibrary(application, run) : undefined,
        classNames,
        actions: ACTIONS,
      },
      clientData: {
        run: run?.id,
        job: running?.id,
        classNames,
        language: project.sourceLanguage === "zh" || project.sourceLanguage === "zh-CN" ? "zh-Hans" : project.sourceLanguage,
        session: await stores.settings.find(sessionKey(request), project.id),
      },
    });
  });

  router.post("/api/p/:project/candidates/extract", async (request, response) => {
    const { id: projectId } = projectOf(response);
    const { length: count } = await stores.documents.list({ projectId, side: "source" });
    if (count === 0) throw new RequestError("conflict");
    const job = await startExtraction(application, { projectId, author: context.authorOf(request) });
    response.status(202).json({ job: job.id });
  });

  router.get("/api/p/:project/candidates", async (request, response) => {
    const { id } = projectOf(response);
    const list = await getList(response, query(request, "run"));
    response.json(showList(list, await loadDecisions(application, id)));
  });

  router.get("/api/p/:project/candidates/runs/:run/detail", async (request, response) => {
    const list = await getList(response, parameter(request, "run"));
    const detail = await loadCandidateDetail(application, list, query(request, "text") ?? "");
    if (!detail) throw new RequestError("not-found");
    response.json(showDetail(detail, { project: projectOf(response), t: (key, values) => request.t(key, { ...values }) }));
  });

  router.post("/api/p/:project/candidates/decisions", async (request, response) => {
    const { text, action, reason, base } = decision.parse(request.body);
    const outcome = await decideCandidate(application, {
      projectId: projectOf(response).id,
      author: context.authorOf(request),
      text,
      action,
      base: base === null ? {} : { decisionId: base },
      withdrawal: request.t(`candidates:withdrawn.${action}`),
      ...(reason === undefined || reason === "" ? {} : { reason }),
    });
    if (outcome.kind === "stale") {
      const { theirs, base: before } = outcome;
      const shown = { theirs: theirs && showDecision(theirs), base: before && showDecision(before) };
      throw new RequestError("stale", {}, { mine: { action, reason }, ...shown });
    }
    response.json({ decision: showDecision(outcome.decision), concept: outcome.conceptId });
  });

  router.post("/api/p/:project/candidates/undo", async (request, response) => {
    const undone = await undoCandidate(application, {
      projectId: projectOf(response).id,
      author: context.authorOf(request),
      reason: request.t("candidates:withdrawn.undo"),
    });
    if (undone.kind === "refused") return void response.json({});
    response.json({ text: undone.text, decision: undone.standing && showDecision(undone.standing) });
  });

  router.put("/api/p/:project/candidates/session", async (request, response) => {
    const value = session.parse(request.body);
    await stores.settings.save({ key: sessionKey(request), projectId: projectOf(response).id, value });
    response.status(204).end();
  });

  /** The list of a run of the project, of the latest without a name. */
  async function getList(response: Response, runId: string | undefined) {
    const { id: projectId } = projectOf(response);
    const id = runId ?? (await stores.extraction.findLatestRun(projectId))?.id;
    const list = id === undefined ? undefined : await loadCandidateList(application, { projectId, runId: id });
    if (!list) throw new RequestError("not-found");
    return list;
  }

  return router;
}

/** S3, the candidates: the list of the latest extraction, one candidate with its evidence, decisions and their undoing. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { loadCandidateDetail } from "../../workflow/candidate-detail.ts";
import { decideCandidate, pairCandidates, undoCandidate } from "../../workflow/candidate-decisions.ts";
import { compareWithLibrary, loadCandidateList, loadDecisions, loadListChanges } from "../../workflow/candidate-list.ts";
import { listEntryChoices } from "../../workflow/candidate-partners.ts";
import { startExtraction } from "../../workflow/candidates.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { writeList } from "../view-models/candidate-rows.ts";
import { showDecision, showDetail, showPairs } from "../view-models/candidates.ts";

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
const ACTIONS = ["accept", "merge", "frame", "drop", "later"] as const;
/** What a wording may be in the entry that it is merged into. */
const TERM_TYPES = ["variant", "shortForm", "abbreviation", "acronym", "fullForm", "phrase"] as const;

const text = z.string().min(1).max(2000);
const reason = z
  .string()
  .trim()
  .max(2000)
  .transform((words) => (words === "" ? undefined : words))
  .optional();
const decision = z.object({
  text,
  action: z.enum(ACTIONS),
  reason,
  /** Id of the decision that the page showed, or null for none. */
  base: z.string().max(100).nullable(),
  /** Of a merge. */
  concept: z.string().max(100).optional(),
  termType: z.enum(TERM_TYPES).optional(),
  /** Of a frame. */
  pattern: z.string().max(2000).optional(),
});
const pair = z.object({ text, partner: text, reason });
const undoing = z.object({ text: text.optional(), partner: text.optional() });
const choice = z.string().max(100);
const day = z.union([z.literal(""), z.iso.date()]);
const session = z.object({
  text: z.string().max(2000),
  search: z.string().max(500),
  state: z.enum(["all", "open", ...ACTIONS]),
  since: z.enum(["all", "new", "changed", "gone"]),
  class: z.enum(["all", "formulation", ...CLASSES]),
  evidence: choice,
  document: choice,
  dated: z.enum(["first", "last"]),
  from: day,
  to: day,
  lookAlikes: z.boolean(),
  wide: z.boolean(),
  sort: z.enum(["rank", "text", "count", "distinctCount", "documents", "independentCount", "firstDate", "lastDate"]),
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
      },
      clientData: {
        run: run?.id,
        job: running?.id,
        classNames,
        language: project.sourceLanguage === "zh" || project.sourceLanguage === "zh-CN" ? "zh-Hans" : project.sourceLanguage,
        author: context.authorOf(request),
        termTypes: TERM_TYPES,
        session: await stores.settings.find(sessionKey(request), project.id),
      },
    });
  });

  router.post("/api/p/:project/candidates/extract", async (request, response) => {
    const { id: projectId } = projectOf(response);
    const { length: count } = await stores.documents.list({ projectId, side: "source" });
    if (count === 0) throw new RequestError("conflict");
    const start = await startExtraction(application, { projectId, author: context.authorOf(request) });
    if (start.kind === "too-large") {
      const { kind: code, characters, most } = start;
      throw new RequestError("refused", { reason: request.t("candidates:extract.too-large", { characters, most }) }, { code });
    }
    response.status(202).json({ job: start.job.id });
  });

  router.get("/api/p/:project/candidates", async (request, response) => {
    const { id } = projectOf(response);
    // The number first: what is decided while the list is read is told again, not lost.
    const { sequence } = await stores.extraction.listChanges(id, undefined);
    const list = await getList(response, query(request, "run"));
    const documents = new Map((await stores.documents.list({ projectId: id })).map((one) => [one.id, one]));
    const shown = new Map(
      [...documents].map(([key, { title, date }]) => [key, { id: key, title, ...(date === undefined ? {} : { date }) }]),
    );
    response.type("json").send(
      await writeList(list, {
        decisions: await loadDecisions(application, id),
        pairs: await stores.extraction.listPairs(id),
        changes: await loadListChanges(application, list),
        documents: shown,
        sequence,
      }),
    );
  });

  /** What somebody decided since the page asked last, and the newest run. */
  router.get("/api/p/:project/candidates/changes", async (request, response) => {
    const { id } = projectOf(response);
    const after = z.coerce.number().int().min(0).parse(query(request, "after"));
    const { sequence, texts, pairsChanged } = await stores.extraction.listChanges(id, after);
    response.json({
      sequence,
      texts: texts.map(({ text: one, standing }) => ({ text: one, decision: standing && showDecision(standing) })),
      ...(pairsChanged ? { pairs: showPairs(await stores.extraction.listPairs(id)) } : {}),
      run: (await stores.extraction.findLatestRun(id))?.id,
    });
  });

  router.get("/api/p/:project/candidates/runs/:run/detail", async (request, response) => {
    const list = await getList(response, parameter(request, "run"));
    const detail = await loadCandidateDetail(application, list, query(request, "text") ?? "");
    if (!detail) throw new RequestError("not-found");
    const t = (key: string, values?: object) => request.t(key, { ...values });
    response.json(showDetail(detail, { project: projectOf(response), t, language: request.language }));
  });

  /** Entries of the glossary that a candidate may be merged into. */
  router.get("/api/p/:project/candidates/runs/:run/entries", async (request, response) => {
    const { id: projectId } = projectOf(response);
    const [wording = "", find = ""] = [query(request, "text"), query(request, "find")];
    const entries = await listEntryChoices(application, { projectId, runId: parameter(request, "run"), text: wording, find });
    response.json({ entries });
  });

  router.post("/api/p/:project/candidates/decisions", async (request, response) => {
    const { base, concept, termType, pattern, reason: why, ...given } = decision.parse(request.body);
    const outcome = await decideCandidate(application, {
      ...given,
      projectId: projectOf(response).id,
      author: context.authorOf(request),
      base: base === null ? {} : { decisionId: base },
      withdrawal: request.t(`candidates:withdrawn.${given.action}`),
      ...(why === undefined ? {} : { reason: why }),
      ...(concept === undefined ? {} : { conceptId: concept }),
      ...(termType === undefined ? {} : { termType }),
      ...(pattern === undefined ? {} : { pattern }),
    });
    if (outcome.kind === "stale") {
      const { theirs, base: before } = outcome;
      const shown = { theirs: theirs && showDecision(theirs), base: before && showDecision(before) };
      throw new RequestError("stale", {}, { mine: { action: given.action, reason: why }, ...shown });
    }
    if (outcome.kind === "impossible") throw refuse(request, outcome.code);
    const { conceptId, withdrawn } = outcome;
    response.json({ decision: showDecision(outcome.decision), concept: conceptId, withdrawn });
  });

  router.post("/api/p/:project/candidates/pairs", async (request, response) => {
    const { reason: why, ...given } = pair.parse(request.body);
    const { id: projectId } = projectOf(response);
    const outcome = await pairCandidates(application, {
      ...given,
      projectId,
      author: context.authorOf(request),
      ...(why === undefined ? {} : { reason: why }),
    });
    if (outcome.kind === "impossible") throw refuse(request, outcome.code);
    response.json({ pairs: showPairs(await stores.extraction.listPairs(projectId)) });
  });

  router.post("/api/p/:project/candidates/undo", async (request, response) => {
    const { text: wording, partner } = undoing.parse(request.body);
    const { id: projectId } = projectOf(response);
    const undone = await undoCandidate(application, {
      projectId,
      author: context.authorOf(request),
      reason: request.t("candidates:withdrawn.undo"),
      ...(wording === undefined ? {} : { text: wording }),
      ...(partner === undefined ? {} : { partner }),
    });
    if (undone.kind === "refused") return void response.json({});
    if (undone.kind === "unpaired") {
      const pairs = showPairs(await stores.extraction.listPairs(projectId));
      return void response.json({ text: undone.text, partner: undone.partner, pairs });
    }
    const { standing, withdrawn } = undone;
    response.json({ text: undone.text, decision: standing && showDecision(standing), withdrawn });
  });

  router.put("/api/p/:project/candidates/session", async (request, response) => {
    const value = session.parse(request.body);
    await stores.settings.save({ key: sessionKey(request), projectId: projectOf(response).id, value });
    response.status(204).end();
  });

  const refuse = (request: Request, code: string) =>
    new RequestError("refused", { reason: request.t(`candidates:impossible.${code}`) }, { code });

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

/** S7, checks: a run as a job, its findings by formulation, ignoring with a reason, reports as files. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { formatCheckCsv, formatCheckHtml, formatCheckJson, formatCheckSarif } from "../../workflow/check-report.ts";
import type { ReportWords } from "../../workflow/check-report.ts";
import { findCheckRun, ignoreInRun, startCheckRun } from "../../workflow/check-runs.ts";
import { checkTexts, stopIgnoringFinding } from "../../workflow/check-texts.ts";
import type { TextsCheck } from "../../workflow/check-texts.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { sendDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";
import { htmlLanguage } from "../i18n.ts";
import { reportFindings, selectFindings } from "../view-models/checks-report.ts";
import { showChecks } from "../view-models/checks.ts";

const place = z.object({ rule: z.string().max(100), pair: z.string().max(400), subject: z.string().max(20_000) });
const ignored = place.extend({ reason: z.string().max(2000) });
const list = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? undefined : [value].flat()));
const REPORTS = ["html", "csv", "json", "sarif"] as const;
const report = z.object({ format: z.enum(REPORTS), rule: list, severity: list, document: list, kind: list });
const MEDIA_TYPES: Readonly<Record<(typeof REPORTS)[number], string>> = {
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  sarif: "application/sarif+json; charset=utf-8",
};

export function checksRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/checks", async (request, response) => {
    const project = projectOf(response);
    await context.render(request, response, {
      page: "checks",
      title: request.t("checks-page:title"),
      area: "checks",
      workbench: true,
      strings: ["checks-page", "checks"],
      clientData: { sourceLanguage: project.sourceLanguage, targetLanguage: project.targetLanguage },
    });
  });

  router.post("/api/p/:project/checks/runs", async (request, response) => {
    const { again } = z.object({ again: z.boolean().default(false) }).parse(request.body);
    const project = projectOf(response);
    const start = await startCheckRun(application, { projectId: project.id, label: project.name, again });
    if (!start) throw new RequestError("project-not-found");
    response.status(202).json(start.kind === "current" ? { state: "current" } : { state: "started", job: start.job.id });
  });

  router.get("/api/p/:project/checks", async (_request, response) => {
    const { id } = projectOf(response);
    const run = await findCheckRun(application, id);
    response.set("Cache-Control", "no-store").json(run ? showChecks(run, id) : { state: "none" });
  });

  router.post("/api/p/:project/checks/ignored", async (request, response) => {
    const { pair, ...given } = ignored.parse(request.body);
    const outcome = await ignoreInRun(application, { ...signed(request, response), ...given, segmentId: pair });
    if (outcome.kind === "refused") {
      throw outcome.code === "not-found" ? new RequestError("not-found") : new RequestError("bad-request", { place: "reason" });
    }
    const { reason, author, at } = outcome.ignore;
    response.json({ reason, author, at });
  });

  router.post("/api/p/:project/checks/shown", async (request, response) => {
    const { pair, ...given } = place.parse(request.body);
    await stopIgnoringFinding(application, { ...signed(request, response), ...given, segmentId: pair });
    response.status(204).end();
  });

  router.get("/p/:project/checks/report", async (request, response) => {
    const { format, ...filter } = report.parse(request.query);
    const project = projectOf(response);
    const run: TextsCheck | undefined =
      (await findCheckRun(application, project.id)) ?? (await checkTexts(application, { projectId: project.id }));
    if (!run) throw new RequestError("project-not-found");
    const t = (key: string, values?: Readonly<Record<string, string | number>>) => request.t(key, { ...values });
    const result = await reportFindings(selectFindings(run, filter), t);
    const words: ReportWords = {
      language: htmlLanguage(request.language),
      label: (key, values) => t(`checks:report.${key}`, values),
      ruleName: (rule) => t(`checks:${rule}.name`),
      ruleExplanation: (rule) => t(`checks:${rule}.explanation`),
      severityName: (severity) => t(`checks:severity.${severity}`),
    };
    const write = { html: formatCheckHtml, csv: formatCheckCsv, json: formatCheckJson, sarif: formatCheckSarif }[format];
    const name = `${project.name} · ${t("checks-page:title")}.${format}`;
    sendDownload(response, { name, mediaType: MEDIA_TYPES[format], text: write(result, words) });
  });

  function signed(request: Request, response: Response) {
    return { projectId: projectOf(response).id, author: context.authorOf(request) };
  }

  return router;
}

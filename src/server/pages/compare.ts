/** S2, versions of one text side by side: choosing two, what differs, which reading is followed, a report as a file. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { compareDocuments, decideReading, listVersionOffers } from "../../workflow/compare-documents.ts";
import type { DocumentComparison } from "../../workflow/compare-documents.ts";
import type { DifferenceClass } from "../../model/alignment.ts";
import { formatVersionsHtml } from "../../workflow/versions-report.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { sendDownload } from "../downloads.ts";
import { RequestError } from "../errors.ts";
import { createFormats } from "../formats.ts";
import { LANGUAGES, htmlLanguage, isInterfaceLanguage } from "../i18n.ts";

const CLASSES = [
  "wording",
  "number",
  "name",
  "attribution",
  "foreign-letters",
  "damage",
  "width",
  "white-space",
] as const satisfies readonly DifferenceClass[];

const id = z.string().min(1).max(200);
const versions = z.object({ base: id, other: id });
const chosen = versions.partial();
const decision = versions.extend({
  place: z.string().min(1).max(20_000),
  reading: z.enum(["base", "other"]).optional(),
  note: z.string().trim().max(2000).optional(),
  basedOn: z.number().int().positive().optional(),
});
const report = versions.extend({
  class: z
    .union([z.enum(CLASSES), z.array(z.enum(CLASSES))])
    .optional()
    .transform((value) => (value === undefined ? CLASSES : [value].flat())),
});

export function compareRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/compare", async (request, response) => {
    const project = projectOf(response);
    const given = chosen.parse(request.query);
    const documents = await application.stores.documents.list({ projectId: project.id });
    const [base, other] = [given.base, given.other].map((wanted) => documents.find((document) => document.id === wanted));
    if ((given.base !== undefined && !base) || (given.other !== undefined && !other))
      throw new RequestError("document-not-found");
    const isReady = base !== undefined && other !== undefined && base.id !== other.id;
    const offers = isReady ? [] : await listVersionOffers(application, project.id);
    await context.render(request, response, {
      page: "compare",
      title: request.t("compare:title"),
      area: "library",
      workbench: true,
      strings: ["compare"],
      data: {
        ...{ base, other, isReady, classes: CLASSES, documents },
        offers: base ? offers.filter((offer) => [offer.base.id, offer.other.id].includes(base.id)) : offers,
      },
      clientData: isReady ? { base: base.id, other: other.id, language: formatsOf(request).lang(base.language) } : {},
    });
  });

  router.get("/api/p/:project/comparison", async (request, response) => {
    const { rows, decisions } = await load(response, versions.parse(request.query));
    response.set("Cache-Control", "no-store").json({ rows, decisions });
  });

  router.post("/api/p/:project/comparison/readings", async (request, response) => {
    const { base, other, place, reading, note, basedOn } = decision.parse(request.body);
    const outcome = await decideReading(application, {
      ...{ projectId: projectOf(response).id, baseDocument: base, otherDocument: other, place },
      ...(reading === undefined ? {} : { reading }),
      ...(note === undefined || note === "" ? {} : { note }),
      ...(basedOn === undefined ? {} : { basedOn }),
      author: context.authorOf(request),
    });
    if (!outcome) throw new RequestError("document-not-found");
    if (outcome.kind === "stale") throw new RequestError("stale", {}, { mine: outcome.mine, theirs: outcome.theirs });
    response.json(outcome.decision);
  });

  router.get("/p/:project/compare/report", async (request, response) => {
    const { class: classes, ...key } = report.parse(request.query);
    const { base, other, rows, decisions } = await load(response, key);
    const title = `${base.title} · ${request.t("compare:title")}`;
    const text = formatVersionsHtml(
      { rows, decisions, classes: new Set(classes) },
      {
        language: htmlLanguage(request.language),
        title,
        summary: request.t("compare:report.summary", { base: base.title, other: other.title }),
        base: `1 ${nameOf(base)}`,
        other: `2 ${nameOf(other)}`,
        differences: request.t("compare:report.differences"),
        decision: request.t("compare:report.decision"),
        only: request.t("compare:class.missing"),
        className: (slug) => request.t(`compare:class.${slug}`),
        decided: ({ reading, note, author, at }) =>
          [
            reading === undefined ? "" : request.t(`compare:reading.${reading}`),
            note ?? "",
            `${author}, ${formatsOf(request).dayAndTime(at)}`,
          ]
            .filter((part) => part !== "")
            .join(" · "),
      },
    );
    sendDownload(response, { name: `${title}.html`, mediaType: "text/html; charset=utf-8", text });
  });

  async function load(response: Response, key: z.infer<typeof versions>): Promise<DocumentComparison> {
    const found = await compareDocuments(application, {
      projectId: projectOf(response).id,
      baseDocument: key.base,
      otherDocument: key.other,
    });
    if (!found) throw new RequestError("document-not-found");
    return found;
  }

  return router;
}

function formatsOf({ language }: Request) {
  return createFormats(isInterfaceLanguage(language) ? language : LANGUAGES[0]);
}

function nameOf({ title, date, body }: DocumentComparison["base"]): string {
  return [title, body, date].filter((part) => part !== undefined && part !== "").join(" · ");
}

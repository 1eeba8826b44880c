/** The sheet that says why a rendering stands: to read, to print, as one HTML file, and as data. */
import { Router } from "express";
import type { Request, Response } from "express";
import { outlineWhy } from "../../workflow/why-outline.ts";
import type { Outline } from "../../workflow/why-outline.ts";
import { formatWhyHtml } from "../../workflow/why-report.ts";
import { explainEntry } from "../../workflow/why.ts";
import type { WhySheet } from "../../workflow/why.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { LANGUAGES, htmlLanguage, isInterfaceLanguage } from "../i18n.ts";

export function whyRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;

  router.get("/p/:project/glossary/:concept/why", async (request, response) => {
    const sheet = await getSheet(request, response);
    await context.render(request, response, {
      page: "why",
      title: `${request.t("why:title")}: ${sheet.headword.text}`,
      area: "glossary",
      strings: ["why"],
      data: { outline: outlineOf(request, sheet), conceptId: sheet.concept.id, headword: sheet.headword },
    });
  });

  router.get("/p/:project/glossary/:concept/why.html", async (request, response) => {
    const sheet = await getSheet(request, response);
    const html = formatWhyHtml([outlineOf(request, sheet)], htmlLanguage(languageOf(request)));
    response.attachment(`why-${sheet.concept.id}.html`).set("Cache-Control", "no-store").type("html").send(html);
  });

  router.get("/api/p/:project/glossary/:concept/why", async (request, response) => {
    response.json(await getSheet(request, response));
  });

  async function getSheet(request: Request, response: Response): Promise<WhySheet> {
    const place = { projectId: projectOf(response).id, conceptId: parameter(request, "concept") };
    const sheet = await explainEntry(application, place);
    if (!sheet) throw new RequestError("concept-not-found");
    return sheet;
  }

  function outlineOf(request: Request, sheet: WhySheet): Outline {
    const t = (key: string, values: Readonly<Record<string, unknown>> = {}) => request.t(key, values);
    return outlineWhy(sheet, { words: { t }, at: application.clock() });
  }

  return router;
}

function languageOf(request: Request) {
  return isInterfaceLanguage(request.language) ? request.language : LANGUAGES[0];
}

/** What belongs to no area: the start address, projects, language and theme, the words for the browser, help. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { createProject } from "../../workflow/projects.ts";
import { parameter, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { LANGUAGES } from "../i18n.ts";
import { THEMES } from "../rendering.ts";

const LAST_PROJECT = "last-project";
const YEAR = 365 * 24 * 3600 * 1000;

const newProject = z.object({
  name: z.string().trim().min(1).max(200),
  sourceLanguage: z.string().trim().min(2).max(35).default("zh"),
  targetLanguage: z.string().trim().min(2).max(35).default("en"),
});
const preference = z.object({
  language: z.enum(LANGUAGES).optional(),
  theme: z.enum(THEMES).optional(),
  back: z.string().optional(),
});

export function shellRoutes(context: ServerContext): Router {
  const router = Router();
  const { stores } = context.application;

  router.get("/", async (_request, response) => {
    const projects = await stores.projects.list();
    const last = await stores.settings.find(LAST_PROJECT);
    const project = projects.find(({ id }) => id === last) ?? projects[0];
    response.redirect(project ? `/p/${encodeURIComponent(project.id)}/library` : "/welcome");
  });

  router.get("/welcome", async (request, response) => {
    await context.render(request, response, {
      page: "first-run",
      title: request.t("common:welcome.title"),
      strings: ["library"],
    });
  });

  router.get("/p/:project", (request, response) => {
    response.redirect(`/p/${encodeURIComponent(parameter(request, "project"))}/library`);
  });

  // The project of the last page that was opened is where `/` leads next time.
  router.get("/p/:project/*rest", async (request, _response, next) => {
    const id = parameter(request, "project");
    if ((await stores.settings.find(LAST_PROJECT)) !== id) await stores.settings.save({ key: LAST_PROJECT, value: id });
    next();
  });

  router.post(["/projects", "/api/projects"], async (request, response) => {
    const project = await createProject(context.application, newProject.parse(request.body));
    const address = `/p/${encodeURIComponent(project.id)}/library`;
    if (request.path.startsWith("/api/")) response.status(201).json({ project, address });
    else response.redirect(303, address);
  });

  router.post("/preferences", (request, response) => {
    const wish = preference.parse(request.body);
    for (const name of ["language", "theme"] as const) {
      const value = wish[name];
      if (value) response.cookie(name, value, { maxAge: YEAR, sameSite: "lax", path: "/" });
    }
    response.redirect(303, ownAddress(wish.back));
  });

  router.get("/locales/:language/:namespace.json", (request: Request, response: Response) => {
    const catalogue = context.i18n.catalogue(parameter(request, "language"), parameter(request, "namespace"));
    if (!catalogue) throw new RequestError("not-found");
    response.set("Cache-Control", "public, max-age=31536000, immutable").json(catalogue);
  });

  router.get("/help", async (request, response) => {
    // From a project, its name and areas stay in the top bar.
    const id = query(request, "project");
    const project = id === undefined ? undefined : await stores.projects.find(id);
    if (project) response.locals["project"] = project;
    await context.render(request, response, {
      page: "help",
      title: request.t("common:help.title"),
      data: { dataFolder: context.application.dataFolder },
    });
  });

  return router;
}

/** Only a path of this server: a form must not send a person elsewhere. */
function ownAddress(back: string | undefined): string {
  return back !== undefined && /^\/(?![/\\])/.test(back) ? back : "/";
}

/** What every route is given, and what a page needs to be rendered. */
import type { Request, RequestHandler, Response } from "express";
import type { Application } from "../workflow/application.ts";
import type { Assets } from "./assets.ts";
import { RequestError } from "./errors.ts";
import type { Internationalization } from "./i18n.ts";
import type { Log } from "./log.ts";

/** The areas of the main navigation, in its order. */
export const AREAS = ["library", "candidates", "glossary", "memory", "align", "translate", "checks", "export"] as const;
export type Area = (typeof AREAS)[number];

export type Project = NonNullable<Awaited<ReturnType<Application["stores"]["projects"]["find"]>>>;

export type ServerContext = {
  readonly application: Application;
  readonly assets: Assets;
  readonly i18n: Internationalization;
  readonly log: Log;
  readonly version: string;
  /** Who acts: the name that goes into histories. */
  readonly authorOf: (request: Request) => string;
  readonly render: (request: Request, response: Response, page: PageView) => Promise<void>;
};

export type PageView = {
  /** views/pages/<page>.eta, and src/browser/<page>.ts when there is one. */
  readonly page: string;
  /** In words, for the window's title. */
  readonly title: string;
  /** What the navigation marks as current. */
  readonly area?: Area;
  /** The window is full and each pane scrolls by itself; the template gives pagebar, panes and dock. */
  readonly workbench?: boolean;
  /** Catalogues that the browser code of the page uses, besides `common`. */
  readonly strings?: readonly string[];
  /** For the template, as `it.<name>`. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** For the browser code, as `pageData()`. */
  readonly clientData?: unknown;
  readonly status?: number;
};

/** Loads the project of the address into the response, or answers 404. */
export function loadProject(application: Application): RequestHandler {
  return async (request, response, next) => {
    const id = String(request.params["project"]);
    const project = await application.stores.projects.find(id);
    if (!project) return next(new RequestError("project-not-found", { project: id }));
    response.locals["project"] = project;
    next();
  };
}

/** The project of a route under /p/:project or /api/p/:project. */
export function projectOf(response: Response): Project {
  const project = response.locals["project"] as Project | undefined;
  if (!project) throw new Error("this route is not under /p/:project");
  return project;
}

/** A parameter of the address; the route's pattern says that it is there. */
export function parameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value !== "string") throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** A single value of the query, or undefined. */
export function query(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * The web server: an Express application over the use cases of src/workflow. It answers with pages (Eta), with JSON
 * under /api and with events; it holds no state of its own.
 *
 * Conventions (docs/pages.md says more):
 * - Pages live under /p/:project/<area>, their JSON under /api/p/:project/…; `projectOf(response)` is the project.
 * - An area is four files: src/server/pages/<area>.ts exporting `<area>Routes(context): Router` with full paths,
 *   views/pages/<area>.eta, src/browser/<area>.ts, and views/locales/<language>/<area>.json.
 * - A page is answered with `context.render(request, response, {page, title, area, …})`, JSON with `response.json`.
 * - Input is read with zod (`schema.parse(request.body)`); trouble is `throw new RequestError(code)`, put into words
 *   from `errors:<code>` by errors.ts, the only place that chooses an HTTP status.
 * - No text of a document in the log, no user-visible text outside the catalogues, no raw output in templates.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import express from "express";
import type { Express, Request, RequestHandler } from "express";
import type { Application } from "../workflow/application.ts";
import { loadAssets } from "./assets.ts";
import type { ServerContext } from "./context.ts";
import { loadProject } from "./context.ts";
import { answerErrors, answerNotFound } from "./errors.ts";
import { createInternationalization } from "./i18n.ts";
import { createLog } from "./log.ts";
import type { LogLevel } from "./log.ts";
import { pageRoutes } from "./pages/index.ts";
import { createRenderer } from "./rendering.ts";
import { allowHosts, limitRate, sameOrigin, securityHeaders } from "./safety.ts";
import { createViews } from "./views.ts";

export type ServerOptions = {
  readonly application: Application;
  /** Who acts in single-user mode. */
  readonly author?: string;
  /** Host names besides the loopback ones under which this server may be called. */
  readonly allowedHosts?: readonly string[];
  readonly logLevel?: LogLevel;
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export async function createApp(options: ServerOptions): Promise<Express> {
  const { application } = options;
  const i18n = await createInternationalization(join(root, "views", "locales"));
  const assets = await loadAssets(root);
  const log = createLog(options.logLevel ?? "warn");
  const views = createViews(join(root, "views"), { cache: true });
  const author = options.author ?? "me";
  const context: ServerContext = {
    application,
    assets,
    i18n,
    log,
    version: readVersion(),
    authorOf: () => author,
    render: createRenderer({ application, assets, i18n, views, version: readVersion() }),
  };

  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use(securityHeaders());
  app.use(i18n.middleware);
  app.use(logRequests(context));
  app.use(allowHosts(options.allowedHosts ?? []));
  app.use("/assets", assets.middleware);
  app.use(limitRate());
  app.use(sameOrigin());
  app.use(express.json({ limit: "8mb" }));
  app.use(express.urlencoded({ extended: false, limit: "1mb" }));
  app.use(["/p/:project", "/api/p/:project"], loadProject(application));
  app.use(pageRoutes(context));
  app.use(answerNotFound);
  app.use(answerErrors(context));
  return app;
}

function logRequests(context: ServerContext): RequestHandler {
  return (request: Request, response, next) => {
    const start = performance.now();
    response.on("finish", () => {
      const fields = {
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(performance.now() - start),
      };
      context.log.info(fields, "request");
    });
    next();
  };
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
}

/**
 * The amaGama-compatible look-up, so that Weblate, Virtaal and scripts can ask the memories while they work:
 *
 *   GET /tmserver/{source}/{target}/unit/{text}          the text percent-encoded, slashes too if the client does so
 *   GET /tmserver/{source}/{target}/unit/?source={text}
 *   GET /tmserver/languages/
 *
 * and the same under /tmserver/{project}/ and /api/v1/. `min_similarity` and `max_candidates` as there. It only answers:
 * adding units is switched off, as it is in amaGama unless an administrator allows it, and no other site's page may read.
 */
import { Router } from "express";
import type { Request, Response } from "express";
import { listLiveLanguages, lookUpLive } from "../../workflow/live-lookup.ts";
import { parameter, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";

const BASES = ["/tmserver", "/api/v1"] as const;

export function liveLookupRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const languages = BASES.flatMap((base) => [`${base}/languages{/}`, `${base}/:project/languages{/}`]);
  // The pair alone comes first: only then may the first part be a project.
  const units = BASES.flatMap((base) => [
    `${base}/:source/:target/unit{/*text}`,
    `${base}/:project/:source/:target/unit{/*text}`,
  ]);

  router.get(languages, async (request, response) => {
    const { project } = request.params;
    const found = await listLiveLanguages(application, typeof project === "string" ? project : undefined);
    if (!found) throw new RequestError("project-not-found", { project: String(project) });
    response.set("Cache-Control", "no-store").json(found);
  });

  router.get(units, async (request, response) => {
    const { project } = request.params;
    const outcome = await lookUpLive(application, {
      projectId: typeof project === "string" ? project : undefined,
      sourceLanguage: parameter(request, "source"),
      targetLanguage: parameter(request, "target"),
      readings: readText(request),
      minSimilarity: readNumber(request, "min_similarity"),
      maxCandidates: readNumber(request, "max_candidates"),
    });
    if (outcome.kind === "no-project") throw new RequestError("project-not-found", { project: String(project) });
    if (outcome.kind === "ambiguous") {
      throw new RequestError("lookup-ambiguous", { projects: outcome.projects.join(", ") }, { projects: outcome.projects });
    }
    response.set("Cache-Control", "no-store").json(outcome.candidates);
  });

  const refuse = (_request: Request, response: Response) => {
    response.set("Allow", "GET, HEAD");
    throw new RequestError("lookup-read-only");
  };
  for (const pattern of units) {
    router.post(pattern, refuse);
    router.put(pattern, refuse);
    router.delete(pattern, refuse);
  }
  return router;
}

/** Base, project if there is one, pair, and the text behind "unit"; a project may itself be named "unit". */
const ADDRESS = /^\/(?:tmserver|api\/v1)(?:\/[^/]+){2,3}?\/unit(?:\/(.*))?$/iu;

/**
 * What was asked, out of the address as it was sent: the router would join empty parts. Some clients write a blank as "+"
 * (translate-toolkit's tmclient does, by `quote_plus`), others mean a plus by it: both are tried.
 */
function readText(request: Request): readonly string[] {
  const [path = ""] = request.originalUrl.split("?", 1);
  const sent = ADDRESS.exec(path)?.[1] ?? "";
  if (sent === "") return [query(request, "source") ?? ""];
  try {
    const text = decodeURIComponent(sent);
    return sent.includes("+") ? [text, decodeURIComponent(sent.replaceAll("+", " "))] : [text];
  } catch {
    throw new RequestError("bad-request", { place: "unit" });
  }
}

function readNumber(request: Request, name: string): number | undefined {
  const value = query(request, name);
  const number = value === undefined || value.trim() === "" ? NaN : Number(value);
  return Number.isFinite(number) ? Math.trunc(number) : undefined;
}

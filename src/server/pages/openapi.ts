/** The description of the HTTP API for programs. */
import { Router } from "express";
import { API_OPERATIONS } from "../api/operations.ts";
import { describeApi } from "../api/openapi.ts";
import type { ServerContext } from "../context.ts";

export function openapiRoutes(context: ServerContext): Router {
  const router = Router();
  router.get("/api/openapi.json", (request, response) => {
    const t = (key: string) => request.t(key);
    response.set("Vary", "Accept-Language, Cookie").json(describeApi(API_OPERATIONS, { t, version: context.version }));
  });
  return router;
}

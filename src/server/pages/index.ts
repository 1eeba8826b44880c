/** Mounts the areas. A new area adds one import and one line here. */
import { Router } from "express";
import type { ServerContext } from "../context.ts";
import { candidateRoutes } from "./candidates.ts";
import { importRoutes } from "./import.ts";
import { jobRoutes } from "./jobs.ts";
import { libraryRoutes } from "./library.ts";
import { shellRoutes } from "./shell.ts";

export function pageRoutes(context: ServerContext): Router {
  const router = Router();
  router.use(shellRoutes(context));
  router.use(jobRoutes(context));
  router.use(libraryRoutes(context));
  router.use(importRoutes(context));
  router.use(candidateRoutes(context));
  return router;
}

/** Mounts the areas. A new area adds one import and one line here. */
import { Router } from "express";
import { liveLookupRoutes } from "../api/live-lookup.ts";
import type { ServerContext } from "../context.ts";
import { alignRoutes } from "./align.ts";
import { alignmentFileRoutes } from "./alignment-files.ts";
import { alignmentLiveRoutes } from "./alignment-live.ts";
import { analysisRoutes } from "./analysis.ts";
import { candidateRoutes } from "./candidates.ts";
import { checksRoutes } from "./checks.ts";
import { compareRoutes } from "./compare.ts";
import { concordanceRoutes } from "./concordance.ts";
import { evidenceRoutes } from "./evidence.ts";
import { exportRoutes } from "./export.ts";
import { glossaryRoutes } from "./glossary.ts";
import { importRoutes } from "./import.ts";
import { jobRoutes } from "./jobs.ts";
import { libraryRoutes } from "./library.ts";
import { memoryRoutes } from "./memory.ts";
import { openapiRoutes } from "./openapi.ts";
import { returnRoutes } from "./returns.ts";
import { shellRoutes } from "./shell.ts";
import { translateRoutes } from "./translate.ts";

export function pageRoutes(context: ServerContext): Router {
  const router = Router();
  router.use(shellRoutes(context));
  router.use(jobRoutes(context));
  router.use(libraryRoutes(context));
  router.use(importRoutes(context));
  router.use(candidateRoutes(context));
  router.use(alignRoutes(context));
  router.use(alignmentFileRoutes(context));
  router.use(alignmentLiveRoutes(context));
  router.use(checksRoutes(context));
  router.use(compareRoutes(context));
  router.use(concordanceRoutes(context));
  router.use(analysisRoutes(context));
  router.use(exportRoutes(context));
  router.use(returnRoutes(context));
  router.use(translateRoutes(context));
  router.use(evidenceRoutes(context));
  router.use(glossaryRoutes(context));
  router.use(memoryRoutes(context));
  router.use(openapiRoutes(context));
  router.use(liveLookupRoutes(context));
  return router;
}

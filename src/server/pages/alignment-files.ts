/** Alignments as files: what a format would lose and the download; and one that was made elsewhere, looked at and accepted. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { ALIGNMENT_FORMATS, ROW_STATES, exportAlignment } from "../../workflow/alignment-export.ts";
import type { TableWords } from "../../workflow/alignment-export.ts";
import {
  acceptAlignment,
  discardAlignmentImport,
  openAlignmentImport,
  receiveAlignment,
} from "../../workflow/alignment-import.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { receiveFiles, uploadsOf } from "../uploads.ts";
import { showAlignmentImport } from "../view-models/alignment-import.ts";

export const exportWish = z.object({ format: z.enum(ALIGNMENT_FORMATS), rows: z.enum(["all", "confirmed"]).default("all") });
const title = z.string().max(1000).default("");
export const acceptanceInput = z.object({ source: title, target: title, confirmAll: z.boolean().default(false) });
/** Two texts and their links. */
const MOST_FILES = 3;

export function alignmentFileRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const placeOf = (request: Request, response: Response) => ({
    projectId: projectOf(response).id,
    id: parameter(request, "import"),
  });

  async function write(request: Request, response: Response) {
    const { format, rows } = exportWish.parse(request.query);
    const file = await exportAlignment(application, {
      projectId: projectOf(response).id,
      alignmentId: parameter(request, "alignment"),
      format,
      onlyConfirmed: rows === "confirmed",
      toolVersion: context.version,
      words: wordsOf(request),
    });
    if (!file) throw new RequestError("not-found");
    return { ...file, bytes: Buffer.from(file.content) };
  }

  router.get("/p/:project/align/:alignment/export", async (request, response) => {
    const { name, bytes } = await write(request, response);
    response.attachment(name);
    response.set({ "Content-Type": "application/octet-stream", "Cache-Control": "no-store" });
    response.send(bytes);
  });

  /** What the file would be, before it is taken: rows, bytes, losses. */
  router.get("/api/p/:project/alignments/:alignment/export", async (request, response) => {
    const { name, bytes, count, losses } = await write(request, response);
    response.set("Cache-Control", "no-store").json({ name, count, size: bytes.length, losses });
  });

  router.post("/api/p/:project/alignment-imports", receiveFiles(context), async (request, response) => {
    const files = uploadsOf(request);
    if (files.length === 0) throw new RequestError("no-files");
    if (files.length > MOST_FILES) throw new RequestError("too-many-files", { limit: MOST_FILES });
    const projectId = projectOf(response).id;
    const { id } = await receiveAlignment(application, { projectId, author: context.authorOf(request), files });
    response.status(201).json({ address: `/p/${encodeURIComponent(projectId)}/align-imports/${id}` });
  });

  router.get("/p/:project/align-imports/:import", async (request, response) => {
    const open = await openAlignmentImport(application, placeOf(request, response));
    if (!open) throw new RequestError("preview-not-found");
    await context.render(request, response, {
      page: "align-import",
      title: request.t("align-files:import.title"),
      area: "align",
      strings: ["align-files"],
      data: { shown: showAlignmentImport(open) },
      clientData: { import: open.preview.id },
    });
  });

  router.post("/api/p/:project/alignment-imports/:import/accept", async (request, response) => {
    const { source, target, confirmAll } = acceptanceInput.parse(request.body);
    const place = placeOf(request, response);
    const titles = { source, target };
    const outcome = await acceptAlignment(application, { ...place, titles, confirmAll, author: context.authorOf(request) });
    if (outcome.kind === "not-found") throw new RequestError("preview-not-found");
    if (outcome.kind === "unreadable") throw new RequestError("refused");
    const address = `/p/${encodeURIComponent(place.projectId)}/align/${encodeURIComponent(outcome.alignmentId)}`;
    response.status(201).json({ address });
  });

  router.post("/api/p/:project/alignment-imports/:import/discard", async (request, response) => {
    await discardAlignmentImport(application, placeOf(request, response));
    response.status(204).end();
  });

  return router;
}

function wordsOf(request: Request): TableWords {
  const states = ROW_STATES.map((state) => [state, request.t(`align-files:state.${state}`)]);
  return {
    language: request.language,
    row: request.t("align-files:column.row"),
    source: request.t("align-files:column.source"),
    target: request.t("align-files:column.target"),
    state: request.t("align-files:column.state"),
    notes: request.t("align-files:column.notes"),
    states: Object.fromEntries(states) as TableWords["states"],
  };
}

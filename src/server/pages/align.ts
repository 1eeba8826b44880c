/** S5, align: the alignments of a project, starting one, and the editor with its steps. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { editStoredAlignment, redoStep, startRealignment, undoStep } from "../../workflow/alignment-steps.ts";
import type { StepOperation, StepOutcome } from "../../workflow/alignment-steps.ts";
import { describeImportUndo, redoAlignmentImport, undoAlignmentImport } from "../../workflow/alignment-removal.ts";
import { describeChange, describeNews, findAlignmentNews, openAlignment, startAlignment } from "../../workflow/alignments.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { listAlignments } from "../view-models/align-list.ts";
import { showAlignment, showChange, showHead, showNews, showTerms } from "../view-models/align.ts";

/** A sentence or a note is seldom more than some hundred. */
const MOST_CHARACTERS = 20_000;

const group = z.string().max(200);
const side = z.enum(["source", "target"]);
const baseRevision = z.int().min(0);
const place = z.int().min(0);
const operation = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("split"), group, sourceAt: place, targetAt: place }),
  z.object({ kind: z.enum(["move-first-up", "move-last-down"]), group, side, count: z.int().min(1).default(1) }),
  z.object({ kind: z.enum(["shift-down", "shift-up"]), group, side }),
  z.object({
    kind: z.enum([
      "merge-previous",
      "merge-next",
      "insert-empty-above",
      "insert-empty-below",
      "remove-empty",
      "mark-omitted",
      "mark-added",
      "unmark",
      "confirm",
      "confirm-up-to",
      "unconfirm",
      "lock",
      "unlock",
      "bookmark",
      "unbookmark",
      "mark-doubtful",
      "unmark-doubtful",
      "unpin",
    ]),
    group,
  }),
  z.object({ kind: z.literal("add-note"), group, text: z.string().max(MOST_CHARACTERS) }),
  z.object({ kind: z.literal("edit-note"), group, note: z.string().max(200), text: z.string().max(MOST_CHARACTERS) }),
  z.object({ kind: z.literal("remove-note"), group, note: z.string().max(200) }),
  z.object({ kind: z.literal("split-sentence"), group, side, sentence: place, at: place }),
  z.object({ kind: z.literal("edit-sentence"), group, side, sentence: place, text: z.string().max(MOST_CHARACTERS) }),
  z.object({ kind: z.enum(["join-sentences", "restore-sentence"]), group, side, sentence: place }),
]) satisfies z.ZodType<StepOperation>;
export const stepInput = z.object({ baseRevision, operation });
export const basedInput = z.object({ baseRevision });
const sentencePlace = z.object({ group, sentence: place });
export const realignInput = z.object({
  baseRevision,
  range: z.object({ first: group, last: group }).optional(),
  pin: z.object({ source: sentencePlace, target: sentencePlace }).optional(),
});
export const pairInput = z.object({ source: z.string().max(200), target: z.string().max(200) });

export function alignRoutes(context: ServerContext): Router {
  const router = Router();
  const { application } = context;
  const { stores } = application;

  router.get("/p/:project/align", async (request, response) => {
    const list = await listAlignments(application, projectOf(response));
    const { suggestions, aligned } = list;
    // Hundreds of rows take a moment to be written.
    await nextTurn();
    const wanted = { source: query(request, "source"), target: query(request, "target") };
    await context.render(request, response, {
      page: "align-list",
      title: request.t("align:title"),
      area: "align",
      workbench: true,
      strings: ["align", "align-files"],
      data: { ...list, wanted, me: context.authorOf(request) },
      clientData: { suggestions, aligned },
    });
  });

  router.get("/p/:project/align/:alignment", async (request, response) => {
    const alignment = await getAlignment(request, response);
    // A unit of a memory knows its group; the number of its row changes as rows are joined and split.
    const group = query(request, "group");
    if (group !== undefined) {
      const row = (await stores.alignments.find(alignment.id))?.state.groups.findIndex(({ id }) => id === group) ?? -1;
      const hash = row < 0 ? "" : `#row-${String(row + 1)}`;
      return void response.redirect(
        `/p/${encodeURIComponent(alignment.projectId)}/align/${encodeURIComponent(alignment.id)}${hash}`,
      );
    }
    const source = await stores.documents.findSummary(alignment.sourceDocumentId);
    const target = await stores.documents.findSummary(alignment.targetDocumentId);
    const { id: alignmentId, projectId } = alignment;
    const importUndo = await describeImportUndo(application, { projectId, alignmentId });
    await context.render(request, response, {
      page: "align",
      title: `${request.t("align:title")}: ${source?.title ?? ""}`,
      area: "align",
      workbench: true,
      strings: ["align", "align-files", "losses"],
      data: { alignment: alignment.id, source, target, importUndo },
      clientData: { alignment: alignment.id, me: context.authorOf(request) },
    });
  });

  router.post("/api/p/:project/alignments", async (request, response) => {
    const { source, target } = pairInput.parse(request.body);
    const project = projectOf(response);
    for (const [id, wanted] of [[source, "source"] as const, [target, "target"] as const]) {
      const document = await stores.documents.findSummary(id);
      const usable = document?.projectId === project.id && document.side === wanted && document.removedAt === undefined;
      if (!usable) throw new RequestError("document-not-found");
    }
    const known = await stores.alignments.findByDocuments(source, target);
    if (known) return void response.json({ alignment: known.id });
    const author = context.authorOf(request);
    const pairing = { projectId: project.id, sourceDocumentId: source, targetDocumentId: target, author };
    const job = await startAlignment(application, pairing);
    response.status(202).json({ job: job.id });
  });

  /** An import goes as a whole; the answer says which of its documents stay because something else uses them. */
  router.post("/api/p/:project/alignments/:alignment/undo-import", async (request, response) => {
    const outcome = await undoAlignmentImport(application, importPlace(request, response));
    if (outcome.kind === "possible") return void response.json({ kept: outcome.kept.map(({ document }) => document.title) });
    if (outcome.kind === "not-found") throw new RequestError("not-found");
    response.json({ refusal: outcome.kind });
  });

  router.post("/api/p/:project/alignments/:alignment/redo-import", async (request, response) => {
    const outcome = await redoAlignmentImport(application, importPlace(request, response));
    if (outcome === "not-found") throw new RequestError("not-found");
    response.status(204).end();
  });

  router.get("/api/p/:project/alignments/:alignment", async (request, response) => {
    const { id, projectId } = await getAlignment(request, response);
    const open = await openAlignment(application, { projectId, alignmentId: id });
    if (!open) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json(showAlignment(open));
  });

  /** Approved pairs of the glossary in its sentences: asked for when the rows are shown. */
  router.get("/api/p/:project/alignments/:alignment/terms", async (request, response) => {
    const { id, projectId } = await getAlignment(request, response);
    const open = await openAlignment(application, { projectId, alignmentId: id });
    if (!open) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json(await showTerms(application, open));
  });

  router.get("/api/p/:project/alignments/:alignment/changes", async (request, response) => {
    const { id, revision } = await getAlignment(request, response);
    const since = z.coerce.number().int().min(0).parse(query(request, "since"));
    if (since === revision) return void response.status(204).end();
    const news = await findAlignmentNews(application, { alignmentId: id, since });
    if (!news) throw new RequestError("not-found");
    response.set("Cache-Control", "no-store").json(await showNews(application, news));
  });

  router.post("/api/p/:project/alignments/:alignment/steps", async (request, response) => {
    const { operation, ...rest } = stepInput.parse(request.body);
    const outcome = await editStoredAlignment(application, { ...(await signed(request, response, rest)), operation });
    await answerStep(response, rest.baseRevision, outcome);
  });

  router.post("/api/p/:project/alignments/:alignment/undo", async (request, response) => {
    const given = basedInput.parse(request.body);
    await answerStep(response, given.baseRevision, await undoStep(application, await signed(request, response, given)));
  });

  router.post("/api/p/:project/alignments/:alignment/redo", async (request, response) => {
    const given = basedInput.parse(request.body);
    await answerStep(response, given.baseRevision, await redoStep(application, await signed(request, response, given)));
  });

  router.post("/api/p/:project/alignments/:alignment/realign", async (request, response) => {
    const given = realignInput.parse(request.body);
    const asked = await signed(request, response, given);
    const job = await startRealignment(application, { ...asked, range: given.range, pin: given.pin });
    if (job && "refusal" in job) return void response.json({ refusal: job.refusal });
    if (job) return void response.status(202).json({ job: job.id });
    const news = await findAlignmentNews(application, { alignmentId: asked.alignmentId, since: given.baseRevision });
    throw new RequestError("stale", {}, news && (await showNews(application, news)));
  });

  function importPlace(request: Request, response: Response) {
    const alignmentId = parameter(request, "alignment");
    return { projectId: projectOf(response).id, alignmentId, author: context.authorOf(request) };
  }

  /** Without its rows, which may be thousands. */
  async function getAlignment(request: Request, response: Response) {
    const id = parameter(request, "alignment");
    const alignment = await stores.alignments.findSummary(id);
    if (alignment?.projectId !== projectOf(response).id) throw new RequestError("not-found");
    return alignment;
  }

  async function signed(request: Request, response: Response, given: { readonly baseRevision: number }) {
    const { id } = await getAlignment(request, response);
    return { alignmentId: id, baseRevision: given.baseRevision, author: context.authorOf(request) };
  }

  /** What the step changed; or why it could not be done; or, when it was based on an old revision, what others did. */
  async function answerStep(response: Response, since: number, outcome: StepOutcome): Promise<void> {
    switch (outcome.kind) {
      case "saved": {
        const { alignment, before } = outcome;
        const change = await showChange(application, alignment, describeChange(before, alignment.state));
        response.json({ ...showHead(alignment), change });
        return;
      }
      case "cannot":
        response.json({ refusal: outcome.refusal });
        return;
      case "refused":
        if (outcome.code === "not-found") throw new RequestError("not-found");
        response.json({ refusal: outcome.code });
        return;
      case "stale":
        throw new RequestError("stale", {}, await showNews(application, await describeNews(application, { since, ...outcome })));
    }
  }

  return router;
}

/** Repeats of a row: what there is, proposals to untouched rows and back, exceptions. Part of S6. */
import type { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { exceptRow, findRepeats, propagateRow, withdrawProposals } from "../../workflow/repeats.ts";
import type { StoredRow } from "../../workflow/translations.ts";
import { projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { viewRow } from "../view-models/translate.ts";
import { viewRepeat } from "../view-models/translate-repeats.ts";

const MOST_ROWS = 500;
const id = z.string().min(1).max(100);
const proposeSchema = z.object({ rows: z.array(id).max(MOST_ROWS).optional() });
const withdrawSchema = z.object({ rows: z.array(z.object({ id, revision: z.number().int().min(0) })).max(MOST_ROWS) });
const exceptionSchema = z.object({ reason: z.string().trim().min(1).max(500).optional() });

export function addRepeatRoutes(
  router: Router,
  context: ServerContext,
  getSegment: (request: Request, response: Response) => Promise<StoredRow>,
): void {
  const { application } = context;
  const base = "/api/p/:project/segments/:segment";

  router.get(`${base}/repeats`, async (request, response) => {
    const segment = await getSegment(request, response);
    const repeats = await findRepeats(application, { projectId: projectOf(response).id, segment });
    response.json({ repeats: repeats.map(viewRepeat) });
  });

  router.post(`${base}/repeats`, async (request, response) => {
    const segment = await getSegment(request, response);
    const { rows } = proposeSchema.parse(request.body);
    const author = context.authorOf(request);
    const proposed = await propagateRow(application, { projectId: projectOf(response).id, segment, rows, author });
    response.json({
      rows: proposed.map(({ segment: row, isToDo }) => ({ row: viewRow(row), document: row.documentId, isToDo })),
    });
  });

  router.post(`${base}/repeats/withdraw`, async (request, response) => {
    const segment = await getSegment(request, response);
    const { rows } = withdrawSchema.parse(request.body);
    const { id: projectId } = projectOf(response);
    // Only rows that repeat this one: nothing else can be emptied from here.
    const known = new Set((await findRepeats(application, { projectId, segment })).map((repeat) => repeat.segment.id));
    const emptied = await withdrawProposals(application, {
      rows: rows.filter((row) => known.has(row.id)),
      author: context.authorOf(request),
    });
    response.json({ rows: emptied.map((row) => ({ row: viewRow(row), document: row.documentId })) });
  });

  router.put(`${base}/exception`, async (request, response) => {
    const segment = await getSegment(request, response);
    const { reason } = exceptionSchema.parse(request.body);
    const author = context.authorOf(request);
    await exceptRow(application, { projectId: projectOf(response).id, segmentId: segment.id, reason, author });
    response.json({ id: segment.id });
  });
}

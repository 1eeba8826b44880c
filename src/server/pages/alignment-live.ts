/** Several people at one alignment: who is there and at which row, and word of every change as it happens. */
import { Router } from "express";
import type { Request, Response } from "express";
import { z } from "zod";
import { alignmentRoom } from "../../workflow/alignment-room.ts";
import { parameter, projectOf, query } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { openEventStream } from "../event-stream.ts";

const client = z.uuid();
export const presenceInput = z.object({ client, row: z.string().max(200).optional(), isEditing: z.boolean().default(false) });

export function alignmentLiveRoutes(context: ServerContext): Router {
  const router = Router();
  const { rooms, stores, clock } = context.application;

  /** Events `people` and `changed`; the connection stays open. */
  router.get("/api/p/:project/alignments/:alignment/events", async (request, response) => {
    const id = client.parse(query(request, "client"));
    const room = await findRoom(request, response);
    const stream = openEventStream(request, response, () => leave?.());
    const participant = { client: id, name: context.authorOf(request), isEditing: false, since: clock() };
    const leave = rooms.enter(room, participant, ({ kind, ...event }) => stream.send(kind, event));
    if (!leave) stream.end();
  });

  router.post("/api/p/:project/alignments/:alignment/here", async (request, response) => {
    const { client: id, row, isEditing } = presenceInput.parse(request.body);
    if (!rooms.move(await findRoom(request, response), id, { row, isEditing })) throw new RequestError("not-found");
    response.status(204).end();
  });

  async function findRoom(request: Request, response: Response): Promise<string> {
    const id = parameter(request, "alignment");
    const known = await stores.alignments.findSummary(id);
    if (known?.projectId !== projectOf(response).id) throw new RequestError("not-found");
    return alignmentRoom(id);
  }

  return router;
}

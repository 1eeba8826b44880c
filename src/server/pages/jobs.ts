/** Jobs: their state, their progress as events, cancelling; the list for the menu and the page. */
import { Router } from "express";
import type { Request, Response } from "express";
import type { Job } from "../../model/job.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";

const ENDED: ReadonlySet<Job["state"]> = new Set(["done", "failed", "cancelled", "interrupted"]);
const RETRY_MS = 2_000;
/** Proxies and browsers drop a connection on which nothing comes. */
const KEEP_ALIVE_MS = 20_000;

export function jobRoutes(context: ServerContext): Router {
  const router = Router();
  const { jobs } = context.application;

  router.get("/p/:project/jobs", async (request, response) => {
    const list = await jobs.list(projectOf(response).id);
    await context.render(request, response, { page: "jobs", title: request.t("common:jobs.title"), data: { jobs: list } });
  });

  router.get("/api/p/:project/jobs", async (_request, response) => {
    response.json({ jobs: await jobs.list(projectOf(response).id) });
  });

  router.get("/api/jobs/:id", async (request, response) => {
    response.json(await getJob(request));
  });

  router.post("/api/jobs/:id/cancel", async (request, response) => {
    await getJob(request);
    response.json(await jobs.cancel(parameter(request, "id")));
  });

  router.get("/api/jobs/:id/events", async (request, response) => {
    const job = await getJob(request);
    streamJob({ request, response, job, subscribe: (listener) => jobs.subscribe(job.id, listener) });
  });

  async function getJob(request: Request): Promise<Job> {
    const job = await jobs.find(parameter(request, "id"));
    if (!job) throw new RequestError("job-not-found");
    return job;
  }

  return router;
}

type Stream = {
  readonly request: Request;
  readonly response: Response;
  readonly job: Job;
  readonly subscribe: (listener: (job: Job) => void) => () => void;
};

/**
 * Server-sent events: `progress` with the job while it runs, then `end` with the job, and the connection closes.
 * A browser that comes back is told the state now; nothing is kept for it.
 */
function streamJob(stream: Stream): void {
  const { request, response } = stream;
  response.set({
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    Connection: "keep-alive",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  let number = Number(request.headers["last-event-id"] ?? 0) || 0;
  let stop: () => void = () => undefined;
  let ended = false;
  const keepAlive = setInterval(() => response.write(": here\n\n"), KEEP_ALIVE_MS);
  const end = () => {
    ended = true;
    clearInterval(keepAlive);
    stop();
  };
  const tell = (job: Job) => {
    if (ended) return;
    number += 1;
    const over = ENDED.has(job.state);
    response.write(`id: ${number}\nretry: ${RETRY_MS}\nevent: ${over ? "end" : "progress"}\ndata: ${JSON.stringify(job)}\n\n`);
    if (!over) return;
    end();
    response.end();
  };
  request.on("close", end);
  tell(stream.job);
  if (!ended) stop = stream.subscribe(tell);
  // The job may have ended while subscribing told the listener at once.
  if (ended) stop();
}

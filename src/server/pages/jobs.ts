/** Jobs: their state, their progress as events, cancelling; the list for the menu and the page. */
import { Router } from "express";
import type { Request, Response } from "express";
import type { Job } from "../../model/job.ts";
import { parameter, projectOf } from "../context.ts";
import type { ServerContext } from "../context.ts";
import { RequestError } from "../errors.ts";
import { openEventStream } from "../event-stream.ts";

const ENDED: ReadonlySet<Job["state"]> = new Set(["done", "failed", "cancelled", "interrupted"]);

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

/** `progress` with the job while it runs, then `end` with the job, and the connection closes. */
function streamJob({ request, response, job, subscribe }: Stream): void {
  let stop: (() => void) | undefined;
  let isOver = false;
  const stream = openEventStream(request, response, () => {
    isOver = true;
    stop?.();
  });
  const tell = (now: Job): void => {
    const hasEnded = ENDED.has(now.state);
    stream.send(hasEnded ? "end" : "progress", now);
    if (hasEnded) stream.end();
  };
  tell(job);
  if (ENDED.has(job.state)) return;
  const unsubscribe = subscribe(tell);
  // The job may have ended while subscribing told the listener at once.
  if (isOver) unsubscribe();
  else stop = unsubscribe;
}

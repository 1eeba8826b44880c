/** Work on one project, one piece after another: what it was based on still holds when it is written. */
import type { Application } from "./application.ts";

const queues = new WeakMap<Application, Map<string, Promise<unknown>>>();

/** Waits for what was begun in the project before. */
export function inProjectTurn<Result>(application: Application, projectId: string, work: () => Promise<Result>): Promise<Result> {
  const queue = queues.get(application) ?? new Map<string, Promise<unknown>>();
  queues.set(application, queue);
  const before = queue.get(projectId) ?? Promise.resolve();
  const result = before.then(work);
  queue.set(
    projectId,
    result.catch(() => undefined),
  );
  return result;
}

/**
 * Long work as jobs: started by a person, visible to all, cancellable, remembered after a restart.
 *
 * The work itself runs in worker threads; the main thread only passes on progress and stores what came out, in pieces,
 * so that pages are answered meanwhile. Cancelling ends the thread, busy loop or not.
 */
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import type { Job, JobKind, Progress, ProgressReporter } from "../model/job.ts";
import type { IsoInstant } from "../model/span.ts";
import type { JobStore } from "../storage/job-store.ts";
import type { TaskContext, Tasks } from "./job-tasks.ts";
import type { TaskMessage, TaskRemainder, TaskRequest } from "./worker.ts";

/** The present instant; comes in as an argument so that tests can hold it still. */
export type Clock = () => IsoInstant;

// The bottom type as a parameter: any function of an input and a context is a task.
export type TaskRegistry = Readonly<Record<string, (input: never, context: TaskContext) => unknown>>;
export type TaskInput<Registry extends TaskRegistry, Name extends keyof Registry> = Parameters<Registry[Name]>[0];
export type TaskOutput<Registry extends TaskRegistry, Name extends keyof Registry> = Awaited<ReturnType<Registry[Name]>>;

export type JobStart<Registry extends TaskRegistry, Name extends keyof Registry> = {
  readonly projectId: string;
  readonly kind: JobKind;
  /** What the person sees: the name of a document or file. */
  readonly label: string;
  readonly task: Name;
  readonly input: TaskInput<Registry, Name>;
  /** Runs in the main thread, inside the life of the job: stores what came out and answers the job's `result`. */
  readonly finish: (
    output: TaskOutput<Registry, Name>,
    context: { readonly job: Job; readonly report: ProgressReporter; readonly signal: AbortSignal },
  ) => Promise<string | undefined>;
};

export type JobRunner<Registry extends TaskRegistry = Tasks> = {
  /** Answers at once, with a job that waits or runs. */
  start<Name extends keyof Registry & string>(start: JobStart<Registry, Name>): Promise<Job>;
  /** Answers the job as it then is: `cancelled`, or as it had ended before. */
  cancel(id: string): Promise<Job | undefined>;
  /** Tells the listener the state now and every change until the end; answers a function that stops it. */
  subscribe(id: string, listener: (job: Job) => void): () => void;
  find(id: string): Promise<Job | undefined>;
  /** Newest first, with live progress. */
  list(projectId: string): Promise<readonly Job[]>;
  /** Waits until a job has ended. */
  waitFor(id: string): Promise<Job | undefined>;
  /** The same work without a job: analysis for a preview, a command. Rejects with the signal's reason when aborted. */
  runTask<Name extends keyof Registry & string>(
    task: Name,
    input: TaskInput<Registry, Name>,
    options?: { readonly onProgress?: ProgressReporter; readonly signal?: AbortSignal },
  ): Promise<TaskOutput<Registry, Name>>;
  /** Ends all threads; unfinished jobs become `interrupted` at the next start. */
  close(): Promise<void>;
};

/** Each commit waits for the disk, so progress is written seldom; listeners get it ten times a second. */
const STORED_PROGRESS_MS = 2000;
/** A thread that has nothing to do for so long goes away with its memory. */
const IDLE_THREAD_MS = 30_000;

type LiveJob = {
  job: Job;
  readonly controller: AbortController;
  readonly listeners: Set<(job: Job) => void>;
  readonly ended: Promise<Job>;
};

function createPool(): Tinypool {
  return new Tinypool({
    filename: new URL("./worker.ts", import.meta.url).href,
    name: "runInThread",
    minThreads: 0,
    // Two at least: a short analysis must not wait for a long extraction.
    maxThreads: Math.max(2, availableParallelism() - 1),
    idleTimeout: IDLE_THREAD_MS,
  });
}

/** Puts an output together again from its pieces and what was left of it. */
function joinOutput(remainder: TaskRemainder, lists: ReadonlyMap<string, readonly unknown[]>): unknown {
  if (remainder.kind === "list") return lists.get("") ?? [];
  if (lists.size === 0) return remainder.value;
  return { ...(remainder.value as object), ...Object.fromEntries(lists) };
}

type TaskRun = {
  readonly request: Omit<TaskRequest, "port">;
  readonly signal: AbortSignal;
  readonly onStart?: () => void;
  readonly onProgress?: ProgressReporter | undefined;
};

async function runInPool(pool: Tinypool, { request, signal, onStart, onProgress }: TaskRun): Promise<unknown> {
  signal.throwIfAborted();
  const { port1: near, port2: far } = new MessageChannel();
  const lists = new Map<string, unknown[]>();
  near.on("message", (message: TaskMessage) => {
    if (message.kind === "started") onStart?.();
    if (message.kind === "progress") onProgress?.(message.progress);
    if (message.kind !== "piece") return;
    const list = lists.get(message.key ?? "") ?? [];
    lists.set(message.key ?? "", list);
    for (const item of message.items) list.push(item);
    // The next piece comes when others have had their turn.
    void nextTurn().then(() => {
      near.postMessage("taken");
    });
  });
  try {
    const task: TaskRequest = { ...request, port: far };
    const remainder = (await pool.run(task, { transferList: [far], signal })) as TaskRemainder;
    return joinOutput(remainder, lists);
  } catch (error) {
    // Why it was cancelled says more than that it was.
    signal.throwIfAborted();
    throw error;
  } finally {
    near.close();
  }
}

export function createJobRunner<Registry extends TaskRegistry = Tasks>({
  stores,
  clock,
  registry = new URL("./job-tasks.ts", import.meta.url),
}: {
  readonly stores: { readonly jobs: JobStore };
  readonly clock: Clock;
  /** Address of a module that exports `tasks`. */
  readonly registry?: URL;
}): JobRunner<Registry> {
  const { jobs } = stores;
  const pool = createPool();
  const live = new Map<string, LiveJob>();
  const closing = new AbortController();

  function update(id: string, change: Partial<Job>): void {
    const entry = live.get(id);
    if (!entry) return;
    entry.job = { ...entry.job, ...change };
    for (const listener of entry.listeners) listener(entry.job);
  }

  function createProgressKeeper(id: string): ProgressReporter {
    let storedAt = performance.now();
    return (progress: Progress) => {
      update(id, { progress });
      if (performance.now() - storedAt < STORED_PROGRESS_MS || closing.signal.aborted) return;
      storedAt = performance.now();
      // A lost line of progress is no reason to end the job.
      jobs.saveProgress(id, progress).catch(() => undefined);
    };
  }

  async function work<Name extends keyof Registry & string>(
    { task, input, finish }: JobStart<Registry, Name>,
    { job, signal }: { readonly job: Job; readonly signal: AbortSignal },
  ): Promise<string | undefined> {
    const report = createProgressKeeper(job.id);
    const output = await runInPool(pool, {
      request: { registry: registry.href, task, input },
      signal,
      onProgress: report,
      onStart: () => {
        update(job.id, { state: "running" });
        jobs.start(job.id).catch(() => undefined);
      },
    });
    return finish(output as TaskOutput<Registry, Name>, { job: live.get(job.id)?.job ?? job, report, signal });
  }

  /** Runs a job to its end, whatever the end. A job that `close` stopped keeps its state: the next start finds it unfinished. */
  async function complete<Name extends keyof Registry & string>(
    start: JobStart<Registry, Name>,
    { job, signal }: { readonly job: Job; readonly signal: AbortSignal },
  ): Promise<Job> {
    const end = await work(start, { job, signal }).then(
      (result) => ({ state: "done", ...(result === undefined ? {} : { result }) }) as const,
      (error: unknown) =>
        signal.aborted
          ? ({ state: "cancelled" } as const)
          : ({ state: "failed", error: error instanceof Error ? error.message : String(error) } as const),
    );
    const last = live.get(job.id)?.job ?? job;
    if (closing.signal.aborted) return { ...last, state: "interrupted" };
    await jobs.saveProgress(job.id, last.progress);
    const finishedAt = clock();
    await jobs.finish(job.id, { ...end, finishedAt });
    return { ...last, ...end, finishedAt };
  }

  async function start<Name extends keyof Registry & string>(request: JobStart<Registry, Name>): Promise<Job> {
    closing.signal.throwIfAborted();
    const job: Job = {
      id: randomUUID(),
      projectId: request.projectId,
      kind: request.kind,
      label: request.label,
      state: "waiting",
      progress: { done: 0, total: 0, stage: "waiting" },
      createdAt: clock(),
    };
    await jobs.add(job);
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, closing.signal]);
    const listeners = new Set<(job: Job) => void>();
    // Begins a turn later, when the entry is there to be updated.
    const ended = nextTurn()
      .then(() => complete(request, { job, signal }))
      .then((last) => {
        update(job.id, last);
        live.delete(job.id);
        return last;
      });
    // Whoever waits for the end is told; nobody has to wait.
    ended.catch(() => live.delete(job.id));
    live.set(job.id, { job, controller, listeners, ended });
    return job;
  }

  async function find(id: string): Promise<Job | undefined> {
    return live.get(id)?.job ?? (await jobs.find(id));
  }

  return {
    start,
    find,
    async cancel(id) {
      const entry = live.get(id);
      if (!entry) return jobs.find(id);
      entry.controller.abort(new DOMException("The job was cancelled", "AbortError"));
      return entry.ended;
    },
    subscribe(id, listener) {
      let isWanted = true;
      const entry = live.get(id);
      const tell = (job: Job | undefined) => {
        if (isWanted && job) listener(job);
      };
      entry?.listeners.add(tell);
      if (entry) queueMicrotask(() => live.get(id) && tell(entry.job));
      else jobs.find(id).then(tell, () => undefined);
      return () => {
        isWanted = false;
        entry?.listeners.delete(tell);
      };
    },
    async list(projectId) {
      return (await jobs.list(projectId)).map((job) => live.get(job.id)?.job ?? job);
    },
    waitFor: (id) => live.get(id)?.ended ?? jobs.find(id),
    async runTask<Name extends keyof Registry & string>(
      task: Name,
      input: TaskInput<Registry, Name>,
      { onProgress, signal }: { readonly onProgress?: ProgressReporter; readonly signal?: AbortSignal } = {},
    ): Promise<TaskOutput<Registry, Name>> {
      const combined = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const output = await runInPool(pool, { request: { registry: registry.href, task, input }, signal: combined, onProgress });
      return output as TaskOutput<Registry, Name>;
    },
    async close() {
      closing.abort(new Error("Dingyi is closing"));
      await Promise.allSettled([...live.values()].map((entry) => entry.ended));
      await pool.destroy();
    },
  };
}

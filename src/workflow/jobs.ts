/** Long work as jobs: started by a person, visible to all, cancellable, remembered after a restart. */
import type { Job, JobKind, ProgressReporter } from "../model/job.ts";
import type { IsoInstant } from "../model/span.ts";
import type { TaskContext, Tasks } from "./job-tasks.ts";

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

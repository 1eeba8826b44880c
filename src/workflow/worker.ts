/**
 * The entry of a worker thread: runs one task of a registry and sends its progress and its output through a port.
 *
 * The output travels in pieces. Receiving one huge message would stop the main thread for as long as it takes to
 * rebuild it, so long lists are cut up and the next piece is sent when the last one has been taken.
 */
import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import type { Progress } from "../model/job.ts";
import type { TaskContext } from "./job-tasks.ts";

export type TaskRequest = {
  /** Address of the module that exports `tasks`. */
  readonly registry: string;
  readonly task: string;
  readonly input: unknown;
  readonly port: MessagePort;
};

export type TaskMessage =
  | { readonly kind: "started" }
  | { readonly kind: "progress"; readonly progress: Progress }
  /** A piece of the list at `key` of the output; of the output itself when there is no key. */
  | { readonly kind: "piece"; readonly key?: string; readonly items: readonly unknown[] };

/** What is left of an output when its long lists have gone ahead. */
export type TaskRemainder = { readonly kind: "value"; readonly value: unknown } | { readonly kind: "list" };

/** Progress is for eyes: ten times a second is enough. */
const PROGRESS_INTERVAL_MS = 100;
/** Elements of one piece: a formulation with its occurrences takes about 2 KiB, so 200 are rebuilt in a few milliseconds. */
const PIECE_ITEMS = 200;

function createReporter(port: MessagePort) {
  let last = -Infinity;
  let held: Progress | undefined;
  return {
    report: (progress: Progress) => {
      const now = performance.now();
      held = progress;
      if (now - last < PROGRESS_INTERVAL_MS) return;
      last = now;
      held = undefined;
      port.postMessage({ kind: "progress", progress } satisfies TaskMessage);
    },
    flush: () => {
      if (held) port.postMessage({ kind: "progress", progress: held } satisfies TaskMessage);
    },
  };
}

async function sendList(port: MessagePort, items: readonly unknown[], key?: string): Promise<void> {
  for (let start = 0; start < items.length; start += PIECE_ITEMS) {
    const piece = items.slice(start, start + PIECE_ITEMS);
    const taken = once(port, "message");
    port.postMessage({ kind: "piece", items: piece, ...(key === undefined ? {} : { key }) } satisfies TaskMessage);
    await taken;
  }
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

async function sendOutput(port: MessagePort, output: unknown): Promise<TaskRemainder> {
  if (Array.isArray(output) && output.length > PIECE_ITEMS) {
    await sendList(port, output);
    return { kind: "list" };
  }
  if (!isPlainObject(output)) return { kind: "value", value: output };
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(output)) {
    if (Array.isArray(value) && value.length > PIECE_ITEMS) await sendList(port, value, key);
    else rest[key] = value;
  }
  return { kind: "value", value: rest };
}

export async function runInThread({ registry, task, input, port }: TaskRequest): Promise<TaskRemainder> {
  try {
    port.postMessage({ kind: "started" } satisfies TaskMessage);
    const { tasks } = (await import(registry)) as {
      readonly tasks: Readonly<Record<string, (input: unknown, context: TaskContext) => unknown>>;
    };
    const run = tasks[task];
    if (!run) throw new Error(`There is no task ${task}`);
    const { report, flush } = createReporter(port);
    const output = await run(input, { report });
    flush();
    return await sendOutput(port, output);
  } finally {
    port.close();
  }
}

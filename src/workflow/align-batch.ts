/**
 * Aligns many pairs of files, several at a time in threads of their own.
 *
 * Guarantee: results come in the order of the pairs, and only as many as there are threads are in memory at once. An
 * aborted signal ends all threads at once. Cost: that of each pair, and the lexicon once a thread.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ProgressReporter } from "../model/job.ts";
import type { FileAlignmentResult } from "./align-texts.ts";
import type { ThreadAnswer, ThreadRequest } from "./align-thread.ts";
import { hasDictionary, loadDictionary } from "./dictionary.ts";

export type BatchInput<Pair> = {
  readonly pairs: readonly Pair[];
  /** Reads what a pair needs, when its turn comes; undefined passes it over. */
  readonly open: (pair: Pair) => Promise<ThreadRequest | undefined>;
  /** Called in the order of the pairs, one after another. */
  readonly onResult: (pair: Pair, result: FileAlignmentResult) => Promise<void>;
  readonly report?: ProgressReporter;
  readonly signal?: AbortSignal;
};

/** Each thread holds a lexicon of some 100 MB. */
const MOST_THREADS = 4;

export async function alignPairs<Pair>({ pairs, open, onResult, report, signal }: BatchInput<Pair>): Promise<void> {
  const count = Math.min(MOST_THREADS, availableParallelism(), pairs.length);
  const threads = Array.from({ length: count }, () => new Worker(new URL("./align-thread.ts", import.meta.url)));
  const shares = new Float64Array(pairs.length);
  const tell = (): void =>
    report?.({ done: shares.reduce((sum, share) => sum + share, 0), total: pairs.length, stage: "search" });
  let next = 0;
  let isCached = false;
  // Each result waits for those before it, so that files and report come in order.
  let written: Promise<void> = Promise.resolve();
  const work = async (thread: Worker): Promise<void> => {
    while (next < pairs.length) {
      const at = next++;
      const pair = pairs[at];
      if (pair === undefined) return;
      const before = written;
      let settle = (): void => undefined;
      written = new Promise((resolve) => {
        settle = resolve;
      });
      try {
        const request = await open(pair);
        if (request && !isCached && hasDictionary(request.from, request.to) && request.cacheFolder !== undefined) {
          // Built once here, so that the threads do not build it side by side.
          await loadDictionary({ cacheFolder: request.cacheFolder, ...(report ? { report } : {}) });
          isCached = true;
        }
        const result = request && (await runInThread(thread, { request, onShare: (share) => ((shares[at] = share), tell()) }));
        await before;
        if (result) await onResult(pair, result);
        shares[at] = 1;
        tell();
      } finally {
        settle();
      }
    }
  };
  const stop = (): void => {
    for (const thread of threads) void thread.terminate();
  };
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    await Promise.all(threads.map(work));
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  signal?.throwIfAborted();
}

type ThreadRun = { readonly request: ThreadRequest; readonly onShare: (share: number) => void };

function runInThread(thread: Worker, { request, onShare }: ThreadRun): Promise<FileAlignmentResult> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      thread.off("message", onMessage).off("error", onError).off("exit", onExit);
      act();
    };
    const onMessage = (answer: ThreadAnswer): void => {
      if (answer.kind === "progress") onShare(answer.share);
      else
        end(() => {
          resolve(answer.result);
        });
    };
    const onError = (error: unknown): void => {
      end(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    };
    const onExit = (): void => {
      onError(new Error("The thread ended before its work was done."));
    };
    thread.on("message", onMessage).on("error", onError).on("exit", onExit);
    thread.postMessage(request);
  });
}

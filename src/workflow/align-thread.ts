/** The entry of a thread that aligns pair after pair of files, as `align-batch.ts` sends them. */
import { parentPort } from "node:worker_threads";
import { alignFiles } from "./align-texts.ts";
import type { AlignFilesRequest, FileAlignmentResult } from "./align-texts.ts";

export type ThreadRequest = Omit<AlignFilesRequest, "report">;
export type ThreadAnswer =
  { readonly kind: "progress"; readonly share: number } | { readonly kind: "done"; readonly result: FileAlignmentResult };

const PROGRESS_INTERVAL_MS = 200;

parentPort?.on("message", (request: ThreadRequest) => {
  void answer(request);
});

async function answer(request: ThreadRequest): Promise<void> {
  let told = performance.now();
  const result = await alignFiles({
    ...request,
    report: ({ done, total }) => {
      if (performance.now() - told < PROGRESS_INTERVAL_MS) return;
      told = performance.now();
      parentPort?.postMessage({ kind: "progress", share: done / Math.max(1, total) } satisfies ThreadAnswer);
    },
  });
  parentPort?.postMessage({ kind: "done", result } satisfies ThreadAnswer);
}

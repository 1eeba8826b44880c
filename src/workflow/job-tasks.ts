/**
 * The long pure work that runs in worker threads, by name. A task is a function of plain data (what structured
 * cloning can carry) that reports its progress now and then; being cancelled ends its thread, so it need not ask.
 * Modules are imported when first used, so that a worker loads only what its task needs.
 *
 * To add one:
 *   extract: async (input: ExtractInput, context: TaskContext) => (await import("../extraction/extract.ts")).extract(input, context.report),
 */
import type { ProgressReporter } from "../model/job.ts";
import type { ImportTaskInput } from "./import-task.ts";

export type TaskContext = { readonly report: ProgressReporter };

export const tasks = {
  analyseImport: async (input: ImportTaskInput, context: TaskContext) =>
    (await import("./import-task.ts")).analyseImport(input, context.report),
};

export type Tasks = typeof tasks;

/**
 * The long pure work that runs in worker threads, by name. A task is a function of plain data (what structured
 * cloning can carry) that reports its progress now and then; being cancelled ends its thread, so it need not ask.
 * Modules are imported when first used, so that a worker loads only what its task needs.
 */
import type { ExtractionDocument } from "../model/formulation.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { AlignTaskInput, RealignTaskInput } from "./align-task.ts";
import type { CheckTaskInput } from "./check-task.ts";
import type { ImportTaskInput } from "./import-task.ts";

export type TaskContext = { readonly report: ProgressReporter };

export type ExtractTaskInput = { readonly documents: readonly ExtractionDocument[]; readonly glossaryTerms: readonly string[] };

export const tasks = {
  analyseImport: async (input: ImportTaskInput, context: TaskContext) =>
    (await import("./import-task.ts")).analyseImport(input, context.report),
  extract: async (input: ExtractTaskInput, context: TaskContext) =>
    (await import("./extract-task.ts")).extractWithCopies(input, context.report),
  align: async (input: AlignTaskInput, context: TaskContext) => (await import("./align-task.ts")).align(input, context.report),
  realign: async (input: RealignTaskInput, context: TaskContext) =>
    (await import("./align-task.ts")).realign(input, context.report),
  check: async (input: CheckTaskInput, context: TaskContext) => (await import("./check-task.ts")).check(input, context.report),
};

export type Tasks = typeof tasks;

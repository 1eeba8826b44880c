/**
 * The long pure work that runs in worker threads, by name. A task is a function of plain data (what structured
 * cloning can carry) that reports its progress now and then; being cancelled ends its thread, so it need not ask.
 * Modules are imported when first used, so that a worker loads only what its task needs.
 */
import type { Concept } from "../model/concept.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { AlignTaskInput, RealignTaskInput } from "./align-task.ts";
import type { AlignmentReadingInput } from "./alignment-reading-task.ts";
import type { AnalyseTaskInput } from "./analyse-task.ts";
import type { CompareTaskInput } from "./compare-task.ts";
import type { CheckTaskInput } from "./check-task.ts";
import type { DescribeTaskInput } from "./export-task.ts";
import type { GlossaryWriteOptions } from "./glossary-write.ts";
import type { GlossaryTaskInput } from "./glossary-file.ts";
import type { Languages } from "./interchange-content.ts";
import type { ExportWrite } from "./export-files.ts";
import type { ExtractTaskInput } from "./extract-task.ts";
import type { ImportTaskInput } from "./import-task.ts";
import type { DuplicateTaskInput } from "./memory-duplicates-task.ts";
import type { MemoryFileInput } from "./received-files-task.ts";
import type { PatternSearchInput, PatternSpansInput } from "./pattern-task.ts";
import type { RenderingsTaskInput } from "./renderings-task.ts";

export type TaskContext = { readonly report: ProgressReporter };

export const tasks = {
  /** For work that must be done in the server's thread, in `finish`, and is a job all the same. */
  idle: (input: { readonly documentId: string }) => input.documentId,
  analyseImport: async (input: ImportTaskInput, context: TaskContext) =>
    (await import("./import-task.ts")).analyseImport(input, context.report),
  extract: async (input: ExtractTaskInput, context: TaskContext) =>
    (await import("./extract-task.ts")).extractWithCopies(input, context.report),
  align: async (input: AlignTaskInput, context: TaskContext) => (await import("./align-task.ts")).align(input, context.report),
  realign: async (input: RealignTaskInput, context: TaskContext) =>
    (await import("./align-task.ts")).realign(input, context.report),
  readAlignment: async (input: AlignmentReadingInput) => (await import("./alignment-reading-task.ts")).readAlignment(input),
  check: async (input: CheckTaskInput, context: TaskContext) => (await import("./check-task.ts")).check(input, context.report),
  compareTexts: async (input: CompareTaskInput) => (await import("./compare-task.ts")).compareTexts(input),
  readGlossary: async ({ file, ...options }: GlossaryTaskInput) =>
    (await import("./glossary-file.ts")).readGlossaryFile(file, options),
  writeGlossary: async ({ concepts, options }: { concepts: readonly Concept[]; options: GlossaryWriteOptions }) =>
    (await import("./glossary-write.ts")).writeGlossary(concepts, options),
  describeGlossary: async ({ concepts, languages }: { concepts: readonly Concept[]; languages: Languages }) =>
    (await import("./glossary-write.ts")).describeFormats(concepts, languages),
  mineRenderings: async (input: RenderingsTaskInput, context: TaskContext) =>
    (await import("./renderings-task.ts")).mineRenderings(input, context.report),
  writeExport: async (input: ExportWrite) => (await import("./export-task.ts")).writeExport(input),
  describeExport: async (input: DescribeTaskInput) => (await import("./export-task.ts")).describeExport(input),
  readTranslations: async (input: { readonly path: string }) =>
    (await import("./received-files-task.ts")).readTranslations(input),
  describeMemory: async (input: MemoryFileInput, context: TaskContext) =>
    (await import("./received-files-task.ts")).describeMemory(input, context.report),
  judgeInside: async (input: AnalyseTaskInput, context: TaskContext) =>
    (await import("./analyse-task.ts")).judgeTexts(input, context.report),
  searchPattern: async (input: PatternSearchInput, context: TaskContext) =>
    (await import("./pattern-task.ts")).searchPattern(input, context.report),
  findPatternSpans: async (input: PatternSpansInput) => (await import("./pattern-task.ts")).findPatternSpans(input),
  findDuplicates: async (input: DuplicateTaskInput, context: TaskContext) =>
    (await import("./memory-duplicates-task.ts")).findDuplicates(input, context.report),
  /** For work that is all in `finish`, as the store writes in the main thread. */
  nothing: () => undefined,
  findReceivedFile: async (input: { readonly path: string }) =>
    (await import("./received-files-task.ts")).findReceivedFile(input),
};

export type Tasks = typeof tasks;

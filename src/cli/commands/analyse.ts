import type { FileAnalysis, FileAnalysisRequest } from "../../workflow/analyse-files.ts";
import type { AnalysisWords } from "../../workflow/analysis-report.ts";
import type { AddCommand } from "../command.ts";
import { sayDiagnostics } from "../context.ts";
import { chooseDataFolder, findNamedProject, openDataFolder } from "../data-folder.ts";
import { findDocuments, readInputs } from "../input-files.ts";
import { gather, readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, startProgressLine, writeOut, writeWholeFile } from "../terminal.ts";

type Inputs = Pick<FileAnalysisRequest, "files" | "memories" | "project">;

const FORMATS = ["table", "csv", "json"] as const;
type Options = {
  readonly memory: readonly string[];
  readonly project?: string;
  readonly data?: string;
  readonly from?: string;
  readonly internal: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
};

export const addAnalyse: AddCommand = (program, context, finish) => {
  const { t } = context;
  program
    .command("analyse")
    .description(t("analysis:command.description"))
    .argument("<path...>", t("analysis:command.paths"))
    .option("--memory <file>", t("analysis:command.memory"), gather, [])
    .option("--project <id>", t("analysis:command.project"))
    .option("--from <tag>", t("analysis:command.from"))
    .option("--no-internal", t("analysis:command.no-internal"))
    .option(`--format <${FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, FORMATS), "table")
    .option("--out <file>", t("cli:option.out"))
    .option("--data <dir>", t("cli:option.data"))
    .action(async (paths: readonly string[], options: Options) => {
      if (options.memory.length > 0 && options.project !== undefined) throw new Problem(EXIT.usage, t("analysis:command.both"));
      const found = await findDocuments(context, paths);
      const { files, failed } = await readInputs(context, found.paths);
      if (files.length === 0) {
        throw new Problem(EXIT.unreadable, t(found.failed + failed > 0 ? "cli:nothing-readable" : "cli:no-documents"));
      }
      const memories = await readInputs(context, options.memory);
      if (memories.failed > 0) throw new Problem(EXIT.unreadable, t("analysis:command.memory-unreadable"));
      const result = await analyse(options, { files, memories: memories.files });
      for (const diagnostic of result.diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
      if (result.filesRead === 0) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      const text = await format(result, options.format);
      if (options.out === undefined) await writeOut(text);
      else await writeWholeFile(options.out, text);
      // What could not be read was not counted: no script may take the rest for the whole.
      const isPartial = found.failed + failed > 0 || result.diagnostics.some(({ severity }) => severity === "error");
      if (isPartial) finish(EXIT.unreadable);
    });

  async function analyse(options: Options, inputs: Inputs): Promise<FileAnalysis> {
    if (options.project === undefined) return analyseWith(options, inputs);
    const application = await openDataFolder(context, chooseDataFolder(options.data, process.env));
    try {
      const project = await findNamedProject(context, application, options.project);
      if (!project) throw new Problem(EXIT.usage, t("cli:no-project", { project: options.project, projects: t("cli:none") }));
      return await analyseWith(options, { ...inputs, project: { application, projectId: project.id } });
    } finally {
      await application.close();
    }
  }

  async function analyseWith(options: Options, inputs: Inputs): Promise<FileAnalysis> {
    const { analyseFiles } = await import("../../workflow/analyse-files.ts");
    const progress = startProgressLine(t("cli:stage.analysing"));
    try {
      return await analyseFiles({
        ...inputs,
        isInternalCounted: options.internal,
        ...(options.from === undefined ? {} : { from: options.from }),
        report: progress.report,
      });
    } finally {
      progress.end();
    }
  }

  async function format({ analysis, memoryUnits }: FileAnalysis, wanted: Options["format"]): Promise<string> {
    const report = await import("../../workflow/analysis-report.ts");
    const words: AnalysisWords = {
      band: (band) => t(`analysis:band.${band}`),
      column: (name) => t(`analysis:column.${name}`),
      total: t("analysis:total"),
    };
    if (wanted === "json") return report.formatAnalysisJson(analysis);
    if (wanted === "csv") return report.formatAnalysisCsv(analysis, words);
    if (memoryUnits > 0) say(t("analysis:command.against", { count: memoryUnits }));
    return report.formatAnalysisTable(analysis, words);
  }
};

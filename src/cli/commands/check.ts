import { readFile } from "node:fs/promises";
import type { Diagnostic, ReadResult } from "../../model/diagnostic.ts";
import type { CheckFilesResult } from "../../workflow/check-files.ts";
import type { AddCommand } from "../command.ts";
import { formatDiagnostic, sayDiagnostics } from "../context.ts";
import { readInput, readInputs } from "../input-files.ts";
import { readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, startProgressLine, writeOut, writeWholeFile } from "../terminal.ts";

const FORMATS = ["text", "json", "csv", "html", "sarif"] as const;
type Options = {
  readonly glossary?: string;
  readonly profile?: string;
  readonly baseline?: string;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
};

export const addCheck: AddCommand = (program, context, finish) => {
  const { t } = context;
  program
    .command("check")
    .description(t("cli:check.description"))
    .argument("<file...>", t("cli:check.files"))
    .option("--glossary <file>", t("cli:option.glossary"))
    .option("--profile <file>", t("cli:check.profile"))
    .option("--baseline <file>", t("cli:check.baseline"))
    .option(`--format <${FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, FORMATS), "text")
    .option("--out <file>", t("cli:option.out"))
    .action(async (paths: readonly string[], options: Options) => {
      const { files, failed } = await readInputs(context, paths);
      if (files.length === 0) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      const glossary = options.glossary === undefined ? undefined : await readInput(context, options.glossary);
      const { checkFiles, exitCodeOf, readBaseline, readProfile } = await import("../../workflow/check-files.ts");
      const profile = await readSettings(options.profile, readProfile);
      const baseline = await readSettings(options.baseline, readBaseline);
      const progress = startProgressLine(t("cli:stage.analysing"));
      const result = checkFiles({
        files,
        ...(glossary === undefined ? {} : { glossary }),
        ...(profile === undefined ? {} : { profile }),
        ...(baseline === undefined ? {} : { baseline }),
        renderMessage: ({ rule, message, values }) => t(`checks:${rule}.${message}`, values),
        report: progress.report,
      });
      progress.end();
      for (const diagnostic of result.diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
      const glossaryFailed = result.diagnostics.some(({ file, severity }) => file === options.glossary && severity === "error");
      if (result.filesRead === 0 || glossaryFailed) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      const text = await formatReport(result, options.format);
      if (options.out === undefined) await writeOut(text);
      else await writeWholeFile(options.out, text);
      if (options.format !== "text") say(t("cli:check.summary", { count: result.findings.length, ...countSeverities(result) }));
      // What could not be read was not checked: no script may take the rest for the whole.
      const isPartial = failed > 0 || result.diagnostics.some(({ severity }) => severity === "error");
      finish(isPartial ? EXIT.unreadable : exitCodeOf(result));
    });

  /** A settings file that cannot be used is wrong use, not an unreadable input. */
  async function readSettings<T>(path: string | undefined, read: (text: string) => ReadResult<T>): Promise<T | undefined> {
    if (path === undefined) return undefined;
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      throw new Problem(EXIT.usage, t("cli:check.bad-profile", { file: path, detail: (error as Error).message }));
    }
    const { value, diagnostics } = read(text);
    if (value !== undefined) return value;
    const lines = diagnostics.map((diagnostic: Diagnostic) => formatDiagnostic(context, path, diagnostic));
    throw new Problem(EXIT.usage, lines.join("\n"));
  }

  function countSeverities({ counts }: CheckFilesResult) {
    return { errors: counts.error, warnings: counts.warning, information: counts.information };
  }

  async function formatReport(result: CheckFilesResult, format: Options["format"]): Promise<string> {
    const report = await import("../../workflow/check-report.ts");
    const words = {
      language: context.language,
      label: (key: string, values?: Readonly<Record<string, number>>) => t(`checks:report.${key}`, values),
      ruleName: (rule: string) => t(`checks:${rule}.name`),
      ruleExplanation: (rule: string) => t(`checks:${rule}.explanation`),
      severityName: (severity: string) => t(`checks:severity.${severity}`),
    };
    switch (format) {
      case "json":
        return report.formatCheckJson(result);
      case "csv":
        return report.formatCheckCsv(result, words);
      case "sarif":
        return report.formatCheckSarif(result, words);
      case "html":
        return report.formatCheckHtml(result, words);
      case "text":
        return report.formatCheckText(result, words);
    }
  }
};

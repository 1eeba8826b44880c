import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { makeVisible } from "../../text/visible-text.ts";
import { version } from "../version.ts";
import type { FileAlignment } from "../../workflow/align-texts.ts";
import type { ReportFormat } from "../align-report.ts";
import type { AddCommand } from "../command.ts";
import { formatLoss, sayDiagnostics } from "../context.ts";
import { readGlossary } from "../glossary-terms.ts";
import { readInput } from "../input-files.ts";
import { readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, startProgressLine, writeOut, writeWholeFile } from "../terminal.ts";

const FORMATS = ["beads", "tsv", "json", "tmx", "xliff", "html"] as const;
type Format = (typeof FORMATS)[number];
const REPORT_FORMATS = ["table", "json", "html"] as const satisfies readonly ReportFormat[];

type Options = {
  readonly from: string;
  readonly to: string;
  readonly lines?: boolean;
  readonly glossary?: string;
  readonly memory?: string;
  readonly format: Format;
  readonly out?: string;
  readonly report?: string;
  readonly reportFormat: ReportFormat;
};

/** Endings of the files that a batch writes. */
const EXTENSIONS: Readonly<Record<Format, string>> = {
  beads: "align",
  tsv: "tsv",
  json: "json",
  tmx: "tmx",
  xliff: "xlf",
  html: "html",
};

/** The lexicon is kept between runs, for this person alone. */
const cacheFolder = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "dingyi");

export const addAlign: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("align")
    .description(t("cli:align.description"))
    .argument("<source>", t("cli:align.source"))
    .argument("<target>", t("cli:align.target"))
    .option("--from <tag>", t("cli:align.from"), "zh")
    .option("--to <tag>", t("cli:align.to"), "en")
    .option("--lines", t("cli:align.lines"))
    .option("--glossary <file>", t("cli:option.glossary"))
    .option("--memory <file>", t("cli:align.memory"))
    .option(`--format <${FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, FORMATS), "tsv")
    .option("--out <file>", t("cli:align.out"))
    .option("--report <file>", t("cli:align.report-file"))
    .option(
      `--report-format <${REPORT_FORMATS.join("|")}>`,
      t("cli:align.report-format"),
      readChoice(context, REPORT_FORMATS),
      "table",
    )
    .action(async (sourcePath: string, targetPath: string, options: Options) => {
      if (await isFolder(sourcePath, targetPath)) {
        await alignBoth(sourcePath, targetPath, options);
        return;
      }
      const source = await readInput(context, sourcePath);
      const target = await readInput(context, targetPath);
      const concepts = await readGlossary(context, options.glossary);
      const { alignFiles } = await import("../../workflow/align-texts.ts");
      const { listTermPairs } = await import("../../workflow/glossary-file.ts");
      const memory = options.memory === undefined ? [] : await readPairs(options.memory);
      const progress = startProgressLine(t("cli:stage.analysing"));
      const { alignment, diagnostics } = await alignFiles({
        source,
        target,
        from: options.from,
        to: options.to,
        lines: options.lines ?? false,
        glossaryTerms: listTermPairs(concepts, { from: options.from, to: options.to }),
        memoryPairs: memory,
        cacheFolder,
        report: progress.report,
      });
      progress.end();
      for (const diagnostic of diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
      if (!alignment) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      const text = await format(alignment, options, sourcePath);
      if (options.out === undefined) await writeOut(text);
      else await writeWholeFile(options.out, text);
    });

  /** Both are folders; one alone is wrong use. */
  async function isFolder(sourcePath: string, targetPath: string): Promise<boolean> {
    const [source, target] = await Promise.all([sourcePath, targetPath].map((path) => stat(path).catch(() => undefined)));
    if (source?.isDirectory() !== true && target?.isDirectory() !== true) return false;
    if (source && target && source.isDirectory() !== target.isDirectory())
      throw new Problem(EXIT.usage, t("cli:align.one-folder"));
    return true;
  }

  async function alignBoth(sourceFolder: string, targetFolder: string, options: Options): Promise<void> {
    if (options.out === undefined) throw new Problem(EXIT.usage, t("cli:align.no-out"));
    const concepts = await readGlossary(context, options.glossary);
    const { listTermPairs } = await import("../../workflow/glossary-file.ts");
    const { alignFolder } = await import("../align-folder.ts");
    await alignFolder(context, {
      sourceFolder,
      targetFolder,
      from: options.from,
      to: options.to,
      lines: options.lines ?? false,
      outFolder: options.out,
      extension: EXTENSIONS[options.format],
      ...(options.report === undefined ? {} : { report: options.report }),
      reportFormat: options.reportFormat,
      terms: listTermPairs(concepts, { from: options.from, to: options.to }),
      memory: options.memory === undefined ? [] : await readPairs(options.memory),
      cacheFolder,
      format: (alignment, original) => format(alignment, options, original),
    });
  }

  async function readPairs(path: string) {
    const { readMemoryPairs } = await import("../../workflow/lookup.ts");
    const { pairs, diagnostics } = await readMemoryPairs(await readInput(context, path));
    sayDiagnostics(context, path, diagnostics);
    if (diagnostics.some(({ severity }) => severity === "error")) {
      throw new Problem(EXIT.unreadable, `${makeVisible(path)}: ${t("cli:nothing-readable")}`);
    }
    return pairs;
  }

  async function format(alignment: FileAlignment, options: Options, original: string): Promise<string> {
    const { formatBeads, formatJson, formatTsv } = await import("../../workflow/align-texts.ts");
    const { from, to } = options;
    switch (options.format) {
      case "beads":
        return formatBeads(alignment.beads);
      case "tsv":
        return formatTsv(alignment.beads, { from, to });
      case "json":
        return formatJson(alignment);
      case "tmx":
      case "xliff":
      case "html": {
        const writers = await import("../../workflow/alignment-report.ts");
        const report = { beads: alignment.beads, from, to, original, toolVersion: version };
        if (options.format === "html") return writers.formatAlignmentHtml(report);
        const write = options.format === "tmx" ? writers.formatAlignmentTmx : writers.formatAlignmentXliff;
        const { text, losses } = write(report);
        for (const loss of losses) say(formatLoss(context, loss));
        return text;
      }
    }
  }
};

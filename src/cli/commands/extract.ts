import type { FileExtraction } from "../../workflow/extract-files.ts";
import type { AddCommand } from "../command.ts";
import type { CommandContext } from "../context.ts";
import { sayDiagnostics } from "../context.ts";
import { listTerms, readGlossary } from "../glossary-terms.ts";
import { findDocuments, readInputs } from "../input-files.ts";
import { readChoice, readNumber } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, startProgressLine, writeOut, writeWholeFile } from "../terminal.ts";

const FORMATS = ["table", "json", "csv"] as const;
type Format = (typeof FORMATS)[number];
type Options = { readonly glossary?: string; readonly limit?: number; readonly format: Format; readonly out?: string };

const MOST = 1_000_000;

export const addExtract: AddCommand = (program, context, finish) => {
  const { t } = context;
  program
    .command("extract")
    .description(t("cli:extract.description"))
    .argument("<path...>", t("cli:extract.paths"))
    .option("--glossary <file>", t("cli:option.glossary"))
    .option("--limit <n>", t("cli:extract.limit"), readNumber(context, { least: 1, most: MOST }))
    .option(`--format <${FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, FORMATS), "table")
    .option("--out <file>", t("cli:option.out"))
    .action(async (paths: readonly string[], options: Options) => {
      const found = await findDocuments(context, paths);
      const { files, failed } = await readInputs(context, found.paths);
      if (files.length === 0) {
        throw new Problem(EXIT.unreadable, t(found.failed + failed > 0 ? "cli:nothing-readable" : "cli:no-documents"));
      }
      const glossary = await readGlossary(context, options.glossary);
      const { ExtractionTooLarge, extractFiles } = await import("../../workflow/extract-files.ts");
      const progress = startProgressLine(t("cli:stage.analysing"));
      const { extraction, diagnostics } = await extractFiles(files, {
        glossaryTerms: listTerms(glossary, "zh"),
        ...(options.limit === undefined ? {} : { limit: options.limit }),
        report: progress.report,
      }).catch((error: unknown) => {
        if (!(error instanceof ExtractionTooLarge)) throw error;
        progress.end();
        throw new Problem(EXIT.unreadable, t("cli:extract.too-large", { characters: error.characters, most: error.most }));
      });
      progress.end();
      for (const diagnostic of diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
      const unreadable = files.filter((file) => !extraction.documents.some((document) => document.file === file.name));
      if (unreadable.length === files.length) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      if (unreadable.length + failed + found.failed > 0) finish(EXIT.unreadable);

      const text = await formatExtraction(context, extraction, options.format);
      if (options.out === undefined) await writeOut(text);
      else await writeWholeFile(options.out, text);
      const { formulations, frames, documents } = extraction;
      say(t("cli:extract.done", { count: formulations.length, frames: frames.length, documents: documents.length }));
    });
};

async function formatExtraction(context: CommandContext, extraction: FileExtraction, format: Format): Promise<string> {
  const { t } = context;
  if (format === "json") return `${JSON.stringify(extraction, undefined, 1)}\n`;
  const { formatExtractionCsv, formatExtractionTable } = await import("../../workflow/extraction-report.ts");
  const words = {
    head: t("cli:extract.head").split("\t"),
    frames: t("cli:extract.frames"),
    className: (slug: string) => t(`evidence:class.${slug}`),
  };
  return format === "csv" ? formatExtractionCsv(extraction, words) : formatExtractionTable(extraction, words);
}

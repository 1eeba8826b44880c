/** `dingyi glossary import` and `export`: files of any glossary format, into and out of a project, or from file to file. */
import type { Command } from "commander";
import type { Loss } from "../../model/diagnostic.ts";
import type { GlossaryFileContent, GlossaryFormat } from "../../workflow/glossary-export.ts";
import type { GlossaryReading } from "../../workflow/glossary-import.ts";
import type { CommandContext } from "../context.ts";
import { formatLoss, sayDiagnostics } from "../context.ts";
import { authorOfTerminal, findNamedProject, findProject, withDataFolder } from "../data-folder.ts";
import { readInput } from "../input-files.ts";
import { gather, readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, writeOut, writeWholeFile } from "../terminal.ts";

/** Kept here so that help needs nothing loaded; tests compare them with the workflow's. */
export const READ_FORMATS = ["csv", "tsv", "xlsx", "tbx", "utx", "omegat"] as const;
export const WRITE_FORMATS =
  "csv, tsv, xlsx, tbx-basic, tbx-basic-dct, tbx-min, tbx-min-dct, tbx-core, tbx-core-dct, tbx2, utx, omegat";
const DELIMITER_NAMES: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t", bar: "|" };

type ReadOptions = {
  readonly from?: (typeof READ_FORMATS)[number];
  readonly map: readonly string[];
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
};
type ImportOptions = ReadOptions & { readonly project?: string; readonly data?: string; readonly yes?: boolean };
type ExportOptions = ReadOptions & {
  readonly project?: string;
  readonly data?: string;
  readonly to?: string;
  readonly glossary?: string;
  readonly allowLoss?: boolean;
  readonly forSpreadsheets?: boolean;
  readonly history?: boolean;
};

function addReadOptions(command: Command, context: CommandContext): Command {
  const { t } = context;
  return command
    .option(`--from <${READ_FORMATS.join("|")}>`, t("cli:glossary.from"), readChoice(context, READ_FORMATS))
    .option("--map <column=field>", t("cli:glossary.map"), gather, [])
    .option("--encoding <name>", t("cli:glossary.encoding"))
    .option("--delimiter <character>", t("cli:glossary.delimiter"))
    .option("--sheet <name>", t("cli:glossary.sheet"));
}

/** `--map` takes the name or number of a column, and a field, a language or `-`. */
function readingOf(context: CommandContext, options: ReadOptions): GlossaryReading {
  const columns: Record<string, string> = {};
  for (const pair of options.map) {
    const at = pair.lastIndexOf("=");
    if (at < 1) throw new Problem(EXIT.usage, context.t("cli:glossary.bad-map", { value: pair }));
    columns[pair.slice(0, at)] = pair.slice(at + 1).trim();
  }
  const { from, encoding, delimiter, sheet } = options;
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw new Problem(EXIT.usage, context.t("cli:glossary.unknown-encoding", { value: encoding }));
  }
  return {
    ...(from === undefined ? {} : { format: from }),
    ...(options.map.length > 0 ? { columns } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: DELIMITER_NAMES[delimiter] ?? delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== "";
  } catch {
    return false;
  }
}

export function addGlossaryImport(command: Command, context: CommandContext): void {
  const { t } = context;
  addReadOptions(command, context)
    .option("--yes", t("cli:import.yes"))
    .action(async (path: string, options: ImportOptions) => {
      const reading = readingOf(context, options);
      const { bytes, name } = await readInput(context, path);
      await withDataFolder(context, options.data, async (application) => {
        const { importGlossary, previewGlossaryImport } = await import("../../workflow/glossary-import.ts");
        const { openProject } = await import("../../workflow/projects.ts");
        const known = await findNamedProject(context, application, options.project);
        const request = { projectId: known?.id ?? "", file: { name, bytes }, reading };
        const preview = await previewGlossaryImport(application, request);
        sayDiagnostics(context, path, preview.diagnostics);
        const { counts, facts } = preview;
        if (facts) say(t("cli:glossary.read-as", { format: facts.dialect ?? facts.format }));
        say(t("cli:glossary.new", { count: counts.new, changed: counts.changed, unchanged: counts.unchanged }));
        if (preview.hasErrors || preview.rows.length === 0) throw new Problem(EXIT.unreadable, t("cli:glossary.refused"));
        if (!options.yes) return say(t("cli:glossary.not-stored"));
        const { id: projectId } = known ?? (await openProject(application, { name: options.project ?? "" }));
        const author = authorOfTerminal(process.env);
        const outcome = await importGlossary(application, { ...request, projectId, author });
        if (outcome.kind === "refused") throw new Problem(EXIT.unreadable, t("cli:glossary.refused"));
        for (const { concept, code } of outcome.left) {
          say(t("cli:glossary.left", { text: concept.terms[0]?.text ?? concept.id, code }));
        }
        say(t("cli:glossary.stored", { project: projectId }));
      });
    });
}

export function addGlossaryExport(command: Command, context: CommandContext): void {
  const { t } = context;
  addReadOptions(command, context)
    .option("--to <format>", t("cli:glossary.to", { formats: WRITE_FORMATS }))
    .option("--glossary <file>", t("cli:glossary.file"))
    .option("--allow-loss", t("cli:convert.allow-loss"))
    .option("--for-spreadsheets", t("cli:glossary.for-spreadsheets"))
    .option("--history", t("cli:glossary.history"))
    .action(async (out: string, options: ExportOptions) => {
      const { findGlossaryFormat } = await import("../../workflow/glossary-export.ts");
      const wish = { outName: out, ...(options.to === undefined ? {} : { to: options.to }) };
      const format = findGlossaryFormat(wish) ?? (options.to === undefined && out === "-" ? "csv" : undefined);
      if (format === undefined) {
        throw new Problem(EXIT.usage, t("cli:convert.unknown-format", { file: options.to ?? out, formats: WRITE_FORMATS }));
      }
      const content = await writeContent(context, format, options);
      announce(context, content, { out, isAllowed: options.allowLoss ?? false });
      if (out === "-") await writeOut(content.bytes);
      else await writeWholeFile(out, content.bytes);
    });
}

async function writeContent(
  context: CommandContext,
  format: GlossaryFormat,
  options: ExportOptions,
): Promise<GlossaryFileContent> {
  const table = options.forSpreadsheets ? { bom: true, neutraliseFormulas: true } : {};
  if (options.glossary === undefined) {
    return withDataFolder(context, options.data, async (application) => {
      const { exportGlossary } = await import("../../workflow/glossary-export.ts");
      const project = await findProject(context, application, options.project);
      const request = { projectId: project.id, format, withHistory: options.history ?? false, ...table };
      const written = await exportGlossary(application, request);
      if (!written) throw new Error(`the glossary of ${project.id} was not written`);
      return written;
    });
  }
  const file = await readInput(context, options.glossary);
  const { readGlossaryFile } = await import("../../workflow/glossary-file.ts");
  const { writeGlossary } = await import("../../workflow/glossary-export.ts");
  const { languagesOf } = await import("../../workflow/glossary-languages.ts");
  const { value, diagnostics } = readGlossaryFile(file, { undoFormulas: true, ...readingOf(context, options) });
  sayDiagnostics(context, options.glossary, diagnostics);
  if (value === undefined || diagnostics.some(({ severity }) => severity === "error")) {
    throw new Problem(EXIT.unreadable, context.t("cli:nothing-readable"));
  }
  return writeGlossary(value, { format, languages: languagesOf(value), ...table });
}

/** Names what is lost and what stands in notes; without leave to lose anything the command ends here. */
function announce(
  context: CommandContext,
  { losses, notices }: GlossaryFileContent,
  { out, isAllowed }: { readonly out: string; readonly isAllowed: boolean },
): void {
  const { t } = context;
  const list = (lines: readonly Loss[]) => lines.forEach((loss) => say(`  ${formatLoss(context, loss)}`));
  if (notices.length > 0) {
    say(t("cli:glossary.in-notes", { file: out }));
    list(notices);
  }
  if (losses.length === 0) return;
  say(t(isAllowed ? "cli:convert.lost" : "cli:convert.would-lose", { file: out }));
  list(losses);
  if (!isAllowed) throw new Problem(EXIT.usage, t("cli:convert.use-allow-loss"));
}

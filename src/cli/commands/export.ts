import type { Loss } from "../../model/diagnostic.ts";
import type { AddCommand } from "../command.ts";
import { formatLoss } from "../context.ts";
import { findProject, withDataFolder } from "../data-folder.ts";
import { readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, writeOut, writeWholeFile } from "../terminal.ts";
import { version } from "../version.ts";
import { PROJECT_FORMAT_NAMES } from "./convert.ts";

const PROFILES = ["trados", "memoq", "phrase", "omegat"] as const;

type Options = {
  readonly project?: string;
  readonly to: string;
  readonly profile?: (typeof PROFILES)[number];
  readonly document?: string;
  readonly data?: string;
};

export const addExport: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("export")
    .description(t("cli:export.description"))
    .argument("<out>", t("cli:export.out"))
    .option("--project <id>", t("cli:option.project"))
    .requiredOption("--to <format>", t("cli:export.to", { formats: PROJECT_FORMAT_NAMES }))
    .option(`--profile <${PROFILES.join("|")}>`, t("cli:export.profile"), readChoice(context, PROFILES))
    .option("--document <id>", t("cli:export.document"))
    .option("--data <folder>", t("cli:option.data"))
    .action(async (out: string, options: Options) => {
      const { EXPORT_FORMATS, exportProject, isMemoryExport } = await import("../../workflow/export-files.ts");
      const { exportMemories } = await import("../../workflow/export-memory.ts");
      const { formatFromName } = await import("../../workflow/convert-formats.ts");
      const wished = formatFromName(options.to);
      const format = EXPORT_FORMATS.find((one) => one === (wished === "xliff" ? "xliff12" : wished));
      if (format === undefined) {
        throw new Problem(EXIT.usage, t("cli:not-a-choice", { value: options.to, choices: PROJECT_FORMAT_NAMES }));
      }
      await withDataFolder(context, options.data, async (application) => {
        const project = await findProject(context, application, options.project);
        const sayLosses = (losses: readonly Loss[]) => {
          if (losses.length > 0) say(t("cli:export.losses"));
          for (const loss of losses) say(`  ${formatLoss(context, loss)}`);
        };
        if (isMemoryExport({ format, ...(options.document === undefined ? {} : { documentIds: [options.document] }) })) {
          const memories = await application.stores.memories.list(project.id);
          if (memories.every(({ unitCount, isLent }) => isLent || unitCount === 0)) {
            throw new Problem(EXIT.usage, t("cli:export.nothing", { project: project.id, format }));
          }
          const written = exportMemories(application.stores, project, { toolVersion: version });
          if (out === "-") for await (const piece of written.pieces) await writeOut(piece);
          else await writeWholeFile(out, written.pieces);
          sayLosses(written.losses());
          say(t("cli:export.done", { file: out, count: written.count() }));
          return;
        }
        const written = await exportProject(application.stores, {
          projectId: project.id,
          format,
          ...(options.profile === undefined ? {} : { profile: options.profile }),
          ...(options.document === undefined ? {} : { documentIds: [options.document] }),
          toolVersion: version,
        });
        if (!written) throw new Problem(EXIT.usage, t("cli:export.nothing", { project: project.id, format }));
        sayLosses(written.losses);
        if (out === "-") await writeOut(written.text);
        else await writeWholeFile(out, written.text);
        say(t("cli:export.done", { file: out, count: written.count }));
      });
    });
};

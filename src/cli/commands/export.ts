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
      const { EXPORT_FORMATS, exportProject } = await import("../../workflow/export-files.ts");
      const { formatFromName } = await import("../../workflow/convert-formats.ts");
      const wished = formatFromName(options.to);
      const format = EXPORT_FORMATS.find((one) => one === (wished === "xliff" ? "xliff12" : wished));
      if (format === undefined) {
        throw new Problem(EXIT.usage, t("cli:not-a-choice", { value: options.to, choices: PROJECT_FORMAT_NAMES }));
      }
      await withDataFolder(context, options.data, async (application) => {
        const project = await findProject(context, application, options.project);
        const written = await exportProject(application.stores, {
          projectId: project.id,
          format,
          ...(options.profile === undefined ? {} : { profile: options.profile }),
          ...(options.document === undefined ? {} : { documentIds: [options.document] }),
          toolVersion: version,
        });
        if (!written) throw new Problem(EXIT.usage, t("cli:export.nothing", { project: project.id, format }));
        if (written.losses.length > 0) say(t("cli:export.losses"));
        for (const loss of written.losses) say(`  ${formatLoss(context, loss)}`);
        if (out === "-") await writeOut(written.text);
        else await writeWholeFile(out, written.text);
        say(t("cli:export.done", { file: out, count: written.count }));
      });
    });
};

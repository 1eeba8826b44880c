import type { AddCommand } from "../command.ts";
import { chooseDataFolder } from "../data-folder.ts";
import { EXIT, Problem } from "../problem.ts";
import { say } from "../terminal.ts";

const MEGABYTE = 1_000_000;

export const addBackup: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("backup")
    .description(t("cli:backup.description"))
    .argument("<out>", t("cli:backup.out"))
    .option("--data <folder>", t("cli:option.data"))
    .action(async (out: string, options: { readonly data?: string }) => {
      const folder = chooseDataFolder(options.data, process.env);
      const { backupDataFolder } = await import("../../workflow/backup.ts");
      const outcome = await backupDataFolder({ dataFolder: folder, out });
      switch (outcome.kind) {
        case "written":
          say(t("cli:backup.done", { file: out, count: (outcome.size / MEGABYTE).toFixed(1) }));
          return;
        case "refused":
          throw new Problem(
            outcome.code === "exists" ? EXIT.usage : EXIT.unreadable,
            t(`cli:backup.${outcome.code}`, { file: out, folder }),
          );
        case "damaged":
          throw new Problem(EXIT.unreadable, t("cli:backup.damaged", { folder, reason: outcome.reason }));
      }
    });
};

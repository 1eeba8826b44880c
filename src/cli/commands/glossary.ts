import type { Command } from "commander";
import type { AddCommand } from "../command.ts";
import { addGlossaryExport, addGlossaryImport } from "./glossary-files.ts";
import { addGlossaryReading } from "./glossary-reading.ts";

export const addGlossary: AddCommand = (program, context) => {
  const { t } = context;
  const glossary = program.command("glossary").description(t("cli:glossary.description")).helpCommand(false);
  const add = (usage: string, key: string, project = t("cli:option.project")): Command =>
    glossary
      .command(usage)
      .description(t(`cli:glossary.${key}`))
      .option("--project <id>", project)
      .option("--data <folder>", t("cli:option.data"))
      .exitOverride();

  addGlossaryReading(context, add);
  addGlossaryImport(add("import <file>", "import", t("cli:glossary.import-project")), context);
  addGlossaryExport(add("export <file>", "export"), context);
};

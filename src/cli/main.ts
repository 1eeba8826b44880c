/**
 * The command `dingyi`: reads the command line, hands over to one command, ends with its exit code.
 * Each command loads its own machinery when it runs, so that `--help` and `--version` answer at once.
 */
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { createInternationalization } from "../server/i18n.ts";
import { addAlign } from "./commands/align.ts";
import { addBackup } from "./commands/backup.ts";
import { addCheck } from "./commands/check.ts";
import { addCompare } from "./commands/compare.ts";
import { addConvert } from "./commands/convert.ts";
import { addExport } from "./commands/export.ts";
import { addExtract } from "./commands/extract.ts";
import { addGlossary } from "./commands/glossary.ts";
import { addImport } from "./commands/import.ts";
import { addLookup } from "./commands/lookup.ts";
import { addServe } from "./commands/serve.ts";
import { languageOfTerminal } from "./context.ts";
import type { CommandContext } from "./context.ts";
import { EXIT, Problem } from "./problem.ts";
import { say } from "./terminal.ts";
import { version } from "./version.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

async function run(): Promise<number> {
  const language = languageOfTerminal(process.env);
  const internationalization = await createInternationalization(`${root}views/locales`);
  const context: CommandContext = { t: internationalization.translator(language), language };
  const { t } = context;

  const program = new Command("dingyi")
    .description(t("cli:description"))
    .version(version, "-V, --version", t("cli:option.version"))
    .helpOption("-h, --help", t("cli:option.help"))
    .helpCommand(false)
    .addHelpText("after", `\n${t("cli:after")}`)
    .exitOverride()
    .showHelpAfterError(t("cli:see-help"));
  let exitCode: number = EXIT.fine;
  const finish = (code: number): void => {
    exitCode = code;
  };
  for (const add of [
    addServe,
    addImport,
    addExtract,
    addCompare,
    addAlign,
    addLookup,
    addCheck,
    addConvert,
    addExport,
    addGlossary,
    addBackup,
  ]) {
    add(program, context, finish);
  }
  for (const command of program.commands) {
    command.exitOverride().helpOption("-h, --help", t("cli:option.help")).showHelpAfterError(t("cli:see-help"));
  }

  try {
    await program.parseAsync(process.argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (error instanceof Problem) {
      say(error.message);
      if (error.exitCode === EXIT.usage) say(t("cli:see-help"));
      return error.exitCode;
    }
    throw error;
  }
}

// A reader that closes its end (`dingyi … | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.fine);
  throw error;
});

process.exitCode = await run();

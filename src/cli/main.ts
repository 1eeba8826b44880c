/**
 * The command `dingyi`: reads the command line, hands over to one command, ends with its exit code.
 * Each command loads its own machinery when it runs, so that `--help` and `--version` answer at once.
 */
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { createInternationalization } from "../server/i18n.ts";
import { addAlign } from "./commands/align.ts";
import { addAnalyse } from "./commands/analyse.ts";
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
import { makeVisible } from "../text/visible-text.ts";
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
    addAnalyse,
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
    say(explainFault(context, error));
    return EXIT.unreadable;
  }
}

/** What the system refuses (a full disk, a folder that is none) in words; of a fault of our own the stack only when asked for. */
function explainFault({ t }: CommandContext, error: unknown): string {
  const { code, path, dest, message, stack } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) {
    const known = ["ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "ENOSPC", "EROFS"].includes(code) ? code : "other";
    const place = dest ?? path;
    return `${place === undefined ? "" : `${makeVisible(place)}: `}${t(`cli:system.${known}`, { detail: makeVisible(message) })}`;
  }
  return t("cli:fault", { detail: process.env["DINGYI_DEBUG"] ? (stack ?? message) : makeVisible(message) });
}

// A reader that closes its end (`dingyi … | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.fine);
  say(error.message);
  process.exit(EXIT.unreadable);
});
// Nobody reads what is said beside the results; the results are still wanted.
process.stderr.on("error", () => undefined);

process.exitCode = await run();

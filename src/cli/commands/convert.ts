import type { AddCommand } from "../command.ts";
import { formatLoss, sayDiagnostics } from "../context.ts";
import { readInput } from "../input-files.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, writeOut, writeWholeFile } from "../terminal.ts";
import { version } from "../version.ts";

type Options = {
  readonly to?: string;
  readonly from?: string;
  readonly toLanguage?: string;
  readonly allowLoss?: boolean;
};

/** The names that `--to` takes; kept here so that help needs nothing loaded. A test compares them with the converter's. */
export const PROJECT_FORMAT_NAMES = "xliff12, xliff20, tmx, csv, tsv, glossary-csv, xliff-json";
export const FORMAT_NAMES = `${PROJECT_FORMAT_NAMES}, xlsx, tbx-basic, tbx-basic-dct, tbx-min, tbx-min-dct, tbx-core, tbx-core-dct, tbx2, utx, omegat`;

export const addConvert: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("convert")
    .description(t("cli:convert.description"))
    .argument("<in>", t("cli:convert.in"))
    .argument("<out>", t("cli:convert.out"))
    .option("--to <format>", t("cli:convert.to", { formats: FORMAT_NAMES }))
    .option("--from <tag>", t("cli:convert.from"))
    .option("--to-language <tag>", t("cli:convert.to-language"))
    .option("--allow-loss", t("cli:convert.allow-loss"))
    .action(async (inPath: string, outPath: string, options: Options) => {
      const { convertFile, targetFormat } = await import("../../workflow/convert.ts");
      const { to, from, toLanguage } = options;
      const wish = { outName: outPath, ...(to === undefined ? {} : { to }) };
      if (targetFormat(wish) === undefined) {
        throw new Problem(EXIT.usage, t("cli:convert.unknown-format", { file: to ?? outPath, formats: FORMAT_NAMES }));
      }
      const file = await readInput(context, inPath);
      const {
        bytes,
        losses,
        notices = [],
        diagnostics,
      } = await convertFile(file, {
        ...wish,
        ...(from === undefined ? {} : { from }),
        ...(toLanguage === undefined ? {} : { toLanguage }),
        allowLoss: options.allowLoss ?? false,
        toolVersion: version,
      });
      sayDiagnostics(context, inPath, diagnostics);
      if (notices.length > 0) {
        say(t("cli:glossary.in-notes", { file: outPath }));
        for (const notice of notices) say(`  ${formatLoss(context, notice)}`);
      }
      if (losses.length > 0) {
        say(t(bytes === undefined ? "cli:convert.would-lose" : "cli:convert.lost", { file: outPath }));
        for (const loss of losses) say(`  ${formatLoss(context, loss)}`);
      }
      if (bytes === undefined) {
        if (diagnostics.some(({ severity }) => severity === "error"))
          throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
        throw new Problem(EXIT.usage, t("cli:convert.use-allow-loss"));
      }
      if (outPath === "-") await writeOut(bytes);
      else await writeWholeFile(outPath, bytes);
    });
};

import type { ComparisonRow, FileComparisonResult } from "../../workflow/compare-files.ts";
import type { AddCommand } from "../command.ts";
import { sayDiagnostics } from "../context.ts";
import { readInput } from "../input-files.ts";
import { readChoice } from "../options.ts";
import { makeVisible } from "../../text/visible-text.ts";
import { EXIT, Problem } from "../problem.ts";
import { writeOut } from "../terminal.ts";

const FORMATS = ["text", "json", "html"] as const;
type Options = { readonly format: (typeof FORMATS)[number] };

export const addCompare: AddCommand = (program, context) => {
  const { t } = context;
  program
    .command("compare")
    .description(t("cli:compare.description"))
    .argument("<base>", t("cli:compare.base"))
    .argument("<other>", t("cli:compare.other"))
    .option(`--format <${FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, FORMATS), "text")
    .action(async (basePath: string, otherPath: string, options: Options) => {
      const base = await readInput(context, basePath);
      const other = await readInput(context, otherPath);
      const { compareFiles } = await import("../../workflow/compare-files.ts");
      const result = await compareFiles(base, other);
      for (const diagnostic of result.diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
      if (!result.comparison) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      switch (options.format) {
        case "json":
          return writeOut(`${JSON.stringify(result.comparison, undefined, 1)}\n`);
        case "html": {
          const { formatComparisonHtml } = await import("../../workflow/comparison-report.ts");
          return writeOut(formatComparisonHtml(result, words(result, { basePath, otherPath })));
        }
        case "text":
          return writeOut(formatText(result, { basePath, otherPath }));
      }
    });

  type Paths = { readonly basePath: string; readonly otherPath: string };

  function words(result: FileComparisonResult, paths: Paths) {
    return {
      language: context.language,
      title: `${paths.basePath} / ${paths.otherPath}`,
      summary: summarize(result),
      base: paths.basePath,
      other: paths.otherPath,
      className: (slug: string) => t(`compare:class.${slug}`),
    };
  }

  function summarize({ counts, rows, moved, only }: FileComparisonResult): string {
    const all = Object.entries({ ...counts, moved: moved.length, missing: only.length }).filter(([, count]) => count > 0);
    if (all.length === 0) return t("cli:compare.equal");
    const classes = all.map(([slug, count]) => `${t(`compare:class.${slug}`)} ${count}`);
    return t("cli:compare.summary", { count: rows.length + moved.length + only.length, classes: classes.join(", ") });
  }

  /** `base:line other:line class  …before[-base-]{+other+}after…`, the mark-up of word diffs. */
  function formatRow({ basePath, otherPath }: Paths, row: ComparisonRow): string {
    const removed = row.base === "" ? "" : `[-${row.base}-]`;
    const added = row.other === "" ? "" : `{+${row.other}+}`;
    const place = `${makeVisible(basePath)}:${row.baseLine} ${makeVisible(otherPath)}:${row.otherLine}`;
    return `${place} ${t(`compare:class.${row.class}`)}: ${row.before}${removed}${added}${row.after}`;
  }

  function formatText(result: FileComparisonResult, paths: Paths): string {
    const lines = result.rows.map((row) => formatRow(paths, row));
    for (const { baseLine, otherLine, text } of result.moved)
      lines.push(
        `${makeVisible(paths.basePath)}:${baseLine} ${makeVisible(paths.otherPath)}:${otherLine} ${t("compare:class.moved")}: ${text}`,
      );
    for (const { side, line, text } of result.only) {
      const file = makeVisible(side === "base" ? paths.basePath : paths.otherPath);
      lines.push(`${file}:${line} ${t(`cli:compare.only-${side}`, { file })}: ${text}`);
    }
    return `${[...lines, summarize(result)].join("\n")}\n`;
  }
};

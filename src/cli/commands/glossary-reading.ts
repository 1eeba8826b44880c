/** `glossary list` and `glossary why`: of a project, or of a glossary file without any store. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { Concept, Source, TermStatus } from "../../model/concept.ts";
import { makeVisible } from "../../text/visible-text.ts";
import type { WhySheet } from "../../workflow/why.ts";
import type { CommandContext } from "../context.ts";
import { findProject, withDataFolder } from "../data-folder.ts";
import { readGlossary } from "../glossary-terms.ts";
import { readInput } from "../input-files.ts";
import { readChoice } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { writeOut } from "../terminal.ts";

const STATUSES = ["candidate", "proposed", "approved", "admitted", "rejected", "deprecated", "superseded", "forbidden"] as const;
const LIST_FORMATS = ["table", "json", "csv"] as const;
const WHY_FORMATS = ["text", "json", "html"] as const;

type Shared = { readonly project?: string; readonly data?: string; readonly glossary?: string };
type ListOptions = Shared & {
  readonly status?: TermStatus;
  readonly search?: string;
  readonly format: (typeof LIST_FORMATS)[number];
};
type WhyOptions = Shared & {
  readonly sources?: string;
  readonly from: string;
  readonly to: string;
  readonly format: (typeof WHY_FORMATS)[number];
};

export function addGlossaryReading(context: CommandContext, add: (usage: string, key: string) => Command): void {
  const { t } = context;

  add("list [text]", "list")
    .option("--glossary <file>", t("cli:option.glossary"))
    .option(`--status <${STATUSES.join("|")}>`, t("cli:glossary.status-option"), readChoice(context, STATUSES))
    .option("--search <text>", t("cli:glossary.search-option"))
    .option(`--format <${LIST_FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, LIST_FORMATS), "table")
    .action(async (text: string | undefined, options: ListOptions) => {
      await writeList(await findConcepts(options, text ?? options.search), options.format);
    });

  add("why <text>", "why")
    .option("--glossary <file>", t("cli:option.glossary"))
    .option("--sources <file>", t("cli:glossary.sources-option"))
    .option("--from <tag>", t("cli:glossary.from-option"), "zh")
    .option("--to <tag>", t("cli:glossary.to-option"), "en")
    .option(`--format <${WHY_FORMATS.join("|")}>`, t("cli:option.format"), readChoice(context, WHY_FORMATS), "text")
    .action(async (text: string, options: WhyOptions) => {
      await writeOut(options.glossary === undefined ? await explainStored(text, options) : await explainFile(text, options));
    });

  async function findConcepts({ glossary, status, ...place }: ListOptions, search?: string): Promise<readonly Concept[]> {
    const { filterConcepts } = await import("../../workflow/glossary-reading.ts");
    const filter = { ...(search === undefined ? {} : { search }), ...(status === undefined ? {} : { statuses: [status] }) };
    if (glossary !== undefined) return filterConcepts(await readGlossary(context, glossary), filter);
    return withDataFolder(context, place.data, async (application) => {
      const project = await findProject(context, application, place.project);
      return filterConcepts((await application.stores.concepts.loadGlossary(project.id)).concepts, filter);
    });
  }

  async function writeList(concepts: readonly Concept[], format: ListOptions["format"]): Promise<void> {
    if (format === "json") return writeOut(`${JSON.stringify({ concepts }, undefined, 2)}\n`);
    if (format === "csv") {
      const { formatGlossaryTable } = await import("../../workflow/glossary-reading.ts");
      return writeOut(formatGlossaryTable(concepts));
    }
    // Wordings of others must not steer the terminal.
    const say = ({ text, status }: Concept["terms"][number]) => `${makeVisible(text)} (${t(`cli:glossary.status.${status}`)})`;
    for (const { terms } of concepts) await writeOut(`${terms.map(say).join("\t")}\n`);
  }

  async function explainStored(text: string, { project: id, data, format }: WhyOptions): Promise<string> {
    return withDataFolder(context, data, async (application) => {
      const { explainEntry } = await import("../../workflow/why.ts");
      const project = await findProject(context, application, id);
      const concepts = await application.stores.concepts.findByTerm({ projectId: project.id, text });
      const sheets = [];
      for (const { id: conceptId } of concepts)
        sheets.push(await explainEntry(application, { projectId: project.id, conceptId }));
      const found = sheets.filter((sheet) => sheet !== undefined);
      if (found.length === 0) throw new Problem(EXIT.usage, t("cli:glossary.no-entry", { text, project: project.id }));
      return formatSheets(found, { format, at: application.clock() });
    });
  }

  async function explainFile(text: string, options: WhyOptions): Promise<string> {
    const { glossary = "", from: sourceLanguage, to: targetLanguage, format } = options;
    const { explainFromFile } = await import("../../workflow/glossary-reading.ts");
    const concepts = await readGlossary(context, glossary);
    const sources = await findSources(glossary, options.sources);
    const sheets = explainFromFile(concepts, { text, name: glossary, sources, sourceLanguage, targetLanguage });
    if (sheets.length === 0) throw new Problem(EXIT.usage, t("cli:glossary.no-entry", { text, project: glossary }));
    return formatSheets(sheets, { format, at: new Date().toISOString() });
  }

  /** The list that is named, else `sources.csv` beside the glossary if there is one. */
  async function findSources(glossary: string, named: string | undefined): Promise<readonly Source[]> {
    const { readSources } = await import("../../workflow/source-list.ts");
    if (named !== undefined) return readSources(new TextDecoder().decode((await readInput(context, named)).bytes));
    return readSources(await readFile(join(dirname(glossary), "sources.csv"), "utf8").catch(() => ""));
  }

  async function formatSheets(
    sheets: readonly WhySheet[],
    { format, at }: { readonly format: WhyOptions["format"]; readonly at: string },
  ): Promise<string> {
    const { formatWhyHtml, formatWhyJson, formatWhyText } = await import("../../workflow/why-report.ts");
    if (format === "json") return formatWhyJson(sheets);
    const { outlineWhy } = await import("../../workflow/why-outline.ts");
    const outlines = sheets.map((sheet) => outlineWhy(sheet, { words: { t }, at }));
    if (format === "html") return formatWhyHtml(outlines, context.language);
    return outlines.map((outline) => makeLinesVisible(formatWhyText(outline))).join("\n");
  }
}

/** Control characters of the record as signs; the ends of our own lines stay. */
function makeLinesVisible(text: string): string {
  return text.split("\n").map(makeVisible).join("\n");
}

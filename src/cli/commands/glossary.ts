import type { Command } from "commander";
import type { Application } from "../../workflow/application.ts";
import type { AddCommand } from "../command.ts";
import { findProject, withDataFolder } from "../data-folder.ts";
import { EXIT, Problem } from "../problem.ts";
import { writeOut } from "../terminal.ts";
import { addGlossaryExport, addGlossaryImport } from "./glossary-files.ts";

type Options = { readonly project?: string; readonly data?: string };

type Concepts = Application["stores"]["concepts"];
type StoredConcept = NonNullable<Awaited<ReturnType<Concepts["find"]>>>;

const MOST_LISTED = 100_000;

export const addGlossary: AddCommand = (program, context) => {
  const { t } = context;
  const glossary = program.command("glossary").description(t("cli:glossary.description")).helpCommand(false);
  const add = (usage: string, key: string): Command =>
    glossary
      .command(usage)
      .description(t(`cli:glossary.${key}`))
      .option("--project <id>", t("cli:option.project"))
      .option("--data <folder>", t("cli:option.data"))
      .exitOverride();

  add("list [text]", "list").action((text: string | undefined, options: Options) =>
    withDataFolder(context, options.data, async (application) => {
      const project = await findProject(context, application, options.project);
      const { items } = await application.stores.concepts.list({
        projectId: project.id,
        ...(text === undefined ? {} : { search: text }),
        limit: MOST_LISTED,
      });
      for (const concept of items) await writeOut(`${listTerms(concept)}\n`);
    }),
  );

  addGlossaryImport(add("import <file>", "import"), context);
  addGlossaryExport(add("export <file>", "export"), context);

  add("why <text>", "why").action((text: string, options: Options) =>
    withDataFolder(context, options.data, async (application) => {
      const project = await findProject(context, application, options.project);
      const concepts = await application.stores.concepts.findByTerm({ projectId: project.id, text });
      if (concepts.length === 0) throw new Problem(EXIT.usage, t("cli:glossary.no-entry", { text, project: project.id }));
      for (const concept of concepts) await writeOut(await explain(concept, application.stores.concepts.history(concept.id)));
    }),
  );

  function listTerms({ terms }: StoredConcept): string {
    return terms.map((term) => `${term.text} (${t(`cli:glossary.status.${term.status}`)})`).join("\t");
  }

  async function explain(concept: StoredConcept, history: ReturnType<Concepts["history"]>): Promise<string> {
    const lines: string[] = [];
    const texts = new Map(concept.terms.map((term) => [term.id, term.text]));
    for (const term of concept.terms) {
      lines.push(`${term.text}  ${t(`cli:glossary.status.${term.status}`)}${term.note === undefined ? "" : `  ${term.note}`}`);
      for (const { source, place, date, sourceQuotation, targetQuotation } of term.attestations) {
        const parts = [source, place, date, sourceQuotation, targetQuotation].filter((part) => part !== undefined);
        lines.push(`  ${parts.join(" · ")}`);
      }
    }
    lines.push(t("cli:glossary.decisions"));
    for (const { at, author, action, termId, before, after, reason, citation } of await history) {
      const change = [before, after].filter((part) => part !== undefined).join(" → ");
      const parts = [
        at,
        author,
        t(`cli:glossary.action.${action}`),
        texts.get(termId ?? "") ?? "",
        change,
        reason ?? "",
        citation ?? "",
      ];
      lines.push(`  ${parts.filter((part) => part !== "").join(" · ")}`);
    }
    return `${lines.join("\n")}\n\n`;
  }
};

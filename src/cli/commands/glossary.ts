import type { Command } from "commander";
import type { Application } from "../../workflow/application.ts";
import type { AddCommand } from "../command.ts";
import { sayDiagnostics } from "../context.ts";
import { authorOfTerminal, findProject, withDataFolder } from "../data-folder.ts";
import { readInput } from "../input-files.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, writeOut, writeWholeFile } from "../terminal.ts";
import { version } from "../version.ts";

type Options = { readonly project?: string; readonly data?: string; readonly yes?: boolean };

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

  add("import <file>", "import")
    .option("--yes", t("cli:import.yes"))
    .action(async (path: string, options: Options) => {
      const { bytes, name } = await readInput(context, path);
      await withDataFolder(context, options.data, async (application) => {
        const { importGlossary, previewGlossaryImport } = await import("../../workflow/glossary-import.ts");
        const project = await findProject(context, application, options.project);
        const request = { projectId: project.id, file: { name, bytes } };
        const preview = await previewGlossaryImport(application, request);
        sayDiagnostics(context, path, preview.diagnostics);
        const { counts } = preview;
        say(t("cli:glossary.new", { count: counts.new, changed: counts.changed, unchanged: counts.unchanged }));
        if (preview.hasErrors || preview.rows.length === 0) throw new Problem(EXIT.unreadable, t("cli:glossary.refused"));
        if (!options.yes) return say(t("cli:glossary.not-stored"));
        const outcome = await importGlossary(application, { ...request, author: authorOfTerminal(process.env) });
        if (outcome.kind === "refused") throw new Problem(EXIT.unreadable, t("cli:glossary.refused"));
        for (const { concept, code } of outcome.left) {
          say(t("cli:glossary.left", { text: concept.terms[0]?.text ?? concept.id, code }));
        }
        say(t("cli:glossary.stored"));
      });
    });

  add("export <file>", "export").action((out: string, options: Options) =>
    withDataFolder(context, options.data, async (application) => {
      const { exportProject } = await import("../../workflow/export-files.ts");
      const project = await findProject(context, application, options.project);
      const request = { projectId: project.id, format: "glossary-csv", toolVersion: version } as const;
      const written = await exportProject(application.stores, request);
      if (!written) throw new Error(`the glossary of ${project.id} was not written`);
      if (out === "-") await writeOut(written.text);
      else await writeWholeFile(out, written.text);
    }),
  );

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

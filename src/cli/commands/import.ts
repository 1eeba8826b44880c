import type { ImportProposal } from "../../model/document.ts";
import type { AddCommand } from "../command.ts";
import type { CommandContext } from "../context.ts";
import { sayDiagnostics } from "../context.ts";
import { authorOfTerminal, withDataFolder } from "../data-folder.ts";
import { findDocuments, shownName } from "../input-files.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, startProgressLine, writeOut } from "../terminal.ts";

type Options = { readonly project?: string; readonly yes?: boolean; readonly data?: string };

const DEFAULT_PROJECT = "Documents";
/** The readers look at the bytes and the name; this is what a download says later. */
const MEDIA_TYPE = "application/octet-stream";

export const addImport: AddCommand = (program, context, finish) => {
  const { t } = context;
  program
    .command("import")
    .description(t("cli:import.description"))
    .argument("<file...>", t("cli:import.files"))
    .option("--project <name>", t("cli:option.project"), DEFAULT_PROJECT)
    .option("--yes", t("cli:import.yes"))
    .option("--data <folder>", t("cli:option.data"))
    .action(async (paths: readonly string[], options: Options) => {
      const { paths: found, failed } = await findDocuments(context, paths);
      if (found.length === 0) throw new Problem(EXIT.unreadable, t(failed > 0 ? "cli:nothing-readable" : "cli:no-documents"));
      const { openProject } = await import("../../workflow/projects.ts");
      const { acceptImport, openPreview, previewImport } = await import("../../workflow/import.ts");
      const { discardPreview } = await import("../../workflow/import-previews.ts");
      await withDataFolder(context, options.data, async (application) => {
        const author = authorOfTerminal(process.env);
        const { stores, jobs, dataFolder } = application;
        const name = options.project ?? DEFAULT_PROJECT;
        const project = (await stores.projects.find(name)) ?? (await openProject(application, { name }));
        const files = found.map((path) => ({ name: shownName(path), mediaType: MEDIA_TYPE, path }));
        const preview = await previewImport(application, { projectId: project.id, author, files });
        if (preview.jobId === undefined) throw new Error("the analysis was not started");
        const progress = startProgressLine(t("cli:stage.analysing"));
        const stop = jobs.subscribe(preview.jobId, (job) => progress.report(job.progress));
        const job = await jobs.waitFor(preview.jobId);
        stop();
        progress.end();
        if (job?.state !== "done") throw new Problem(EXIT.unreadable, job?.error ?? t("cli:nothing-readable"));

        const place = { dataFolder, projectId: project.id, id: preview.id };
        const open = await openPreview(application, place);
        const proposals = open?.proposals ?? [];
        for (const [index, proposal] of proposals.entries()) {
          sayDiagnostics(context, found[index] ?? proposal.file, proposal.diagnostics);
          await writeOut(describeProposal(context, proposal));
        }
        if (failed > 0 || proposals.some((proposal) => proposal.documents.length === 0)) finish(EXIT.unreadable);
        if (!options.yes) {
          await discardPreview(place);
          say(t("cli:import.not-stored"));
          return;
        }
        const outcome = await acceptImport(application, { ...place, author });
        if (outcome.kind !== "accepted") throw new Error(`the preview was not accepted: ${outcome.kind}`);
        say(t("cli:import.stored", { count: outcome.documents.length, project: project.id }));
      });
    });
};

function describeProposal(context: CommandContext, proposal: ImportProposal): string {
  const { t } = context;
  if (proposal.documents.length === 0) return "";
  const { file, encoding } = proposal;
  const lines = [t("cli:import.file", { file, encoding, count: proposal.paragraphs.length })];
  for (const [index, document] of proposal.documents.entries()) {
    lines.push(
      t("cli:import.document", {
        number: index + 1,
        title: document.title,
        date: document.date ?? t("cli:import.no-date"),
        body: document.body ?? t("cli:import.no-body"),
        count: document.end - document.first,
      }),
    );
    if (document.joins.length > 0) lines.push(t("cli:import.joins", { count: document.joins.length }));
    if (document.exclusions.length > 0) lines.push(t("cli:import.exclusions", { count: document.exclusions.length }));
    if (document.versionOf) {
      const { title, containment } = document.versionOf;
      lines.push(t("cli:import.version", { title, percent: Math.round(containment * 100) }));
    }
  }
  return `${lines.join("\n")}\n`;
}

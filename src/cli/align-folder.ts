/** `dingyi align` over two folders: every pair that belongs together by name, several at a time, and one report. */
import { mkdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { makeVisible } from "../text/visible-text.ts";
import type { FileAlignment } from "../workflow/align-texts.ts";
import { pairFiles } from "../workflow/pair-files.ts";
import type { FilePair } from "../workflow/pair-files.ts";
import { formatReport, reportPair, summarizePair } from "./align-report.ts";
import type { ReportFormat, ReportedPair } from "./align-report.ts";
import type { CommandContext } from "./context.ts";
import { sayDiagnostics } from "./context.ts";
import { findDocuments, readInput } from "./input-files.ts";
import { EXIT, Problem } from "./problem.ts";
import { say, startProgressLine, writeOut, writeWholeFile } from "./terminal.ts";

export type FolderRequest = {
  readonly sourceFolder: string;
  readonly targetFolder: string;
  readonly from: string;
  readonly to: string;
  readonly lines: boolean;
  readonly outFolder: string;
  readonly extension: string;
  readonly report?: string;
  readonly reportFormat: ReportFormat;
  readonly terms: readonly { readonly source: string; readonly target: string }[];
  readonly memory: readonly { readonly source: string; readonly target: string }[];
  readonly cacheFolder: string;
  readonly format: (alignment: FileAlignment, original: string) => Promise<string>;
};

export async function alignFolder(context: CommandContext, request: FolderRequest): Promise<void> {
  const { t } = context;
  const sources = await listBelow(context, request.sourceFolder);
  const targets = await listBelow(context, request.targetFolder);
  const { pairs, unpaired } = pairFiles({ sources, targets, from: request.from, to: request.to });
  for (const path of unpaired) say(t("cli:align.unpaired", { file: makeVisible(path) }));
  if (pairs.length === 0) throw new Problem(EXIT.unreadable, t("cli:align.no-pairs"));
  const { alignPairs } = await import("../workflow/align-batch.ts");
  const reported: ReportedPair[] = [];
  const unreadable: string[] = [];
  const progress = startProgressLine(t("cli:stage.analysing"));
  const fail = (path: string): void => {
    unreadable.push(path);
  };
  const open = async (pair: FilePair) => {
    try {
      return {
        source: await readInput(context, join(request.sourceFolder, pair.source)),
        target: await readInput(context, join(request.targetFolder, pair.target)),
        from: request.from,
        to: request.to,
        lines: request.lines,
        glossaryTerms: request.terms,
        memoryPairs: request.memory,
        cacheFolder: request.cacheFolder,
      };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message);
      fail(pair.name);
      return undefined;
    }
  };
  try {
    await alignPairs<FilePair>({
      pairs,
      open,
      report: progress.report,
      onResult: async (pair, { alignment, diagnostics }) => {
        for (const diagnostic of diagnostics) sayDiagnostics(context, diagnostic.file, [diagnostic]);
        if (!alignment) {
          fail(pair.name);
          return;
        }
        const file = `${pair.name}.${request.extension}`;
        const path = join(request.outFolder, file);
        await mkdir(dirname(path), { recursive: true });
        await writeWholeFile(path, await request.format(alignment, pair.source));
        const entry = reportPair(alignment, { source: pair.source, target: pair.target, file });
        reported.push(entry);
        progress.end();
        say(makeVisible(summarizePair(t, entry)));
      },
    });
  } finally {
    progress.end();
  }
  const text = formatReport(context, { pairs: reported, unpaired, unreadable }, request.reportFormat);
  if (request.report === undefined) await writeOut(text);
  else await writeWholeFile(request.report, text);
  if (unreadable.length > 0) throw new Problem(EXIT.unreadable, t("cli:align.some-unreadable", { count: unreadable.length }));
}

/** Paths of the documents of a folder, below it, with / between their parts. */
async function listBelow(context: CommandContext, folder: string): Promise<readonly string[]> {
  const { paths } = await findDocuments(context, [folder]);
  return paths.map((path) => relative(folder, path).split(sep).join("/"));
}

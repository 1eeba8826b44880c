/** The analysis of received files as a worker runs it: reads the bytes, prepares the stored texts for comparison. */
import { readFile } from "node:fs/promises";
import type { ImportProposal } from "../model/document.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoDay } from "../model/span.ts";
import { ShingleSet } from "../text/shingle-set.ts";
import { analyseFiles } from "./import-analysis.ts";

/** A stored document that new ones may be versions of. */
export type KnownText = {
  readonly id: string;
  readonly title: string;
  readonly date?: IsoDay;
  readonly paragraphs: readonly string[];
};

export type ImportTaskInput = {
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly known: readonly KnownText[];
};

export async function analyseImport(input: ImportTaskInput, report: ProgressReporter): Promise<ImportProposal[]> {
  const files = await Promise.all(input.files.map(async ({ name, path }) => ({ name, bytes: await readFile(path) })));
  const known = input.known.map(({ paragraphs, ...document }) => ({
    ...document,
    shingles: new ShingleSet(paragraphs.join("\n")),
  }));
  return analyseFiles(files, { known, onProgress: report });
}

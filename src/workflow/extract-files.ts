/**
 * Extraction from files, without a store: what `dingyi extract --format json` prints.
 *
 * Files are read and split into documents as an import would propose it, with joins and exclusions as proposed.
 * Trouble with a file is a diagnostic with its name; the others go on.
 */
import { acceptProposal } from "../documents/accept-proposal.ts";
import { extractFormulations } from "../extraction/extract-formulations.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ExtractionDocument, ExtractionResult } from "../model/formulation.ts";
import type { ProgressReporter } from "../model/job.ts";
import { toExtractionDocument } from "./extraction-document.ts";
import { analyseFiles } from "./import-analysis.ts";

export { ExtractionTooLarge } from "../extraction/extract-formulations.ts";

export type ExtractedDocument = {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly date?: string;
  readonly body?: string;
  /** Id of the document of which this one is a copy. */
  readonly versionOf?: string;
};

/** The JSON object of the command line contract. */
export type FileExtraction = ExtractionResult & { readonly documents: readonly ExtractedDocument[] };

export type FileExtractionOptions = {
  readonly glossaryTerms?: readonly string[];
  readonly limit?: number;
  readonly report?: ProgressReporter;
};

export type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

type FileDiagnostic = Diagnostic & { readonly file: string };

export async function extractFiles(
  files: readonly NamedFile[],
  options: FileExtractionOptions = {},
): Promise<{ readonly extraction: FileExtraction; readonly diagnostics: readonly FileDiagnostic[] }> {
  const { extracted, read, diagnostics } = await readExtractionFiles(files);
  return { extraction: { documents: extracted, ...extractFormulations(read, options) }, diagnostics };
}

/** The documents of the files, as they are listed and as the extractor reads them. */
export async function readExtractionFiles(files: readonly NamedFile[]): Promise<{
  readonly extracted: readonly ExtractedDocument[];
  readonly read: readonly ExtractionDocument[];
  readonly diagnostics: readonly FileDiagnostic[];
}> {
  const proposals = await analyseFiles(files);
  const extracted: ExtractedDocument[] = [];
  const read: ExtractionDocument[] = [];
  const total = proposals.reduce((sum, proposal) => sum + proposal.documents.length, 0);
  const idOf = (number: number): string => `d${String(number + 1).padStart(String(total).length, "0")}`;
  for (const proposal of proposals) {
    const documents = acceptProposal(proposal, { makeId: (document, paragraph) => `${document}/${paragraph ?? ""}` });
    documents.forEach((document, i) => {
      const proposed = proposal.documents[i];
      const id = idOf(read.length);
      // Documents of one batch name each other by number (#3).
      const version = /^#(\d+)$/u.exec(proposed?.versionOf?.document ?? "")?.[1];
      extracted.push({
        id,
        file: proposal.file,
        line: document.paragraphs[0]?.line ?? 1,
        title: document.title,
        ...(document.date === undefined ? {} : { date: document.date }),
        ...(document.body === undefined ? {} : { body: document.body }),
        ...(version === undefined ? {} : { versionOf: idOf(Number(version)) }),
      });
      read.push(toExtractionDocument(document, id));
    });
  }
  const diagnostics = proposals.flatMap((proposal) =>
    proposal.diagnostics.map((diagnostic) => ({ ...diagnostic, file: proposal.file })),
  );
  return { extracted, read, diagnostics };
}

/**
 * Extraction in a worker thread. With the list goes a record of what was counted once, so that the page can fold the
 * lines of copies exactly as the counts do, also when the documents have changed since.
 */
import { extractFormulations } from "../extraction/extract-formulations.ts";
import type { Families } from "../extraction/families.ts";
import { findFamilies } from "../extraction/families.ts";
import type { ExtractionDocument, ExtractionResult } from "../model/formulation.ts";
import type { ProgressReporter } from "../model/job.ts";

export type ExtractTaskInput = { readonly documents: readonly ExtractionDocument[]; readonly glossaryTerms: readonly string[] };

export type CopyRecord = {
  /** Document that is a copy -> the document of its family that counts. */
  readonly copyOf: Readonly<Record<string, string>>;
  /** Document -> numbers of its paragraphs that another one repeats, of the same document or of another. */
  readonly repeated: Readonly<Record<string, readonly number[]>>;
};

export function extractWithCopies(
  { documents, glossaryTerms }: ExtractTaskInput,
  report: ProgressReporter,
): ExtractionResult & { readonly copies: CopyRecord } {
  report({ done: 0, total: 100, stage: "copies" });
  const families = findFamilies(documents);
  const result = extractFormulations(documents, { glossaryTerms, families, report });
  return { ...result, copies: recordCopies(documents, families) };
}

function recordCopies(documents: readonly ExtractionDocument[], { representatives, repeated }: Families): CopyRecord {
  const copyOf: Record<string, string> = {};
  const numbers: Record<string, readonly number[]> = {};
  documents.forEach((document, at) => {
    const original = documents[representatives[at] ?? at];
    if (original && original !== document) copyOf[document.id] = original.id;
    const found = [...(repeated[at] ?? [])].sort((one, other) => one - other);
    if (found.length > 0) numbers[document.id] = found;
  });
  return { copyOf, repeated: numbers };
}

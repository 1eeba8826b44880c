/**
 * Extraction in a worker thread. With the list goes a record of what was counted once, so that the page can fold the
 * lines of copies exactly as the counts do, also when the documents have changed since.
 */
import { extractFormulations } from "../extraction/extract-formulations.ts";
import { findFamilies, findRepeated } from "../extraction/families.ts";
import type { ExtractionDocument, ExtractionResult } from "../model/formulation.ts";
import type { ProgressReporter } from "../model/job.ts";

export type ExtractTaskInput = { readonly documents: readonly ExtractionDocument[]; readonly glossaryTerms: readonly string[] };

export type CopyRecord = {
  /** Document that is a copy -> the document of its family that counts. */
  readonly copyOf: Readonly<Record<string, string>>;
  /** Document -> numbers of its paragraphs that another one of it repeats. */
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

function recordCopies(documents: readonly ExtractionDocument[], families: readonly number[]): CopyRecord {
  const copyOf: Record<string, string> = {};
  const repeated: Record<string, readonly number[]> = {};
  documents.forEach((document, at) => {
    const original = documents[families[at] ?? at];
    if (original && original !== document) copyOf[document.id] = original.id;
    else {
      const numbers = [...findRepeated(document.paragraphs)];
      if (numbers.length > 0) repeated[document.id] = numbers;
    }
  });
  return { copyOf, repeated };
}

/**
 * Rows of alignments as pairs to be checked: a published translation is held to the glossary like one made here.
 * Only rows that a person confirmed, or that the aligner is sure of: a wrong bead would be full of false findings.
 */
import type { AlignmentGroup } from "../model/alignment.ts";
import type { LanguageTag } from "../model/span.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { Application } from "./application.ts";
import { loadAlignedSides } from "./alignment-texts.ts";

/** Beads at this confidence were right in 98.5 % of the development texts (docs/design.md). */
export const SURE_CONFIDENCE = 0.95;

export type AlignedPair = {
  readonly alignmentId: string;
  readonly group: string;
  /** Number of the row in its alignment, from 1. */
  readonly row: number;
  readonly document: DocumentSummary;
  /** Number of its first paragraph on the source side, from 1. */
  readonly paragraph: number;
  readonly source: string;
  readonly target: string;
  readonly confirmed: boolean;
};

export async function listAlignedPairs(
  application: Application,
  projectId: string,
): Promise<{ readonly pairs: readonly AlignedPair[]; readonly unsure: number }> {
  const { stores } = application;
  const documents = new Map((await stores.documents.list({ projectId })).map((document) => [document.id, document]));
  const pairs: AlignedPair[] = [];
  let unsure = 0;
  // Two documents may have been aligned more than once: the newest counts.
  const newest = new Map<string, string>();
  const summaries = (await stores.alignments.list(projectId)).toSorted((one, other) =>
    one.createdAt < other.createdAt ? -1 : 1,
  );
  for (const { id, sourceDocumentId, targetDocumentId } of summaries) newest.set(`${sourceDocumentId} ${targetDocumentId}`, id);
  for (const id of newest.values()) {
    const alignment = await stores.alignments.find(id);
    const document = alignment && documents.get(alignment.sourceDocumentId);
    const target = alignment && documents.get(alignment.targetDocumentId);
    if (!alignment || !document || !target) continue;
    const { source, target: translation } = await loadAlignedSides(application, alignment);
    const sources = new Map(source.sentences.map((sentence) => [sentence.id, sentence]));
    const targets = new Map(translation.sentences.map((sentence) => [sentence.id, sentence]));
    for (const [at, group] of alignment.state.groups.entries()) {
      if (group.source.length === 0 || group.target.length === 0) continue;
      if (!isSure(group)) {
        unsure += 1;
        continue;
      }
      const first = sources.get(group.source[0] ?? "");
      const textOf = (from: typeof sources, ids: readonly string[]) => ids.map((segment) => from.get(segment)?.text ?? "");
      pairs.push({
        alignmentId: id,
        group: group.id,
        row: at + 1,
        document,
        paragraph: (first?.paragraph ?? 0) + 1,
        source: glue(textOf(sources, group.source), document.language),
        target: glue(textOf(targets, group.target), target.language),
        confirmed: group.status !== "automatic",
      });
    }
  }
  return { pairs, unsure };
}

/** Sentences of a row as one text: Chinese and Japanese put no space between them. */
function glue(texts: readonly string[], language: LanguageTag): string {
  return texts.join(/^(?:zh|ja)\b/i.test(language) ? "" : " ");
}

function isSure({ status, confidence, doubtful }: AlignmentGroup): boolean {
  return status !== "automatic" || (confidence >= SURE_CONFIDENCE && !doubtful);
}

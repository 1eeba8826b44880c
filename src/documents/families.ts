/** Families of documents that are copies of each other, and paragraphs that one document repeats (src/text/copies.ts). */
import { findRepeats, findRepresentative, groupCopies } from "../text/copies.ts";
import type { Repeat } from "../text/copies.ts";
import { ShingleSet } from "../text/shingle-set.ts";

export type ComparedDocument = {
  readonly id: string;
  readonly paragraphs: readonly string[];
  /** Those of all paragraphs together, where the caller has them already. */
  readonly shingles?: ShingleSet;
};
export type Family = {
  /** Id of the least damaged copy. */
  readonly representative: string;
  /** Ids of all copies, the representative among them. */
  readonly members: readonly string[];
};
export type RepeatedParagraph = Repeat & { readonly document: string };

/** Families in the order of their first members; a document without copies is a family of one. */
export function groupFamilies(documents: readonly ComparedDocument[]): Family[] {
  const sets = documents.map((document) => document.shingles ?? new ShingleSet(document.paragraphs.join("\n")));
  const idOf = (at: number): string => documents[at]?.id ?? "";
  const empty = new ShingleSet("");
  return groupCopies({ count: sets.length, setOf: (at) => sets[at] ?? empty }).map((group) => ({
    representative: idOf(findRepresentative(group, (at) => documents[at]?.paragraphs ?? [])),
    members: group.map(idOf),
  }));
}

/** Paragraphs of 40 characters and more whose words stand again in another paragraph of the same document. */
export function findRepeatedParagraphs(documents: readonly ComparedDocument[]): RepeatedParagraph[] {
  return documents.flatMap(({ id, paragraphs }) => findRepeats(paragraphs).map((repeat) => ({ document: id, ...repeat })));
}

/**
 * Which documents form a family of copies, and which paragraphs count (src/text/copies.ts; EXTRACTION.md, section 2,
 * "Copies"): a family is represented by its cleanest copy; inside the documents that are left, a paragraph that another
 * one of the same document repeats is a repeated lead and does not count.
 */
import type { ExtractionDocument } from "../model/formulation.ts";
import { findRepeats, findRepresentative, groupCopies } from "../text/copies.ts";
import { ShingleSet } from "../text/shingle-set.ts";

/** For each document the index of the document that represents its family, itself when it has no copies. */
export type Families = readonly number[];

export function findFamilies(documents: readonly ExtractionDocument[]): Families {
  const representative = documents.map((_, at) => at);
  const sets = documents.map((document) => new ShingleSet(document.paragraphs.join("\n")));
  for (const group of groupCopies(sets)) {
    const best = findRepresentative(group, (at) => documents[at]?.paragraphs ?? []);
    for (const member of group) representative[member] = best;
  }
  return representative;
}

/** A heading says what the text says, but it is no repeated lead: it has no sentence end. */
const SENTENCE_END = /[。！？!?]|\.(?:\s|$)/u;

/** Indices of the paragraphs of one document that another one repeats: the shorter of two, the later of equals. */
export function findRepeated(paragraphs: readonly string[]): ReadonlySet<number> {
  return new Set(findRepeats(paragraphs, (paragraph) => SENTENCE_END.test(paragraph)).map(({ paragraph }) => paragraph));
}

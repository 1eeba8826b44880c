/**
 * Which positions count: copies of documents and repeated paragraphs stay in the corpus but are left out of distinct
 * counts. Prefix sums over the suffix array make the distinct count of any range of it a subtraction.
 */
import type { Corpus } from "./corpus.ts";
import type { Families } from "./families.ts";
import { findRepeated } from "./families.ts";

export type Copies = {
  /** 1 for a paragraph that counts, by index into `corpus.paragraphs`. */
  readonly counts: Uint8Array;
  /** Document by paragraph: the representative of its family. */
  readonly familyOf: Int32Array;
  /** Counted suffixes in a range of the suffix array. */
  readonly countRange: (first: number, end: number) => number;
};

export function findCopies(corpus: Corpus, families: Families): Copies {
  const counts = new Uint8Array(corpus.paragraphs.length);
  const familyOf = new Int32Array(corpus.paragraphs.length);
  const repeated = corpus.documents.map((document, i) =>
    families[i] === i ? findRepeated(document.paragraphs) : new Set<number>(),
  );
  corpus.paragraphs.forEach((place, i) => {
    const family = families[place.document] ?? place.document;
    familyOf[i] = family;
    counts[i] = family === place.document && !repeated[place.document]?.has(place.paragraph) ? 1 : 0;
  });
  const { suffixes, paragraphOf } = corpus;
  const sums = new Int32Array(suffixes.length + 1);
  for (let i = 0; i < suffixes.length; i++) {
    sums[i + 1] = (sums[i] ?? 0) + (counts[paragraphOf[suffixes[i] ?? 0] ?? 0] ?? 0);
  }
  return { counts, familyOf, countRange: (first, end) => (sums[end] ?? 0) - (sums[first] ?? 0) };
}

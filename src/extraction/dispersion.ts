/**
 * Over how many texts a candidate is spread: distinct documents, copies counted once. Where there is only one document
 * (a book, a file that could not be split), stretches of about the length of a report stand for documents.
 * Cost: O(paragraphs) once, O(occurrences) for each candidate.
 */
import type { Candidate, Material } from "./candidates.ts";

const STRETCH = 3000;

export type Dispersion = { readonly documents: number; readonly texts: number };

export function layOutTexts({ corpus, copies }: Material): (candidate: Candidate) => Dispersion {
  const stretchOf = new Int32Array(corpus.paragraphs.length);
  const families = new Set<number>();
  let filled = 0;
  let stretch = 0;
  corpus.paragraphs.forEach(({ start, end }, i) => {
    if (copies.counts[i] === 1) families.add(copies.familyOf[i] ?? 0);
    if (filled >= STRETCH) {
      stretch++;
      filled = 0;
    }
    filled += end - start;
    stretchOf[i] = stretch;
  });
  const count = ({ first, end }: Candidate, numbers: Int32Array): number => {
    const found = new Set<number>();
    for (let i = first; i < end; i++) {
      const start = corpus.suffixes[i] ?? 0;
      if (copies.counted[start] === 1) found.add(numbers[corpus.paragraphOf[start] ?? 0] ?? 0);
    }
    return found.size;
  };
  return (candidate) => {
    const documents = count(candidate, copies.familyOf);
    return { documents, texts: families.size > 1 ? documents : count(candidate, stretchOf) };
  };
}

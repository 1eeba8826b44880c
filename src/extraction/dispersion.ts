/**
 * Over how many texts a candidate is spread: distinct documents (copies count once), and stretches of about the length
 * of a report. Stretches tell what documents cannot where there is one book, or where documents are long.
 * Cost: O(paragraphs) once, O(occurrences) for each candidate.
 */
import type { Candidate, Material } from "./candidates.ts";

const STRETCH = 3000;

export type Dispersion = { readonly documents: number; readonly stretches: number };

export function layOutStretches({ corpus, copies }: Material): (candidate: Candidate) => Dispersion {
  const stretchOf = new Int32Array(corpus.paragraphs.length);
  let stretch = 0;
  let filled = 0;
  corpus.paragraphs.forEach(({ document, start, end }, i) => {
    const isNew = i > 0 && (filled >= STRETCH || corpus.paragraphs[i - 1]?.document !== document);
    if (isNew) stretch++;
    filled = (isNew ? 0 : filled) + end - start;
    stretchOf[i] = stretch;
  });
  return ({ first, end }) => {
    const families = new Set<number>();
    const stretches = new Set<number>();
    for (let i = first; i < end; i++) {
      const start = corpus.suffixes[i] ?? 0;
      if (copies.counted[start] !== 1) continue;
      const paragraph = corpus.paragraphOf[start] ?? 0;
      families.add(copies.familyOf[paragraph] ?? 0);
      stretches.add(stretchOf[paragraph] ?? 0);
    }
    return { documents: families.size, stretches: stretches.size };
  };
}

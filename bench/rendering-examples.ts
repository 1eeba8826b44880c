/** What the ranking model is fitted on and scored by: the candidates of each listed term with their features, right or wrong. */
import type { Lexicon } from "../src/alignment/lexicon.ts";
import { readFeatures } from "../src/renderings/candidate-features.ts";
import { findTerm } from "../src/renderings/find-term.ts";
import { finderOf, writeCandidate } from "../src/renderings/propose-renderings.ts";
import { buildRenderingIndex } from "../src/renderings/rendering-index.ts";
import { cutIntoSentences } from "../src/workflow/renderings-task.ts";
import { isAccepted } from "./rendering-sets.ts";
import type { RenderingSet } from "./rendering-sets.ts";

export type Example = {
  readonly set: string;
  readonly term: string;
  /** Units that count for the model, and all that hold the term. */
  readonly termUnits: number;
  readonly heldBy: number;
  /** Candidate after candidate, FEATURES.length each. */
  readonly rows: Float32Array;
  readonly right: Uint8Array;
  readonly texts: readonly string[];
};

export function readExamples(set: RenderingSet, lexicon: Lexicon, cut = true): readonly Example[] {
  const index = buildRenderingIndex(set.units, { lexicon, ...(cut ? { cutUnit: cutIntoSentences(lexicon) } : {}) });
  const examples: Example[] = [];
  for (const [term, accepted] of set.gold) {
    const found = findTerm(index, term);
    if (found.units.length === 0) continue;
    const candidates = finderOf(index).find(found);
    const texts = candidates.candidates.map((candidate) => writeCandidate(index, found, candidate));
    examples.push({
      set: set.name,
      term,
      termUnits: found.clean.length,
      heldBy: found.units.length,
      rows: readFeatures(index, candidates),
      right: Uint8Array.from(texts, (text) => Number(isAccepted(text, accepted))),
      texts,
    });
  }
  return examples;
}

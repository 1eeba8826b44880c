/**
 * Which candidates are one rendering to a reader: one contains the other, or one is the other's acronym.
 *
 * They are shown under the better one, never dropped. Cost: O(instances).
 */
import { GAP, WORD } from "./english-side.ts";
import type { Candidate } from "./find-candidates.ts";
import type { RenderingIndex } from "./rendering-index.ts";

/** Does the longer one cover the shorter one in the first unit where both stand? */
export function holds(longer: Candidate, shorter: Candidate): boolean {
  for (const outer of longer.instances) {
    const inner = shorter.instances.find((instance) => instance.links === outer.links);
    if (inner) return inner.at >= outer.at && inner.at + shorter.run.length <= outer.at + longer.run.length;
  }
  return false;
}

export function belongTogether(index: RenderingIndex, one: Candidate, other: Candidate): boolean {
  return holds(one, other) || holds(other, one) || isAcronymOf(index, one, other) || isAcronymOf(index, other, one);
}

/** "long form (ABC)": does the acronym stand in brackets right after the long form somewhere? */
function isAcronymOf(index: RenderingIndex, acronym: Candidate, long: Candidate): boolean {
  const { flags, gaps } = index.english;
  return acronym.instances.some(({ links, at }) => {
    const word = links.first + at;
    if (((flags[word] as number) & WORD.acronym) === 0 || ((gaps[word] as number) & GAP.open) === 0) return false;
    const end = word + acronym.run.length;
    const closes = end < links.first + links.size && ((gaps[end] as number) & GAP.close) !== 0;
    return closes && index.wordings.stands(long.run, { word: word - long.run.length, unit: links.unit });
  });
}

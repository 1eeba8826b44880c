/**
 * Other forms of a listed wording that are no candidates themselves: the headline form of a series (without 、), the form
 * with commas, and the form without 的. They are looked up in the text, so that each comes with its count and days.
 * Cost: O(length · log n) for each wording with 、 or 的 inside.
 */
import { locate } from "../text/maximal-repeats.ts";
import type { Candidate, Material } from "./candidates.ts";
import { symbolsOf } from "./corpus.ts";

const SHORTEST = 5;
const NO_MARKS: Candidate["marks"] = new Map();

/** Forms of the wording that stand in texts that count and are not among those that are known. */
export function findAttestedForms(material: Material, key: string, known: ReadonlySet<string>): readonly Candidate[] {
  if ([...key].length < SHORTEST) return [];
  const forms = new Set([
    key.replaceAll("、", ""),
    key.replace(/(?<=..)的(?=..)/gu, ""),
    key.replaceAll("、", "").replace(/(?<=..)的(?=..)/gu, ""),
  ]);
  return [...forms].flatMap((form) => (form === key || known.has(form) ? [] : (findCandidate(material, form) ?? [])));
}

/** The string as it stands in texts that count, whether it is a candidate or not. */
export function findCandidate({ corpus, copies }: Material, key: string): Candidate | undefined {
  const symbols = symbolsOf(corpus, key);
  if (!symbols) return undefined;
  const { first, end } = locate(corpus, symbols);
  const distinct = copies.countRange(first, end);
  if (distinct === 0) return undefined;
  return { key, start: corpus.suffixes[first] ?? 0, length: symbols.length, first, end, distinct, marks: NO_MARKS, siblings: 1 };
}

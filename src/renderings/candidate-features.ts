/**
 * What the ranking model sees of a candidate: numbers by name, the same list for every candidate of a term.
 *
 * Groups: links (coverage, ends, what is left out), counts (Dice, log likelihood, borders), shape (length, marks,
 * capitals, word classes by ending), and the same compared with the best of the term's candidates.
 * Cost: O(instances × length) for a candidate.
 */
import { GAP, WORD } from "./english-side.ts";
import { measureLength } from "./find-candidates.ts";
import type { Candidate, CandidateSet, Instance } from "./find-candidates.ts";
import { holds } from "./collapse.ts";
import { addInstance, INSTANCE_FEATURES } from "./instance-features.ts";
import type { InstanceSums } from "./instance-features.ts";
import type { RenderingIndex } from "./rendering-index.ts";

const ONCE = [
  "best inside",
  "best pin covered",
  "dice",
  "log likelihood",
  "share of units",
  "share of wording",
  "same before",
  "same after",
  "same beyond before",
  "same beyond after",
  "top share",
  "hand score",
  "length ratio",
  "length ratio squared",
  "words",
  "one word",
  "function words",
  "of inside",
  "and inside",
  "comma inside",
  "bracket inside",
  "quote inside",
  "slash inside",
  "hyphen inside",
  "acronym alone",
  "acronym inside",
  "all capital",
  "some capital",
  "first gerund",
  "first participle",
  "first adverb",
  "first adjective",
  "first noun",
  "last gerund",
  "last participle",
  "last adverb",
  "last adjective",
  "last noun",
  "last plural",
  "first number",
  "last number",
  "number missing",
  "number extra",
  "latin missing",
  "term length",
  "term units",
  "approved",
  "rank by hand",
  "hand gap",
  "dice gap",
  "inside gap",
  "longer as good",
  "shorter as good",
] as const;

export const FEATURES: readonly string[] = [...INSTANCE_FEATURES, ...ONCE];
const AT = new Map(FEATURES.map((name, at) => [name, at]));

/** Rows of features, candidate by candidate, FEATURES.length each. */
export function readFeatures(index: RenderingIndex, set: CandidateSet): Float32Array {
  const { candidates, found, scanned } = set;
  const size = FEATURES.length;
  const rows = new Float32Array(candidates.length * size);
  const bests = scanned.map(() => -Infinity);
  const unitAt = new Map(scanned.map((links, at) => [links, at]));
  for (const { instances } of candidates) {
    for (const { links, rough } of instances) {
      const at = unitAt.get(links) ?? 0;
      if (rough > (bests[at] as number)) bests[at] = rough;
    }
  }
  const bestOf = (instance: Instance): number => bests[unitAt.get(instance.links) ?? 0] as number;
  const approved = index.approvedPairs.get(found.key);
  candidates.forEach((candidate, rank) => {
    const row = rows.subarray(rank * size, (rank + 1) * size);
    const { length } = candidate.run;
    const count = candidate.instances.length;
    const seen = candidate.instances.map((instance) =>
      addInstance(index, instance, { row, length, best: bestOf(instance), count }),
    );
    readOnce(index, { candidate, set, row, seen });
    row[AT.get("approved") ?? 0] = approved && isApproved(index, candidate, approved) ? 1 : 0;
    row[AT.get("rank by hand") ?? 0] = Math.log(1 + rank);
  });
  compare(set, rows);
  return rows;
}

function readOnce(
  index: RenderingIndex,
  input: {
    readonly candidate: Candidate;
    readonly set: CandidateSet;
    readonly row: Float32Array;
    readonly seen: readonly InstanceSums[];
  },
): void {
  const { candidate, set, row, seen } = input;
  const { run, counts, joint, instances } = candidate;
  const { flags, gaps } = index.english;
  const termUnits = set.found.clean.length;
  const [shown] = instances;
  if (!shown) return;
  const first = shown.links.first + shown.at;
  const last = first + run.length - 1;
  let functionWords = 0;
  let capitals = 0;
  let acronyms = 0;
  let ofs = 0;
  let ands = 0;
  let marks = 0;
  for (let word = first; word <= last; word++) {
    const look = flags[word] as number;
    if ((look & WORD.function) !== 0) functionWords++;
    else if ((look & WORD.capital) !== 0) capitals++;
    if ((look & WORD.acronym) !== 0) acronyms++;
    if ((look & WORD.of) !== 0) ofs++;
    if ((look & WORD.and) !== 0) ands++;
    if (word > first) marks |= gaps[word] as number;
  }
  const content = run.length - functionWords;
  const ratio = measureLength(run.length, functionWords, set.found.key.length);
  const opening = flags[first] as number;
  const ending = flags[last] as number;
  const lastText = textOf(index, shown, run.length - 1);
  const numbers = compareNumbers(index, candidate, set.found.key);
  const has = (look: number, flag: number): number => Number((look & flag) !== 0);
  const values: Readonly<Record<(typeof ONCE)[number], number>> = {
    "best inside": Math.max(...seen.map(({ inside }) => inside)),
    "best pin covered": Math.max(...seen.map(({ covered }) => covered)),
    dice: candidate.dice,
    "log likelihood": Math.log(1 + candidate.logLikelihood),
    "share of units": joint / Math.max(1, termUnits),
    "share of wording": joint / Math.max(1, counts.units),
    "same before": counts.occurrences > 1 ? counts.sameBefore : 0,
    "same after": counts.occurrences > 1 ? counts.sameAfter : 0,
    "same beyond before": counts.occurrences > 1 ? counts.sameBeyondBefore : 0,
    "same beyond after": counts.occurrences > 1 ? counts.sameBeyondAfter : 0,
    "top share": candidate.topShare,
    "hand score": candidate.handScore,
    "length ratio": ratio,
    "length ratio squared": ratio * ratio,
    words: run.length,
    "one word": Number(run.length === 1),
    "function words": functionWords,
    "of inside": ofs,
    "and inside": ands,
    "comma inside": has(marks, GAP.comma),
    "bracket inside": has(marks, GAP.open | GAP.close),
    "quote inside": has(marks, GAP.quote),
    "slash inside": has(marks, GAP.slash),
    "hyphen inside": has(marks, GAP.hyphen),
    "acronym alone": Number(run.length === 1 && acronyms === 1),
    "acronym inside": Number(run.length > 1 && acronyms > 0),
    "all capital": Number(capitals === content && content > 0),
    "some capital": Number(capitals > 0 && capitals < content),
    "first gerund": has(opening, WORD.gerund),
    "first participle": has(opening, WORD.participle),
    "first adverb": has(opening, WORD.adverb),
    "first adjective": has(opening, WORD.adjective),
    "first noun": has(opening, WORD.noun),
    "last gerund": has(ending, WORD.gerund),
    "last participle": has(ending, WORD.participle),
    "last adverb": has(ending, WORD.adverb),
    "last adjective": has(ending, WORD.adjective),
    "last noun": has(ending, WORD.noun),
    "last plural": Number(/[^su]s$/u.test(lastText)),
    "first number": has(opening, WORD.number),
    "last number": has(ending, WORD.number),
    "number missing": numbers.missing,
    "number extra": numbers.extra,
    "latin missing": numbers.latinMissing,
    "term length": set.found.key.length,
    "term units": Math.log(1 + termUnits),
    approved: 0,
    "rank by hand": 0,
    "hand gap": 0,
    "dice gap": 0,
    "inside gap": 0,
    "longer as good": 0,
    "shorter as good": 0,
  };
  ONCE.forEach((name, at) => {
    row[INSTANCE_FEATURES.length + at] = values[name];
  });
}

function textOf(index: RenderingIndex, { links, at }: Instance, offset: number): string {
  const word = links.first + at + offset;
  return (index.units[links.unit]?.target ?? "").slice(index.english.froms[word], index.english.tos[word]);
}

const DIGITS = /\d+/gu;
const LATIN = /[a-z]{2,}/gu;

/** Digits and Latin words of the term that the wording lacks, and digits that only the wording has. */
function compareNumbers(
  index: RenderingIndex,
  { run, instances }: Candidate,
  key: string,
): { readonly missing: number; readonly extra: number; readonly latinMissing: number } {
  const [shown] = instances;
  if (!shown) return { missing: 0, extra: 0, latinMissing: 0 };
  const first = shown.links.first + shown.at;
  const { froms, tos } = index.english;
  const text = (index.units[shown.links.unit]?.target ?? "").slice(froms[first], tos[first + run.length - 1]).toLowerCase();
  const wanted = new Set(key.match(DIGITS) ?? []);
  const found = new Set(text.match(DIGITS) ?? []);
  const latin = key.match(LATIN) ?? [];
  return {
    missing: [...wanted].filter((digits) => !found.has(digits)).length,
    extra: [...found].filter((digits) => !wanted.has(digits)).length,
    latinMissing: latin.filter((word) => !text.includes(word)).length,
  };
}

function isApproved(index: RenderingIndex, { run, instances }: Candidate, approved: ReadonlySet<string>): boolean {
  const [shown] = instances;
  if (!shown) return false;
  const first = shown.links.first + shown.at;
  const { froms, tos } = index.english;
  const text = (index.units[shown.links.unit]?.target ?? "").slice(froms[first], tos[first + run.length - 1]).toLowerCase();
  return [...approved].some((wording) => wording.toLowerCase().replace(/^(?:the|an?)\s+/u, "") === text);
}

/** How far a candidate is behind the best of its term, and whether one that holds it, or that it holds, is as frequent. */
function compare(set: CandidateSet, rows: Float32Array): void {
  const { candidates } = set;
  const size = FEATURES.length;
  const at = (name: string): number => AT.get(name) ?? 0;
  const gap = (name: string, gapName: string): void => {
    let best = -Infinity;
    for (let row = 0; row < candidates.length; row++) best = Math.max(best, rows[row * size + at(name)] as number);
    for (let row = 0; row < candidates.length; row++)
      rows[row * size + at(gapName)] = best - (rows[row * size + at(name)] as number);
  };
  gap("hand score", "hand gap");
  gap("dice", "dice gap");
  gap("inside", "inside gap");
  candidates.forEach((candidate, one) => {
    candidates.forEach((other, two) => {
      if (other.run.length <= candidate.run.length || other.joint < 0.8 * candidate.joint || !holds(other, candidate)) return;
      rows[one * size + at("longer as good")] = 1;
      rows[two * size + at("shorter as good")] = 1;
    });
  });
}

/**
 * Compares two versions of one Chinese text: which paragraphs belong together, and what differs inside them.
 *
 * Differences are looked for in the match keys, so that width and spacing do not hide or join others, and led back
 * to the originals; where keys are equal and originals are not, the difference is one of width or white space.
 * What was rewritten is compared sentence by sentence, see version-sentences.ts. Offsets count in the pair's
 * paragraphs glued together without anything between.
 * Guarantee: equal texts give no difference; a width or spacing difference is never counted as wording.
 * Cost: O(length × band) but for the difference itself, see match-versions.ts and text/difference.ts.
 */
import type { Difference, VersionComparison } from "../model/alignment.ts";
import type { Replacement } from "../text/difference.ts";
import { matchKeyWithOffsets } from "../text/match-key.ts";
import type { MatchKey } from "../text/match-key.ts";
import { classifyDifference } from "./classify-difference.ts";
import { matchVersions } from "./match-versions.ts";
import { isOtherNumber, listVersionReplacements } from "./version-sentences.ts";

export function compareVersions(base: readonly string[], other: readonly string[]): VersionComparison {
  const groups = matchVersions(base, other);
  const usedBase = new Set(groups.flatMap((group) => group.base));
  const usedOther = new Set(groups.flatMap((group) => group.other));
  const join = (texts: readonly string[], indices: readonly number[]) => indices.map((at) => texts[at] ?? "").join("");
  return {
    pairs: groups.map((group) => ({ ...group, differences: listDifferences(join(base, group.base), join(other, group.other)) })),
    baseOnly: [...base.keys()].filter((at) => !usedBase.has(at)),
    otherOnly: [...other.keys()].filter((at) => !usedOther.has(at)),
  };
}

/** All differences between two texts that belong together, in order. */
export function listDifferences(base: string, other: string): readonly Difference[] {
  if (base === other) return [];
  const baseKey = matchKeyWithOffsets(base);
  const otherKey = matchKeyWithOffsets(other);
  const replacements = joinNear(listVersionReplacements(baseKey.key, otherKey.key), baseKey.key);
  const differences: Difference[] = [];
  let baseAt = 0;
  let otherAt = 0;
  const compareForm = (baseEnd: number, otherEnd: number): void => {
    differences.push(
      ...listFormDifferences(
        { text: base, folded: baseKey, from: baseAt, to: baseEnd },
        { text: other, folded: otherKey, from: otherAt, to: otherEnd },
      ),
    );
  };
  for (const replacement of replacements) {
    compareForm(replacement.baseStart, replacement.otherStart);
    const place = { ...replacement, baseText: baseKey.key, otherText: otherKey.key };
    const baseSpan = locate(base, baseKey, replacement.baseStart, replacement.base.length);
    const otherSpan = locate(other, otherKey, replacement.otherStart, replacement.other.length);
    differences.push({
      class: classifyDifference(place),
      base: baseSpan.text,
      other: otherSpan.text,
      baseStart: baseSpan.start,
      otherStart: otherSpan.start,
    });
    baseAt = replacement.baseStart + replacement.base.length;
    otherAt = replacement.otherStart + replacement.other.length;
  }
  compareForm(baseKey.key.length, otherKey.key.length);
  return differences;
}

/**
 * 新型冠状病毒肺炎 → 新冠肺炎 is one change, although 冠 stayed: larger changes with one character between them are
 * joined. Small ones stay apart, for they are as a rule two slips, and so do numbers, to be seen as such.
 */
function joinNear(replacements: readonly Replacement[], baseKey: string): readonly Replacement[] {
  const joined: Replacement[] = [];
  for (const next of replacements) {
    const last = joined.at(-1);
    const between = last ? baseKey.slice(last.baseStart + last.base.length, next.baseStart) : "";
    const size = (last ? Math.max(last.base.length, last.other.length) : 0) + Math.max(next.base.length, next.other.length);
    const isApart = last !== undefined && (isOtherNumber(last) || isOtherNumber(next));
    if (last && !isApart && between.length === 1 && /\p{Script=Han}/u.test(between) && size > 3) {
      joined[joined.length - 1] = { ...last, base: last.base + between + next.base, other: last.other + between + next.other };
    } else joined.push(next);
  }
  return joined;
}

function locate(text: string, folded: MatchKey, start: number, length: number): { start: number; text: string } {
  const from = folded.starts[start] ?? text.length;
  const to = length === 0 ? from : (folded.ends[start + length - 1] ?? from);
  return { start: from, text: text.slice(from, to) };
}

type KeyRange = { readonly text: string; readonly folded: MatchKey; readonly from: number; readonly to: number };

/** The keys are equal here, unit by unit: what differs in the originals is width, quotation style or spacing. */
function listFormDifferences(base: KeyRange, other: KeyRange): readonly Difference[] {
  const differences: Difference[] = [];
  const length = Math.min(base.to - base.from, other.to - other.from);
  let at = 0;
  while (at < length) {
    // One original character may stand for several units of the key (… for ...): go on to where both begin anew.
    let end = at + 1;
    while (end < length && (isInside(base, end) || isInside(other, end))) end++;
    const one = readOriginal(base, at, end);
    const two = readOriginal(other, at, end);
    if (one.text !== two.text)
      differences.push({
        class: one.text.trim() === two.text.trim() ? "white-space" : "width",
        base: one.text,
        other: two.text,
        baseStart: one.start,
        otherStart: two.start,
      });
    const gapOne = readGap(base, end);
    const gapTwo = readGap(other, end);
    if (end < length && gapOne.text !== gapTwo.text) {
      differences.push({
        class: "white-space",
        base: gapOne.text,
        other: gapTwo.text,
        baseStart: gapOne.start,
        otherStart: gapTwo.start,
      });
    }
    at = end;
  }
  return differences;
}

function isInside({ folded, from }: KeyRange, at: number): boolean {
  return folded.starts[from + at] === folded.starts[from + at - 1];
}

function readOriginal({ text, folded, from }: KeyRange, at: number, end: number): { start: number; text: string } {
  const start = folded.starts[from + at] ?? 0;
  return { start, text: text.slice(start, folded.ends[from + end - 1]) };
}

/** What stands between the unit before `end` and the next, and was left out of the key. */
function readGap({ text, folded, from }: KeyRange, end: number): { start: number; text: string } {
  const start = folded.ends[from + end - 1] ?? 0;
  return { start, text: text.slice(start, Math.max(start, folded.starts[from + end] ?? start)) };
}

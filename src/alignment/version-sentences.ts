/**
 * What differs between two texts that belong together, sentence by sentence where they were rewritten.
 *
 * Character by character two rewritten sentences have a 的 here and a 要 there in common, and what nobody wrote is shown:
 * so a heavily changed pair is parted into sentences, these are matched as paragraphs are, and only sentences that belong
 * together are compared inside. Of both pictures the one is taken that needs less to be told.
 * Guarantee: replacements in order; put in place they turn the base into the other text. Moved sentences stand as left
 * out here and put in there. Cost: that of the comparison by characters, and of matching the sentences of a changed pair.
 */
import { listReplacements } from "../text/difference.ts";
import type { Replacement } from "../text/difference.ts";
import { matchVersions } from "./match-versions.ts";

/** A pair with a smaller share of changed characters is an edited one: characters say it best. */
const LEAST_CHANGED = 0.3;
/** What another difference costs a reader, in characters to read. */
const PER_DIFFERENCE = 6;
const NUMBER = /^[\d.,%]+$/u;
const ONE_NUMBER = /^(\D*?)(\d(?:[\d.,]*\d)?%?)(\D*)$/u;
const SENTENCE = /[^。!?;…]*?(?:[。!?;…]+|\.(?=\s))["')\]」』]*\s*|[^。!?;…]+$/gu;

export function listVersionReplacements(base: string, other: string): readonly Replacement[] {
  const direct = listReplacements(base, other).flatMap(partNumber);
  if (!isRewritten(direct, base, other)) return direct;
  const sentences = { base: partSentences(base), other: partSentences(other) };
  const whole = joinClose(direct, base);
  if (Math.max(sentences.base.length, sentences.other.length) < 2) return whole;
  const stepwise = compareSentences(sentences.base, sentences.other);
  return measureTelling(stepwise) < measureTelling(whole) ? stepwise : whole;
}

function isRewritten(replacements: readonly Replacement[], base: string, other: string): boolean {
  return measureChanged(replacements) >= LEAST_CHANGED * (base.length + other.length);
}

/** Pieces that glued together are the text. */
function partSentences(text: string): readonly string[] {
  return text.match(SENTENCE) ?? [text];
}

function compareSentences(base: readonly string[], other: readonly string[]): readonly Replacement[] {
  const replacements: Replacement[] = [];
  const at = { base: 0, baseStart: 0, other: 0, otherStart: 0 };
  /** Takes the sentences before two places from both sides. */
  const take = (baseEnd: number, otherEnd: number) => {
    const piece = {
      base: base.slice(at.base, baseEnd).join(""),
      other: other.slice(at.other, otherEnd).join(""),
      baseStart: at.baseStart,
      otherStart: at.otherStart,
    };
    at.base = baseEnd;
    at.other = otherEnd;
    at.baseStart += piece.base.length;
    at.otherStart += piece.other.length;
    return piece;
  };
  const groups = matchVersions(base, other).filter((group) => !group.moved);
  for (const group of groups) {
    const gap = take(group.base[0] ?? 0, group.other[0] ?? 0);
    if (gap.base + gap.other !== "") replacements.push(gap);
    const pair = take((group.base.at(-1) ?? 0) + 1, (group.other.at(-1) ?? 0) + 1);
    const direct = listReplacements(pair.base, pair.other).flatMap(partNumber);
    for (const inside of isRewritten(direct, pair.base, pair.other) ? joinClose(direct, pair.base) : direct)
      replacements.push({
        ...inside,
        baseStart: inside.baseStart + pair.baseStart,
        otherStart: inside.otherStart + pair.otherStart,
      });
  }
  const rest = take(base.length, other.length);
  if (rest.base + rest.other !== "") replacements.push(rest);
  return joinTouching(replacements);
}

/** A sentence that was left out and a change at the beginning of the next are one difference. */
function joinTouching(replacements: readonly Replacement[]): readonly Replacement[] {
  return joinAcross(replacements, "", 0);
}

/** So little in common between two changes of a rewritten sentence costs a reader more than it tells. */
function joinClose(replacements: readonly Replacement[], base: string): readonly Replacement[] {
  return joinAcross(replacements, base, (PER_DIFFERENCE - 1) >> 1);
}

/** 群众3400 and 居民3500 are two differences, another word and another number. */
function partNumber(replacement: Replacement): readonly Replacement[] {
  const base = ONE_NUMBER.exec(replacement.base);
  const other = ONE_NUMBER.exec(replacement.other);
  if (!base || !other) return [replacement];
  const parts: Replacement[] = [];
  let { baseStart, otherStart } = replacement;
  for (const part of [1, 2, 3]) {
    const [one = "", two = ""] = [base[part], other[part]];
    if (one !== two) parts.push({ base: one, other: two, baseStart, otherStart });
    baseStart += one.length;
    otherStart += two.length;
  }
  return parts;
}

/** Another number is to be seen as one, whatever else was rewritten. */
export function isOtherNumber({ base, other }: Replacement): boolean {
  return NUMBER.test(base) && NUMBER.test(other);
}

function joinAcross(replacements: readonly Replacement[], base: string, widest: number): readonly Replacement[] {
  const joined: Replacement[] = [];
  for (const next of replacements) {
    const last = joined.at(-1);
    const end = last ? last.baseStart + last.base.length : 0;
    if (
      last &&
      !isOtherNumber(last) &&
      !isOtherNumber(next) &&
      next.baseStart - end <= widest &&
      next.otherStart - last.otherStart - last.other.length <= widest
    ) {
      const between = base.slice(end, next.baseStart);
      joined[joined.length - 1] = { ...last, base: last.base + between + next.base, other: last.other + between + next.other };
    } else joined.push(next);
  }
  return joined;
}

function measureChanged(replacements: readonly Replacement[]): number {
  return replacements.reduce((sum, { base, other }) => sum + base.length + other.length, 0);
}

function measureTelling(replacements: readonly Replacement[]): number {
  return measureChanged(replacements) + PER_DIFFERENCE * replacements.length;
}

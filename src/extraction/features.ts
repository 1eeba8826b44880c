/**
 * What the ranking knows about a candidate, as numbers of about the same size. Each has a reason; what each is worth
 * is fitted (`weights.json`). After EXTRACTION.md, section 2.
 */
import type { Candidate, Material } from "./candidates.ts";
import type { Scored } from "./score.ts";
import { hasMark } from "./value.ts";
import { INSTITUTION_ENDINGS, LAW_ENDINGS, PROGRAMME_ENDINGS, TITLE_ENDINGS } from "./word-lists.ts";
import { KIND, nextBegin } from "./words.ts";

export function readFeatures({ words }: Material, scored: Omit<Scored, "score">): Readonly<Record<string, number>> {
  const { candidate, around, everywhere, documents, independent, cohesion } = scored;
  const { key, marks, distinct, length, start } = candidate;
  const flag = (is: boolean): number => (is ? 1 : 0);
  const kindAt = (at: number): number => words.kinds[words.typeAt[at] ?? 0] ?? 0;
  const isQuoted = hasMark(candidate, "quoted");
  const isWhole = nextBegin(words.begins, start) >= start + length;
  return {
    value: Math.log2(Math.max(scored.value, 0.02)),
    documents: Math.log2(Math.max(1, documents)),
    independent: Math.log2(1 + independent),
    length: Math.log2(length),
    words: Math.log2(scored.wordCount),
    two: flag(length === 2),
    three: flag(length === 3),
    long: flag(length > 14),
    twice: flag(distinct === 2),
    onceBare: flag(distinct === 1 && isBare(candidate)),
    covered: 1 - independent / distinct,
    parentShare: scored.parentShare,
    leftGrammar: everywhere.before.largestGrammar,
    half: flag(scored.halfShare > 0.5),
    leftEdges: around.before.edges,
    rightEdges: around.after.edges,
    leftContent: around.before.entropy * (1 - around.before.free),
    rightContent: around.after.entropy * (1 - around.after.free),
    leftLargest: everywhere.before.largest,
    rightLargest: everywhere.after.largest,
    leftAdverb: everywhere.before.largestAdverb,
    rightVerb: everywhere.after.largestFree,
    cohesion: Math.min(10, cohesion),
    generic: scored.genericShare,
    grammar: flag(scored.hasGrammar),
    verbFirst: flag((kindAt(start) & KIND.verb) !== 0 && !isWhole),
    adverbFirst: flag((kindAt(start) & KIND.adverb) !== 0 && !isWhole),
    verbLast: flag((kindAt(start + length - 1) & KIND.verb) !== 0 && !isWhole),
    oneWord: flag(isWhole),
    nameEnding: flag(scored.hasNameEnding),
    pause: flag(key.includes("、")),
    series: scored.seriesLikeness * Math.min(3, marks.get("series") ?? 0),
    quoted: flag(isQuoted),
    quotedOnce: flag(isQuoted && distinct === 1),
    quotedLong: flag(isQuoted && length > 8 && !key.includes("、")),
    quotedTalk: flag(isQuoted && (scored.hasPronoun || scored.hasGrammar)),
    numeral: flag(hasMark(candidate, "numeral")),
    couplet: flag(hasMark(candidate, "couplet")),
    title: flag(hasMark(candidate, "title")),
    institution: flag(hasMark(candidate, "institution")),
    parallel: flag(hasMark(candidate, "parallel")),
    idiom: flag(hasMark(candidate, "idiom")),
    glossary: flag(hasMark(candidate, "glossary")),
  };
}

/** Nothing but its own form speaks for it. */
function isBare(candidate: Candidate): boolean {
  return !(["quoted", "title", "numeral", "couplet", "glossary", "series"] as const).some((kind) => hasMark(candidate, kind));
}

const NAME_ENDINGS = [...INSTITUTION_ENDINGS, ...TITLE_ENDINGS, ...PROGRAMME_ENDINGS, ...LAW_ENDINGS].filter(
  (ending) => ending.length > 1 || ending === "法",
);

export function endsWithName(key: string): boolean {
  return NAME_ENDINGS.some((ending) => key.length > ending.length && key.endsWith(ending));
}

/**
 * What the ranking knows about a candidate, as numbers of about the same size. Each has a reason; what each is worth
 * is fitted (`weights.json`).
 */
import type { Candidate, Material } from "./candidates.ts";
import type { Side } from "./neighbours.ts";
import type { Composed, Seen } from "./value.ts";
import { hasMark } from "./value.ts";
import { INSTITUTION_ENDINGS, LAW_ENDINGS, PROGRAMME_ENDINGS, SLOGAN_NUMERALS, TITLE_ENDINGS, foldScript } from "./word-lists.ts";
import { KIND, nextBegin } from "./words.ts";

/** A candidate with everything that is known of it before it has a score. */
export type Described = Seen &
  Composed & {
    readonly candidate: Candidate;
    readonly hasNameEnding: boolean;
    readonly value: number;
  };

export function readFeatures({ words }: Material, scored: Described): Readonly<Record<string, number>> {
  const { candidate, around, everywhere, independent, cohesion, enclosure } = scored;
  const { key, marks, distinct, length, start } = candidate;
  const flag = (is: boolean): number => (is ? 1 : 0);
  const kindAt = (at: number): number => words.kinds[words.typeAt[at] ?? 0] ?? 0;
  const isQuoted = hasMark(candidate, "quoted");
  const isWhole = nextBegin(words.begins, start) >= start + length;
  return {
    value: Math.log2(Math.max(scored.value, 0.02)),
    independent: Math.log2(1 + independent),
    length: Math.log2(length),
    words: Math.log2(scored.wordCount),
    two: flag(length === 2),
    three: flag(length === 3),
    long: flag(length > 14),
    longer: Math.max(0, Math.min(10, length - 10)),
    longGrammar: flag(length > 8 && scored.hasGrammar),
    alone: around.alone,
    never: flag(independent === 0),
    insideQuoted: enclosure[0] ?? 0,
    insideTitle: enclosure[1] ?? 0,
    insideSeries: enclosure[2] ?? 0,
    insideName: isWhole ? 0 : (enclosure[3] ?? 0),
    digits: flag(/\d/u.test(key) && !key.endsWith("》")),
    coinage: length > 3 && length < 9 ? countPieces(words.plain, start, length) / length : 0,
    genericLast: flag((kindAt(start + length - 1) & KIND.generic) !== 0),
    genericFirst: flag((kindAt(start) & KIND.generic) !== 0),
    name: flag(hasMark(candidate, "name")),
    nameOnce: flag(hasMark(candidate, "name") && distinct === 1),
    twice: flag(distinct === 2),
    onceBare: flag(distinct === 1 && isBare(candidate)),
    count: Math.log2(1 + distinct),
    leftLinks: everywhere.before.links,
    rightLinks: everywhere.after.links,
    verbLinks: (kindAt(start) & KIND.verb) !== 0 && !isWhole ? everywhere.after.links : 0,
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
    pauseOnce: flag(key.includes("、") && distinct === 1),
    coupletOnce: flag(key.includes("，") && distinct === 1),
    light: scored.lightShare,
    lightPair: flag(scored.lightShare === 1 && scored.wordCount === 2),
    coreByLight: Math.log2(Math.max(1, scored.coreByLight)),
    coreByContent: Math.log2(Math.max(1, scored.coreByContent)),
    leftFixed: weighFixed(everywhere.before, everywhere.looked),
    rightFixed: weighFixed(everywhere.after, everywhere.looked),
    pauseOnceLong: key.includes("、") && distinct === 1 ? Math.min(2, Math.max(0, length - 14) / 10) : 0,
    quotedNumeral: flag(isQuoted && SLOGAN_NUMERALS.includes(key[0] ?? "") && length > 2),
    pattern: hasMark(candidate, "parallel") ? Math.log2(Math.max(1, candidate.siblings)) : 0,
    leftPreposition: scored.hasVerbInside ? everywhere.before.prepositions : 0,
    series: scored.seriesLikeness * Math.min(3, marks.get("series") ?? 0),
    quoted: flag(isQuoted),
    quotedOnce: flag(isQuoted && distinct === 1),
    quotedTalk: flag(isQuoted && (scored.hasPronoun || scored.hasGrammar)),
    numeral: flag(hasMark(candidate, "numeral")),
    couplet: flag(hasMark(candidate, "couplet")),
    title: flag(hasMark(candidate, "title")),
    titleOnce: flag(hasMark(candidate, "title") && distinct === 1),
    lawTitle: flag(hasMark(candidate, "title") && isLawTitle(key)),
    quotedLonger: isQuoted && !key.includes("、") ? Math.max(0, Math.min(8, length - 6)) : 0,
    institutionOnce: flag(hasMark(candidate, "institution") && distinct === 1),
    institution: flag(hasMark(candidate, "institution")),
    parallel: flag(hasMark(candidate, "parallel")),
    idiom: flag(hasMark(candidate, "idiom")),
    glossary: flag(hasMark(candidate, "glossary")),
  };
}

/** Words that the general dictionary makes of it. */
function countPieces(plain: Uint8Array, start: number, length: number): number {
  let pieces = 0;
  for (let at = start; at < start + length; at++) pieces += plain[at] ?? 0;
  return pieces;
}

/** One and the same word beside it in most occurrences: the more occurrences, the less by chance. */
function weighFixed({ largest, largestFree, largestGrammar }: Side, looked: number): number {
  const share = Math.max(largest, largestFree, largestGrammar);
  return Math.max(0, share - 0.5) * 2 * Math.log2(1 + looked);
}

/** Nothing but its own form speaks for it. */
function isBare(candidate: Candidate): boolean {
  const kinds = ["quoted", "title", "numeral", "couplet", "glossary", "series"] as const;
  return candidate.siblings < 3 && !kinds.some((kind) => hasMark(candidate, kind));
}

const NAME_ENDINGS = [...INSTITUTION_ENDINGS, ...TITLE_ENDINGS, ...PROGRAMME_ENDINGS, ...LAW_ENDINGS].filter(
  (ending) => ending.length > 1 || ending === "法",
);

const DOCUMENT_ENDINGS = [...LAW_ENDINGS, ...PROGRAMME_ENDINGS, "报告", "要点", "指引", "守则", "备忘录", "合同", "协议"].filter(
  (ending) => ending.length > 1 || ending === "法",
);

/** 《…条例》 and the like name what authorities write; other titles may be of any book. */
function isLawTitle(key: string): boolean {
  const inner = foldScript(key.replace(/[（(][^》]*$|》$/u, ""));
  return DOCUMENT_ENDINGS.some((ending) => inner.endsWith(ending));
}

export function endsWithName(key: string): boolean {
  const folded = foldScript(key);
  return NAME_ENDINGS.some((ending) => folded.length > ending.length && folded.endsWith(ending));
}

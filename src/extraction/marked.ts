/**
 * Marked strings: wordings that their writers set apart, so that one occurrence is enough to take them for candidates.
 *
 * Quotation marks, title marks, 、-series of like members, numeral labels (三大攻坚战), parallel four-character units
 * (群防群控, 应检尽检), couplets of equal length, words up to the name of an institution, and the user's own glossary.
 * Cost: O(length); each clause is looked at a fixed number of times.
 */
import type { Corpus } from "./corpus.ts";
import { isClauseEnd, keyAt, symbolsOf } from "./corpus.ts";
import { locate } from "../text/maximal-repeats.ts";
import { readSeries } from "./series.ts";
import {
  INSTITUTION_ENDINGS,
  LAW_ENDINGS,
  NAMING_VERBS,
  PROGRAMME_ENDINGS,
  SLOGAN_MEASURES,
  SLOGAN_NUMERALS,
  TITLE_ENDINGS,
} from "./word-lists.ts";
import { FREE_KINDS, KIND, isHan, isInsideMark, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

export type MarkKind =
  "quoted" | "title" | "series" | "numeral" | "parallel" | "couplet" | "institution" | "name" | "idiom" | "glossary";
export type MarkedString = { readonly start: number; readonly length: number; readonly kinds: ReadonlyMap<MarkKind, number> };

type Gathered = { start: number; length: number; kinds: Map<MarkKind, number> };
type Add = (kind: MarkKind, start: number, end: number) => void;

const QUOTED_LONGEST = 26;
const TITLE_LONGEST = 60;
const FULL_STOP = 0x3002;

/** Start and end of every marked stretch, one after the other, by kind. */
export type MarkedSpans = ReadonlyMap<MarkKind, readonly number[]>;

export type Marked = { readonly strings: ReadonlyMap<string, MarkedString>; readonly spans: MarkedSpans };

export function findMarked(
  corpus: Corpus,
  words: Words,
  options: { readonly counts: Uint8Array; readonly glossaryTerms: readonly string[] },
): Marked {
  const found = new Map<string, Gathered>();
  const spans = new Map<MarkKind, number[]>();
  const add: Add = (kind, start, end) => {
    const known = spans.get(kind);
    if (known) known.push(start, end);
    else spans.set(kind, [start, end]);
    addString(kind, start, end);
  };
  const addString: Add = (kind, start, end) => {
    const key = keyAt(corpus, start, end);
    const known = found.get(key) ?? { start, length: end - start, kinds: new Map<MarkKind, number>() };
    known.kinds.set(kind, (known.kinds.get(kind) ?? 0) + 1);
    found.set(key, known);
  };
  corpus.paragraphs.forEach((place, i) => {
    if (options.counts[i] !== 1) return;
    findEnclosed(corpus, place.start, place.end, add);
    let previous = place.start;
    for (let at = place.start; at < place.end; at = Math.max(at + 1, at + (corpus.reach[at] ?? 0))) {
      const end = at + (corpus.reach[at] ?? 0);
      if (end === at) continue;
      readSeries(corpus, words, at, end).forEach((series) => add("series", series.start, series.end));
      findLabels(corpus, words, { start: at, end }, add);
      findCouplet(corpus, previous, at, add);
      previous = at;
    }
  });
  for (const term of options.glossaryTerms) {
    const symbols = term.length >= 2 ? symbolsOf(corpus, term) : undefined;
    if (!symbols) continue;
    const { first, end } = locate(corpus, symbols);
    const start = corpus.suffixes[first] ?? 0;
    if (end > first) addString("glossary", start, start + symbols.length);
  }
  return { strings: found, spans };
}

/**
 * “…” without its marks and 《…》 with them. Nothing marked goes on behind 。, whatever was left open: of 《《甲》。乙》 only
 * 《甲》 is a title.
 */
function findEnclosed({ codes }: Corpus, from: number, to: number, add: Add): void {
  let quote = -1;
  const opened: number[] = [];
  /** Start and end of closed titles that no other closed one holds. */
  const closed: { start: number; end: number }[] = [];
  const finishTitles = (): void => {
    for (const { start, end } of closed) if (end - start - 1 <= TITLE_LONGEST) add("title", start, end);
    closed.length = 0;
    opened.length = 0;
  };
  for (let at = from; at < to; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x201c) quote = at;
    else if (code === 0x300a) opened.push(at);
    else if (code === 0x201d && quote >= 0) {
      const length = at - quote - 1;
      if (length >= 2 && length <= QUOTED_LONGEST && isOneUnit(codes, quote + 1, at)) add("quoted", quote + 1, at);
      quote = -1;
    } else if (code === 0x300b) {
      const start = opened.pop();
      if (start === undefined) continue;
      while ((closed.at(-1)?.start ?? -1) > start) closed.pop();
      // Nothing between the marks is no name.
      if (at - start > 1) closed.push({ start, end: at + 1 });
    } else if (code === FULL_STOP) {
      quote = -1;
      finishTitles();
    }
  }
  finishTitles();
}

/** Han all through but for 、 and marks, or a couplet with one comma. */
function isOneUnit(codes: Int32Array, start: number, end: number): boolean {
  let commas = 0;
  let han = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code === 0xff0c && at > start && at < end - 1) commas++;
    else if (isClauseEnd(code)) return false;
    else if (isHan(code)) han++;
  }
  return commas <= 1 && han * 2 >= end - start;
}

/** 一大 says that something is big; it numbers nothing. */
const NUMERALS: ReadonlySet<number> = new Set([...SLOGAN_NUMERALS.replace("一", "")].map((numeral) => numeral.charCodeAt(0)));
const MEASURES: ReadonlySet<number> = new Set([...SLOGAN_MEASURES].map((measure) => measure.charCodeAt(0)));
const BIG = "大".charCodeAt(0);

function findLabels({ codes }: Corpus, words: Words, clause: { readonly start: number; readonly end: number }, add: Add): void {
  const { begins, typeAt, kinds, types } = words;
  const isFreeAt = (at: number): boolean =>
    at < clause.start || at >= clause.end || ((kinds[typeAt[at] ?? 0] ?? 0) & FREE_KINDS) !== 0;
  for (let at = clause.start; at < clause.end; at++) {
    if (begins[at] !== 1) continue;
    const code = codes[at] ?? 0;
    const isFree = isFreeAt(at - 1);
    if (isFree && NUMERALS.has(code) && MEASURES.has(codes[at + 1] ?? 0)) {
      let end = at + 2;
      while (end < clause.end && end - at < 8 && !isFreeAt(end)) end++;
      const hanOnly = areHan(codes, at, end);
      if (hanOnly && codes[at + 1] === BIG && end - at >= 4 && end - at <= 7 && begins[end] === 1) add("numeral", at, end);
    }
    const four = at + 4;
    if (four <= clause.end && begins[four] === 1 && areHan(codes, at, four)) {
      // ABAC and BACA; ABAB is a sound.
      const skips = (codes[at] === codes[at + 2]) !== (codes[at + 1] === codes[at + 3]);
      // Four characters that no word joins (应|检|尽|检, 挂|牌|督|战) are a word that the dictionary does not know.
      const isUnknown = begins[at + 1] === 1 && begins[at + 2] === 1 && begins[at + 3] === 1;
      const isGeneric = ((kinds[typeAt[at] ?? 0] ?? 0) & KIND.generic) !== 0;
      if (skips && (isFree || isUnknown) && isFreeAt(four)) add("parallel", at, four);
      else if (
        isFree &&
        isFreeAt(four) &&
        !isGeneric &&
        (isUnknown ? !holdsGrammar(words, at, four) : nextBegin(begins, at) === four)
      )
        add("idiom", at, four);
    }
    const end = nextBegin(begins, at);
    const word = types[typeAt[at] ?? 0] ?? "";
    const isTitle = TITLE_ENDINGS.has(word);
    const isInstitution = INSTITUTION_ENDINGS.has(word);
    if (!isTitle && !isInstitution && !PROGRAMME_ENDINGS.has(word) && !LAW_ENDINGS.has(word)) continue;
    // A person's name follows a title without a mark.
    if (!isTitle && !isNameEnd(end, clause.end, codes, isFreeAt)) continue;
    const { start, hasOpener } = findNameStart(words, clause.start, at);
    // A name that is neither an institution nor recurs must at least be as long as a name that says something.
    if (end - start >= 5 && begins[start + 1] !== 1) add(isInstitution && hasOpener ? "institution" : "name", start, end);
  }
}

function areHan(codes: Int32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isHan(codes[at] ?? 0)) return false;
  return true;
}

function holdsGrammar({ typeAt, kinds }: Words, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (((kinds[typeAt[at] ?? 0] ?? 0) & (KIND.grammar | KIND.pronoun)) !== 0) return true;
  return false;
}

function isNameEnd(end: number, clauseEnd: number, codes: Int32Array, isFreeAt: (at: number) => boolean): boolean {
  return end >= clauseEnd || isFreeAt(end) || isInsideMark(codes[end] ?? 0);
}

/** Leftwards over content words to the first verb, grammar word or mark; a name that opens with 中央 or 国家 may hold verbs. */
const NAME_OPENERS: ReadonlySet<string> = new Set([
  "中央",
  "中共",
  "中共中央",
  "国家",
  "国务院",
  "全国",
  "中国",
  "中国共产党",
  "世界",
  "联合国",
  "亚洲",
  "国际",
  "香港",
  "澳门",
]);
const NAME_LONGEST = 26;

function findNameStart(
  words: Words,
  clauseStart: number,
  ending: number,
): { readonly start: number; readonly hasOpener: boolean } {
  const { begins, typeAt, kinds, types } = words;
  let start = ending;
  let opener = -1;
  let isOpen = true;
  for (let at = ending; at > clauseStart && ending - at < NAME_LONGEST;) {
    if (isFourSingles(words, clauseStart, at)) {
      // 稳中求进: four characters that no word joins are a coinage, whatever each of them is.
      at -= 4;
      if (isOpen) start = at;
      continue;
    }
    at--;
    while (at > clauseStart && begins[at] !== 1) at--;
    const kind = kinds[typeAt[at] ?? 0] ?? 0;
    if ((kind & (KIND.grammar | KIND.mark | KIND.pronoun | KIND.direction)) !== 0) break;
    if ((kind & (KIND.verb | KIND.adverb)) !== 0) {
      if ((kind & KIND.adverb) === 0 && !NAMING_VERBS.has(types[typeAt[at] ?? 0] ?? "")) break;
      isOpen = false;
    }
    if (isOpen) start = at;
    if (NAME_OPENERS.has(types[typeAt[at] ?? 0] ?? "")) opener = at;
  }
  return { start: opener >= 0 ? opener : start, hasOpener: opener >= 0 };
}

/** The four characters before `end` are words of their own; the one before them is not, or is free. */
function isFourSingles({ begins, typeAt, kinds }: Words, clauseStart: number, end: number): boolean {
  const start = end - 4;
  if (start < clauseStart) return false;
  for (let at = start; at <= end; at++) if (begins[at] !== 1) return false;
  for (let at = start; at < end; at++)
    if (((kinds[typeAt[at] ?? 0] ?? 0) & (KIND.mark | KIND.grammar | KIND.pronoun)) !== 0) return false;
  return start === clauseStart || begins[start - 1] !== 1 || ((kinds[typeAt[start - 1] ?? 0] ?? 0) & FREE_KINDS) !== 0;
}

const FINISHED = "了".charCodeAt(0);
const COUPLET_SHORTEST = 4;
const COUPLET_LONGEST = 9;

/** Two clauses of equal length with a comma between them that share two characters at the same places. */
function findCouplet({ codes, reach }: Corpus, first: number, second: number, add: Add): void {
  const length = reach[first] ?? 0;
  if (first + length + 1 !== second || length < COUPLET_SHORTEST || length > COUPLET_LONGEST) return;
  if ((reach[second] ?? 0) !== length || codes[second - 1] !== 0xff0c) return;
  let shared = 0;
  for (let step = 0; step < length; step++) {
    const code = codes[first + step] ?? 0;
    // A finished action is a report, not a saying.
    if (code === FINISHED || codes[second + step] === FINISHED) return;
    if (code === codes[second + step]) shared++;
  }
  if (shared >= 2 && shared < length) add("couplet", first, second + length);
}

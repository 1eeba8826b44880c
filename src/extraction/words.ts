/**
 * Words as evidence: where they begin and end, and what kind of word each is.
 *
 * Boundaries come from the dictionary of `Intl.Segmenter` and are mended where it cuts new words: single characters
 * that hardly ever stand apart are joined, and so are pieces that make up a word of the lists (委员|会, 打|赢).
 * Verbs that the lists do not know are learnt from where they stand: at the beginning of clauses and after 要 or 坚决,
 * seldom at the end. Words are evidence, never law: no candidate is refused for one cut alone.
 * Cost: O(length).
 */
import { PieceTable } from "../text/piece-table.ts";
import type { Corpus } from "./corpus.ts";
import { isClauseEnd, isLatinOrDigit, keyAt, textAt } from "./corpus.ts";
import {
  ADVERBS,
  DIRECTION_WORDS,
  GENERIC_WORDS,
  GRAMMAR_WORDS,
  INSTITUTION_ENDINGS,
  LIGHT_WORDS,
  PROGRAMME_ENDINGS,
  PRONOUNS,
  TITLE_ENDINGS,
  VERBS,
  foldScript,
} from "./word-lists.ts";

/** Kinds of words, as bits. */
export const KIND = {
  grammar: 1,
  direction: 2,
  adverb: 4,
  verb: 8,
  generic: 16,
  pronoun: 32,
  number: 64,
  mark: 128,
  latin: 256,
  light: 512,
} as const;
/** Neighbours that do not belong to a formulation beside them. */
export const FREE_KINDS = KIND.grammar | KIND.direction | KIND.adverb | KIND.verb | KIND.mark;

export type Words = {
  /** 1 where a word begins; clause ends count as words of their own. One entry more than there are positions. */
  readonly begins: Uint8Array;
  /** The same as the general dictionary has it, before anything was joined: a coinage falls into pieces. */
  readonly plain: Uint8Array;
  /** Number of the word type at each position, the same over the whole word. */
  readonly typeAt: Int32Array;
  /** The words themselves, script folded, by type. */
  readonly types: readonly string[];
  readonly kinds: Uint16Array;
};

const INSIDE_MARKS: ReadonlySet<number> = new Set([..."、“”‘’《》·"].map((mark) => mark.charCodeAt(0)));

export function isInsideMark(code: number): boolean {
  return INSIDE_MARKS.has(code);
}

export function isHan(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    code === 0x3007 ||
    (code >= 0x20000 && code <= 0x3ffff)
  );
}

/** `counts`: 1 for each paragraph that is no copy; only those teach what stands together and what is a verb. */
export function findWords(corpus: Corpus, counts: Uint8Array): Words {
  const begins = cutWords(corpus);
  const plain = begins.slice();
  joinSingles(corpus, begins, counts);
  joinListed(corpus, begins);
  const words = nameTypes(corpus, begins, plain);
  learnVerbs(corpus, words, counts);
  return words;
}

/** One for all runs: making it reads the dictionary. */
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

function cutWords(corpus: Corpus): Uint8Array {
  const begins = new Uint8Array(corpus.codes.length + 1);
  for (const place of corpus.paragraphs) {
    begins[place.end] = 1;
    if (place.end === place.start) continue;
    let at = place.start;
    for (const word of segmenter.segment(textAt(corpus, place.start, place.end))) {
      while (at < place.end && (corpus.offsets[at] ?? 0) < word.index) at++;
      if (corpus.offsets[at] === word.index) begins[at] = 1;
    }
    for (let i = place.start; i < place.end; i++) {
      const code = corpus.codes[i] ?? 0;
      if (isClauseEnd(code) || isInsideMark(code)) {
        begins[i] = 1;
        begins[i + 1] = 1;
      }
    }
  }
  begins[corpus.codes.length] = 1;
  return begins;
}

function isSingle(corpus: Corpus, begins: Uint8Array, at: number): boolean {
  return begins[at] === 1 && begins[at + 1] === 1 && isHan(corpus.codes[at] ?? 0);
}

const JOIN_COUNT = 4;
const JOIN_OF_RARER = 0.6;
const JOIN_OF_COMMONER = 0.3;

function joinSingles(corpus: Corpus, begins: Uint8Array, counts: Uint8Array): void {
  const { codes, symbols, symbolOf, paragraphOf } = corpus;
  const singles = new Int32Array(symbolOf.size);
  const pairs = new Map<number, number>();
  const keyOf = (at: number): number => (symbols[at] ?? 0) * symbolOf.size + (symbols[at + 1] ?? 0);
  for (let at = 0; at < codes.length; at++) {
    if (counts[paragraphOf[at] ?? 0] !== 1 || !isSingle(corpus, begins, at)) continue;
    const symbol = symbols[at] ?? 0;
    singles[symbol] = (singles[symbol] ?? 0) + 1;
    if (isSingle(corpus, begins, at + 1)) pairs.set(keyOf(at), (pairs.get(keyOf(at)) ?? 0) + 1);
  }
  const strength = (at: number): number => {
    const count = pairs.get(keyOf(at)) ?? 0;
    const one = singles[symbols[at] ?? 0] ?? 0;
    const other = singles[symbols[at + 1] ?? 0] ?? 0;
    const joins =
      count >= JOIN_COUNT && count >= JOIN_OF_RARER * Math.min(one, other) && count >= JOIN_OF_COMMONER * Math.max(one, other);
    return joins ? count / Math.max(one, other) : 0;
  };
  const listed = new Uint8Array(symbolOf.size);
  for (const [code, symbol] of symbolOf) listed[symbol] = GRAMMAR_WORDS.has(foldScript(String.fromCodePoint(code))) ? 1 : 0;
  const isListed = (at: number): boolean => listed[symbols[at] ?? 0] === 1;
  for (let at = 0; at + 1 < codes.length; at++) {
    if (!isSingle(corpus, begins, at) || !isSingle(corpus, begins, at + 1) || isListed(at) || isListed(at + 1)) continue;
    const here = strength(at);
    const next = isSingle(corpus, begins, at + 2) ? strength(at + 1) : 0;
    if (here > 0 && here >= next) {
      begins[at + 1] = 0;
      at++;
    }
  }
}

/** Words that the dictionary may cut though they are one. */
const JOINED_WORDS: readonly ReadonlySet<string>[] = [VERBS, INSTITUTION_ENDINGS, TITLE_ENDINGS, PROGRAMME_ENDINGS, ADVERBS];

function joinListed(corpus: Corpus, begins: Uint8Array): void {
  const { codes, symbols } = corpus;
  const edges = markEdges(corpus);
  for (let at = 0; at < codes.length; at++) {
    if (begins[at] !== 1 || ((edges[symbols[at] ?? 0] ?? 0) & OPENS) === 0) continue;
    const middle = nextBegin(begins, at);
    const end = nextBegin(begins, middle);
    if (middle >= codes.length || end - at > 4 || !isHan(codes[middle] ?? 0)) continue;
    if (((edges[symbols[end - 1] ?? 0] ?? 0) & CLOSES) === 0) continue;
    const folded = foldScript(keyAt(corpus, at, end));
    if (isCompletedVerb(folded) || JOINED_WORDS.some((list) => list.has(folded))) begins[middle] = 0;
  }
}

const OPENS = 1;
const CLOSES = 2;

/** For each symbol whether a word of the lists begins or ends with it: most places need no string to be told. */
function markEdges({ symbolOf }: Corpus): Uint8Array {
  const opening = new Set<string>();
  const closing = new Set<string>(COMPLEMENTS);
  for (const list of JOINED_WORDS) {
    for (const word of list) {
      opening.add(word.charAt(0));
      closing.add(word.charAt(word.length - 1));
    }
  }
  const edges = new Uint8Array(symbolOf.size);
  for (const [code, symbol] of symbolOf) {
    if (!isHan(code)) continue;
    const character = foldScript(String.fromCodePoint(code));
    edges[symbol] = (opening.has(character) ? OPENS : 0) | (closing.has(character) ? CLOSES : 0);
  }
  return edges;
}

/** 实施好, 打响了: a verb with its complement stays one word, so that no candidate begins with the complement. */
const COMPLEMENTS = "好了住牢过着出到起";
function isCompletedVerb(word: string): boolean {
  return word.length >= 2 && COMPLEMENTS.includes(word.slice(-1)) && VERBS.has(word.slice(0, -1));
}

/** Where the word after the one that begins at or before `at` begins. */
export function nextBegin(begins: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < begins.length - 1 && begins[next] !== 1) next++;
  return next;
}

function nameTypes(corpus: Corpus, begins: Uint8Array, plain: Uint8Array): Words {
  const { codes, symbols } = corpus;
  const typeAt = new Int32Array(codes.length);
  const table = new PieceTable(symbols);
  const types: string[] = [];
  for (let at = 0; at < codes.length;) {
    const end = nextBegin(begins, at);
    const type = table.numberOf(at, end);
    if (type === types.length) types.push(foldScript(keyAt(corpus, at, end)));
    for (; at < end; at++) typeAt[at] = type;
  }
  const kinds = Uint16Array.from(types, kindOf);
  return { begins, plain, typeAt, types, kinds };
}

function kindOf(word: string): number {
  const code = word.codePointAt(0) ?? 0;
  if (isClauseEnd(code) || isInsideMark(code)) return KIND.mark;
  return (
    (GRAMMAR_WORDS.has(word) ? KIND.grammar : 0) |
    (DIRECTION_WORDS.has(word) ? KIND.direction : 0) |
    (ADVERBS.has(word) ? KIND.adverb : 0) |
    (VERBS.has(word) || isCompletedVerb(word) ? KIND.verb : 0) |
    (GENERIC_WORDS.has(word) ? KIND.generic : 0) |
    (PRONOUNS.has(word) ? KIND.pronoun : 0) |
    (/^[\d一二三四五六七八九十百千万亿两〇零第几]+$/u.test(word) ? KIND.number : 0) |
    (isLatinOrDigit(code) ? KIND.latin : 0) |
    (LIGHT_WORDS.has(word) ? KIND.light : 0)
  );
}

const VERB_COUNT = 3;
const VERB_INITIAL = 0.45;
const VERB_FINAL = 0.3;
const VERB_LED = 2;
const MODALS: ReadonlySet<string> = new Set([
  "要",
  "坚决",
  "进一步",
  "必须",
  "切实",
  "应",
  "积极",
  "全力",
  "继续",
  "努力",
  "大力",
  "充分",
  "不断",
  "认真",
  "加快",
  "能",
  "可以",
  "应当",
  "将",
]);

function learnVerbs({ codes, paragraphOf }: Corpus, { begins, typeAt, types, kinds }: Words, counts: Uint8Array): void {
  const total = new Int32Array(types.length);
  const initial = new Int32Array(types.length);
  const led = new Int32Array(types.length);
  const final = new Int32Array(types.length);
  const increase = (counts: Int32Array, type: number): void => {
    counts[type] = (counts[type] ?? 0) + 1;
  };
  for (let at = 0; at < codes.length; at++) {
    if (begins[at] !== 1 || begins[at + 1] === 1 || begins[at + 2] !== 1 || counts[paragraphOf[at] ?? 0] !== 1) continue;
    const type = typeAt[at] ?? 0;
    increase(total, type);
    const before = at > 0 ? (typeAt[at - 1] ?? 0) : -1;
    const isLed = before >= 0 && MODALS.has(types[before] ?? "");
    if (isLed) increase(led, type);
    if (isLed || before < 0 || isClauseEnd(codes[at - 1] ?? 0)) increase(initial, type);
    if (isClauseEnd(codes[at + 2] ?? 0)) increase(final, type);
  }
  for (let type = 0; type < types.length; type++) {
    const count = total[type] ?? 0;
    const learnt =
      count >= VERB_COUNT &&
      (initial[type] ?? 0) >= VERB_INITIAL * count &&
      (led[type] ?? 0) >= VERB_LED &&
      (final[type] ?? 0) <= VERB_FINAL * count;
    if (learnt) kinds[type] = (kinds[type] ?? 0) | KIND.verb;
  }
}

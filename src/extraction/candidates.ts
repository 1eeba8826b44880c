/**
 * Candidates: strings that might be formulations, each with its range of the suffix array.
 *
 * Three sources: maximal repeats; trimmed cores (a repeat without the verbs and adverbs at its edges: a core that
 * always follows 实施好 is no maximal repeat and would be lost); marked strings, which may occur once.
 * In large texts only the best repeats by count and length go on (`MOST_REPEATS`), so that the cost stays linear.
 */
import { locate, visitMaximalRepeats } from "../text/maximal-repeats.ts";
import type { Copies } from "./copies.ts";
import type { Corpus } from "./corpus.ts";
import { keyAt, symbolsOf } from "./corpus.ts";
import type { MarkKind, Marked, MarkedString } from "./marked.ts";
import { KIND, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

export type Candidate = {
  readonly key: string;
  /** A place where it stands. */
  readonly start: number;
  readonly length: number;
  /** Its range of the suffix array, copies included. */
  readonly first: number;
  readonly end: number;
  /** Occurrences without copies. */
  readonly distinct: number;
  /** How its writers marked it, with the number of times. */
  readonly marks: ReadonlyMap<MarkKind, number>;
  /** Parallel units of the same pattern, itself among them: 应收尽收, 应检尽检, 应隔尽隔 are three. */
  readonly siblings: number;
};

export type Material = {
  readonly corpus: Corpus;
  readonly words: Words;
  readonly copies: Copies;
  /** Positions that count: the size against which chance is reckoned. */
  readonly size: number;
  /** Distinct occurrences of the string between two positions. */
  readonly frequencyOf: (start: number, end: number) => number;
};

const SHORTEST = 2;
const LONGEST = 48;
const MOST_REPEATS = 60_000;
const FRONT_WORDS = 3;
const BACK_WORDS = 2;
const NO_MARKS: ReadonlyMap<MarkKind, number> = new Map();

export function collectCandidates(material: Material, { strings: marked }: Marked): readonly Candidate[] {
  const { corpus, words, copies } = material;
  const found = new Map<string, Candidate>();
  const siblings = countSiblings(marked);
  const add = (start: number, length: number, range: { first: number; end: number }): void => {
    const key = keyAt(corpus, start, start + length);
    if (found.has(key)) return;
    const distinct = copies.countRange(range.first, range.end);
    const marks = marked.get(key)?.kinds ?? NO_MARKS;
    found.set(key, { key, start, length, ...range, distinct, marks, siblings: siblings.get(patternOf(key)) ?? 1 });
  };
  const addBySearch = (start: number, length: number): void => {
    const range = locate(corpus, corpus.symbols.subarray(start, start + length));
    if (copies.countRange(range.first, range.end) >= 2) add(start, length, range);
  };
  for (const repeat of selectRepeats(material)) {
    const start = corpus.suffixes[repeat.first] ?? 0;
    const trimmed = trimMarks(corpus, start, start + repeat.length);
    if (trimmed.start === start && trimmed.end === start + repeat.length) add(start, repeat.length, repeat);
    else if (trimmed.end - trimmed.start >= SHORTEST) addBySearch(trimmed.start, trimmed.end - trimmed.start);
    for (const core of trimWords(words, trimmed.start, trimmed.end)) {
      if (!found.has(keyAt(corpus, core.start, core.end))) addBySearch(core.start, core.end - core.start);
    }
  }
  for (const [key, { start, length }] of marked) {
    const symbols = found.has(key) ? undefined : symbolsOf(corpus, key);
    if (symbols) add(start, length, locate(corpus, symbols));
  }
  return [...found.values()].filter(({ distinct, marks }) => distinct >= 2 || (distinct === 1 && marks.size > 0));
}

function countSiblings(marked: ReadonlyMap<string, MarkedString>): ReadonlyMap<string, number> {
  const siblings = new Map<string, number>();
  for (const [key, { kinds }] of marked) {
    const pattern = kinds.has("parallel") ? patternOf(key) : undefined;
    if (pattern !== undefined) siblings.set(pattern, (siblings.get(pattern) ?? 0) + 1);
  }
  return siblings;
}

/** 应收尽收 is 应X尽X; other strings have no pattern. */
function patternOf(key: string): string {
  const [first = "", second = "", third = "", fourth = ""] = key;
  if (key.length !== 4) return "";
  return second === fourth && first !== third
    ? `${first}X${third}X`
    : first === third && second !== fourth
      ? `X${second}X${fourth}`
      : "";
}

type Repeat = { readonly first: number; readonly end: number; readonly length: number };

function selectRepeats({ corpus, words }: Material): readonly Repeat[] {
  const repeats: Repeat[] = [];
  const values: number[] = [];
  // A copy that its editors cut elsewhere shows a boundary, so it takes part here, though it is not counted.
  visitMaximalRepeats(corpus.all, SHORTEST, (firstOfAll, endOfAll, length) => {
    const first = corpus.countedBefore(firstOfAll);
    const end = corpus.countedBefore(endOfAll);
    const count = end - first;
    if (count < 2 || length > LONGEST) return;
    const start = corpus.suffixes[first] ?? 0;
    const cuts = (words.begins[start] === 1 ? 0 : 1) + (words.begins[start + length] === 1 ? 0 : 1);
    repeats.push({ first, end, length });
    values.push(Math.log2(count) * Math.min(length, 8) * (1 - cuts * 0.3));
  });
  if (repeats.length <= MOST_REPEATS) return repeats;
  const border = Float64Array.from(values).sort()[repeats.length - MOST_REPEATS] ?? 0;
  return repeats.filter((_, i) => (values[i] ?? 0) >= border);
}

const OUTER_LEFT: ReadonlySet<number> = new Set([..."、”’》·"].map((mark) => mark.charCodeAt(0)));
const OUTER_RIGHT: ReadonlySet<number> = new Set([..."、“‘《·"].map((mark) => mark.charCodeAt(0)));

/** Without marks at the edges that belong to the surroundings, and without a pair of quotation marks around the whole. */
function trimMarks({ codes }: Corpus, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from;
  let end = to;
  while (start < end && OUTER_LEFT.has(codes[start] ?? 0)) start++;
  while (end > start && OUTER_RIGHT.has(codes[end - 1] ?? 0)) end--;
  // “四个意识” is looked at as 四个意识; so is a half of the pair that stands at the edge.
  const opens = indexOfCode(codes, 0x201c, start, end);
  const closes = indexOfCode(codes, 0x201d, start, end);
  if (opens === start && (closes < 0 || closes === end - 1)) start++;
  if (closes === end - 1 && closes >= 0 && (opens < 0 || opens === start - 1)) end--;
  return { start, end };
}

function indexOfCode(codes: Int32Array, code: number, start: number, end: number): number {
  for (let at = start; at < end; at++) if (codes[at] === code) return at;
  return -1;
}

const FRONT_KINDS = KIND.adverb | KIND.verb | KIND.grammar | KIND.pronoun;
const BACK_KINDS = KIND.verb | KIND.grammar | KIND.direction;

/** What is left when up to three words in front and two behind are taken off, each by each. */
function trimWords({ begins, typeAt, kinds }: Words, start: number, end: number): readonly { start: number; end: number }[] {
  const fronts = [start];
  const backs = [end];
  for (let at = start; begins[at] === 1 && fronts.length <= FRONT_WORDS;) {
    if (((kinds[typeAt[at] ?? 0] ?? 0) & FRONT_KINDS) === 0) break;
    at = nextBegin(begins, at);
    if (at >= end) break;
    fronts.push(at);
  }
  for (let at = end; begins[at] === 1 && backs.length <= BACK_WORDS;) {
    if (((kinds[typeAt[at - 1] ?? 0] ?? 0) & BACK_KINDS) === 0) break;
    at--;
    while (at > start && begins[at] !== 1) at--;
    if (at <= start) break;
    backs.push(at);
  }
  const cores: { start: number; end: number }[] = [];
  for (const front of fronts) {
    for (const back of backs)
      if (back - front >= SHORTEST && (front !== start || back !== end)) cores.push({ start: front, end: back });
  }
  return cores;
}

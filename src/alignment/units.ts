/**
 * Two texts as units of evidence: what in a sentence may have a counterpart in the other language.
 *
 * With a lexicon the first text is the Chinese one: dictionary words by longest match, and the second text's stems.
 * With and without one: numbers and dates by value, Latin words, names in pinyin, approved terms and sentences that
 * the memory knows: such a unit has one name on both sides, and is kept only if both texts have it.
 * Cost: O(length), and for terms O(length + occurrences) by their first word or two characters.
 */
import type { AlignmentText, Anchor } from "../model/alignment.ts";
import { findWords, stemWord } from "../text/english.ts";
import { matchKey } from "../text/match-key.ts";
import { findNumbers } from "../text/numbers.ts";
import type { NumberMention } from "../text/numbers.ts";
import { findNames, toNameKey } from "../text/pinyin.ts";
import { toSimplifiedKey } from "../text/traditional.ts";
import type { Lexicon } from "./lexicon.ts";
import { splitHan } from "./split-han.ts";
import { createTermFinder } from "./term-units.ts";

export type TermPair = { readonly source: string; readonly target: string };

/** A kind of unit on one side; `text` is what the lexicon knows it by, or how it was first written. `shared` names what both sides must have; words of a lexicon have none. */
export type UnitKind = {
  readonly text: string;
  readonly anchor: Anchor["kind"];
  readonly weight: number;
  readonly shared?: string;
};

/**
 * Sentence s of a side holds units[starts[s]..starts[s + 1]), numbers of `kinds`. A unit was found at
 * [froms, tos) of its sentence: of the text as given, or nearly so where traditional characters were folded.
 */
export type SideUnits = {
  readonly kinds: readonly UnitKind[];
  readonly starts: Uint32Array;
  readonly units: Uint32Array;
  readonly froms: Uint32Array;
  readonly tos: Uint32Array;
};

export type TextUnits = { readonly first: SideUnits; readonly second: SideUnits };

export type UnitsInput = {
  readonly first: AlignmentText;
  readonly second: AlignmentText;
  readonly lexicon?: Lexicon | undefined;
  /** In the direction first → second. */
  readonly terms: readonly TermPair[];
  readonly memory: readonly TermPair[];
};

export const CHINESE_FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "的 了 在 是 和 与 及 也 都 就 而 着 过 把 被 对 为 以 于 之 其 这 那 有 个 等 地 得 又 所 向 从 到 上 中 下 不 我 你 他 她 它 们 我们 他们 一 并 将 要 会 能".split(
    " ",
  ),
);
const HAN_LANGUAGE = /^(?:zh|ja)\b/iu;
const ENGLISH = /^en\b/iu;
/** A word that two alphabetic languages share is a name or a cognate when it is not short. */
const SHORTEST_COGNATE = 4;

type Found = { readonly kind: UnitKind; readonly start: number; readonly end: number };

export function readUnits(input: UnitsInput): TextUnits {
  const first = input.first.segments.map((segment) => toSimplifiedKey(segment.text));
  const second = input.second.segments.map((segment) =>
    HAN_LANGUAGE.test(input.second.language) ? toSimplifiedKey(segment.text) : segment.text,
  );
  const firstFound = first.map((text) => findShared(text, input.first.language));
  const secondFound = second.map((text) => findShared(text, input.second.language));
  addNames({ first, second, firstFound, secondFound, input });
  addTerms({
    texts: first,
    found: firstFound,
    terms: input.terms.map((term) => ({ text: toSimplifiedKey(term.source), key: term.source })),
    language: input.first.language,
  });
  addTerms({
    texts: second,
    found: secondFound,
    terms: input.terms.map((term) => ({ text: term.target, key: term.source })),
    language: input.second.language,
  });
  addMemory(
    first,
    firstFound,
    input.memory.map((pair) => ({ text: toSimplifiedKey(pair.source), key: pair.source })),
  );
  addMemory(
    second,
    secondFound,
    input.memory.map((pair) => ({ text: pair.target, key: pair.source })),
  );
  const common = intersect(firstFound, secondFound);
  const keep = (found: readonly Found[]): readonly Found[] =>
    found.filter((unit) => unit.kind.shared !== undefined && common.has(unit.kind.shared));
  const { lexicon } = input;
  return {
    first: packUnits(first.map((text, at) => [...keep(firstFound[at] ?? []), ...(lexicon ? splitWords(text, lexicon) : [])])),
    second: packUnits(
      second.map((text, at) => {
        const shared = keep(secondFound[at] ?? []);
        return [...shared, ...(lexicon ? listStems(text, shared) : [])];
      }),
    ),
  };
}

function splitWords(text: string, lexicon: Lexicon): readonly Found[] {
  return splitHan(text, lexicon.headwords).map((word) => ({
    kind: {
      text: word.text,
      anchor: "dictionary",
      weight: CHINESE_FUNCTION_WORDS.has(word.text) ? 0.25 : Math.min(4, word.text.length),
    },
    start: word.start,
    end: word.end,
  }));
}

/** Stems of the words that are not already shared units. Their weights come later, from their frequency. */
function listStems(text: string, shared: readonly Found[]): readonly Found[] {
  const taken = new Set<number>();
  for (const unit of shared) if (unit.kind.anchor !== "term") for (let at = unit.start; at < unit.end; at++) taken.add(at);
  return findWords(text)
    .filter((word) => !taken.has(word.start))
    .map((word) => ({
      kind: { text: stemWord(word.text), anchor: "dictionary", weight: 1 },
      start: word.start,
      end: word.end,
    }));
}

/** Numbers, dates and Latin words. */
function findShared(text: string, language: string): Found[] {
  const found: Found[] = [];
  for (const mention of findNumbers(text, language)) {
    for (const value of listValues(mention)) {
      const kind: UnitKind = {
        text: text.slice(mention.start, mention.end),
        anchor: mention.kind === "date" ? "date" : "number",
        weight: value.length > 2 ? 3 : 1.5,
        shared: value,
      };
      found.push({ kind, start: mention.start, end: mention.end });
    }
  }
  const isHan = HAN_LANGUAGE.test(language);
  for (const word of findWords(text)) {
    if (
      !/\p{L}/u.test(word.text) ||
      (isHan ? word.text.length < 2 : word.text.length < SHORTEST_COGNATE && !/^\p{Lu}[\p{Lu}\d]+$/u.test(word.text))
    )
      continue;
    const key = ENGLISH.test(language) || isHan ? stemWord(word.text) : word.text.toLowerCase();
    found.push({ kind: { text: word.text, anchor: "latin", weight: 2, shared: `@${key}` }, start: word.start, end: word.end });
  }
  return found;
}

/** The parts by which a date is compared: either language may leave out the year. Other values stand as they are. */
function listValues(mention: NumberMention): readonly string[] {
  if (mention.kind !== "date") return [`#${mention.value}`];
  const parts = /^(\d{4})?-?-?(?:(?<=-)(\d{2}))?(?:-(\d{2}))?$/u.exec(mention.value);
  if (!parts) return [`#${mention.value}`];
  const [, year, month, day] = parts;
  return [...(year ? [`#${year}`] : []), ...(month ? [`#month ${Number(month)}`] : []), ...(day ? [`#day ${Number(day)}`] : [])];
}

type NameSearch = {
  first: readonly string[];
  second: readonly string[];
  firstFound: Found[][];
  secondFound: Found[][];
  input: UnitsInput;
};

/** Names in pinyin, where one side is Chinese and the other is not. */
function addNames(search: NameSearch): void {
  const chineseFirst = /^zh\b/iu.test(search.input.first.language);
  if (chineseFirst === /^zh\b/iu.test(search.input.second.language)) return;
  const chinese = chineseFirst ? search.first : search.second;
  const chineseFound = chineseFirst ? search.firstFound : search.secondFound;
  const otherFound = chineseFirst ? search.secondFound : search.firstFound;
  const wanted = new Set<string>();
  (chineseFirst ? search.second : search.first).forEach((text, at) => {
    for (const word of findWords(text)) {
      const key = toNameKey(word.text);
      if (key === undefined) continue;
      wanted.add(key);
      otherFound[at]?.push({
        kind: { text: word.text, anchor: "name", weight: 2, shared: `~${key}` },
        start: word.start,
        end: word.end,
      });
    }
  });
  if (wanted.size === 0) return;
  chinese.forEach((text, at) => {
    for (const { name, start, end } of findNames(text, wanted)) {
      chineseFound[at]?.push({ kind: { text: name, anchor: "name", weight: 2, shared: `~${name}` }, start, end });
    }
  });
}

type Keyed = { readonly text: string; readonly key: string };

function addTerms(search: { texts: readonly string[]; found: Found[][]; terms: readonly Keyed[]; language: string }): void {
  if (search.terms.length === 0) return;
  const find = createTermFinder(search.terms, HAN_LANGUAGE.test(search.language) ? "characters" : "words");
  search.texts.forEach((text, at) => {
    for (const hit of find(text)) {
      search.found[at]?.push({
        kind: { text: hit.text, anchor: "term", weight: 4, shared: `§${hit.key}` },
        start: hit.start,
        end: hit.end,
      });
    }
  });
}

function addMemory(texts: readonly string[], found: Found[][], memory: readonly Keyed[]): void {
  if (memory.length === 0) return;
  const known = new Map(memory.map((pair) => [matchKey(pair.text), pair.key]));
  texts.forEach((text, at) => {
    const key = known.get(matchKey(text));
    if (key !== undefined)
      found[at]?.push({ kind: { text, anchor: "term", weight: 6, shared: `=${key}` }, start: 0, end: text.length });
  });
}

function intersect(first: readonly (readonly Found[])[], second: readonly (readonly Found[])[]): ReadonlySet<string> {
  const name = (found: readonly Found[]) => found.map((unit) => unit.kind.shared ?? "");
  const others = new Set(second.flatMap(name));
  return new Set(first.flatMap(name).filter((shared) => others.has(shared)));
}

function packUnits(sentences: readonly (readonly Found[])[]): SideUnits {
  const ids = new Map<string, number>();
  const kinds: UnitKind[] = [];
  const starts = new Uint32Array(sentences.length + 1);
  sentences.forEach((sentence, at) => {
    starts[at + 1] = (starts[at] ?? 0) + sentence.length;
  });
  const count = starts.at(-1) ?? 0;
  const side = { units: new Uint32Array(count), froms: new Uint32Array(count), tos: new Uint32Array(count) };
  let at = 0;
  for (const sentence of sentences) {
    for (const { kind, start, end } of sentence) {
      const name = kind.shared ?? `:${kind.text}`;
      let id = ids.get(name);
      if (id === undefined) {
        id = kinds.length;
        ids.set(name, id);
        kinds.push(kind);
      }
      side.units[at] = id;
      side.froms[at] = start;
      side.tos[at] = end;
      at++;
    }
  }
  return { kinds, starts, ...side };
}

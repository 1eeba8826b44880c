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
import { createTermFinder } from "./term-units.ts";
import { createWordReader, foldText } from "./words.ts";

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

const HAN_LANGUAGE = /^(?:zh|ja)\b/iu;
const ENGLISH = /^en\b/iu;
/** A word that two alphabetic languages share is a name or a cognate when it is not short. */
const SHORTEST_COGNATE = 4;

type Found = { readonly kind: UnitKind; readonly start: number; readonly end: number };

export function readUnits(input: UnitsInput): TextUnits {
  const first = input.first.segments.map((segment) => foldText(segment.text, input.first.language));
  const second = input.second.segments.map((segment) => foldText(segment.text, input.second.language));
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
  const shared = { first: packUnits(firstFound.map(keep)), second: packUnits(secondFound.map(keep)) };
  return input.lexicon ? addWords(shared, input) : shared;
}

/** The same units, and the words of both texts, which the other side need not have. */
export function addWords({ first, second }: TextUnits, input: Pick<UnitsInput, "first" | "second" | "lexicon">): TextUnits {
  return { first: addSideWords(first, input.first, input.lexicon), second: addSideWords(second, input.second, input.lexicon) };
}

function addSideWords(side: SideUnits, text: AlignmentText, lexicon: Lexicon | undefined): SideUnits {
  const reader = createWordReader(text.language, lexicon);
  const kinds = [...side.kinds];
  const ids = new Map<string, number>();
  const packer = createPacker(text.segments.length);
  const taken = new Set<number>();
  text.segments.forEach((segment, sentence) => {
    taken.clear();
    for (let at = side.starts[sentence] ?? 0; at < (side.starts[sentence + 1] ?? 0); at++) {
      const unit = side.units[at] ?? 0;
      const from = side.froms[at] ?? 0;
      const to = side.tos[at] ?? 0;
      packer.add(unit, from, to);
      if (reader.yields && kinds[unit]?.anchor !== "term") for (let place = from; place < to; place++) taken.add(place);
    }
    for (const word of reader.read(foldText(segment.text, text.language))) {
      if (taken.has(word.start)) continue;
      let id = ids.get(word.text);
      if (id === undefined) {
        id = kinds.length;
        ids.set(word.text, id);
        kinds.push({ text: word.text, anchor: "dictionary", weight: reader.weigh(word.text) });
      }
      packer.add(id, word.start, word.end);
    }
    packer.endSentence();
  });
  return { kinds, ...packer.finish() };
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
  const packer = createPacker(sentences.length);
  for (const sentence of sentences) {
    for (const { kind, start, end } of sentence) {
      const name = kind.shared ?? "";
      let id = ids.get(name);
      if (id === undefined) {
        id = kinds.length;
        ids.set(name, id);
        kinds.push(kind);
      }
      packer.add(id, start, end);
    }
    packer.endSentence();
  }
  return { kinds, ...packer.finish() };
}

/** Units of sentences in flat arrays that grow. */
function createPacker(sentenceCount: number) {
  const starts = new Uint32Array(sentenceCount + 1);
  let cells = new Uint32Array(3 * 1024);
  let size = 0;
  let sentence = 0;
  return {
    add(unit: number, from: number, to: number): void {
      if (size === cells.length) {
        const wider = new Uint32Array(2 * size);
        wider.set(cells);
        cells = wider;
      }
      cells[size] = unit;
      cells[size + 1] = from;
      cells[size + 2] = to;
      size += 3;
    },
    endSentence(): void {
      starts[++sentence] = size / 3;
    },
    finish(): Omit<SideUnits, "kinds"> {
      const pick = (part: number) => Uint32Array.from({ length: size / 3 }, (_, at) => cells[3 * at + part] ?? 0);
      return { starts, units: pick(0), froms: pick(1), tos: pick(2) };
    },
  };
}

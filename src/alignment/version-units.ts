/**
 * Two texts of one language as units of evidence: neighbouring characters, marks left out. Outside of Han a token is a
 * word or a number, which is a unit by itself too.
 *
 * A unit's weight is what it says when both paragraphs have it: -log of the share of the other paragraphs that have it
 * too, drawn to that of official Chinese where the texts are short. What stands everywhere says nothing.
 * Paragraphs of marks alone have one unit, their key; empty ones none.
 * Cost: O(length).
 */
import { matchKey } from "../text/match-key.ts";

/** Paragraph p of a side holds units[starts[p]..starts[p + 1]), each once, with how often in `counts`. */
export type ParagraphUnits = {
  readonly starts: Uint32Array;
  readonly units: Uint32Array;
  readonly counts: Uint16Array;
  /** All units of a paragraph, repeated ones too. */
  readonly sizes: Float64Array;
};

export type VersionUnits = {
  readonly first: ParagraphUnits;
  readonly second: ParagraphUnits;
  readonly weights: Float32Array;
};

/** As if so many more paragraphs were known, of which the usual pair of characters stands in the usual share. */
const KNOWN_PARAGRAPHS = 30;
const USUAL_SHARE = 0.004;
const LARGEST_WEIGHT = 6;

export function readVersionUnits(first: readonly string[], second: readonly string[]): VersionUnits {
  const table = createUnitTable();
  const sides = { first: gatherSide(first, table), second: gatherSide(second, table) };
  const [one, other] = [countHolders(sides.first, table.size()), countHolders(sides.second, table.size())];
  const paragraphs = Math.max(first.length, second.length);
  const weights = Float32Array.from(one, (count, unit) => {
    const elsewhere = Math.max(0, Math.max(count, other[unit] ?? 0) - 1);
    const share = (elsewhere + KNOWN_PARAGRAPHS * USUAL_SHARE) / (Math.max(0, paragraphs - 1) + KNOWN_PARAGRAPHS);
    return Math.min(LARGEST_WEIGHT, -Math.log(share));
  });
  return { ...sides, weights };
}

type UnitTable = {
  readonly find: (one: number, other: number) => number;
  readonly word: (text: string) => number;
  readonly size: () => number;
};

/** Words are numbered behind all characters. */
const FIRST_WORD = 0x10000;
/** In place of a neighbour; no character. */
const ALONE_MARK = 1;
const WORD_LIMIT = 2 ** 26;

function createUnitTable(): UnitTable {
  const words = new Map<string, number>();
  const units = new Map<number, number>();
  const add = <Key>(map: Map<Key, number>, key: Key): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, map.size);
    return map.size - 1;
  };
  return {
    find: (one, other) => add(units, one * WORD_LIMIT + other),
    word: (text) => FIRST_WORD + add(words, text),
    size: () => units.size,
  };
}

function gatherSide(texts: readonly string[], table: UnitTable): ParagraphUnits {
  const starts = new Uint32Array(texts.length + 1);
  const sizes = new Float64Array(texts.length);
  const units: number[] = [];
  const counts: number[] = [];
  /** Where in `units` a unit of this paragraph is; what lies before the paragraph's start is of another one. */
  const places = new Map<number, number>();
  texts.forEach((text, at) => {
    places.clear();
    const tokens = readTokens(text, table);
    let size = 0;
    const add = (unit: number): void => {
      const place = places.get(unit);
      if (place === undefined) {
        places.set(unit, units.length);
        units.push(unit);
        counts.push(1);
      } else counts[place] = Math.min(0xffff, (counts[place] ?? 0) + 1);
      size++;
    };
    tokens.forEach((token, number) => {
      const next = tokens[number + 1];
      if (next !== undefined || number === 0) add(table.find(token, next ?? 0));
      // A word says something by itself too.
      if (token >= FIRST_WORD) add(table.find(token, ALONE_MARK));
    });
    sizes[at] = size;
    starts[at + 1] = units.length;
  });
  return { starts, units: Uint32Array.from(units), counts: Uint16Array.from(counts), sizes };
}

const KIND = { unseen: 0, mark: 1, alone: 2, letter: 3, digit: 4 } as const;
const MARK = /[\p{P}\p{S}\p{Z}\p{C}]/u;
/** Written without spaces: each character is a token. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Cs}]/u;
const DIGIT = /\p{Nd}/u;
const kinds = new Uint8Array(0x10000);

function classify(code: number): number {
  const sign = String.fromCharCode(code);
  const kind = ALONE.test(sign) ? KIND.alone : DIGIT.test(sign) ? KIND.digit : MARK.test(sign) ? KIND.mark : KIND.letter;
  return (kinds[code] = kind);
}

function readTokens(text: string, table: UnitTable): readonly number[] {
  const key = matchKey(text).toLowerCase();
  const tokens: number[] = [];
  for (let at = 0; at < key.length;) {
    const code = key.charCodeAt(at);
    const kind = kinds[code] || classify(code);
    if (kind === KIND.alone) tokens.push(code);
    let end = at + 1;
    if (kind === KIND.letter || kind === KIND.digit) {
      while (end < key.length && (kinds[key.charCodeAt(end)] || classify(key.charCodeAt(end))) === kind) end++;
      tokens.push(table.word(key.slice(at, end)));
    }
    at = end;
  }
  if (tokens.length === 0 && key !== "") tokens.push(table.word(key));
  return tokens;
}

function countHolders({ units }: ParagraphUnits, unitCount: number): Uint32Array {
  const holders = new Uint32Array(unitCount);
  for (const unit of units) holders[unit] = (holders[unit] ?? 0) + 1;
  return holders;
}

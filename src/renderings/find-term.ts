/**
 * The places of a term in the units, by its key (chinese-side.ts), and the tokens it is made of there.
 *
 * A term that begins or ends with a Latin letter or a digit is found only where that word begins or ends.
 * Cost: O(length × log text + places).
 */
import type { Span } from "../model/span.ts";
import { locate } from "../text/maximal-repeats.ts";
import { foldChinese } from "./chinese-side.ts";
import type { ChineseKey } from "./chinese-side.ts";
import type { RenderingIndex } from "./rendering-index.ts";

/** A unit with the term: its places in the unit's key. */
export type TermUnit = { readonly unit: number; readonly places: readonly number[] };

export type FoundTerm = {
  readonly key: string;
  readonly units: readonly TermUnit[];
  /** Those where no word of the dictionary runs over an end of the term (行业 in 银行业), or all if there is none. */
  readonly clean: readonly TermUnit[];
};

const HAN = /\p{Script=Han}/u;
const SPACED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

export function findTerm(index: RenderingIndex, term: string): FoundTerm {
  const { key } = foldChinese(term);
  if (key === "") return { key, units: [], clean: [] };
  const { symbols, suffixes, unitStarts } = index.source;
  const text = Int32Array.from({ length: key.length }, (_, at) => key.charCodeAt(at) + 1);
  const { first, end } = locate({ symbols, suffixes }, text);
  const places = suffixes.slice(first, end).sort();
  const units: { unit: number; places: number[] }[] = [];
  let unit = 0;
  for (const place of places) {
    unit = findUnit(unitStarts, place, unit);
    const at = place - (unitStarts[unit] as number);
    if (!stands(index.keys[unit], at, key.length)) continue;
    const last = units.at(-1);
    if (last?.unit === unit) last.places.push(at);
    else units.push({ unit, places: [at] });
  }
  const clean = units.flatMap(({ unit: at, places: found }): readonly TermUnit[] => {
    const kept = found.filter((place) => !isCut(index, at, { start: place, end: place + key.length }));
    return kept.length > 0 ? [{ unit: at, places: kept }] : [];
  });
  return { key, units, clean: clean.length > 0 ? clean : units };
}

function isCut({ chinese }: RenderingIndex, unit: number, { start, end }: Span): boolean {
  for (let token = chinese.starts[unit] as number; token < (chinese.starts[unit + 1] as number); token++) {
    const from = chinese.froms[token] as number;
    const to = chinese.tos[token] as number;
    const crossesStart = from < start && to > start;
    const crossesEnd = from < end && to > end;
    if ((crossesStart || crossesEnd) && HAN.test(chinese.kindNames[chinese.kinds[token] as number] ?? "")) return true;
  }
  return false;
}

function findUnit(starts: Uint32Array, place: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** Does the term not begin or end inside a word of a spaced script? White space is gone from the key, not from the text. */
function stands(folded: ChineseKey | undefined, at: number, length: number): boolean {
  if (!folded) return false;
  const { key, starts, ends } = folded;
  const joins = (place: number): boolean =>
    place > 0 &&
    place < key.length &&
    SPACED.test(key.charAt(place - 1)) &&
    SPACED.test(key.charAt(place)) &&
    (ends[place - 1] as number) >= (starts[place] as number);
  return !joins(at) && !joins(at + length);
}

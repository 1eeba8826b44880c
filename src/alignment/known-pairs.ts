/**
 * What a person has translated before, as examples for the learnt lexicon: sentences of the memory and approved terms.
 *
 * Only units that the two texts have can matter. Of a large memory the pairs nearest to these texts are kept: those
 * with the largest share of stretches (two characters, or five letters) that the texts have too, so that time does not
 * grow with the memory beyond one look at each pair. Cost: O(characters of the memory), then O(units of what is kept).
 */
import type { AlignmentText } from "../model/alignment.ts";
import type { Lexicon } from "./lexicon.ts";
import type { SideUnits, TermPair, TextUnits } from "./units.ts";
import { createWordReader, foldText } from "./words.ts";

/** Distinct units of both sides; `times` is for how many sentences it counts. */
export type KnownPair = { readonly first: Uint32Array; readonly second: Uint32Array; readonly times: number };

export type KnownInput = {
  readonly first: AlignmentText;
  readonly second: AlignmentText;
  readonly lexicon: Lexicon | undefined;
  /** In the direction first → second, as the memory. */
  readonly terms: readonly TermPair[];
  readonly memory: readonly TermPair[];
};

export const MOST_PAIRS = 20_000;
/** A person has decided on a term, so it need not be met twice. */
const TERM_TIMES = 4;
const HASH_BITS = 18;

export function readKnownPairs(units: TextUnits, input: KnownInput): readonly KnownPair[] {
  const { first, second, lexicon, terms, memory } = input;
  if (terms.length + memory.length === 0) return [];
  const readFirst = createUnitReader(units.first, first.language, lexicon);
  const readSecond = createUnitReader(units.second, second.language, lexicon);
  const read = (pairs: readonly TermPair[], times: number): readonly KnownPair[] =>
    pairs.flatMap((pair) => {
      const one = readFirst(pair.source);
      const other = one.length === 0 ? one : readSecond(pair.target);
      return other.length === 0 ? [] : [{ first: one, second: other, times }];
    });
  return [...read(keepNearest(terms, first), TERM_TIMES), ...read(keepNearest(memory, first), 1)];
}

function createUnitReader(side: SideUnits, language: string, lexicon: Lexicon | undefined): (text: string) => Uint32Array {
  const ids = new Map(side.kinds.flatMap((kind, id) => (kind.shared === undefined ? [[kind.text, id] as const] : [])));
  const reader = createWordReader(language, lexicon);
  return (text) => {
    const found = new Set<number>();
    for (const word of reader.read(foldText(text, language))) {
      const id = ids.get(word.text);
      if (id !== undefined) found.add(id);
    }
    return Uint32Array.from(found);
  };
}

/** The pairs whose first side has most in common with the first text, in the order given. */
export function keepNearest(pairs: readonly TermPair[], text: AlignmentText, most = MOST_PAIRS): readonly TermPair[] {
  if (pairs.length <= most) return pairs;
  const length = /^(?:zh|ja)\b/iu.test(text.language) ? 2 : 5;
  const known = new Uint8Array(2 ** HASH_BITS);
  for (const segment of text.segments)
    eachStretch(foldText(segment.text, text.language), length, (hash) => {
      known[hash] = 1;
    });
  const shares = Float64Array.from(pairs, ({ source }) => {
    let all = 0;
    let common = 0;
    eachStretch(foldText(source, text.language), length, (hash) => {
      all++;
      common += known[hash] ?? 0;
    });
    return common / (all + length);
  });
  const least = shares.slice().sort()[pairs.length - most] ?? 0;
  let equal = most - shares.reduce((count, share) => count + Number(share > least), 0);
  return pairs.filter((_, at) => (shares[at] ?? 0) > least || ((shares[at] ?? 0) === least && equal-- > 0));
}

function eachStretch(text: string, length: number, visit: (hash: number) => void): void {
  for (let at = 0; at + length <= text.length; at++) {
    let hash = 0;
    for (let place = at; place < at + length; place++) hash = Math.imul(hash, 31) + text.charCodeAt(place);
    visit(Math.imul(hash, 0x9e3779b1) >>> (32 - HASH_BITS));
  }
}

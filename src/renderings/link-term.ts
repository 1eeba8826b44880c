/**
 * Which English words of a unit a term becomes there.
 *
 * For each word of the unit: `pin`, the share of what explains it that lies in the term; `inside`, the share of the term's
 * mass that lands on it; `outside`, the same of all other tokens; `own`, the best translation of it among the term's tokens
 * wherever it stands. The sums over all tokens are in the word model, so that only the term's tokens are looked at.
 * Cost: O(tokens of the term × words of the unit), and once per term O(rows of its tokens).
 */
import type { TermUnit } from "./find-term.ts";
import type { RenderingIndex } from "./rendering-index.ts";
import { ELSEWHERE, NEARNESS } from "./pieces.ts";
import { massOf, weighReverse } from "./word-model.ts";

export type UnitLinks = {
  readonly unit: number;
  /** First word of the unit; the arrays begin there. */
  readonly first: number;
  readonly size: number;
  readonly pin: Float32Array;
  readonly inside: Float32Array;
  readonly outside: Float32Array;
  readonly own: Float32Array;
};

/** t(e|f) of the tokens of one term, row by row in dense arrays that are used again for the next term. */
export class TermRows {
  readonly #index: RenderingIndex;
  readonly #rows = new Map<number, Float32Array>();
  readonly #free: Float32Array[] = [];

  constructor(index: RenderingIndex) {
    this.#index = index;
  }

  of(kind: number): Float32Array {
    const known = this.#rows.get(kind);
    if (known) return known;
    const { rows } = this.#index.words;
    const dense = this.#free.pop() ?? new Float32Array(this.#index.english.linkIds.size);
    for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++) {
      dense[rows.columns[at] as number] = rows.weights[at] as number;
    }
    this.#rows.set(kind, dense);
    return dense;
  }

  clear(): void {
    const { rows } = this.#index.words;
    for (const [kind, dense] of this.#rows) {
      for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++)
        dense[rows.columns[at] as number] = 0;
      this.#free.push(dense);
    }
    this.#rows.clear();
  }
}

export function linkTerm(index: RenderingIndex, rows: TermRows, found: TermUnit & { readonly length: number }): UnitLinks {
  const { chinese, english, words, chinesePlaces, englishPlaces } = index;
  const { unit, places, length } = found;
  const first = english.starts[unit] as number;
  const size = (english.starts[unit + 1] as number) - first;
  const pin = new Float32Array(size);
  const inside = new Float32Array(size);
  const outside = new Float32Array(size);
  const own = new Float32Array(size);
  let mass = 0;
  let others = 0;
  for (let token = chinese.starts[unit] as number; token < (chinese.starts[unit + 1] as number); token++) {
    const whole = massOf(chinese, token);
    const overlap = shareInside(chinese.froms[token] as number, chinese.tos[token] as number, places, length);
    others += whole * (1 - overlap);
    if (overlap === 0) continue;
    mass += whole * overlap;
    const kind = chinese.kinds[token] as number;
    const row = rows.of(kind);
    const weight = overlap * (chinese.kindWeights[kind] as number);
    const share = (whole * overlap) / (words.spread[token] as number);
    const step = chinesePlaces.steps[token] as number;
    const piece = chinesePlaces.pieces[token] as number;
    for (let at = 0; at < size; at++) {
      const link = english.links[first + at] as number;
      if (link < 0) continue;
      const t = row[link] as number;
      if (t === 0) continue;
      const nearness =
        englishPlaces.pieces[first + at] === piece
          ? (NEARNESS[Math.abs(step - (englishPlaces.steps[first + at] as number))] as number)
          : ELSEWHERE;
      pin[at] = (pin[at] as number) + weight * t * nearness;
      inside[at] = (inside[at] as number) + share * weighReverse(t, nearness, words.shares[link] as number);
      if (overlap * t > (own[at] as number)) own[at] = overlap * t;
    }
  }
  for (let at = 0; at < size; at++) {
    const landed = words.landed[first + at] as number;
    outside[at] = Math.max(0, landed - (inside[at] as number)) / Math.max(1, others);
    pin[at] = Math.min(1, (pin[at] as number) / Math.max(1e-9, words.explained[first + at] as number));
    inside[at] = (inside[at] as number) / Math.max(1e-6, mass);
  }
  return { unit, first, size, pin, inside, outside, own };
}

/** How much of [from, to) lies inside one of the places. */
function shareInside(from: number, to: number, places: readonly number[], length: number): number {
  let most = 0;
  for (const place of places) {
    const shared = Math.min(to, place + length) - Math.max(from, place);
    if (shared > most) most = shared;
  }
  return most === 0 ? 0 : most / (to - from);
}

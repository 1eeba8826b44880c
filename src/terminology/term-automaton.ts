/**
 * Finds all terms of a glossary in a text at once.
 *
 * Method: Aho & Corasick (1975), "Efficient string matching: an aid to bibliographic search", over the UTF-16 units of
 * match keys in small letters. Edges are in one open-addressed table (state, unit) -> state, with a word of bits per state
 * that answers most misses; edges of the root are in a direct table.
 * Guarantee: every place where a term's match key stands is found, nested and overlapping ones included; a term that
 * begins or ends with a letter or digit of a spaced script is found only where the word begins or ends. Spans are those
 * of the original text. Any text is accepted.
 * Cost: O(total length) to build; O(text + hits) to find.
 */
import type { Term, TermMatch } from "../model/concept.ts";
import { FoldedText, toSmallUnit } from "../text/folded-text.ts";
import { matchKey } from "../text/match-key.ts";
import { orderHits } from "./order-hits.ts";
import type { Hits } from "./order-hits.ts";

export type TermEntry = { readonly term: Term; readonly conceptId: string };

export type TermAutomaton = {
  /** By place: start ascending, the longest first. */
  readonly recognizeTerms: (text: string) => TermMatch[];
  /** Terms in it. */
  readonly size: number;
  readonly byteLength: number;
};

/** Letters and digits of scripts that put spaces between words. */
const SPACED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

function isSpaced(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
  return unit < 0x3000 && SPACED.test(String.fromCharCode(unit));
}

/** One buffer and one table for all automata: recognition never stops half-way. */
const folded = new FoldedText("width");
const small = new Uint16Array(0x10000).map((_, unit) => toSmallUnit(unit));

/** The key that is looked for: of the text, or of the part before the stem mark. */
export function patternOf(term: Pick<Term, "text" | "matching">): string {
  const mark = term.matching === "stem" ? term.text.indexOf("|") : -1;
  return matchKey(mark < 0 ? term.text : term.text.slice(0, mark));
}

class Trie {
  /** Pairs (state, child); child 0 is a free slot. */
  #edges = new Int32Array(2048);
  #edgeCount = 0;
  /** Unit that led to a state. The root has none, and the table grows only when it is half full: hence two more than half. */
  units = new Uint16Array(514);
  parents = new Int32Array(514);
  /** Bit unit & 31 is set when some child may have that unit. */
  masks = new Int32Array(514);
  count = 1;

  static #slot(state: number, unit: number, mask: number): number {
    const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & mask;
  }

  find(state: number, unit: number): number {
    if (((this.masks[state] as number) & (1 << (unit & 31))) === 0) return 0;
    const edges = this.#edges;
    const mask = (edges.length >>> 1) - 1;
    for (let slot = Trie.#slot(state, unit, mask); ; slot = (slot + 1) & mask) {
      const child = edges[2 * slot + 1] as number;
      if (child === 0) return 0;
      if (edges[2 * slot] === state && this.units[child] === unit) return child;
    }
  }

  findOrAdd(state: number, unit: number): number {
    const found = this.find(state, unit);
    if (found !== 0) return found;
    if (this.#edgeCount * 4 >= this.#edges.length) this.#grow();
    const child = this.count++;
    this.units[child] = unit;
    this.parents[child] = state;
    this.masks[state] = (this.masks[state] as number) | (1 << (unit & 31));
    this.#insert(state, unit, child);
    this.#edgeCount++;
    return child;
  }

  #insert(state: number, unit: number, child: number): void {
    const mask = (this.#edges.length >>> 1) - 1;
    let slot = Trie.#slot(state, unit, mask);
    while (this.#edges[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    this.#edges[2 * slot] = state;
    this.#edges[2 * slot + 1] = child;
  }

  #grow(): void {
    this.#edges = new Int32Array(this.#edges.length * 2);
    const room = this.#edges.length >>> 2;
    const units = new Uint16Array(room + 2);
    units.set(this.units.subarray(0, this.count));
    const parents = new Int32Array(room + 2);
    parents.set(this.parents.subarray(0, this.count));
    const masks = new Int32Array(room + 2);
    masks.set(this.masks.subarray(0, this.count));
    Object.assign(this, { units, parents, masks });
    for (let child = 1; child < this.count; child++) this.#insert(parents[child] as number, units[child] as number, child);
  }

  get byteLength(): number {
    return this.#edges.byteLength + this.units.byteLength + this.parents.byteLength + this.masks.byteLength;
  }
}

/** States in order of depth: a state's failure is shallower, so it is known when the state's turn comes. */
function orderByDepth(trie: Trie): { readonly order: Int32Array; readonly depths: Uint16Array } {
  const depths = new Uint16Array(trie.count);
  // A child is always numbered after its parent.
  for (let state = 1; state < trie.count; state++) depths[state] = (depths[trie.parents[state] as number] as number) + 1;
  const starts = new Int32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
  for (const depth of depths) starts[depth + 1] = (starts[depth + 1] as number) + 1;
  for (let depth = 1; depth < starts.length; depth++) starts[depth] = (starts[depth] as number) + (starts[depth - 1] as number);
  const order = new Int32Array(trie.count);
  for (let state = 0; state < trie.count; state++) {
    const depth = depths[state] as number;
    const slot = starts[depth] as number;
    order[slot] = state;
    starts[depth] = slot + 1;
  }
  return { order, depths };
}

/** Entries, and states, between two stops of a build: about a millisecond. */
const ENTRIES_PER_STEP = 256;
const STATES_PER_STEP = 8192;

export function createTermAutomaton(entries: Iterable<TermEntry>): TermAutomaton {
  const steps = buildTermAutomaton(entries);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, so that a server can do other things in between. */
export function* buildTermAutomaton(entries: Iterable<TermEntry>): Generator<void, TermAutomaton> {
  const kept: (TermEntry & { readonly pattern: string })[] = [];
  const trie = new Trie();
  /** State -> first entry that ends there, plus one; entry -> next entry with the same key, plus one. */
  const firstEntries = new Map<number, number>();
  const nextEntries: number[] = [];
  for (const entry of entries) {
    const pattern = patternOf(entry.term);
    // Keys are short; one of more units than a depth can number is no term.
    if (pattern === "" || pattern.length > 0xfff0) continue;
    let state = 0;
    for (let at = 0; at < pattern.length; at++) state = trie.findOrAdd(state, small[pattern.charCodeAt(at)] as number);
    kept.push({ ...entry, pattern });
    nextEntries.push(0);
    const number = kept.length;
    if (number % ENTRIES_PER_STEP === 0) yield;
    let before = firstEntries.get(state);
    if (before === undefined) firstEntries.set(state, number);
    else {
      while (nextEntries[before - 1] !== 0) before = nextEntries[before - 1] as number;
      nextEntries[before - 1] = number;
    }
  }

  yield;
  const { order, depths } = orderByDepth(trie);
  yield;
  const roots = new Int32Array(0x10000);
  const failures = new Int32Array(trie.count);
  /** State -> the state itself or its nearest suffix where a term ends; 0 for none. */
  const outputs = new Int32Array(trie.count);
  const outputEntries = new Int32Array(trie.count);
  for (const [state, entry] of firstEntries) outputEntries[state] = entry;
  const step = (from: number, unit: number): number => {
    for (let state = from; state !== 0; state = failures[state] as number) {
      const child = trie.find(state, unit);
      if (child !== 0) return child;
    }
    return roots[unit] as number;
  };
  let ordered = 0;
  for (const state of order) {
    if (++ordered % STATES_PER_STEP === 0) yield;
    if (state === 0) continue;
    const parent = trie.parents[state] as number;
    const unit = trie.units[state] as number;
    if (parent === 0) roots[unit] = state;
    else failures[state] = step(failures[parent] as number, unit);
    outputs[state] = outputEntries[state] === 0 ? (outputs[failures[state] as number] as number) : state;
  }

  function stands(entry: TermEntry & { readonly pattern: string }, start: number, end: number, length: number): boolean {
    const { codes } = folded;
    const spacedStart = start > 0 && isSpaced(codes[start] as number) && isSpaced(codes[start - 1] as number);
    if (spacedStart) return false;
    if (entry.term.matching !== "stem" && end < length && isSpaced(codes[end - 1] as number) && isSpaced(codes[end] as number)) {
      return false;
    }
    if (entry.term.matching !== "exact") return true;
    for (let at = start; at < end; at++) if (codes[at] !== entry.pattern.charCodeAt(at - start)) return false;
    return true;
  }

  function recognizeTerms(text: string): TermMatch[] {
    const length = folded.readUnits(text);
    const { codes, starts, ends } = folded;
    const hits: Hits = { starts: [], ends: [], entries: [] };
    let state = 0;
    for (let at = 0; at < length; at++) {
      const unit = small[codes[at] as number] as number;
      let child = 0;
      while (state !== 0) {
        child = trie.find(state, unit);
        if (child !== 0) break;
        state = failures[state] as number;
      }
      state = child !== 0 ? child : (roots[unit] as number);
      for (let output = outputs[state] as number; output !== 0; output = outputs[failures[output] as number] as number) {
        const start = at + 1 - (depths[output] as number);
        for (let number = outputEntries[output] as number; number !== 0; number = nextEntries[number - 1] as number) {
          const entry = kept[number - 1];
          if (!entry || !stands(entry, start, at + 1, length)) continue;
          hits.starts.push(starts[start] as number);
          hits.ends.push(ends[at] as number);
          hits.entries.push(number - 1);
        }
      }
    }
    if (hits.entries.length === 0) return [];
    return orderHits(hits, text.length).map(({ start, end, entry, depth }) => {
      const { term, conceptId } = kept[entry] as TermEntry;
      return { start, end, term, conceptId, depth };
    });
  }

  const byteLength = trie.byteLength + order.byteLength + depths.byteLength + roots.byteLength + failures.byteLength * 3;
  return { recognizeTerms, size: kept.length, byteLength };
}

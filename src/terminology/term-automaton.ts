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

function slotOf(state: number, unit: number, mask: number): number {
  const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & mask;
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

  find(state: number, unit: number): number {
    if (((this.masks[state] as number) & (1 << (unit & 31))) === 0) return 0;
    const edges = this.#edges;
    const mask = (edges.length >>> 1) - 1;
    for (let slot = slotOf(state, unit, mask); ; slot = (slot + 1) & mask) {
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
    let slot = slotOf(state, unit, mask);
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
}

/** What is known of a state, side by side: one line of the cache holds four states. */
const NODE = 4;
const MASK = 0;
const FAILURE = 1;
/** The state itself or its nearest suffix where a term ends; 0 for none. */
const OUTPUT = 2;
const DEPTH = 3;

type Frozen = {
  readonly count: number;
  /** `NODE` numbers for each state. */
  readonly nodes: Int32Array;
  readonly units: Uint16Array;
  readonly parents: Int32Array;
  /** Open-addressed (state, child); child 0 is a free slot. */
  readonly edges: Int32Array;
  /** State of the trie -> state. */
  readonly numbers: Int32Array;
};

/**
 * The same trie with its states numbered by depth. Nearly every character of a text leads to a state of depth 1 or 2:
 * these stand together then and stay in the cache. A state's failure is shallower, so it is known when its turn comes.
 */
function* freeze(trie: Trie): Generator<void, Frozen> {
  const { count } = trie;
  const depths = new Uint16Array(count);
  // A child is always numbered after its parent.
  for (let state = 1; state < count; state++) depths[state] = (depths[trie.parents[state] as number] as number) + 1;
  const starts = new Int32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
  for (const depth of depths) starts[depth + 1] = (starts[depth + 1] as number) + 1;
  for (let depth = 1; depth < starts.length; depth++) starts[depth] = (starts[depth] as number) + (starts[depth - 1] as number);
  const numbers = new Int32Array(count);
  for (let state = 0; state < count; state++) {
    const depth = depths[state] as number;
    const number = starts[depth] as number;
    numbers[state] = number;
    starts[depth] = number + 1;
  }
  yield;
  const nodes = new Int32Array(NODE * count);
  const units = new Uint16Array(count);
  const parents = new Int32Array(count);
  for (let state = 0; state < count; state++) {
    const number = numbers[state] as number;
    units[number] = trie.units[state] as number;
    parents[number] = numbers[trie.parents[state] as number] as number;
    nodes[NODE * number + MASK] = trie.masks[state] as number;
    nodes[NODE * number + DEPTH] = depths[state] as number;
  }
  yield;
  const edges = new Int32Array(2 * 2 ** Math.ceil(Math.log2(2 * count + 2)));
  const mask = (edges.length >>> 1) - 1;
  for (let state = 1; state < count; state++) {
    const parent = parents[state] as number;
    // Edges of the root have a table of their own.
    if (parent === 0) continue;
    let slot = slotOf(parent, units[state] as number, mask);
    while (edges[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    edges[2 * slot] = parent;
    edges[2 * slot + 1] = state;
  }
  return { count, nodes, units, parents, edges, numbers };
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
  const { count, nodes, units, parents, edges, numbers } = yield* freeze(trie);
  const edgeMask = (edges.length >>> 1) - 1;
  const find = (state: number, unit: number): number => {
    if (((nodes[NODE * state] as number) & (1 << (unit & 31))) === 0) return 0;
    for (let slot = slotOf(state, unit, edgeMask); ; slot = (slot + 1) & edgeMask) {
      const child = edges[2 * slot + 1] as number;
      if (child === 0 || (edges[2 * slot] === state && units[child] === unit)) return child;
    }
  };
  const roots = new Int32Array(0x10000);
  const outputEntries = new Int32Array(count);
  for (const [state, entry] of firstEntries) outputEntries[numbers[state] as number] = entry;
  const step = (from: number, unit: number): number => {
    for (let state = from; state !== 0; state = nodes[NODE * state + FAILURE] as number) {
      const child = find(state, unit);
      if (child !== 0) return child;
    }
    return roots[unit] as number;
  };
  for (let state = 1; state < count; state++) {
    if (state % STATES_PER_STEP === 0) yield;
    const parent = parents[state] as number;
    const unit = units[state] as number;
    const failure = parent === 0 ? 0 : step(nodes[NODE * parent + FAILURE] as number, unit);
    if (parent === 0) roots[unit] = state;
    nodes[NODE * state + FAILURE] = failure;
    nodes[NODE * state + OUTPUT] = outputEntries[state] === 0 ? (nodes[NODE * failure + OUTPUT] as number) : state;
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
        child = find(state, unit);
        if (child !== 0) break;
        state = nodes[NODE * state + FAILURE] as number;
      }
      state = child !== 0 ? child : (roots[unit] as number);
      let output = nodes[NODE * state + OUTPUT] as number;
      for (; output !== 0; output = nodes[NODE * (nodes[NODE * output + FAILURE] as number) + OUTPUT] as number) {
        const start = at + 1 - (nodes[NODE * output + DEPTH] as number);
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

  const byteLength = [nodes, units, parents, edges, numbers, roots, outputEntries].reduce((sum, one) => sum + one.byteLength, 0);
  return { recognizeTerms, size: kept.length, byteLength };
}

/**
 * The memory index: exact fuzzy search over the sources of a memory, with units added, changed and removed at any time.
 *
 * Method: parts of typed arrays (part.ts) that never change, as in a log-structured merge tree (O'Neil et al. 1996).
 * New texts wait in a short list that is scanned; when it is long it becomes a part; small parts of similar size are
 * joined at once, large ones by `compact`, which stops often so that a server can do other things.
 * Guarantee: `search` returns exactly what measuring every unit would return: similarity descending, then position.
 * Cost: building O(characters); a search is sublinear (bench/memory.ts prints how much).
 */
import { DistanceMeter, greatestDistance, similarityOf } from "../text/edit-distance.ts";
import { Alphabet } from "./alphabet.ts";
import { FoldedText } from "../text/folded-text.ts";
import type { Fold } from "../text/folded-text.ts";
import { buildPart, RECORD, signatureBit } from "./part.ts";
import type { Part } from "./part.ts";
import { PartSearcher } from "./search-part.ts";
import type { PreparedQuery } from "./search-part.ts";
import { TextCollector } from "./text-collector.ts";
import { TopMatches } from "./top-matches.ts";

/** `unit` is the position in the memory: 0 for the first unit given, then as returned by `add`. */
export type MemoryHit = { readonly unit: number; readonly similarity: number };

export type SearchOptions = {
  readonly threshold: number;
  readonly limit: number;
  /** Only units whose position it accepts; all when absent. */
  readonly accepts?: ((position: number) => boolean) | undefined;
};

export type MemoryIndex = {
  readonly fold: Fold;
  /** Units that are there now. */
  readonly size: number;
  readonly search: (query: string, options: SearchOptions) => MemoryHit[];
  /** Adds a unit after all others and returns its position. */
  readonly add: (source: string) => number;
  /** Positions of other units stay. Removing twice is nothing. */
  readonly remove: (position: number) => void;
  readonly change: (position: number, source: string) => void;
  /** Joins the parts into one, a few milliseconds at a time; run it to its end, other calls may come in between. */
  readonly compact: () => Generator<void, void>;
  /** Parts that a search goes through; `compact` is worth its while from about eight. */
  readonly partCount: number;
  /** Bytes of the index. */
  readonly byteLength: number;
};

export type MemoryIndexOptions = { readonly fold?: Fold };

/** New texts are scanned up to this many: about 20 microseconds a search. */
const WAITING_LIMIT = 192;
/** Parts up to this many texts are joined at once (some 30 ms); larger ones wait for `compact`. */
const JOINED_AT_ONCE = 8192;
/** Texts folded between two stops of a build. */
const STEP = 2048;

const WAITING = 0;
const REMOVED = -1;

type SerialPart = { readonly serial: number; readonly searcher: PartSearcher };

function sizeOf(part: Part): number {
  let bytes = 4 * part.count;
  for (const value of Object.values(part)) if (ArrayBuffer.isView(value)) bytes += value.byteLength;
  return bytes;
}

class PartedIndex {
  readonly fold: Fold;
  readonly #alphabet = new Alphabet();
  readonly #folded: FoldedText;
  readonly #meter = new DistanceMeter(1);
  /** Position -> serial number of the part that holds its text, WAITING or REMOVED. */
  #homes = new Int32Array(256);
  #positionCount = 0;
  #size = 0;
  #parts: SerialPart[] = [];
  #serial = 0;
  #waiting = new Map<number, Int32Array>();

  constructor(fold: Fold) {
    this.fold = fold;
    this.#folded = new FoldedText(fold);
  }

  get size(): number {
    return this.#size;
  }

  get partCount(): number {
    return this.#parts.length;
  }

  get byteLength(): number {
    let bytes = this.#homes.byteLength;
    for (const { searcher } of this.#parts) bytes += sizeOf(searcher.part);
    return bytes;
  }

  /** Adds a unit to a collector instead of the waiting list: for the units that are there from the start. */
  collect(collector: TextCollector, source: string): number {
    const length = this.#encode(source);
    const position = this.#newPosition();
    collector.add(this.#folded.codes, length, position);
    return position;
  }

  *adopt(collector: TextCollector): Generator<void, void> {
    if (collector.positionCount > 0) yield* this.#adopt(collector, []);
  }

  add(source: string): number {
    const position = this.#newPosition();
    this.#wait(position, source);
    return position;
  }

  change(position: number, source: string): void {
    if (position < 0 || position >= this.#positionCount) throw new RangeError(`no unit ${position}`);
    if (this.#homes[position] === REMOVED) this.#size++;
    this.#wait(position, source);
  }

  remove(position: number): void {
    if (position < 0 || position >= this.#positionCount || this.#homes[position] === REMOVED) return;
    this.#waiting.delete(position);
    this.#homes[position] = REMOVED;
    this.#size--;
  }

  search(query: string, { threshold, limit, accepts }: SearchOptions): MemoryHit[] {
    if (limit <= 0) return [];
    const length = this.#folded.read(query);
    const codes = new Int32Array(length);
    const signature: [number, number, number] = [0, 0, 0];
    for (let at = 0; at < length; at++) {
      const code = this.#alphabet.find(this.#folded.codes[at] as number);
      codes[at] = code;
      if (code === 0) continue;
      const bit = signatureBit(code);
      signature[bit >>> 5] = (signature[bit >>> 5] as number) | (1 << (bit & 31));
    }
    this.#meter.reserve(this.#alphabet.size);
    this.#meter.prepare(codes, length);
    const prepared: PreparedQuery = { codes, length, signature, meter: this.#meter };
    const top = new TopMatches(threshold, limit, accepts);
    for (const { searcher } of this.#parts) searcher.search(prepared, top);
    for (const [position, text] of this.#waiting) {
      const longer = Math.max(length, text.length);
      const bound = greatestDistance(longer, top.cutoff);
      if (bound < 0 || Math.abs(text.length - length) > bound) continue;
      const distance = this.#meter.measureRange(text, 0, text.length, bound);
      if (distance <= bound) top.offer(similarityOf(distance, longer), position);
    }
    return top.list();
  }

  *compact(): Generator<void, void> {
    if (this.#waiting.size > 0) this.#drain();
    if (this.#parts.length > 1) yield* this.#join([...this.#parts]);
  }

  #newPosition(): number {
    if (this.#positionCount === this.#homes.length) {
      const larger = new Int32Array(this.#homes.length * 2);
      larger.set(this.#homes);
      this.#homes = larger;
    }
    this.#size++;
    return this.#positionCount++;
  }

  /** Folds a text into dense codes, at the front of the folding buffer; returns how many. */
  #encode(source: string): number {
    const length = this.#folded.read(source);
    const { codes } = this.#folded;
    for (let at = 0; at < length; at++) codes[at] = this.#alphabet.add(codes[at] as number);
    return length;
  }

  #wait(position: number, source: string): void {
    const length = this.#encode(source);
    this.#homes[position] = WAITING;
    this.#waiting.set(position, Int32Array.from(this.#folded.codes.subarray(0, length)));
    if (this.#waiting.size > WAITING_LIMIT) this.#drain();
  }

  /** Makes a part of the waiting texts and joins it with small ones of its size. */
  #drain(): void {
    const collector = new TextCollector();
    for (const [position, codes] of this.#waiting) collector.add(codes, codes.length, position);
    this.#waiting = new Map();
    for (const step = this.#adopt(collector, []); !step.next().done;);
    for (;;) {
      const [before, last] = this.#parts.slice(-2);
      if (!before || !last) return;
      const [large, small] = [before.searcher.part.count, last.searcher.part.count];
      if (large > 2 * small || large + small > JOINED_AT_ONCE) return;
      for (const step = this.#join([before, last]); !step.next().done;);
    }
  }

  *#join(parts: readonly SerialPart[]): Generator<void, void> {
    const collector = new TextCollector();
    for (const { serial, searcher } of parts) {
      const { part } = searcher;
      for (let text = 0; text < part.count; text++) {
        const codes = part.heap.subarray(part.records[text * RECORD], part.records[(text + 1) * RECORD]);
        const end = part.positionStarts[text + 1] as number;
        for (let at = part.positionStarts[text] as number; at < end; at++) {
          const position = part.positions[at] as number;
          if (this.#homes[position] === serial) collector.add(codes, codes.length, position);
        }
        if (text % STEP === 0) yield;
      }
    }
    yield* this.#adopt(collector, parts);
  }

  /** Builds a part and puts it in the place of others. A unit that was changed or removed meanwhile stays where it is now. */
  *#adopt(collector: TextCollector, replaced: readonly SerialPart[]): Generator<void, void> {
    const part = yield* buildPart(collector, this.#alphabet.size);
    const serial = ++this.#serial;
    const old = new Set([WAITING, ...replaced.map((entry) => entry.serial)]);
    for (const position of part.positions) {
      const home = this.#homes[position] as number;
      if (old.has(home) && !this.#waiting.has(position)) this.#homes[position] = serial;
    }
    const searcher = new PartSearcher(part, (position) => this.#homes[position] === serial);
    const at = replaced[0] ? this.#parts.indexOf(replaced[0]) : this.#parts.length;
    const kept = this.#parts.filter((entry) => !replaced.includes(entry));
    kept.splice(at, 0, { serial, searcher });
    this.#parts = kept;
  }
}

export type MemoryIndexBuilder = {
  /** Adds a unit and returns its position. */
  readonly add: (source: string) => number;
  /** Builds the index, stopping every few milliseconds. Once only. */
  readonly finish: () => Generator<void, MemoryIndex>;
};

/** For units that come one by one, as from a file that is being read. */
export function startMemoryIndex(options: MemoryIndexOptions = {}): MemoryIndexBuilder {
  const index = new PartedIndex(options.fold ?? "width");
  const collector = new TextCollector();
  return {
    add: (source) => index.collect(collector, source),
    *finish() {
      yield* index.adopt(collector);
      return index;
    },
  };
}

/** Runs a build to its end. */
export function finishNow<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Builds an index over the sources of units, in their order. */
export function createMemoryIndex(units: Iterable<{ readonly source: string }>, options: MemoryIndexOptions = {}): MemoryIndex {
  const builder = startMemoryIndex(options);
  for (const unit of units) builder.add(unit.source);
  return finishNow(builder.finish());
}

/** The index behind memory-index.ts: immutable parts, the texts that wait for one, and where each unit's text is now. */
import type { Fold } from "../text/folded-text.ts";
import { buildPart } from "./build-part.ts";
import { arraysOf, MOST_TEXTS, RECORD } from "./part.ts";
import type { Part } from "./part.ts";
import { PartSearcher } from "./search-part.ts";
import { SearchQuery } from "./search-query.ts";
import type { TextCoder, Tokens } from "./text-coder.ts";
import { TextCollector } from "./text-collector.ts";
import { TopMatches } from "./top-matches.ts";
import type { HitSink, MemoryHit, TopOptions } from "./top-matches.ts";
import { WaitingTexts } from "./waiting-texts.ts";

export type MemoryIndexBatch = {
  /** Adds a unit after all others and returns its position; a search finds it after `finish`. */
  readonly add: (source: string, group?: number) => number;
  /** Takes the units in, stopping every few milliseconds; other calls may come in between. Once only. */
  readonly finish: () => Generator<void, void>;
};

export type BatchOptions = {
  /** About how many units will come: room for them is made at once. */
  readonly expected?: number | undefined;
};

export type MemoryIndex = {
  readonly fold: Fold;
  readonly tokens: Tokens;
  /** Units that are there now. */
  readonly size: number;
  readonly search: (query: string, options: TopOptions) => MemoryHit[];
  /** Adds a unit after all others and returns its position. Its group (a memory, below 65,536) is for `search`. */
  readonly add: (source: string, group?: number) => number;
  /** Positions of other units stay. Removing twice is nothing. */
  readonly remove: (position: number) => void;
  readonly change: (position: number, source: string) => void;
  /** Starts to add many units at once, at a fifth of the cost. */
  readonly startBatch: (options?: BatchOptions) => MemoryIndexBatch;
  /**
   * Joins small parts with each other, and with a large one when they are half as many: a few milliseconds at a time;
   * run it to its end, other calls may come in between.
   */
  readonly compact: () => Generator<void, void>;
  /** Parts that a search goes through; `compact` is worth its while from about eight. */
  readonly partCount: number;
  /** Bytes of the index. */
  readonly byteLength: number;
  /** Is there a unit at that position, neither removed nor never added? */
  readonly has: (position: number) => boolean;
  /** Is this the text of the unit at that position, as far as the index tells texts apart? */
  readonly holds: (position: number, source: string) => boolean;
  /** The group of the unit at that position; -1 when there never was one. */
  readonly groupOf: (position: number) => number;
  /** What it consists of, to be saved (index-image.ts). */
  readonly takeState: () => IndexState;
};

/** New texts are scanned up to this many: some microseconds a search. */
const WAITING_LIMIT = 192;
/** Parts up to this many texts are joined at once (some 10 ms); larger ones wait for `compact`. */
const JOINED_AT_ONCE = 2048;
/** Units that are told their part between two stops: a millisecond or two. */
const MOVED_AT_ONCE = 1 << 16;
/** Texts folded between two stops of a join. */
const STEP = 2048;

export const WAITING = 0;
const REMOVED = -1;

type SerialPart = { readonly serial: number; readonly searcher: PartSearcher };

/** What an index consists of: enough to go on with it elsewhere (index-image.ts). Parts never change, the rest is a copy. */
export type IndexState = {
  readonly coder: TextCoder;
  /** Position -> serial number of the part that holds its text, 0 for waiting, -1 for removed. */
  readonly homes: Int32Array;
  readonly groups: Uint16Array;
  readonly parts: readonly { readonly serial: number; readonly part: Part }[];
  readonly waiting: readonly (readonly [number, Int32Array])[];
};

export class PartedIndex implements MemoryIndex {
  readonly #coder: TextCoder;
  readonly #query = new SearchQuery();
  #homes = new Int32Array(256);
  #groups = new Uint16Array(256);
  #positionCount = 0;
  #size = 0;
  #parts: SerialPart[] = [];
  #serial = 0;
  readonly #waiting = new WaitingTexts();

  constructor(coder: TextCoder, state?: Omit<IndexState, "coder">) {
    this.#coder = coder;
    if (!state) return;
    this.#homes = state.homes as Int32Array<ArrayBuffer>;
    this.#groups = state.groups as Uint16Array<ArrayBuffer>;
    this.#positionCount = state.homes.length;
    for (const home of state.homes) if (home !== REMOVED) this.#size++;
    for (const { serial, part } of state.parts) {
      this.#parts.push({ serial, searcher: this.#createSearcher(part, serial) });
      this.#serial = Math.max(this.#serial, serial);
    }
    for (const [position, codes] of state.waiting) this.#waiting.set(position, codes);
  }

  get fold(): Fold {
    return this.#coder.fold;
  }

  get tokens(): Tokens {
    return this.#coder.tokens;
  }

  get size(): number {
    return this.#size;
  }

  get partCount(): number {
    return this.#parts.length;
  }

  get byteLength(): number {
    let bytes = this.#homes.byteLength + this.#groups.byteLength;
    for (const { searcher } of this.#parts) {
      // One number a text says whether a search has seen it.
      bytes += 4 * searcher.part.count;
      for (const array of arraysOf(searcher.part)) bytes += array.byteLength;
    }
    return bytes;
  }

  has(position: number): boolean {
    return position < this.#positionCount && (this.#homes[position] ?? REMOVED) !== REMOVED;
  }

  groupOf(position: number): number {
    return position < this.#positionCount ? (this.#groups[position] ?? -1) : -1;
  }

  takeState(): IndexState {
    return {
      coder: this.#coder,
      homes: this.#homes.slice(0, this.#positionCount),
      groups: this.#groups.slice(0, this.#positionCount),
      parts: this.#parts.map(({ serial, searcher }) => ({ serial, part: searcher.part })),
      waiting: [...this.#waiting.entries()],
    };
  }

  startBatch({ expected = 0 }: BatchOptions = {}): MemoryIndexBatch {
    const full: TextCollector[] = [];
    let collector = new TextCollector(Math.min(expected, MOST_TEXTS));
    return {
      add: (source, group = 0) => {
        const length = this.#coder.add(source);
        const position = this.#newPosition(group);
        if (collector.count === MOST_TEXTS) {
          full.push(collector);
          collector = new TextCollector();
        }
        collector.add(this.#coder.codes, { from: 0, to: length, position });
        return position;
      },
      finish: () => this.#finishAll([...full, collector]),
    };
  }

  *#finishAll(collectors: readonly TextCollector[]): Generator<void, void> {
    for (const collector of collectors) yield* this.#finish(collector);
  }

  /** A few units wait with the others; more become a part. */
  *#finish(collector: TextCollector): Generator<void, void> {
    const { table, positionCount, positions, texts } = collector;
    if (positionCount > WAITING_LIMIT || (positionCount > 0 && this.#parts.length === 0)) {
      yield* this.#adopt(collector, []);
      return;
    }
    for (let at = 0; at < positionCount; at++) {
      const position = positions[at] as number;
      const text = texts[at] as number;
      // Removed or changed since it was added to the batch.
      if (this.#homes[position] !== WAITING || this.#waiting.has(position)) continue;
      this.#waiting.set(position, Int32Array.from(table.heap.subarray(table.starts[text], table.starts[text + 1])));
    }
    if (this.#waiting.size > WAITING_LIMIT) this.#drain();
  }

  add(source: string, group = 0): number {
    const position = this.#newPosition(group);
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

  search(query: string, options: TopOptions): MemoryHit[] {
    if (options.limit <= 0) return [];
    const top = new TopMatches(options, this.#groups);
    this.#offerHits(query, top);
    return top.list();
  }

  holds(position: number, source: string): boolean {
    let isFound = false;
    const offer = (_: number, found: number) => (isFound ||= found === position) || true;
    this.#offerHits(source, { cutoff: 100, offer });
    return isFound;
  }

  #offerHits(query: string, top: HitSink): void {
    const length = this.#coder.find(query);
    this.#query.prepare(this.#coder.codes, length, this.#coder.size);
    for (const { searcher } of this.#parts) searcher.search(this.#query, top);
    if (this.#waiting.size > 0) this.#waiting.search(this.#query, top);
  }

  *compact(): Generator<void, void> {
    if (this.#waiting.size > 0) this.#drain();
    const parts = [...this.#parts];
    let rest = parts.reduce((sum, { searcher }) => sum + searcher.part.count, 0);
    // The first that is not much larger than all that come after it, and those.
    const first = parts.findIndex(({ searcher }) => {
      const { count } = searcher.part;
      rest -= count;
      return count <= 2 * rest && count + rest <= MOST_TEXTS;
    });
    if (first >= 0) yield* this.#join(parts.slice(first));
  }

  #newPosition(group: number): number {
    if (this.#positionCount === this.#homes.length) {
      const homes = new Int32Array(this.#homes.length * 2 + 1);
      homes.set(this.#homes);
      this.#homes = homes;
      const groups = new Uint16Array(homes.length);
      groups.set(this.#groups);
      this.#groups = groups;
    }
    this.#groups[this.#positionCount] = group;
    this.#size++;
    return this.#positionCount++;
  }

  #wait(position: number, source: string): void {
    const length = this.#coder.add(source);
    this.#homes[position] = WAITING;
    this.#waiting.set(position, this.#coder.codes.slice(0, length));
    if (this.#waiting.size > WAITING_LIMIT) this.#drain();
  }

  /** Makes a part of the waiting texts and joins it with small ones of its size. */
  #drain(): void {
    const collector = new TextCollector();
    this.#waiting.moveTo(collector);
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
    const collector = new TextCollector(parts.reduce((sum, { searcher }) => sum + searcher.part.count, 0));
    for (const { serial, searcher } of parts) {
      const { part } = searcher;
      for (let text = 0; text < part.count; text++) {
        const from = part.records[text * RECORD] as number;
        const to = part.records[(text + 1) * RECORD] as number;
        const end = part.positionStarts[text + 1] as number;
        for (let at = part.positionStarts[text] as number; at < end; at++) {
          const position = part.positions[at] as number;
          if (this.#homes[position] === serial) collector.add(part.heap, { from, to, position });
        }
        if (text % STEP === 0) yield;
      }
    }
    yield* this.#adopt(collector, parts);
  }

  /** Builds a part and puts it in the place of others. A unit that was changed or removed meanwhile stays where it is now. */
  *#adopt(collector: TextCollector, replaced: readonly SerialPart[]): Generator<void, void> {
    const part = yield* buildPart(collector, this.#coder.size);
    const serial = ++this.#serial;
    const searcher = this.#createSearcher(part, serial);
    yield;
    const old = new Set(replaced.map((entry) => entry.serial));
    const { positions } = part;
    for (let entry = 0; entry < positions.length; entry++) {
      // New units are not found before the part is there. Those of other parts move at once, so that no search comes between.
      if (entry > 0 && entry % MOVED_AT_ONCE === 0 && replaced.length === 0) yield;
      const homes = this.#homes;
      const position = positions[entry] as number;
      const home = homes[position] as number;
      const isOurs = home === WAITING ? this.#waiting.size === 0 || !this.#waiting.has(position) : old.size > 0 && old.has(home);
      if (isOurs) homes[position] = serial;
    }
    const at = replaced[0] ? this.#parts.indexOf(replaced[0]) : this.#parts.length;
    const kept = this.#parts.filter((entry) => !replaced.includes(entry));
    kept.splice(at, 0, { serial, searcher });
    this.#parts = kept;
  }

  #createSearcher(part: Part, serial: number): PartSearcher {
    return new PartSearcher(part, (position) => this.#homes[position] === serial);
  }
}

/**
 * Concordance: every unit whose source or target holds a text, from one character on, in any language; and those that hold
 * nearly the same. With what a list is filtered and ordered by, held beside the texts.
 *
 * Method: a scan of the joined search forms of a side (text-haystack.ts); near wordings by pieces that must stand whole
 * (near-search.ts). What was found is a byte a unit, so that a list is made anew for another filter or order at once.
 * Guarantee: all units, whatever filter; order by place is that of the memories. A search stops every fraction of a
 * millisecond: it may be left, and other work goes on between.
 * Cost: O(characters) to take in and to search, 1.1 to 2 bytes a character and 34 a unit; some 100 ms at a million units.
 */
import type { TranslationState } from "../model/translation-unit.ts";
import { FoldedText, toSmallUnit } from "../text/folded-text.ts";
import { toSearchUnits } from "./find-spans.ts";
import { NearSearch, nearnessOf, piecesOf } from "./near-search.ts";
import { TextHaystack } from "./text-haystack.ts";

export type ConcordanceSide = "source" | "target";
export type AskedSide = ConcordanceSide | "both";

/** A unit as it is taken in. */
export type ConcordanceUnit = {
  readonly source: string;
  readonly target: string;
  readonly memoryId: string;
  readonly position: number;
  readonly document?: string | undefined;
  readonly author?: string | undefined;
  /** ISO: the last change. */
  readonly changedAt?: string | undefined;
  readonly state: TranslationState;
};

/** What a search has found so far. */
export type Hits = {
  /** For each number: 1 in the source, 2 in the target, 3 in both. */
  readonly sides: Uint8Array;
  /** Of a near search: the least distance plus one. */
  readonly distances?: Uint8Array;
};

export const IN_SOURCE = 1;
export const IN_TARGET = 2;

const STATES: readonly TranslationState[] = ["initial", "translated", "reviewed", "final"];
const MS_PER_DAY = 86_400_000;
const LONGEST_COUNTED = 0xffff;

const folded = new FoldedText("width");

function foldSmall(text: string): number {
  const length = folded.readUnits(text);
  for (let at = 0; at < length; at++) folded.codes[at] = toSmallUnit(folded.codes[at] as number);
  return length;
}

/** Days since 1970; 0 when there is none. */
export function toDayNumber(instant: string | undefined): number {
  const time = instant === undefined ? NaN : Date.parse(instant.slice(0, 10));
  return Number.isNaN(time) ? 0 : Math.max(0, Math.floor(time / MS_PER_DAY));
}

/** Values of a column by number: a million units have a few thousand documents. */
export class Names {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  find(value: string): number | undefined {
    return this.#numbers.get(value);
  }
}

type Columns = {
  readonly memory: Uint16Array;
  readonly position: Int32Array;
  readonly document: Int32Array;
  readonly author: Int32Array;
  readonly day: Uint16Array;
  readonly state: Uint8Array;
  readonly sourceLength: Uint16Array;
  readonly targetLength: Uint16Array;
  readonly isThere: Uint8Array;
};

function createColumns(room: number, before?: Columns): Columns {
  const make = <T extends Uint8Array | Uint16Array | Int32Array>(fresh: T, old: T | undefined): T => {
    if (old) fresh.set(old);
    return fresh;
  };
  return {
    memory: make(new Uint16Array(room), before?.memory),
    position: make(new Int32Array(room), before?.position),
    document: make(new Int32Array(room), before?.document),
    author: make(new Int32Array(room), before?.author),
    day: make(new Uint16Array(room), before?.day),
    state: make(new Uint8Array(room), before?.state),
    sourceLength: make(new Uint16Array(room), before?.sourceLength),
    targetLength: make(new Uint16Array(room), before?.targetLength),
    isThere: make(new Uint8Array(room), before?.isThere),
  };
}

export class Concordance {
  readonly memories = new Names();
  readonly documents = new Names();
  readonly authors = new Names();
  readonly #sides = { source: new TextHaystack(), target: new TextHaystack() } as const;
  #columns = createColumns(1024);
  #count = 0;
  #size = 0;

  /** Units that are there now. */
  get size(): number {
    return this.#size;
  }

  /** Numbers that were given out: one more than the highest. */
  get count(): number {
    return this.#count;
  }

  get columns(): Columns {
    return this.#columns;
  }

  get byteLength(): number {
    let bytes = this.#sides.source.byteLength + this.#sides.target.byteLength;
    for (const column of Object.values(this.#columns)) bytes += column.byteLength;
    return bytes;
  }

  /** Takes a unit in and returns its number. A changed unit is removed and taken in anew. */
  add(unit: ConcordanceUnit): number {
    const number = this.#count;
    if (number === this.#columns.memory.length) this.#columns = createColumns(2 * number, this.#columns);
    const columns = this.#columns;
    columns.memory[number] = this.memories.numberOf(unit.memoryId);
    columns.position[number] = unit.position;
    columns.document[number] = this.documents.numberOf(unit.document ?? "");
    columns.author[number] = this.authors.numberOf(unit.author ?? "");
    columns.day[number] = toDayNumber(unit.changedAt);
    columns.state[number] = STATES.indexOf(unit.state);
    columns.isThere[number] = 1;
    const sourceLength = foldSmall(unit.source);
    this.#sides.source.add(number, folded.codes, sourceLength);
    columns.sourceLength[number] = Math.min(sourceLength, LONGEST_COUNTED);
    const targetLength = foldSmall(unit.target);
    this.#sides.target.add(number, folded.codes, targetLength);
    columns.targetLength[number] = Math.min(targetLength, LONGEST_COUNTED);
    this.#count++;
    this.#size++;
    return number;
  }

  remove(number: number): void {
    if (!this.#columns.isThere[number]) return;
    this.#columns.isThere[number] = 0;
    this.#size--;
  }

  stateOf(number: number): TranslationState {
    return STATES[this.#columns.state[number] ?? 0] ?? "translated";
  }

  /** Finds the units that hold `asked`, marking them in `hits` as it goes; yields the share of the work that is done. */
  *search(asked: string, side: AskedSide, hits: Hits): Generator<number, void> {
    const wanted = toSearchUnits(asked);
    for (const one of sidesOf(side)) {
      const mark = one === "source" ? IN_SOURCE : IN_TARGET;
      const { sides } = hits;
      for (const share of this.#sides[one].search(wanted, (number) => void (sides[number] = (sides[number] as number) | mark))) {
        yield shareOf(side, one, share);
      }
    }
  }

  /** Finds the units that hold nearly `asked`; those that hold it as it is are among them, with no distance. */
  *searchNear(asked: string, side: AskedSide, hits: Required<Hits>): Generator<number, void> {
    const wanted = toSearchUnits(asked);
    const most = nearnessOf(wanted);
    if (most === 0) return;
    const near = new NearSearch(wanted, most);
    const pieces = piecesOf(wanted, most);
    for (const one of sidesOf(side)) {
      const mark = one === "source" ? IN_SOURCE : IN_TARGET;
      const looked = new Uint8Array(this.#count);
      for (const [at, piece] of pieces.entries()) {
        const look = (number: number, text: string, start: number, end: number) => {
          if (looked[number]) return;
          looked[number] = 1;
          const found = near.find(text, start, end);
          if (!found) return;
          const before = hits.distances[number] as number;
          hits.sides[number] = (hits.sides[number] as number) | mark;
          if (before === 0 || found.distance + 1 < before) hits.distances[number] = found.distance + 1;
        };
        for (const share of this.#sides[one].search(piece, look)) yield shareOf(side, one, (at + share) / pieces.length);
      }
    }
  }
}

function sidesOf(side: AskedSide): readonly ConcordanceSide[] {
  return side === "both" ? ["source", "target"] : [side];
}

function shareOf(asked: AskedSide, side: ConcordanceSide, share: number): number {
  return asked === "both" ? (share + (side === "target" ? 1 : 0)) / 2 : share;
}

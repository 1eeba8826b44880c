/**
 * What is in a memory, in figures: units, characters and words of both sides, by document, author, year and state, equal
 * pairs, the longest and the average length. Counted when asked for, kept until the memory changes.
 *
 * Characters are those that are not white space. Words are runs of letters and digits that are not Han; a Han character
 * counts as a word, as translators of Chinese are paid. Equal pairs are counted by a 52-bit hash of both texts.
 * Cost: O(characters), some ten seconds for a million units, other work going on meanwhile.
 */
import type { Facet, StoredUnit } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { startTurns } from "./take-turns.ts";

export type SideStatistics = {
  readonly characters: number;
  readonly words: number;
  /** Of a unit, in characters. */
  readonly average: number;
  readonly longest: number;
  readonly longestUnit?: string;
};

export type MemoryStatistics = {
  readonly units: number;
  /** Units that are equal to an earlier one in both texts. */
  readonly repeated: number;
  readonly source: SideStatistics;
  readonly target: SideStatistics;
  readonly documents: readonly Facet[];
  readonly authors: readonly Facet[];
  readonly states: readonly Facet[];
  readonly years: readonly Facet[];
};

const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{Nd}])+(?:['’.,-](?:(?!\p{Script=Han})[\p{L}\p{M}\p{Nd}])+)*/gu;

class Side {
  #characters = 0;
  #words = 0;
  #longest = 0;
  #longestUnit: string | undefined;

  add(text: string, unitId: string): void {
    let length = 0;
    for (const character of text) if (character.trim() !== "") length++;
    this.#characters += length;
    this.#words += text.match(WORD)?.length ?? 0;
    if (length <= this.#longest) return;
    this.#longest = length;
    this.#longestUnit = unitId;
  }

  describe(units: number): SideStatistics {
    return {
      characters: this.#characters,
      words: this.#words,
      average: units === 0 ? 0 : Math.round((10 * this.#characters) / units) / 10,
      longest: this.#longest,
      ...(this.#longestUnit === undefined ? {} : { longestUnit: this.#longestUnit }),
    };
  }
}

/** Two rolling hashes of 26 bits (multiply and add), as one whole number that a double holds exactly. */
function hashPair(source: string, target: string): number {
  let high = 7;
  let low = 11;
  for (const text of [source, "\u0000", target]) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = (Math.imul(high, 31) + code) | 0;
      low = (Math.imul(low, 16777619) ^ code) | 0;
    }
  }
  return (high & 0x3ffffff) * 0x4000000 + (low & 0x3ffffff);
}

/** A prime: the hash is dealt out by its low bits as well as its high ones. */
const SETS = 61;

async function countMemory(
  { stores }: Application,
  memoryIds: readonly string[],
  onProgress: (units: number) => void = () => undefined,
): Promise<MemoryStatistics> {
  const sides = { source: new Side(), target: new Side() };
  const facets = { documents: new Map(), authors: new Map(), states: new Map(), years: new Map() } satisfies Record<
    string,
    Map<string, number>
  >;
  // Many sets: one of a million numbers takes some 50 ms each time that it grows.
  const seen = Array.from({ length: SETS }, () => new Set<number>());
  let units = 0;
  const turns = startTurns();
  const add = (unit: StoredUnit) => {
    units++;
    sides.source.add(unit.source, unit.id);
    sides.target.add(unit.target, unit.id);
    const hash = hashPair(unit.source, unit.target);
    seen[hash % SETS]?.add(hash);
    count(facets.documents, unit.document ?? "");
    count(facets.authors, unit.author ?? "");
    count(facets.states, unit.state);
    count(facets.years, (unit.changedAt ?? unit.createdAt ?? "").slice(0, 4));
  };
  for (const id of memoryIds) {
    for await (const piece of stores.memories.readUnits(id)) {
      for (const unit of piece) {
        add(unit);
        if (turns.isOver()) await turns.next();
      }
      onProgress(units);
    }
  }
  return {
    units,
    repeated: units - seen.reduce((sum, { size }) => sum + size, 0),
    source: sides.source.describe(units),
    target: sides.target.describe(units),
    documents: toFacets(facets.documents),
    authors: toFacets(facets.authors),
    states: toFacets(facets.states),
    years: toFacets(facets.years).sort((one, other) => (one.value < other.value ? 1 : -1)),
  };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function toFacets(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

type Kept = { readonly version: number; readonly statistics: Promise<MemoryStatistics> };
const kept = new WeakMap<Application, Map<string, Kept>>();

/** Of one memory of a project (also a lent one), or of all. */
export async function findStatistics(
  application: Application,
  { projectId, memoryId }: { readonly projectId: string; readonly memoryId?: string | undefined },
): Promise<MemoryStatistics | undefined> {
  const { stores } = application;
  const memories = await stores.memories.list(projectId);
  const ids = memories.map(({ id }) => id).filter((id) => memoryId === undefined || id === memoryId);
  if (memoryId !== undefined && ids.length === 0) return undefined;
  const version = await stores.memories.memoryVersion(projectId);
  let counted = kept.get(application);
  if (!counted) kept.set(application, (counted = new Map()));
  const key = `${projectId}/${memoryId ?? ""}`;
  const known = counted.get(key);
  if (known?.version === version) return known.statistics;
  const statistics = countMemory(application, ids);
  counted.set(key, { version, statistics });
  statistics.catch(() => counted.delete(key));
  return statistics;
}

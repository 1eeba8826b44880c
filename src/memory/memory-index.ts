/**
 * The memory index: exact fuzzy search over the sources of a memory, with units added, changed and removed at any time.
 *
 * Method: parts of typed arrays (part.ts) that never change, as in a log-structured merge tree (O'Neil et al. 1996).
 * New texts wait in a short list that is scanned; when it is long it becomes a part; small parts of similar size are
 * joined at once, large ones by `compact`, which stops often so that a server can do other things.
 * Guarantee: `search` returns exactly what measuring every unit would return: score (similarity less the penalty of the
 * unit's group) descending, then rank of the group, then position. Of texts beyond 10,000 characters those are found that
 * differ from the query in few places (419 at 100,000 characters, 35 at a million): one measurement must not hold a server.
 * Cost: building O(characters); a search is sublinear (bench/memory.ts prints how much).
 */
import type { Fold } from "../text/folded-text.ts";
import { createTextCoder } from "./text-coder.ts";
import type { Tokens } from "./text-coder.ts";
import { PartedIndex } from "./parted-index.ts";
import type { MemoryIndex } from "./parted-index.ts";

export type { MemoryIndex } from "./parted-index.ts";
export type { MemoryHit, TopOptions as SearchOptions } from "./top-matches.ts";

export type MemoryIndexOptions = {
  readonly fold?: Fold;
  /** What is compared; `tokensOf` (text-coder.ts) says it for a language. */
  readonly tokens?: Tokens;
  /** About how many units will come: room for them is made at once. */
  readonly expected?: number;
};

export type MemoryIndexBuilder = {
  /** Adds a unit and returns its position. */
  readonly add: (source: string, group?: number) => number;
  /** Builds the index, stopping every few milliseconds. Once only. */
  readonly finish: () => Generator<void, MemoryIndex>;
};

/** For units that come one by one, as from a file that is being read. */
export function startMemoryIndex({
  fold = "width",
  tokens = "characters",
  ...batch
}: MemoryIndexOptions = {}): MemoryIndexBuilder {
  const index = new PartedIndex(createTextCoder({ fold, tokens }));
  const { add, finish } = index.startBatch(batch);
  return {
    add,
    *finish() {
      yield* finish();
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
export function createMemoryIndex(
  units: Iterable<{ readonly source: string; readonly group?: number }>,
  options: MemoryIndexOptions = {},
): MemoryIndex {
  const builder = startMemoryIndex(options);
  for (const unit of units) builder.add(unit.source, unit.group);
  return finishNow(builder.finish());
}

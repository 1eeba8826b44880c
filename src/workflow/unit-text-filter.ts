/**
 * Units whose texts hold some words, with the other conditions of a filter, by the concordance: a look through a million
 * texts that are at hand, where the store would read every row.
 *
 * Guarantee: the units, in the order of their ids, that the store finds for the same filter (unit-filters.ts), which folds
 * texts in the same way. Cost: the first question reads the texts of all memories (concordance-index.ts); then some
 * milliseconds for a hundred thousand units, and nothing for the next page of the same list.
 */
import { arrangeHits } from "../memory/arrange-hits.ts";
import { toSearchUnits } from "../memory/find-spans.ts";
import type { UnitFilter } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { openConcordance, unitIdOf } from "./concordance-index.ts";
import type { ProjectConcordance } from "./concordance-index.ts";
import { searchFor } from "./concordance-search.ts";
import type { Search } from "./concordance-search.ts";
import { takeTurns } from "./take-turns.ts";

export type FoundUnits = {
  readonly count: number;
  /** Ids behind `after`, at most `limit`. */
  readonly list: (page: { readonly after?: string | undefined; readonly limit: number }) => readonly string[];
};

/** Milliseconds between two looks: a search that nobody asks about is given up (concordance-search.ts). */
const PATIENCE = 500;

/** The list of a search that was made last. */
const kept = new WeakMap<Search, { readonly key: string; readonly numbers: Int32Array }>();

async function openReady(application: Application, projectId: string): Promise<ProjectConcordance> {
  for (;;) {
    const opened = await openConcordance(application, projectId, { patience: PATIENCE });
    if (opened.kind === "ready") return opened.project;
  }
}

/** Undefined when the filter asks for no text, or for what the concordance does not know: the store must look. */
export async function findUnitsByText(
  application: Application,
  { projectId, filter }: { readonly projectId: string; readonly filter: UnitFilter },
): Promise<FoundUnits | undefined> {
  const { text = "", side = "both", memoryIds, states, document, author, from, to, importId } = filter;
  const isKnown = importId === undefined && memoryIds?.length !== 0 && states?.length !== 0;
  if (!isKnown || toSearchUnits(text) === "") return undefined;
  const project = await openReady(application, projectId);
  const wanted = { find: text, side, manner: "text", patience: PATIENCE } as const;
  let search = await searchFor(application, project, wanted);
  while (search.end === undefined) search = await searchFor(application, project, wanted);
  const memoryOrder = [...project.memories.keys()].sort();
  const documents = document === undefined ? undefined : [document];
  const authors = author === undefined ? undefined : [author];
  const conditions = { memories: memoryIds, states, documents, authors, from, to };
  const key = JSON.stringify([conditions, memoryOrder]);
  const known = kept.get(search);
  const numbers =
    known?.key === key
      ? known.numbers
      : (await takeTurns(arrangeHits(project.concordance, search.hits, { filter: conditions, order: "place", memoryOrder })))
          .numbers;
  kept.set(search, { key, numbers });
  return {
    count: numbers.length,
    list({ after, limit }) {
      const start = after === undefined ? 0 : findBehind(project, numbers, after);
      return [...numbers.subarray(start, start + limit)].map((number) => unitIdOf(project, number));
    },
  };
}

/** The first of the numbers, in the order of their ids, whose id comes after one. */
function findBehind(project: ProjectConcordance, numbers: Int32Array, id: string): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (unitIdOf(project, numbers[middle] as number) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Searches of the concordance: each goes on by itself, a few milliseconds at a time, while the page is told what was found
 * so far; the latest few are kept, so that the next part of the list, another filter or order costs no search.
 *
 * A search that nobody has asked about for a while is given up: a person who types makes one with every letter. What must
 * be written exactly as asked is found in any form first and then looked at in the store. Patterns run in a worker
 * (pattern-task.ts) and are cut off.
 */
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { AskedSide, Hits } from "../memory/concordance.ts";
import { IN_SOURCE, IN_TARGET } from "../memory/concordance.ts";
import { findSpans, toSearchUnits } from "../memory/find-spans.ts";
import type { Likeness } from "../memory/find-spans.ts";
import { STORE_FILE } from "./application.ts";
import type { Application } from "./application.ts";
import { numberAt, unitIdOf } from "./concordance-index.ts";
import type { ProjectConcordance } from "./concordance-index.ts";
import type { Pattern } from "./pattern-task.ts";
import { startTurns } from "./take-turns.ts";

export type SearchRequest = Likeness & {
  readonly find: string;
  readonly side: AskedSide;
  /** `text`: as it is. `near`: with a few characters different. `pattern`: a regular expression. */
  readonly manner: "text" | "near" | "pattern";
  /** Milliseconds for a pattern. */
  readonly patternLimit?: number | undefined;
};

/** `running-out`: a pattern took too long on a single unit, so that nothing is known. */
export type SearchEnd = "complete" | "time-over" | "running-out";

export type Search = {
  readonly hits: Hits;
  /** 0 to 1. */
  share: number;
  end: SearchEnd | undefined;
  /** Of a pattern that was cut off: units that were looked at. */
  searched: number | undefined;
};

type KeptSearch = Search & { readonly version: number; readonly work: Promise<void>; askedAt: number };

const KEPT = 6;
/** A page asks again several times a second while a search runs. */
const GIVEN_UP_AFTER = 2000;
const UNITS_PER_LOOK = 200;
const PATTERN_LIMIT = 4000;
/** What the thread of a pattern gets that does not come back from a single unit. */
const HARD_LIMIT_FACTOR = 1.5;

class GivenUp extends Error {}

const searches = new WeakMap<ProjectConcordance, Map<string, KeptSearch>>();

/** The search as it stands after at most `patience` ms. */
export async function searchFor(
  application: Application,
  project: ProjectConcordance,
  { patience, ...request }: SearchRequest & { readonly patience: number },
): Promise<Search> {
  let kept = searches.get(project);
  if (!kept) searches.set(project, (kept = new Map()));
  const { find, side, manner, isCaseExact = false, isWidthExact = false } = request;
  const key = JSON.stringify([find, side, manner, isCaseExact, isWidthExact]);
  let search = kept.get(key);
  if (search?.version !== project.version) search = undefined;
  kept.delete(key);
  search ??= start(application, { project, request, onGivenUp: () => void kept.delete(key) });
  kept.set(key, search);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  search.askedAt = performance.now();
  const late = new AbortController();
  await Promise.race([search.work, wait(patience, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  return search;
}

type Start = { readonly project: ProjectConcordance; readonly request: SearchRequest; readonly onGivenUp: () => void };

function start(application: Application, { project, request, onGivenUp }: Start): KeptSearch {
  const { count } = project.concordance;
  const hits: Required<Hits> | Hits =
    request.manner === "near"
      ? { sides: new Uint8Array(count), distances: new Uint8Array(count) }
      : { sides: new Uint8Array(count) };
  const search = {
    hits,
    share: 0,
    end: undefined as SearchEnd | undefined,
    searched: undefined as number | undefined,
    version: project.version,
    work: Promise.resolve(),
    askedAt: performance.now(),
  };
  const run = { application, project, request, search };
  search.work = (request.manner === "pattern" ? runPattern(run) : runSteps(run)).then(
    () => {
      search.share = 1;
      search.end ??= "complete";
    },
    (error: unknown) => {
      onGivenUp();
      if (!(error instanceof GivenUp)) throw error;
    },
  );
  return search;
}

type Run = {
  readonly application: Application;
  readonly project: ProjectConcordance;
  readonly request: SearchRequest;
  readonly search: KeptSearch;
};

function giveUpUnlessWanted({ askedAt }: KeptSearch): void {
  if (performance.now() - askedAt > GIVEN_UP_AFTER) throw new GivenUp();
}

async function runSteps({ application, project, request, search }: Run): Promise<void> {
  const { concordance } = project;
  const { find, side, isCaseExact, isWidthExact } = request;
  const isExact = request.manner === "text" && (isCaseExact === true || isWidthExact === true);
  const found: Hits = isExact ? { sides: new Uint8Array(search.hits.sides.length) } : search.hits;
  const steps = found.distances
    ? concordance.searchNear(find, side, { sides: found.sides, distances: found.distances })
    : concordance.search(find, side, found);
  const turns = startTurns();
  for (const share of steps) {
    search.share = isExact ? share / 10 : share;
    if (!turns.isOver()) continue;
    await turns.next();
    giveUpUnlessWanted(search);
  }
  if (isExact) await lookAtTexts({ application, project, request, search }, found);
}

/** Of the units that hold the text in any form, those that hold it as it is written. */
async function lookAtTexts({ application, project, request, search }: Run, found: Hits): Promise<void> {
  const wanted = toSearchUnits(request.find, request);
  const numbers: number[] = [];
  for (const [number, sides] of found.sides.entries()) if (sides > 0) numbers.push(number);
  for (let at = 0; at < numbers.length; at += UNITS_PER_LOOK) {
    const piece = numbers.slice(at, at + UNITS_PER_LOOK);
    const units = await application.stores.memories.findUnits(piece.map((number) => unitIdOf(project, number)));
    for (const number of piece) {
      const unit = units.get(unitIdOf(project, number));
      if (!unit) continue;
      const sides = found.sides[number] ?? 0;
      const holds = (text: string) => findSpans(text, wanted, request).length > 0;
      search.hits.sides[number] =
        (sides & IN_SOURCE && holds(unit.source) ? IN_SOURCE : 0) | (sides & IN_TARGET && holds(unit.target) ? IN_TARGET : 0);
    }
    search.share = 0.1 + (0.9 * at) / numbers.length;
    await nextTurn();
    giveUpUnlessWanted(search);
  }
}

async function runPattern({ application, project, request, search }: Run): Promise<void> {
  const memoryIds = [...project.memories.keys()];
  const { patternLimit: limit = PATTERN_LIMIT } = request;
  const input = {
    pattern: patternOf(request),
    file: join(application.dataFolder, STORE_FILE),
    memoryIds,
    side: request.side,
    limit,
    total: project.concordance.size,
  };
  const signal = AbortSignal.timeout(limit * HARD_LIMIT_FACTOR);
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    search.share = done / Math.max(1, total);
    search.searched = done;
  };
  try {
    const output = await application.jobs.runTask("searchPattern", input, { signal, onProgress });
    for (const [at, memoryId] of memoryIds.entries()) {
      for (const [index, position] of (output.positions[at] ?? new Int32Array(0)).entries()) {
        const number = numberAt(project, memoryId, position);
        if (number !== undefined) search.hits.sides[number] = output.sides[at]?.[index] ?? 0;
      }
    }
    search.searched = output.searched;
    search.end = output.isComplete ? "complete" : "time-over";
  } catch (error) {
    if (!signal.aborted) throw error;
    search.end = "running-out";
  }
}

export function patternOf({ find, isCaseExact }: Pick<SearchRequest, "find" | "isCaseExact">): Pattern {
  return { source: find, isCaseExact: isCaseExact === true };
}

/** The list of the glossary: search by part of a wording or by pinyin, filters with counts, orders. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ConceptKind, TermStatus } from "../model/concept.ts";
import { STATUSES } from "../formats/glossary-columns.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import type { Application } from "./application.ts";
import type { IndexedEntry } from "./glossary-index.ts";
import { openIndex, readAloud, soundsLike, toListKey } from "./glossary-index.ts";
import { startTurns } from "./take-turns.ts";
import { findStanding, loadAuthorities } from "./vetting-rules.ts";

/** What is still to do, besides the statuses. */
export const TODOS = ["unsettled", "waiting", "news", "discussed", "paraphrased"] as const;
export type Todo = (typeof TODOS)[number];

export type GlossarySearch = {
  readonly projectId: string;
  /** Who asks: for what is new to them. */
  readonly person: string;
  readonly search?: string;
  readonly status?: TermStatus | Todo;
  readonly kind?: ConceptKind;
  /** Empty: entries without one. The same holds of `domain`. */
  readonly class?: string;
  readonly domain?: string;
  /** Id of an authority level that some citation has. */
  readonly level?: string;
  /** A source that some wording cites. */
  readonly source?: string;
  readonly sort?: "text" | "pinyin" | "created" | "changed";
  readonly descending?: boolean;
};

export type Counts = Readonly<Record<string, number>>;
/** What each filter would show, with the search and all other filters as they are. */
export type GlossaryFacets = {
  readonly all: number;
  readonly status: Counts;
  readonly kind: Counts;
  readonly class: Counts;
  readonly domain: Counts;
  readonly level: Counts;
  readonly source: Counts;
};

export type FoundEntries = { readonly ids: readonly string[]; readonly facets: GlossaryFacets };

type Facet = "status" | "kind" | "class" | "domain" | "level" | "source";
type Traits = Readonly<Record<Facet, readonly string[]>>;

export async function searchGlossary(application: Application, query: GlossarySearch): Promise<FoundEntries> {
  const index = await openIndex(application, query.projectId);
  const key = toListKey(query.search ?? "").trim();
  const letters = /^[a-z0-9 ]*[a-z][a-z0-9 ]*$/u.test(key) ? key.replaceAll(" ", "") : "";
  if (letters !== "" || query.sort === "pinyin") await readAloud(index);
  const traitsOf = await describeTraits(application, query);
  const wanted: readonly (readonly [Facet, string])[] = (
    ["status", "kind", "class", "domain", "level", "source"] as const
  ).flatMap((facet) => (query[facet] === undefined ? [] : [[facet, query[facet]] as const]));
  const counts = { status: {}, kind: {}, class: {}, domain: {}, level: {}, source: {} } as Record<Facet, Record<string, number>>;
  const written: IndexedEntry[] = [];
  const spoken: IndexedEntry[] = [];
  let all = 0;
  // Thousands of entries, each with what its sources are worth: requests of others are answered in between.
  const turns = startTurns();
  for (const entry of index.entries) {
    if (turns.isOver()) await turns.next();
    const isWritten = key === "" || entry.keys.some((one) => one.includes(key));
    if (!isWritten && (letters === "" || !soundsLike(entry, letters))) continue;
    const traits = traitsOf(entry);
    const missed = wanted.filter(([facet, value]) => !traits[facet].includes(value));
    if (missed.length > 1) continue;
    const [missing] = missed;
    // An entry that fails one filter only is what another choice of that filter would show.
    for (const facet of Object.keys(counts) as Facet[]) {
      if (missing && missing[0] !== facet) continue;
      for (const value of traits[facet]) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    }
    if (!missing || missing[0] === "status") all += 1;
    if (!missing) (isWritten ? written : spoken).push(entry);
  }
  // What has the letters stands before what only sounds like them.
  const ids = [written, spoken].flatMap((entries) => sortEntries(entries, query).map(({ id }) => id));
  return { ids, facets: { all, ...counts } };
}

async function describeTraits(
  application: Application,
  { projectId, person }: GlossarySearch,
): Promise<(entry: IndexedEntry) => Traits> {
  const { vetting } = application.stores;
  const authorities = await loadAuthorities(application, projectId);
  const discussed = await vetting.countOpenThreads(projectId);
  const news = await vetting.findConceptsWithNews({ projectId, person });
  await nextTurn();
  const levels = new Map<string, string | undefined>();
  const levelOf = (source: string) => {
    if (!levels.has(source)) levels.set(source, findStanding(source, authorities).level?.id);
    return levels.get(source);
  };
  return (entry) => ({
    status: [
      ...entry.statuses,
      ...(entry.isSettled || entry.isParaphrased ? [] : ["unsettled"]),
      ...(entry.isWaiting ? ["waiting"] : []),
      ...(news.has(entry.id) ? ["news"] : []),
      ...(discussed.has(entry.id) ? ["discussed"] : []),
      ...(entry.isParaphrased ? ["paraphrased"] : []),
    ],
    kind: [entry.kind],
    class: [entry.class],
    domain: [entry.domain],
    level: [...new Set(entry.sources.flatMap((source) => levelOf(source) ?? []))],
    source: entry.sources,
  });
}

function sortEntries(
  entries: readonly IndexedEntry[],
  { sort = "text", descending = false }: GlossarySearch,
): readonly IndexedEntry[] {
  const keyOf = {
    text: (entry: IndexedEntry) => entry.headKey,
    pinyin: (entry: IndexedEntry) => entry.pinyin?.order ?? entry.headKey,
    changed: (entry: IndexedEntry) => entry.changedAt,
    created: () => "",
  }[sort];
  const sorted = entries
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : one.entry.position - other.entry.position))
    .map(({ entry }) => entry);
  return descending ? sorted.reverse() : sorted;
}

/** Entries of a page of the list, with how many of their discussions are open. */
export async function loadFound(
  application: Application,
  projectId: string,
  ids: readonly string[],
): Promise<readonly (StoredConcept & { readonly openThreads: number })[]> {
  const { concepts, vetting } = application.stores;
  const open = await vetting.countOpenThreads(projectId);
  return (await concepts.findMany(ids)).map((concept) => ({ ...concept, openThreads: open.get(concept.id) ?? 0 }));
}

/** Every status has a count, also those that no entry has. */
export function countStatuses({ status }: GlossaryFacets): Readonly<Record<TermStatus, number>> {
  return Object.fromEntries(STATUSES.map((name) => [name, status[name] ?? 0])) as Record<TermStatus, number>;
}

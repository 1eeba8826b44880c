/**
 * The list of a run as the page works through it: formulations and frames in one order, without their occurrences,
 * each beside what the run before had.
 *
 * A run never changes, so its list is read once and kept; only the decisions are read each time. Frames have a rank of
 * their own: they stand among the formulations at the same share of the way down, so that a person who works from the
 * top meets both.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Evidence, FormulationClass, Frame } from "../model/formulation.ts";
import type { IsoDay } from "../model/span.ts";
import type { ExtractionRun, PlacedCandidate, StandingDecision } from "../storage/extraction-store.ts";
import type { Application } from "./application.ts";
import type { CopyRecord } from "./extract-task.ts";

export type ListedCandidate = {
  readonly text: string;
  readonly class: FormulationClass | "frame";
  readonly count: number;
  readonly distinctCount: number;
  readonly documents: number;
  /** Undefined for a frame: its uses are not looked for inside other strings. */
  readonly independentCount?: number;
  readonly firstDate?: IsoDay;
  readonly lastDate?: IsoDay;
  /** The strongest reason for its rank, and the codes of all. */
  readonly reason?: Evidence;
  readonly evidence: readonly string[];
  readonly contrasts: readonly string[];
  /** Numbers in the documents of the run. Undefined in runs from before they were kept. */
  readonly places?: readonly number[];
  /** Of a frame: how many different fillers are known. */
  readonly fillers?: number;
  /** The first of them. */
  readonly samples?: Frame["fillers"];
};

/** As many as a row has room for. */
const SAMPLES = 3;

export type CandidateList = {
  readonly run: ExtractionRun;
  /** Best first. */
  readonly candidates: readonly ListedCandidate[];
  readonly frames: readonly Frame[];
  /** Text -> place in `candidates`. */
  readonly places: ReadonlyMap<string, number>;
};

/** What a run has that the one before did not have, and the other way round. */
export type ListChanges = {
  readonly before: ExtractionRun;
  readonly added: ReadonlySet<string>;
  /** Text -> how many distinct uses it had. */
  readonly changed: ReadonlyMap<string, number>;
  /** What the run before had, in its order. */
  readonly gone: readonly ListedCandidate[];
};

/** Of two projects, the newest list and the one before. */
const KEPT_RUNS = 4;

const kept = new WeakMap<Application, Map<string, Promise<CandidateList | undefined>>>();

/** The list of a run of this project. */
export function loadCandidateList(
  application: Application,
  { projectId, runId }: { readonly projectId: string; readonly runId: string },
): Promise<CandidateList | undefined> {
  const lists = kept.get(application) ?? new Map<string, Promise<CandidateList | undefined>>();
  kept.set(application, lists);
  const key = `${projectId} ${runId}`;
  const known = lists.get(key) ?? readList(application, projectId, runId);
  // The one asked for last is the last to go.
  lists.delete(key);
  lists.set(key, known);
  known.then(
    (list) => list ?? lists.delete(key),
    () => lists.delete(key),
  );
  for (const oldest of [...lists.keys()].slice(0, Math.max(0, lists.size - KEPT_RUNS))) lists.delete(oldest);
  return known;
}

/** Undefined for the first run of a project. */
export async function loadListChanges(application: Application, list: CandidateList): Promise<ListChanges | undefined> {
  const { projectId } = list.run;
  const runs = await application.stores.extraction.listRuns(projectId);
  const run = runs[runs.findIndex(({ id }) => id === list.run.id) + 1];
  const earlier = run && (await loadCandidateList(application, { projectId, runId: run.id }));
  return earlier && compareLists(list, earlier);
}

function compareLists(list: CandidateList, earlier: CandidateList): ListChanges {
  const added = new Set<string>();
  const changed = new Map<string, number>();
  for (const { text, distinctCount } of list.candidates) {
    const before = earlier.candidates[earlier.places.get(text) ?? -1];
    if (!before) added.add(text);
    else if (before.distinctCount !== distinctCount) changed.set(text, before.distinctCount);
  }
  return { before: earlier.run, added, changed, gone: earlier.candidates.filter(({ text }) => !list.places.has(text)) };
}

async function readList(application: Application, projectId: string, runId: string): Promise<CandidateList | undefined> {
  const { extraction } = application.stores;
  const run = await extraction.findRun(runId);
  if (run?.projectId !== projectId) return undefined;
  const formulations = (await extraction.readCandidates(runId)).map(listFormulation);
  await nextTurn();
  const frames = await extraction.listFrames(runId);
  const numbers = new Map(run.documentIds.map((id, number) => [id, number]));
  const candidates = mergeByShare(
    formulations,
    frames.map((frame) => listFrame(frame, numbers)),
  );
  return { run, candidates, frames, places: new Map(candidates.map(({ text }, place) => [text, place])) };
}

function listFormulation({ formulation, documents: places }: PlacedCandidate): ListedCandidate {
  const { text, count, distinctCount, documents, independentCount, firstDate, lastDate, contrasts, evidence } = formulation;
  const [reason] = evidence;
  return {
    text,
    class: formulation.class,
    count,
    distinctCount,
    documents,
    independentCount,
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(lastDate === undefined ? {} : { lastDate }),
    ...(reason ? { reason } : {}),
    evidence: evidence.map(({ code }) => code),
    contrasts,
    ...(places ? { places } : {}),
  };
}

function listFrame(frame: Frame, numbers: ReadonlyMap<string, number>): ListedCandidate {
  const held = new Set(frame.occurrences.map(({ document }) => numbers.get(document)).filter((number) => number !== undefined));
  const { pattern, count, documents, firstDate, lastDate, fillers } = frame;
  return {
    text: pattern,
    class: "frame",
    count,
    distinctCount: count,
    documents,
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(lastDate === undefined ? {} : { lastDate }),
    evidence: [],
    contrasts: [],
    fillers: fillers.length,
    samples: fillers.slice(0, SAMPLES),
    places: [...held].sort((one, other) => one - other),
  };
}

/** Both lists in their order, each spread evenly over the whole. */
export function mergeByShare<Item>(many: readonly Item[], few: readonly Item[]): readonly Item[] {
  const placed = [many, few].flatMap((list) => list.map((item, at) => ({ item, share: (at + 0.5) / list.length })));
  return placed.sort((one, other) => one.share - other.share).map(({ item }) => item);
}

/** What was decided about the candidates of a project, by text. */
export async function loadDecisions(application: Application, projectId: string): Promise<ReadonlyMap<string, StandingDecision>> {
  const decisions = await application.stores.extraction.listDecisions(projectId);
  return new Map(decisions.map((decision) => [decision.text, decision]));
}

type RunParameters = { readonly copies?: CopyRecord; readonly revisions?: Readonly<Record<string, number>> };

/** What the run recorded beside its list; an older one recorded nothing. */
export function readRunParameters(run: ExtractionRun): RunParameters {
  return (run.parameters ?? {}) as RunParameters;
}

export type RunAge = { readonly added: number; readonly removed: number; readonly changed: number };

/** How the library differs from what the run has read. */
export async function compareWithLibrary(application: Application, run: ExtractionRun): Promise<RunAge> {
  const listed = await application.stores.documents.list({ projectId: run.projectId, side: "source" });
  const read = new Set(run.documentIds);
  const { revisions } = readRunParameters(run);
  const present = listed.filter(({ id }) => read.has(id));
  return {
    added: listed.length - present.length,
    removed: read.size - present.length,
    changed: present.filter(({ id, revision }) => revisions?.[id] !== undefined && revisions[id] !== revision).length,
  };
}

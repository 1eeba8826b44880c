/**
 * The list of a run as the page works through it: formulations and frames in one order, without their occurrences.
 *
 * A run never changes, so its list is read once and kept; only the decisions are read each time. Frames have a rank of
 * their own: they stand among the formulations at the same share of the way down, so that a person who works from the
 * top meets both.
 */
import type { Evidence, FormulationClass, Frame } from "../model/formulation.ts";
import type { IsoDay } from "../model/span.ts";
import type { CandidateDecision, ExtractionRun } from "../storage/extraction-store.ts";
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
  /** The strongest reason for its rank. */
  readonly reason?: Evidence;
  readonly contrasts: readonly string[];
  /** Of a frame: how many different fillers are known. */
  readonly fillers?: number;
};

export type CandidateList = {
  readonly run: ExtractionRun;
  /** Best first. */
  readonly candidates: readonly ListedCandidate[];
  readonly frames: readonly Frame[];
  /** Text -> place in `candidates`. */
  readonly places: ReadonlyMap<string, number>;
};

const KEPT_RUNS = 3;
const ALL = Number.MAX_SAFE_INTEGER;

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

async function readList(application: Application, projectId: string, runId: string): Promise<CandidateList | undefined> {
  const { extraction, documents } = application.stores;
  const run = await extraction.findRun(runId);
  if (run?.projectId !== projectId) return undefined;
  const { items } = await extraction.listCandidates({ runId, limit: ALL });
  const formulations = items.map(({ formulation }): ListedCandidate => {
    const { text, count, distinctCount, documents: held, independentCount, firstDate, lastDate, contrasts } = formulation;
    const [reason] = formulation.evidence;
    return {
      text,
      class: formulation.class,
      count,
      distinctCount,
      documents: held,
      independentCount,
      ...(firstDate === undefined ? {} : { firstDate }),
      ...(lastDate === undefined ? {} : { lastDate }),
      ...(reason ? { reason } : {}),
      contrasts,
    };
  });
  const frames = await extraction.listFrames(runId);
  const dates = new Map<string, IsoDay>();
  for (const { id, date } of await documents.list({ projectId })) if (date !== undefined) dates.set(id, date);
  const candidates = mergeByShare(
    formulations,
    frames.map((frame) => toListed(frame, dates)),
  );
  return { run, candidates, frames, places: new Map(candidates.map(({ text }, place) => [text, place])) };
}

function toListed(frame: Frame, dates: ReadonlyMap<string, IsoDay>): ListedCandidate {
  const days = frame.occurrences
    .map(({ document }) => dates.get(document))
    .filter((day) => day !== undefined)
    .sort();
  const [firstDate] = days;
  const lastDate = days.at(-1);
  return {
    text: frame.pattern,
    class: "frame",
    count: frame.count,
    distinctCount: frame.count,
    documents: frame.documents,
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(lastDate === undefined ? {} : { lastDate }),
    contrasts: [],
    fillers: frame.fillers.length,
  };
}

/** Both lists in their order, each spread evenly over the whole. */
export function mergeByShare<Item>(many: readonly Item[], few: readonly Item[]): readonly Item[] {
  const placed = [many, few].flatMap((list) => list.map((item, at) => ({ item, share: (at + 0.5) / list.length })));
  return placed.sort((one, other) => one.share - other.share).map(({ item }) => item);
}

/** What was decided about the candidates of a project, by text. */
export async function loadDecisions(
  application: Application,
  projectId: string,
): Promise<ReadonlyMap<string, CandidateDecision>> {
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

/**
 * A whole text from the memory before a person begins: the best match of every untouched row, as a proposal.
 *
 * Rows that somebody has written in are passed over; what is written has the state `initial` and the origin `memory`,
 * numbers adapted by value and never confirmed. A match that differs inside a formulation or is the other half of a
 * contrast pair is not put in: it is counted, and the row stays empty. A try-out writes nothing and gives the counts.
 * Cost: one search a row, other work going on meanwhile; written in pieces, each one transaction.
 */
import { needsCaution } from "../memory/penalties.ts";
import type { Job, ProgressReporter } from "../model/job.ts";
import type { StoredSegment, TargetSave } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { judgeByGlossary } from "./glossary-contrasts.ts";
import { matchesFor } from "./match-segments.ts";
import type { MemoryMatch } from "./match-segments.ts";
import { openRecognizer } from "./recognize.ts";
import { inProjectTurn } from "./project-turns.ts";
import { findProposals, withdrawProposals } from "./repeats.ts";
import type { WrittenRow } from "./repeats.ts";
import { startTurns } from "./take-turns.ts";

export type PretranslationRequest = {
  readonly projectId: string;
  readonly documentId: string;
  /** Least score of what is put in; 100 takes equal texts only. */
  readonly threshold: number;
  /** Counts what would be written and writes nothing. */
  readonly isTrial: boolean;
  readonly author: string;
};

export type PretranslationCounts = {
  /** Rows that nobody has written in. */
  readonly rows: number;
  readonly inContext: number;
  readonly exact: number;
  readonly fuzzy: number;
  /** Of the fuzzy ones, those with numbers adapted, and those with numbers left to look at. */
  readonly adapted: number;
  readonly doubtful: number;
  /** Best match left out because it may say something else. */
  readonly cautioned: number;
  readonly nothing: number;
  /** Rows written; others were changed by somebody meanwhile. 0 for a trial. */
  readonly written: number;
};

const CANDIDATES = 3;
const ROWS_AT_ONCE = 200;
const KEPT = "pretranslation";

type Counts = { -readonly [Name in keyof PretranslationCounts]: number };

function countMatch(counts: Counts, match: MemoryMatch): void {
  if (match.kind === "icm") counts.inContext++;
  else if (match.kind === "exact") counts.exact++;
  else counts.fuzzy++;
  if (match.adaptedTarget) counts.adapted++;
  if (match.numberDoubts) counts.doubtful++;
}

type Hooks = {
  readonly report: ProgressReporter;
  readonly signal: AbortSignal;
  /** Called for each row as soon as it is written. */
  readonly onWritten: (row: WrittenRow) => void;
};

async function pretranslate(
  application: Application,
  request: PretranslationRequest,
  { report, signal, onWritten }: Hooks,
): Promise<PretranslationCounts> {
  const { stores, clock } = application;
  const { projectId, documentId, threshold, isTrial, author } = request;
  const recognizer = await openRecognizer(application, projectId);
  const segments = await stores.segments.list({ documentId });
  const counts: Counts = {
    ...{ rows: 0, inContext: 0, exact: 0, fuzzy: 0, adapted: 0 },
    ...{ doubtful: 0, cautioned: 0, nothing: 0, written: 0 },
  };
  let saves: TargetSave[] = [];
  const flush = async () => {
    for (const outcome of await stores.segments.saveTargets(saves)) {
      if (outcome.kind !== "saved") continue;
      onWritten({ id: outcome.segment.id, revision: outcome.segment.revision });
      counts.written++;
    }
    saves = [];
  };
  const turns = startTurns();
  for (const [at, segment] of segments.entries()) {
    signal.throwIfAborted();
    if (turns.isOver()) {
      report({ done: at, total: segments.length, stage: "pretranslate" });
      await turns.next();
    }
    if ((segment.target ?? "").trim() !== "" || segment.state !== "initial") continue;
    counts.rows++;
    const matches = await matchesFor(application, {
      projectId,
      source: segment.source,
      previous: segments[at - 1]?.source,
      next: segments[at + 1]?.source,
      threshold: Math.min(100, threshold),
      limit: CANDIDATES,
      ...judgeByGlossary(recognizer, recognizer.automaton.recognizeTerms(segment.source)),
    });
    const reaching = matches.filter(({ score }) => score >= threshold);
    const best = reaching.find((match) => !needsCaution(match));
    if (!best) {
      counts[reaching.length > 0 ? "cautioned" : "nothing"]++;
      continue;
    }
    countMatch(counts, best);
    if (isTrial) continue;
    saves.push(toSave(segment, best, { author, at: clock() }));
    if (saves.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  return counts;
}

function toSave(
  segment: StoredSegment,
  match: MemoryMatch,
  signed: { readonly author: string; readonly at: string },
): TargetSave {
  return {
    segmentId: segment.id,
    target: match.adaptedTarget?.text ?? match.unit.target,
    state: "initial",
    origin: "memory",
    baseRevision: segment.revision,
    ...signed,
  };
}

/** Runs it as a job. Its result is the counts as JSON; the rows are kept with the text, so that the whole can be taken back. */
export async function startPretranslation(application: Application, request: PretranslationRequest, label: string): Promise<Job> {
  return application.jobs.start({
    projectId: request.projectId,
    kind: "pretranslate",
    label,
    task: "idle",
    input: { documentId: request.documentId },
    // The index of the memories stands in this thread; the work gives way to requests.
    finish: async (_, { job, report, signal }) => {
      const rows: WrittenRow[] = [];
      try {
        return JSON.stringify(await pretranslate(application, request, { report, signal, onWritten: (row) => rows.push(row) }));
      } finally {
        // What was written before somebody cancelled it can be taken back too.
        if (rows.length > 0) {
          await inProjectTurn(application, request.projectId, async () => {
            await saveRuns(application, request, [...(await findStandingRuns(application, request)), { job: job.id, rows }]);
          });
        }
      }
    },
  });
}

type Run = { readonly job: string; readonly rows: readonly WrittenRow[] };
/** Oldest first; what a later one wrote stands in rows that an earlier one left empty. */
type Kept = { readonly documentId: string; readonly runs: readonly Run[] };
/** As it was kept when only the last one of a project could be taken back. */
type KeptOfProject = Run & { readonly documentId: string };

type Place = Pick<PretranslationRequest, "projectId" | "documentId">;

async function readRuns({ stores: { settings } }: Application, { projectId, documentId }: Place): Promise<readonly Run[]> {
  const kept = (await settings.find(`${KEPT}:${documentId}`, projectId)) as Kept | undefined;
  if (kept) return kept.runs;
  const last = (await settings.find(KEPT, projectId)) as KeptOfProject | undefined;
  return last?.documentId === documentId ? [last] : [];
}

async function saveRuns({ stores: { settings } }: Application, { projectId, documentId }: Place, runs: readonly Run[]) {
  const value = { documentId, runs: runs.map(({ job, rows }) => ({ job, rows: [...rows] })) };
  await settings.save({ key: `${KEPT}:${documentId}`, projectId, value });
}

/** The pretranslations of a text that still have rows which nobody has worked on since, oldest first, with those rows. */
async function findStandingRuns(application: Application, place: Place): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const { job, rows } of await readRuns(application, place)) {
    const standing = new Set((await findProposals(application, rows)).map(({ id }) => id));
    if (standing.size > 0) runs.push({ job, rows: rows.filter(({ id }) => standing.has(id)) });
  }
  return runs;
}

/** How many rows the last pretranslation of a text that can be taken back would empty. */
export async function findPretranslation(application: Application, place: Place): Promise<number> {
  return (await findStandingRuns(application, place)).at(-1)?.rows.length ?? 0;
}

/** Empties the rows of that pretranslation, as one step; the one before it is the last then. */
export function undoPretranslation(
  application: Application,
  { author, ...place }: Place & Pick<PretranslationRequest, "author">,
): Promise<readonly StoredSegment[]> {
  return inProjectTurn(application, place.projectId, async () => {
    const runs = await findStandingRuns(application, place);
    const emptied = await withdrawProposals(application, { rows: runs.at(-1)?.rows ?? [], author });
    await saveRuns(application, place, runs.slice(0, -1));
    return emptied;
  });
}

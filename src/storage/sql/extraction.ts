/** Extraction runs with their candidates and frames, and what stands about each candidate. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { ExtractionResult, Formulation, Frame, Occurrence } from "../../model/formulation.ts";
import type { Database, Query } from "../database.ts";
import type {
  Candidate,
  CandidateAction,
  CandidateFilter,
  CandidateProgress,
  ExtractionRun,
  ExtractionStore,
  PlacedCandidate,
  StandingDecision,
} from "../extraction-store.ts";
import type { JsonValue } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { createDecisionMethods, toStanding } from "./candidate-decisions.ts";
import { toSearchKey } from "./concept-rows.ts";
import { advanceCounter, containing, inPieces, parseJson } from "./rows.ts";

/** Making a row means writing JSON; a frequent formulation has thousands of occurrences. */
const CANDIDATES_PER_TRANSACTION = 200;
/** Read between two turns of the event loop. A frame comes with its places: tens of kilobytes. Ranks have no gaps. */
const CANDIDATES_PER_TURN = 250;
const FRAMES_PER_TURN = 10;

function toRun(row: Schema["extraction_run"]): ExtractionRun {
  return {
    id: row.id,
    projectId: row.project_id,
    documentIds: parseJson<string[]>(row.document_ids),
    parameters: parseJson<JsonValue>(row.parameters),
    createdAt: row.created_at,
    candidateCount: row.candidate_count,
    frameCount: row.frame_count,
  };
}

type NewRun = { readonly runId: string; readonly numbers: ReadonlyMap<string, number> };

function toCandidateRow({ runId, numbers }: NewRun, rank: number, candidate: Formulation): Schema["candidate"] {
  const { occurrences, ...formulation } = candidate;
  const documents = new Set(occurrences.map(({ document }) => numbers.get(document)).filter((number) => number !== undefined));
  return {
    run_id: runId,
    rank,
    text: formulation.text,
    search_key: toSearchKey(formulation.text),
    class: formulation.class,
    count: formulation.count,
    distinct_count: formulation.distinctCount,
    documents: formulation.documents,
    independent_count: formulation.independentCount,
    first_date: formulation.firstDate ?? null,
    last_date: formulation.lastDate ?? null,
    formulation: JSON.stringify(formulation),
    occurrences: JSON.stringify(occurrences),
    document_numbers: JSON.stringify([...documents].sort((one, other) => one - other)),
  };
}

async function saveResult({ transaction, insertRows }: Database, run: NewRun, result: ExtractionResult): Promise<void> {
  const { runId } = run;
  let rank = 0;
  for (const piece of inPieces(result.formulations, CANDIDATES_PER_TRANSACTION)) {
    const rows = piece.map((formulation) => toCandidateRow(run, rank++, formulation));
    await nextTurn();
    await transaction((trx) => insertRows(trx, "candidate", rows));
    await nextTurn();
  }
  const frames = result.frames.map((frame, at) => ({ run_id: runId, rank: at, frame: JSON.stringify(frame) }));
  for (const piece of inPieces(frames, CANDIDATES_PER_TRANSACTION)) {
    await transaction((trx) => insertRows(trx, "frame", piece));
    await nextTurn();
  }
}

function selectCandidates(db: Query, runId: string) {
  return db
    .selectFrom("candidate")
    .innerJoin("extraction_run as run", "run.id", "candidate.run_id")
    .leftJoin("candidate_state as standing", (join) =>
      join.onRef("standing.project_id", "=", "run.project_id").onRef("standing.text", "=", "candidate.text"),
    )
    .where("candidate.run_id", "=", runId);
}

const standingAction = sql<CandidateAction>`coalesce(standing.action, 'undecided')`;

function selectFiltered(db: Query, { runId, search, classes, actions }: CandidateFilter) {
  let query = selectCandidates(db, runId);
  const key = search === undefined ? "" : toSearchKey(search);
  if (key !== "") query = query.where(sql<boolean>`candidate.search_key like ${containing(key)} escape '\\'`);
  if (classes) query = query.where("candidate.class", "in", classes);
  if (actions) query = query.where(standingAction, "in", actions);
  return query;
}

const SORT_COLUMNS = {
  rank: "candidate.rank",
  count: "candidate.count",
  distinctCount: "candidate.distinct_count",
  documents: "candidate.documents",
  independentCount: "candidate.independent_count",
  firstDate: "candidate.first_date",
  lastDate: "candidate.last_date",
  text: "candidate.search_key",
} as const;

/** Rows with the decisions that stand for them. */
async function toCandidates<Row extends { rank: number; formulation: string; decision_id: string | null }>(
  db: Query,
  rows: readonly Row[],
): Promise<Candidate[]> {
  const ids = rows.map((row) => row.decision_id).filter((id) => id !== null);
  const decisions = new Map<string, StandingDecision>();
  for (const piece of inPieces(ids, 500)) {
    for (const row of await db.selectFrom("candidate_decision").selectAll().where("id", "in", piece).execute()) {
      decisions.set(row.id, toStanding(row));
    }
  }
  return rows.map((row) => {
    const decision = row.decision_id === null ? undefined : decisions.get(row.decision_id);
    return {
      rank: row.rank,
      formulation: parseJson<Candidate["formulation"]>(row.formulation),
      action: decision?.action ?? "undecided",
      ...(decision ? { decision } : {}),
    };
  });
}

export function createExtractionStore(database: Database): ExtractionStore {
  const { db } = database;
  const completeRuns = () => db.selectFrom("extraction_run").selectAll().where("complete", "=", 1);

  async function findRun(runId: string): Promise<ExtractionRun | undefined> {
    const row = await completeRuns().where("id", "=", runId).executeTakeFirst();
    return row && toRun(row);
  }

  return {
    async saveRun({ projectId, documentIds, parameters, createdAt, result }) {
      const id = randomUUID();
      const row: Schema["extraction_run"] = {
        id,
        project_id: projectId,
        position: await advanceCounter(db, projectId, "run-position"),
        document_ids: JSON.stringify(documentIds),
        parameters: JSON.stringify(parameters),
        created_at: createdAt,
        candidate_count: result.formulations.length,
        frame_count: result.frames.length,
        complete: 0,
      };
      await db.insertInto("extraction_run").values(row).execute();
      const numbers = new Map(documentIds.map((document, number) => [document, number]));
      await saveResult(database, { runId: id, numbers }, result);
      await db.updateTable("extraction_run").set({ complete: 1 }).where("id", "=", id).execute();
      return toRun(row);
    },
    findRun,
    async findLatestRun(projectId) {
      const row = await completeRuns()
        .where("project_id", "=", projectId)
        .orderBy("position", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toRun(row);
    },
    async listRuns(projectId) {
      return (await completeRuns().where("project_id", "=", projectId).orderBy("position", "desc").execute()).map(toRun);
    },
    async listCandidates(filter) {
      const { sort = "rank", descending = false, offset = 0, limit = 100 } = filter;
      const { total } = await selectFiltered(db, filter)
        .select((e) => e.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      const rows = await selectFiltered(db, filter)
        .select(["candidate.rank", "candidate.formulation", "standing.decision_id"])
        .orderBy(SORT_COLUMNS[sort], descending ? "desc" : "asc")
        .orderBy("candidate.rank")
        .limit(limit)
        .offset(offset)
        .execute();
      return { items: await toCandidates(db, rows), total };
    },
    async findCandidate(runId, text) {
      const row = await selectCandidates(db, runId)
        .select(["candidate.rank", "candidate.formulation", "candidate.occurrences", "standing.decision_id"])
        .where("candidate.text", "=", text)
        .executeTakeFirst();
      const candidate = row && (await toCandidates(db, [row]))[0];
      if (!candidate) return undefined;
      return { ...candidate, formulation: { ...candidate.formulation, occurrences: parseJson<Occurrence[]>(row.occurrences) } };
    },
    async listFrames(runId) {
      const frames: Frame[] = [];
      const read = (from: number) =>
        db
          .selectFrom("frame")
          .select("frame")
          .where("run_id", "=", runId)
          .where("rank", ">=", from)
          .orderBy("rank")
          .limit(FRAMES_PER_TURN)
          .execute();
      for (let rows = await read(0); rows.length > 0; rows = await read(frames.length)) {
        for (const row of rows) frames.push(parseJson<Frame>(row.frame));
        await nextTurn();
      }
      return frames;
    },
    async readCandidates(runId) {
      const candidates: PlacedCandidate[] = [];
      const read = (from: number) =>
        db
          .selectFrom("candidate")
          .select(["formulation", "document_numbers as numbers"])
          .where("run_id", "=", runId)
          .where("rank", ">=", from)
          .orderBy("rank")
          .limit(CANDIDATES_PER_TURN)
          .execute();
      for (let rows = await read(0); rows.length > 0; rows = await read(candidates.length)) {
        for (const { formulation, numbers } of rows) {
          candidates.push({
            formulation: parseJson<PlacedCandidate["formulation"]>(formulation),
            documents: numbers === null ? undefined : parseJson<number[]>(numbers),
          });
        }
        await nextTurn();
      }
      return candidates;
    },
    ...createDecisionMethods(database),
    async countProgress(runId) {
      const rows = await selectCandidates(db, runId)
        .select([standingAction.as("action"), (e) => e.fn.countAll<number>().as("count")])
        .groupBy(standingAction)
        .execute();
      const progress: { -readonly [Key in keyof CandidateProgress]: number } = {
        total: 0,
        accept: 0,
        merge: 0,
        frame: 0,
        drop: 0,
        later: 0,
        undecided: 0,
      };
      for (const { action, count } of rows) {
        progress[action] = count;
        progress.total += count;
      }
      return progress;
    },
  };
}

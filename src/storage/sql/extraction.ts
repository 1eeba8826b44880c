/** Extraction runs and the decisions about candidates. Decisions belong to the text, so they hold in every later run. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { ExtractionResult, Formulation, Frame, Occurrence } from "../../model/formulation.ts";
import type { Database, Query } from "../database.ts";
import type {
  Candidate,
  CandidateAction,
  CandidateDecision,
  CandidateFilter,
  CandidateProgress,
  ExtractionRun,
  ExtractionStore,
} from "../extraction-store.ts";
import type { JsonValue } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { toSearchKey } from "./concept-rows.ts";
import { advanceCounter, containing, inPieces, parseJson, withoutNulls } from "./rows.ts";

/** Making a row means writing JSON; a frequent formulation has thousands of occurrences. */
const CANDIDATES_PER_TRANSACTION = 200;

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

function toDecision(row: Schema["candidate_decision"] | Omit<Schema["candidate_decision"], "sequence">): CandidateDecision {
  const { id, text, author, at, reason, undoes } = row;
  return {
    id,
    projectId: row.project_id,
    text,
    action: row.action as CandidateAction,
    author,
    at,
    ...withoutNulls({ reason, undoes }),
  };
}

function toCandidateRow(runId: string, rank: number, { occurrences, ...formulation }: Formulation): Schema["candidate"] {
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
  };
}

async function saveResult({ transaction, insertRows }: Database, runId: string, result: ExtractionResult): Promise<void> {
  let rank = 0;
  for (const piece of inPieces(result.formulations, CANDIDATES_PER_TRANSACTION)) {
    const rows = piece.map((formulation) => toCandidateRow(runId, rank++, formulation));
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
  const decisions = new Map<string, CandidateDecision>();
  for (const piece of inPieces(ids, 500)) {
    for (const row of await db.selectFrom("candidate_decision").selectAll().where("id", "in", piece).execute()) {
      decisions.set(row.id, toDecision(row));
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

async function writeDecision(
  trx: Query,
  decision: Omit<Schema["candidate_decision"], "sequence" | "id">,
): Promise<CandidateDecision> {
  const row = { ...decision, id: randomUUID() };
  await trx.insertInto("candidate_decision").values(row).execute();
  return toDecision(row);
}

/** What stands is this decision; undefined: nothing does any more. */
async function setStanding(
  trx: Query,
  { projectId, text, decision }: { projectId: string; text: string; decision: { id: string; action: string } | undefined },
): Promise<void> {
  if (!decision) {
    await trx.deleteFrom("candidate_state").where("project_id", "=", projectId).where("text", "=", text).execute();
    return;
  }
  const values = { decision_id: decision.id, action: decision.action };
  await trx
    .insertInto("candidate_state")
    .values({ project_id: projectId, text, ...values })
    .onConflict((conflict) => conflict.columns(["project_id", "text"]).doUpdateSet(values))
    .execute();
}

async function undoDecision(
  trx: Query,
  { projectId, text, author, at }: Parameters<ExtractionStore["undoDecision"]>[0],
): ReturnType<ExtractionStore["undoDecision"]> {
  let query = trx
    .selectFrom("candidate_state as standing")
    .innerJoin("candidate_decision as decision", "decision.id", "standing.decision_id")
    .selectAll("decision")
    .where("standing.project_id", "=", projectId);
  query = text === undefined ? query.where("decision.author", "=", author) : query.where("standing.text", "=", text);
  const undone = await query.orderBy("decision.sequence", "desc").limit(1).executeTakeFirst();
  if (!undone) return { kind: "refused", code: "nothing-to-undo" };
  // Below it on the stack: the newest earlier decision about this text that was not itself taken back.
  const earlier = await trx
    .selectFrom("candidate_decision")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("text", "=", undone.text)
    .where("sequence", "<", undone.sequence)
    .where("undoes", "is", null)
    .where(
      "id",
      "not in",
      trx.selectFrom("candidate_decision").select("undoes").where("undoes", "is not", null).$castTo<{ undoes: string }>(),
    )
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const action = earlier?.action ?? "undecided";
  const row = {
    project_id: projectId,
    text: undone.text,
    action,
    reason: earlier?.reason ?? null,
    undoes: undone.id,
    author,
    at,
  };
  const written = await writeDecision(trx, row);
  await setStanding(trx, { projectId, text: undone.text, decision: earlier });
  return written;
}

export function createExtractionStore(database: Database): ExtractionStore {
  const { db, transaction } = database;
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
      await saveResult(database, id, result);
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
      const rows = await db.selectFrom("frame").select("frame").where("run_id", "=", runId).orderBy("rank").execute();
      return rows.map((row) => parseJson<Frame>(row.frame));
    },
    decide: ({ projectId, text, action, reason, author, at }) =>
      transaction(async (trx) => {
        const row = { project_id: projectId, text, action, reason: reason ?? null, undoes: null, author, at };
        const decision = await writeDecision(trx, row);
        await setStanding(trx, { projectId, text, decision });
        return decision;
      }),
    undoDecision: (undo) => transaction((trx) => undoDecision(trx, undo)),
    async listDecisions(projectId) {
      const rows = await db
        .selectFrom("candidate_state as standing")
        .innerJoin("candidate_decision as decision", "decision.id", "standing.decision_id")
        .selectAll("decision")
        .where("standing.project_id", "=", projectId)
        .orderBy("decision.sequence")
        .execute();
      return rows.map(toDecision);
    },
    async decisionHistory(projectId, text) {
      const rows = await db
        .selectFrom("candidate_decision")
        .selectAll()
        .where("project_id", "=", projectId)
        .where("text", "=", text)
        .orderBy("sequence")
        .execute();
      return rows.map(toDecision);
    },
    async countProgress(runId) {
      const rows = await selectCandidates(db, runId)
        .select([standingAction.as("action"), (e) => e.fn.countAll<number>().as("count")])
        .groupBy(standingAction)
        .execute();
      const progress: { -readonly [Key in keyof CandidateProgress]: number } = {
        total: 0,
        accept: 0,
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

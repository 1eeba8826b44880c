/**
 * Decisions about candidates: an append-only log, and beside it what stands now. Decisions belong to the text, so they
 * hold in every later run. What is decided about a text is a stack: undoing takes the top away by writing another line.
 * A contrast pair is not part of that stack; it stands or does not.
 */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Database, Query } from "../database.ts";
import type { CandidateDecision, ExtractionStore, StandingDecision } from "../extraction-store.ts";
import type { Schema } from "../schema.ts";
import { IDS_PER_QUERY, inPieces, withoutNulls } from "./rows.ts";

type DecisionRow = Omit<Schema["candidate_decision"], "sequence"> & { readonly sequence?: unknown };

export function toDecision(row: DecisionRow): CandidateDecision {
  const { id, text, author, at, reason, undoes, partner } = row;
  return {
    id,
    projectId: row.project_id,
    text,
    action: row.action as CandidateDecision["action"],
    author,
    at,
    ...withoutNulls({ reason, undoes, partner, conceptId: row.concept_id }),
  };
}

/** A row that `candidate_state` names: never of a pair. */
export function toStanding(row: DecisionRow): StandingDecision {
  return toDecision(row) as StandingDecision;
}

async function writeDecision(trx: Query, decision: Omit<DecisionRow, "sequence" | "id">): Promise<CandidateDecision> {
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

type Pair = { readonly projectId: string; readonly text: string; readonly partner: string };

/** Either half may be named first. */
function pairKey({ projectId, text, partner }: Pair): { project_id: string; text: string; partner: string } {
  const [smaller, larger] = text < partner ? [text, partner] : [partner, text];
  return { project_id: projectId, text: smaller, partner: larger };
}

async function removePair(trx: Query, pair: Pair): Promise<void> {
  const { project_id: projectId, text, partner } = pairKey(pair);
  await trx
    .deleteFrom("candidate_pair")
    .where("project_id", "=", projectId)
    .where("text", "=", text)
    .where("partner", "=", partner)
    .execute();
}

async function decide(trx: Query, decision: Parameters<ExtractionStore["decide"]>[0]): Promise<CandidateDecision> {
  const { projectId, text, action, reason = null, partner, conceptId = null, author, at } = decision;
  const row = { project_id: projectId, text, action, reason, undoes: null, author, at, partner: partner ?? null };
  const written = await writeDecision(trx, { ...row, concept_id: conceptId });
  if (action !== "contrast") await setStanding(trx, { projectId, text, decision: { id: written.id, action } });
  else if (partner !== undefined) {
    await trx
      .insertInto("candidate_pair")
      .values({ ...pairKey({ projectId, text, partner }), decision_id: written.id })
      .onConflict((conflict) => conflict.columns(["project_id", "text", "partner"]).doNothing())
      .execute();
  }
  return written;
}

type Undo = Parameters<ExtractionStore["undoDecision"]>[0];

type StoredDecision = Selectable<Schema["candidate_decision"]>;

function findStandingRow(trx: Query, { projectId, text, author }: Undo): Promise<StoredDecision | undefined> {
  const query = trx
    .selectFrom("candidate_state as standing")
    .innerJoin("candidate_decision as decision", "decision.id", "standing.decision_id")
    .selectAll("decision")
    .where("standing.project_id", "=", projectId)
    .where(text === undefined ? "decision.author" : "standing.text", "=", text ?? author);
  return query.orderBy("decision.sequence", "desc").limit(1).executeTakeFirst();
}

function findPairRow(trx: Query, { projectId, text, partner, author }: Undo): Promise<StoredDecision | undefined> {
  let query = trx
    .selectFrom("candidate_pair as standing")
    .innerJoin("candidate_decision as decision", "decision.id", "standing.decision_id")
    .selectAll("decision")
    .where("standing.project_id", "=", projectId);
  if (text === undefined || partner === undefined) query = query.where("decision.author", "=", author);
  else {
    const key = pairKey({ projectId, text, partner });
    query = query.where("standing.text", "=", key.text).where("standing.partner", "=", key.partner);
  }
  return query.orderBy("decision.sequence", "desc").limit(1).executeTakeFirst();
}

async function findUndoable(trx: Query, undo: Undo): Promise<StoredDecision | undefined> {
  const ofPair = undo.partner !== undefined;
  const decision = ofPair ? undefined : await findStandingRow(trx, undo);
  const pair = ofPair || undo.text === undefined ? await findPairRow(trx, undo) : undefined;
  if (decision && pair) return decision.sequence > pair.sequence ? decision : pair;
  return decision ?? pair;
}

async function undoDecision(trx: Query, undo: Undo): ReturnType<ExtractionStore["undoDecision"]> {
  const { projectId, author, at } = undo;
  const undone = await findUndoable(trx, undo);
  if (!undone) return { kind: "refused", code: "nothing-to-undo" };
  const { text, partner } = undone;
  const line = { project_id: projectId, text, undoes: undone.id, author, at };
  if (undone.action === "contrast") {
    if (partner !== null) await removePair(trx, { projectId, text, partner });
    return writeDecision(trx, { ...line, action: "undecided", reason: null, partner, concept_id: null });
  }
  // Below it on the stack: the newest earlier decision about this text that was not itself taken back.
  const earlier = await trx
    .selectFrom("candidate_decision")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("text", "=", text)
    .where("sequence", "<", undone.sequence)
    .where("undoes", "is", null)
    .where("action", "!=", "contrast")
    .where(
      "id",
      "not in",
      trx.selectFrom("candidate_decision").select("undoes").where("undoes", "is not", null).$castTo<{ undoes: string }>(),
    )
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const written = await writeDecision(trx, {
    ...line,
    action: earlier?.action ?? "undecided",
    reason: earlier?.reason ?? null,
    partner: earlier?.partner ?? null,
    concept_id: earlier?.concept_id ?? null,
  });
  await setStanding(trx, { projectId, text, decision: earlier });
  return written;
}

async function listStanding(db: Query, projectId: string, texts?: readonly string[]): Promise<readonly StandingDecision[]> {
  let query = db
    .selectFrom("candidate_state as standing")
    .innerJoin("candidate_decision as decision", "decision.id", "standing.decision_id")
    .selectAll("decision")
    .where("standing.project_id", "=", projectId);
  if (texts) query = query.where("standing.text", "in", texts);
  return (await query.orderBy("decision.sequence").execute()).map(toStanding);
}

async function listChanges(db: Query, projectId: string, after: number | undefined) {
  const { newest } = await db
    .selectFrom("candidate_decision")
    .select(sql<number>`coalesce(max(sequence), 0)`.as("newest"))
    .where("project_id", "=", projectId)
    .executeTakeFirstOrThrow();
  if (after === undefined || newest <= after) return { sequence: newest, texts: [], pairsChanged: false };
  const rows = await db
    .selectFrom("candidate_decision as decision")
    .leftJoin("candidate_decision as undone", "undone.id", "decision.undoes")
    .select(["decision.text", sql<string>`coalesce(undone.action, decision.action)`.as("kind")])
    .distinct()
    .where("decision.project_id", "=", projectId)
    .where("decision.sequence", ">", after)
    .where("decision.sequence", "<=", newest)
    .execute();
  const texts = [...new Set(rows.filter(({ kind }) => kind !== "contrast").map(({ text }) => text))];
  const standing = new Map<string, StandingDecision>();
  for (const piece of inPieces(texts, IDS_PER_QUERY)) {
    for (const decision of await listStanding(db, projectId, piece)) standing.set(decision.text, decision);
  }
  return {
    sequence: newest,
    texts: texts.map((text) => ({ text, standing: standing.get(text) })),
    pairsChanged: rows.some(({ kind }) => kind === "contrast"),
  };
}

type DecisionMethods = Pick<
  ExtractionStore,
  "decide" | "undoDecision" | "listDecisions" | "listPairs" | "listChanges" | "decisionHistory"
>;

export function createDecisionMethods({ db, transaction }: Database): DecisionMethods {
  return {
    decide: (decision) => transaction((trx) => decide(trx, decision)),
    undoDecision: (undo) => transaction((trx) => undoDecision(trx, undo)),
    listDecisions: (projectId) => listStanding(db, projectId),
    async listPairs(projectId, text) {
      let query = db
        .selectFrom("candidate_pair as pair")
        .innerJoin("candidate_decision as decision", "decision.id", "pair.decision_id")
        .selectAll("decision")
        .where("pair.project_id", "=", projectId);
      if (text !== undefined) query = query.where((e) => e.or([e("pair.text", "=", text), e("pair.partner", "=", text)]));
      return (await query.orderBy("decision.sequence").execute()).map(toDecision);
    },
    listChanges: (projectId, after) => listChanges(db, projectId, after),
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
  };
}

/**
 * Alignments with a log of steps that is only added to.
 *
 * Undo is a tree: every edit knows the edit below it (`parent`), the alignment knows the edit on top. Undo takes the
 * top back and goes to its parent; redo takes the newest edit whose parent is the top. So a new edit after an undo
 * hides the old branch, and nothing of it is lost. Undo and redo are lines of the log themselves.
 */
import { randomUUID } from "node:crypto";
import type { AlignmentGroup, AlignmentState } from "../../model/alignment.ts";
import type { AlignmentOutcome, AlignmentStep, AlignmentStore, AlignmentSummary, StoredAlignment } from "../alignment-store.ts";
import type { Database, Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { applyDifference, findDifference, reverseDifference } from "./alignment-difference.ts";
import type { GroupDifference } from "./alignment-difference.ts";
import { parseJson } from "./rows.ts";

type Row = Schema["alignment"];
type StepRow = Schema["alignment_step"];

function toHead(row: Omit<Row, "state">): Omit<AlignmentSummary, "groupCount" | "confirmedCount"> {
  return {
    id: row.id,
    projectId: row.project_id,
    sourceDocumentId: row.source_document_id,
    targetDocumentId: row.target_document_id,
    revision: row.revision,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

function toSummary(row: Omit<Row, "state">): AlignmentSummary {
  return { ...toHead(row), groupCount: row.group_count, confirmedCount: row.confirmed_count };
}

function toDifference(row: StepRow): GroupDifference {
  return {
    start: row.start,
    removed: parseJson<AlignmentGroup[]>(row.removed),
    inserted: parseJson<AlignmentGroup[]>(row.inserted),
  };
}

function findEdit(db: Query, alignmentId: string, revision: number): Promise<StepRow | undefined> {
  return db
    .selectFrom("alignment_step")
    .selectAll()
    .where("alignment_id", "=", alignmentId)
    .where("revision", "=", revision)
    .executeTakeFirst();
}

function findRedo(db: Query, alignmentId: string, top: number): Promise<StepRow | undefined> {
  return db
    .selectFrom("alignment_step")
    .selectAll()
    .where("alignment_id", "=", alignmentId)
    .where("kind", "=", "edit")
    .where("parent", "=", top)
    .orderBy("revision", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function toAlignment(db: Query, row: Row, groups = parseJson<AlignmentState>(row.state).groups): Promise<StoredAlignment> {
  const undo = row.top === 0 ? undefined : await findEdit(db, row.id, row.top);
  const redo = await findRedo(db, row.id, row.top);
  return {
    ...toHead(row),
    state: { groups },
    ...(undo ? { undo: undo.name } : {}),
    ...(redo ? { redo: redo.name } : {}),
  };
}

function countConfirmed(groups: readonly AlignmentGroup[]): number {
  return groups.filter((group) => group.status !== "automatic").length;
}

async function findRow(db: Query, id: string): Promise<Row | undefined> {
  return db.selectFrom("alignment").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The state at an earlier revision, by taking later steps back; undefined for a revision that never was. */
async function findStateAt(db: Query, row: Row, revision: number): Promise<AlignmentState | undefined> {
  if (revision < 1 || revision > row.revision) return undefined;
  const steps = await db
    .selectFrom("alignment_step")
    .selectAll()
    .where("alignment_id", "=", row.id)
    .where("revision", ">", revision)
    .orderBy("revision", "desc")
    .execute();
  let { groups } = parseJson<AlignmentState>(row.state);
  for (const step of steps) groups = applyDifference(groups, reverseDifference(toDifference(step)));
  return { groups };
}

type Step = {
  readonly kind: AlignmentStep["kind"];
  readonly name: string;
  readonly parent: number;
  readonly top: number;
  readonly groups: readonly AlignmentGroup[];
  readonly difference: GroupDifference;
};

async function writeStep(trx: Query, row: Row, step: Step, { author, at }: Signed): Promise<AlignmentOutcome> {
  const { kind, name, parent, top, groups, difference } = step;
  const revision = row.revision + 1;
  const changes = {
    revision,
    top,
    state: JSON.stringify({ groups }),
    group_count: groups.length,
    confirmed_count: countConfirmed(groups),
    changed_at: at,
  };
  await trx.updateTable("alignment").set(changes).where("id", "=", row.id).execute();
  await trx
    .insertInto("alignment_step")
    .values({
      alignment_id: row.id,
      revision,
      kind,
      name,
      parent,
      start: difference.start,
      removed: JSON.stringify(difference.removed),
      inserted: JSON.stringify(difference.inserted),
      author,
      at,
    })
    .execute();
  return { kind: "saved", alignment: await toAlignment(trx, { ...row, ...changes }, groups) };
}

type Request = Signed & { readonly alignmentId: string; readonly baseRevision: number };

/** The row when the request is up to date, else the answer. `mine`: what the person wanted, or saw. */
async function findCurrent(trx: Query, request: Request, mine?: AlignmentState): Promise<Row | AlignmentOutcome> {
  const row = await findRow(trx, request.alignmentId);
  if (!row) return { kind: "refused", code: "not-found" };
  if (row.revision === request.baseRevision) return row;
  const base = await findStateAt(trx, row, request.baseRevision);
  const theirs = await toAlignment(trx, row);
  return { kind: "stale", mine: mine ?? base ?? theirs.state, theirs, base };
}

async function undoStep(trx: Query, request: Request): Promise<AlignmentOutcome> {
  const row = await findCurrent(trx, request);
  if ("kind" in row) return row;
  const edit = row.top === 0 ? undefined : await findEdit(trx, row.id, row.top);
  if (!edit) return { kind: "refused", code: "nothing-to-undo" };
  const difference = reverseDifference(toDifference(edit));
  const groups = applyDifference(parseJson<AlignmentState>(row.state).groups, difference);
  return writeStep(
    trx,
    row,
    { kind: "undo", name: edit.name, parent: edit.revision, top: edit.parent, groups, difference },
    request,
  );
}

async function redoStep(trx: Query, request: Request): Promise<AlignmentOutcome> {
  const row = await findCurrent(trx, request);
  if ("kind" in row) return row;
  const edit = await findRedo(trx, row.id, row.top);
  if (!edit) return { kind: "refused", code: "nothing-to-redo" };
  const difference = toDifference(edit);
  const groups = applyDifference(parseJson<AlignmentState>(row.state).groups, difference);
  return writeStep(
    trx,
    row,
    { kind: "redo", name: edit.name, parent: edit.revision, top: edit.revision, groups, difference },
    request,
  );
}

export function createAlignmentStore({ db, transaction }: Database): AlignmentStore {
  return {
    async create({ projectId, sourceDocumentId, targetDocumentId, state, at }) {
      const row: Row = {
        id: randomUUID(),
        project_id: projectId,
        source_document_id: sourceDocumentId,
        target_document_id: targetDocumentId,
        revision: 1,
        top: 0,
        state: JSON.stringify(state),
        group_count: state.groups.length,
        confirmed_count: countConfirmed(state.groups),
        created_at: at,
        changed_at: at,
      };
      await db.insertInto("alignment").values(row).execute();
      return toAlignment(db, row, state.groups);
    },
    async find(id) {
      const row = await findRow(db, id);
      return row && toAlignment(db, row);
    },
    async findByDocuments(sourceDocumentId, targetDocumentId) {
      const row = await db
        .selectFrom("alignment")
        .selectAll()
        .where("source_document_id", "=", sourceDocumentId)
        .where("target_document_id", "=", targetDocumentId)
        .orderBy("created_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toAlignment(db, row);
    },
    async list(projectId) {
      const rows = await db
        .selectFrom("alignment")
        .select([
          "id",
          "project_id",
          "source_document_id",
          "target_document_id",
          "revision",
          "top",
          "group_count",
          "confirmed_count",
          "created_at",
          "changed_at",
        ])
        .where("project_id", "=", projectId)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(toSummary);
    },
    save: ({ state, name, ...request }) =>
      transaction(async (trx) => {
        const row = await findCurrent(trx, request, state);
        if ("kind" in row) return row;
        const { groups } = state;
        const difference = findDifference(parseJson<AlignmentState>(row.state).groups, groups);
        return writeStep(trx, row, { kind: "edit", name, parent: row.top, top: row.revision + 1, groups, difference }, request);
      }),
    undo: (request) => transaction((trx) => undoStep(trx, request)),
    redo: (request) => transaction((trx) => redoStep(trx, request)),
    async listSteps(alignmentId) {
      const rows = await db
        .selectFrom("alignment_step")
        .select(["revision", "kind", "name", "author", "at"])
        .where("alignment_id", "=", alignmentId)
        .orderBy("revision")
        .execute();
      return rows.map(({ kind, ...row }) => ({ ...row, kind: kind as AlignmentStep["kind"] }));
    },
  };
}

/**
 * Alignments with a log of steps that is only added to.
 *
 * Undo is a tree: every edit knows the edit below it (`parent`), the alignment knows the edit on top. Undo takes the
 * top back and goes to its parent; redo takes the newest edit whose parent is the top. So a new edit after an undo
 * hides the old branch, and nothing of it is lost. Undo and redo are lines of the log themselves.
 */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { AlignmentGroup, AlignmentState, EditedSentence } from "../../model/alignment.ts";
import { isDoubtfulRow, isOpenRow } from "../../model/alignment-doubt.ts";
import type { AlignmentOutcome, AlignmentStep, AlignmentStore, AlignmentSummary, StoredAlignment } from "../alignment-store.ts";
import type { Database, Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { applyDifference, findDifference, reverseDifference } from "./alignment-difference.ts";
import type { GroupDifference } from "./alignment-difference.ts";
import { readGroups, RecentStates, writeGroups, writeState } from "./alignment-state.ts";
import { listRemovals, removeAlignment, restoreAlignment } from "./alignment-removal.ts";
import { readSentences, writeSentences } from "./edited-sentences.ts";
import { withoutNulls } from "./rows.ts";

type Row = Schema["alignment"];
type StepRow = Schema["alignment_step"];

type Head = Omit<AlignmentSummary, "groupCount" | "confirmedCount" | "settledCount" | "doubtfulCount" | "changedBy">;

function toHead(row: Omit<Row, "state">): Head {
  return {
    id: row.id,
    projectId: row.project_id,
    sourceDocumentId: row.source_document_id,
    targetDocumentId: row.target_document_id,
    revision: row.revision,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...withoutNulls({ removedAt: row.removed_at }),
  };
}

function toSummary(row: Omit<Row, "state">): AlignmentSummary {
  return {
    ...toHead(row),
    groupCount: row.group_count,
    confirmedCount: row.confirmed_count,
    settledCount: row.settled_count,
    doubtfulCount: row.doubtful_count,
    ...withoutNulls({ changedBy: row.changed_by }),
  };
}

async function toDifference({ start, removed, inserted }: StepRow): Promise<GroupDifference> {
  return { start, removed: await readGroups(removed), inserted: await readGroups(inserted) };
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

async function toAlignment(db: Query, row: Row, groups: readonly AlignmentGroup[]): Promise<StoredAlignment> {
  const undo = row.top === 0 ? undefined : await findEdit(db, row.id, row.top);
  const redo = await findRedo(db, row.id, row.top);
  return {
    ...toHead(row),
    state: { groups },
    ...(undo ? { undo: undo.name } : {}),
    ...(redo ? { redo: redo.name } : {}),
  };
}

function countGroups(groups: readonly AlignmentGroup[]) {
  let confirmed = 0;
  let settled = 0;
  let doubtful = 0;
  for (const group of groups) {
    if (group.status !== "automatic") confirmed += 1;
    if (!isOpenRow(group)) settled += 1;
    else if (isDoubtfulRow(group, { source: group.source.length, target: group.target.length })) doubtful += 1;
  }
  return { group_count: groups.length, confirmed_count: confirmed, settled_count: settled, doubtful_count: doubtful };
}

async function findRow(db: Query, id: string, { withRemoved = false } = {}): Promise<Row | undefined> {
  const row = await db.selectFrom("alignment").selectAll().where("id", "=", id).executeTakeFirst();
  return withRemoved || row?.removed_at === null ? row : undefined;
}

/** Everything but the rows. */
const SUMMARY = [
  "id",
  "project_id",
  "source_document_id",
  "target_document_id",
  "revision",
  "top",
  "group_count",
  "confirmed_count",
  "settled_count",
  "doubtful_count",
  "created_at",
  "changed_at",
  "changed_by",
  "removed_at",
] as const;

/** The row and its groups. */
type Current = { readonly row: Row; readonly groups: readonly AlignmentGroup[] };

/** A step copies the list of groups, and a realignment changes all of them. */
const STEPS_PER_TURN = 50;

/** The state at an earlier revision, by taking later steps back; undefined for a revision that never was. */
async function findStateAt(db: Query, { row, groups }: Current, revision: number): Promise<AlignmentState | undefined> {
  if (revision < 1 || revision > row.revision) return undefined;
  const steps = await db
    .selectFrom("alignment_step")
    .selectAll()
    .where("alignment_id", "=", row.id)
    .where("revision", ">", revision)
    .orderBy("revision", "desc")
    .execute();
  let state = groups;
  for (const [at, step] of steps.entries()) {
    state = applyDifference(state, reverseDifference(await toDifference(step)));
    if (at % STEPS_PER_TURN === STEPS_PER_TURN - 1) await nextTurn();
  }
  return { groups: state };
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
    state: await writeState(groups),
    ...countGroups(groups),
    changed_at: at,
    changed_by: author,
  };
  await nextTurn();
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
      removed: await writeGroups(difference.removed),
      inserted: await writeGroups(difference.inserted),
      author,
      at,
    })
    .execute();
  return { kind: "saved", alignment: await toAlignment(trx, { ...row, ...changes }, groups) };
}

type Request = Signed & { readonly alignmentId: string; readonly baseRevision: number };
type Answer = Exclude<AlignmentOutcome, { readonly kind: "saved" }>;

export function createAlignmentStore({ db, transaction }: Database): AlignmentStore {
  const states = new RecentStates();

  function remember(alignment: StoredAlignment): StoredAlignment {
    states.remember({ id: alignment.id, revision: alignment.revision, groups: alignment.state.groups });
    return alignment;
  }

  /** Reads and remembers; not for use inside a transaction that has written. */
  async function open(row: Row): Promise<StoredAlignment> {
    return remember(await toAlignment(db, row, await states.read(row)));
  }

  /** What is current when the request is up to date, else the answer. `mine`: what the person wanted, or saw. */
  async function findCurrent(trx: Query, request: Request, mine?: AlignmentState): Promise<Current | Answer> {
    const row = await findRow(trx, request.alignmentId);
    if (!row) return { kind: "refused", code: "not-found" };
    const groups = await states.read(row);
    if (row.revision === request.baseRevision) return { row, groups };
    const base = await findStateAt(trx, { row, groups }, request.baseRevision);
    const theirs = await toAlignment(trx, row, groups);
    return { kind: "stale", mine: mine ?? base ?? theirs.state, theirs, base };
  }

  async function change(work: (trx: Query) => Promise<AlignmentOutcome>): Promise<AlignmentOutcome> {
    const outcome = await transaction(work);
    if (outcome.kind === "saved") remember(outcome.alignment);
    return outcome;
  }

  async function undoStep(trx: Query, request: Request): Promise<AlignmentOutcome> {
    const current = await findCurrent(trx, request);
    if ("kind" in current) return current;
    const { row } = current;
    const edit = row.top === 0 ? undefined : await findEdit(trx, row.id, row.top);
    if (!edit) return { kind: "refused", code: "nothing-to-undo" };
    const difference = reverseDifference(await toDifference(edit));
    const groups = applyDifference(current.groups, difference);
    const step = { kind: "undo", name: edit.name, parent: edit.revision, top: edit.parent, groups, difference } as const;
    return writeStep(trx, row, step, request);
  }

  async function redoStep(trx: Query, request: Request): Promise<AlignmentOutcome> {
    const current = await findCurrent(trx, request);
    if ("kind" in current) return current;
    const { row } = current;
    const edit = await findRedo(trx, row.id, row.top);
    if (!edit) return { kind: "refused", code: "nothing-to-redo" };
    const difference = await toDifference(edit);
    const groups = applyDifference(current.groups, difference);
    const step = { kind: "redo", name: edit.name, parent: edit.revision, top: edit.revision, groups, difference } as const;
    return writeStep(trx, row, step, request);
  }

  async function edit(
    trx: Query,
    {
      name,
      state,
      sentences = [],
      ...request
    }: Request & {
      readonly name: string;
      readonly state: AlignmentState;
      readonly sentences?: readonly EditedSentence[];
    },
  ) {
    const current = await findCurrent(trx, request, state);
    if ("kind" in current) return current;
    const { row } = current;
    const { groups } = state;
    await nextTurn();
    const difference = findDifference(current.groups, groups);
    const step = { kind: "edit", name, parent: row.top, top: row.revision + 1, groups, difference } as const;
    await writeSentences(trx, row.id, sentences);
    return writeStep(trx, row, step, request);
  }

  return {
    async create({ id = randomUUID(), projectId, sourceDocumentId, targetDocumentId, state, author, at }) {
      const row: Row = {
        id,
        project_id: projectId,
        source_document_id: sourceDocumentId,
        target_document_id: targetDocumentId,
        revision: 1,
        top: 0,
        state: await writeState(state.groups),
        ...countGroups(state.groups),
        created_at: at,
        changed_at: at,
        changed_by: author,
        removed_at: null,
      };
      await nextTurn();
      await db.insertInto("alignment").values(row).execute();
      return remember(await toAlignment(db, row, state.groups));
    },
    async find(id, options) {
      const row = await findRow(db, id, options);
      return row && open(row);
    },
    async findSummary(id, { withRemoved = false } = {}) {
      const row = await db.selectFrom("alignment").select(SUMMARY).where("id", "=", id).executeTakeFirst();
      return row && (withRemoved || row.removed_at === null) ? toSummary(row) : undefined;
    },
    async findByDocuments(sourceDocumentId, targetDocumentId, { withRemoved = false } = {}) {
      const row = await db
        .selectFrom("alignment")
        .selectAll()
        .where("source_document_id", "=", sourceDocumentId)
        .where("target_document_id", "=", targetDocumentId)
        .$if(!withRemoved, (query) => query.where("removed_at", "is", null))
        .orderBy("created_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && open(row);
    },
    async list(projectId, { removed = false } = {}) {
      const rows = await db
        .selectFrom("alignment")
        .select(SUMMARY)
        .where("project_id", "=", projectId)
        .where("removed_at", removed ? "is not" : "is", null)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(toSummary);
    },
    async listBehind(prefix) {
      const rows = await db
        .selectFrom("alignment")
        .leftJoin("setting", (join) =>
          join.on("setting.project_id", "=", "").on("setting.key", "=", sql<string>`${prefix} || alignment.id`),
        )
        .select(SUMMARY.map((column) => `alignment.${column}` as const))
        .select("setting.value")
        .where((e) =>
          e.or([
            e("setting.value", "is", null),
            e(
              sql<number>`cast(setting.value as integer)`,
              "<>",
              sql<number>`case when removed_at is null then revision else 0 end`,
            ),
          ]),
        )
        .orderBy("alignment.created_at")
        .execute();
      return rows.map(({ value, ...row }) => ({ ...toSummary(row), ...(value === null ? {} : { mark: Number(value) }) }));
    },
    remove: (request) => transaction((trx) => removeAlignment(trx, request)),
    restore: (request) => transaction((trx) => restoreAlignment(trx, request)),
    history: (alignmentId) => listRemovals(db, alignmentId),
    save: (request) => change((trx) => edit(trx, request)),
    undo: (request) => change((trx) => undoStep(trx, request)),
    redo: (request) => change((trx) => redoStep(trx, request)),
    listSentences: (alignmentId) => readSentences(db, alignmentId),
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

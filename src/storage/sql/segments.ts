/** Targets of segments. Every save writes a line of history in the same transaction. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { Signed } from "../outcomes.ts";
import type { RowMemory, SegmentRevision, SegmentOutcome, SegmentStore, StoredSegment, TargetSave } from "../segment-store.ts";
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";
import type { Database, Query } from "../database.ts";
import { ROWS_PER_TURN } from "../database.ts";
import type { Schema } from "../schema.ts";
import { keepRowUnits } from "./row-units.ts";
import type { Neighbours } from "./row-units.ts";
import { IDS_PER_QUERY, inPieces, withoutNulls } from "./rows.ts";

/** Segments read between two turns of the event loop: 2,000 take about 10 ms. */
const SEGMENTS_PER_TURN = 2000;

type SegmentRow = Schema["segment"] & { paragraph: number };

function toSegment(row: SegmentRow): StoredSegment {
  const optional = withoutNulls({ target: row.target, origin: row.origin as TargetOrigin | null, author: row.author });
  return {
    id: row.id,
    documentId: row.document_id,
    paragraphId: row.paragraph_id,
    paragraph: row.paragraph,
    position: row.position,
    kind: row.kind as StoredSegment["kind"],
    source: row.source,
    state: row.state as TranslationState,
    revision: row.revision,
    ...optional,
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
  };
}

function selectSegments(db: Query) {
  return db
    .selectFrom("segment")
    .innerJoin("paragraph", "paragraph.id", "segment.paragraph_id")
    .selectAll("segment")
    .select("paragraph.position as paragraph");
}

async function findSegment(db: Query, id: string): Promise<StoredSegment | undefined> {
  const row = await selectSegments(db).where("segment.id", "=", id).executeTakeFirst();
  return row && toSegment(row);
}

/** The target that revision had; undefined when no such revision is known. */
async function findTargetAt(db: Query, segmentId: string, revision: number): Promise<string | undefined> {
  const row = await db
    .selectFrom("segment_history")
    .select("target")
    .where("segment_id", "=", segmentId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  // A segment that came without a target has no line for its first revision.
  return row ? (row.target ?? "") : revision === 1 ? "" : undefined;
}

async function saveTarget(trx: Query, save: TargetSave): Promise<SegmentOutcome> {
  const stored = await findSegment(trx, save.segmentId);
  if (!stored) return { kind: "refused", code: "not-found" };
  if (stored.revision !== save.baseRevision) {
    if (isRepeated(stored, save)) return { kind: "saved", segment: stored };
    return { kind: "stale", mine: save.target, theirs: stored, base: await findTargetAt(trx, stored.id, save.baseRevision) };
  }
  const revision = stored.revision + 1;
  const { target, state, origin, author, at } = save;
  await trx
    .updateTable("segment")
    .set({ target, state, origin, author, changed_at: at, revision })
    .where("id", "=", stored.id)
    .execute();
  await trx
    .insertInto("segment_history")
    .values({ segment_id: stored.id, revision, target, state, origin, author, at })
    .execute();
  return { kind: "saved", segment: { ...stored, target, state, origin, author, changedAt: at, revision } };
}

/** The same save once more, because its answer was lost on the way: it is there already and nobody came after it. */
function isRepeated(stored: StoredSegment, save: TargetSave): boolean {
  return (
    stored.revision === save.baseRevision + 1 &&
    stored.target === save.target &&
    stored.state === save.state &&
    stored.author === save.author
  );
}

async function listSegments(
  trx: Query,
  { documentId, withIgnorables = false, withExcluded = false, offset = 0, limit = Infinity }: Parameters<SegmentStore["list"]>[0],
): Promise<readonly StoredSegment[]> {
  let query = selectSegments(trx)
    .where("segment.document_id", "=", documentId)
    .where("segment.removed_at", "is", null)
    .orderBy("segment.position");
  if (!withIgnorables) query = query.where("segment.kind", "=", "segment");
  if (!withExcluded) query = query.where("paragraph.exclusion", "is", null);
  const segments: StoredSegment[] = [];
  for (let last = -1; ;) {
    const size = Math.min(limit - segments.length, SEGMENTS_PER_TURN);
    // The offset counts once; after that the last position says where to go on.
    const rows = await query
      .where("segment.position", ">", last)
      .limit(size)
      .offset(last < 0 ? offset : 0)
      .execute();
    for (const row of rows) segments.push(toSegment(row));
    if (rows.length < SEGMENTS_PER_TURN) return segments;
    last = rows.at(-1)?.position ?? last;
    await nextTurn();
  }
}

/** Rows of one document from which on it is read once, instead of asking for the neighbours of each. */
const MANY_ROWS = 20;

async function findNeighbours(db: Query, { documentId, position }: Pick<StoredSegment, "documentId" | "position">) {
  const others = selectSegments(db)
    .where("segment.document_id", "=", documentId)
    .where("segment.removed_at", "is", null)
    .where("segment.kind", "=", "segment")
    .where("paragraph.exclusion", "is", null)
    .limit(1);
  const before = others.where("segment.position", "<", position).orderBy("segment.position", "desc");
  const after = others.where("segment.position", ">", position).orderBy("segment.position");
  const [previous, next] = await Promise.all([before.executeTakeFirst(), after.executeTakeFirst()]);
  return { previous: previous?.source, next: next?.source };
}

/** Brings the memory in line with rows, in the transaction that saves them. */
async function keepRows(
  database: Database,
  trx: Transaction<Schema>,
  { segments, memory, signed }: { segments: readonly StoredSegment[]; memory: RowMemory; signed: Signed },
): Promise<void> {
  const places = new Map<string, Neighbours>();
  for (const [documentId, rows] of Map.groupBy(segments, (segment) => segment.documentId)) {
    if (rows.length < MANY_ROWS) continue;
    const all = await listSegments(trx, { documentId });
    for (const [at, { id }] of all.entries()) places.set(id, { previous: all[at - 1]?.source, next: all[at + 1]?.source });
  }
  const neighboursOf = async (segment: StoredSegment) => places.get(segment.id) ?? (await findNeighbours(trx, segment));
  await keepRowUnits(database, trx, { segments, memory, signed, neighboursOf });
}

const savedSegments = (outcomes: readonly SegmentOutcome[]) =>
  outcomes.flatMap((outcome) => (outcome.kind === "saved" ? [outcome.segment] : []));

export function createSegmentStore(database: Database): SegmentStore {
  const { db, transaction } = database;
  return {
    // A transaction, so that nobody joins or splits paragraphs between the pieces.
    list: (filter) => transaction((trx) => listSegments(trx, filter)),
    find: (id) => findSegment(db, id),
    async findAll(ids) {
      const found = new Map<string, StoredSegment>();
      for (const piece of inPieces(ids, IDS_PER_QUERY)) {
        for (const row of await selectSegments(db).where("segment.id", "in", piece).execute()) found.set(row.id, toSegment(row));
        await nextTurn();
      }
      return ids.map((id) => found.get(id)).filter((segment) => segment !== undefined);
    },
    findNeighbours: (segment) => findNeighbours(db, segment),
    async listTranslated(projectId) {
      const documents = await db
        .selectFrom("document")
        .select("id")
        .where("project_id", "=", projectId)
        .where("side", "=", "source")
        .where("removed_at", "is", null)
        .orderBy("created_at")
        .orderBy("ordinal")
        .orderBy("id")
        .execute();
      const segments: StoredSegment[] = [];
      for (const { id } of documents) {
        const rows = await selectSegments(db)
          .where("segment.document_id", "=", id)
          .where("segment.counted", "=", 1)
          .where("segment.target", "is not", null)
          .orderBy("segment.position")
          .execute();
        for (const row of rows) segments.push(toSegment(row));
        await nextTurn();
      }
      return segments;
    },
    saveTarget: (save, memory) =>
      transaction(async (trx) => {
        const outcome = await saveTarget(trx, save);
        if (memory) await keepRows(database, trx, { segments: savedSegments([outcome]), memory, signed: save });
        return outcome;
      }),
    saveTargets: (saves, memory) =>
      transaction(async (trx) => {
        const outcomes: SegmentOutcome[] = [];
        for (const save of saves) {
          outcomes.push(await saveTarget(trx, save));
          // Each save is three statements.
          if (outcomes.length % Math.ceil(ROWS_PER_TURN / 3) === 0) await nextTurn();
        }
        const [first] = saves;
        if (memory && first) {
          await keepRows(database, trx, { segments: savedSegments(outcomes), memory, signed: first });
        }
        return outcomes;
      }),
    async history(segmentId) {
      const rows = await db
        .selectFrom("segment_history")
        .selectAll()
        .where("segment_id", "=", segmentId)
        .orderBy("revision")
        .execute();
      return rows.map((row): SegmentRevision => {
        const optional = withoutNulls({ target: row.target, origin: row.origin as TargetOrigin | null });
        const { revision, author, at } = row;
        return { segmentId, revision, state: row.state as TranslationState, author, at, ...optional };
      });
    },
  };
}

/** Rows of documents, paragraphs and segments to values and back. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ExclusionReason, ParagraphRole } from "../../model/document.ts";
import type { Transaction } from "kysely";
import type { Database, Query } from "../database.ts";
import type {
  DocumentSide,
  DocumentSummary,
  DocumentText,
  JoinedLine,
  NewParagraph,
  StoredDocument,
  StoredParagraph,
} from "../document-store.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { inPieces, parseJson, withoutNulls } from "./rows.ts";

/** Paragraphs read or written between two turns of the event loop: a few milliseconds. */
const PARAGRAPHS_PER_TURN = 500;

export function toDocument(row: Schema["document"]): StoredDocument {
  return {
    id: row.id,
    projectId: row.project_id,
    ordinal: row.ordinal,
    title: row.title,
    language: row.language,
    side: row.side as DocumentSide,
    revision: row.revision,
    createdAt: row.created_at,
    ...withoutNulls({ fileId: row.file_id, date: row.date, body: row.body, removedAt: row.removed_at }),
    ...(row.version_of === null ? {} : { versionOf: { document: row.version_of, containment: row.containment ?? 0 } }),
  };
}

function toParagraph(row: Schema["paragraph"]): StoredParagraph {
  return {
    id: row.id,
    position: row.position,
    text: row.text,
    role: row.role as ParagraphRole,
    line: row.line,
    joined: parseJson<JoinedLine[]>(row.joined),
    ...(row.exclusion === null ? {} : { exclusion: row.exclusion as ExclusionReason }),
  };
}

/**
 * Reads a long text some paragraphs at a time, other work of the process going on in between: `db` must be a
 * transaction then, so that nobody changes the text meanwhile.
 */
export async function findDocumentText(db: Query, id: string): Promise<DocumentText | undefined> {
  const row = await db.selectFrom("document").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const paragraphs: StoredParagraph[] = [];
  for (let last = -1; ;) {
    const rows = await db
      .selectFrom("paragraph")
      .selectAll()
      .where("document_id", "=", id)
      .where("removed_at", "is", null)
      .where("position", ">", last)
      .orderBy("position")
      .limit(PARAGRAPHS_PER_TURN)
      .execute();
    for (const paragraph of rows) paragraphs.push(toParagraph(paragraph));
    if (rows.length < PARAGRAPHS_PER_TURN) return { ...toDocument(row), paragraphs };
    last = rows.at(-1)?.position ?? last;
    await nextTurn();
  }
}

/** Documents with their counts; each count reads an index only. */
export function selectSummaries(db: Query) {
  return db
    .selectFrom("document")
    .selectAll("document")
    .select((e) => [
      e
        .selectFrom("paragraph")
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .whereRef("paragraph.document_id", "=", "document.id")
        .where("paragraph.removed_at", "is", null)
        .where("paragraph.exclusion", "is", null)
        .as("paragraph_count"),
      e
        .selectFrom("segment")
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .whereRef("segment.document_id", "=", "document.id")
        .where("segment.counted", "=", 1)
        .as("segment_count"),
      e
        .selectFrom("segment")
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .whereRef("segment.document_id", "=", "document.id")
        .where("segment.counted", "=", 1)
        .where("segment.state", "!=", "initial")
        .as("confirmed_count"),
    ]);
}

type SummaryRow = Schema["document"] & {
  paragraph_count: number | null;
  segment_count: number | null;
  confirmed_count: number | null;
};

export function toSummary(row: SummaryRow): DocumentSummary {
  return {
    ...toDocument(row),
    paragraphCount: row.paragraph_count ?? 0,
    segmentCount: row.segment_count ?? 0,
    confirmedCount: row.confirmed_count ?? 0,
  };
}

type Rows = {
  readonly paragraphs: Schema["paragraph"][];
  readonly segments: Schema["segment"][];
  readonly history: Omit<Schema["segment_history"], "sequence">[];
};
type Place = { readonly paragraph: number; readonly segment: number };

/**
 * Writes paragraphs and their segments from the given positions on. Throws when segments do not glue back to their
 * paragraph: that is a fault of ours, and a text must never be stored altered.
 */
export async function insertParagraphs(
  database: Database,
  trx: Transaction<Schema>,
  {
    documentId,
    paragraphs,
    at,
    signed,
  }: {
    readonly documentId: string;
    readonly paragraphs: readonly NewParagraph[];
    readonly at: Place;
    readonly signed: Signed;
  },
): Promise<void> {
  let place = at;
  for (const piece of inPieces(paragraphs, PARAGRAPHS_PER_TURN)) {
    const rows: Rows = { paragraphs: [], segments: [], history: [] };
    for (const paragraph of piece) place = addRows(rows, paragraph, { documentId, place, signed });
    await nextTurn();
    await database.insertRows(trx, "paragraph", rows.paragraphs);
    await nextTurn();
    await database.insertRows(trx, "segment", rows.segments);
    await database.insertRows(trx, "segment_history", rows.history);
    await nextTurn();
  }
}

/** Answers the place behind the paragraph. */
function addRows(
  rows: Rows,
  paragraph: NewParagraph,
  { documentId, place, signed }: { readonly documentId: string; readonly place: Place; readonly signed: Signed },
): Place {
  if (paragraph.segments.map((segment) => segment.source).join("") !== paragraph.text) {
    throw new Error(`Segments do not make up the paragraph of line ${paragraph.line}`);
  }
  const paragraphId = randomUUID();
  rows.paragraphs.push({
    id: paragraphId,
    document_id: documentId,
    position: place.paragraph,
    text: paragraph.text,
    role: paragraph.role,
    line: paragraph.line,
    exclusion: paragraph.exclusion ?? null,
    joined: JSON.stringify(paragraph.joined ?? []),
    removed_at: null,
  });
  paragraph.segments.forEach((segment, number) => {
    const id = randomUUID();
    const isTranslated = segment.target !== undefined;
    const state = segment.state ?? "initial";
    const origin = segment.origin ?? (isTranslated ? "import" : null);
    rows.segments.push({
      id,
      document_id: documentId,
      paragraph_id: paragraphId,
      position: place.segment + number,
      kind: segment.kind,
      source: segment.source,
      target: segment.target ?? null,
      state,
      origin,
      counted: segment.kind === "segment" && paragraph.exclusion === undefined ? 1 : 0,
      revision: 1,
      author: isTranslated ? signed.author : null,
      changed_at: isTranslated ? signed.at : null,
      removed_at: null,
    });
    if (!isTranslated) return;
    const { author, at } = signed;
    rows.history.push({ segment_id: id, revision: 1, target: segment.target, state, origin, author, at });
  });
  return { paragraph: place.paragraph + 1, segment: place.segment + paragraph.segments.length };
}

/** Accepted documents. Nothing of a text is ever deleted: what is replaced or removed gets a time of removal. */
import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import type { ExclusionReason } from "../../model/document.ts";
import type { Database, Query } from "../database.ts";
import type {
  DocumentChange,
  DocumentEvent,
  DocumentOutcome,
  DocumentStore,
  DocumentSummary,
  DocumentText,
  StoredDocument,
  StoredParagraph,
} from "../document-store.ts";
import type { Refused, Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import { findDocumentText, insertParagraphs, selectSummaries, toSummary } from "./document-rows.ts";
import { findDocumentUses } from "./document-uses.ts";
import { IDS_PER_QUERY, inPieces, withoutNulls } from "./rows.ts";

type Action = DocumentEvent["action"];
type Event = Signed & {
  readonly document: StoredDocument;
  readonly action: Action;
  readonly before?: unknown;
  readonly after?: unknown;
};

const NOT_FOUND: Refused = { kind: "refused", code: "not-found" };

async function record(trx: Query, { document, action, before, after, author, at }: Event): Promise<void> {
  await trx
    .insertInto("document_history")
    .values({
      document_id: document.id,
      revision: document.revision,
      action,
      before: before === undefined ? null : JSON.stringify(before),
      after: after === undefined ? null : JSON.stringify(after),
      author,
      at,
    })
    .execute();
}

/** What the history keeps of paragraphs: only what changed, so that a long document does not make long lines. */
type EarlierExclusions = { readonly exclusions: Readonly<Record<string, ExclusionReason | null>> };
type EarlierParagraphs = { readonly first: number; readonly inserted: number; readonly paragraphs: readonly StoredParagraph[] };

function setExclusion(paragraph: StoredParagraph, exclusion: ExclusionReason | undefined): StoredParagraph {
  return withoutNulls({ ...paragraph, exclusion: exclusion ?? null });
}

function undoExclusion(paragraphs: readonly StoredParagraph[], { exclusions }: EarlierExclusions): readonly StoredParagraph[] {
  return paragraphs.map((paragraph) =>
    paragraph.id in exclusions ? setExclusion(paragraph, exclusions[paragraph.id] ?? undefined) : paragraph,
  );
}

/** The document with only its changed fields as they were at `revision`, going back through the history. */
async function findDocumentAt(trx: Query, current: DocumentText, revision: number): Promise<DocumentText | undefined> {
  if (revision < 1 || revision > current.revision) return undefined;
  const events = await trx
    .selectFrom("document_history")
    .select(["action", "before"])
    .where("document_id", "=", current.id)
    .where("revision", ">", revision)
    .orderBy("sequence", "desc")
    .execute();
  let document = current;
  for (const { action, before } of events) {
    if (before === null) continue;
    const earlier: unknown = JSON.parse(before);
    if (action === "change") document = { ...document, ...withoutNulls(earlier as DocumentText) };
    if (action === "exclude")
      document = { ...document, paragraphs: undoExclusion(document.paragraphs, earlier as EarlierExclusions) };
    if (action === "paragraphs") {
      const { first, inserted, paragraphs } = earlier as EarlierParagraphs;
      const earlierOnes = document.paragraphs.toSpliced(first, inserted, ...paragraphs);
      document = { ...document, paragraphs: earlierOnes.map((paragraph, position) => ({ ...paragraph, position })) };
    }
  }
  return { ...document, revision };
}

function toColumns(change: DocumentChange): Partial<Schema["document"]> {
  return {
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.language === undefined ? {} : { language: change.language }),
    ...(change.side === undefined ? {} : { side: change.side }),
    ...("date" in change ? { date: change.date ?? null } : {}),
    ...("body" in change ? { body: change.body ?? null } : {}),
    ...("versionOf" in change
      ? { version_of: change.versionOf?.document ?? null, containment: change.versionOf?.containment ?? null }
      : {}),
  };
}

async function findSummary(query: Query, id: string): Promise<DocumentSummary | undefined> {
  const row = await selectSummaries(query).where("document.id", "=", id).executeTakeFirst();
  return row && toSummary(row);
}

/** Takes a document out, or brings it back (`removedAt` null), inside a transaction. */
export async function setDocumentRemoval(
  trx: Query,
  { documentId, removedAt, ...signed }: Signed & { readonly documentId: string; readonly removedAt: string | null },
): Promise<DocumentSummary | undefined> {
  const stored = await findSummary(trx, documentId);
  if (!stored || (stored.removedAt === undefined) === (removedAt === null)) return stored;
  await trx
    .updateTable("document")
    .set({ removed_at: removedAt, revision: stored.revision + 1 })
    .where("id", "=", documentId)
    .execute();
  const document = await findSummary(trx, documentId);
  if (document) await record(trx, { document, action: removedAt === null ? "restore" : "remove", ...signed });
  return document;
}

export function createDocumentStore(database: Database): DocumentStore {
  const { db, transaction } = database;

  /** Runs `work` on the document if it is still at the revision, raises the revision and records what happened. */
  function changeBased(
    { documentId, baseRevision, author, at }: Signed & { readonly documentId: string; readonly baseRevision: number },
    work: (
      trx: Transaction<Schema>,
      stored: DocumentText,
    ) => Promise<Refused | { readonly action: Action; readonly before: unknown; readonly after: unknown }>,
    mine: (base: DocumentText) => DocumentText,
  ): Promise<DocumentOutcome> {
    return transaction(async (trx) => {
      const stored = await findDocumentText(trx, documentId);
      if (!stored) return NOT_FOUND;
      if (stored.revision !== baseRevision) {
        const base = await findDocumentAt(trx, stored, baseRevision);
        return { kind: "stale", mine: mine(base ?? stored), theirs: stored, base };
      }
      const done = await work(trx, stored);
      if ("kind" in done) return done;
      await trx
        .updateTable("document")
        .set({ revision: stored.revision + 1 })
        .where("id", "=", documentId)
        .execute();
      const document = await findDocumentText(trx, documentId);
      if (!document) return NOT_FOUND;
      await record(trx, { document, ...done, author, at });
      return { kind: "saved", document };
    });
  }

  return {
    add: ({ paragraphs, id = randomUUID(), ...document }, signed) =>
      transaction(async (trx) => {
        await trx
          .insertInto("document")
          .values({
            id,
            project_id: document.projectId,
            file_id: document.fileId ?? null,
            ordinal: document.ordinal,
            title: document.title,
            date: document.date ?? null,
            body: document.body ?? null,
            language: document.language,
            side: document.side,
            version_of: document.versionOf?.document ?? null,
            containment: document.versionOf?.containment ?? null,
            revision: 1,
            created_at: signed.at,
            removed_at: null,
          })
          .execute();
        await insertParagraphs(database, trx, { documentId: id, paragraphs, at: { paragraph: 0, segment: 0 }, signed });
        const stored = await findDocumentText(trx, id);
        if (!stored) throw new Error("The document just stored is not there");
        await record(trx, { document: stored, action: "create", ...signed });
        return stored;
      }),
    async list({ projectId, side, removed = false }) {
      let query = selectSummaries(db)
        .where("document.project_id", "=", projectId)
        .where("document.removed_at", removed ? "is not" : "is", null);
      if (side) query = query.where("document.side", "=", side);
      const rows = await query
        .leftJoin("file", "file.id", "document.file_id")
        .orderBy("document.created_at")
        .orderBy("file.name")
        .orderBy("document.ordinal")
        .orderBy("document.id")
        .execute();
      return rows.map(toSummary);
    },
    find: (id) => transaction((trx) => findDocumentText(trx, id)),
    findSummary: (id) => findSummary(db, id),
    findUses: (id) => findDocumentUses(db, id),
    change: ({ change, ...based }) =>
      changeBased(
        based,
        async (trx, stored) => {
          const columns = toColumns(change);
          const before = Object.fromEntries(Object.keys(change).map((key) => [key, stored[key as keyof DocumentChange] ?? null]));
          if (Object.keys(columns).length > 0) {
            await trx.updateTable("document").set(columns).where("id", "=", stored.id).execute();
          }
          return { action: "change", before, after: change };
        },
        (base) => withoutNulls({ ...base, ...change }) as DocumentText,
      ),
    exclude: ({ paragraphIds, exclusion, ...based }) =>
      changeBased(
        based,
        async (trx, stored) => {
          for (const ids of inPieces(paragraphIds, IDS_PER_QUERY)) {
            await trx
              .updateTable("paragraph")
              .set({ exclusion: exclusion ?? null })
              .where("document_id", "=", stored.id)
              .where("id", "in", ids)
              .execute();
            await trx
              .updateTable("segment")
              .set({ counted: exclusion === undefined ? 1 : 0 })
              .where("paragraph_id", "in", ids)
              .where("document_id", "=", stored.id)
              .where("kind", "=", "segment")
              .where("removed_at", "is", null)
              .execute();
          }
          const chosen = stored.paragraphs.filter((paragraph) => paragraphIds.includes(paragraph.id));
          const exclusions = Object.fromEntries(chosen.map((paragraph) => [paragraph.id, paragraph.exclusion ?? null]));
          return { action: "exclude", before: { exclusions }, after: { paragraphIds, exclusion: exclusion ?? null } };
        },
        (base) => ({
          ...base,
          paragraphs: base.paragraphs.map((paragraph) =>
            paragraphIds.includes(paragraph.id) ? setExclusion(paragraph, exclusion) : paragraph,
          ),
        }),
      ),
    replaceParagraphs: ({ replaced, paragraphs, ...based }) =>
      changeBased(
        based,
        async (trx, stored) => {
          const first = stored.paragraphs.findIndex((paragraph) => paragraph.id === replaced[0]);
          const isConsecutive = first >= 0 && replaced.every((id, at) => stored.paragraphs[first + at]?.id === id);
          if (!isConsecutive) return { kind: "refused", code: "paragraphs-not-consecutive" };
          const at = await makeRoom(trx, { documentId: stored.id, replaced, first, paragraphs, at: based.at });
          await insertParagraphs(database, trx, { documentId: stored.id, paragraphs, at, signed: based });
          return {
            action: "paragraphs",
            before: { first, inserted: paragraphs.length, paragraphs: stored.paragraphs.slice(first, first + replaced.length) },
            after: { replaced, paragraphs: paragraphs.map(({ text, line }) => ({ text, line })) },
          };
        },
        (base) => base,
      ),
    remove: (documentId, { author, at }) =>
      transaction((trx) => setDocumentRemoval(trx, { documentId, removedAt: at, author, at })),
    restore: (documentId, { author, at }) =>
      transaction((trx) => setDocumentRemoval(trx, { documentId, removedAt: null, author, at })),
    async history(documentId) {
      const rows = await db
        .selectFrom("document_history")
        .selectAll()
        .where("document_id", "=", documentId)
        .orderBy("sequence")
        .execute();
      return rows.map((row): DocumentEvent => {
        const { revision, author, at } = row;
        return { revision, action: row.action as Action, author, at, ...withoutNulls({ before: row.before, after: row.after }) };
      });
    },
  };
}

/** Takes paragraphs out and moves what follows, so that as many as given fit in; answers where they begin. */
async function makeRoom(
  trx: Query,
  {
    documentId,
    replaced,
    first,
    paragraphs,
    at,
  }: {
    readonly documentId: string;
    readonly replaced: readonly string[];
    readonly first: number;
    readonly paragraphs: readonly { readonly segments: readonly unknown[] }[];
    readonly at: string;
  },
): Promise<{ readonly paragraph: number; readonly segment: number }> {
  const old = await trx
    .selectFrom("segment")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("paragraph_id", "in", replaced)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  const before = await trx
    .selectFrom("segment")
    .innerJoin("paragraph", "paragraph.id", "segment.paragraph_id")
    .select((e) => e.fn.max<number | null>("segment.position").as("last"))
    .where("segment.document_id", "=", documentId)
    .where("segment.removed_at", "is", null)
    .where("paragraph.position", "<", first)
    .executeTakeFirstOrThrow();
  const start = before.last === null ? 0 : before.last + 1;
  await trx.updateTable("paragraph").set({ removed_at: at }).where("id", "in", replaced).execute();
  await trx
    .updateTable("segment")
    .set({ removed_at: at, counted: 0 })
    .where("paragraph_id", "in", replaced)
    .where("removed_at", "is", null)
    .execute();
  const newSegments = paragraphs.reduce((sum, paragraph) => sum + paragraph.segments.length, 0);
  await trx
    .updateTable("paragraph")
    .set((e) => ({ position: e("position", "+", paragraphs.length - replaced.length) }))
    .where("document_id", "=", documentId)
    .where("position", ">=", first + replaced.length)
    .where("removed_at", "is", null)
    .execute();
  await trx
    .updateTable("segment")
    .set((e) => ({ position: e("position", "+", newSegments - old.count) }))
    .where("document_id", "=", documentId)
    .where("position", ">=", start + old.count)
    .where("removed_at", "is", null)
    .execute();
  return { paragraph: first, segment: start };
}

/**
 * Confirmed rows in the memory that a project fills from them: written in the transaction that saves the row, so that no
 * crash can part the two. A row that is opened again, or emptied, leaves the memory.
 *
 * The source texts before and after a row go with it: they tell a repeated sentence in the same place from one elsewhere.
 */
import type { Transaction } from "kysely";
import type { Database } from "../database.ts";
import type { NewUnit } from "../memory-store.ts";
import type { Signed } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import type { RowMemory, StoredSegment } from "../segment-store.ts";
import { findByOrigin, savePiece, writeChanges } from "./unit-writes.ts";

export type Neighbours = { readonly previous: string | undefined; readonly next: string | undefined };

const toKey = (segment: StoredSegment): string => `segment:${segment.id}`;

export async function keepRowUnits(
  database: Database,
  trx: Transaction<Schema>,
  given: {
    readonly segments: readonly StoredSegment[];
    readonly memory: RowMemory;
    readonly signed: Signed;
    readonly neighboursOf: (segment: StoredSegment) => Promise<Neighbours>;
  },
): Promise<void> {
  const { segments, signed } = given;
  const memory = await trx
    .selectFrom("memory")
    .selectAll()
    .where("id", "=", given.memory.memoryId)
    .where("removed_at", "is", null)
    .where("read_only", "=", 0)
    .executeTakeFirst();
  if (!memory || segments.length === 0) return;
  const known = await findByOrigin(trx, memory.id, segments.map(toKey));
  const project = await trx.selectFrom("project").selectAll().where("id", "=", memory.project_id).executeTakeFirst();
  const documents = await findDocuments(trx, segments);
  const units: NewUnit[] = [];
  for (const segment of segments) {
    const { id, source, target, state, documentId } = segment;
    if (state === "initial" || target === undefined || target.trim() === "") continue;
    const { previous, next } = await given.neighboursOf(segment);
    const document = documents.get(documentId);
    units.push({
      originKey: toKey(segment),
      link: { documentId, segmentId: id },
      ...{ source, target, state },
      sourceLanguage: document?.language ?? project?.source_language ?? "zh",
      targetLanguage: project?.target_language ?? "en",
      ...(previous === undefined ? {} : { previous }),
      ...(next === undefined ? {} : { next }),
      ...(document === undefined ? {} : { document: document.title }),
      author: signed.author,
      createdAt: known.get(toKey(segment))?.created_at ?? signed.at,
      changedAt: signed.at,
    });
  }
  const confirmed = new Set(units.map((unit) => unit.originKey));
  const withdrawn = [...known.values()].filter((unit) => !confirmed.has(unit.origin_key));
  await writeChanges(database, trx, { memory, changes: withdrawn.map((old) => ({ old })), signed });
  if (units.length > 0) await savePiece(database, trx, { memory, units, signed });
}

async function findDocuments(trx: Transaction<Schema>, segments: readonly StoredSegment[]) {
  const ids = [...new Set(segments.map((segment) => segment.documentId))];
  const rows = await trx.selectFrom("document").select(["id", "title", "language"]).where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Taking out an alignment as a whole, with documents that came with it, and bringing back what went. Each is one
 * transaction and one line of a history that is only added to; nothing is deleted.
 */
import type { AlignmentEvent, RemovalOutcome } from "../alignment-store.ts";
import type { Query } from "../database.ts";
import type { Signed } from "../outcomes.ts";
import { findDocumentUses, isUsed } from "./document-uses.ts";
import { setDocumentRemoval } from "./documents.ts";
import { parseJson } from "./rows.ts";

function findHead(trx: Query, id: string) {
  return trx.selectFrom("alignment").select(["revision", "removed_at"]).where("id", "=", id).executeTakeFirst();
}

type Recorded = Signed & { readonly alignmentId: string; readonly action: AlignmentEvent["action"] };

async function record(trx: Query, documents: readonly string[], { alignmentId, action, author, at }: Recorded): Promise<void> {
  const line = { alignment_id: alignmentId, action, documents: JSON.stringify(documents), author, at };
  await trx.insertInto("alignment_history").values(line).execute();
}

async function setDocuments(
  trx: Query,
  ids: readonly string[],
  change: Signed & { readonly removedAt: string | null },
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const documentId of ids) {
    const document = await setDocumentRemoval(trx, { documentId, ...change });
    // One that a person removed before is not brought back with it.
    if (document?.removedAt === (change.removedAt ?? undefined)) changed.push(documentId);
  }
  return changed;
}

export async function removeAlignment(
  trx: Query,
  { alignmentId, documentIds, author, at }: Signed & { readonly alignmentId: string; readonly documentIds: readonly string[] },
): Promise<RemovalOutcome> {
  const head = await findHead(trx, alignmentId);
  if (!head) return "not-found";
  if (head.removed_at !== null) return "done";
  if (head.revision !== 1) return "changed";
  await trx.updateTable("alignment").set({ removed_at: at }).where("id", "=", alignmentId).execute();
  // Asked in the transaction: whatever came to use a document a moment ago keeps it.
  const unused: string[] = [];
  for (const id of documentIds) if (!isUsed(await findDocumentUses(trx, id))) unused.push(id);
  const documents = await setDocuments(trx, unused, { removedAt: at, author, at });
  await record(trx, documents, { alignmentId, action: "remove", author, at });
  return "done";
}

export async function restoreAlignment(
  trx: Query,
  { alignmentId, author, at }: Signed & { readonly alignmentId: string },
): Promise<RemovalOutcome> {
  const head = await findHead(trx, alignmentId);
  if (!head) return "not-found";
  if (head.removed_at === null) return "done";
  const removal = (await listRemovals(trx, alignmentId)).findLast(({ action }) => action === "remove");
  await trx.updateTable("alignment").set({ removed_at: null }).where("id", "=", alignmentId).execute();
  const documents = await setDocuments(trx, removal?.documentIds ?? [], { removedAt: null, author, at });
  await record(trx, documents, { alignmentId, action: "restore", author, at });
  return "done";
}

export async function listRemovals(db: Query, alignmentId: string): Promise<readonly AlignmentEvent[]> {
  const rows = await db
    .selectFrom("alignment_history")
    .selectAll()
    .where("alignment_id", "=", alignmentId)
    .orderBy("sequence")
    .execute();
  return rows.map(({ action, documents, author, at }) => ({
    action: action as AlignmentEvent["action"],
    documentIds: parseJson<string[]>(documents),
    author,
    at,
  }));
}

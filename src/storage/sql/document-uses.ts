/** What uses a document besides the library: asked when it is to go together with something else. */
import type { DocumentUses } from "../document-store.ts";
import type { Query } from "../database.ts";

export async function findDocumentUses(db: Query, id: string): Promise<DocumentUses> {
  const alignments = await db
    .selectFrom("alignment")
    .select("id")
    .where((e) => e.or([e("source_document_id", "=", id), e("target_document_id", "=", id)]))
    .where("removed_at", "is", null)
    .execute();
  const versions = await db
    .selectFrom("document")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("version_of", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  const readings = await db
    .selectFrom("reading_decision")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where((e) => e.or([e("base_document_id", "=", id), e("other_document_id", "=", id)]))
    .executeTakeFirstOrThrow();
  const translated = await db
    .selectFrom("segment")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("document_id", "=", id)
    .where("removed_at", "is", null)
    .where("target", "is not", null)
    .executeTakeFirstOrThrow();
  return {
    alignments: alignments.map((alignment) => alignment.id),
    versions: versions.count,
    readings: readings.count,
    translated: translated.count,
  };
}

export function isUsed({ alignments, versions, readings, translated }: DocumentUses): boolean {
  return alignments.length + versions + readings + translated > 0;
}

import type { Selectable } from "kysely";
import type { Database } from "../database.ts";
import type { ReadingDecision, ReadingStore, VersionsKey } from "../reading-store.ts";
import type { Schema } from "../schema.ts";

export function createReadingStore({ db, transaction }: Database): ReadingStore {
  const select = ({ projectId, baseDocument, otherDocument }: VersionsKey) =>
    db
      .selectFrom("reading_decision")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("base_document_id", "=", baseDocument)
      .where("other_document_id", "=", otherDocument)
      .orderBy("sequence");
  return {
    decide: ({ projectId, baseDocument, otherDocument, place, reading, note, author, at, basedOn }) =>
      transaction(async (trx) => {
        const standing = await trx
          .selectFrom("reading_decision")
          .selectAll()
          .where("project_id", "=", projectId)
          .where("base_document_id", "=", baseDocument)
          .where("other_document_id", "=", otherDocument)
          .where("place", "=", place)
          .orderBy("sequence", "desc")
          .limit(1)
          .executeTakeFirst();
        const mine = { ...(reading ? { reading } : {}), ...(note ? { note } : {}) };
        if (standing && standing.sequence !== basedOn) {
          return { kind: "stale", mine, theirs: toDecision(standing), base: undefined };
        }
        const row = {
          project_id: projectId,
          base_document_id: baseDocument,
          other_document_id: otherDocument,
          place,
          reading: reading ?? null,
          note: note ?? null,
          author,
          at,
        };
        const saved = await trx.insertInto("reading_decision").values(row).returningAll().executeTakeFirstOrThrow();
        return { kind: "saved", decision: toDecision(saved) };
      }),
    async list(versions) {
      const rows = await select(versions).execute();
      const newest = new Map<string, ReadingDecision>();
      for (const row of rows) {
        newest.delete(row.place);
        newest.set(row.place, toDecision(row));
      }
      return [...newest.values()];
    },
    async history({ place, ...versions }) {
      return (await select(versions).where("place", "=", place).execute()).map(toDecision);
    },
  };
}

function toDecision(row: Selectable<Schema["reading_decision"]>): ReadingDecision {
  return {
    sequence: row.sequence,
    place: row.place,
    ...(row.reading === "base" || row.reading === "other" ? { reading: row.reading } : {}),
    ...(row.note === null ? {} : { note: row.note }),
    author: row.author,
    at: row.at,
  };
}

/** Sentences that were split, joined or edited in an alignment. Written once: an edit of an edit is another line. */
import type { Kysely } from "kysely";
import { forbidChanges, forbidReplacing } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "edited_sentence", {
    columns: { id: "text", alignment_id: "text", text: "text", parts: "text", author: "text", at: "text" },
    key: ["id"],
    references: { alignment_id: "alignment" },
    indexes: { by_alignment: ["alignment_id"] },
  });
  await forbidChanges(db, "edited_sentence");
  await forbidReplacing(db, "edited_sentence");
}

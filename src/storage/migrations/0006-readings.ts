/** What people decided about the differences between two versions of one text. */
import type { Kysely } from "kysely";
import { forbidChanges } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "reading_decision", {
    columns: {
      project_id: "text",
      base_document_id: "text",
      other_document_id: "text",
      place: "text",
      reading: "text?",
      note: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { project_id: "project", base_document_id: "document", other_document_id: "document" },
    indexes: { by_documents: ["base_document_id", "other_document_id", "place"] },
  });
  await forbidChanges(db, "reading_decision");
}

/** Projects, received files, documents with their paragraphs and segments. */
import type { Kysely } from "kysely";
import { forbidChanges } from "../append-only.ts";
import { createTable } from "./columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db, "project", {
    columns: { id: "text", name: "text", source_language: "text", target_language: "text", created_at: "text" },
    key: ["id"],
  });
  // The empty project id stands for settings of the whole installation, so there is no reference.
  await createTable(db, "setting", { columns: { project_id: "text", key: "text", value: "text" }, key: ["project_id", "key"] });
  await createTable(db, "counter", {
    columns: { project_id: "text", name: "text", value: "integer" },
    key: ["project_id", "name"],
  });

  await createTable(db, "blob", { columns: { sha256: "text", size: "integer", complete: "integer" }, key: ["sha256"] });
  await createTable(db, "blob_part", { columns: { sha256: "text", part: "integer", bytes: "blob" }, key: ["sha256", "part"] });
  await createTable(db, "file", {
    columns: {
      id: "text",
      project_id: "text",
      name: "text",
      media_type: "text",
      encoding: "text?",
      sha256: "text",
      size: "integer",
      received_at: "text",
    },
    key: ["id"],
    references: { project_id: "project" },
    indexes: { by_project: ["project_id", "received_at"], by_contents: ["sha256"] },
  });

  await createTable(db, "document", {
    columns: {
      id: "text",
      project_id: "text",
      file_id: "text?",
      ordinal: "integer",
      title: "text",
      date: "text?",
      body: "text?",
      language: "text",
      side: "text",
      version_of: "text?",
      containment: "real?",
      revision: "integer",
      created_at: "text",
      removed_at: "text?",
    },
    key: ["id"],
    references: { project_id: "project", file_id: "file" },
    indexes: { by_project: ["project_id", "side"] },
  });
  await createTable(db, "document_history", {
    columns: {
      document_id: "text",
      revision: "integer",
      action: "text",
      before: "text?",
      after: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { document_id: "document" },
    indexes: { by_document: ["document_id", "revision"] },
  });
  await createTable(db, "paragraph", {
    columns: {
      id: "text",
      document_id: "text",
      position: "integer",
      text: "text",
      role: "text",
      line: "integer",
      exclusion: "text?",
      joined: "text",
      removed_at: "text?",
    },
    key: ["id"],
    references: { document_id: "document" },
    indexes: { in_order: ["document_id", "position"] },
  });
  await createTable(db, "segment", {
    columns: {
      id: "text",
      document_id: "text",
      paragraph_id: "text",
      position: "integer",
      kind: "text",
      source: "text",
      target: "text?",
      state: "text",
      origin: "text?",
      counted: "integer",
      revision: "integer",
      author: "text?",
      changed_at: "text?",
      removed_at: "text?",
    },
    key: ["id"],
    references: { document_id: "document", paragraph_id: "paragraph" },
    indexes: {
      in_order: ["document_id", "position"],
      by_paragraph: ["paragraph_id"],
      for_counts: ["document_id", "counted", "state"],
    },
  });
  await createTable(db, "segment_history", {
    columns: {
      segment_id: "text",
      revision: "integer",
      target: "text?",
      state: "text",
      origin: "text?",
      author: "text",
      at: "text",
    },
    key: "sequence",
    references: { segment_id: "segment" },
    unique: { revision: ["segment_id", "revision"] },
  });
  await forbidChanges(db, "document_history");
  await forbidChanges(db, "segment_history");
}

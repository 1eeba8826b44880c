/**
 * Received files. Bytes are stored once for equal contents, in parts, so that a file of 200 MB neither stops the event
 * loop nor has to be in memory again when it is downloaded. A blob counts only when it is complete.
 */
import { createHash, randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../database.ts";
import type { FileStore, StoredFile } from "../file-store.ts";
import type { Schema } from "../schema.ts";
import { withoutNulls } from "./rows.ts";

const PART_BYTES = 1024 * 1024;

function toFile(row: Schema["file"]): StoredFile {
  const { project_id: projectId, media_type: mediaType, received_at: receivedAt, ...rest } = row;
  return { ...withoutNulls(rest), projectId, mediaType, receivedAt };
}

async function hashBytes(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < bytes.length; start += 8 * PART_BYTES) {
    hash.update(bytes.subarray(start, start + 8 * PART_BYTES));
    await nextTurn();
  }
  return hash.digest("hex");
}

async function saveBlob(database: Database, sha256: string, bytes: Uint8Array): Promise<void> {
  const { db } = database;
  const known = await db.selectFrom("blob").select("complete").where("sha256", "=", sha256).executeTakeFirst();
  if (known?.complete === 1) return;
  await db
    .insertInto("blob")
    .values({ sha256, size: bytes.length, complete: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Writing a part again is harmless: equal contents have equal parts, so an interrupted save is simply completed.
  for (let start = 0, part = 0; start < bytes.length; start += PART_BYTES, part++) {
    await db
      .insertInto("blob_part")
      .values({ sha256, part, bytes: bytes.subarray(start, start + PART_BYTES) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await nextTurn();
  }
  await db.updateTable("blob").set({ complete: 1 }).where("sha256", "=", sha256).execute();
}

export function createFileStore(database: Database): FileStore {
  const { db } = database;

  async function find(id: string): Promise<StoredFile | undefined> {
    const row = await db.selectFrom("file").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toFile(row);
  }

  async function* readBytes(id: string): AsyncIterable<Uint8Array> {
    const file = await find(id);
    if (!file) throw new Error(`There is no file ${id}`);
    const parts = Math.ceil(file.size / PART_BYTES);
    for (let part = 0; part < parts; part++) {
      const row = await db
        .selectFrom("blob_part")
        .select("bytes")
        .where("sha256", "=", file.sha256)
        .where("part", "=", part)
        .executeTakeFirstOrThrow();
      yield row.bytes;
      await nextTurn();
    }
  }

  return {
    async add({ bytes, ...file }) {
      const sha256 = await hashBytes(bytes);
      await saveBlob(database, sha256, bytes);
      const stored: StoredFile = { ...file, id: randomUUID(), sha256, size: bytes.length };
      await db
        .insertInto("file")
        .values({
          id: stored.id,
          project_id: stored.projectId,
          name: stored.name,
          media_type: stored.mediaType,
          encoding: stored.encoding ?? null,
          sha256,
          size: stored.size,
          received_at: stored.receivedAt,
        })
        .execute();
      return stored;
    },
    find,
    async list(projectId) {
      const rows = await db
        .selectFrom("file")
        .selectAll()
        .where("project_id", "=", projectId)
        .orderBy("received_at")
        .orderBy("name")
        .orderBy("id")
        .execute();
      return rows.map(toFile);
    },
    async findBySha256(projectId, sha256) {
      const rows = await db
        .selectFrom("file")
        .selectAll()
        .where("sha256", "=", sha256)
        .where("project_id", "=", projectId)
        .orderBy("received_at")
        .execute();
      return rows.map(toFile);
    },
    async getBytes(id) {
      const parts: Uint8Array[] = [];
      for await (const part of readBytes(id)) parts.push(part);
      return Buffer.concat(parts);
    },
    readBytes,
  };
}

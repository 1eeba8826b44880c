/** Memories in the trash, and memories that are lent to other projects. */
import type { Database, Query } from "../database.ts";
import type { MemoryStore } from "../memory-store.ts";
import { advanceCounter } from "./rows.ts";
import { announceChange } from "./unit-writes.ts";

type Care = Pick<MemoryStore, "moveToTrash" | "takeFromTrash" | "listTrash" | "attach" | "detach" | "listAttachable">;

export function createMemoryCare({ db, transaction }: Database): Care {
  const setRemoved = (id: string, removed_at: string | null) =>
    transaction(async (trx) => {
      const row = await trx.updateTable("memory").set({ removed_at }).where("id", "=", id).returningAll().executeTakeFirst();
      if (row) await announceChange(trx, row);
      return row !== undefined;
    });
  const listAll = (query: Query) =>
    query.selectFrom("memory").innerJoin("project", "project.id", "memory.project_id").orderBy("memory.created_at");
  return {
    moveToTrash: (id, at) => setRemoved(id, at),
    takeFromTrash: (id) => setRemoved(id, null),
    async listTrash(projectId) {
      const rows = await db
        .selectFrom("memory")
        .selectAll()
        .where("project_id", "=", projectId)
        .where("removed_at", "is not", null)
        .orderBy("removed_at", "desc")
        .execute();
      return rows.map((row) => ({ id: row.id, name: row.name, unitCount: row.unit_count, removedAt: row.removed_at ?? "" }));
    },
    attach: ({ projectId, memoryId, priority, penalty, author, at }) =>
      transaction(async (trx) => {
        const memory = await trx
          .selectFrom("memory")
          .select("id")
          .where("id", "=", memoryId)
          .where("project_id", "!=", projectId)
          .where("removed_at", "is", null)
          .executeTakeFirst();
        if (!memory) return false;
        await trx
          .insertInto("memory_attachment")
          .values({ project_id: projectId, memory_id: memoryId, priority, penalty, author, at })
          .onConflict((conflict) => conflict.columns(["project_id", "memory_id"]).doUpdateSet({ priority, penalty }))
          .execute();
        await advanceCounter(trx, projectId, "memory");
        return true;
      }),
    detach: ({ projectId, memoryId }) =>
      transaction(async (trx) => {
        const gone = await trx
          .deleteFrom("memory_attachment")
          .where("project_id", "=", projectId)
          .where("memory_id", "=", memoryId)
          .executeTakeFirst();
        if (gone.numDeletedRows > 0n) await advanceCounter(trx, projectId, "memory");
        return gone.numDeletedRows > 0n;
      }),
    async listAttachable(projectId) {
      const rows = await listAll(db)
        .select(["memory.id", "memory.name", "memory.unit_count", "memory.project_id", "project.name as project_name"])
        .select(["project.source_language", "project.target_language"])
        .where("memory.project_id", "!=", projectId)
        .where("memory.removed_at", "is", null)
        .where((e) =>
          e("memory.id", "not in", e.selectFrom("memory_attachment").select("memory_id").where("project_id", "=", projectId)),
        )
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        unitCount: row.unit_count,
        projectId: row.project_id,
        projectName: row.project_name,
        sourceLanguage: row.source_language,
        targetLanguage: row.target_language,
      }));
    },
  };
}

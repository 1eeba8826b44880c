/** Groups of duplicates, written in pieces; a run counts once it is complete, and the run before goes then. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../database.ts";
import type { DuplicateRun, DuplicateStore, StoredGroup } from "../duplicate-store.ts";
import type { Schema } from "../schema.ts";
import { inPieces, parseJson } from "./rows.ts";

const GROUPS_PER_TRANSACTION = 2000;

type Content = Pick<StoredGroup, "unitIds" | "similarity">;

function toGroup(row: Schema["duplicate_group"]): StoredGroup {
  return { position: row.position, kind: row.kind, ...parseJson<Content>(row.content) };
}

function countKinds(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export function createDuplicateStore(database: Database): DuplicateStore {
  const { db, transaction } = database;

  async function removeOthers(projectId: string, kept: string): Promise<void> {
    const others = db.selectFrom("duplicate_run").select("id").where("project_id", "=", projectId).where("id", "!=", kept);
    for (const { id } of await others.execute()) {
      // A range of positions is one short query, however many groups there are.
      for (let last = GROUPS_PER_TRANSACTION; ; last += GROUPS_PER_TRANSACTION) {
        await db.deleteFrom("duplicate_group").where("run_id", "=", id).where("position", "<", last).execute();
        const more = db.selectFrom("duplicate_group").select("position").where("run_id", "=", id).limit(1);
        if (!(await more.executeTakeFirst())) break;
        await nextTurn();
      }
      await db.deleteFrom("duplicate_run").where("id", "=", id).execute();
    }
  }

  return {
    async save(run, groups) {
      const { id, projectId: project_id, createdAt: created_at } = run;
      const counts = { memory_version: run.memoryVersion, unit_count: run.unitCount };
      const texts = {
        memory_ids: JSON.stringify(run.memoryIds),
        groups: JSON.stringify(countKinds(groups.map(({ kind }) => kind))),
      };
      await db
        .insertInto("duplicate_run")
        .values({ id, project_id, created_at, ...counts, ...texts, complete: 0 })
        .execute();
      let position = 0;
      for (const piece of inPieces(groups, GROUPS_PER_TRANSACTION)) {
        const rows = piece.map(({ kind, unitIds, similarity }) => ({
          ...{ run_id: id, position: position++, kind },
          content: JSON.stringify({ unitIds, ...(similarity === undefined ? {} : { similarity }) } satisfies Content),
        }));
        await transaction((trx) => database.insertRows(trx, "duplicate_group", rows));
      }
      await db.updateTable("duplicate_run").set({ complete: 1 }).where("id", "=", id).execute();
      await removeOthers(run.projectId, id);
    },
    async findLatest(projectId) {
      const row = await db
        .selectFrom("duplicate_run")
        .selectAll()
        .where("project_id", "=", projectId)
        .where("complete", "=", 1)
        .orderBy("created_at", "desc")
        .executeTakeFirst();
      if (!row) return undefined;
      const run: DuplicateRun = {
        ...{ id: row.id, projectId, createdAt: row.created_at, memoryVersion: row.memory_version, unitCount: row.unit_count },
        memoryIds: parseJson<string[]>(row.memory_ids),
        groups: parseJson<Record<string, number>>(row.groups),
      };
      return run;
    },
    async list(runId, { kind, offset = 0, limit = 50 }) {
      let groups = db.selectFrom("duplicate_group").where("run_id", "=", runId);
      if (kind !== undefined) groups = groups.where("kind", "=", kind);
      const rows = await groups.selectAll().orderBy("position").limit(limit).offset(offset).execute();
      const total = await groups.select((e) => e.fn.countAll<number>().as("count")).executeTakeFirst();
      return { items: rows.map(toGroup), total: Number(total?.count ?? 0) };
    },
    async find(runId, positions) {
      const found: StoredGroup[] = [];
      for (const piece of inPieces(positions, 500)) {
        const groups = db.selectFrom("duplicate_group").selectAll().where("run_id", "=", runId).where("position", "in", piece);
        for (const row of await groups.orderBy("position").execute()) found.push(toGroup(row));
        await nextTurn();
      }
      return found;
    },
    async remove(runId, positions) {
      for (const piece of inPieces(positions, 500)) {
        await db.deleteFrom("duplicate_group").where("run_id", "=", runId).where("position", "in", piece).execute();
        await nextTurn();
      }
    },
  };
}

/** Steps of memories: their headings, and how a step is taken back. */
import { randomUUID } from "node:crypto";
import type { Database } from "../database.ts";
import type { ListedStep, MemoryStep, MemoryStepKind, MemoryStepStore } from "../memory-step-store.ts";
import type { Schema } from "../schema.ts";
import { parseJson } from "./rows.ts";
import { createStepUndo } from "./step-undo.ts";
import { toRevision } from "./unit-rows.ts";

type StepRow = Omit<Schema["memory_step"], "sequence">;

function toStep(row: StepRow): MemoryStep {
  return {
    id: row.id,
    projectId: row.project_id,
    kind: row.kind as MemoryStepKind,
    detail: parseJson<MemoryStep["detail"]>(row.detail),
    added: row.added,
    replaced: row.replaced,
    removed: row.removed,
    unchanged: row.unchanged,
    author: row.author,
    at: row.at,
    ...(row.memory_id === null ? {} : { memoryId: row.memory_id }),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
    ...(row.undone_by === null ? {} : { undoneBy: row.undone_by }),
  };
}

export function createMemoryStepStore(database: Database): MemoryStepStore {
  const { db } = database;

  async function toListed(row: StepRow): Promise<ListedStep> {
    let last: StepRow | undefined;
    let isUndone = false;
    let isHalfUndone = false;
    for (let next = row.undone_by; next !== null; next = last.undone_by) {
      const undo = await db.selectFrom("memory_step").selectAll().where("id", "=", next).executeTakeFirst();
      if (!undo) break;
      last = undo;
      isHalfUndone = undo.finished_at === null;
      if (!isHalfUndone) isUndone = !isUndone;
    }
    return { ...toStep(row), isUndone, isHalfUndone, ...(last ? { last: toStep(last) } : {}) };
  }

  return {
    async start(step) {
      const row: StepRow = {
        id: randomUUID(),
        project_id: step.projectId,
        memory_id: step.memoryId ?? null,
        kind: step.kind,
        detail: JSON.stringify(step.detail),
        added: 0,
        replaced: 0,
        removed: 0,
        unchanged: 0,
        first_position: null,
        last_position: null,
        author: step.author,
        at: step.at,
        finished_at: null,
        undoes: null,
        undone_by: null,
      };
      await db.insertInto("memory_step").values(row).execute();
      return toStep(row);
    },
    async finish(id, at) {
      await db.updateTable("memory_step").set({ finished_at: at }).where("id", "=", id).execute();
    },
    async find(id) {
      const row = await db.selectFrom("memory_step").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toStep(row);
    },
    async list(projectId, { kinds, offset = 0, limit = 100 } = {}) {
      let steps = db.selectFrom("memory_step").where("project_id", "=", projectId).where("kind", "!=", "undo");
      if (kinds) steps = steps.where("kind", "in", kinds);
      const rows = await steps.selectAll().orderBy("sequence", "desc").limit(limit).offset(offset).execute();
      const total = await steps.select((e) => e.fn.countAll<number>().as("count")).executeTakeFirst();
      const items: ListedStep[] = [];
      for (const row of rows) items.push(await toListed(row));
      return { items, total: Number(total?.count ?? 0) };
    },
    async listChanges(stepId, limit) {
      const lines = db.selectFrom("unit_history").selectAll().where("step_id", "=", stepId).orderBy("sequence").limit(limit);
      return (await lines.execute()).map(toRevision);
    },
    undo: createStepUndo(database),
  };
}

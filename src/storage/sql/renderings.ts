import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { MinedUnit, TermRenderings } from "../../model/rendering.ts";
import type { Database } from "../database.ts";
import type { RenderingRun, RenderingStore } from "../rendering-store.ts";
import type { Schema } from "../schema.ts";
import { IDS_PER_QUERY, inPieces, parseJson } from "./rows.ts";

const ROWS_PER_TRANSACTION = 200;

export function createRenderingStore({ db, transaction, insertRows }: Database): RenderingStore {
  /** Runs that another has replaced, or that were never finished. */
  const removeOthers = async (projectId: string, keptId: string): Promise<void> => {
    const others = await db
      .selectFrom("rendering_run")
      .select("id")
      .where("project_id", "=", projectId)
      .where("id", "!=", keptId)
      .execute();
    for (const { id } of others) {
      for (;;) {
        const rows = await db.selectFrom("term_rendering").select("term").where("run_id", "=", id).limit(IDS_PER_QUERY).execute();
        if (rows.length === 0) break;
        const terms = rows.map(({ term }) => term);
        await db.deleteFrom("term_rendering").where("run_id", "=", id).where("term", "in", terms).execute();
        await nextTurn();
      }
      for (;;) {
        const rows = await db
          .selectFrom("rendering_unit")
          .select("unit_id")
          .where("run_id", "=", id)
          .limit(IDS_PER_QUERY)
          .execute();
        if (rows.length === 0) break;
        const units = rows.map((row) => row.unit_id);
        await db.deleteFrom("rendering_unit").where("run_id", "=", id).where("unit_id", "in", units).execute();
        await nextTurn();
      }
      await db.deleteFrom("rendering_run").where("id", "=", id).execute();
    }
  };

  return {
    async saveRun({ renderings, units, ...given }) {
      const id = randomUUID();
      const row: Schema["rendering_run"] = {
        id,
        project_id: given.projectId,
        created_at: given.createdAt,
        memory_version: given.memoryVersion,
        glossary_version: given.glossaryVersion,
        unit_count: given.unitCount,
        term_count: renderings.length,
        complete: 0,
      };
      await db.insertInto("rendering_run").values(row).execute();
      for (const piece of inPieces(renderings, ROWS_PER_TRANSACTION)) {
        const rows = piece.map((found) => ({ run_id: id, term: found.term, content: JSON.stringify(found) }));
        await transaction((trx) => insertRows(trx, "term_rendering", rows));
        await nextTurn();
      }
      for (const piece of inPieces(units, ROWS_PER_TRANSACTION)) {
        const rows = piece.map((unit) => ({ run_id: id, unit_id: unit.id, content: JSON.stringify(unit) }));
        await transaction((trx) => insertRows(trx, "rendering_unit", rows));
        await nextTurn();
      }
      await db.updateTable("rendering_run").set({ complete: 1 }).where("id", "=", id).execute();
      await removeOthers(given.projectId, id);
      return toRun(row);
    },
    async findRun(projectId) {
      const row = await db
        .selectFrom("rendering_run")
        .selectAll()
        .where("project_id", "=", projectId)
        .where("complete", "=", 1)
        .orderBy("created_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toRun(row);
    },
    async findRenderings(runId, term) {
      const row = await db
        .selectFrom("term_rendering")
        .select("content")
        .where("run_id", "=", runId)
        .where("term", "=", term)
        .executeTakeFirst();
      return row && parseJson<TermRenderings>(row.content);
    },
    async findUnits(runId, unitIds) {
      const found = new Map<string, MinedUnit>();
      for (const piece of inPieces([...new Set(unitIds)], IDS_PER_QUERY)) {
        const rows = await db
          .selectFrom("rendering_unit")
          .select("content")
          .where("run_id", "=", runId)
          .where("unit_id", "in", piece)
          .execute();
        for (const row of rows) {
          const unit = parseJson<MinedUnit>(row.content);
          found.set(unit.id, unit);
        }
      }
      return found;
    },
  };
}

function toRun(row: Schema["rendering_run"]): RenderingRun {
  return {
    id: row.id,
    projectId: row.project_id,
    createdAt: row.created_at,
    memoryVersion: row.memory_version,
    glossaryVersion: row.glossary_version,
    unitCount: row.unit_count,
    termCount: row.term_count,
  };
}

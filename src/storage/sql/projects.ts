import type { Database } from "../database.ts";
import type { JsonValue } from "../outcomes.ts";
import type { Project, ProjectStore, SettingStore } from "../project-store.ts";
import type { Schema } from "../schema.ts";
import { parseJson } from "./rows.ts";

function toProject(row: Schema["project"]): Project {
  return {
    id: row.id,
    name: row.name,
    sourceLanguage: row.source_language,
    targetLanguage: row.target_language,
    createdAt: row.created_at,
  };
}

export function createProjectStore({ db, transaction }: Database): ProjectStore {
  return {
    async list() {
      return (await db.selectFrom("project").selectAll().orderBy("created_at").orderBy("id").execute()).map(toProject);
    },
    async find(id) {
      const row = await db.selectFrom("project").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toProject(row);
    },
    async findByName(name) {
      const row = await db.selectFrom("project").selectAll().where("name", "=", name).orderBy("created_at").executeTakeFirst();
      return row && toProject(row);
    },
    create: (project) =>
      transaction(async (trx) => {
        const taken = await trx.selectFrom("project").selectAll().where("id", "=", project.id).executeTakeFirst();
        if (taken) return { kind: "taken", project: toProject(taken) };
        await trx
          .insertInto("project")
          .values({
            id: project.id,
            name: project.name,
            source_language: project.sourceLanguage,
            target_language: project.targetLanguage,
            created_at: project.createdAt,
          })
          .execute();
        return { kind: "created", project };
      }),
    async change(project) {
      const row = await db
        .updateTable("project")
        .set({ name: project.name, source_language: project.sourceLanguage, target_language: project.targetLanguage })
        .where("id", "=", project.id)
        .returningAll()
        .executeTakeFirst();
      return row && toProject(row);
    },
  };
}

/** Project id of settings that belong to the whole installation. */
const GLOBAL = "";

export function createSettingStore({ db }: Database): SettingStore {
  return {
    async find(key, projectId = GLOBAL) {
      const row = await db
        .selectFrom("setting")
        .select("value")
        .where("project_id", "=", projectId)
        .where("key", "=", key)
        .executeTakeFirst();
      return row && parseJson<JsonValue>(row.value);
    },
    async save({ key, projectId = GLOBAL, value }) {
      const text = JSON.stringify(value);
      await db
        .insertInto("setting")
        .values({ project_id: projectId, key, value: text })
        .onConflict((conflict) => conflict.columns(["project_id", "key"]).doUpdateSet({ value: text }))
        .execute();
    },
    async remove(key, projectId = GLOBAL) {
      await db.deleteFrom("setting").where("project_id", "=", projectId).where("key", "=", key).execute();
    },
  };
}

/** Jobs, and findings that a person has decided to live with. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Job, JobKind, JobState } from "../../model/job.ts";
import type { Database } from "../database.ts";
import type { FindingStore, IgnoredFinding, JobStore } from "../job-store.ts";
import type { Schema } from "../schema.ts";
import { advanceCounter, withoutNulls } from "./rows.ts";

function toJob(row: Schema["job"]): Job {
  const { id, label, done, total, stage, error, result } = row;
  return {
    id,
    projectId: row.project_id,
    kind: row.kind as JobKind,
    label,
    state: row.state as JobState,
    progress: { done, total, stage },
    createdAt: row.created_at,
    ...withoutNulls({ error, result, finishedAt: row.finished_at }),
  };
}

/** Jobs of a process that is no more did not end by themselves. */
export async function interruptJobs({ db }: Database): Promise<void> {
  await db.updateTable("job").set({ state: "interrupted" }).where("state", "in", ["waiting", "running"]).execute();
}

export function createJobStore({ db, transaction }: Database): JobStore {
  return {
    add: (job) =>
      transaction(async (trx) => {
        await trx
          .insertInto("job")
          .values({
            id: job.id,
            project_id: job.projectId,
            position: await advanceCounter(trx, job.projectId, "job-position"),
            kind: job.kind,
            label: job.label,
            state: job.state,
            ...job.progress,
            error: job.error ?? null,
            result: job.result ?? null,
            created_at: job.createdAt,
            finished_at: job.finishedAt ?? null,
          })
          .execute();
      }),
    async find(id) {
      const row = await db.selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toJob(row);
    },
    async list(projectId, { offset = 0, limit = 100 } = {}) {
      const rows = await db
        .selectFrom("job")
        .selectAll()
        .where("project_id", "=", projectId)
        .orderBy("position", "desc")
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toJob);
    },
    async saveProgress(id, { done, total, stage }) {
      await db.updateTable("job").set({ done, total, stage }).where("id", "=", id).where("state", "=", "running").execute();
    },
    async start(id) {
      await db.updateTable("job").set({ state: "running" }).where("id", "=", id).where("state", "=", "waiting").execute();
    },
    async finish(id, { state, error, result, finishedAt }) {
      await db
        .updateTable("job")
        .set({ state, error: error ?? null, result: result ?? null, finished_at: finishedAt })
        .where("id", "=", id)
        .where("state", "in", ["waiting", "running"])
        .execute();
      const row = await db.selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toJob(row);
    },
  };
}

function toIgnored(row: Omit<Schema["ignored_finding"], "sequence" | "action">): IgnoredFinding {
  const { id, rule, pair, subject, reason, author, at } = row;
  return { id, projectId: row.project_id, rule, pair, subject, textsHash: row.texts_hash, reason, author, at };
}

/** The newest line for each rule, pair and subject. */
const isNewest = sql<boolean>`ignored_finding.sequence in (
  select max(sequence) from ignored_finding group by project_id, rule, pair, subject)`;

export function createFindingStore({ db, transaction }: Database): FindingStore {
  return {
    async ignore({ projectId, rule, pair, subject, textsHash, reason, author, at }) {
      const id = randomUUID();
      const row = { id, project_id: projectId, rule, pair, subject, texts_hash: textsHash, reason, author, at };
      await db
        .insertInto("ignored_finding")
        .values({ ...row, action: "ignore" })
        .execute();
      return toIgnored(row);
    },
    stopIgnoring: ({ projectId, rule, pair, subject, author, at }) =>
      transaction(async (trx) => {
        const standing = await trx
          .selectFrom("ignored_finding")
          .selectAll()
          .where("project_id", "=", projectId)
          .where("rule", "=", rule)
          .where("pair", "=", pair)
          .where("subject", "=", subject)
          .orderBy("sequence", "desc")
          .limit(1)
          .executeTakeFirst();
        if (standing?.action !== "ignore") return false;
        const row = { id: randomUUID(), project_id: projectId, rule, pair, subject, texts_hash: standing.texts_hash, author, at };
        await trx
          .insertInto("ignored_finding")
          .values({ ...row, action: "stop", reason: "" })
          .execute();
        return true;
      }),
    async listIgnored(projectId) {
      const rows = await db
        .selectFrom("ignored_finding")
        .selectAll()
        .where("project_id", "=", projectId)
        .where("action", "=", "ignore")
        .where(isNewest)
        .orderBy("sequence")
        .execute();
      return rows.map(toIgnored);
    },
  };
}

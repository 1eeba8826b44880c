/** Rules, discussions, and what each person has seen. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Comment } from "../../model/vetting.ts";
import type { Database, Query } from "../database.ts";
import type { PageRequest } from "../outcomes.ts";
import type { Schema } from "../schema.ts";
import type { CommentOutcome, ConceptNews, News, VettingStore } from "../vetting-store.ts";
import { IDS_PER_QUERY, inPieces, withoutNulls } from "./rows.ts";
import { findRules } from "./vetting-rules.ts";

/** In the table of what was seen: not one concept but the whole list. */
const WHOLE_LIST = "";

function toComment(row: Omit<Schema["comment"], "sequence">): Comment {
  return {
    id: row.id,
    conceptId: row.concept_id,
    kind: row.kind as Comment["kind"],
    text: row.text,
    author: row.author,
    at: row.at,
    ...withoutNulls({ termId: row.term_id, threadId: row.thread_id }),
  };
}

async function writeComment(trx: Query, comment: Omit<Comment, "id">, projectId: string): Promise<CommentOutcome> {
  const stored: Comment = { ...comment, id: randomUUID() };
  await trx
    .insertInto("comment")
    .values({
      id: stored.id,
      project_id: projectId,
      concept_id: stored.conceptId,
      term_id: stored.termId ?? null,
      kind: stored.kind,
      thread_id: stored.threadId ?? null,
      text: stored.text,
      author: stored.author,
      at: stored.at,
    })
    .execute();
  return { kind: "saved", comment: stored };
}

async function findThread(trx: Query, threadId: string) {
  const opening = await trx
    .selectFrom("comment")
    .selectAll()
    .where("id", "=", threadId)
    .where("thread_id", "is", null)
    .executeTakeFirst();
  if (!opening) return undefined;
  const last = await trx
    .selectFrom("comment")
    .select("kind")
    .where("concept_id", "=", opening.concept_id)
    .where("thread_id", "=", threadId)
    .where("kind", "!=", "comment")
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return { opening, isResolved: last?.kind === "resolve" };
}

async function addComment(trx: Query, comment: Parameters<VettingStore["addComment"]>[0]): Promise<CommentOutcome> {
  const { conceptId, termId, threadId, author, at } = comment;
  const text = comment.text.trim();
  if (text === "") return { kind: "refused", code: "comment-empty" };
  const concept = await trx.selectFrom("concept").select("project_id").where("id", "=", conceptId).executeTakeFirst();
  if (!concept) return { kind: "refused", code: "not-found" };
  if (termId !== undefined) {
    const term = await trx.selectFrom("term").select("concept_id").where("id", "=", termId).executeTakeFirst();
    if (term?.concept_id !== conceptId) return { kind: "refused", code: "not-found" };
  }
  if (threadId !== undefined && (await findThread(trx, threadId))?.opening.concept_id !== conceptId) {
    return { kind: "refused", code: "not-found" };
  }
  const place = { ...(termId === undefined ? {} : { termId }), ...(threadId === undefined ? {} : { threadId }) };
  return writeComment(trx, { conceptId, ...place, kind: "comment", text, author, at }, concept.project_id);
}

async function settleThread(trx: Query, step: Parameters<VettingStore["settleThread"]>[0]): Promise<CommentOutcome> {
  const { threadId, kind, text = "", author, at } = step;
  const thread = await findThread(trx, threadId);
  if (!thread) return { kind: "refused", code: "not-found" };
  if (thread.isResolved === (kind === "resolve")) {
    return { kind: "refused", code: kind === "resolve" ? "nothing-to-resolve" : "nothing-to-reopen" };
  }
  const { concept_id: conceptId, project_id: projectId } = thread.opening;
  return writeComment(trx, { conceptId, threadId, kind, text: text.trim(), author, at }, projectId);
}

type Person = { readonly projectId: string; readonly person: string };

async function findMark(db: Query, { projectId, person }: Person, conceptId = WHOLE_LIST) {
  return db
    .selectFrom("seen")
    .select(["decision_sequence as decisions", "comment_sequence as comments", "at"])
    .where("project_id", "=", projectId)
    .where("person", "=", person)
    .where("concept_id", "=", conceptId)
    .executeTakeFirst();
}

/**
 * Lines of others after the marks of a person: concept, kind of line, author, time. Both ends of a relation have news.
 * Without a mark of the whole list nothing is greater than it, so there are none.
 */
export function selectNews({ projectId, person }: Person) {
  const mark = (column: string, concept: RawBuilder<unknown>) =>
    sql`(select seen.${sql.ref(column)} from seen
      where seen.project_id = ${projectId} and seen.person = ${person} and seen.concept_id = ${concept})`;
  const lines = (table: "decision" | "comment", concept: string) => {
    const column = `${table}_sequence`;
    const id = sql.ref(`${table}.${concept}`);
    return sql`select ${id} as concept_id, ${sql.lit(table)} as line, ${sql.ref(`${table}.author`)} as author,
      ${sql.ref(`${table}.at`)} as at, ${sql.ref(`${table}.sequence`)} as sequence
      from ${sql.table(table)}
      where ${sql.ref(`${table}.project_id`)} = ${projectId} and ${sql.ref(`${table}.sequence`)} > ${mark(column, sql`${WHOLE_LIST}`)}
        and ${sql.ref(`${table}.author`)} <> ${person} and ${id} is not null
        and ${sql.ref(`${table}.sequence`)} > coalesce(${mark(column, id)}, 0)`;
  };
  return sql`
    ${lines("decision", "concept_id")} union all ${lines("decision", "other_concept_id")} union all ${lines("comment", "concept_id")}`;
}

type NewsLine = {
  readonly concept_id: string;
  readonly line: "decision" | "comment";
  readonly author: string;
  readonly at: string;
};

/** Which concepts have news is found out by the database; only the lines of those that are asked for are read. */
async function findNews(db: Query, query: PageRequest & Person & { readonly conceptId?: string }): Promise<News> {
  const list = await findMark(db, query);
  if (!list) return { items: [], total: 0 };
  const { offset = 0, limit = 100 } = query;
  const every = selectNews(query);
  const lines =
    query.conceptId === undefined ? every : sql`select * from (${every}) as one where one.concept_id = ${query.conceptId}`;
  if (limit === 0) {
    const counted = sql<{ total: number }>`select count(distinct news.concept_id) as total from (${lines}) as news`;
    return { items: [], total: (await counted.execute(db)).rows[0]?.total ?? 0, since: list.at };
  }
  const concepts = await sql<{ id: string }>`select news.concept_id as id from (${lines}) as news
    group by news.concept_id order by max(news.at) desc, news.concept_id`.execute(db);
  await nextTurn();
  const ids = concepts.rows.slice(offset, offset + limit).map(({ id }) => id);
  const found = new Map<string, ConceptNews>();
  for (const piece of inPieces(ids, IDS_PER_QUERY)) {
    const read = await sql<NewsLine>`select * from (${lines}) as news where news.concept_id in (${sql.join(piece)})
      order by news.at, news.sequence`.execute(db);
    for (const { concept_id: conceptId, line, author, at } of read.rows) {
      const { decisions, comments } = found.get(conceptId) ?? { decisions: 0, comments: 0 };
      const counts = line === "decision" ? { decisions: decisions + 1, comments } : { decisions, comments: comments + 1 };
      found.set(conceptId, { conceptId, ...counts, lastAuthor: author, lastAt: at });
    }
    await nextTurn();
  }
  const items = ids.flatMap((id) => found.get(id) ?? []);
  return { items, total: concepts.rows.length, since: list.at };
}

async function markSeen(trx: Query, mark: Parameters<VettingStore["markSeen"]>[0]): Promise<void> {
  const { projectId, person, conceptId = WHOLE_LIST, at } = mark;
  const last = async (table: "decision" | "comment") =>
    (await trx.selectFrom(table).select("sequence").orderBy("sequence", "desc").limit(1).executeTakeFirst())?.sequence ?? 0;
  const values = { decision_sequence: await last("decision"), comment_sequence: await last("comment"), at };
  await trx
    .insertInto("seen")
    .values({ project_id: projectId, person, concept_id: conceptId, ...values })
    .onConflict((conflict) => conflict.columns(["project_id", "person", "concept_id"]).doUpdateSet(values))
    .execute();
  // What was seen of single concepts before lies behind the mark of the whole list.
  if (conceptId === WHOLE_LIST) {
    await trx
      .deleteFrom("seen")
      .where("project_id", "=", projectId)
      .where("person", "=", person)
      .where("concept_id", "!=", WHOLE_LIST)
      .execute();
  }
}

export function createVettingStore({ db, transaction }: Database): VettingStore {
  return {
    findRules: (projectId) => findRules(db, projectId),
    async saveRules(rules, { projectId, author, at }) {
      await db
        .insertInto("vetting_rules")
        .values({ project_id: projectId, rules: JSON.stringify(rules), author, at })
        .execute();
    },
    addComment: (comment) => transaction((trx) => addComment(trx, comment)),
    settleThread: (step) => transaction((trx) => settleThread(trx, step)),
    async listComments(conceptId) {
      const rows = await db.selectFrom("comment").selectAll().where("concept_id", "=", conceptId).orderBy("sequence").execute();
      return rows.map(toComment);
    },
    async countOpenThreads(projectId) {
      const rows = await db
        .selectFrom("comment")
        .select(["id", "concept_id", "thread_id", "kind"])
        .where("project_id", "=", projectId)
        .where((e) => e.or([e("thread_id", "is", null), e("kind", "!=", "comment")]))
        .orderBy("sequence")
        .execute();
      const open = new Map<string, string>();
      for (const row of rows) {
        if (row.kind === "resolve") open.delete(row.thread_id ?? "");
        else open.set(row.thread_id ?? row.id, row.concept_id);
      }
      const counts = new Map<string, number>();
      for (const conceptId of open.values()) counts.set(conceptId, (counts.get(conceptId) ?? 0) + 1);
      return counts;
    },
    markSeen: (mark) => transaction((trx) => markSeen(trx, mark)),
    findNews: (query) => findNews(db, query),
    async findConceptsWithNews(person) {
      const read = await sql<{ id: string }>`select distinct news.concept_id as id from (${selectNews(person)}) as news`.execute(
        db,
      );
      return new Set(read.rows.map(({ id }) => id));
    },
  };
}

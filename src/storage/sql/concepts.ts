/** The glossary: reading, searching, and the transactions around its changes. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Source, TermStatus } from "../../model/concept.ts";
import type { ConceptFilter, ConceptOutcome, ConceptStore, ImportedConcept, StoredConcept } from "../concept-store.ts";
import type { Database, Query } from "../database.ts";
import type { Schema } from "../schema.ts";
import { relateConcepts, unrelateConcepts } from "./concept-relations.ts";
import { importConcepts } from "./concept-import.ts";
import { completeConcepts, findConcept, findTermRow, getTermContent, toSearchKey } from "./concept-rows.ts";
import { changeStatus } from "./concept-status.ts";
import { addTerm, changeConcept, changeTerm, createConcept } from "./concept-writes.ts";
import { toDecision } from "./decisions.ts";
import { IDS_PER_QUERY, advanceCounter, containing, inPieces, readCounter, withoutNulls } from "./rows.ts";
import { selectNews } from "./vetting.ts";

/** Concepts of one transaction of an import: about 20 ms. */
const CONCEPTS_PER_TRANSACTION = 50;
/** Concepts read between two turns of the event loop. */
const CONCEPTS_PER_TURN = 200;

/** A concept of which some term satisfies the condition. */
function hasTerm(condition: RawBuilder<boolean>) {
  return sql<boolean>`concept.id in (select term.concept_id from term where ${condition})`;
}

function selectFiltered(db: Query, filter: ConceptFilter) {
  const { projectId, search, statuses, kinds, domain, withoutApproved } = filter;
  const inProject = sql<boolean>`term.project_id = ${projectId}`;
  let query = db.selectFrom("concept").where("concept.project_id", "=", projectId).where("concept.withdrawn_at", "is", null);
  const key = search === undefined ? "" : toSearchKey(search);
  if (key !== "") {
    query = query.where(hasTerm(sql`${inProject} and term.search_key like ${containing(key)} escape '\\'`));
  }
  if (statuses) query = query.where(hasTerm(sql`${inProject} and term.status in (${sql.join(statuses)})`));
  if (kinds) query = query.where("concept.kind", "in", kinds);
  if (domain !== undefined) query = query.where("concept.domain", "=", domain);
  if (withoutApproved !== undefined) {
    const settled = hasTerm(sql`${inProject} and term.language = ${withoutApproved} and term.status in ('approved', 'admitted')`);
    // "No fixed rendering" is settled too.
    query = query.where(sql<boolean>`not ${settled}`).where("concept.paraphrased", "=", 0);
  }
  if (filter.paraphrased !== undefined) query = query.where("concept.paraphrased", "=", filter.paraphrased ? 1 : 0);
  if (filter.waiting) query = query.where(hasTerm(sql`${inProject} and term.waiting is not null`));
  if (filter.unseenBy !== undefined) {
    const news = selectNews({ projectId, person: filter.unseenBy });
    query = query.where(sql<boolean>`concept.id in (select news.concept_id from (${news}) as news)`);
  }
  return query;
}

async function listConcepts(db: Query, filter: ConceptFilter) {
  const { sort = "text", descending = false, offset = 0, limit = 100 } = filter;
  if (limit === 0) return { items: [], total: await countConcepts(db, filter) };
  const direction = descending ? "desc" : "asc";
  const column = { text: "concept.head_key", created: "concept.position", changed: "concept.changed_at" } as const;
  const query = selectFiltered(db, filter).orderBy(column[sort], direction).orderBy("concept.position", direction);
  if (!readsWholeGlossary(filter)) {
    const rows = await query.selectAll("concept").limit(limit).offset(offset).execute();
    return { items: await completeConcepts(db, rows), total: await countConcepts(db, filter) };
  }
  // Asked once: for all ids in their order, of which there are as many as the total.
  const found = await query.select("concept.id").execute();
  await nextTurn();
  const ids = found.slice(offset, offset + limit).map(({ id }) => id);
  const rows = new Map<string, Schema["concept"]>();
  for (const piece of inPieces(ids, IDS_PER_QUERY)) {
    for (const row of await db.selectFrom("concept").selectAll().where("id", "in", piece).execute()) rows.set(row.id, row);
  }
  const page = ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
  return { items: await completeConcepts(db, page), total: found.length };
}

function readsWholeGlossary({ search, statuses, withoutApproved, waiting, unseenBy }: ConceptFilter): boolean {
  return (
    search !== undefined || statuses !== undefined || withoutApproved !== undefined || waiting === true || unseenBy !== undefined
  );
}

async function countConcepts(db: Query, filter: ConceptFilter): Promise<number> {
  const { total } = await selectFiltered(db, filter)
    .select((e) => e.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return total;
}

/** All concepts of a project in the order in which they came, other work of the process going on in between. */
async function readAll(trx: Query, projectId: string): Promise<StoredConcept[]> {
  const concepts: StoredConcept[] = [];
  for (let last = 0; ;) {
    const rows = await trx
      .selectFrom("concept")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("withdrawn_at", "is", null)
      .where("position", ">", last)
      .orderBy("position")
      .limit(CONCEPTS_PER_TURN)
      .execute();
    concepts.push(...(await completeConcepts(trx, rows)));
    if (rows.length < CONCEPTS_PER_TURN) return concepts;
    last = rows.at(-1)?.position ?? last;
    await nextTurn();
  }
}

/** Concepts whose stamps are read between two turns of the event loop. */
const STAMPS_PER_TURN = 1000;

async function listStamps(db: Query, projectId: string): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom("concept")
      .leftJoin("term", "term.concept_id", "concept.id")
      .select(["concept.id", "concept.position", "concept.revision", "concept.changed_at"])
      .select((e) => e.fn.sum<number | null>("term.revision").as("revisions"))
      .where("concept.project_id", "=", projectId)
      .where("concept.withdrawn_at", "is", null)
      .where("concept.position", ">", last)
      .groupBy("concept.id")
      .orderBy("concept.position")
      .limit(STAMPS_PER_TURN)
      .execute();
    for (const row of rows) stamps.set(row.id, `${row.changed_at} ${row.revision} ${row.revisions ?? 0}`);
    if (rows.length < STAMPS_PER_TURN) return stamps;
    last = rows.at(-1)?.position ?? last;
    await nextTurn();
  }
}

async function findMany(db: Query, ids: readonly string[]): Promise<readonly StoredConcept[]> {
  const found = new Map<string, StoredConcept>();
  for (const piece of inPieces(ids, IDS_PER_QUERY)) {
    const rows = await db.selectFrom("concept").selectAll().where("id", "in", piece).execute();
    for (const concept of await completeConcepts(db, rows)) found.set(concept.id, concept);
    if (found.size < ids.length) await nextTurn();
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function saveSource(query: Query, source: Source, projectId: string): Promise<void> {
  const { body, title, date = null, locator = null, kind = null } = source;
  const values = { body, title, date, locator, kind };
  await query
    .insertInto("source")
    .values({ project_id: projectId, id: source.id, ...values })
    .onConflict((conflict) => conflict.columns(["project_id", "id"]).doUpdateSet(values))
    .execute();
}

export function createConceptStore({ db, transaction, insertRows }: Database): ConceptStore {
  return {
    create: (concept, context) =>
      transaction(async (trx) => {
        const position = await advanceCounter(trx, context.projectId, "concept-position");
        await advanceCounter(trx, context.projectId, "glossary");
        return createConcept(trx, concept, { ...context, position });
      }),
    async importAll(concepts, context) {
      const outcomes: ImportedConcept[] = [];
      for (const piece of inPieces(concepts, CONCEPTS_PER_TRANSACTION)) {
        await transaction(async (trx) => {
          const last = await advanceCounter(trx, context.projectId, "concept-position", piece.length);
          await advanceCounter(trx, context.projectId, "glossary");
          const placed = piece.map((concept, at) => ({ concept, position: last - piece.length + 1 + at }));
          outcomes.push(...(await importConcepts({ trx, insertRows }, placed, context)));
        });
        await nextTurn();
      }
      return outcomes;
    },
    changeConcept: (change) => transaction((trx) => changeConcept(trx, change)),
    addTerm: (addition) => transaction((trx) => addTerm(trx, addition)),
    changeTerm: (change) => transaction((trx) => changeTerm(trx, change)),
    addAttestation: ({ termId, attestation, ...signed }) =>
      transaction(async (trx) => {
        const term = await findTermRow(trx, termId);
        if (!term) return { kind: "refused", code: "not-found" };
        const content = { ...getTermContent(term), attestations: [...term.attestations, attestation] };
        return changeTerm(trx, { termId, baseRevision: undefined, content, ...signed });
      }),
    changeStatus: (change) => transaction((trx) => changeStatus(trx, change)),
    relate: (relation) => transaction((trx) => relateConcepts(trx, relation)),
    unrelate: (relation) => transaction((trx) => unrelateConcepts(trx, relation)),
    async relateAll(relations, { author, at }) {
      const outcomes: ConceptOutcome[] = [];
      for (const piece of inPieces(relations, CONCEPTS_PER_TRANSACTION)) {
        await transaction(async (trx) => {
          for (const relation of piece) outcomes.push(await relateConcepts(trx, { ...relation, author, at }));
        });
        await nextTurn();
      }
      return outcomes;
    },
    find: (conceptId) => findConcept(db, conceptId),
    findMany: (ids) => findMany(db, ids),
    listStamps: (projectId) => listStamps(db, projectId),
    findTerm: (termId) => findTermRow(db, termId),
    withdraw: (withdrawal) =>
      transaction(async (trx) => {
        const outcome = await changeStatus(trx, { ...withdrawal, status: "rejected" });
        if (outcome.kind !== "saved") return outcome;
        const { id } = outcome.concept;
        await trx.updateTable("concept").set({ withdrawn_at: withdrawal.at }).where("id", "=", id).execute();
        return outcome;
      }),
    async findByTerm({ projectId, text, language, withdrawn = false }) {
      let terms = db
        .selectFrom("term")
        .select("concept_id")
        .where("project_id", "=", projectId)
        .where("search_key", "=", toSearchKey(text));
      if (language !== undefined) terms = terms.where("language", "=", language);
      let concepts = db.selectFrom("concept").selectAll().where("id", "in", terms);
      if (!withdrawn) concepts = concepts.where("withdrawn_at", "is", null);
      return completeConcepts(db, await concepts.orderBy("position").execute());
    },
    list: (filter) => listConcepts(db, filter),
    async countStatuses(filter) {
      const rows = await db
        .selectFrom("term")
        .select((e) => ["term.status", e.fn.count<number>("term.concept_id").distinct().as("count")])
        .where("term.concept_id", "in", selectFiltered(db, filter).select("concept.id"))
        .groupBy("term.status")
        .execute();
      return new Map(rows.map(({ status, count }) => [status as TermStatus, count]));
    },
    // One transaction: nobody changes the glossary between its pieces.
    loadGlossary: (projectId) =>
      transaction(async (trx) => ({
        version: await readCounter(trx, projectId, "glossary"),
        concepts: await readAll(trx, projectId),
      })),
    glossaryVersion: (projectId) => readCounter(db, projectId, "glossary"),
    async history(conceptId) {
      const rows = await db
        .selectFrom("decision")
        .selectAll()
        .where((e) => e.or([e("concept_id", "=", conceptId), e("other_concept_id", "=", conceptId)]))
        .orderBy("sequence")
        .execute();
      return rows.map(toDecision);
    },
    async listDecisions(projectId, { offset = 0, limit = 100 } = {}) {
      const rows = await db
        .selectFrom("decision")
        .selectAll()
        .where("project_id", "=", projectId)
        .orderBy("sequence", "desc")
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toDecision);
    },
    saveSource: (source, projectId) => saveSource(db, source, projectId),
    saveSources: (sources, projectId) =>
      transaction(async (trx) => {
        for (const source of sources) await saveSource(trx, source, projectId);
      }),
    async listSources(projectId) {
      const rows = await db.selectFrom("source").selectAll().where("project_id", "=", projectId).orderBy("id").execute();
      return rows.map(({ id, body, title, date, locator, kind }): Source =>
        withoutNulls({ id, body, title, date, locator, kind }),
      );
    },
  };
}

/**
 * Units by filter, and what there is to filter by.
 *
 * Method: ids rise with the position, so a memory is gone through in ranges of positions, each one short query; text is
 * compared by match keys here, as no database folds as they do. No further index is needed, which imports would pay for.
 * Cost: O(units of the memories), about a second for a million, other work going on between the ranges.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { takeFoldedText, toSmallUnit } from "../../text/folded-text.ts";
import type { Database } from "../database.ts";
import type { Facet, MemoryStore, StoredUnit, UnitFilter } from "../memory-store.ts";
import type { Schema } from "../schema.ts";
import { toUnit, toUnitId } from "./unit-rows.ts";

/** Positions of one query: about 10 ms for whole rows. */
const POSITIONS_PER_ROWS = 2500;
const POSITIONS_PER_COUNT = 10_000;

type Range = { readonly memoryId: string; readonly from: string; readonly to: string };
type Units = ExpressionBuilder<Schema, "translation_unit">;

/** The folding of a plain search: a match key without capitals, as the concordance has it. */
function toSearchKey(text: string): string {
  const folded = takeFoldedText(text);
  const length = folded.readUnits(text);
  for (let at = 0; at < length; at++) folded.codes[at] = toSmallUnit(folded.codes[at] as number);
  return folded.toText(length);
}

export type TextTest = (unit: { readonly source: string; readonly target: string }) => boolean;

/**
 * Texts in which Han characters and ASCII letters and digits stand for themselves alone, so that a folded text has such a
 * letter only if the text itself has it: ASCII, unified Han, and punctuation that folds to punctuation.
 */
const PLAIN =
  /^[\t\n\r\u0020-\u007e\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u3001\u3002\u3008-\u3011\u3014\u3015\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*$/u;

/** Whether a text contains a folded one. Folding is dear: most texts are ruled out by a piece that they lack. */
export function createFoldedSearch(key: string): (text: string) => boolean {
  const word = (key.match(/[a-z0-9]+/gu) ?? []).reduce((longest, one) => (one.length > longest.length ? one : longest), "");
  // White space between Han is folded away, so one character is all that must stand there as it is.
  const han = /[\u4e00-\u9fff]/u.exec(key)?.[0] ?? "";
  return (text) => {
    if (PLAIN.test(text)) {
      if (han !== "" && !text.includes(han)) return false;
      if (word !== "" && !text.toLowerCase().includes(word)) return false;
    }
    return toSearchKey(text).includes(key);
  };
}

/** Undefined: every unit passes. */
function toTextTest({ text, side }: UnitFilter): TextTest | undefined {
  const key = toSearchKey(text ?? "");
  if (key === "") return undefined;
  const isIn = createFoldedSearch(key);
  return ({ source, target }) => (side !== "target" && isIn(source)) || (side !== "source" && isIn(target));
}

/** The day of the last change. */
function changedDay(e: Units) {
  return e.fn<string>("substr", [e.fn.coalesce("changed_at", "created_at"), e.val(1), e.val(10)]);
}

function conditions(e: Units, range: Range, filter: UnitFilter) {
  const all: Expression<SqlBool>[] = [e("id", ">", range.from), e("id", "<=", range.to)];
  const orAbsent = (column: "document" | "author", value: string) =>
    value === "" ? e.or([e(column, "is", null), e(column, "=", "")]) : e(column, "=", value);
  if (filter.document !== undefined) all.push(orAbsent("document", filter.document));
  if (filter.author !== undefined) all.push(orAbsent("author", filter.author));
  if (filter.from !== undefined) all.push(e(changedDay(e), ">=", filter.from));
  if (filter.to !== undefined) all.push(e(changedDay(e), "<=", filter.to));
  if (filter.states) all.push(e("state", "in", filter.states));
  if (filter.importId !== undefined) all.push(e("import_id", "=", filter.importId));
  return e.and(all);
}

export function createUnitFilters({ db }: Database): Pick<MemoryStore, "countFiltered" | "readFiltered" | "findFacets"> {
  /** The ranges of the memories that a filter names, in order of ids, behind the unit `after`. */
  async function* ranges(
    projectId: string,
    { filter, size, after = "" }: { readonly filter: UnitFilter; readonly size: number; readonly after?: string | undefined },
  ): AsyncGenerator<Range> {
    const { memoryIds } = filter;
    const memories = await db
      .selectFrom("memory")
      .select(["id", "next_position"])
      .where("removed_at", "is", null)
      .where((e) =>
        e.or([
          e("project_id", "=", projectId),
          e("id", "in", e.selectFrom("memory_attachment").select("memory_id").where("project_id", "=", projectId)),
        ]),
      )
      .orderBy("id")
      .execute();
    for (const { id: memoryId, next_position } of memories) {
      if (memoryIds && !memoryIds.includes(memoryId)) continue;
      for (let position = 0; position < next_position; position += size) {
        const to = toUnitId({ memoryId, position: position + size });
        if (to <= after) continue;
        const start = toUnitId({ memoryId, position });
        yield { memoryId, from: start < after ? after : start, to };
        await nextTurn();
      }
    }
  }

  return {
    async countFiltered(projectId, filter) {
      const test = toTextTest(filter);
      let count = 0;
      for await (const range of ranges(projectId, { filter, size: test ? POSITIONS_PER_ROWS : POSITIONS_PER_COUNT })) {
        const units = db.selectFrom("translation_unit").where((e) => conditions(e, range, filter));
        if (test) {
          const rows = await units.select(["source", "target"]).execute();
          for (const row of rows) if (test(row)) count++;
        } else {
          const row = await units.select((e) => e.fn.countAll<number>().as("count")).executeTakeFirst();
          count += Number(row?.count ?? 0);
        }
      }
      return count;
    },
    async readFiltered(projectId, filter, { after, limit }) {
      const test = toTextTest(filter);
      const found: StoredUnit[] = [];
      if (limit <= 0) return found;
      for await (const range of ranges(projectId, { filter, size: POSITIONS_PER_ROWS, after })) {
        const units = db
          .selectFrom("translation_unit")
          .selectAll()
          .where((e) => conditions(e, range, filter))
          .orderBy("id");
        const rows = await (test ? units : units.limit(limit - found.length)).execute();
        for (const row of rows) {
          if (test && !test(row)) continue;
          found.push(toUnit(row));
          if (found.length === limit) return found;
        }
      }
      return found;
    },
    async findFacets(projectId, filter = {}) {
      const test = toTextTest(filter);
      const counts = { documents: new Map(), authors: new Map(), states: new Map(), years: new Map() } satisfies Record<
        string,
        Map<string, number>
      >;
      for await (const range of ranges(projectId, { filter, size: POSITIONS_PER_ROWS })) {
        const units = db.selectFrom("translation_unit").where((e) => conditions(e, range, filter));
        const year = (e: Units) => e.fn<string | null>("substr", [e.fn.coalesce("changed_at", "created_at"), e.val(1), e.val(4)]);
        // Most units of a range share their document, author, state and year.
        const rows = test
          ? (await units.select((e) => ["document", "author", "state", year(e).as("year"), "source", "target"]).execute())
              .filter(test)
              .map((row) => ({ ...row, count: 1 }))
          : await units
              .select((e) => ["document", "author", "state", year(e).as("year"), e.fn.countAll<number>().as("count")])
              .groupBy((e) => ["document", "author", "state", year(e)])
              .execute();
        for (const row of rows) {
          const count = Number(row.count);
          addTo(counts.documents, row.document ?? "", count);
          addTo(counts.authors, row.author ?? "", count);
          addTo(counts.states, row.state, count);
          addTo(counts.years, row.year ?? "", count);
        }
      }
      const years = toFacets(counts.years).sort((one, other) => (one.value < other.value ? 1 : -1));
      return { documents: toFacets(counts.documents), authors: toFacets(counts.authors), states: toFacets(counts.states), years };
    },
  };
}

function addTo(counts: Map<string, number>, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

function toFacets(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

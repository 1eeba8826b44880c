/**
 * The rows of a list that the server holds, fetched in blocks as they come into view: 10,000 entries scroll like 100.
 * Each question (search, filters, order) is asked anew; an answer to an earlier question is thrown away.
 */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import type { GlossaryRow } from "./rows.ts";

export const BLOCK = 100;

export type Found = {
  readonly rows: readonly GlossaryRow[];
  readonly total: number;
  readonly offset: number;
};

export type Blocks = {
  readonly total: () => number;
  readonly rowAt: (index: number) => GlossaryRow | undefined;
  /** The rows from one index to another, as far as they are here. */
  readonly rowsFrom: (first: number, last: number) => readonly GlossaryRow[];
  /** Asks a new question; resolves with the first block, or the failure; undefined when another question came after. */
  readonly ask: (query: URLSearchParams) => Promise<Found | Failure | undefined>;
};

export function createBlocks(first: Found, options: { readonly query: URLSearchParams; readonly onLoad: (offset: number) => void }): Blocks {
  let query = options.query;
  let rows = new Map<number, GlossaryRow>();
  let asked = new Set<number>();
  let total = 0;
  let stop = new AbortController();

  const keep = (found: Found) => {
    total = found.total;
    found.rows.forEach((row, at) => rows.set(found.offset + at, row));
    asked.add(Math.floor(found.offset / BLOCK));
  };

  const load = async (block: number, signal: AbortSignal) => {
    const answer = await get<Found>(address(query, block * BLOCK), { signal, quiet: block === 0 });
    if (signal.aborted) return undefined;
    if (!answer.ok) {
      asked.delete(block);
      return answer;
    }
    keep(answer.value);
    return answer.value;
  };

  keep(first);
  return {
    total: () => total,
    rowAt: (index) => {
      const block = Math.floor(index / BLOCK);
      if (!asked.has(block)) {
        asked.add(block);
        void load(block, stop.signal).then((found) => {
          if (found && !("ok" in found)) options.onLoad(found.offset);
        });
      }
      return rows.get(index);
    },
    rowsFrom: (first, last) => [...rows].filter(([at]) => at >= first && at <= last).map(([, row]) => row),
    ask: async (next) => {
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      query = next;
      const [oldRows, oldAsked] = [rows, asked];
      rows = new Map();
      asked = new Set();
      const answer = await load(0, signal);
      if (answer && "ok" in answer) [rows, asked] = [oldRows, oldAsked];
      return answer;
    },
  };
}

function address(query: URLSearchParams, offset: number): string {
  const all = new URLSearchParams(query);
  all.set("offset", String(offset));
  all.set("limit", String(BLOCK));
  return `/api/p/${project()}/glossary?${all.toString()}`;
}

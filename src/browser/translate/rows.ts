/** The rows of the text as the page knows them: what the server has, what is not saved yet, and which are shown. */
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";
import type { Draft } from "./drafts.ts";

/** What the server answers of a row. */
export type StoredRow = {
  readonly id: string;
  readonly source: string;
  readonly target?: string;
  readonly state: TranslationState;
  readonly origin?: TargetOrigin;
  readonly revision: number;
  readonly author?: string;
  readonly changedAt?: string;
};

export type Row = {
  readonly id: string;
  /** Place in the text, from 0. */
  readonly index: number;
  readonly source: string;
  stored: StoredRow;
  /** Written here and not confirmed by the server. */
  draft?: Draft | undefined;
  /** Score of the best match for a row that is not confirmed. */
  best?: number | undefined;
  /** Score of the match that was inserted in this session. */
  inserted?: number | undefined;
  /** What was inserted differs in a way that must be looked at: a look-alike formulation, a number left alone. */
  doubtful?: true | undefined;
};

export const FILTERS = ["all", "unconfirmed", "matched", "repeated"] as const;
export type Filter = (typeof FILTERS)[number];

export type RowState = "empty" | "draft" | "proposed" | "translated" | "reviewed" | "final" | "kept";

export function textOf(row: Row): string {
  return row.draft?.target ?? row.stored.target ?? "";
}

export function isConfirmed(row: Row): boolean {
  return (row.draft?.state ?? row.stored.state) !== "initial";
}

export function stateOf(row: Row, isOffline: boolean): RowState {
  if (row.draft && isOffline) return "kept";
  const state = row.draft?.state ?? row.stored.state;
  if (state !== "initial") return state;
  if (textOf(row) === "") return "empty";
  const origin = row.draft?.origin ?? row.stored.origin;
  return origin === undefined || origin === "typed" ? "draft" : "proposed";
}

export type RowList = {
  readonly rows: readonly Row[];
  readonly find: (id: string) => Row | undefined;
  /** Rows with the same source text, itself among them; one when it is not repeated. */
  readonly repeatsOf: (row: Row) => readonly Row[];
  /** Chooses which rows are shown; they stay until the next choice, so that nothing jumps while a person confirms. */
  readonly choose: (filter: Filter, words: string) => void;
  readonly shown: () => readonly Row[];
  /** Place among the rows shown, or -1. */
  readonly placeOf: (row: Row) => number;
  readonly count: (filter: Filter) => number;
};

export function createRowList(stored: readonly StoredRow[]): RowList {
  const rows = stored.map((row, index): Row => ({ id: row.id, index, source: row.source, stored: row }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const bySource = new Map<string, Row[]>();
  for (const row of rows) {
    const same = bySource.get(row.source);
    if (same) same.push(row);
    else bySource.set(row.source, [row]);
  }
  const folded: (string | undefined)[] = [];
  const sourceOf = (row: Row) => (folded[row.index] ??= fold(row.source));
  let shown: readonly Row[] = rows;
  let places = new Map<Row, number>();

  const repeatsOf = (row: Row) => bySource.get(row.source) ?? [row];
  const fits: Readonly<Record<Filter, (row: Row) => boolean>> = {
    all: () => true,
    unconfirmed: (row) => !isConfirmed(row),
    matched: (row) => !isConfirmed(row) && row.best !== undefined,
    repeated: (row) => repeatsOf(row).length > 1,
  };
  const choose = (filter: Filter, words: string) => {
    const wanted = fold(words).trim();
    shown = rows.filter(
      (row) => fits[filter](row) && (wanted === "" || sourceOf(row).includes(wanted) || fold(textOf(row)).includes(wanted)),
    );
    places = new Map(shown.map((row, place) => [row, place]));
  };
  choose("all", "");

  return {
    rows,
    find: (id) => byId.get(id),
    repeatsOf,
    choose,
    shown: () => shown,
    placeOf: (row) => places.get(row) ?? -1,
    count: (filter) => rows.reduce((sum, row) => sum + (fits[filter](row) ? 1 : 0), 0),
  };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

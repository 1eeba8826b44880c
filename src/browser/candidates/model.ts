/** The list as the page holds it: rows with their decisions, what is shown of them and in which order. Pure. */
import type { Evidence } from "../../model/formulation.ts";
import { matchKey } from "../../text/match-key.ts";

export type Action = "accept" | "drop" | "later" | "undecided";

export type Decision = {
  readonly id: string;
  readonly action: Action;
  readonly author: string;
  readonly at: string;
  readonly reason?: string;
};

/** A piece of a text; `differs`: the text beside it does not have it. */
export type TextPart = { readonly text: string; readonly differs: boolean };

export type Row = {
  readonly text: string;
  readonly class: string;
  readonly count: number;
  readonly distinctCount: number;
  readonly documents: number;
  readonly independentCount?: number;
  readonly firstDate?: string;
  readonly lastDate?: string;
  readonly reason?: Evidence;
  /** The first of its look-alikes, in pieces. */
  readonly contrast?: readonly TextPart[];
  readonly fillers?: number;
  /** Changes when a person decides; all else stays as the run has it. */
  decision?: Decision | undefined;
};

export type SortName = "rank" | "text" | "count" | "distinctCount" | "documents" | "independentCount" | "firstDate";

export type View = {
  readonly search: string;
  readonly decision: "all" | Action;
  readonly class: string;
  readonly lookAlikes: boolean;
  /** Only what stands in three documents or more. */
  readonly wide: boolean;
  readonly sort: SortName;
  readonly descending: boolean;
};

export const EVERYTHING: View = {
  search: "",
  decision: "all",
  class: "all",
  lookAlikes: false,
  wide: false,
  sort: "rank",
  descending: false,
};

const WIDE = 3;

export function actionOf(row: Row): Action {
  return row.decision?.action ?? "undecided";
}

export function isFrame(row: { readonly class: string }): boolean {
  return row.class === "frame";
}

const searchKeys = new WeakMap<Row, string>();

function searchKeyOf(row: Row): string {
  const known = searchKeys.get(row) ?? toSearchKey(row.text);
  searchKeys.set(row, known);
  return known;
}

function toSearchKey(text: string): string {
  return matchKey(text).toLowerCase();
}

/** Indices of the rows that fit, in the order asked for. The rows come in the order of their rank. */
export function chooseRows(rows: readonly Row[], view: View): number[] {
  const words = view.search.trim().split(/\s+/).map(toSearchKey).filter(Boolean);
  const chosen: number[] = [];
  rows.forEach((row, at) => {
    const fits =
      (view.decision === "all" || actionOf(row) === view.decision) &&
      (view.class === "all" || row.class === view.class) &&
      (!view.lookAlikes || row.contrast !== undefined) &&
      (!view.wide || row.documents >= WIDE) &&
      words.every((word) => searchKeyOf(row).includes(word));
    if (fits) chosen.push(at);
  });
  return sortRows(rows, chosen, view);
}

function sortRows(rows: readonly Row[], chosen: number[], { sort, descending }: View): number[] {
  const sign = descending ? -1 : 1;
  if (sort === "rank") return descending ? chosen.reverse() : chosen;
  if (sort === "text") {
    const collator = new Intl.Collator("zh-u-co-pinyin");
    return chosen.sort((one, other) => sign * collator.compare(rows[one]?.text ?? "", rows[other]?.text ?? ""));
  }
  if (sort === "firstDate") {
    // What has no date is last in either direction.
    const dateOf = (at: number): string => rows[at]?.firstDate ?? (descending ? "" : "9");
    return chosen.sort((one, other) => sign * dateOf(one).localeCompare(dateOf(other)) || one - other);
  }
  const numberOf = (at: number): number => rows[at]?.[sort] ?? -1;
  return chosen.sort((one, other) => sign * (numberOf(one) - numberOf(other)) || one - other);
}

export type Counts = {
  readonly all: number;
  readonly undecided: number;
  readonly frames: number;
  readonly lookAlikes: number;
  readonly wide: number;
  readonly byClass: ReadonlyMap<string, number>;
  readonly byAction: ReadonlyMap<Action, number>;
};

export function countRows(rows: readonly Row[]): Counts {
  const byClass = new Map<string, number>();
  const byAction = new Map<Action, number>();
  let lookAlikes = 0;
  let wide = 0;
  for (const row of rows) {
    byClass.set(row.class, (byClass.get(row.class) ?? 0) + 1);
    byAction.set(actionOf(row), (byAction.get(actionOf(row)) ?? 0) + 1);
    if (row.contrast !== undefined) lookAlikes += 1;
    if (row.documents >= WIDE) wide += 1;
  }
  return {
    all: rows.length,
    undecided: byAction.get("undecided") ?? 0,
    frames: byClass.get("frame") ?? 0,
    lookAlikes,
    wide,
    byClass,
    byAction,
  };
}

/** A frame in pieces: 把{X}作为{Y}来抓 is text, slot X, text, slot Y, text. */
export function splitSlots(pattern: string): readonly { readonly text: string; readonly isSlot: boolean }[] {
  return pattern
    .split(/(\{[^{}]*\})/u)
    .filter((piece) => piece !== "")
    .map((piece) => (/^\{.*\}$/u.test(piece) ? { text: piece.slice(1, -1), isSlot: true } : { text: piece, isSlot: false }));
}

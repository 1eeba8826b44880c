/** The list as the page holds it: rows with their decisions, what is shown of them and in which order. Pure. */
import type { Evidence } from "../../model/formulation.ts";
import { matchKey } from "../../text/match-key.ts";

export type Action = "accept" | "merge" | "frame" | "drop" | "later" | "undecided";

export type Decision = {
  readonly id: string;
  readonly action: Action;
  readonly author: string;
  readonly at: string;
  readonly reason?: string;
  /** The head of the entry it was merged into, or the pattern of the frame made of it. */
  readonly partner?: string;
};

/** Two wordings that are not to be confused. */
export type Pair = {
  readonly text: string;
  readonly partner: string;
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
  /** Numbers of the codes of all reasons. */
  readonly evidence: readonly number[];
  /** Numbers of the documents in which it occurs. */
  readonly places?: readonly number[];
  /** The first of its look-alikes, in pieces. */
  readonly contrast?: readonly TextPart[];
  readonly fillers?: number;
  readonly samples?: readonly string[];
  /** Against the run before: not in it; distinct uses there; only there. */
  readonly isNew?: boolean;
  readonly before?: number;
  readonly isGone?: boolean;
  /** Changes when a person decides; all else stays as the run has it. */
  decision?: Decision | undefined;
};

export type SortName = "rank" | "text" | "count" | "distinctCount" | "documents" | "independentCount" | "firstDate" | "lastDate";

export type View = {
  readonly search: string;
  readonly state: "all" | "open" | Exclude<Action, "undecided">;
  readonly since: "all" | "new" | "changed" | "gone";
  /** `formulation`: everything but frames. */
  readonly class: string;
  /** Code of a reason; empty for any. */
  readonly evidence: string;
  /** Id of a document; empty for any. */
  readonly document: string;
  /** Which of its dates lies between `from` and `to`. */
  readonly dated: "first" | "last";
  readonly from: string;
  readonly to: string;
  readonly lookAlikes: boolean;
  /** Only what stands in three documents or more. */
  readonly wide: boolean;
  readonly sort: SortName;
  readonly descending: boolean;
};

export const EVERYTHING: View = {
  search: "",
  state: "all",
  since: "all",
  class: "all",
  evidence: "",
  document: "",
  dated: "first",
  from: "",
  to: "",
  lookAlikes: false,
  wide: false,
  sort: "rank",
  descending: false,
};

/** What the numbers in the rows stand for. */
export type Legend = {
  readonly codes: readonly string[];
  readonly documents: readonly { readonly id?: string; readonly title?: string; readonly date?: string }[];
  readonly paired: ReadonlySet<string>;
};

const WIDE = 3;

export function actionOf(row: Row): Action {
  return row.decision?.action ?? "undecided";
}

/** Somebody has said what becomes of it; putting it off says nothing. */
export function isDecided(row: Row): boolean {
  return row.decision !== undefined && row.decision.action !== "later" && row.decision.action !== "undecided";
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
export function chooseRows(rows: readonly Row[], view: View, legend: Legend): number[] {
  const fits = createFilter(view, legend);
  const chosen: number[] = [];
  rows.forEach((row, at) => {
    if (fits(row)) chosen.push(at);
  });
  return sortRows(rows, chosen, view);
}

function createFilter(view: View, { codes, documents, paired }: Legend): (row: Row) => boolean {
  const words = view.search.trim().split(/\s+/).map(toSearchKey).filter(Boolean);
  const code = codes.indexOf(view.evidence);
  const document = documents.findIndex(({ id }) => id !== undefined && id === view.document);
  const dateOf = (row: Row) => (view.dated === "first" ? row.firstDate : (row.lastDate ?? row.firstDate)) ?? "";
  const fitsSince = (row: Row): boolean => {
    if (view.since === "gone" || row.isGone === true) return view.since === "gone" && row.isGone === true;
    return view.since === "all" || (view.since === "new" ? row.isNew === true : row.before !== undefined);
  };
  return (row) =>
    fitsSince(row) &&
    (view.state === "all" || actionOf(row) === (view.state === "open" ? "undecided" : view.state)) &&
    (view.class === "all" || (view.class === "formulation" ? !isFrame(row) : row.class === view.class)) &&
    (view.evidence === "" || row.evidence.includes(code)) &&
    (view.document === "" || (row.places?.includes(document) ?? false)) &&
    (view.from === "" || dateOf(row) >= view.from) &&
    (view.to === "" || (dateOf(row) !== "" && dateOf(row) <= view.to)) &&
    (!view.lookAlikes || row.contrast !== undefined || paired.has(row.text)) &&
    (!view.wide || row.documents >= WIDE) &&
    words.every((word) => searchKeyOf(row).includes(word));
}

function sortRows(rows: readonly Row[], chosen: number[], { sort, descending }: View): number[] {
  const sign = descending ? -1 : 1;
  if (sort === "rank") return descending ? chosen.reverse() : chosen;
  if (sort === "text") {
    const collator = new Intl.Collator("zh-u-co-pinyin");
    return chosen.sort((one, other) => sign * collator.compare(rows[one]?.text ?? "", rows[other]?.text ?? ""));
  }
  if (sort === "firstDate" || sort === "lastDate") {
    // What has no date is last in either direction.
    const dateOf = (at: number): string => rows[at]?.[sort] ?? rows[at]?.firstDate ?? (descending ? "" : "9");
    return chosen.sort((one, other) => sign * compare(dateOf(one), dateOf(other)) || one - other);
  }
  const numberOf = (at: number): number => rows[at]?.[sort] ?? -1;
  return chosen.sort((one, other) => sign * (numberOf(one) - numberOf(other)) || one - other);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export type Counts = {
  readonly all: number;
  readonly decided: number;
  readonly lookAlikes: number;
  readonly wide: number;
  readonly byClass: ReadonlyMap<string, number>;
  readonly byAction: ReadonlyMap<Action, number>;
  readonly bySince: Readonly<Record<"new" | "changed" | "gone", number>>;
  /** By the number of the code. */
  readonly byCode: ReadonlyMap<number, number>;
};

export function countRows(rows: readonly Row[], { paired }: Pick<Legend, "paired">): Counts {
  const byClass = new Map<string, number>();
  const byAction = new Map<Action, number>();
  const byCode = new Map<number, number>();
  const bySince = { new: 0, changed: 0, gone: 0 };
  const totals = { all: 0, decided: 0, lookAlikes: 0, wide: 0 };
  const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const row of rows) {
    if (row.isGone === true) {
      bySince.gone += 1;
      continue;
    }
    totals.all += 1;
    add(byClass, row.class);
    add(byAction, actionOf(row));
    for (const code of row.evidence) add(byCode, code);
    if (isDecided(row)) totals.decided += 1;
    if (row.contrast !== undefined || paired.has(row.text)) totals.lookAlikes += 1;
    if (row.documents >= WIDE) totals.wide += 1;
    if (row.isNew === true) bySince.new += 1;
    if (row.before !== undefined) bySince.changed += 1;
  }
  return { ...totals, byClass, byAction, bySince, byCode };
}

/** A frame in pieces: 把{X}作为{Y}来抓 is text, slot X, text, slot Y, text. */
export function splitSlots(pattern: string): readonly { readonly text: string; readonly isSlot: boolean }[] {
  return pattern
    .split(/(\{[^{}]*\})/u)
    .filter((piece) => piece !== "")
    .map((piece) => (/^\{.*\}$/u.test(piece) ? { text: piece.slice(1, -1), isSlot: true } : { text: piece, isSlot: false }));
}

/** Finds what stands in the slots of a pattern that a whole text fits. */
export function createSlotFinder(pattern: string): (text: string) => readonly string[] | undefined {
  const source = splitSlots(pattern)
    .map(({ text, isSlot }) => (isSlot ? "(.{1,40}?)" : escapePattern(text)))
    .join("");
  const expression = new RegExp(`^${source}$`, "u");
  return (text) => expression.exec(text)?.slice(1);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Rows of the list. A row that changes keeps its element, so that the focus stays. */
import { element, icon, required } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { stateOf } from "./decisions.ts";
import { actionOf, isDecided, isFrame, splitSlots } from "./model.ts";
import type { Action, Row, TextPart } from "./model.ts";

export type RowContext = {
  readonly language: string;
  readonly classNames: Readonly<Record<string, string>>;
  /** What the wording is not to be confused with, by decision. */
  readonly partnersOf: (text: string) => readonly string[];
};

export const LOOK: Readonly<Record<Action, { readonly icon: string; readonly className: string }>> = {
  undecided: { icon: "s-candidate", className: "status" },
  accept: { icon: "s-approved", className: "status is-good" },
  merge: { icon: "s-approved", className: "status is-good" },
  frame: { icon: "s-approved", className: "status is-good" },
  drop: { icon: "close", className: "status" },
  later: { icon: "s-later", className: "status" },
};

export function renderRow(row: Row, context: RowContext): HTMLElement {
  const made = element(
    "tr",
    { class: "is-row" },
    element("td", { "data-state": true }),
    element(
      "td",
      {},
      element("a", { class: "cand-phrase", lang: context.language }, ...showText(row.text)),
      element("span", { class: "cand-why" }),
    ),
    numberCell(row.count),
    numberCell(row.distinctCount),
    numberCell(row.documents, "only-wide"),
    numberCell(row.independentCount),
    element("td", { class: "num quiet only-wide", title: row.firstDate }, row.firstDate?.slice(0, 7) ?? "–"),
  );
  required<HTMLAnchorElement>(".cand-phrase", made).href = `?at=${encodeURIComponent(row.text)}`;
  showRowState(made, row, context);
  return made;
}

/** Brings the mark, the strike, the tint and the words of a row up to date with its decision. */
export function showRowState(element_: HTMLElement, row: Row, context: RowContext): void {
  element_.classList.toggle("is-done", isDecided(row));
  element_.classList.toggle("is-dropped", actionOf(row) === "drop");
  required("[data-state]", element_).replaceChildren(stateMark(row, context));
  required(".cand-why", element_).replaceChildren(...changeBadges(row), ...whyWords(row, context));
}

function stateMark(row: Row, { partnersOf }: RowContext): HTMLElement {
  const action = actionOf(row);
  const isTwin = action === "undecided" && (row.contrast !== undefined || partnersOf(row.text).length > 0);
  const look = isTwin ? { icon: "swap", className: "status is-warn" } : LOOK[action];
  const state = stateOf(row.decision);
  const words = isTwin ? t("candidates:twin-state", { state }) : state;
  return element(
    "span",
    { class: look.className, title: words },
    icon(look.icon),
    element("span", { class: "visually-hidden" }, words),
  );
}

/** What the row is against the run before. */
function changeBadges(row: Row): readonly (Node | string)[] {
  const badge = (words: string) => [element("span", { class: "badge" }, words), " "];
  if (row.isGone === true) return badge(t("candidates:since.gone"));
  if (row.isNew === true) return badge(t("candidates:since.new"));
  return row.before === undefined ? [] : badge(t("candidates:since.before", { before: row.before }));
}

/** The text; slots of a frame as slots. */
export function showText(text: string): readonly (Node | string)[] {
  return splitSlots(text).map((piece) => (piece.isSlot ? element("span", { class: "slot" }, piece.text) : piece.text));
}

/** Pieces with the differing ones marked. */
export function showParts(parts: readonly TextPart[]): readonly (Node | string)[] {
  return parts.map((part) => (part.differs ? element("b", { class: "twin" }, part.text) : part.text));
}

/** What a person decided and why says more than why it ranks here. */
function whyWords(row: Row, { language, classNames, partnersOf }: RowContext): readonly (Node | string)[] {
  const { decision } = row;
  if (decision?.partner !== undefined || decision?.reason !== undefined) {
    const state = stateOf(decision);
    return [decision.reason === undefined ? state : t("candidates:reason", { class: state, reason: decision.reason })];
  }
  const partners = partnersOf(row.text);
  if (partners.length > 0) {
    return [t("candidates:not-confused"), " ", element("span", { lang: language }, partners.join(" / "))];
  }
  const name = classNames[row.class] ?? row.class;
  if (isFrame(row)) {
    const words = t("candidates:reason", { class: name, reason: t("candidates:fillings", { count: row.fillers ?? 0 }) });
    const samples = row.samples ?? [];
    if (samples.length === 0) return [words];
    return [words, ": ", element("span", { lang: language }, samples.join(" / "))];
  }
  if (row.contrast !== undefined) {
    const twin = element("span", { lang: language }, ...showParts(row.contrast));
    return [t("candidates:look-alike"), " ", twin];
  }
  if (!row.reason) return [name];
  return [t("candidates:reason", { class: name, reason: t(`evidence:${row.reason.code}`, row.reason.values) })];
}

function numberCell(value: number | undefined, className = ""): HTMLElement {
  const isQuiet = value === undefined || value === 0;
  return element("td", { class: `num ${className}${isQuiet ? " quiet" : ""}` }, value === undefined ? "–" : formatNumber(value));
}

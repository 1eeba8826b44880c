/** Rows of the list. A row that changes keeps its element, so that the focus stays. */
import { element, icon, required } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { actionOf, isFrame, splitSlots } from "./model.ts";
import type { Action, Row, TextPart } from "./model.ts";

export type RowContext = {
  readonly language: string;
  readonly classNames: Readonly<Record<string, string>>;
};

export const LOOK: Readonly<Record<Action, { readonly icon: string; readonly className: string }>> = {
  undecided: { icon: "s-candidate", className: "status" },
  accept: { icon: "s-approved", className: "status is-good" },
  drop: { icon: "close", className: "status" },
  later: { icon: "s-later", className: "status" },
};

export function renderRow(row: Row, { language, classNames }: RowContext): HTMLElement {
  const address = `?at=${encodeURIComponent(row.text)}`;
  const made = element(
    "tr",
    { class: "is-row" },
    element("td", { "data-state": true }),
    element(
      "td",
      {},
      element("a", { class: "cand-phrase", href: address, lang: language }, ...showText(row.text)),
      element("span", { class: "cand-why" }, ...whyWords(row, language, classNames)),
    ),
    numberCell(row.count),
    numberCell(row.distinctCount),
    numberCell(row.documents, "only-wide"),
    numberCell(row.independentCount),
    element("td", { class: "num quiet only-wide", title: row.firstDate }, row.firstDate?.slice(0, 7) ?? "–"),
  );
  showRowState(made, row);
  return made;
}

/** Brings the mark, the strike and the tint of a row up to date with its decision. */
export function showRowState(element_: HTMLElement, row: Row): void {
  const action = actionOf(row);
  element_.classList.toggle("is-done", action === "accept" || action === "drop");
  element_.classList.toggle("is-dropped", action === "drop");
  required("[data-state]", element_).replaceChildren(stateMark(row));
}

function stateMark(row: Row): HTMLElement {
  const action = actionOf(row);
  const isTwin = action === "undecided" && row.contrast !== undefined;
  const look = isTwin ? { icon: "swap", className: "status is-warn" } : LOOK[action];
  const state = t(`candidates:state.${action}`);
  const words = isTwin ? t("candidates:twin-state", { state }) : state;
  return element(
    "span",
    { class: look.className, title: words },
    icon(look.icon),
    element("span", { class: "visually-hidden" }, words),
  );
}

/** The text; slots of a frame as slots. */
export function showText(text: string): readonly (Node | string)[] {
  return splitSlots(text).map((piece) => (piece.isSlot ? element("span", { class: "slot" }, piece.text) : piece.text));
}

/** Pieces with the differing ones marked. */
export function showParts(parts: readonly TextPart[]): readonly (Node | string)[] {
  return parts.map((part) => (part.differs ? element("b", { class: "twin" }, part.text) : part.text));
}

function whyWords(row: Row, language: string, classNames: RowContext["classNames"]): readonly (Node | string)[] {
  const name = classNames[row.class] ?? row.class;
  if (isFrame(row)) {
    return [t("candidates:reason", { class: name, reason: t("candidates:fillings", { count: row.fillers ?? 0 }) })];
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

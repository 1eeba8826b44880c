/** One row as elements: number, source with its terms underlined, translation, state. */
import { element, icon } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { Underline } from "./marks.ts";
import { isConfirmed, stateOf, textOf } from "./rows.ts";
import type { Row, RowState } from "./rows.ts";

export type RowLanguages = { readonly source: string; readonly target: string };

const LOOKS: Readonly<Record<RowState, { readonly icon: string; readonly className: string }>> = {
  empty: { icon: "s-auto", className: "status" },
  draft: { icon: "s-draft", className: "status is-now" },
  proposed: { icon: "s-proposed", className: "status" },
  translated: { icon: "s-check", className: "status is-good" },
  reviewed: { icon: "s-approved", className: "status is-good" },
  final: { icon: "lock", className: "status is-good" },
  kept: { icon: "offline", className: "status is-warn" },
};

export function renderRow(row: Row, languages: RowLanguages, underlines: readonly Underline[], isOffline: boolean): HTMLElement {
  const number = String(row.index + 1);
  const link = element("a", { href: `#row-${number}`, "aria-label": t("translate:grid.open", { row: number }) }, number);
  const made = element(
    "div",
    { class: "row is-row", "data-row": row.id },
    element("div", { class: "row-no" }, link),
    element("div", { class: "row-side row-source work", lang: languages.source }),
    element("div", { class: "row-side row-target work", lang: languages.target }),
    element("div", { class: "row-no row-state" }),
  );
  showSource(made, row, underlines);
  showTarget(made, row);
  showState(made, row, isOffline);
  return made;
}

export function showSource(place: HTMLElement, row: Row, underlines: readonly Underline[]): void {
  place.querySelector(".row-source")?.replaceChildren(...underlineText(row.source, underlines));
}

/** The text of a row that is read, not written. */
export function showTarget(place: HTMLElement, row: Row): void {
  const text = textOf(row);
  const cell = place.querySelector<HTMLElement>(".row-target");
  if (!cell) return;
  place.classList.toggle("is-empty", text === "");
  if (text === "")
    cell.replaceChildren(
      element("span", { class: "row-nothing", lang: document.documentElement.lang }, t("translate:grid.empty")),
    );
  else cell.replaceChildren(text);
}

export function showState(place: HTMLElement, row: Row, isOffline: boolean): void {
  const state = stateOf(row, isOffline);
  const look = LOOKS[state];
  const origin = originOf(row, state);
  place
    .querySelector(".row-state")
    ?.replaceChildren(
      element(
        "span",
        { class: look.className, title: t(`translate:state.${state}`) },
        icon(look.icon),
        element("span", { class: "visually-hidden" }, t(`translate:state.${state}`)),
      ),
      element("span", { class: "origin", title: origin.title }, origin.text, origin.spoken),
      ...(row.doubtful && !isConfirmed(row)
        ? [
            element(
              "span",
              { class: "status is-warn", title: t("translate:origin.doubtful") },
              icon("s-warn"),
              element("span", { class: "visually-hidden" }, t("translate:origin.doubtful")),
            ),
          ]
        : []),
    );
}

/** The percentage of the match it came from, or of the best one that waits. */
function originOf(row: Row, state: RowState): { text?: string; title?: string; spoken?: HTMLElement } {
  const say = (text: string | undefined, title: string) => ({
    ...(text === undefined ? {} : { text }),
    title,
    spoken: element("span", { class: "visually-hidden" }, ` ${title}`),
  });
  if (row.inserted !== undefined && state !== "empty") {
    return say(String(row.inserted), t("translate:origin.inserted", { score: row.inserted }));
  }
  if (state === "empty" && row.best !== undefined) {
    return say(String(row.best), t("translate:origin.available", { score: row.best }));
  }
  const origin = row.draft?.origin ?? row.stored.origin;
  return origin === undefined || origin === "typed" || state === "empty" ? {} : say(undefined, t(`translate:origin.${origin}`));
}

/**
 * The text in pieces, cut wherever a term begins or ends; each piece lies in one span for each line under it, the
 * highest level outside. Crossing terms are drawn as well as nested ones.
 */
function underlineText(text: string, underlines: readonly Underline[]): Node[] {
  if (underlines.length === 0) return [document.createTextNode(text)];
  const cuts = [...new Set([0, text.length, ...underlines.flatMap(({ start, end }) => [start, end])])].sort(
    (one, other) => one - other,
  );
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1] ?? text.length;
    let node: Node = document.createTextNode(text.slice(start, end));
    const over = underlines
      .filter((line) => line.start <= start && end <= line.end)
      .sort((one, other) => one.level - other.level);
    for (const { level, line, concepts } of over) {
      const kind = line === "approved" ? "" : line === "avoid" ? " is-forbidden" : ` is-${line}`;
      const span = element("span", { class: `term lv${level}${kind}`, "data-concepts": concepts.join(" ") });
      span.append(node);
      node = span;
    }
    return node;
  });
}

const HAN_RUN = /(\p{Script=Han}(?:[\p{Script=Han}、，：；（）《》“”·]*\p{Script=Han})?)/u;

/** A sentence of the interface in which words of the source stand: those get its language, and with it its font. */
export function markHan(sentence: string, language: string): (Node | string)[] {
  if (document.documentElement.lang.startsWith("zh")) return [sentence];
  // A pattern with one group: the runs are the odd parts.
  return sentence.split(HAN_RUN).map((part, at) => (at % 2 === 1 ? element("span", { lang: language }, part) : part));
}

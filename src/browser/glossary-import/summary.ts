/** What an import did. */
import { element, project } from "../shell/dom.ts";
import { hasWords, t } from "../shell/strings.ts";

export type Summary = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left: readonly { readonly text: string; readonly code: string }[];
};

const SHOWN = 200;

export function showSummary(place: HTMLElement, { added, changed, unchanged, left }: Summary): void {
  const title = element("h2", { tabindex: -1 }, t("glossary:import.done.title"));
  const list = element(
    "ul",
    { class: "stack-s" },
    element("li", {}, t("glossary:import.done.added", { count: added })),
    element("li", {}, t("glossary:import.done.changed", { count: changed })),
    element("li", {}, t("glossary:import.done.unchanged", { count: unchanged })),
    element("li", {}, t("glossary:import.done.left", { count: left.length })),
  );
  const body = element("div", { class: "card-body stack-m" }, list);
  if (left.length > 0) {
    const rows = left.slice(0, SHOWN).map(({ text, code }) => {
      const key = `glossary:import.left-code.${code}`;
      return element(
        "li",
        {},
        element("span", { class: "gloss-word", lang: "zh-Hans" }, text),
        element("span", { class: "quiet" }, hasWords(key) ? t(key) : code),
      );
    });
    if (left.length > SHOWN)
      rows.push(element("li", { class: "quiet" }, t("glossary:import.done.more", { count: left.length - SHOWN })));
    body.append(element("ul", { class: "left-list" }, ...rows));
  }
  body.append(
    element(
      "div",
      { class: "btn-row" },
      element("a", { class: "btn btn-primary", href: `/p/${project()}/glossary` }, t("glossary:import.done.open")),
    ),
  );
  const card = element("section", { class: "card" }, element("div", { class: "card-head" }, title), body);
  place.replaceChildren(element("div", { class: "glossary-notes" }, card));
  title.focus();
}

/** The filter side: one choice of a kind with the hits it would show, and days. */
import { element, icon } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { FACETS, langOf, memoryName } from "./model.ts";
import type { Count, Facet, Found, PageData, Question } from "./model.ts";

type Parts = {
  readonly found: Found | undefined;
  readonly question: Question;
  readonly page: PageData;
  readonly onChange: (change: Partial<Question>) => void;
};

const KEYS = { memory: "memories", state: "states", author: "authors", document: "documents" } as const;

export function showFacets(parts: Parts): readonly HTMLElement[] {
  return [...FACETS.flatMap((facet) => showFacet(facet, parts)), showDays(parts)];
}

export function nameOf(facet: Facet, value: string, page: PageData): string {
  if (facet === "memory") return memoryName(page.memories.find(({ id }) => id === value)?.name ?? value);
  if (facet === "state") return t(`concordance:state.${value}`);
  return value === "" ? t(`concordance:facet.no-${facet}`) : value;
}

function showFacet(facet: Facet, { found, question, page, onChange }: Parts): readonly HTMLElement[] {
  const chosen = question.chosen[facet];
  const counts: readonly Count[] = found?.counts[KEYS[facet]] ?? [];
  const values =
    chosen === undefined || counts.some(({ value }) => value === chosen) ? counts : [...counts, { value: chosen, count: 0 }];
  // A facet with one value chooses nothing.
  if (values.length < 2 && chosen === undefined) return [];
  const list = element("div", { class: "facet-list" });
  for (const { value, count } of values) {
    const isChosen = chosen === value;
    const lang = facet === "document" && value !== "" ? langOf(page.sourceLanguage) : undefined;
    const button = element(
      "button",
      { class: "facet", type: "button", "aria-pressed": String(isChosen) },
      element("span", { lang }, nameOf(facet, value, page)),
      element("span", { class: "count" }, formatNumber(count)),
      isChosen ? icon("close") : undefined,
    );
    button.addEventListener("click", () => onChange({ chosen: { ...question.chosen, [facet]: isChosen ? undefined : value } }));
    list.append(button);
  }
  return [element("section", {}, element("h2", { class: "section-title" }, t(`concordance:facet.${facet}`)), list)];
}

function showDays({ question, onChange }: Parts): HTMLElement {
  const field = (name: "from" | "to") => {
    const input = element("input", { class: "field", type: "date", value: question[name], "data-day": name });
    input.addEventListener("change", () => onChange({ [name]: input.value }));
    return element("label", { class: "conc-day" }, element("span", { class: "quiet" }, t(`concordance:facet.${name}`)), input);
  };
  return element(
    "section",
    {},
    element("h2", { class: "section-title" }, t("concordance:facet.days")),
    field("from"),
    field("to"),
  );
}

/** Figures of one memory, or of all: units, characters and words of both sides, and tables by document, author, year, state. */
import { element, project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { button, empty, field, fillChoice, nameOf } from "./model.ts";
import type { Whole } from "./model.ts";

type Side = { readonly characters: number; readonly words: number; readonly average: number; readonly longest: number };
type Facet = { readonly value: string; readonly count: number };
type Statistics = {
  readonly units: number;
  readonly repeated: number;
  readonly source: Side;
  readonly target: Side;
  readonly documents: readonly Facet[];
  readonly authors: readonly Facet[];
  readonly states: readonly Facet[];
  readonly years: readonly Facet[];
};

/** Lines of a table that are shown at first. */
const LINES = 15;

export function createFigures(panel: HTMLElement, whole: Whole): { readonly open: () => void; readonly refresh: () => void } {
  const memory = element("select", { class: "field" });
  const place = element("div", { class: "stack-m" });
  let asked = new AbortController();
  let isOpen = false;
  memory.addEventListener("change", () => void load());

  async function load(): Promise<void> {
    asked.abort();
    const mine = (asked = new AbortController());
    place.replaceChildren(element("p", { class: "quiet", role: "status" }, t("memory:figures.counting")));
    const address = `/api/p/${project()}/memories/${encodeURIComponent(memory.value)}/statistics`;
    const answer = await get<Statistics>(address, { signal: mine.signal, quiet: true });
    if (mine.signal.aborted) return;
    if (!answer.ok) {
      const again = button(t("memory:failed.again"), () => void load());
      return place.replaceChildren(empty(t("memory:failed.title"), t("memory:failed.text"), again));
    }
    draw(answer.value, address);
  }

  function draw(figures: Statistics, address: string): void {
    if (figures.units === 0) return place.replaceChildren(empty(t("memory:empty.title"), t("memory:empty.text")));
    const head = element(
      "tr",
      {},
      element("td", {}),
      element("th", { scope: "col", class: "num" }, t("memory:filter.source")),
      element("th", { scope: "col", class: "num" }, t("memory:filter.target")),
    );
    const body = element("tbody", {});
    for (const key of ["characters", "words", "average", "longest"] as const) {
      const cells = [figures.source[key], figures.target[key]].map((value) =>
        element("td", { class: "num" }, formatNumber(value)),
      );
      body.append(element("tr", {}, element("th", { scope: "row" }, t(`memory:figures.${key}`)), ...cells));
    }
    const words = t("memory:figures.units", { count: figures.units });
    const summary = element(
      "p",
      {},
      element("strong", {}, words),
      ` ${t("memory:figures.repeated", { count: figures.repeated })}`,
    );
    const table = element(
      "table",
      { class: "table memory-sides" },
      element("caption", { class: "visually-hidden" }, t("memory:figures.sides")),
      element("thead", {}, head),
      body,
    );
    const tables = element("div", { class: "memory-figures" });
    for (const key of ["documents", "authors", "years", "states"] as const) tables.append(facetTable(key, figures[key]));
    const json = element(
      "a",
      { class: "btn btn-s", href: address, download: "memory-statistics.json" },
      t("memory:figures.json"),
    );
    place.replaceChildren(
      summary,
      element("div", { class: "table-wrap" }, table),
      element("p", { class: "hint" }, t("memory:figures.hint")),
      tables,
      element("div", {}, json),
    );
  }

  function facetTable(key: "documents" | "authors" | "years" | "states", facets: readonly Facet[]): HTMLElement {
    const caption = element("caption", { class: "strong" }, t(`memory:figures.by.${key}`));
    const body = element("tbody", {});
    const name = (value: string): string => {
      if (value === "") return t("memory:filter.none");
      return key === "states" ? t(`memory:state.${value}`) : value;
    };
    const add = (lines: readonly Facet[]): void => {
      for (const { value, count } of lines) {
        body.append(
          element("tr", {}, element("th", { scope: "row" }, name(value)), element("td", { class: "num" }, formatNumber(count))),
        );
      }
    };
    add(facets.slice(0, LINES));
    const made = element("div", { class: "stack-s" }, element("table", { class: "table" }, caption, body));
    if (facets.length > LINES) {
      const more = button(t("memory:figures.more", { count: facets.length - LINES }), () => {
        add(facets.slice(LINES));
        more.remove();
      });
      made.append(more);
    }
    return made;
  }

  return {
    open: () => {
      isOpen = true;
      const options = whole.page.overview.memories.map((one) => [one.id, nameOf(one)] as const);
      fillChoice(memory, [["all", t("memory:figures.all")], ...options]);
      if (!memory.isConnected)
        panel.replaceChildren(element("div", { class: "memory-edit" }, field(t("memory:filter.memory"), memory)), place);
      void load();
    },
    refresh: () => {
      if (isOpen) void load();
    },
  };
}

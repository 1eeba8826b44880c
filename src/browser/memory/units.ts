/** Units by filter: read a page at a time as one scrolls, ticked, edited in bulk, each with its history. */
import { element, project } from "../shell/dom.ts";
import { showDialog } from "../shell/dialogs.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { createVirtualList } from "../shell/virtual-list.ts";
import type { VirtualList } from "../shell/virtual-list.ts";
import { createBulk } from "./bulk.ts";
import { button, choice, differences, empty, field, fillChoice, langOf, nameOf, STATES, whenOf } from "./model.ts";
import type { ShownUnit, Whole } from "./model.ts";

type Facet = { readonly value: string; readonly count: number };
type Facets = { readonly documents: readonly Facet[]; readonly authors: readonly Facet[] };
type Revision = {
  readonly action: "replace" | "remove" | "restore";
  readonly unit: { readonly source: string; readonly target: string; readonly state: string };
  readonly author: string;
  readonly at: string;
};

const PAGE = 100;
/** A document or an author is chosen from so many; others by words. */
const MOST_OPTIONS = 300;
/** A unit of two lines and what is said of it. */
const ROW_HEIGHT = 88;
/** The next page is read when so few rows are left below. */
const ROWS_AHEAD = 30;
const WAIT_MS = 250;

export type Units = {
  readonly open: () => void;
  readonly show: (filter: Readonly<Record<string, string>>) => void;
  readonly focusSearch: () => void;
  readonly refresh: () => void;
};

export function createUnits(panel: HTMLElement, whole: Whole): Units {
  const { sourceLanguage, targetLanguage } = whole.page;
  const api = `/api/p/${project()}/units`;
  const ticked = new Set<string>();
  let filter: Readonly<Record<string, string>> = {};
  let asked = new AbortController();
  let isBuilt = false;

  const text = element("input", {
    class: "field",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    "data-units-text": true,
  });
  const side = choice([
    ["", t("memory:filter.both")],
    ["source", t("memory:filter.source")],
    ["target", t("memory:filter.target")],
  ]);
  const memory = element("select", { class: "field" });
  const documents = element("select", { class: "field" });
  const author = element("select", { class: "field" });
  const state = choice([["", t("memory:filter.any")], ...STATES.map((name) => [name, t(`memory:state.${name}`)] as const)]);
  const from = element("input", { class: "field", type: "date" });
  const to = element("input", { class: "field", type: "date" });
  const summary = element("p", { role: "status", class: "quiet" });
  const list = element("div", { role: "list", "aria-label": t("memory:units.label") });
  /** Instead of the list: nothing found, or the server did not answer. */
  const said = element("div", {});
  let rows: ShownUnit[] = [];
  let isWhole = true;
  let isReading = false;
  let shown: VirtualList | undefined;
  const imported = element("span", { class: "memory-line" });
  const bulk = createBulk({
    whole,
    selection: () => (ticked.size > 0 ? { unitIds: [...ticked] } : { filter }),
    ticked: () => ticked.size,
  });

  function build(): void {
    isBuilt = true;
    const form = element(
      "form",
      { class: "memory-filter", "aria-label": t("memory:filter.label") },
      field(t("memory:filter.text"), text, true),
      field(t("memory:filter.side"), side),
      field(t("memory:filter.memory"), memory),
      field(t("memory:filter.document"), documents),
      field(t("memory:filter.author"), author),
      field(t("memory:filter.state"), state),
      element("div", { class: "memory-span" }, field(t("memory:filter.from"), from), field(t("memory:filter.to"), to)),
      button(t("memory:filter.clear"), () => show({}), "btn"),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    let timer: ReturnType<typeof setTimeout> | undefined;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), WAIT_MS);
    });
    panel.replaceChildren(form, imported, bulk.place, summary, said, list);
    const scroller = panel.closest<HTMLElement>("[data-scroller]") ?? panel;
    shown = createVirtualList({
      ...{ scroller, container: list, count: 0, rowHeight: ROW_HEIGHT },
      renderRow: (index) => {
        if (index >= rows.length - ROWS_AHEAD) void readOn();
        const unit = rows[index];
        return unit ? item(unit) : element("div", {});
      },
    });
    void fillFacets();
  }

  function fillMemories(): void {
    const options = whole.page.overview.memories.map((one) => [one.id, nameOf(one)] as const);
    fillChoice(memory, [["", t("memory:filter.any")], ...options]);
  }

  async function fillFacets(): Promise<void> {
    fillMemories();
    const answer = await get<Facets>(`${api}/facets`, { quiet: true });
    if (!answer.ok) return;
    for (const [select, facets] of [
      [documents, answer.value.documents],
      [author, answer.value.authors],
    ] as const) {
      const options = facets
        .slice(0, MOST_OPTIONS)
        .map(
          ({ value, count }) =>
            [`=${value}`, `${value === "" ? t("memory:filter.none") : value} (${formatNumber(count)})`] as const,
        );
      fillChoice(select, [["", t("memory:filter.any")], ...options]);
    }
  }

  function readFilter(): Readonly<Record<string, string>> {
    const values: Record<string, string> = {
      text: text.value.trim(),
      side: side.value,
      memory: memory.value,
      state: state.value,
    };
    for (const [key, input] of [
      ["from", from],
      ["to", to],
    ] as const)
      values[key] = input.value;
    if (text.value.trim() === "") delete values["side"];
    const given = Object.entries(values).filter(([, value]) => value !== "");
    // Documents and authors may be empty: units without any.
    for (const [key, select] of [
      ["document", documents],
      ["author", author],
    ] as const) {
      if (select.value !== "") given.push([key, select.value.slice(1)]);
    }
    if (filter["import"] !== undefined) given.push(["import", filter["import"]]);
    return Object.fromEntries(given);
  }

  /** A reload and a link lead back to the same units. */
  function keepInAddress(): void {
    const query = new URLSearchParams(filter).toString();
    if (!panel.hidden) history.replaceState(undefined, "", query === "" ? "#units" : `#units?${query}`);
  }

  async function load(): Promise<void> {
    filter = readFilter();
    keepInAddress();
    ticked.clear();
    bulk.update();
    imported.replaceChildren();
    if (filter["import"] !== undefined) {
      imported.append(
        element("span", { class: "badge" }, t("memory:filter.import")),
        button(t("memory:filter.all-units"), () => show({})),
      );
    }
    asked.abort();
    const mine = (asked = new AbortController());
    said.replaceChildren();
    setRows([]);
    summary.textContent = t("memory:units.reading");
    const query = new URLSearchParams(filter).toString();
    const [units, count] = await Promise.all([
      readPage(undefined, mine.signal),
      get<{ readonly count: number }>(`${api}/count?${query}`, { signal: mine.signal, quiet: true }),
    ]);
    if (mine.signal.aborted) return;
    if (!units) {
      summary.textContent = "";
      said.replaceChildren(
        empty(
          t("memory:failed.title"),
          t("memory:failed.text"),
          button(t("memory:failed.again"), () => void load()),
        ),
      );
      return;
    }
    summary.textContent = count.ok ? t("memory:units.count", { count: count.value.count }) : "";
    if (units.length > 0) return setRows(units);
    const isFiltered = query !== "";
    const title = t(isFiltered ? "memory:units.nothing" : "memory:empty.title");
    const words = t(isFiltered ? "memory:units.nothing-text" : "memory:empty.text");
    said.replaceChildren(
      isFiltered
        ? empty(
            title,
            words,
            button(t("memory:filter.clear"), () => show({})),
          )
        : empty(title, words),
    );
  }

  async function readPage(after: string | undefined, signal: AbortSignal): Promise<readonly ShownUnit[] | undefined> {
    const query = new URLSearchParams({ ...filter, limit: String(PAGE), ...(after === undefined ? {} : { after }) });
    const answer = await get<{ readonly units: readonly ShownUnit[] }>(`${api}?${query.toString()}`, { signal, quiet: true });
    return answer.ok ? answer.value.units : undefined;
  }

  function setRows(units: readonly ShownUnit[]): void {
    rows = [...units];
    isWhole = units.length < PAGE;
    // The filter stays in sight: the list is not scrolled to its beginning when nobody has scrolled.
    shown?.reset(rows.length, { keepScroll: true });
  }

  /** Reads the next page behind the rows that are there. */
  async function readOn(): Promise<void> {
    const last = rows.at(-1)?.id;
    if (isWhole || isReading || last === undefined) return;
    isReading = true;
    const { signal } = asked;
    const page = await readPage(last, signal);
    isReading = false;
    if (signal.aborted) return;
    // A page that did not come is asked for again when one scrolls on.
    if (!page) return;
    rows.push(...page);
    isWhole = page.length < PAGE;
    shown?.grow(rows.length);
  }

  function item(unit: ShownUnit): HTMLElement {
    const tick = element("input", {
      type: "checkbox",
      "aria-label": t("memory:units.tick", { source: unit.source.slice(0, 60) }),
    });
    tick.checked = ticked.has(unit.id);
    tick.addEventListener("change", () => {
      if (tick.checked) ticked.add(unit.id);
      else ticked.delete(unit.id);
      bulk.update();
    });
    const history = button(t("memory:units.history"), () => void showHistory(unit), "btn btn-s btn-quiet");
    history.setAttribute("aria-label", `${t("memory:units.history")}: ${unit.source.slice(0, 60)}`);
    return element(
      "div",
      { class: "memory-unit", role: "listitem", "data-unit": unit.id },
      tick,
      element("div", { lang: langOf(sourceLanguage) }, unit.source),
      element("div", { lang: langOf(targetLanguage) }, unit.target),
      element("div", { class: "memory-about" }, ...about(unit, whole), history, origin(unit)),
    );
  }

  function origin(unit: ShownUnit): HTMLElement | undefined {
    if (unit.address === undefined) return undefined;
    const words = t("memory:units.origin");
    const name = `${words}: ${unit.source.slice(0, 60)}`;
    return element("a", { class: "btn btn-s btn-quiet", href: unit.address, "aria-label": name }, words);
  }

  async function showHistory(unit: ShownUnit): Promise<void> {
    const answer = await get<{ readonly revisions: readonly Revision[] }>(`${api}/${encodeURIComponent(unit.id)}/history`);
    if (!answer.ok) return;
    const { revisions } = answer.value;
    const body: Node[] = [];
    if (revisions.length === 0) body.push(element("p", {}, t("memory:history.none")));
    for (const [at, revision] of revisions.entries()) {
      const next = revisions[at + 1];
      // A removal is followed by a return, which says the same text.
      const after = next && next.action !== "restore" ? next.unit : next ? revision.unit : unit;
      const words = t(`memory:history.${revision.action}`, { author: revision.author, at: whenOf(revision.at) });
      const texts = revision.action === "replace";
      body.push(
        element(
          "div",
          { class: "stack-s" },
          element("p", { class: "quiet" }, words),
          texts ? element("p", { lang: langOf(sourceLanguage) }, ...differences(revision.unit.source, after.source)) : undefined,
          texts ? element("p", { lang: langOf(targetLanguage) }, ...differences(revision.unit.target, after.target)) : undefined,
          texts && revision.unit.state !== after.state
            ? element(
                "p",
                {},
                element("del", { class: "diff" }, t(`memory:state.${revision.unit.state}`)),
                " ",
                element("ins", { class: "diff" }, t(`memory:state.${after.state}`)),
              )
            : undefined,
        ),
      );
    }
    await showDialog({ title: t("memory:history.title"), body, actions: [] });
  }

  function show(wanted: Readonly<Record<string, string>>): void {
    if (!isBuilt) build();
    fillMemories();
    filter = wanted;
    const plain = { text, side, memory, state, from, to };
    for (const [key, control] of Object.entries(plain)) control.value = wanted[key] ?? "";
    for (const [key, select] of [
      ["document", documents],
      ["author", author],
    ] as const) {
      const value = wanted[key] === undefined ? "" : `=${wanted[key]}`;
      // The lists of documents and authors may still be on their way.
      if (value !== "" && ![...select.options].some((option) => option.value === value))
        select.append(element("option", { value }, wanted[key] || t("memory:filter.none")));
      select.value = value;
    }
    void load();
  }

  return {
    open: () => {
      if (!isBuilt) return show({});
      keepInAddress();
      // It was not drawn while another tab was open.
      shown?.remeasure();
    },
    show,
    focusSearch: () => text.focus(),
    refresh: () => {
      if (!isBuilt) return;
      void fillFacets();
      void load();
    },
  };
}

/** State, memory, document, author, time, in words. */
export function about(unit: ShownUnit, whole: Whole): HTMLElement[] {
  const memory = whole.page.overview.memories.find(({ id }) => id === unit.memoryId);
  const made = [element("span", { class: "badge badge-line" }, t(`memory:state.${unit.state}`))];
  const words = [memory && nameOf(memory), unit.document, unit.author, whenOf(unit.changedAt)];
  if (unit.codes > 0) words.push(t("memory:units.codes", { count: unit.codes }));
  made.push(element("span", {}, words.filter((word) => word !== undefined && word !== "").join(" · ")));
  for (const note of unit.notes ?? []) made.push(element("span", { class: "quiet" }, t("memory:units.note", { note })));
  return made;
}

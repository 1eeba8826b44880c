/** Which rows are shown, how many there are of each kind, and the address that brings a person back to the same place. */
import { all, required } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { attempt } from "./drafts.ts";
import type { Grid } from "./grid.ts";
import { FILTERS, isConfirmed } from "./rows.ts";
import type { Filter, Row, RowList } from "./rows.ts";

export type Filters = {
  /** Goes to the row of the address, the last row of this text, or the first that is open. */
  readonly open: () => void;
  /** Makes sure that a row is among those shown. */
  readonly show: (row: Row) => void;
  readonly remember: (row: Row) => void;
  /** Counts again, soon. `isComplete`: all scores are known. */
  readonly count: (isComplete?: boolean) => void;
};

type Parts = { readonly documentId: string; readonly list: RowList; readonly grid: Grid };

const TYPING_PAUSE = 150;

export function startFilters({ documentId, list, grid }: Parts): Filters {
  const chips = all<HTMLButtonElement>("[data-filter]");
  const find = required<HTMLInputElement>("[data-find]");
  const address = new URLSearchParams(location.search);
  const lastRow = `dingyi-row/${documentId}`;
  let filter: Filter = FILTERS.find((name) => name === address.get("filter")) ?? "all";
  let hasAllScores = false;
  let counting = 0;
  find.value = address.get("find") ?? "";

  const choose = (next: Filter, wanted?: Row) => {
    filter = next;
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset["filter"] === filter));
    list.choose(filter, find.value);
    grid.reset();
    const shown = list.shown();
    required("[data-nothing]").hidden = shown.length > 0;
    if (shown.length === 0) sayNothing();
    const active = wanted ?? grid.active();
    const row = active && list.placeOf(active) >= 0 ? active : shown[0];
    // A person who types into the search stays there.
    if (row) grid.activate(row, { focus: document.activeElement !== find && matchMedia("(pointer: fine)").matches });
    remember(row);
  };

  const sayNothing = () => {
    const words = find.value.trim();
    const name = t(`translate:filter.${filter}`);
    required("[data-nothing-text]").textContent =
      list.rows.length === 0
        ? t("translate:nothing.empty")
        : words === ""
          ? t("translate:nothing.filter", { filter: name })
          : t("translate:nothing.find", { words, filter: name });
    required("[data-clear]").hidden = list.rows.length === 0;
  };

  const remember = (row: Row | undefined) => {
    const next = new URLSearchParams({ document: documentId });
    if (row) next.set("row", String(row.index + 1));
    if (filter !== "all") next.set("filter", filter);
    if (find.value.trim() !== "") next.set("find", find.value);
    history.replaceState(undefined, "", `?${next.toString()}`);
    if (row) attempt(() => localStorage.setItem(lastRow, row.id));
  };

  const showCounts = () => {
    counting = 0;
    for (const chip of chips) {
      const name = FILTERS.find((known) => known === chip.dataset["filter"]) ?? "all";
      const count = list.count(name);
      required("[data-count]", chip).textContent =
        name === "matched" && !hasAllScores ? t("translate:filter.counting", { count }) : formatNumber(count);
    }
    const done = list.rows.length - list.count("unconfirmed");
    required<HTMLProgressElement>("[data-progress]").value = done;
    required("[data-progress-words]").textContent = t("translate:progress", { done, count: list.rows.length });
  };

  for (const chip of chips) {
    chip.addEventListener("click", () => choose(FILTERS.find((name) => name === chip.dataset["filter"]) ?? "all"));
  }
  let typing: ReturnType<typeof setTimeout> | undefined;
  find.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(typing);
    typing = setTimeout(() => choose(filter), TYPING_PAUSE);
  });
  find.addEventListener("compositionend", () => choose(filter));
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) grid.focus();
  });
  required("[data-clear]").addEventListener("click", () => {
    find.value = "";
    choose("all");
  });

  return {
    open: () => {
      // Other pages name a row by its id, this page by its number.
      const named = address.get("row") ?? "";
      let last: string | null = null;
      attempt(() => {
        last = localStorage.getItem(lastRow);
      });
      const wanted =
        list.find(named) ??
        list.rows[Number(named) - 1] ??
        list.find(last ?? "") ??
        list.rows.find((row) => !isConfirmed(row)) ??
        list.rows[0];
      choose(filter, wanted);
      showCounts();
    },
    show: (row) => {
      if (list.placeOf(row) >= 0) return;
      find.value = "";
      choose("all", row);
    },
    remember,
    count: (isComplete = false) => {
      hasAllScores ||= isComplete;
      if (counting === 0) counting = requestAnimationFrame(showCounts);
    },
  };
}

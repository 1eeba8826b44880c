/** The page bar: search field, chips, the two choices, and the heads of the columns. */
import { all, required } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { EVERYTHING } from "./model.ts";
import type { Counts, SortName, View } from "./model.ts";

export type FilterBar = {
  /** Marks what is chosen. */
  readonly show: (view: View) => void;
  readonly showCounts: (counts: Counts) => void;
};

/** Columns of numbers begin with the largest. */
const DOWN_FIRST: ReadonlySet<string> = new Set(["count", "distinctCount", "documents", "independentCount"]);

export function startFilterBar(
  classNames: Readonly<Record<string, string>>,
  { viewNow, onView }: { readonly viewNow: () => View; readonly onView: (view: View) => void },
): FilterBar {
  const field = required<HTMLInputElement>("[data-filter]");
  const change = (part: Partial<View>) => onView({ ...viewNow(), ...part });
  const search = () => change({ search: field.value });

  field.addEventListener("input", (event) => {
    // Half-written pinyin is no search.
    if (!(event instanceof InputEvent && event.isComposing)) search();
  });
  field.addEventListener("compositionend", search);
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter") field.blur();
    if (event.key === "Escape" && field.value !== "") {
      field.value = "";
      search();
    }
  });
  for (const chip of all("[data-show]")) {
    chip.addEventListener("click", () => onView(pressChip(viewNow(), chip.dataset["show"] ?? "")));
  }
  for (const select of all<HTMLSelectElement>("[data-select]")) {
    select.addEventListener("change", () => change({ [select.dataset["select"] ?? ""]: select.value }));
  }
  for (const head of all("[data-sort]")) {
    head.addEventListener("click", () => {
      const sort = head.dataset["sort"] as SortName;
      const view = viewNow();
      change({ sort, descending: view.sort === sort ? !view.descending : DOWN_FIRST.has(sort) });
    });
  }
  for (const button of all("[data-clear]")) {
    button.addEventListener("click", () => {
      onView({ ...EVERYTHING, sort: viewNow().sort, descending: viewNow().descending });
      field.focus();
    });
  }

  return {
    show: (view) => {
      if (document.activeElement !== field) field.value = view.search;
      for (const chip of all("[data-show]"))
        chip.setAttribute("aria-pressed", String(isPressed(view, chip.dataset["show"] ?? "")));
      for (const select of all<HTMLSelectElement>("[data-select]")) {
        select.value = select.dataset["select"] === "class" ? view.class : view.decision;
        select.classList.toggle("is-chosen", select.value !== "all");
      }
      for (const head of all("[data-sort]")) {
        const isChosen = head.dataset["sort"] === view.sort;
        if (isChosen) head.dataset["dir"] = view.descending ? "down" : "up";
        else delete head.dataset["dir"];
      }
      for (const column of all("thead th")) {
        const chosen = column.querySelector<HTMLElement>("[data-dir]");
        if (chosen && chosen.dataset["sort"] !== "rank")
          column.setAttribute("aria-sort", view.descending ? "descending" : "ascending");
        else column.removeAttribute("aria-sort");
      }
    },
    showCounts: (counts) => {
      for (const place of all("[data-count]")) {
        const name = place.dataset["count"] as "all" | "undecided" | "frames" | "lookAlikes" | "wide";
        place.textContent = formatNumber(counts[name]);
      }
      for (const option of all<HTMLOptionElement>('[data-select="class"] option')) {
        if (option.value === "all") continue;
        const count = counts.byClass.get(option.value) ?? 0;
        option.textContent = t("candidates:show.class-count", { class: classNames[option.value] ?? option.value, count });
        option.disabled = count === 0;
      }
    },
  };
}

function pressChip(view: View, name: string): View {
  switch (name) {
    case "undecided":
      return { ...view, decision: view.decision === "undecided" ? "all" : "undecided" };
    case "frames":
      return { ...view, class: view.class === "frame" ? "all" : "frame" };
    case "lookAlikes":
      return { ...view, lookAlikes: !view.lookAlikes };
    case "wide":
      return { ...view, wide: !view.wide };
    default:
      return { ...EVERYTHING, sort: view.sort, descending: view.descending, search: view.search };
  }
}

function isPressed(view: View, name: string): boolean {
  switch (name) {
    case "undecided":
      return view.decision === "undecided";
    case "frames":
      return view.class === "frame";
    case "lookAlikes":
      return view.lookAlikes;
    case "wide":
      return view.wide;
    default:
      return view.decision === "all" && view.class === "all" && !view.lookAlikes && !view.wide;
  }
}

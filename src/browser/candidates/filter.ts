/** The page bar: search field, chips, the choices in the panel, and the heads of the columns. */
import { all, element, required } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { formatNumber, hasWords, t } from "../shell/strings.ts";
import { EVERYTHING } from "./model.ts";
import type { Action, Counts, Legend, SortName, View } from "./model.ts";

export type FilterBar = {
  /** Marks what is chosen. */
  readonly show: (view: View) => void;
  readonly showCounts: (counts: Counts) => void;
  /** What the list can be narrowed by: its reasons, its documents, whether there was a run before. */
  readonly showLegend: (legend: Legend, hasEarlier: boolean) => void;
};

/** Columns of numbers begin with the largest. */
const DOWN_FIRST: ReadonlySet<string> = new Set(["count", "distinctCount", "documents", "independentCount", "lastDate"]);
/** Fields of the panel, by the part of the view that they change. */
type ChoiceName = "class" | "state" | "since" | "evidence" | "document" | "dated" | "from" | "to";

export function startFilterBar(
  classNames: Readonly<Record<string, string>>,
  { viewNow, onView }: { readonly viewNow: () => View; readonly onView: (view: View) => void },
): FilterBar {
  const field = required<HTMLInputElement>("[data-filter]");
  const change = (part: Partial<View>) => onView({ ...viewNow(), ...part });
  const search = () => change({ search: field.value });
  let known: readonly string[] = [];
  // Numbers that nobody sees are not written: a decision changes them all.
  let latest: Counts | undefined;
  const panel = required<HTMLDetailsElement>(".cand-filters");
  panel.addEventListener("toggle", () => {
    if (panel.open && latest) showOptionCounts(latest, { classNames, codes: known });
  });

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
  for (const choice of choices()) {
    choice.addEventListener("change", () => change({ [choice.dataset["select"] ?? ""]: choice.value }));
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
      for (const choice of choices()) {
        const value = view[choice.dataset["select"] as ChoiceName];
        if (document.activeElement !== choice || choice instanceof HTMLSelectElement) choice.value = value;
        choice.classList.toggle("is-chosen", value !== "" && value !== "all" && value !== "first");
      }
      const chosen = countChoices(view);
      required("[data-filter-count]").textContent = chosen === 0 ? "" : formatNumber(chosen);
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
      const chips: Readonly<Record<string, number>> = {
        all: counts.all,
        undecided: counts.byAction.get("undecided") ?? 0,
        new: counts.bySince.new,
        frames: counts.byClass.get("frame") ?? 0,
        lookAlikes: counts.lookAlikes,
        wide: counts.wide,
      };
      for (const place of all("[data-count]")) place.textContent = formatNumber(chips[place.dataset["count"] ?? ""] ?? 0);
      latest = counts;
      if (panel.open) showOptionCounts(counts, { classNames, codes: known });
    },
    showLegend: ({ codes, documents }, hasEarlier) => {
      known = codes;
      required('[data-show="new"]').hidden = !hasEarlier;
      required("[data-since-item]").hidden = !hasEarlier;
      fillOptions(
        "evidence",
        codes.flatMap((code) =>
          hasWords(`candidates:evidence.${code}`) ? [{ value: code, words: t(`candidates:evidence.${code}`) }] : [],
        ),
      );
      fillOptions(
        "document",
        documents.flatMap(({ id, title = "", date }) =>
          id === undefined ? [] : [{ value: id, words: date === undefined ? title : `${date} ${title}` }],
        ),
      );
    },
  };
}

function choices(): readonly (HTMLSelectElement | HTMLInputElement)[] {
  return all<HTMLSelectElement | HTMLInputElement>("[data-select]");
}

/** How many things narrow the list, the search and the chips left out. */
function countChoices(view: View): number {
  return [
    view.class !== "all",
    view.state !== "all",
    view.since !== "all",
    view.evidence !== "",
    view.document !== "",
    view.from !== "" || view.to !== "",
  ].filter(Boolean).length;
}

/** What narrows the list, in words. */
export function describeView(view: View, { documents }: Legend, classNames: Readonly<Record<string, string>>): readonly string[] {
  const words: string[] = [];
  const search = view.search.trim();
  if (search !== "") words.push(t("candidates:nothing.words", { words: search }));
  if (view.class !== "all") words.push(classNames[view.class] ?? t("candidates:show.formulations"));
  if (view.state !== "all") words.push(t(`candidates:state.${view.state === "open" ? "undecided" : view.state}`));
  if (view.since !== "all") words.push(t(`candidates:since.${view.since}`));
  if (view.evidence !== "") words.push(t(`candidates:evidence.${view.evidence}`));
  const document = documents.find(({ id }) => id === view.document)?.title;
  if (view.document !== "") words.push(document ?? view.document);
  if (view.from !== "" || view.to !== "") {
    words.push(t(`candidates:dates.${view.dated}-words`, { from: view.from || "…", to: view.to || "…" }));
  }
  if (view.lookAlikes) words.push(t("candidates:show.look-alikes"));
  if (view.wide) words.push(t("candidates:show.wide"));
  return words;
}

function fillOptions(name: string, options: readonly { readonly value: string; readonly words: string }[]): void {
  const select = required<HTMLSelectElement>(`[data-select="${name}"]`);
  const [any] = select.options;
  select.replaceChildren(...(any ? [any] : []), ...options.map(({ value, words }) => element("option", { value }, words)));
  for (const option of select.options) option.dataset["words"] = option.textContent;
}

type OptionContext = { readonly classNames: Readonly<Record<string, string>>; readonly codes: readonly string[] };

function showOptionCounts(counts: Counts, { classNames, codes }: OptionContext): void {
  const write = (name: string, countOf: (value: string) => number, wordsOf: (option: HTMLOptionElement) => string) => {
    const [, ...options] = required<HTMLSelectElement>(`[data-select="${name}"]`).options;
    for (const option of options) {
      const count = countOf(option.value);
      option.textContent = t("candidates:show.class-count", { class: wordsOf(option), count });
      option.disabled = count === 0 && !option.selected;
    }
  };
  const formulations = counts.all - (counts.byClass.get("frame") ?? 0);
  write(
    "class",
    (value) => (value === "formulation" ? formulations : (counts.byClass.get(value) ?? 0)),
    ({ value }) => classNames[value] ?? t("candidates:show.formulations"),
  );
  write(
    "state",
    (value) => counts.byAction.get((value === "open" ? "undecided" : value) as Action) ?? 0,
    ({ value }) => t(`candidates:state.${value === "open" ? "undecided" : value}`),
  );
  write(
    "since",
    (value) => counts.bySince[value as "new" | "changed" | "gone"],
    ({ value }) => t(`candidates:since.${value}`),
  );
  write(
    "evidence",
    (code) => counts.byCode.get(codes.indexOf(code)) ?? 0,
    (option) => option.dataset["words"] ?? "",
  );
}

function pressChip(view: View, name: string): View {
  switch (name) {
    case "undecided":
      return { ...view, state: view.state === "open" ? "all" : "open" };
    case "new":
      return { ...view, since: view.since === "new" ? "all" : "new" };
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
      return view.state === "open";
    case "new":
      return view.since === "new";
    case "frames":
      return view.class === "frame";
    case "lookAlikes":
      return view.lookAlikes;
    case "wide":
      return view.wide;
    default:
      return countChoices(view) === 0 && !view.lookAlikes && !view.wide;
  }
}

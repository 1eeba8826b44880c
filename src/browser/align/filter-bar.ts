/** The page bar: filters with their counts, what the search found, progress, and words when nothing is shown. */
import { all, required } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { Alignment } from "./alignment.ts";
import { countRows } from "./filters.ts";
import type { Filter } from "./filters.ts";
import { showProgress } from "./strip.ts";

export function showFilterBar({
  alignment,
  me,
  filter,
  words,
  shownCount,
}: {
  readonly alignment: Alignment;
  readonly me: string;
  readonly filter: Filter;
  readonly words: string;
  readonly shownCount: number;
}): void {
  const counts = countRows(alignment, me);
  for (const chip of all("[data-filter]")) {
    const name = chip.dataset["filter"] as Filter;
    required("[data-count]", chip).textContent = counts[name].toLocaleString(document.documentElement.lang);
    chip.setAttribute("aria-pressed", String(name === filter));
  }
  showOtherFilter(filter);
  required("[data-found]").textContent = words === "" ? "" : t("align:find.found", { count: shownCount });
  showProgress(alignment.groups, t("align:progress", { done: counts.done, count: counts.all }));
  const nothing = required("[data-nothing]");
  nothing.hidden = shownCount > 0;
  const isEmpty = counts.all === 0;
  required("[data-nothing-title]").textContent = t(isEmpty ? "align:nothing.empty" : "align:nothing.title");
  required("[data-nothing-text]").textContent = isEmpty ? t("align:nothing.empty-text") : nothingWords(filter, words);
  required("[data-show-all]").hidden = isEmpty;
}

function nothingWords(filter: Filter, words: string): string {
  const name = t(`align:filter.${filter}`);
  return words === "" ? t("align:nothing.text", { filter: name }) : t("align:nothing.words", { filter: name, words });
}

/** The filters in the menu: its button bears the name of the one that is on. */
function showOtherFilter(filter: Filter): void {
  const summary = required("[data-other-filters]");
  const isOther = Boolean(summary.parentElement?.querySelector(`[data-filter="${filter}"]`));
  summary.classList.toggle("is-on", isOther);
  const name = isOther ? t(`align:filter.${filter}`) : t("align:filter.more");
  required("[data-label]", summary).textContent = name;
  summary.title = name;
}

/** With rows marked, the button re-aligns these. */
export function showStretch(count: number | undefined, isMarking: boolean): void {
  required('[data-action="mark"]').setAttribute("aria-pressed", String(isMarking));
  const button = required('[data-action="realign"] [data-label]');
  button.textContent = count === undefined ? t("align:action.realign") : t("align:action.realign-rows", { count });
}

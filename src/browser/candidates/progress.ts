/** How far the work is, and what a new list has that the one before had not. */
import { element, required } from "../shell/dom.ts";
import { formatInstant, t } from "../shell/strings.ts";
import type { Counts } from "./model.ts";

export function showProgress({ decided, all }: Counts): void {
  const words = t("candidates:progress", { decided, total: all });
  const bar = element("progress", { class: "progress-mini", max: Math.max(1, all), value: decided, "aria-label": words });
  required("[data-progress]").replaceChildren(bar, words);
}

/** `at`: when the list before was made; undefined hides the notice. */
export function showNews({ bySince }: Counts, at: string | undefined): void {
  const place = required("[data-since-notice]");
  place.hidden = at === undefined;
  if (at === undefined) return;
  required("[data-since-words]", place).textContent = t("candidates:since.words", {
    at: formatInstant(new Date(at)),
    added: bySince.new,
    changed: bySince.changed,
    gone: bySince.gone,
  });
}

/**
 * The saved state in words: *Saved 14:02:11*, *Saving…*, *Offline: draft kept on this computer*.
 * The element has `role="status"` in the template; its words change on every save, but a reader is told only when the
 * kind changes.
 */
import { element, icon } from "./dom.ts";
import { formatTime, t } from "./strings.ts";

export type SavedState =
  | { readonly kind: "saved"; readonly at: Date }
  | { readonly kind: "saving" | "offline" | "unsaved" }
  | { readonly kind: "conflict"; readonly author: string; readonly at: string };

const LOOK = {
  saved: { icon: "cloud", className: "saved" },
  saving: { icon: "refresh", className: "saved" },
  unsaved: { icon: "edit", className: "saved" },
  offline: { icon: "offline", className: "status is-warn" },
  conflict: { icon: "s-error", className: "status is-bad" },
} as const;

export function showSavedState(place: HTMLElement, state: SavedState): void {
  const look = LOOK[state.kind];
  const quiet = place.dataset["kind"] === state.kind || state.kind === "saving";
  place.setAttribute("aria-live", quiet ? "off" : "polite");
  if (state.kind !== "saving") place.dataset["kind"] = state.kind;
  place.replaceChildren(element("span", { class: look.className }, icon(look.icon), words(state)));
}

function words(state: SavedState): string {
  switch (state.kind) {
    case "saved":
      return t("common:saved.saved", { time: formatTime(state.at) });
    case "conflict":
      return t("common:saved.conflict", { author: state.author, at: state.at });
    case "saving":
    case "offline":
    case "unsaved":
      return t(`common:saved.${state.kind}`);
  }
}

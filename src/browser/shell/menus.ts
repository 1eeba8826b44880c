/** Menus are `<details class="menu">`: one open at a time, closed by Esc or a press outside, focus back on the summary. */
import { all } from "./dom.ts";
import { isComposing } from "./keys.ts";

export function startMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of all<HTMLDetailsElement>("details.menu[open]")) {
      const { target } = event;
      // A press on an item that opens something else is done with the menu.
      const isDone = target instanceof Element && target.closest("[data-open], [data-show-keys]") !== null;
      if (target instanceof Node && (isDone || !menu.contains(target))) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** Tabs after the ARIA pattern: arrows move, the panel follows. */
import { all } from "./dom.ts";

export function startTabs(within: ParentNode = document): void {
  for (const list of all('[role="tablist"]', within)) {
    const tabs = all('[role="tab"]', list);
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => chooseTab(tabs, tab));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
        if (!next) return;
        event.preventDefault();
        chooseTab(tabs, next);
        next.focus({ preventScroll: true });
      });
    });
  }
}

export function chooseTab(tabs: readonly HTMLElement[], chosen: HTMLElement): void {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !isChosen;
  }
}

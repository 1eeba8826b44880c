/** Starts what every page has. An entry (src/browser/<page>.ts) awaits this first; after it, `t` has its words. */
import { all } from "./dom.ts";
import { startDialogs } from "./dialogs.ts";
import { startJobsMenu } from "./jobs.ts";
import { registerKeys, showKeys, startKeys } from "./keys.ts";
import { startMenus } from "./menus.ts";
import { startPanes } from "./panes.ts";
import { loadStrings } from "./strings.ts";
import { startTabs } from "./tabs.ts";
import { startTheme } from "./theme.ts";

/** `g` and then a letter goes to an area. */
const GO: Readonly<Record<string, string>> = {
  l: "library",
  c: "candidates",
  g: "glossary",
  m: "memory",
  a: "align",
  t: "translate",
  q: "checks",
  e: "export",
};

export async function startPage(): Promise<void> {
  startPanes();
  await loadStrings();
  startKeys();
  startTheme();
  startMenus();
  startDialogs();
  startTabs();
  for (const button of all("[data-show-keys]")) button.addEventListener("click", showKeys);
  registerAreas();
  showCurrentArea();
  startJobsMenu();
  document.documentElement.dataset["ready"] = "true";
}

/** On a narrow screen the areas are a strip that scrolls: the current one must not be off its edge. */
function showCurrentArea(): void {
  const nav = document.querySelector(".mainnav");
  const current = nav?.querySelector<HTMLElement>("[aria-current]");
  if (nav && current && nav.scrollWidth > nav.clientWidth)
    nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}

function registerAreas(): void {
  const links = all<HTMLAnchorElement>(".mainnav a");
  registerKeys(
    Object.entries(GO).flatMap(([letter, area]) => {
      const link = links.find(({ pathname }) => pathname.endsWith(`/${area}`));
      if (!link) return [];
      return [{ keys: `g ${letter}`, label: `common:keys.go.${area}`, run: () => link.click() }];
    }),
  );
  const search = document.querySelector<HTMLInputElement>('[data-key="/"]');
  if (search) registerKeys([{ keys: "/", label: "common:keys.search", run: () => search.focus() }]);
}

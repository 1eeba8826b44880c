/** System, light, dark, in turn. The server renders the cookie's value into the page, so nothing flashes. */
import { t } from "./strings.ts";

const ORDER = ["system", "light", "dark"] as const;
type Theme = (typeof ORDER)[number];

export function startTheme(): void {
  const root = document.documentElement;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-theme-switch]")) {
    button.addEventListener("click", (event) => {
      // Without script the button sends its form; with script there is no need to load the page again.
      event.preventDefault();
      const next = ORDER[(ORDER.indexOf(currentTheme(root)) + 1) % ORDER.length] ?? "system";
      if (next === "system") delete root.dataset["theme"];
      else root.dataset["theme"] = next;
      document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
      const label = t("common:theme.label", { theme: t(`common:theme.${next}`) });
      button.setAttribute("aria-label", label);
      button.title = label;
    });
  }
}

function currentTheme(root: HTMLElement): Theme {
  return ORDER.find((theme) => theme === root.dataset["theme"]) ?? "system";
}

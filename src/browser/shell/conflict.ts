/** Two people saved the same thing: three texts side by side and a decision, never an overwrite. */
import { element } from "./dom.ts";
import { showDialog } from "./dialogs.ts";
import { t } from "./strings.ts";

export type Conflict = {
  readonly mine: string;
  readonly theirs: string;
  readonly base: string;
  /** Who saved in between, and when; shown as given. */
  readonly author?: string;
  readonly at?: string;
  readonly language: string;
};

export type Resolution = "mine" | "theirs" | "edit";

/** Asks what to keep. `edit`: the person wants to write one text out of both; the caller puts the cursor there. */
export async function askAboutConflict(conflict: Conflict): Promise<Resolution> {
  const choices: readonly { readonly resolution: Resolution; readonly button: HTMLButtonElement; readonly key: string }[] = [
    { resolution: "mine", button: choice("common:conflict.keep-mine", "1", "btn btn-primary"), key: "1" },
    { resolution: "theirs", button: choice("common:conflict.take-theirs", "2", "btn"), key: "2" },
    { resolution: "edit", button: choice("common:conflict.edit", "3", "btn"), key: "3" },
  ];
  const theirs = t("common:conflict.theirs", { author: conflict.author ?? t("common:conflict.somebody"), at: conflict.at ?? "" });
  const body = element(
    "div",
    { class: "conflict" },
    text(t("common:conflict.mine"), conflict.mine, conflict.language),
    text(theirs, conflict.theirs, conflict.language),
    text(t("common:conflict.base"), conflict.base, conflict.language),
  );
  const onKey = (event: KeyboardEvent) => {
    const chosen = choices.find(({ key }) => key === event.key);
    if (chosen && !event.isComposing) chosen.button.click();
  };
  document.addEventListener("keydown", onKey);
  const pressed = await showDialog({
    title: t("common:conflict.title"),
    body: [body, element("p", { class: "quiet" }, t("common:conflict.kept"))],
    actions: choices.map(({ button }) => button),
    mustAnswer: true,
  });
  document.removeEventListener("keydown", onKey);
  return choices.find(({ button }) => button === pressed)?.resolution ?? "edit";
}

function choice(label: string, key: string, className: string): HTMLButtonElement {
  return element("button", { class: className, type: "button" }, t(label), " ", element("kbd", {}, key));
}

function text(label: string, words: string, language: string): HTMLElement {
  return element("div", {}, element("strong", {}, label), element("p", { class: "work", lang: language }, words));
}

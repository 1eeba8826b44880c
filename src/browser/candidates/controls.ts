/** Keys and buttons of the page; what they do is the page's own. */
import { all, closest, required } from "../shell/dom.ts";
import { registerKeys } from "../shell/keys.ts";

export type Controls = {
  readonly move: (step: number) => void;
  readonly moveToEnd: (end: "first" | "last") => void;
  readonly decide: (action: "accept" | "drop" | "later") => void;
  readonly ask: (question: "merge" | "contrast" | "makeFrame") => void;
  readonly writeReason: () => void;
  readonly undo: () => void;
  readonly open: () => void;
};

export function startControls(controls: Controls): void {
  const onClick = (name: string, run: (button: HTMLElement) => void) => {
    for (const button of all(`[data-${name}]`)) button.addEventListener("click", () => run(button));
  };
  onClick("decide", (button) => controls.decide(button.dataset["decide"] as "accept" | "drop" | "later"));
  onClick("merge", () => controls.ask("merge"));
  onClick("contrast", () => controls.ask("contrast"));
  onClick("make-frame", () => controls.ask("makeFrame"));
  onClick("undo", controls.undo);
  onClick("open-concept", controls.open);
  // A choice of the small menu is done with it.
  for (const menu of all<HTMLDetailsElement>(".cand-more")) {
    menu.addEventListener("click", (event) => {
      if (closest(event, ".menu-item")) menu.open = false;
    });
  }
  registerKeys([
    { keys: "j", label: "candidates:keys.move", run: () => controls.move(1) },
    { keys: "k", label: "candidates:keys.move", run: () => controls.move(-1) },
    { keys: "ArrowDown", label: "candidates:keys.move", run: () => controls.move(1) },
    { keys: "ArrowUp", label: "candidates:keys.move", run: () => controls.move(-1) },
    { keys: "Home", label: "candidates:keys.ends", run: () => controls.moveToEnd("first") },
    { keys: "End", label: "candidates:keys.ends", run: () => controls.moveToEnd("last") },
    { keys: "a", label: "candidates:decide.accept", run: () => controls.decide("accept") },
    { keys: "d", label: "candidates:decide.drop", run: () => controls.decide("drop") },
    { keys: "l", label: "candidates:decide.later", run: () => controls.decide("later") },
    { keys: "g", label: "candidates:keys.merge", run: () => controls.ask("merge") },
    { keys: "t", label: "candidates:keys.contrast", run: () => controls.ask("contrast") },
    { keys: "p", label: "candidates:keys.frame", run: () => controls.ask("makeFrame") },
    { keys: "r", label: "candidates:keys.reason", run: controls.writeReason },
    { keys: "f", label: "candidates:keys.filters", run: openFilters },
    { keys: "u", label: "common:undo", run: controls.undo },
    { keys: "Ctrl+Z", label: "common:undo", run: controls.undo },
    { keys: "Enter", label: "candidates:open", run: (event) => pressEnter(event, controls.open) },
  ]);
}

function openFilters(): void {
  const menu = required<HTMLDetailsElement>(".cand-filters");
  menu.open = true;
  menu.querySelector<HTMLElement>("select, input")?.focus();
}

/** A button or link with the focus has its own Enter; a row opens its entry. */
function pressEnter(event: KeyboardEvent, open: () => void): void {
  const own = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary") : undefined;
  if (own && !own.matches(".cand-phrase")) own.click();
  else open();
}

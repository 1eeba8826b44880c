/**
 * Work areas. Wide windows show all panes with a splitter between (arrow keys move it by 2 rem, the mouse drags it,
 * the width is kept on this computer); narrow ones show the pane that the switch names.
 */
import { all } from "./dom.ts";

const STEP = 32;

export function startPanes(): void {
  document.documentElement.classList.add("js");
  for (const panes of all("[data-pane-shown]")) {
    showPane(panes, panes.dataset["paneShown"] ?? "");
    for (const button of all<HTMLButtonElement>(".pane-switch [data-pane]", panes)) {
      button.addEventListener("click", () => showPane(panes, button.dataset["pane"] ?? ""));
    }
  }
  for (const splitter of all(".splitter[data-splitter]")) startSplitter(splitter);
}

/** Shows one pane on a narrow screen and marks its button. */
export function showPane(panes: HTMLElement, name: string): void {
  panes.dataset["paneShown"] = name;
  for (const pane of all(".pane[data-pane]", panes)) pane.classList.toggle("is-shown", pane.dataset["pane"] === name);
  for (const button of all(".pane-switch [data-pane]", panes)) {
    button.setAttribute("aria-pressed", String(button.dataset["pane"] === name));
  }
}

/**
 * `data-splitter` names the custom property of the parent that holds the width in px; `data-from="end"` when the pane
 * after the splitter has it. The style sheet says `grid-template-columns: var(--tools-width, 27rem) 1px …`.
 */
function startSplitter(splitter: HTMLElement): void {
  const parent = splitter.parentElement;
  const property = `--${splitter.dataset["splitter"] ?? "pane"}`;
  const fromEnd = splitter.dataset["from"] === "end";
  const pane = fromEnd ? splitter.nextElementSibling : splitter.previousElementSibling;
  if (!parent || !pane) return;
  const set = (width: number) => {
    const most = parent.clientWidth * 0.75;
    const kept = Math.round(Math.min(most, Math.max(200, width)));
    parent.style.setProperty(property, `${kept}px`);
    splitter.setAttribute("aria-valuenow", String(Math.round((kept / Math.max(1, parent.clientWidth)) * 100)));
    remember(property, kept);
  };
  const kept = remembered(property);
  if (kept !== undefined) set(kept);
  splitter.addEventListener("keydown", (event) => {
    const step = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(pane.getBoundingClientRect().width + (fromEnd ? -step : step));
  });
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  splitter.addEventListener("pointermove", (event) => {
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const box = pane.getBoundingClientRect();
    set(fromEnd ? box.right - event.clientX : event.clientX - box.left);
  });
}

function remembered(property: string): number | undefined {
  try {
    const value = Number(localStorage.getItem(`dingyi${property}`));
    return value > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

function remember(property: string, width: number): void {
  try {
    localStorage.setItem(`dingyi${property}`, String(width));
  } catch {
    // A private window keeps nothing; the width holds until the page is left.
  }
}

/** The mouse and the finger: buttons beside a cell, and sentences dragged by their number to the row above or below. */
import { all, closest } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { SideName } from "./alignment.ts";
import { moveOperation } from "./actions.ts";
import { sayInDock } from "./dock.ts";
import type { Editor } from "./editor.ts";
import type { Operation } from "./operation.ts";

type Dragged = { readonly group: string; readonly side: SideName; readonly sentence: number };

export function bindMouse(editor: Editor, container: HTMLElement, send: (operation: Operation) => void): void {
  container.addEventListener("click", (event) => {
    const button = closest<HTMLButtonElement>(event, "[data-move]");
    if (!button) return;
    // The press has made this side the one that is worked on; a chosen sentence takes its neighbours along, as with keys.
    const operation = moveOperation(editor, button.dataset["move"] === "move-first-up" ? "move-first-up" : "move-last-down");
    if (operation) send(operation);
  });

  let dragged: Dragged | undefined;
  container.addEventListener("dragstart", (event) => {
    const handle = closest(event, ".sent-no");
    const sentence = handle?.closest<HTMLElement>("[data-sentence]");
    const row = closest(event, ".row");
    if (!sentence || !row) return;
    const side = sentence.closest<HTMLElement>("[data-side]")?.dataset["side"] === "target" ? "target" : "source";
    const group = editor.groupOf(row);
    if (!group) return;
    dragged = { group, side, sentence: Number(sentence.dataset["sentence"]) };
    event.dataTransfer?.setData("text/plain", sentence.textContent);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  container.addEventListener("dragover", (event) => {
    const row = closest(event, ".row");
    if (!dragged || !row) return;
    event.preventDefault();
    for (const other of all(".row.is-drop", container)) if (other !== row) other.classList.remove("is-drop");
    row.classList.add("is-drop");
  });
  container.addEventListener("dragend", () => {
    dragged = undefined;
    for (const row of all(".row.is-drop", container)) row.classList.remove("is-drop");
  });
  container.addEventListener("drop", (event) => {
    const row = closest(event, ".row");
    if (!dragged || !row) return;
    event.preventDefault();
    const operation = moveTo(editor, dragged, editor.groupOf(row));
    if (operation) send(operation);
    else sayInDock(t("align:drag.neighbours"), "refusal");
  });
}

/** The sentences between the border and the one that is dragged go along: order never changes. */
function moveTo(editor: Editor, { group, side, sentence }: Dragged, to: string | undefined): Operation | undefined {
  const { groups, placeOf } = editor.alignment();
  const from = placeOf.get(group);
  const target = placeOf.get(to ?? "");
  const own = groups[from ?? -1];
  if (from === undefined || target === undefined || !own) return undefined;
  if (target === from - 1) return { kind: "move-first-up", group, side, count: sentence + 1 };
  if (target === from + 1) return { kind: "move-last-down", group, side, count: own[side] - sentence };
  return undefined;
}

/**
 * Two messages of different weight. A toast says what was done and offers to undo it; it goes by itself. A problem
 * stays until it is closed, at the top of the page's work, and never covers the dock.
 */
import { element, icon } from "./dom.ts";
import { t } from "./strings.ts";

const TOAST_TIME = 8_000;

export type ToastOptions = {
  /** Takes back what was done; gives a button and Ctrl+Z while the toast is there. */
  readonly undo?: () => void | Promise<void>;
};

let shown: { readonly close: () => void; readonly undo: (() => void) | undefined } | undefined;

/** Says what was done. One at a time: the newest replaces the last. */
export function showToast(text: string, options: ToastOptions = {}): void {
  shown?.close();
  const close = () => {
    toast.remove();
    clearTimeout(timer);
    if (shown === current) shown = undefined;
  };
  const undo = options.undo;
  const runUndo = undo
    ? () => {
        close();
        void undo();
      }
    : undefined;
  const closer = closeButton(close);
  const toast = element("div", { class: "toast", role: "status" }, element("span", {}, text));
  if (runUndo) {
    const button = element("button", { class: "btn btn-s", type: "button" }, t("common:undo"), " ", element("kbd", {}, "Ctrl+Z"));
    button.addEventListener("click", runUndo);
    toast.append(button);
  }
  toast.append(closer);
  const current = { close, undo: runUndo };
  shown = current;
  document.body.append(toast);
  let timer = setTimeout(close, TOAST_TIME);
  // A person who is reading or about to press Undo is not hurried.
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) {
    toast.addEventListener(name, () => {
      clearTimeout(timer);
      timer = setTimeout(close, TOAST_TIME);
    });
  }
}

/** Undoes what the toast that is shown says; false when there is none. For a page's own Ctrl+Z. */
export function undoShown(): boolean {
  const undo = shown?.undo;
  undo?.();
  return undo !== undefined;
}

/** Says what went wrong, until it is closed. */
export function showProblem(text: string): void {
  const place = document.querySelector("#problems");
  if (!place) return;
  const notice = element(
    "div",
    { class: "notice is-bad problem", role: "alert" },
    icon("s-error"),
    element("div", { class: "grow" }, text),
  );
  notice.append(closeButton(() => notice.remove()));
  place.replaceChildren(notice);
}

function closeButton(close: () => void): HTMLButtonElement {
  const button = element(
    "button",
    { class: "btn btn-quiet btn-icon btn-s", type: "button", "aria-label": t("common:close") },
    icon("close"),
  );
  button.addEventListener("click", close);
  return button;
}

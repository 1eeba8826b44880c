/** Dialogs: `data-open="id"` opens, `data-close` closes; `askToConfirm` is a question that must be answered. */
import { closest, element, icon } from "./dom.ts";
import { t } from "./strings.ts";

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const opener = closest(event, "[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["open"] ?? "");
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    }
    const closer = closest(event, "[data-close]");
    closer?.closest("dialog")?.close();
  });
}

export type Question = {
  readonly title: string;
  readonly text: string;
  /** The word on the button that does it: a verb. */
  readonly action: string;
  readonly danger?: boolean;
};

/** True when the person chose the action. */
export async function askToConfirm(question: Question): Promise<boolean> {
  const action = element(
    "button",
    { class: question.danger ? "btn btn-danger" : "btn btn-primary", type: "button" },
    question.action,
  );
  const answer = await showDialog({ title: question.title, body: [element("p", {}, question.text)], actions: [action] });
  return answer === action;
}

export type DialogContent = {
  readonly title: string;
  readonly body: readonly Node[];
  readonly actions: readonly HTMLButtonElement[];
  /** Set: there is no Cancel and Esc does nothing, because the question must be answered. */
  readonly mustAnswer?: boolean;
};

/** Shows a dialog and gives the button of `actions` that was pressed, or undefined when it was left. */
export function showDialog(content: DialogContent): Promise<HTMLButtonElement | undefined> {
  const dialog = element("dialog", { "aria-labelledby": "dialog-title" });
  const head = element("div", { class: "dialog-head" }, element("h2", { id: "dialog-title" }, content.title));
  const foot = element("div", { class: "dialog-foot" });
  if (!content.mustAnswer) {
    head.append(
      element(
        "button",
        { class: "btn btn-quiet btn-icon btn-s", type: "button", "data-close": true, "aria-label": t("common:close") },
        icon("close"),
      ),
    );
    foot.append(element("button", { class: "btn", type: "button", "data-close": true }, t("common:cancel")));
  }
  foot.append(...content.actions);
  dialog.append(head, element("div", { class: "dialog-body stack-m" }, ...content.body), foot);
  return new Promise((resolve) => {
    let chosen: HTMLButtonElement | undefined;
    for (const action of content.actions) {
      action.addEventListener("click", () => {
        chosen = action;
        dialog.close();
      });
    }
    dialog.addEventListener("cancel", (event) => {
      if (content.mustAnswer) event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
    if (!content.mustAnswer) findFirst(dialog)?.focus();
  });
}

/** Where the keyboard begins: in the first field, else on what is meant, or on Cancel where that cannot be taken back. */
function findFirst(dialog: HTMLDialogElement): HTMLElement | null {
  const field = dialog.querySelector<HTMLElement>("[autofocus], .dialog-body :is(input, textarea, select)");
  const isRisky = dialog.querySelector(".btn-danger") !== null;
  return field ?? dialog.querySelector<HTMLElement>(isRisky ? ".dialog-foot [data-close]" : ".dialog-foot .btn-primary");
}

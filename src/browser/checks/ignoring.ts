/** Ignoring a finding: a dialog that asks for the reason. */
import { showDialog } from "../shell/dialogs.ts";
import { element } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";

/** The reason, or undefined when the dialog was left. */
export async function askForReason(message: string): Promise<string | undefined> {
  const field = element("textarea", {
    class: "field",
    id: "ignore-reason",
    rows: 3,
    maxlength: 2000,
    autofocus: true,
    "aria-describedby": "ignore-hint",
  });
  const hint = element("p", { class: "hint", id: "ignore-hint" }, t("checks-page:ignore-dialog.reason-missing"));
  const action = element(
    "button",
    { class: "btn btn-primary", type: "button" },
    t("checks-page:ignore-dialog.action"),
    " ",
    element("kbd", {}, "Ctrl+Enter"),
  );
  // Stops the press before the dialog closes on it.
  action.addEventListener(
    "click",
    (event) => {
      if (field.value.trim() !== "") return;
      event.stopImmediatePropagation();
      field.setAttribute("aria-invalid", "true");
      hint.className = "error-text";
      field.focus();
    },
    { capture: true },
  );
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    action.click();
  });
  const pressed = await showDialog({
    title: t("checks-page:ignore-dialog.title"),
    body: [
      element("p", { class: "strong" }, message),
      element("p", { class: "quiet" }, t("checks-page:ignore-dialog.text")),
      element(
        "div",
        { class: "form-item" },
        element("label", { class: "label", for: "ignore-reason" }, t("checks-page:ignore-dialog.reason")),
        field,
        hint,
      ),
    ],
    actions: [action],
  });
  return pressed === action ? field.value.trim() : undefined;
}

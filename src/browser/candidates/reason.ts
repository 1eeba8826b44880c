/** The field for a reason: one for the page, with what was written about each candidate and belongs to no decision yet. */
import { element } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";

export type ReasonField = {
  readonly item: HTMLElement;
  readonly focus: () => void;
  /** Keeps what is written for the text before and shows what was written for this one. */
  readonly showFor: (text: string) => void;
  /** What is written, which is used up by this. */
  readonly take: () => string;
};

export function createReasonField(): ReasonField {
  const drafts = new Map<string, string>();
  let shownFor = "";
  const field = element("textarea", { class: "field cand-reason-field", id: "cand-reason", rows: 1, maxlength: 2000 });
  const item = element(
    "div",
    { class: "form-item cand-reason-item" },
    element("label", { class: "label", for: "cand-reason" }, t("candidates:decide.reason"), " ", element("kbd", {}, "r")),
    field,
  );
  const keep = () => {
    if (field.value.trim() === "") drafts.delete(shownFor);
    else drafts.set(shownFor, field.value);
  };
  field.addEventListener("input", keep);
  return {
    item,
    focus: () => field.focus(),
    showFor: (text) => {
      if (text !== shownFor) keep();
      shownFor = text;
      field.value = drafts.get(text) ?? "";
    },
    take: () => {
      const words = field.value.trim();
      field.value = "";
      drafts.delete(shownFor);
      return words;
    },
  };
}

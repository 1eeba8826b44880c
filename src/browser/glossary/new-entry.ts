/** The dialog of a new entry: the wording, its kind, and a rendering if there is one already. */
import type { Source } from "../../model/concept.ts";
import { element, icon, project } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { citationField, readAttestation, readCitation } from "./citation.ts";
import { checkFields, fieldOf, selectField, showFieldError, textField, valueOf } from "./fields.ts";

export type NewEntryParts = {
  readonly sources: readonly Source[];
  readonly kinds: readonly string[];
  readonly languages: { readonly source: string; readonly target: string };
  /** What was searched for and not found is likely what is wanted. */
  readonly text: string;
};

export function openNewEntry(parts: NewEntryParts): void {
  const problem = element("div", { class: "notice is-bad", role: "alert", hidden: true });
  const body = element(
    "div",
    { class: "dialog-body form" },
    textField({
      name: "text",
      label: t("glossary:field.text"),
      value: parts.text,
      required: true,
      lines: 2,
      lang: parts.languages.source === "zh" ? "zh-Hans" : parts.languages.source,
    }),
    element(
      "div",
      { class: "form-row" },
      selectField({
        name: "kind",
        label: t("glossary:field.kind"),
        value: "phrase",
        choices: parts.kinds.map((kind) => ({ value: kind, label: t(`glossary:kind.${kind}`) })),
      }),
      textField({ name: "domain", label: t("glossary:field.domain"), hint: t("glossary:field.domain-hint") }),
    ),
    textField({
      name: "rendering",
      label: t("glossary:field.rendering"),
      beside: t("glossary:field.rendering-hint"),
      lines: 2,
      lang: parts.languages.target,
    }),
    citationField({ sources: parts.sources }),
    problem,
  );
  const close = element("button", { class: "btn", type: "button" }, t("common:cancel"));
  const save = element("button", { class: "btn btn-primary" }, t("glossary:form.create"), " ", element("kbd", {}, "Ctrl+Enter"));
  const form = element("form", { novalidate: true }, head(), body, element("div", { class: "dialog-foot" }, close, save));
  const dialog = element("dialog", { "aria-labelledby": "new-entry-title", class: "dialog-entry" }, form);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, { save, problem });
  });
  document.body.append(dialog);
  dialog.showModal();
  fieldOf(form, "text")?.focus();
}

function head(): HTMLElement {
  const close = element(
    "button",
    { class: "btn btn-quiet btn-icon btn-s", type: "button", "data-close": true, "aria-label": t("common:close") },
    icon("close"),
  );
  return element("div", { class: "dialog-head" }, element("h2", { id: "new-entry-title" }, t("glossary:form.new-title")), close);
}

type Refusal = { readonly code?: string; readonly concept?: string };

async function submit(
  form: HTMLFormElement,
  { save, problem }: { readonly save: HTMLButtonElement; readonly problem: HTMLElement },
): Promise<void> {
  problem.hidden = true;
  if (!checkFields(form)) return;
  const citation = readCitation(form);
  if (citation && "incomplete" in citation) return showFieldError(form, citation.incomplete, t("glossary:form.new-source"));
  const rendering = valueOf(form, "rendering");
  if (citation && rendering === "") return showFieldError(form, "rendering", t("glossary:form.required"));
  save.disabled = true;
  const answer = await post<{ readonly concept: string }>(
    `/api/p/${project()}/glossary`,
    {
      text: valueOf(form, "text"),
      kind: valueOf(form, "kind"),
      domain: valueOf(form, "domain"),
      ...(rendering === "" ? {} : { rendering: { text: rendering, status: "proposed", attestation: readAttestation(form) } }),
    },
    { quiet: true },
  );
  save.disabled = false;
  if (answer.ok) return location.assign(`/p/${project()}/glossary/${encodeURIComponent(answer.value.concept)}`);
  const { concept } = (answer.details ?? {}) as Refusal;
  problem.hidden = false;
  problem.replaceChildren(icon("s-error"), element("div", {}, answer.message));
  if (concept !== undefined) {
    const link = element("a", { href: `/p/${project()}/glossary/${encodeURIComponent(concept)}` }, t("glossary:form.open-entry"));
    problem.lastElementChild?.append(" ", link);
  }
}

/**
 * The form beside the entry: one at a time, so that the evidence stays in view. On a narrow screen it opens inside the
 * card it is about. What is typed is kept on this computer until the server has it.
 */
import { all, element, icon, project, required } from "../shell/dom.ts";
import type { Failure } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { t } from "../shell/strings.ts";
import { readCitation } from "../glossary/citation.ts";
import { checkFields, clearErrors, fieldOf, showFieldError } from "../glossary/fields.ts";
import { concept } from "./state.ts";

export type FormParts = {
  readonly title: string;
  /** The wording that it is about. */
  readonly about?: { readonly text: string; readonly lang: string };
  readonly fields: readonly Node[];
  readonly action: string;
  /** What the draft is kept under: the kind of form and the term. */
  readonly name: string;
  /** The card that it is about. */
  readonly card?: HTMLElement;
  /** Sends the form; undefined when it is done. */
  readonly send: (form: HTMLFormElement) => Promise<Failure | undefined>;
  /** What a refusal means, where more is to be said than its words. */
  readonly explain?: (failure: Failure) => Node | undefined;
  readonly onDone: () => Promise<void>;
};

const NARROW = matchMedia("(max-width: 71.99rem)");
let shown: Promise<void> | undefined;
let open: { readonly form: HTMLFormElement; readonly opener: HTMLElement | undefined } | undefined;

/** While a saved step is being shown: a key pressed then must not act on the page as it was before. */
export function whenShown(): Promise<void> | undefined {
  return shown;
}

export function isFormOpen(): boolean {
  return open !== undefined;
}

export function closeForm(): void {
  if (!open) return;
  const { opener } = open;
  open = undefined;
  const place = slot();
  place.replaceChildren();
  place.hidden = true;
  required(".concept-rail").prepend(place);
  if (opener?.isConnected) opener.focus();
}

export function openForm(parts: FormParts): HTMLFormElement {
  const opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
  closeForm();
  const close = element("button", { class: "btn btn-quiet", type: "button" }, t("common:cancel"), " ", element("kbd", {}, "Esc"));
  const save = element("button", { class: "btn btn-primary" }, element("span", { "data-action": true }, parts.action), " ");
  save.append(element("kbd", {}, "Ctrl+Enter"));
  const body = element("div", { class: "card-body form" });
  if (parts.about) body.append(element("blockquote", { class: "quote", lang: parts.about.lang }, parts.about.text));
  body.append(...parts.fields, element("div", { class: "btn-row" }, save, close));
  const head = element("div", { class: "card-head" }, element("h2", { id: "form-title" }, parts.title));
  const form = element("form", { class: "card concept-form", "aria-labelledby": "form-title", novalidate: true }, head, body);
  const key = `glossary-draft:${project()}:${concept().concept.id}:${parts.name}`;
  if (restoreDraft(form, key)) {
    body.prepend(element("div", { class: "notice is-now" }, icon("s-info"), element("div", {}, t("glossary:form.draft"))));
  }
  form.addEventListener("input", (event) => {
    localStorage.setItem(key, JSON.stringify(readDraft(form)));
    if (event.target instanceof HTMLElement && event.target.hasAttribute("aria-invalid")) clearErrors(form);
  });
  close.addEventListener("click", () => {
    localStorage.removeItem(key);
    closeForm();
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close.click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, { ...parts, key, save });
  });
  const place = slot();
  place.replaceChildren(form);
  place.hidden = false;
  if (NARROW.matches && parts.card) parts.card.append(place);
  open = { form, opener };
  const first = form.querySelector<HTMLElement>(".field, button[data-choice]");
  first?.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
  return form;
}

async function submit(
  form: HTMLFormElement,
  { key, save, send, explain, onDone }: FormParts & { readonly key: string; readonly save: HTMLButtonElement },
): Promise<void> {
  if (save.disabled || !checkFields(form)) return;
  const citation = fieldOf(form, "citation") ? readCitation(form) : undefined;
  if (citation && "incomplete" in citation) return showFieldError(form, citation.incomplete, t("glossary:form.new-source"));
  const dock = required("[data-saved]");
  save.disabled = true;
  showSavedState(dock, { kind: "saving" });
  const failure = await send(form);
  save.disabled = false;
  if (!failure) {
    localStorage.removeItem(key);
    closeForm();
    shown = onDone().finally(() => (shown = undefined));
    await shown;
    showSavedState(dock, { kind: "saved", at: new Date() });
    return;
  }
  showSavedState(dock, { kind: failure.code === "offline" ? "offline" : "unsaved" });
  showFailure(form, failure, explain?.(failure));
}

const FIELD_OF: Readonly<Record<string, string>> = {
  "approval-without-citation": "citation",
  "approval-without-reason": "reason",
  "rejection-without-reason": "reason",
  "decision-without-reason": "reason",
  "paraphrase-without-reason": "reason",
  "superseded-without-successor": "successor",
  "successor-not-usable": "successor",
  "successor-in-circle": "successor",
  "term-exists": "text",
};

/** At the field it is about, else above the buttons. */
function showFailure(form: HTMLFormElement, failure: Failure, explained: Node | undefined): void {
  const { code, status } = (failure.details ?? {}) as { readonly code?: string; readonly status?: string };
  const name = FIELD_OF[code ?? ""];
  const words =
    code === "term-exists" && status !== undefined
      ? t("glossary:form.exists", { status: t(`glossary:status.${status}`) })
      : failure.message;
  for (const old of all("[data-failure]", form)) old.remove();
  if (name !== undefined && fieldOf(form, name)) return showFieldError(form, name, words);
  const notice = element(
    "div",
    { class: "notice is-bad", role: "alert", "data-failure": true },
    icon("s-error"),
    element("div", {}, explained ?? words),
  );
  form.querySelector(".card-body > .btn-row")?.before(notice);
}

function slot(): HTMLElement {
  return required("[data-form]");
}

type Draft = Readonly<Record<string, string>>;

function namedFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return all<HTMLInputElement>("[name]", form);
}

function readDraft(form: HTMLFormElement): Draft {
  return Object.fromEntries(namedFields(form).map(({ name, value }) => [name, value]));
}

function restoreDraft(form: HTMLFormElement, key: string): boolean {
  const kept = localStorage.getItem(key);
  if (kept === null) return false;
  const draft = JSON.parse(kept) as Draft;
  let differs = false;
  for (const field of namedFields(form)) {
    const value = draft[field.name];
    if (value === undefined || value === field.value) continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    differs = true;
  }
  return differs;
}

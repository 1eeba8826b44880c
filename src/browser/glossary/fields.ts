/** Fields of the glossary's forms: a label above, a hint below, an error in words with a shape. */
import { element, icon } from "../shell/dom.ts";
import type { Child } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";

let number = 0;

type FieldOptions = {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  /** A word beside the label. */
  readonly beside?: string;
};

export type TextOptions = FieldOptions & {
  readonly lines?: number;
  readonly lang?: string;
  readonly required?: boolean;
  readonly pattern?: string;
};

export function textField(options: TextOptions): HTMLElement {
  const { name, lines, lang, required, pattern, value = "" } = options;
  const id = nextId(name);
  const shared = { class: "field", id, name, lang, "data-required": required, autocomplete: "off" };
  const field =
    lines === undefined
      ? element("input", { ...shared, type: "text", value, "data-pattern": pattern })
      : element("textarea", { ...shared, rows: lines });
  field.value = value;
  return wrap(options, id, field);
}

export function dayField(options: FieldOptions): HTMLElement {
  return textField({ ...options, pattern: "^(?:\\d{4}(?:-\\d\\d(?:-\\d\\d)?)?)?$" });
}

export type Choice = { readonly value: string; readonly label: string };

export function selectField(options: FieldOptions & { readonly choices: readonly Choice[] }): HTMLElement {
  const id = nextId(options.name);
  const select = element("select", { class: "field", id, name: options.name }, ...options.choices.map(toOption));
  select.value = options.value ?? "";
  return wrap(options, id, select);
}

export function toOption({ value, label }: Choice): HTMLOptionElement {
  return element("option", { value }, label);
}

/** Fields that most people leave as they are. */
export function moreFields(title: string, ...fields: readonly Child[]): HTMLDetailsElement {
  return element("details", { class: "form-more" }, element("summary", {}, title), element("div", { class: "form" }, ...fields));
}

function wrap(options: FieldOptions, id: string, field: HTMLElement): HTMLElement {
  const label = element("label", { class: "label", for: id }, options.label);
  if (options.beside !== undefined) label.append(" ", element("span", { class: "need" }, options.beside));
  const item = element("div", { class: "form-item" }, label, field);
  if (options.hint !== undefined) {
    field.setAttribute("aria-describedby", `${id}-hint`);
    item.append(element("p", { class: "hint", id: `${id}-hint` }, options.hint));
  }
  return item;
}

function nextId(name: string): string {
  number += 1;
  return `f-${name}-${String(number)}`;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function fieldOf(form: ParentNode, name: string): Field | undefined {
  return form.querySelector<Field>(`[name="${name}"]`) ?? undefined;
}

export function valueOf(form: ParentNode, name: string): string {
  return fieldOf(form, name)?.value.trim() ?? "";
}

/** Says at a field what is wrong with it, and brings the person there. */
export function showFieldError(form: ParentNode, name: string, words: string): void {
  const field = fieldOf(form, name);
  if (!field) return;
  const id = `${field.id}-error`;
  document.getElementById(id)?.remove();
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
  field.closest("details")?.setAttribute("open", "");
  field.after(element("p", { class: "error-text", id, role: "alert" }, icon("s-error"), words));
  field.focus();
}

export function clearErrors(form: ParentNode): void {
  for (const error of form.querySelectorAll(".error-text")) error.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const hint = `${field.id}-hint`;
    if (document.getElementById(hint)) field.setAttribute("aria-describedby", hint);
    else field.removeAttribute("aria-describedby");
  }
}

/** False when a field that must be filled is empty or a day has no form of a day; the first one is shown. */
export function checkFields(form: ParentNode): boolean {
  clearErrors(form);
  for (const field of form.querySelectorAll<Field>("[data-required]")) {
    if (field.value.trim() !== "" || field.closest("[hidden]")) continue;
    showFieldError(form, field.name, t("glossary:form.required"));
    return false;
  }
  for (const field of form.querySelectorAll<Field>("[data-pattern]")) {
    if (new RegExp(field.dataset["pattern"] ?? "").test(field.value.trim()) || field.closest("[hidden]")) continue;
    showFieldError(form, field.name, t("glossary:form.bad-date"));
    return false;
  }
  return true;
}

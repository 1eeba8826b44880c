/** Choosing where a rendering was seen: a document cited before, another one by body and title, or a decision of one's own. */
import type { Source } from "../../model/concept.ts";
import { element } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { dayField, fieldOf, moreFields, selectField, textField, toOption, valueOf } from "./fields.ts";

type CitationInput =
  | { readonly kind: "source"; readonly id: string }
  | { readonly kind: "house" | "proposed" }
  | { readonly kind: "new"; readonly body: string; readonly title: string; readonly date: string; readonly locator: string };

export type CitationOptions = {
  readonly sources: readonly Source[];
  /** What the term cites already comes first. */
  readonly own?: readonly string[];
  readonly value?: string;
  readonly beside?: string;
};

export function citationField(options: CitationOptions): HTMLElement {
  const known = new Set(options.sources.map(({ id }) => id));
  // An attestation may be free text: it can be cited again though no list has it.
  const free = (options.own ?? []).filter((id) => !known.has(id) && id !== "house" && id !== "proposed");
  const own = new Set(options.own ?? []);
  const list = [...options.sources].sort((one, other) => Number(own.has(other.id)) - Number(own.has(one.id)));
  const item = selectField({
    name: "citation",
    label: t("glossary:field.citation"),
    beside: options.beside ?? t("glossary:field.citation-hint"),
    choices: [
      { value: "", label: t("glossary:citation.none") },
      { value: "house", label: t("glossary:citation.house") },
      { value: "proposed", label: t("glossary:citation.proposed") },
      { value: "new", label: t("glossary:citation.new") },
    ],
  });
  const select = item.querySelector("select");
  const group = element("optgroup", { label: t("glossary:citation.sources") });
  for (const id of free) group.append(toOption({ value: `source:${id}`, label: id }));
  for (const source of list) group.append(toOption({ value: `source:${source.id}`, label: nameOf(source) }));
  if (group.childElementCount > 0) select?.append(group);
  if (select) select.value = options.value ?? "";
  const another = element(
    "div",
    { class: "form cite-new" },
    textField({ name: "body", label: t("glossary:field.body") }),
    textField({ name: "title", label: t("glossary:field.document") }),
    element(
      "div",
      { class: "form-row" },
      dayField({ name: "sourceDate", label: t("glossary:field.document-date") }),
      textField({ name: "locator", label: t("glossary:field.locator") }),
    ),
  );
  const show = () => {
    another.hidden = select?.value !== "new";
  };
  select?.addEventListener("change", show);
  show();
  return element("div", { class: "form", "data-citation": true }, item, another);
}

/** Place, date and both quotations of an attestation. */
export function attestationFields({ open = false } = {}): HTMLElement {
  const more = moreFields(
    t("glossary:cite-more"),
    element(
      "div",
      { class: "form-row" },
      textField({ name: "place", label: t("glossary:field.place"), hint: t("glossary:field.place-hint") }),
      dayField({ name: "seen", label: t("glossary:field.date"), hint: t("glossary:field.date-hint") }),
    ),
    textField({ name: "sourceQuotation", label: t("glossary:field.sourceQuotation"), lines: 2, lang: "zh-Hans" }),
    textField({ name: "targetQuotation", label: t("glossary:field.targetQuotation"), lines: 2, lang: "en" }),
  );
  more.open = open;
  return more;
}

function nameOf({ body, title, date }: Source): string {
  return [body, title, date].filter((part) => part !== undefined && part !== "").join(", ");
}

/** Undefined when nothing is cited; `incomplete` names the field that is missing. */
export function readCitation(form: ParentNode): CitationInput | undefined | { readonly incomplete: string } {
  const chosen = valueOf(form, "citation");
  if (chosen === "") return undefined;
  if (chosen === "house" || chosen === "proposed") return { kind: chosen };
  if (chosen.startsWith("source:")) return { kind: "source", id: chosen.slice("source:".length) };
  const [body, title] = [valueOf(form, "body"), valueOf(form, "title")];
  if (body === "" || title === "") return { incomplete: body === "" ? "body" : "title" };
  return { kind: "new", body, title, date: valueOf(form, "sourceDate"), locator: valueOf(form, "locator") };
}

/** The attestation of a form, as the server takes it; undefined when nothing is cited. */
export function readAttestation(form: ParentNode): object | undefined {
  const citation = readCitation(form);
  if (!citation || "incomplete" in citation) return undefined;
  return {
    citation,
    place: valueOf(form, "place"),
    date: valueOf(form, "seen"),
    sourceQuotation: valueOf(form, "sourceQuotation"),
    targetQuotation: valueOf(form, "targetQuotation"),
  };
}

/** Quotations without a source would be lost: the field of the source is asked for. */
export function lacksSource(form: ParentNode): boolean {
  const names = ["place", "seen", "sourceQuotation", "targetQuotation"];
  return valueOf(form, "citation") === "" && names.some((name) => fieldOf(form, name) && valueOf(form, name) !== "");
}

/** The left pane: files with what was found in each, and their documents with a check box. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { element, icon } from "../shell/dom.ts";
import { formatInstant, formatNumber, hasWords, t } from "../shell/strings.ts";
import { countParagraphs } from "./model.ts";
import type { DocumentChoice, PreviewedFile } from "./model.ts";

export type Selection = { readonly file: number; readonly document: number };

export type ListEvents = {
  readonly onSelect: (selection: Selection) => void;
  readonly onAccept: (selection: Selection, accepted: boolean) => void;
  readonly onKeepAsOne: (file: number) => void;
};

export function showFiles(files: readonly PreviewedFile[], selected: Selection | undefined, events: ListEvents): HTMLElement[] {
  return files.map((file, number) => fileSection(file, number, selected, events));
}

function fileSection(file: PreviewedFile, number: number, selected: Selection | undefined, events: ListEvents): HTMLElement {
  const found = file.choice.documents.length;
  const section = element("section", { class: "import-file stack-m", "aria-labelledby": `file-${number}` });
  const head = element(
    "div",
    { class: "line" },
    element("h2", { id: `file-${number}`, class: "strong import-name" }, file.name),
    element("span", { class: "quiet tiny grow" }, fileWords(file)),
  );
  if (found > 1) {
    const one = element("button", { class: "btn btn-s btn-quiet", type: "button" }, icon("merge"), t("import:keep-as-one"));
    one.addEventListener("click", () => events.onKeepAsOne(number));
    head.append(one);
  }
  section.append(head, ...file.diagnostics.map(diagnosticNotice));
  if (file.importedBefore !== undefined)
    section.append(notice("is-warn", "s-warn", t("import:before", { at: formatInstant(new Date(file.importedBefore)) })));
  if (found === 0) section.append(notice("", "s-info", t("import:nothing-stored")));
  const list = element("ol", { class: "stack-s", role: "list" });
  file.choice.documents.forEach((document, at) => {
    const isSelected = selected?.file === number && selected.document === at;
    list.append(documentItem({ file, document, selection: { file: number, document: at }, isSelected, events }));
  });
  if (found > 0) section.append(list);
  return section;
}

type Item = {
  readonly file: PreviewedFile;
  readonly document: DocumentChoice;
  readonly selection: Selection;
  readonly isSelected: boolean;
  readonly events: ListEvents;
};

function documentItem({ file, document, selection, isSelected, events }: Item): HTMLElement {
  const id = `${selection.file}-${selection.document}`;
  const box = element("input", {
    type: "checkbox",
    "data-accept": id,
    "aria-label": t("import:accept-one", { title: document.title }),
  });
  box.checked = document.accepted;
  box.addEventListener("change", () => events.onAccept(selection, box.checked));
  const open = element(
    "button",
    { class: "import-open", type: "button", "data-open-document": id, "aria-pressed": isSelected },
    element("span", { class: "strong import-title", lang: languageOf(document) }, document.title || t("import:untitled")),
    element("span", { class: "quiet tiny" }, summaryOf(file, document)),
  );
  open.setAttribute("aria-pressed", String(isSelected));
  open.addEventListener("click", () => events.onSelect(selection));
  const version = file.proposed.find(({ first }) => first === document.first)?.versionOf;
  const known = version
    ? element(
        "span",
        { class: "status is-warn" },
        icon("s-warn"),
        t("import:known", { percent: formatNumber(Math.floor(version.containment * 100)) }),
      )
    : undefined;
  return element(
    "li",
    { class: `part import-part${isSelected ? " is-active" : ""}${document.accepted ? "" : " is-out"}` },
    element("span", { class: "check" }, box),
    element("div", { class: "import-line" }, open, known),
  );
}

export function languageOf(document: DocumentChoice): string {
  return document.language === "zh" ? "zh-Hans" : document.language;
}

/** A message of a reader, in words and with its place. */
function diagnosticWords(diagnostic: Diagnostic): string {
  const key = `diagnostics:${diagnostic.code}`;
  const words = hasWords(key) ? t(key, diagnostic.values) : diagnostic.code;
  if (diagnostic.line === undefined) return words;
  return `${t("import:place", { line: diagnostic.line, column: diagnostic.column ?? 1 })} ${words}`;
}

function diagnosticNotice(diagnostic: Diagnostic): HTMLElement {
  const look = { error: ["is-bad", "s-error"], warning: ["is-warn", "s-warn"], information: ["", "s-info"] }[diagnostic.severity];
  return notice(look[0] ?? "", look[1] ?? "s-info", diagnosticWords(diagnostic));
}

export function notice(kind: string, iconName: string, ...words: readonly (Node | string)[]): HTMLElement {
  return element("div", { class: `notice ${kind}` }, icon(iconName), element("div", {}, ...words));
}

function fileWords(file: PreviewedFile): string {
  const size =
    file.size >= 1e6
      ? t("import:megabytes", { size: Math.round(file.size / 1e6) })
      : t("import:kilobytes", { size: Math.ceil(file.size / 1000) });
  const parts = [size];
  if (file.encoding) parts.push(t("import:read-as", { encoding: file.encoding.toUpperCase() }));
  if (file.choice.documents.length > 0) parts.push(t("import:found", { count: file.choice.documents.length }));
  return parts.join(" · ");
}

function summaryOf(file: PreviewedFile, document: DocumentChoice): string {
  const parts = [document.date ?? t("library:undated")];
  if (document.body) parts.push(document.body);
  parts.push(t("library:paragraphs", { count: countParagraphs(file, document) }));
  return parts.join(" · ");
}

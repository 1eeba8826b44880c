/** How a glossary file was read, and how it is to be read instead: format, encoding, delimiter, sheet, columns. */
import { element, icon } from "../shell/dom.ts";
import { hasWords, t } from "../shell/strings.ts";

export type Reading = {
  readonly format?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly hasHeader?: boolean;
  readonly columns?: Readonly<Record<string, string>>;
};

export type Facts = {
  readonly format: string;
  readonly dialect?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheets?: readonly string[];
  readonly sheet?: string;
  readonly table?: {
    readonly hasHeader: boolean;
    readonly header: readonly string[];
    readonly columns: readonly string[];
    readonly sample: readonly (readonly string[])[];
  };
};

export type ReadingChoices = {
  readonly formats: readonly string[];
  readonly encodings: readonly string[];
  readonly delimiters: readonly string[];
  readonly fields: readonly string[];
};

type Given = {
  readonly facts: Facts | undefined;
  readonly reading: Reading;
  readonly choices: ReadingChoices;
  readonly languages: readonly string[];
  /** The file is to be read so. */
  readonly change: (reading: Reading) => void;
};

const DELIMITER_NAMES: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };
const MOST_COLUMNS = 60;

/** The card; open when the file could not be used as it was found. */
export function createReading(given: Given, isOpen: boolean): HTMLElement {
  const { facts } = given;
  const kind = facts ? (facts.dialect ?? t(`glossary-files:file-format.${facts.format}`)) : "";
  const summary = element(
    "summary",
    { class: "reading-summary" },
    element("span", { class: "strong" }, t("glossary-files:reading.title")),
    element("span", { class: "quiet" }, [kind, facts?.encoding, facts?.sheet].filter(Boolean).join(" · ")),
    icon("down"),
  );
  const body = element("div", { class: "card-body stack-m" }, createSettings(given));
  if (facts?.table) body.append(createColumns(given, facts.table));
  return element("details", { class: "card reading", open: isOpen, "data-reading": true }, summary, body);
}

function createSettings({ facts, reading, choices, change }: Given): HTMLElement {
  const row = element("div", { class: "reading-settings" });
  const add = (
    name: "format" | "encoding" | "delimiter" | "sheet",
    values: readonly string[],
    word: (value: string) => string,
  ) => {
    const found = facts?.[name];
    const select = element("select", { class: "field", name });
    const words =
      found === undefined ? t("glossary-files:reading.found-nothing") : t("glossary-files:reading.found", { value: word(found) });
    select.append(element("option", { value: "" }, words));
    for (const value of values) {
      select.append(element("option", { value, selected: reading[name] === value }, word(value)));
    }
    select.addEventListener("change", () => {
      // Columns of another table say nothing of this one.
      const dropped = new Set<string>([name, "columns", "hasHeader"]);
      const kept = Object.fromEntries(Object.entries(reading).filter(([key]) => !dropped.has(key))) as Reading;
      change(select.value === "" ? kept : { ...kept, [name]: select.value });
    });
    row.append(
      element("label", { class: "form-item" }, element("span", { class: "label" }, t(`glossary-files:reading.${name}`)), select),
    );
  };
  add("format", choices.formats, (value) => t(`glossary-files:file-format.${value}`));
  const isText = facts?.format !== "xlsx" && facts?.format !== "tbx";
  if (isText) add("encoding", choices.encodings, (value) => value.toUpperCase());
  if (facts === undefined || facts.format === "csv" || facts.format === "tsv" || facts.format === "omegat") {
    add("delimiter", choices.delimiters, (value) => t(`glossary-files:delimiter.${DELIMITER_NAMES[value] ?? "comma"}`));
  }
  if (facts?.sheets && facts.sheets.length > 1) add("sheet", facts.sheets, (value) => value);
  return row;
}

function createColumns(given: Given, table: NonNullable<Facts["table"]>): HTMLElement {
  const { reading, change } = given;
  const box = element("input", { type: "checkbox", checked: table.hasHeader });
  box.addEventListener("change", () => {
    const kept = Object.fromEntries(Object.entries(reading).filter(([key]) => key !== "columns")) as Reading;
    change({ ...kept, hasHeader: box.checked });
  });
  const header = element("label", { class: "check" }, box, element("span", {}, t("glossary-files:reading.header")));
  const rows = table.columns.slice(0, MOST_COLUMNS).map((column, at) => {
    const name = table.header[at] || t("glossary-files:reading.column", { number: at + 1 });
    const cells = table.sample.map((row) => row[at] ?? "").filter((cell) => cell !== "");
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", {}, createFieldChoice(given, { column, at, name })),
      element("td", { class: "quiet reading-cells", lang: "und" }, cells.slice(0, 3).join(" · ")),
    );
  });
  const heads = (["column-name", "is", "cells"] as const).map((name) =>
    element("th", { scope: "col" }, t(`glossary-files:reading.${name}`)),
  );
  const grid = element(
    "table",
    { class: "table as-cards reading-columns" },
    element("caption", { class: "visually-hidden" }, t("glossary-files:reading.columns")),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
  return element("div", { class: "stack-s" }, header, grid);
}

function createFieldChoice(
  { reading, choices, languages, change, facts }: Given,
  { column, at, name }: { readonly column: string; readonly at: number; readonly name: string },
): HTMLElement {
  const select = element("select", { class: "field", "aria-label": name, "data-column": at + 1 });
  const tags = [...new Set([...languages, ...(facts?.table?.columns ?? []).filter((each) => isLanguage(each, choices))])];
  const values = ["", "-", ...tags, ...choices.fields];
  for (const value of values) select.append(element("option", { value, selected: value === column }, nameOf(value)));
  select.addEventListener("change", () => {
    const all = Object.fromEntries((facts?.table?.columns ?? []).map((each, index) => [String(index + 1), each || "-"]));
    const hasHeader = facts?.table?.hasHeader ?? true;
    change({ ...reading, hasHeader, columns: { ...all, [String(at + 1)]: select.value === "" ? "-" : select.value } });
  });
  return select;
}

function isLanguage(value: string, { fields }: ReadingChoices): boolean {
  return value !== "" && value !== "-" && !fields.includes(value);
}

function nameOf(value: string): string {
  if (value === "") return t("glossary-files:reading.unknown");
  if (value === "-") return t("glossary-files:reading.ignored");
  const key = `glossary-files:field.${value}`;
  return hasWords(key) ? t(key) : t("glossary-files:reading.language-column", { language: value });
}

/** A glossary file before it is stored: what would happen to each entry, remarks by line, and the decision. */
import type { Diagnostic } from "../model/diagnostic.ts";
import { createImportRow } from "./glossary-import/rows.ts";
import type { ImportRow } from "./glossary-import/rows.ts";
import { createReading } from "./glossary-import/reading.ts";
import type { Facts, Reading, ReadingChoices } from "./glossary-import/reading.ts";
import { showSummary } from "./glossary-import/summary.ts";
import type { Summary } from "./glossary-import/summary.ts";
import { all, element, icon, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

const KINDS = ["new", "changed", "conflicting", "unchanged"] as const;
type Kind = (typeof KINDS)[number];
type View = {
  readonly counts: Readonly<Record<Kind, number>>;
  readonly rows: readonly ImportRow[];
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  readonly facts?: Facts;
};

/** More remarks than these are shown on request. */
const REMARKS = 50;

await startPage();
const page = pageData() as {
  readonly id: string;
  readonly accepted?: Summary;
  readonly reading?: Reading;
  readonly languages: readonly string[];
  readonly choices: ReadingChoices;
};
let reading = page.reading ?? {};
let pending: View | undefined;
/** A person who is choosing goes on choosing. */
let keepsOpen = false;
const content = required("[data-content]");
const address = `/api/p/${project()}/glossary-imports/${encodeURIComponent(page.id)}`;

if (page.accepted) showSummary(content, page.accepted);
else await showPreview();

async function showPreview(): Promise<void> {
  const answer = await get<View>(address, { quiet: true });
  if (!answer.ok) {
    const problem = element(
      "div",
      { class: "notice is-bad", role: "alert" },
      icon("s-error"),
      element("div", {}, answer.message),
    );
    content.replaceChildren(element("div", { class: "glossary-notes" }, problem));
    return;
  }
  const view = answer.value;
  const notes = element("div", { class: "glossary-notes" });
  const { languages, choices } = page;
  const isUnusable = view.rows.length === 0;
  notes.append(
    createReading(
      { facts: view.facts, reading, choices, languages, change: (wanted) => void change(wanted) },
      isUnusable || keepsOpen,
    ),
  );
  if (view.diagnostics.length > 0) notes.append(createRemarks(view.diagnostics));
  if (view.rows.length === 0) {
    const words = t(view.facts?.table ? "glossary-files:reading.say" : "glossary:import.unusable");
    notes.append(element("div", { class: "empty" }, element("h2", { class: "strong" }, words)));
  }
  const options = createOptions(view);
  if (options.childElementCount > 0 && view.rows.length > 0) notes.append(options);
  content.replaceChildren(notes);
  if (view.rows.length > 0) showRows(view);
  startDecisions(view);
}

/** Reads the file as the person says; the choice stays with the file. */
async function change(wanted: Reading): Promise<void> {
  const dock = required("[data-dock]");
  dock.textContent = t("glossary-files:reading.reading");
  required<HTMLButtonElement>("[data-accept]").disabled = true;
  const focused = document.activeElement instanceof HTMLSelectElement ? document.activeElement : undefined;
  const place =
    focused && (focused.dataset["column"] ? `[data-column="${focused.dataset["column"]}"]` : `[name="${focused.name}"]`);
  // The next choice is made on what this one shows.
  for (const field of all<HTMLSelectElement | HTMLInputElement>("[data-reading] select, [data-reading] input"))
    field.disabled = true;
  const answer = await post(`${address}/reading`, wanted);
  if (answer.ok) {
    reading = wanted;
    keepsOpen = true;
  }
  await showPreview();
  if (answer.ok) {
    if (place) document.querySelector<HTMLSelectElement>(place)?.focus();
  }
  dock.textContent = t("glossary:import.promise");
}

function createRemarks(diagnostics: readonly Diagnostic[]): HTMLElement {
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  const list = element("ol", { class: "remark-list" }, ...diagnostics.slice(0, REMARKS).map(createRemark));
  const title = element("h2", {}, t("glossary:import.diagnostics", { count: diagnostics.length }));
  const head = element("div", { class: "card-head" }, icon(hasErrors ? "s-error" : "s-warn"), title);
  const card = element("section", { class: "card" }, head, list);
  const rest = diagnostics.slice(REMARKS);
  if (rest.length > 0) {
    const more = element("button", { class: "btn btn-s btn-quiet", type: "button" });
    more.textContent = t("glossary:import.more-diagnostics", { count: rest.length });
    more.addEventListener("click", () => {
      list.append(...rest.map(createRemark));
      more.parentElement?.remove();
    });
    card.append(element("div", { class: "card-body" }, more));
  }
  return card;
}

function createRemark({ code, severity, line, values }: Diagnostic): HTMLElement {
  const place = line === undefined ? t("glossary:import.whole-file") : t("glossary:import.line", { line });
  const shape = { error: ["s-error", "is-bad"], warning: ["s-warn", "is-warn"], information: ["s-info", ""] }[severity];
  return element(
    "li",
    {},
    element("span", { class: `status ${shape[1] ?? ""}` }, icon(shape[0] ?? "s-info"), place),
    element("span", {}, t(`diagnostics:${code}`, values ?? {})),
  );
}

function createOptions({ hasErrors, counts }: View): HTMLElement {
  const options = element("div", { class: "form glossary-options" });
  if (hasErrors) {
    const box = element("input", { type: "checkbox", "data-leave": true });
    box.addEventListener("change", allow);
    options.append(element("label", { class: "check" }, box, element("span", {}, t("glossary:import.leave-faulty"))));
  }
  if (counts.conflicting > 0) {
    const choose = (value: string, checked: boolean) => {
      const radio = element("input", { type: "radio", name: "statuses", value, checked });
      return element("label", { class: "check" }, radio, element("span", {}, t(`glossary:import.${value}`)));
    };
    const legend = element("legend", { class: "label" }, t("glossary:import.statuses"));
    options.append(element("fieldset", { class: "form-item" }, legend, choose("keep", true), choose("take", false)));
  }
  return options;
}

function showRows({ rows, counts }: View): void {
  let shown = rows;
  const chips = element("div", { class: "chips", role: "group", "aria-label": t("glossary:import.filter") });
  const nothing = element("p", { class: "card-body quiet", hidden: true }, t("glossary:import.nothing"));
  const body = element("tbody", {});
  const columns = ["what", "wording", "renderings"].map((name) =>
    element("th", { scope: "col" }, t(`glossary:import.columns.${name}`)),
  );
  const table = element(
    "table",
    { class: "table as-cards import-table" },
    element("thead", {}, element("tr", {}, ...columns)),
    body,
  );
  content.append(element("div", { class: "pane-head" }, chips), table, nothing);
  const list = createVirtualList({
    scroller: required("[data-scroller]"),
    container: body,
    count: shown.length,
    rowHeight: 56,
    renderRow: (index) => {
      const row = shown[index];
      return row ? createImportRow(row) : element("tr", {});
    },
  });
  const choose = (kind: Kind | "all") => {
    for (const chip of all(".chip", chips)) chip.setAttribute("aria-pressed", String(chip.dataset["kind"] === kind));
    shown = kind === "all" ? rows : rows.filter((row) => row.kind === kind);
    table.hidden = shown.length === 0;
    nothing.hidden = shown.length > 0;
    list.reset(shown.length);
  };
  for (const kind of ["all", ...KINDS] as const) {
    const count = kind === "all" ? rows.length : counts[kind];
    const chip = element("button", {
      class: "chip",
      type: "button",
      "data-kind": kind,
      "aria-pressed": kind === "all" ? "true" : "false",
    });
    chip.append(t(`glossary:import.kinds.${kind}`), " ", element("span", { class: "count" }, formatNumber(count)));
    chip.addEventListener("click", () => choose(kind));
    chips.append(chip);
  }
}

function startDecisions(view: View): void {
  const isFirst = pending === undefined;
  pending = view;
  if (!isFirst) return allow();
  required("[data-accept]").addEventListener("click", () => void accept());
  required("[data-discard]").addEventListener("click", () => void discard());
  registerKeys([{ keys: "Ctrl+Enter", label: "glossary:import.title", inFields: true, run: () => void accept() }]);
  allow();
}

/** What would be stored; faulty rows need the person's word first. */
function allow(): void {
  if (!pending) return;
  const { counts, hasErrors } = pending;
  const count = counts.new + counts.changed + counts.conflicting;
  const agreed = !hasErrors || document.querySelector<HTMLInputElement>("[data-leave]")?.checked === true;
  required<HTMLButtonElement>("[data-accept]").disabled = count === 0 || !agreed;
  required("[data-accept-words]").textContent =
    count === 0 ? t("glossary:import.accept-nothing") : t("glossary:import.accept", { count });
}

async function accept(): Promise<void> {
  const button = required<HTMLButtonElement>("[data-accept]");
  if (button.disabled) return;
  button.disabled = true;
  const dock = required("[data-dock]");
  dock.textContent = t("glossary:import.accepting");
  const statuses = document.querySelector<HTMLInputElement>('[name="statuses"]:checked')?.value ?? "keep";
  const answer = await post<Summary>(`${address}/accept`, { acceptErrors: pending?.hasErrors === true, statuses });
  dock.textContent = "";
  if (!answer.ok) {
    dock.textContent = t("glossary:import.promise");
    button.disabled = false;
    return;
  }
  required("[data-decisions]").remove();
  showSummary(content, answer.value);
}

async function discard(): Promise<void> {
  const answer = await post(`${address}/discard`);
  if (answer.ok) location.assign(`/p/${project()}/glossary`);
}

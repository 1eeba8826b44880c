/** The glossary list: search, filters, order, keys; rows come from the server in blocks as they are looked at. */
import type { Source } from "../model/concept.ts";
import { BLOCK, createBlocks } from "./glossary/blocks.ts";
import type { Counts, Found } from "./glossary/blocks.ts";
import { openNewEntry } from "./glossary/new-entry.ts";
import { addressOf, createPlaceholder, createRow } from "./glossary/rows.ts";
import { receiveFiles } from "./shell/drop-files.ts";
import { all, closest, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { showProblem } from "./shell/toast.ts";
import { uploadFiles } from "./shell/upload.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

type Page = Found & {
  readonly counts: Counts;
  readonly sources: readonly Source[];
  readonly kinds: readonly string[];
  readonly languages: { readonly source: string; readonly target: string };
  readonly maxFileBytes: number;
};

/** After the last key: long enough for a syllable, short enough not to be noticed. */
const TYPING_PAUSE = 180;
const PLACE = `glossary-place:${project()}`;

await startPage();
const page = pageData() as Page;
const find = required<HTMLInputElement>("[data-find]");
const kind = required<HTMLSelectElement>("[data-kind]");
const sort = required<HTMLSelectElement>("[data-sort]");
const table = required("[data-table]");
const scroller = required("[data-scroller]");
const failed = required("[data-failed]");
let counts = page.counts;
let active = -1;
let typing = 0;
/** The row that a key asked for before its block was there. */
let aimed = -1;

const blocks = createBlocks(page, {
  query: currentQuery(),
  onLoad: (offset) => {
    for (let index = offset; index < offset + BLOCK; index += 1) list.refresh(index);
    showActive();
    if (aimed >= offset && aimed < offset + BLOCK) goTo(aimed);
  },
});
const list = createVirtualList({
  scroller,
  container: required("[data-rows]"),
  count: blocks.total(),
  rowHeight: 44,
  renderRow: (index) => {
    const row = blocks.rowAt(index);
    const made = row ? createRow(row) : createPlaceholder();
    made.setAttribute("aria-rowindex", String(index + 2));
    if (index === active) mark(made, true);
    return made;
  },
});

showStates();
startFilters();
startRows();
startImport();
returnToPlace();

function currentQuery(): URLSearchParams {
  const query = new URLSearchParams();
  const [order, direction] = sort.value.split("-");
  const status = required('[data-status][aria-pressed="true"]').dataset["status"];
  if (find.value.trim() !== "") query.set("find", find.value.trim());
  if (status) query.set("status", status);
  if (kind.value !== "") query.set("kind", kind.value);
  if (order && order !== "text") query.set("sort", order);
  if (direction === "down") query.set("direction", direction);
  return query;
}

function startFilters(): void {
  find.addEventListener("input", (event) => {
    clearTimeout(typing);
    // Half-typed pinyin is no question yet; the end of the composition is.
    if (!(event as InputEvent).isComposing) typing = window.setTimeout(() => void search(), TYPING_PAUSE);
  });
  find.addEventListener("compositionend", () => {
    clearTimeout(typing);
    typing = window.setTimeout(() => void search(), TYPING_PAUSE);
  });
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      find.blur();
      move(active < 0 ? 1 : 0);
    }
  });
  for (const chip of all<HTMLButtonElement>("[data-status]")) {
    chip.addEventListener("click", () => {
      for (const other of all("[data-status]")) other.setAttribute("aria-pressed", String(other === chip));
      void search();
    });
  }
  kind.addEventListener("change", () => void search());
  sort.addEventListener("change", () => void search());
  required("[data-clear]").addEventListener("click", () => {
    find.value = "";
    kind.value = "";
    for (const chip of all("[data-status]")) chip.setAttribute("aria-pressed", String(chip.dataset["status"] === ""));
    void search();
    find.focus();
  });
  required("[data-again]").addEventListener("click", () => void search());
}

async function search(): Promise<void> {
  const query = currentQuery();
  table.setAttribute("aria-busy", "true");
  const answer = await blocks.ask(query);
  if (!answer) return;
  table.removeAttribute("aria-busy");
  if ("ok" in answer) {
    failed.hidden = false;
    required("[data-failed-text]").textContent = answer.message;
    return;
  }
  failed.hidden = true;
  const words = query.toString();
  history.replaceState(undefined, "", words === "" ? location.pathname : `?${words}`);
  active = -1;
  list.reset(blocks.total());
  showStates();
  const fresh = await get<Counts>(`/api/p/${project()}/glossary-counts?${words}`, { quiet: true });
  if (!fresh.ok || currentQuery().toString() !== words) return;
  counts = fresh.value;
  showStates();
}

function showStates(): void {
  const query = currentQuery();
  const shown = blocks.total();
  const filtered = [...query.keys()].some((name) => ["find", "status", "kind"].includes(name));
  table.hidden = shown === 0;
  required("[data-empty]").hidden = shown > 0 || filtered;
  required("[data-filters]").hidden = shown === 0 && !filtered;
  required("[data-nothing]").hidden = shown > 0 || !filtered;
  required("[data-nothing-text]").textContent = t("glossary:nothing.text", { filters: describeFilters() });
  required("[data-summary]").textContent =
    !query.has("status") || shown >= counts.all
      ? t("glossary:entries", { count: shown })
      : t("glossary:shown", { shown, total: counts.all });
  for (const chip of all("[data-status]")) {
    const status = chip.dataset["status"] ?? "";
    const count = countOf(status);
    required("[data-count]", chip).textContent = formatNumber(count);
    chip.hidden = count === 0 && status !== "" && chip.getAttribute("aria-pressed") !== "true";
  }
}

function countOf(status: string): number {
  if (status === "") return counts.all;
  if (status === "unsettled") return counts.unsettled;
  return Object.entries(counts.statuses).find(([name]) => name === status)?.[1] ?? 0;
}

function describeFilters(): string {
  const status = required('[data-status][aria-pressed="true"]').dataset["status"] ?? "";
  return [
    find.value.trim() === "" ? "" : t("glossary:nothing.words", { words: find.value.trim() }),
    status === "" ? "" : status === "unsettled" ? t("glossary:filter.unsettled") : t(`glossary:status.${status}`),
    kind.value === "" ? "" : t(`glossary:kind.${kind.value}`),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function startRows(): void {
  table.addEventListener("click", (event) => {
    const row = closest(event, ".is-row");
    if (!row) return;
    activate(Number(row.dataset["index"]));
    if (!closest(event, "a") && getSelection()?.isCollapsed !== false) openActive();
  });
  scroller.addEventListener("wheel", () => (aimed = -1), { passive: true });
  window.addEventListener("pagehide", () => {
    sessionStorage.setItem(PLACE, JSON.stringify({ query: location.search, index: active < 0 ? list.firstVisible() : active }));
  });
  registerKeys([
    { keys: "j", label: "glossary:keys.move", run: () => move(1) },
    { keys: "k", label: "glossary:keys.move", run: () => move(-1) },
    { keys: "ArrowDown", label: "glossary:keys.move", hidden: true, run: () => move(1) },
    { keys: "ArrowUp", label: "glossary:keys.move", hidden: true, run: () => move(-1) },
    { keys: "Enter", label: "glossary:keys.open", run: onEnter },
    { keys: "n", label: "glossary:new", run: createEntry },
    { keys: "i", label: "glossary:import-button", run: chooseFile },
  ]);
  for (const button of all("[data-new]")) button.addEventListener("click", createEntry);
}

function createEntry(): void {
  const { sources, kinds, languages } = page;
  // What was looked for and is not there is likely what is wanted.
  const text = blocks.total() === 0 && /\p{Script=Han}/u.test(find.value) ? find.value.trim() : "";
  openNewEntry({ sources, kinds, languages, text });
}

function onEnter(event: KeyboardEvent): void {
  // A button or link with the focus has its own Enter.
  const own = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary") : undefined;
  if (own) own.click();
  else openActive();
}

function openActive(): void {
  const row = blocks.rowAt(active);
  if (row) location.assign(addressOf(row));
}

function move(step: number): void {
  const total = blocks.total();
  if (total === 0) return;
  const next = active < 0 ? (step >= 0 ? list.firstVisible() : total - 1) : active + step;
  activate(Math.min(total - 1, Math.max(0, next)));
  goTo(active);
}

/** A row that is not there yet is lower than it will be: when it has come, it is brought into view again. */
function goTo(index: number): void {
  list.scrollTo(index);
  aimed = blocks.rowAt(index) ? -1 : index;
  list.rowOf(index)?.querySelector<HTMLElement>(".gloss-word")?.focus({ preventScroll: true });
}

function activate(index: number): void {
  active = index;
  showActive();
}

function showActive(): void {
  for (const row of all(".is-row", table)) mark(row, Number(row.dataset["index"]) === active);
}

function mark(row: HTMLElement, isActive: boolean): void {
  row.classList.toggle("is-active", isActive);
  if (isActive) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}

/** Back from an entry: the same row in the same place. */
function returnToPlace(): void {
  const kept = sessionStorage.getItem(PLACE);
  const [navigation] = performance.getEntriesByType("navigation");
  const isBack = navigation instanceof PerformanceNavigationTiming && navigation.type !== "navigate";
  const place = kept === null ? undefined : (JSON.parse(kept) as { readonly query: string; readonly index: number });
  const asked = sessionStorage.getItem(`${PLACE}:back`);
  sessionStorage.removeItem(`${PLACE}:back`);
  if (place?.query !== location.search || (!isBack && asked === null) || place.index >= blocks.total()) return;
  activate(place.index);
  list.scrollTo(place.index, "third");
  aimed = blocks.rowAt(place.index) ? -1 : place.index;
}

function startImport(): void {
  for (const button of all("[data-import]")) button.addEventListener("click", chooseFile);
  receiveFiles((files) => void sendFile(files));
}

function chooseFile(): void {
  required<HTMLInputElement>("[data-files]").click();
}

async function sendFile([file]: readonly File[]): Promise<void> {
  if (!file) return;
  if (file.size > page.maxFileBytes) {
    return showProblem(t("glossary:import.too-large", { megabytes: Math.round(page.maxFileBytes / 1024 / 1024) }));
  }
  const dock = required("[data-dock]");
  const answer = await uploadFiles<{ readonly address: string }>(`/api/p/${project()}/glossary-imports`, [file], () => {
    dock.textContent = t("glossary:import.sending");
  });
  dock.textContent = "";
  if (answer.ok) location.assign(answer.value.address);
  else showProblem(answer.message);
}

/** The glossary list: search, filters, order, keys; rows come from the server in blocks as they are looked at. */
import type { Source } from "../model/concept.ts";
import { BLOCK, createBlocks } from "./glossary/blocks.ts";
import type { Found } from "./glossary/blocks.ts";
import { openBulk, showKeptUndo, undoBulk } from "./glossary/bulk.ts";
import type { BulkParts } from "./glossary/bulk.ts";
import { createFacets } from "./glossary/facets.ts";
import type { Facets } from "./glossary/facets.ts";
import { openNewEntry } from "./glossary/new-entry.ts";
import { addressOf, createPlaceholder, createRow } from "./glossary/rows.ts";
import { createSelection } from "./glossary/selection.ts";
import { openSettings } from "./glossary/settings.ts";
import type { Rules } from "./glossary/settings.ts";
import { receiveFiles } from "./shell/drop-files.ts";
import { all, closest, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { showProblem, showToast, undoShown } from "./shell/toast.ts";
import { uploadFiles } from "./shell/upload.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

type Page = Found & {
  readonly facets: Facets;
  readonly chosen: Readonly<Record<string, string>>;
  readonly rules: Rules;
  /** Nothing was looked at before: from now on there is something to compare with. */
  readonly isFirstLook: boolean;
  readonly most: number;
  readonly classes: readonly string[];
  readonly formats: readonly string[];
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
const sort = required<HTMLSelectElement>("[data-sort]");
const table = required("[data-table]");
const scroller = required("[data-scroller]");
const failed = required("[data-failed]");
let { facets } = page;
/** Where a run of chosen rows begins. */
let anchor = -1;
let active = -1;
let typing = 0;
/** The row that a key asked for before its block was there. */
let aimed = -1;

const filters = createFacets(page.chosen, {
  names: { sources: page.sources, levels: page.rules.authorities },
  onChange: () => void search(),
});
const selection = createSelection();
const bulk: BulkParts = {
  ids: selection.ids,
  sources: page.sources,
  classes: page.classes,
  most: page.most,
  formats: page.formats,
  onDone: () => search(true),
};
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
    const made = row ? createRow(row, selection.has(row.id)) : createPlaceholder();
    made.setAttribute("aria-rowindex", String(index + 2));
    if (index === active) mark(made, true);
    return made;
  },
});

showStates();
startFilters();
startRows();
startSelection();
startImport();
startSettings();
returnToPlace();
showKeptUndo(bulk);

function currentQuery(): URLSearchParams {
  const query = new URLSearchParams();
  const [order, direction] = sort.value.split("-");
  if (find.value.trim() !== "") query.set("find", find.value.trim());
  filters.read(query);
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
  sort.addEventListener("change", () => void search());
  required("[data-clear]").addEventListener("click", () => {
    find.value = "";
    filters.clear();
    void search();
    find.focus();
  });
  required("[data-again]").addEventListener("click", () => void search());
}

async function search(keepPlace = false): Promise<void> {
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
  if (!keepPlace) active = anchor = -1;
  list.reset(blocks.total(), { keepScroll: keepPlace });
  showStates();
  const fresh = await get<Facets>(`/api/p/${project()}/glossary-facets?${words}`, { quiet: true });
  if (!fresh.ok || currentQuery().toString() !== words) return;
  facets = fresh.value;
  showStates();
}

function showStates(): void {
  const query = currentQuery();
  const shown = blocks.total();
  const filtered = [...query.keys()].some((name) => name !== "sort" && name !== "direction");
  table.hidden = shown === 0;
  required("[data-empty]").hidden = shown > 0 || filtered;
  required("[data-filters]").hidden = shown === 0 && !filtered;
  required("[data-nothing]").hidden = shown > 0 || !filtered;
  required("[data-nothing-text]").textContent = t("glossary:nothing.text", { filters: describeFilters() });
  required("[data-summary]").textContent =
    !query.has("status") || shown >= facets.all
      ? t("glossary:entries", { count: shown })
      : t("glossary:shown", { shown, total: facets.all });
  required("[data-seen]").hidden = query.get("status") !== "news" || shown === 0;
  filters.show(facets);
  selection.show();
}

function describeFilters(): string {
  const words = find.value.trim() === "" ? [] : [t("glossary:nothing.words", { words: find.value.trim() })];
  return [...words, ...filters.describe()].join(" · ");
}

function startRows(): void {
  table.addEventListener("click", (event) => {
    const row = closest(event, ".is-row");
    if (!row) return;
    const index = Number(row.dataset["index"]);
    if (closest(event, ".gloss-pick")) {
      // The label passes the click on to its box, which comes here by itself.
      if (closest(event, "[data-pick]")) pick(index, event.shiftKey);
      return activate(index);
    }
    activate(index);
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
    { keys: "x", label: "glossary:bulk.select", run: () => active >= 0 && pick(active, false) },
    { keys: "Shift+X", label: "glossary:bulk.select-run", run: () => active >= 0 && pick(active, true) },
    { keys: "Shift+A", label: "glossary:bulk.select-all", run: () => void selection.addAll(currentQuery()) },
    { keys: "Escape", label: "glossary:bulk.none", run: selection.clear },
    { keys: "s", label: "glossary:settings.button", run: () => void openSettings(() => search(true)) },
    { keys: "Ctrl+Z", label: "glossary:keys.undo", run: () => void (undoShown() || undoBulk(bulk)) },
    { keys: "n", label: "glossary:new", run: createEntry },
    { keys: "i", label: "glossary:import-button", run: chooseFile },
  ]);
  for (const button of all("[data-new]")) button.addEventListener("click", createEntry);
}

/** With Shift, all rows from the last one that was chosen. */
function pick(index: number, run: boolean): void {
  const row = blocks.rowAt(index);
  if (!row) return;
  if (run && anchor >= 0) {
    const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)];
    selection.addRun(blocks.rowsFrom(first, last).map(({ id }) => id));
  } else selection.toggle(row.id);
  anchor = index;
}

function startSelection(): void {
  required("[data-bulk]").addEventListener("click", (event) => {
    const kind = closest(event, "[data-bulk-action]")?.dataset["bulkAction"];
    if (kind !== undefined) void openBulk(kind, bulk);
    else if (closest(event, "[data-select-all]")) void selection.addAll(currentQuery());
    else if (closest(event, "[data-select-none]")) selection.clear();
  });
}

function startSettings(): void {
  required("[data-settings]").addEventListener("click", () => void openSettings(() => search(true)));
  const see = () => post(`/api/p/${project()}/glossary-news/seen`, {}, { quiet: true });
  if (page.isFirstLook) void see();
  required("[data-seen]").addEventListener("click", () => {
    void see().then(async ({ ok }) => {
      if (!ok) return;
      filters.clear();
      await search();
      showToast(t("glossary:news.seen"));
    });
  });
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

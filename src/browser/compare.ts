/** S2, versions side by side: loads the comparison, goes from difference to difference, keeps which reading is followed. */
import { MISSING, MOVED, countClasses, countEqual, listStops, selectRows } from "./compare/model.ts";
import type { Comparison, Row, ShownRow, Side, Stop } from "./compare/model.ts";
import { contentOf, createReadings, wordsOf } from "./compare/readings.ts";
import { createRow, describeRow } from "./compare/rows.ts";
import { showDialog } from "./shell/dialogs.ts";
import { all, closest, element, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { get } from "./shell/request.ts";
import { showSavedState } from "./shell/saved-state.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, formatTime, t } from "./shell/strings.ts";
import { createVirtualList } from "./shell/virtual-list.ts";
import type { VirtualList } from "./shell/virtual-list.ts";

type Given = { readonly base?: string; readonly other?: string; readonly language?: string };
type Versions = { readonly base: string; readonly other: string };

await startPage();
const given = pageData() as Given;
if (given.base !== undefined && given.other !== undefined) await load({ base: given.base, other: given.other });

async function load(versions: Versions): Promise<void> {
  const answer = await get<Comparison>(`/api/p/${project()}/comparison?${new URLSearchParams(versions).toString()}`, {
    quiet: true,
  });
  if (answer.ok) return start(answer.value, versions);
  const again = element("button", { class: "btn", type: "button" }, t("compare:again"));
  again.addEventListener("click", () => void load(versions));
  required("[data-rows]").replaceChildren(element("div", { class: "empty" }, element("p", {}, answer.message), again));
}

function start({ rows, decisions }: Comparison, versions: Versions): void {
  const grid = required("[data-rows]");
  const saved = required("[data-saved]");
  const equalChip = required<HTMLButtonElement>("[data-equal]");
  const undoButton = required<HTMLButtonElement>("[data-undo]");
  let shown: readonly ShownRow[] = [];
  let stops: readonly Stop[] = [];
  let active = 0;
  let current: number | undefined;
  let list: VirtualList | undefined;

  const readings = createReadings({
    versions,
    decisions,
    onChange: (place) => {
      const index = shown.findIndex(({ row }) => row.place === place);
      if (index >= 0) list?.refresh(index);
      showDock();
    },
    onSaving: (state) => {
      if (state === "saved") showSavedState(saved, { kind: "saved", at: new Date() });
      else showSavedState(saved, { kind: state === "saving" ? "saving" : "unsaved" });
    },
  });

  startChips(rows);
  grid.addEventListener("click", (event) => {
    const row = closest(event, ".is-row");
    if (row && getSelection()?.isCollapsed !== false) activate(Number(row.dataset["index"]), undefined);
  });
  for (const button of all("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset["step"])));
  for (const button of all("[data-read]"))
    button.addEventListener("click", () => void read(button.dataset["read"] === "base" ? "base" : "other"));
  required("[data-write-note]").addEventListener("click", () => void writeNote());
  undoButton.addEventListener("click", () => void undo());
  registerKeys([
    { keys: "n", label: "compare:keys.next", run: () => step(1) },
    { keys: "p", label: "compare:keys.previous", run: () => step(-1) },
    { keys: "j", label: "compare:keys.row", run: () => move(1) },
    { keys: "k", label: "compare:keys.row", run: () => move(-1) },
    { keys: "ArrowDown", label: "compare:keys.row", hidden: true, run: () => move(1) },
    { keys: "ArrowUp", label: "compare:keys.row", hidden: true, run: () => move(-1) },
    { keys: "1", label: "compare:keys.read", run: () => void read("base") },
    { keys: "2", label: "compare:keys.read", run: () => void read("other") },
    { keys: "c", label: "compare:keys.note", run: () => void writeNote() },
    { keys: "u", label: "compare:keys.undo", run: () => void undo() },
    { keys: "Ctrl+Z", label: "compare:keys.undo", hidden: true, run: () => void undo() },
  ]);
  draw();

  function startChips(compared: readonly Row[]): void {
    const counts = countClasses(compared);
    for (const chip of all<HTMLButtonElement>("[data-class]")) {
      const count = counts.get(chip.dataset["class"] ?? "") ?? 0;
      chip.hidden = count === 0;
      required("[data-count]", chip).textContent = formatNumber(count);
      chip.addEventListener("click", () => toggle(chip));
    }
    required("[data-count]", equalChip).textContent = formatNumber(countEqual(compared));
    equalChip.addEventListener("click", () => toggle(equalChip));
  }

  function toggle(chip: HTMLElement): void {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    draw();
  }

  function pressedClasses(): ReadonlySet<string> {
    return new Set(all('[data-class][aria-pressed="true"]').map((chip) => chip.dataset["class"] ?? ""));
  }

  /** Shows what the chips ask for; the active row stays where it was as far as it is still shown. */
  function draw(): void {
    const place = shown[active]?.row.place;
    const classes = pressedClasses();
    shown = selectRows(rows, { classes, equal: equalChip.getAttribute("aria-pressed") === "true" });
    stops = listStops(shown);
    const report = required<HTMLAnchorElement>("[data-report]");
    const address = new URL(report.href);
    address.searchParams.delete("class");
    for (const name of classes) if (name !== MISSING && name !== MOVED) address.searchParams.append("class", name);
    report.href = address.href;
    current = undefined;
    active = Math.max(0, place === undefined ? (stops[0]?.index ?? 0) : shown.findIndex(({ row }) => row.place === place));
    const nothing = required("[data-nothing]");
    nothing.hidden = shown.length > 0;
    nothing.replaceChildren(...(shown.length > 0 ? [] : [createEmpty()]));
    if (list) list.reset(shown.length);
    else {
      grid.replaceChildren();
      list = createVirtualList({
        scroller: required("[data-scroller]"),
        container: grid,
        count: shown.length,
        rowHeight: 90,
        renderRow,
      });
    }
    list?.scrollTo(active);
    showDock();
  }

  function createEmpty(): HTMLElement {
    const isEqual = rows.every((row) => row.differences.length === 0 && row.base && row.other);
    const showAll = element("button", { class: "btn", type: "button" }, t("compare:show-all"));
    showAll.addEventListener("click", () => {
      for (const chip of [...all("[data-class]"), equalChip]) chip.setAttribute("aria-pressed", "true");
      draw();
    });
    const words = isEqual ? t("compare:identical") : t("compare:nothing-text");
    return element("div", { class: "empty" }, element("h2", {}, t("compare:nothing")), element("p", {}, words), showAll);
  }

  function renderRow(index: number): HTMLElement {
    const row = shown[index];
    if (!row) return element("div", { class: "row" });
    const isActive = index === active;
    return createRow(row, {
      language: given.language ?? "zh-Hans",
      decision: readings.find(row.row.place),
      isActive,
      current: isActive ? current : undefined,
    });
  }

  function activate(index: number, difference: number | undefined): void {
    const before = active;
    active = index;
    current = difference;
    list?.refresh(before);
    list?.refresh(index);
    showDock();
  }

  function move(by: number): void {
    activate(Math.min(shown.length - 1, Math.max(0, active + by)), undefined);
    list?.scrollTo(active);
  }

  /** The next difference after where the person is, in either direction. */
  function step(by: number): void {
    const from = { index: active, difference: current ?? (by > 0 ? -1 : 0) };
    const isAfter = (stop: Stop) => stop.index > from.index || (stop.index === from.index && stop.difference > from.difference);
    const isBefore = (stop: Stop) => stop.index < from.index || (stop.index === from.index && stop.difference < from.difference);
    const stop = by > 0 ? stops.find(isAfter) : stops.findLast(isBefore);
    if (!stop) {
      required("[data-place]").textContent = t(by > 0 ? "compare:last" : "compare:first");
      return;
    }
    activate(stop.index, stop.difference);
    list?.scrollTo(stop.index);
  }

  function showDock(): void {
    const row = shown[active];
    const at = stops.findIndex((stop) => stop.index === active && stop.difference === (current ?? 0));
    required("[data-place]").textContent =
      current === undefined || at < 0
        ? t("compare:total", { count: stops.length })
        : t("compare:place", { at: at + 1, total: stops.length });
    const decision = row && readings.find(row.row.place);
    required("[data-row-name]").textContent = row ? t("compare:row-name", { row: row.number }) : "";
    required("[data-row-words]").textContent = !row
      ? ""
      : decision
        ? `${wordsOf(decision)} (${t("compare:decided.by", { author: decision.author, at: formatTime(new Date(decision.at)) })})`
        : describeRow(row);
    for (const button of all<HTMLButtonElement>("[data-read]")) {
      const isRead = decision?.reading === button.dataset["read"];
      button.setAttribute("aria-pressed", String(isRead));
      button.disabled = !row || row.differences.length + Number(row.isMissing) === 0;
    }
    required<HTMLButtonElement>("[data-write-note]").disabled = !row;
    undoButton.disabled = !readings.canUndo();
  }

  async function read(side: Side): Promise<void> {
    const row = shown[active];
    if (!row || row.differences.length + Number(row.isMissing) === 0) return;
    const before = contentOf(readings.find(row.row.place));
    await readings.decide(row.row.place, { ...before, reading: before.reading === side ? undefined : side });
    showDock();
  }

  async function writeNote(): Promise<void> {
    const row = shown[active];
    if (!row) return;
    const before = contentOf(readings.find(row.row.place));
    const field = element("textarea", { class: "field", rows: 4, id: "compare-note", maxlength: 2000 });
    field.value = before.note ?? "";
    const save = element(
      "button",
      { class: "btn btn-primary", type: "button" },
      t("compare:note-save"),
      " ",
      element("kbd", {}, "Ctrl+Enter"),
    );
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) save.click();
    });
    const label = element("label", { class: "label", for: "compare-note" }, t("compare:note-label"));
    const asked = showDialog({
      title: t("compare:note-title", { row: row.number }),
      body: [label, field, element("p", { class: "hint" }, t("compare:note-removed"))],
      actions: [save],
    });
    field.focus();
    if ((await asked) !== save) return;
    const note = field.value.trim();
    await readings.decide(row.row.place, { ...before, note: note === "" ? undefined : note });
    showDock();
  }

  async function undo(): Promise<void> {
    const place = await readings.undo();
    const index = shown.findIndex(({ row }) => row.place === place);
    if (index >= 0) {
      activate(index, undefined);
      list?.scrollTo(index);
    }
    showDock();
  }
}

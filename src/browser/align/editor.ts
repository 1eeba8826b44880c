/**
 * The rows and where the person is in them: the active row (kept third from the top when moved by keys), the side,
 * the chosen sentence of each side, and the filter. Nothing is saved here.
 */
import { all, closest, required } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { createVirtualList } from "../shell/virtual-list.ts";
import type { VirtualList } from "../shell/virtual-list.ts";
import { applyChange, countRows, createAlignment, isOpen, isSuspicious, passes } from "./alignment.ts";
import type { Alignment, Change, Filter, Group, Loaded, SideName } from "./alignment.ts";
import { showRowInDock } from "./dock.ts";
import { renderRow } from "./row.ts";
import { createStrip, showProgress } from "./strip.ts";

export type Editor = {
  readonly alignment: () => Alignment;
  readonly active: () => Group | undefined;
  readonly activeIndex: () => number;
  readonly side: () => SideName;
  readonly chosen: (side: SideName) => number | undefined;
  readonly setSide: (side: SideName) => void;
  /** Chooses a sentence of the active row, or lets it go when it was chosen. */
  readonly choose: (side: SideName, sentence: number) => void;
  readonly move: (step: number) => void;
  readonly goTo: (index: number) => void;
  readonly goToNext: (kind: "open" | "suspicious") => boolean;
  readonly setFilter: (filter: Filter) => void;
  /** Takes a change in and stays where the person is, or goes to its first row. */
  readonly apply: (change: Change, options?: { readonly goThere?: boolean }) => void;
  readonly load: (loaded: Loaded) => void;
};

type Chosen = Readonly<Partial<Record<SideName, number | undefined>>>;

const ROW_HEIGHT = 104;
/** A change of so many rows is drawn anew as a whole. */
const MANY = 200;

export function createEditor(loaded: Loaded): Editor {
  const scroller = required("[data-grid]");
  const container = required("[data-rows]");
  let alignment = createAlignment(loaded);
  let filter: Filter = "all";
  /** Indices of the groups that are shown, and the place of each in the list (-1: not shown). */
  let shown: readonly number[] = [];
  let listed = new Int32Array(0);
  /** What is shown under a filter stays until another is chosen: a row that is confirmed does not vanish. */
  let kept = new Set<string>();
  let active = 0;
  let side: SideName = "source";
  let chosen: Chosen = {};
  /** Place of the active row in the list before a change, and whether the strip is about to follow the window. */
  let listedBefore = 0;
  let isFollowing = false;

  collect();
  const list: VirtualList = createVirtualList({
    scroller,
    container,
    count: shown.length,
    rowHeight: ROW_HEIGHT,
    renderRow: (at) => renderAt(shown[at] ?? 0),
  });
  const strip = createStrip(required("[data-strip]"), (index) => goTo(index));
  scroller.addEventListener("scroll", followWindow, { passive: true });
  container.addEventListener("click", press);
  showCounts();
  followWindow();
  goTo(startRow());

  function renderAt(index: number): HTMLElement {
    return renderRow({ alignment, index, isActive: index === active, side, chosen });
  }

  function startRow(): number {
    const asked = Number(/^#row-(\d+)$/.exec(location.hash)?.[1] ?? 0) - 1;
    if (asked >= 0 && asked < alignment.groups.length) return asked;
    return Math.max(0, alignment.groups.findIndex(isOpen));
  }

  function collect(): void {
    const { groups } = alignment;
    const indices: number[] = [];
    listed = new Int32Array(groups.length).fill(-1);
    groups.forEach((group, index) => {
      if (filter !== "all" && !kept.has(group.id) && !passes(group, filter)) return;
      listed[index] = indices.length;
      indices.push(index);
    });
    shown = indices;
  }

  function showCounts(): void {
    const counts = countRows(alignment.groups);
    for (const chip of all("[data-filter]")) {
      const name = chip.dataset["filter"] as Filter;
      required("[data-count]", chip).textContent = counts[name].toLocaleString(document.documentElement.lang);
      chip.setAttribute("aria-pressed", String(name === filter));
    }
    showProgress(alignment.groups, t("align:progress", { done: counts.done, count: counts.all }));
    strip.show(alignment.groups);
    const nothing = required("[data-nothing]");
    nothing.hidden = shown.length > 0;
    const isEmpty = counts.all === 0;
    required("[data-nothing-title]").textContent = t(isEmpty ? "align:nothing.empty" : "align:nothing.title");
    required("[data-nothing-text]").textContent = isEmpty
      ? t("align:nothing.empty-text")
      : t("align:nothing.text", { filter: t(`align:filter.${filter}`) });
    required("[data-show-all]").hidden = isEmpty;
  }

  function followWindow(): void {
    if (isFollowing) return;
    isFollowing = true;
    requestAnimationFrame(() => {
      isFollowing = false;
      const first = list.firstVisible();
      let last = first;
      const bottom = Math.min(innerHeight, scroller.getBoundingClientRect().bottom);
      while ((list.rowOf(last + 1)?.getBoundingClientRect().top ?? Infinity) < bottom) last += 1;
      strip.showWindow(shown[first] ?? 0, shown[last] ?? 0);
    });
  }

  function refreshRow(index: number): void {
    const at = listed[index] ?? -1;
    if (at < 0) return;
    // The button of a sentence keeps the focus when its row is drawn anew.
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
    const had = focused !== undefined && list.rowOf(at)?.contains(document.activeElement);
    list.refresh(at);
    if (had) list.rowOf(at)?.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  function activate(index: number): void {
    const before = active;
    if (before !== index) chosen = {};
    active = index;
    if (before !== index) refreshRow(before);
    refreshRow(index);
    showRowInDock(alignment, index, side);
  }

  function goTo(index: number): void {
    if (alignment.groups.length === 0) return;
    const wanted = Math.min(alignment.groups.length - 1, Math.max(0, index));
    if ((listed[wanted] ?? -1) < 0) setFilter("all");
    activate(wanted);
    list.scrollTo(listed[wanted] ?? 0, "third");
    followWindow();
  }

  function move(step: number): void {
    const at = listed[active] ?? -1;
    const next = at < 0 ? nearestShown() : shown[Math.min(shown.length - 1, Math.max(0, at + step))];
    if (next !== undefined && next !== active) goTo(next);
  }

  function nearestShown(): number | undefined {
    return shown.find((index) => index >= active) ?? shown.at(-1);
  }

  function goToNext(kind: "open" | "suspicious"): boolean {
    const wanted = kind === "open" ? isOpen : isSuspicious;
    const { groups } = alignment;
    for (let step = 1; step <= groups.length; step += 1) {
      // Round the end: what was passed over above is still to be done.
      const index = (active + step) % groups.length;
      const group = groups[index];
      if (!group || !wanted(group) || (listed[index] ?? -1) < 0) continue;
      if (index === active) return false;
      goTo(index);
      return true;
    }
    return false;
  }

  function setFilter(wanted: Filter): void {
    filter = wanted;
    kept = new Set();
    collect();
    kept = new Set(filter === "all" ? [] : shown.map((index) => alignment.groups[index]?.id ?? ""));
    list.reset(shown.length);
    showCounts();
    const next = (listed[active] ?? -1) >= 0 ? active : nearestShown();
    if (next !== undefined) {
      activate(next);
      list.scrollTo(listed[next] ?? 0, "third");
    }
    followWindow();
  }

  function choose(wanted: SideName, sentence: number): void {
    side = wanted;
    chosen = { ...chosen, [wanted]: chosen[wanted] === sentence ? undefined : sentence };
    activate(active);
  }

  function press(event: MouseEvent): void {
    const row = closest(event, ".row");
    const at = Number(row?.dataset["index"] ?? -1);
    const index = shown[at];
    if (index === undefined) return;
    if (closest(event, ".row-no a")) event.preventDefault();
    // Text that was just marked to be copied stays marked.
    if (getSelection()?.type === "Range") return;
    const place = closest(event, "[data-side]");
    const sentence = closest(event, "[data-sentence]");
    if (place) side = place.dataset["side"] === "target" ? "target" : "source";
    if (sentence && (sentence.parentElement?.querySelectorAll("[data-sentence]").length ?? 0) > 1) {
      if (index !== active) activate(index);
      choose(side, Number(sentence.dataset["sentence"]));
    } else activate(index);
    if (event.detail > 0) scroller.focus({ preventScroll: true });
  }

  /** Draws the rows anew; the active row stays where it is on the screen. */
  function resetRows(): void {
    const top = list.rowOf(listedBefore)?.getBoundingClientRect().top;
    list.reset(shown.length, { keepScroll: true });
    list.scrollTo(listed[active] ?? 0, "third");
    const now = list.rowOf(listed[active] ?? 0)?.getBoundingClientRect().top;
    if (top === undefined || now === undefined || top < scroller.getBoundingClientRect().top || top > innerHeight) return;
    if (scroller.scrollHeight > scroller.clientHeight + 1) scroller.scrollTop += now - top;
    else window.scrollBy(0, now - top);
  }
  function apply(change: Change, options: { readonly goThere?: boolean } = {}): void {
    const before = alignment.groups[active]?.id ?? "";
    listedBefore = listed[active] ?? 0;
    alignment = applyChange(alignment, change);
    if (filter !== "all") for (const group of change.inserted) kept.add(group.id);
    chosen = {};
    collect();
    const last = Math.max(0, alignment.groups.length - 1);
    // A row that is gone has become part of the one that stands where the change is.
    const successor = Math.min(active, change.start + Math.max(0, change.inserted.length - 1));
    active = Math.min(last, alignment.placeOf.get(before) ?? successor);
    if (options.goThere) active = Math.min(last, change.start);
    const isInPlace = change.removed === change.inserted.length && change.removed <= MANY;
    if (isInPlace) for (let index = change.start; index < change.start + change.removed; index += 1) refreshRow(index);
    else resetRows();
    showCounts();
    if (options.goThere) goTo(active);
    else activate(active);
    followWindow();
  }

  return {
    alignment: () => alignment,
    active: () => alignment.groups[active],
    activeIndex: () => active,
    side: () => side,
    chosen: (wanted) => chosen[wanted],
    setSide: (wanted) => {
      side = wanted;
      activate(active);
    },
    choose,
    move,
    goTo,
    goToNext,
    setFilter,
    apply,
    load: (next) => {
      alignment = createAlignment(next);
      active = Math.min(active, Math.max(0, alignment.groups.length - 1));
      setFilter("all");
    },
  };
}

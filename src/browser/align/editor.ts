/**
 * The rows and where the person is in them: the active row (kept third from the top when moved by keys), the side,
 * the chosen sentence of each side, and the filter. Nothing is saved here.
 */
import { all, closest, required } from "../shell/dom.ts";
import { createVirtualList } from "../shell/virtual-list.ts";
import type { VirtualList } from "../shell/virtual-list.ts";
import { readAddress, writeAddress } from "./address.ts";
import { applyChange, isOpen, isSuspicious, readAlignment, withTerms, writeOut } from "./alignment.ts";
import type { Change, Loaded, SideName } from "./alignment.ts";
import { showRowInDock } from "./dock.ts";
import type { Editor, Pin } from "./editor-type.ts";
import { showFilterBar, showStretch } from "./filter-bar.ts";
import { createFinder, passes, prepareSearch } from "./filters.ts";
import type { Filter } from "./filters.ts";
import type { Person } from "./live.ts";
import { renderRow } from "./row.ts";
import { createStrip } from "./strip.ts";

export type { Editor, Pin, Stretch } from "./editor-type.ts";

type Chosen = Readonly<Partial<Record<SideName, number | undefined>>>;

const ROW_HEIGHT = 104;
/** A change of so many rows is drawn anew as a whole. */
const MANY = 200;

export function createEditor(loaded: Loaded, me: string): Editor {
  const scroller = required("[data-grid]");
  const container = required("[data-rows]");
  const asked = readAddress();
  let alignment = readAlignment(loaded);
  let filter: Filter = asked.filter;
  let words = asked.words;
  /** Indices of the groups that are shown, and the place of each in the list (-1: not shown). */
  let shown: readonly number[] = [];
  let listed = new Int32Array(0);
  /** What is shown under a filter stays until another is chosen: a row that is confirmed does not vanish. */
  let kept = new Set<string>();
  let active = 0;
  let side: SideName = "source";
  let chosen: Chosen = {};
  /** Where marking began. */
  let markedFrom: string | undefined;
  /** Marking goes on without Shift: for the finger. */
  let isMarking = false;
  let pin: Pin | undefined;
  let people: ReadonlyMap<string, Person> = new Map();
  let moved: () => void = () => undefined;
  /** Place of the active row in the list before a change, and whether the strip is about to follow the window. */
  let listedBefore = 0;
  let isFollowing = false;

  collect();
  keepShown();
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
  prepareSearch(alignment);

  function renderAt(index: number): HTMLElement {
    const isPinned = pin !== undefined && alignment.placeOf.get(pin.group) === index;
    return renderRow({
      alignment,
      index,
      isActive: index === active,
      isMarked: isMarked(index),
      side,
      chosen,
      words,
      pin: isPinned ? pin : undefined,
      person: people.get(alignment.groups[index]?.id ?? ""),
    });
  }

  function startRow(): number {
    const { row } = asked;
    if (row !== undefined && row < alignment.groups.length) return row;
    const open = alignment.groups.findIndex((group, index) => isOpen(group) && (listed[index] ?? -1) >= 0);
    return open >= 0 ? open : (shown[0] ?? 0);
  }

  function markedRange(): { readonly first: number; readonly last: number } | undefined {
    const from = markedFrom === undefined ? undefined : alignment.placeOf.get(markedFrom);
    if (from === undefined || from === active) return undefined;
    return { first: Math.min(from, active), last: Math.max(from, active) };
  }

  function isMarked(index: number): boolean {
    const range = markedRange();
    return range !== undefined && index >= range.first && index <= range.last;
  }

  function showMarked(): void {
    for (const row of all(".row", container)) {
      row.classList.toggle("is-marked", isMarked(shown[Number(row.dataset["index"])] ?? -1));
    }
    const range = markedRange();
    showStretch(range && range.last - range.first + 1, isMarking);
  }

  function collect(): void {
    const { groups } = alignment;
    const indices: number[] = [];
    const isFound = createFinder(alignment, words);
    listed = new Int32Array(groups.length).fill(-1);
    groups.forEach((group, index) => {
      const isShown = kept.has(group.id) || (passes(alignment, index, { name: filter, me }) && isFound(index));
      if (!isShown) return;
      listed[index] = indices.length;
      indices.push(index);
    });
    shown = indices;
  }

  function keepShown(): void {
    const isWhole = filter === "all" && words === "";
    kept = new Set(isWhole ? [] : shown.map((index) => alignment.groups[index]?.id ?? ""));
  }

  function showCounts(): void {
    showFilterBar({ alignment, me, filter, words, shownCount: shown.length });
    strip.show(alignment.groups);
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

  function activate(index: number, options: { readonly keepMarks?: boolean } = {}): void {
    const before = active;
    const hadMarks = markedFrom !== undefined;
    if (before !== index) chosen = {};
    active = index;
    if (options.keepMarks !== true && !isMarking) markedFrom = undefined;
    if (before !== index) refreshRow(before);
    refreshRow(index);
    if (hadMarks || markedFrom !== undefined) showMarked();
    showRowInDock(alignment, index, side);
    moved();
    writeAddress({ filter, words, row: active });
  }

  function goTo(index: number, options: { readonly keepMarks?: boolean } = {}): void {
    if (alignment.groups.length === 0) return;
    const wanted = Math.min(alignment.groups.length - 1, Math.max(0, index));
    if ((listed[wanted] ?? -1) < 0) show("all", "");
    activate(wanted, options);
    list.scrollTo(listed[wanted] ?? 0, "third");
    followWindow();
  }

  function next(step: number): number | undefined {
    const at = listed[active] ?? -1;
    return at < 0 ? nearestShown() : shown[Math.min(shown.length - 1, Math.max(0, at + step))];
  }

  function move(step: number): void {
    const wanted = next(step);
    if (wanted !== undefined && wanted !== active) goTo(wanted);
    else if (markedFrom !== undefined) activate(active);
  }

  function extend(step: number): void {
    const wanted = next(step);
    markedFrom ??= alignment.groups[active]?.id;
    if (wanted !== undefined && wanted !== active) goTo(wanted, { keepMarks: true });
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

  function show(wanted: Filter, wantedWords: string): void {
    filter = wanted;
    words = wantedWords;
    required<HTMLInputElement>("[data-find]").value = words;
    kept = new Set();
    collect();
    keepShown();
    list.reset(shown.length);
    showCounts();
    const nearest = (listed[active] ?? -1) >= 0 ? active : nearestShown();
    if (nearest !== undefined) {
      activate(nearest);
      list.scrollTo(listed[nearest] ?? 0, "third");
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
    if (getSelection()?.type === "Range" && !event.shiftKey) return;
    if (event.shiftKey) {
      getSelection()?.removeAllRanges();
      markedFrom ??= alignment.groups[active]?.id;
      return activate(index, { keepMarks: true });
    }
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
  function apply(told: Change, options: { readonly goThere?: boolean } = {}): void {
    const change = writeOut(alignment, told);
    const before = alignment.groups[active]?.id ?? "";
    markedFrom = undefined;
    isMarking = false;
    if (pin && change.inserted.some(({ id }) => id === pin?.group)) pin = undefined;
    listedBefore = listed[active] ?? 0;
    alignment = applyChange(alignment, change);
    if (filter !== "all" || words !== "") for (const group of change.inserted) kept.add(group.id);
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
    extend,
    toggleMarking: () => {
      isMarking = !isMarking;
      markedFrom = isMarking ? alignment.groups[active]?.id : undefined;
      showMarked();
      return isMarking;
    },
    unmark: () => {
      isMarking = false;
      activate(active);
    },
    stretch: () => {
      const range = markedRange();
      if (!range) return undefined;
      const id = (index: number) => alignment.groups[index]?.id ?? "";
      return { first: id(range.first), last: id(range.last), count: range.last - range.first + 1 };
    },
    groupOf: (row) => alignment.groups[shown[Number(row.dataset["index"])] ?? -1]?.id,
    keepInView: () => list.scrollTo(listed[active] ?? 0),
    setPin: (wanted) => {
      const places = [pin, wanted].flatMap((one) => alignment.placeOf.get(one?.group ?? "") ?? []);
      pin = wanted;
      for (const index of places) refreshRow(index);
    },
    pin: () => pin,
    setPeople: (now) => {
      const places = [...people.keys(), ...now.keys()].filter(
        (group) => JSON.stringify(people.get(group)) !== JSON.stringify(now.get(group)),
      );
      people = now;
      for (const group of new Set(places)) {
        const index = alignment.placeOf.get(group);
        if (index !== undefined) refreshRow(index);
      }
    },
    onMove: (listener) => {
      moved = listener;
      listener();
    },
    goTo,
    goToNext,
    setFilter: (wanted) => show(wanted, wanted === "all" ? "" : words),
    find: (wanted) => show(filter, wanted),
    apply,
    showTerms: (terms) => {
      alignment = withTerms(alignment, terms);
      for (const row of all(".row", container)) refreshRow(shown[Number(row.dataset["index"])] ?? -1);
      prepareSearch(alignment);
      // What is being said stays.
      if (!required("[data-reason]").hasAttribute("role")) showRowInDock(alignment, active, side);
    },
    load: (loadedAgain) => {
      alignment = readAlignment(loadedAgain);
      active = Math.min(active, Math.max(0, alignment.groups.length - 1));
      pin = undefined;
      show(filter, words);
    },
  };
}

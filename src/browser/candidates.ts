/** S3, the candidates: list, selected candidate and its lines; moving, deciding and undoing by key. */
import { readAddress, writeAddress } from "./candidates/address.ts";
import { createQuestions } from "./candidates/asking.ts";
import { startControls } from "./candidates/controls.ts";
import { createDecisions } from "./candidates/decisions.ts";
import type { Wish } from "./candidates/decisions.ts";
import { createDetailPane } from "./candidates/detail-pane.ts";
import { createDetails } from "./candidates/details.ts";
import type { Details } from "./candidates/details.ts";
import { startExtractionButton } from "./candidates/extraction.ts";
import { describeView, startFilterBar } from "./candidates/filter.ts";
import { createLinesPane } from "./candidates/lines.ts";
import { watchDecisions } from "./candidates/live.ts";
import { EVERYTHING, actionOf, chooseRows, countRows, isFrame } from "./candidates/model.ts";
import type { Legend, Pair, Row, View } from "./candidates/model.ts";
import type { ListAnswer, PageData } from "./candidates/page-data.ts";
import { createPairs } from "./candidates/pairs.ts";
import { showNews, showProgress } from "./candidates/progress.ts";
import { createReasonField } from "./candidates/reason.ts";
import { renderRow, showRowState } from "./candidates/rows.ts";
import type { RowContext } from "./candidates/rows.ts";
import { createSessionKeeper, findUnsavedSession, isLoadedAgain, pickView } from "./candidates/session.ts";
import { closest, element, pageData, project, required } from "./shell/dom.ts";
import { showPane } from "./shell/panes.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

const ROW_HEIGHT = 54;
const ADDRESS_DELAY = 250;
let addressTimer: ReturnType<typeof setTimeout> | undefined;
/** All panes side by side, each with its own scrolling. */
const isWide = window.matchMedia("(min-width: 64rem)");

await startPage();
const page = pageData() as PageData;
const say = (words: string) => {
  required("[data-say]").textContent = words;
};
if (page.run === undefined) startExtractionButton(page.job, { onDone: () => location.reload(), say });
else startWork();

function startWork(): void {
  const unsaved = findUnsavedSession();
  const session = unsaved ?? page.session;
  const address = unsaved && isLoadedAgain() ? "" : location.search;
  let rows: Row[] = [];
  let places = new Map<string, number>();
  /** Those that the run before had and this one has not stand behind the others and do not count. */
  let total = 0;
  let chosen: number[] = [];
  let legend: Legend = { codes: [], documents: [], paired: new Set() };
  let runs = { now: page.run ?? "", before: "" };
  let view: View = readAddress(address) ?? pickView(session);
  const wanted = new URLSearchParams(address).get("at");
  let selected = wanted ?? session?.text ?? "";
  let details: Details = createDetails(runOf);
  const pairs = createPairs();
  const reason = createReasonField();
  const panes = required(".candidates");
  const listPane = required('.pane[data-pane="list"]');
  const detailPlace = required("[data-detail]");
  const rowContext: RowContext = {
    language: page.language,
    classNames: page.classNames,
    partnersOf: (text) => pairs.partnersOf(text),
  };
  const rowOf = (text: string) => rows[places.get(text) ?? -1];
  const list = createVirtualList({
    scroller: listPane,
    container: required("[data-rows]"),
    count: 0,
    rowHeight: ROW_HEIGHT,
    renderRow: (index) => {
      const row = rows[chosen[index] ?? -1];
      const made = row ? renderRow(row, rowContext) : element("tr");
      if (row) markActive(made, row.text === selected);
      return made;
    },
  });
  const lines = createLinesPane(required('.pane[data-pane="lines"]'), {
    language: page.language,
    order: session?.lines ?? "date",
    onOrder: () => keepSession(),
  });
  const saveSession = createSessionKeeper(() => ({ ...view, text: selected, lines: lines.order() }));
  const keepSession = () => {
    saveSession();
    showAddress();
  };
  const bar = startFilterBar(page.classNames, { viewNow: () => view, onView: changeView });
  const decisions = createDecisions({ onChange: showChange, onPairs: showPairs, findRow: rowOf, say });
  const questions = createQuestions({
    language: page.language,
    termTypes: page.termTypes,
    rows: () => rows,
    legend: () => legend,
    runOf,
    detailOf: (text) => details.load(text),
    partnersOf: (text) => pairs.partnersOf(text),
    onWish: decide,
    onPair: (row, partner) => decisions.pair(row, partner, reason.take()),
  });
  const pane = createDetailPane({
    place: detailPlace,
    lines,
    details: () => details,
    current,
    next: () => rows[chosen[placeInList() + 1] ?? -1],
    rankOf: ({ text }) => (places.get(text) ?? 0) + 1,
    context: () => ({ ...rowContext, total, rowOf, reason: reason.item }),
  });
  const live = watchDecisions(({ texts, pairs: given, run }) => {
    for (const { text, decision } of texts) {
      const isOther = decisions.receive(text, decision);
      if (isOther && decision && decision.author !== page.author) {
        say(t("candidates:others", { author: decision.author, state: t(`candidates:state.${decision.action}`), text }));
      }
    }
    if (given) showPairs(given);
    if (run !== undefined) required("[data-newer]").hidden = run === runs.now;
  });

  startExtractionButton(page.job, { onDone: () => void load({ isNew: true }), say });
  required("[data-retry]").addEventListener("click", () => void load());
  required("[data-load-newer]").addEventListener("click", () => void load({ isNew: true }));
  startPointer();
  startControls({
    move,
    moveToEnd: (end) => moveTo(end === "first" ? 0 : chosen.length - 1),
    decide: (action) => decideCurrent(action),
    ask,
    writeReason: () => reason.focus(),
    undo: () => void undo(),
    open: () => void openConcept(),
  });
  void load();

  function runOf(text: string): string {
    return rowOf(text)?.isGone === true ? runs.before : runs.now;
  }

  async function load({ isNew = false } = {}): Promise<void> {
    const show = (name: string, isShown: boolean) => (required(`[data-${name}]`).hidden = !isShown);
    show("failed", false);
    if (rows.length === 0) show("loading", true);
    const answer = await get<ListAnswer>(`/api/p/${project()}/candidates`, { quiet: true });
    show("loading", false);
    if (!answer.ok) {
      if (rows.length > 0) return say(answer.message);
      show("failed", true);
      required("[data-failed-words]").textContent = answer.message;
      return;
    }
    const { run, codes, documents, before, sequence } = answer.value;
    rows = answer.value.rows;
    total = rows.filter(({ isGone }) => isGone !== true).length;
    places = new Map(rows.map(({ text }, at) => [text, at]));
    runs = { now: run, before: before?.run ?? "" };
    details = createDetails(runOf);
    pairs.set(answer.value.pairs);
    legend = { codes, documents, paired: pairs.texts() };
    live.startFrom(sequence);
    show("newer", false);
    bar.showLegend(legend, before !== undefined);
    showNumbers();
    if (isNew) say(t("candidates:extract.done", { count: total }));
    showNews(countRows(rows, legend), isNew ? before?.at : undefined);
    bar.show(view);
    show("none", rows.length === 0);
    const isHidden =
      wanted === selected && rowOf(selected) && !chooseRows(rows, view, legend).includes(places.get(selected) ?? -1);
    if (isHidden) showEverything(selected);
    else applyView(rowOf(selected) ? selected : firstOpen());
    list.scrollTo(Math.max(0, placeInList()), "third");
  }

  /** What a person who begins here looks at first. */
  function firstOpen(): string {
    return (rows.find((row) => actionOf(row) === "undecided") ?? rows[0])?.text ?? "";
  }

  function changeView(next: View): void {
    view = next;
    bar.show(view);
    applyView(selected);
    list.scrollTo(Math.max(0, placeInList()));
    keepSession();
  }

  /** Without any filter, in the order that is chosen. */
  function showEverything(text: string): void {
    view = { ...EVERYTHING, sort: view.sort, descending: view.descending, since: rowOf(text)?.isGone === true ? "gone" : "all" };
    bar.show(view);
    applyView(text);
  }

  /** Makes the list anew; the selection stays if the list still has it. */
  function applyView(text: string): void {
    chosen = chooseRows(rows, view, legend);
    const stays = chosen.some((at) => rows[at]?.text === text);
    const next = stays ? text : rows[chosen[0] ?? -1]?.text;
    // The mark must be right when rows are drawn.
    if (next !== undefined) selected = next;
    list.reset(chosen.length);
    required("[data-nothing]").hidden = chosen.length > 0 || rows.length === 0;
    if (chosen.length === 0) {
      const filters = describeView(view, legend, page.classNames).join(" · ");
      required("[data-nothing-words]").textContent = t("candidates:nothing.text", { filters });
    }
    if (next !== undefined) select(next);
    else pane.show();
  }

  function placeInList(): number {
    const at = places.get(selected);
    return at === undefined ? -1 : chosen.indexOf(at);
  }

  function showNumbers(): void {
    const counts = countRows(rows, legend);
    bar.showCounts(counts);
    showProgress(counts);
  }

  function markActive(row: HTMLElement, isActive: boolean): void {
    row.classList.toggle("is-active", isActive);
    if (isActive) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  function select(text: string): void {
    const before = list.rowOf(placeInList());
    if (before) markActive(before, false);
    selected = text;
    const at = placeInList();
    const after = list.rowOf(at);
    if (after) markActive(after, true);
    reason.showFor(text);
    pane.show();
    keepSession();
    const next = rows[chosen[at + 1] ?? -1];
    if (next && details.known(text)) details.prefetch(next.text);
  }

  /** The list and the place in it, so that a link shows the same. */
  function showAddress(): void {
    clearTimeout(addressTimer);
    // Browsers refuse an address that changes too often, and a held key changes it thirty times a second.
    addressTimer = setTimeout(
      () => history.replaceState(null, "", location.pathname + writeAddress(view, selected)),
      ADDRESS_DELAY,
    );
  }

  function showChange(row: Row): void {
    showRow(row);
    showNumbers();
    if (row.text !== selected) return;
    pane.showState(row);
    // The entry may have come or gone; what else is shown stays until the answer is there.
    if (row.decision?.id !== "") pane.reload(row.text);
  }

  function showRow(row: Row): void {
    const at = places.get(row.text);
    const shown = at === undefined ? undefined : list.rowOf(chosen.indexOf(at));
    if (shown) showRowState(shown, row, rowContext);
    details.forget(row.text);
  }

  function showPairs(given: readonly Pair[]): void {
    const changed = pairs.set(given);
    legend = { ...legend, paired: pairs.texts() };
    for (const text of changed) {
      const row = rowOf(text);
      if (row) showRow(row);
      if (text === selected) pane.reload(text);
    }
    showNumbers();
  }

  function current(): Row | undefined {
    return placeInList() < 0 ? undefined : rowOf(selected);
  }

  function decide(row: Row, wish: Omit<Wish, "reason">): void {
    decisions.decide(row, { ...wish, reason: reason.take() });
    move(1);
  }

  function decideCurrent(action: "accept" | "drop" | "later"): void {
    const row = current();
    if (row) decide(row, { action });
  }

  function ask(question: "merge" | "contrast" | "makeFrame"): void {
    const row = current();
    if (!row) return;
    // A pattern that the list offers is a frame already: approving is all that is left.
    if (question === "makeFrame" && isFrame(row)) decide(row, { action: "accept" });
    else void questions[question](row).then(focusRow);
  }

  async function undo(pair?: { readonly text: string; readonly partner: string }): Promise<void> {
    const text = await decisions.undo(pair);
    if (text === undefined || !rowOf(text)) return;
    // A filter that hides it would hide what was done.
    if (!chosen.includes(places.get(text) ?? -1)) showEverything(text);
    else select(text);
    scrollToRow();
    focusRow();
  }

  function move(step: number): void {
    moveTo(Math.max(0, placeInList() + step));
  }

  function moveTo(at: number): void {
    const row = rows[chosen[Math.min(chosen.length - 1, Math.max(0, at))] ?? -1];
    if (!row) return;
    if (row.text !== selected) select(row.text);
    scrollToRow();
    focusRow();
  }

  /** Where the page scrolls as a whole its last rows are under the dock, so the row goes near the top. */
  function scrollToRow(): void {
    if (isWide.matches) list.scrollTo(placeInList());
    else if (panes.dataset["paneShown"] === "list") list.scrollTo(placeInList(), "third");
  }

  function focusRow(): void {
    if (panes.dataset["paneShown"] === "list" || isWide.matches)
      list.rowOf(placeInList())?.querySelector<HTMLElement>(".cand-phrase")?.focus({ preventScroll: true });
  }

  async function openConcept(): Promise<void> {
    const row = rowOf(selected);
    if (!row) return;
    const answer = await details.load(row.text);
    const address = answer?.ok ? answer.value.concept?.address : undefined;
    if (address !== undefined) location.assign(address);
    else say(t(actionOf(row) === "accept" ? "candidates:decide.no-entry" : "candidates:decide.not-accepted"));
  }

  /** From the tree, a look-alike or an address: the list shows it, without its filter if need be. */
  function goTo(text: string): void {
    if (!rowOf(text)) return;
    if (!chosen.includes(places.get(text) ?? -1)) showEverything(text);
    else select(text);
    list.scrollTo(Math.max(0, placeInList()), "third");
  }

  function pressInDetail(event: MouseEvent): void {
    const data = (name: string) => closest(event, `[data-${name}]`)?.dataset[name];
    const row = rowOf(selected);
    const at = data("at");
    const find = data("find");
    const [partner, taken] = [data("pair"), data("unpair")];
    if (at !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      goTo(at);
    } else if (find !== undefined) {
      changeView({ ...EVERYTHING, sort: view.sort, descending: view.descending, search: find });
      showPane(panes, "list");
    } else if (partner !== undefined && row) decisions.pair(row, partner, reason.take());
    else if (taken !== undefined && row) void undo({ text: row.text, partner: taken });
  }

  function startPointer(): void {
    listPane.addEventListener("click", (event) => {
      const row = closest(event, ".is-row");
      const text = rows[chosen[Number(row?.dataset["index"] ?? -1)] ?? -1]?.text;
      if (text === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      select(text);
      if (!isWide.matches) {
        showPane(panes, "detail");
        window.scrollTo(0, 0);
      }
    });
    detailPlace.addEventListener("click", pressInDetail);
  }
}

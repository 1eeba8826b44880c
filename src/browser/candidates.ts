/** S3, the candidates: list, selected candidate and its lines; moving, deciding and undoing by key. */
import { createDecisions } from "./candidates/decisions.ts";
import { renderEvidence, renderHead, renderLoading, stateWords } from "./candidates/detail.ts";
import type { Detail, DetailContext } from "./candidates/detail.ts";
import { createDetails } from "./candidates/details.ts";
import type { Details } from "./candidates/details.ts";
import { startExtractionButton } from "./candidates/extraction.ts";
import { startFilterBar } from "./candidates/filter.ts";
import { createLinesPane } from "./candidates/lines.ts";
import { EVERYTHING, actionOf, chooseRows, countRows } from "./candidates/model.ts";
import type { Action, Row, View } from "./candidates/model.ts";
import { renderRow, showRowState } from "./candidates/rows.ts";
import { createSessionKeeper, findUnsavedSession } from "./candidates/session.ts";
import type { Session } from "./candidates/session.ts";
import { all, closest, element, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { showPane } from "./shell/panes.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

type PageData = {
  readonly run?: string;
  readonly job?: string;
  readonly classNames: Readonly<Record<string, string>>;
  readonly language: string;
  readonly session?: Partial<Session>;
};

const ROW_HEIGHT = 54;
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
  const session = findUnsavedSession() ?? page.session;
  let rows: Row[] = [];
  let places = new Map<string, number>();
  let chosen: number[] = [];
  let view: View = pickView(session);
  let selected = new URLSearchParams(location.search).get("at") ?? session?.text ?? "";
  let details: Details = createDetails(page.run ?? "");
  /** Reasons that were written but belong to no decision yet. */
  const drafts = new Map<string, string>();
  const reason = element("textarea", { class: "field cand-reason-field", id: "cand-reason", rows: 1, maxlength: 2000 });
  const reasonItem = element(
    "div",
    { class: "form-item cand-reason-item" },
    element("label", { class: "label", for: "cand-reason" }, t("candidates:decide.reason"), " ", element("kbd", {}, "r")),
    reason,
  );
  const panes = required(".candidates");
  const listPane = required('.pane[data-pane="list"]');
  const detailPlace = required("[data-detail]");
  const rowContext = { language: page.language, classNames: page.classNames };
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
  const keepSession = createSessionKeeper(() => ({ ...view, text: selected, lines: lines.order() }));
  const bar = startFilterBar(page.classNames, { viewNow: () => view, onView: changeView });
  const decisions = createDecisions({ onChange: showChange, findRow: rowOf, say });

  startExtractionButton(page.job, { onDone: () => void load({ isNew: true }), say });
  required("[data-retry]").addEventListener("click", () => void load());
  startPointer();
  startKeys();
  void load();

  async function load({ isNew = false } = {}): Promise<void> {
    const show = (name: string, isShown: boolean) => (required(`[data-${name}]`).hidden = !isShown);
    show("failed", false);
    if (rows.length === 0) show("loading", true);
    const answer = await get<{ readonly run: string; readonly rows: Row[] }>(`/api/p/${project()}/candidates`, { quiet: true });
    show("loading", false);
    if (!answer.ok) {
      if (rows.length > 0) return say(answer.message);
      show("failed", true);
      required("[data-failed-words]").textContent = answer.message;
      return;
    }
    rows = answer.value.rows;
    places = new Map(rows.map(({ text }, at) => [text, at]));
    details = createDetails(answer.value.run);
    if (isNew) say(t("candidates:extract.done", { count: rows.length }));
    showNumbers();
    bar.show(view);
    show("none", rows.length === 0);
    applyView(rowOf(selected) ? selected : firstOpen());
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

  /** Makes the list anew; the selection stays if the list still has it. */
  function applyView(text: string): void {
    chosen = chooseRows(rows, view);
    const stays = chosen.some((at) => rows[at]?.text === text);
    const next = stays ? text : rows[chosen[0] ?? -1]?.text;
    // The mark must be right when rows are drawn.
    if (next !== undefined) selected = next;
    list.reset(chosen.length);
    const nothing = required("[data-nothing]");
    nothing.hidden = chosen.length > 0 || rows.length === 0;
    const words = view.search.trim();
    required("[data-nothing-words]").textContent =
      words === "" ? t("candidates:nothing.text") : t("candidates:nothing.words", { words });
    if (next !== undefined) select(next);
    else showNobody();
  }

  function placeInList(): number {
    const at = places.get(selected);
    return at === undefined ? -1 : chosen.indexOf(at);
  }

  function showNumbers(): void {
    const counts = countRows(rows);
    bar.showCounts(counts);
    const decided = (counts.byAction.get("accept") ?? 0) + (counts.byAction.get("drop") ?? 0);
    const words = t("candidates:progress", { decided, total: counts.all });
    const progress = element("progress", {
      class: "progress-mini",
      max: Math.max(1, counts.all),
      value: decided,
      "aria-label": words,
    });
    required("[data-progress]").replaceChildren(progress, words);
  }

  function markActive(row: HTMLElement, isActive: boolean): void {
    row.classList.toggle("is-active", isActive);
    if (isActive) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  function select(text: string): void {
    const before = list.rowOf(placeInList());
    if (before) markActive(before, false);
    if (selected !== text) keepDraft();
    selected = text;
    const at = placeInList();
    const after = list.rowOf(at);
    if (after) markActive(after, true);
    reason.value = drafts.get(text) ?? "";
    showSelected();
    keepSession();
    const next = rows[chosen[at + 1] ?? -1];
    if (next && details.known(text)) details.prefetch(next.text);
  }

  function keepDraft(): void {
    if (reason.value.trim() === "") drafts.delete(selected);
    else drafts.set(selected, reason.value);
  }

  function showNobody(): void {
    detailPlace.replaceChildren(element("p", { class: "quiet" }, t("candidates:detail.none")));
    lines.show(undefined);
    showOpenButton(undefined);
  }

  function showSelected(): void {
    const row = rowOf(selected);
    if (!row) return showNobody();
    const context: DetailContext = { ...rowContext, total: rows.length, rowOf, reason: reasonItem };
    const head = renderHead(row, (places.get(row.text) ?? 0) + 1, context);
    const known = details.known(row.text);
    if (known) return showDetail(row, known, head, context);
    detailPlace.replaceChildren(head, renderLoading());
    lines.show(undefined);
    showOpenButton(undefined);
    void details.load(row.text).then((answer) => {
      if (!answer || row.text !== selected || rowOf(row.text) !== row) return;
      if (answer.ok) {
        showDetail(row, answer.value, head, context);
        const next = rows[chosen[placeInList() + 1] ?? -1];
        if (next) details.prefetch(next.text);
      } else {
        const retry = element("button", { class: "btn btn-s", type: "button" }, t("candidates:retry"));
        retry.addEventListener("click", showSelected);
        const words = element("div", { class: "notice is-bad cand-tree" }, element("div", {}, answer.message), retry);
        detailPlace.replaceChildren(head, words);
      }
    });
  }

  function showDetail(row: Row, detail: Detail, head: HTMLElement, context: DetailContext): void {
    detailPlace.replaceChildren(head, ...renderEvidence(row, detail, context));
    lines.show({ lines: detail.lines, documents: detail.documents, uses: row.count, lost: detail.lost });
    showOpenButton(detail);
  }

  function showOpenButton(detail: Detail | undefined): void {
    required("[data-open-concept]").setAttribute("aria-disabled", String(detail?.concept === undefined));
  }

  function showChange(row: Row): void {
    const at = places.get(row.text);
    const shown = at === undefined ? undefined : list.rowOf(chosen.indexOf(at));
    if (shown) showRowState(shown, row);
    details.forget(row.text);
    showNumbers();
    if (row.text !== selected) return;
    detailPlace.querySelector("[data-state-words]")?.replaceWith(stateWords(row));
    // The entry may have come or gone; what else is shown stays until the answer is there.
    if (row.decision?.id === "") return;
    void details.load(row.text).then((answer) => {
      if (answer?.ok && row.text === selected) showSelected();
    });
  }

  function decide(action: Exclude<Action, "undecided">): void {
    const row = rowOf(selected);
    if (!row || placeInList() < 0) return;
    const words = reason.value.trim();
    reason.value = "";
    drafts.delete(row.text);
    decisions.decide(row, action, words);
    move(1);
  }

  async function undo(): Promise<void> {
    const text = await decisions.undo();
    if (text === undefined || !rowOf(text)) return;
    // A filter that hides it would hide what was done.
    if (!chosen.includes(places.get(text) ?? -1)) {
      view = { ...EVERYTHING, sort: view.sort, descending: view.descending };
      bar.show(view);
      applyView(text);
    } else select(text);
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
    if (!chosen.includes(places.get(text) ?? -1)) {
      view = { ...EVERYTHING, sort: view.sort, descending: view.descending };
      bar.show(view);
      applyView(text);
    } else select(text);
    list.scrollTo(Math.max(0, placeInList()), "third");
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
    detailPlace.addEventListener("click", (event) => {
      const text = closest(event, "[data-at]")?.dataset["at"];
      if (text !== undefined && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        goTo(text);
      }
      const find = closest(event, "[data-find]")?.dataset["find"];
      if (find !== undefined) {
        changeView({ ...EVERYTHING, sort: view.sort, descending: view.descending, search: find });
        showPane(panes, "list");
      }
    });
    reason.addEventListener("input", keepDraft);
    for (const button of all("[data-decide]")) {
      button.addEventListener("click", () => decide(button.dataset["decide"] as Exclude<Action, "undecided">));
    }
    required("[data-undo]").addEventListener("click", () => void undo());
    required("[data-open-concept]").addEventListener("click", () => void openConcept());
  }

  function startKeys(): void {
    registerKeys([
      { keys: "j", label: "candidates:keys.move", run: () => move(1) },
      { keys: "k", label: "candidates:keys.move", run: () => move(-1) },
      { keys: "ArrowDown", label: "candidates:keys.move", run: () => move(1) },
      { keys: "ArrowUp", label: "candidates:keys.move", run: () => move(-1) },
      { keys: "Home", label: "candidates:keys.ends", run: () => moveTo(0) },
      { keys: "End", label: "candidates:keys.ends", run: () => moveTo(chosen.length - 1) },
      { keys: "a", label: "candidates:decide.accept", run: () => decide("accept") },
      { keys: "d", label: "candidates:decide.drop", run: () => decide("drop") },
      { keys: "l", label: "candidates:decide.later", run: () => decide("later") },
      { keys: "r", label: "candidates:keys.reason", run: () => reason.focus() },
      { keys: "u", label: "common:undo", run: () => void undo() },
      { keys: "Ctrl+Z", label: "common:undo", run: () => void undo() },
      { keys: "Enter", label: "candidates:open", run: pressEnter },
    ]);
  }

  /** A button or link with the focus has its own Enter; a row opens its entry. */
  function pressEnter(event: KeyboardEvent): void {
    const own = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary") : undefined;
    if (own && !own.matches(".cand-phrase")) own.click();
    else void openConcept();
  }
}

function pickView(session: Partial<Session> | undefined): View {
  const { search, decision, class: name, lookAlikes, wide, sort, descending } = { ...EVERYTHING, ...session };
  return { search, decision, class: name, lookAlikes, wide, sort, descending };
}

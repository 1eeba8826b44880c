/** The evidence board: renderings found beside the entry's wordings, loaded after the page; a line becomes a proposal. */
import { all, closest, element, icon, project, required } from "../shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "../shell/jobs.ts";
import { get, post } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { formatTime, t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { langOf } from "../glossary/standing.ts";
import { createFreshPair, createLine, createPair, createStanding, findRange, groupLines } from "./evidence-lines.ts";
import type { Evidence, EvidenceLine } from "./evidence-model.ts";
import { concept, refreshPage } from "./state.ts";
import { undoStep } from "./undo.ts";

const PAIRS_AT_ONCE = 4;
const address = () => `/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}/evidence`;
const languages = () => ({ source: langOf(concept().languages.source), target: langOf(concept().languages.target) });

let isMining = false;
/** Of each line shown: draws anew how it stands. */
const redraw = new Map<string, (line: EvidenceLine) => void>();
let decisions: MutationObserver | undefined;

export async function showEvidence(): Promise<void> {
  const answer = await get<Evidence>(address(), { quiet: true });
  if (!answer.ok) return say(t("glossary:evidence.failed"), againButton("glossary:evidence.try-again", showEvidence));
  show(answer.value);
  followDecisions();
  showFresh(answer.value);
  if (answer.value.running) await follow(answer.value.running.id);
}

/** A step taken elsewhere on the page changes how lines stand; what is open stays open. */
function followDecisions(): void {
  if (decisions) return;
  decisions = new MutationObserver(async () => {
    const answer = await get<Evidence>(address(), { quiet: true });
    if (!answer.ok) return;
    for (const line of answer.value.lines) redraw.get(keyOf(line))?.(line);
  });
  decisions.observe(required('[data-swap="terms"]'), { childList: true });
}

function keyOf({ term, text }: EvidenceLine): string {
  return `${term}\n${text}`;
}

function place(): HTMLElement {
  return required("[data-evidence]");
}

function say(words: string, ...more: readonly Node[]): void {
  place().replaceChildren(element("div", { class: "card-body stack-s" }, element("p", { class: "quiet" }, words), ...more));
}

function againButton(label: string, run: () => Promise<void>): HTMLElement {
  const button = element("button", { class: "btn btn-s", type: "button" }, icon("refresh"), t(label));
  button.addEventListener("click", () => void run());
  return element("div", { class: "btn-row" }, button);
}

/** Pairs that came since are there at once, below what was found; looking again counts them in. */
function showFresh({ fresh, madeAt }: Evidence): void {
  if (fresh.length === 0) return;
  const count = fresh.length;
  const words = madeAt === undefined ? t("glossary:evidence.fresh", { count }) : t("glossary:evidence.fresh-since", { count });
  const block = element("div", { class: "card-body stack-s", "data-fresh": true }, element("h3", { class: "label" }, words));
  let shown = 0;
  const more = element("button", { class: "btn btn-s btn-quiet", type: "button" });
  const showMore = () => {
    more.before(...fresh.slice(shown, shown + PAIRS_AT_ONCE).map((pair) => createFreshPair(pair, languages())));
    shown = Math.min(count, shown + PAIRS_AT_ONCE);
    more.hidden = shown === count;
    more.textContent = t("glossary:evidence.more-pairs", { count: count - shown });
  };
  block.append(more);
  showMore();
  more.addEventListener("click", showMore);
  place().append(block);
}

function show(evidence: Evidence): void {
  const { state, lines, units, read, madeAt, isOld } = evidence;
  const summary = required("[data-evidence-summary]");
  summary.textContent =
    state === "ready"
      ? t("glossary:evidence.summary", { count: units, read, at: madeAt ? formatTime(new Date(madeAt)) : "" })
      : "";
  if (state !== "ready") return say(t(`glossary:evidence.${state}`), againButton("glossary:evidence.look", mine));
  if (lines.length === 0) {
    return say(t("glossary:evidence.nothing"), ...(isOld ? [againButton("glossary:evidence.look-again", mine)] : []));
  }
  redraw.clear();
  const range = findRange(lines);
  const body = element("tbody", {});
  for (const { line, under } of groupLines(lines)) {
    addLine(body, line, { isUnder: false, range });
    if (under.length === 0) continue;
    const rows = under.map((one) => addLine(body, one, { isUnder: true, range }));
    for (const row of rows) row.hidden = true;
    const more = element(
      "button",
      { class: "btn btn-s btn-quiet", type: "button" },
      t("glossary:evidence.under", { count: under.length }),
    );
    const cell = element("tr", { class: "evidence-more" }, element("td", { colspan: 6 }, more));
    more.addEventListener("click", () => {
      for (const row of rows) row.hidden = false;
      cell.remove();
      rows[0]?.querySelector("button")?.focus();
    });
    rows[0]?.before(cell);
  }
  const heads = ["rendering", "pairs", "confidence", "issued", "when", "stands"].map((name) =>
    element("th", { scope: "col", class: name === "pairs" ? "num" : undefined }, t(`glossary:evidence.head-${name}`)),
  );
  const table = element("table", { class: "table evidence-table" }, element("thead", {}, element("tr", {}, ...heads)), body);
  place().replaceChildren(element("div", { class: "table-wrap" }, table));
  if (isOld) {
    const notice = element("div", { class: "notice" }, icon("s-info"), element("div", {}, t("glossary:evidence.old")));
    place().prepend(element("div", { class: "card-body stack-s" }, notice, againButton("glossary:evidence.look-again", mine)));
  }
}

function addLine(
  body: HTMLElement,
  first: EvidenceLine,
  { isUnder, range }: { readonly isUnder: boolean; readonly range: ReturnType<typeof findRange> },
): HTMLTableRowElement {
  let line = first;
  const row = createLine(line, { languages: languages(), isUnder, span: range });
  let pairs: HTMLTableRowElement | undefined;
  row.addEventListener("click", (event) => {
    const button = closest<HTMLButtonElement>(event, "[data-take]");
    if (button) return void take(line, button);
    const opener = required("[data-open]", row);
    if (getSelection()?.isCollapsed === false && !closest(event, "[data-open]")) return;
    const isOpen = opener.getAttribute("aria-expanded") === "true";
    opener.setAttribute("aria-expanded", String(!isOpen));
    opener.querySelector("use")?.setAttribute("href", isOpen ? "#i-right" : "#i-down");
    pairs ??= createPairs(line);
    if (isOpen) pairs.remove();
    else row.after(pairs);
  });
  redraw.set(keyOf(line), (next) => {
    line = next;
    row.lastElementChild?.replaceWith(createStanding(line));
    const open = pairs?.isConnected ? pairs : undefined;
    pairs = open && createPairs(line);
    if (pairs) open?.replaceWith(pairs);
  });
  body.append(row);
  return row;
}

function createPairs(line: EvidenceLine): HTMLTableRowElement {
  const cell = element("td", { colspan: 6 });
  let shown = 0;
  const more = element("button", { class: "btn btn-s btn-quiet", type: "button" });
  const showMore = () => {
    const next = line.sightings.slice(shown, shown + PAIRS_AT_ONCE);
    more.before(...next.map((sighting) => createPair(line, sighting, languages())));
    shown += next.length;
    more.hidden = shown >= line.sightings.length;
    more.textContent = t("glossary:evidence.more-pairs", { count: line.sightings.length - shown });
  };
  cell.append(more);
  showMore();
  more.addEventListener("click", showMore);
  cell.addEventListener("click", (event) => {
    const button = closest<HTMLButtonElement>(event, "[data-take]");
    if (button) void take(line, button);
  });
  return element("tr", { class: "evidence-open" }, cell);
}

/** A proposal with its citation, or one more citation for a rendering that the entry has. */
async function take(line: EvidenceLine, button: HTMLButtonElement): Promise<void> {
  const dock = required("[data-saved]");
  button.disabled = true;
  showSavedState(dock, { kind: "saving" });
  const answer = await post<{ readonly term: string }>(address(), {
    term: line.term,
    text: line.text,
    unit: button.dataset["take"],
  });
  button.disabled = false;
  showSavedState(dock, answer.ok ? { kind: "saved", at: new Date() } : { kind: "unsaved" });
  if (!answer.ok) return;
  const isKnown = line.standing !== undefined && line.standing.status !== "rejected";
  await refreshPage();
  showToast(t(isKnown ? "glossary:done.cited" : "glossary:done.added", { text: line.text }), { undo: undoStep });
}

async function mine(): Promise<void> {
  if (isMining) return;
  const started = await post<{ readonly job: string }>(`/api/p/${project()}/renderings/runs`);
  if (started.ok) await follow(started.value.job);
}

async function follow(id: string): Promise<void> {
  if (isMining) return;
  isMining = true;
  const cancel = element("button", { class: "btn btn-s", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(id));
  const bar = element("progress", { max: 100 });
  const words = element("p", { class: "quiet", role: "status" });
  const running = element(
    "div",
    { class: "card-body stack-s", "aria-busy": "true" },
    words,
    bar,
    element("div", { class: "btn-row" }, cancel),
  );
  for (const old of all("[aria-busy]", place())) old.remove();
  place().prepend(running);
  const job = await followJob(id, (now) => {
    words.textContent = jobWords(now);
    const percent = jobPercent(now);
    bar.setAttribute("aria-label", words.textContent);
    if (percent === undefined) bar.removeAttribute("value");
    else bar.value = percent;
  });
  isMining = false;
  running.remove();
  if (job.state === "done") return showEvidence();
  say(t("glossary:evidence.stopped"), againButton("glossary:evidence.look-again", mine));
}

/**
 * S7, checks: starts a run when the page is opened (nothing runs when nothing has changed), shows findings by wording,
 * filters, goes to rows, ignores with a reason. Where a person was is kept for the way back from a row.
 */
import { showFacets, valueName } from "./checks/facets.ts";
import { askForReason } from "./checks/ignoring.ts";
import { FACETS, groupOf, isSameDecision, keyOf, passing, rowsOf } from "./checks/model.ts";
import type { Checks, Filters, Ignore, Row, ShownFinding } from "./checks/model.ts";
import { messageOf, seconds, showFinding, showGroup } from "./checks/rows.ts";
import type { Languages } from "./checks/rows.ts";
import { all, closest, element, icon, pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "./shell/jobs.ts";
import { registerKeys } from "./shell/keys.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatTime, t } from "./shell/strings.ts";
import { showToast, undoShown } from "./shell/toast.ts";
import { createVirtualList } from "./shell/virtual-list.ts";
import type { VirtualList } from "./shell/virtual-list.ts";

type Started = { readonly state: "current" | "started"; readonly job?: string };
type Kept = { readonly filters: Filters; readonly open: readonly string[]; readonly active?: string | undefined };

const ROW_HEIGHT = 72;
const base = `/api/p/${project()}/checks`;
const memory = `dingyi-checks ${project()}`;

await startPage();
const languages = pageData() as Languages;
const scroller = required("[data-scroller]");
const list = required("[data-list]");
const place = required("[data-place]");
const note = required("[data-note]");
const dock = required("[data-dock]");
const againButton = required<HTMLButtonElement>("[data-again]");
const kept = readKept();

let checks: Checks | undefined;
let filters: Filters = kept?.filters ?? { ignored: false };
let open = new Set(kept?.open ?? []);
let active: string | undefined = kept?.active;
let rows: readonly Row[] = [];
let virtual: VirtualList | undefined;
let isRunning = false;

againButton.addEventListener("click", () => void run(true));
list.addEventListener("click", onClick);
registerKeys([
  { keys: "j", label: "checks-page:keys.move", run: () => move(1) },
  { keys: "k", label: "checks-page:keys.move", run: () => move(-1) },
  { keys: "ArrowDown", label: "checks-page:keys.move", hidden: true, run: () => move(1) },
  { keys: "ArrowUp", label: "checks-page:keys.move", hidden: true, run: () => move(-1) },
  { keys: "Enter", label: "checks-page:keys.go", run: goToActive },
  { keys: "i", label: "checks-page:keys.ignore", run: () => void decideActive() },
  { keys: "r", label: "checks-page:keys.again", run: () => void run(true) },
  { keys: "Ctrl+Z", label: "common:undo", run: () => void undoShown() },
]);
addEventListener("pagehide", keep);
// Back from a row the browser may show this page as it was left: what was mended there must not stay in the list.
addEventListener("pageshow", (event) => {
  if (event.persisted) void run(false);
});
await load({ isFirst: true });
await run(false);

/** Shows what the last run found; the first time, only if there is one. */
async function load({ isFirst }: { readonly isFirst: boolean }): Promise<void> {
  const answer = await get<Checks | { readonly state: "none" }>(base);
  if (!answer.ok || answer.value.state === "none") return isFirst ? undefined : showFailed(undefined);
  checks = answer.value;
  draw({ keepScroll: !isFirst });
}

async function run(again: boolean): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  againButton.disabled = true;
  const words = t(checks ? "checks-page:running-again" : "checks-page:running");
  if (checks) dock.textContent = words;
  const started = await post<Started>(`${base}/runs`, { again });
  if (started.ok && started.value.job !== undefined) {
    const id = started.value.job;
    const job = await followJob(id, (now) => showRunning(jobWords(now), jobPercent(now), id));
    if (job.state === "done") await load({ isFirst: false });
    else if (checks) {
      dock.textContent = t("checks-page:cancelled");
      note.replaceChildren(notice(t("checks-page:cancelled")));
    } else showFailed(job.error);
  } else if (started.ok) draw({ keepScroll: true });
  else if (!checks) showFailed(undefined);
  isRunning = false;
  againButton.disabled = false;
}

function showRunning(words: string, percent: number | undefined, id: string): void {
  const cancel = element("button", { class: "btn btn-s", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(id));
  const progress = element("progress", { max: 100, value: percent, "aria-label": words });
  if (checks) return dock.replaceChildren(words, " ", cancel);
  showInstead(
    element("div", { class: "empty", "aria-busy": "true" }, element("h2", { class: "strong" }, words), progress, cancel),
  );
}

function showFailed(error: string | undefined): void {
  const again = element("button", { class: "btn", type: "button" }, icon("refresh"), t("checks-page:again"));
  again.addEventListener("click", () => void run(true));
  showInstead(
    element(
      "div",
      { class: "empty" },
      element("h2", { class: "status is-bad strong" }, icon("s-error"), t("checks-page:empty.failed")),
      element("p", {}, t("checks-page:empty.failed-text")),
      error ? element("p", { class: "quiet" }, error) : undefined,
      again,
    ),
  );
}

function showInstead(content: HTMLElement): void {
  list.hidden = true;
  place.replaceChildren(content);
}

function draw({ keepScroll }: { readonly keepScroll: boolean }): void {
  if (!checks) return;
  const shown = passing(checks, filters);
  const groups = groupOf(checks, shown);
  const [first] = groups;
  if (first && !groups.some(({ subject }) => open.has(subject))) open = new Set([first.subject]);
  rows = rowsOf(groups, open);
  say(checks, shown.length);
  drawFacets(checks);
  if (shown.length === 0) return showInstead(emptyState(checks));
  place.replaceChildren();
  list.hidden = false;
  virtual ??= createVirtualList({ scroller, container: list, count: 0, rowHeight: ROW_HEIGHT, renderRow });
  virtual.reset(rows.length, { keepScroll });
  const at = activeIndex();
  if (!keepScroll && at >= 0) virtual.scrollTo(at, "third");
}

function renderRow(index: number): HTMLElement {
  const row = rows[index];
  if (!checks || !row) return element("div");
  if (row.kind === "group") return showGroup({ checks, group: row.group, isOpen: open.has(row.group.subject), languages });
  const key = keyOf(row.finding);
  return showFinding({ checks, finding: row.finding, key, isActive: key === active, languages });
}

function say(now: Checks, shown: number): void {
  const total = now.findings.filter((finding) => (finding.ignored !== undefined) === filters.ignored).length;
  dock.textContent = shown === total ? t("checks-page:count", { count: total }) : t("checks-page:shown-of", { shown, total });
  required("[data-summary]").textContent = t("checks-page:checked", {
    rows: now.pairs - now.alignedPairs,
    aligned: now.alignedPairs,
    seconds: seconds(now.milliseconds),
    time: formatTime(new Date(now.checkedAt)),
  });
  note.replaceChildren(...(now.unsurePairs > 0 ? [notice(t("checks-page:unsure", { count: now.unsurePairs }))] : []));
}

function notice(words: string): HTMLElement {
  return element("div", { class: "notice checks-notice" }, icon("s-info"), element("div", {}, words));
}

function drawFacets(now: Checks): void {
  const side = required("[data-facets]");
  const focused = side.contains(document.activeElement) ? all("button", side).indexOf(document.activeElement as HTMLElement) : -1;
  const onChange = (next: Filters) => {
    filters = next;
    draw({ keepScroll: false });
  };
  side.replaceChildren(...showFacets({ checks: now, filters, sourceLanguage: languages.sourceLanguage, onChange }));
  if (focused >= 0) all("button", side)[focused]?.focus();
  for (const link of all<HTMLAnchorElement>("[data-report]")) {
    const query = new URLSearchParams({ format: link.dataset["report"] ?? "" });
    for (const facet of FACETS) if (filters[facet] !== undefined) query.set(facet, filters[facet]);
    link.search = query.toString();
  }
}

function emptyState(now: Checks): HTMLElement {
  const filtered = FACETS.flatMap((facet) => {
    const value = filters[facet];
    return value === undefined ? [] : [valueName(now, facet, value)];
  });
  if (filtered.length > 0) {
    const clear = element("button", { class: "btn", type: "button" }, t("checks-page:empty.clear"));
    clear.addEventListener("click", () => {
      filters = { ignored: filters.ignored };
      draw({ keepScroll: false });
    });
    return empty("checks-page:empty.filtered", t("checks-page:empty.filtered-text", { filters: filtered.join(" · ") }), clear);
  }
  if (filters.ignored) return empty("checks-page:empty.no-ignored", t("checks-page:empty.no-ignored-text"));
  if (now.pairs > 0) return empty("checks-page:empty.clean", t("checks-page:empty.clean-text", { count: now.pairs }));
  const links = (["translate", "align"] as const).map((area) =>
    element("a", { class: "btn", href: `/p/${project()}/${area}` }, t(`checks-page:empty.${area}`)),
  );
  const row = element("div", { class: "btn-row" }, ...links);
  return empty("checks-page:empty.nothing", t("checks-page:empty.nothing-text"), row);
}

function empty(title: string, text: string, ...more: HTMLElement[]): HTMLElement {
  return element("div", { class: "empty" }, element("h2", { class: "strong" }, t(title)), element("p", {}, text), ...more);
}

function onClick(event: Event): void {
  const group = closest(event, "[data-group]");
  if (group) return toggle(group.dataset["group"] ?? "");
  const key = closest(event, "[data-finding]")?.dataset["finding"];
  if (key === undefined) return;
  setActive(key);
  if (closest(event, "[data-decide]")) void decideActive();
}

function toggle(subject: string): void {
  if (open.has(subject)) open.delete(subject);
  else open.add(subject);
  if (!checks) return;
  rows = rowsOf(groupOf(checks, passing(checks, filters)), open);
  virtual?.reset(rows.length, { keepScroll: true });
  list.querySelector<HTMLElement>(`[data-group="${CSS.escape(subject)}"]`)?.focus();
}

function setActive(key: string | undefined): void {
  const before = activeIndex();
  active = key;
  const after = activeIndex();
  for (const at of [before, after]) if (at >= 0) mark(at);
}

/** The row keeps its element, so that a press on a button in it is not lost. */
function mark(index: number): void {
  const element = virtual?.rowOf(index);
  if (!element) return;
  const isActive = element.dataset["finding"] === active;
  element.classList.toggle("is-active", isActive);
  if (isActive) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

function activeIndex(): number {
  return rows.findIndex((row) => row.kind === "finding" && keyOf(row.finding) === active);
}

function activeFinding(): ShownFinding | undefined {
  const row = rows[activeIndex()];
  return row?.kind === "finding" ? row.finding : undefined;
}

/** To the next finding, in the next group too: that one opens. */
function move(step: number): void {
  if (!checks) return;
  const groups = groupOf(checks, passing(checks, filters));
  const flat = groups.flatMap(({ findings }) => findings);
  const at = flat.findIndex((finding) => keyOf(finding) === active);
  const next = flat[at < 0 ? (step > 0 ? 0 : flat.length - 1) : Math.min(flat.length - 1, Math.max(0, at + step))];
  if (!next) return;
  if (!open.has(next.subject)) {
    open.add(next.subject);
    rows = rowsOf(groups, open);
    virtual?.reset(rows.length, { keepScroll: true });
  }
  setActive(keyOf(next));
  const index = activeIndex();
  virtual?.scrollTo(index);
  virtual?.rowOf(index)?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
}

function goToActive(event: KeyboardEvent): void {
  // A button or link with the focus has its own Enter.
  const own = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary") : undefined;
  if (own) return own.click();
  const address = checks?.texts[activeFinding()?.pair ?? ""]?.address;
  if (address !== undefined) location.assign(address);
}

async function decideActive(): Promise<void> {
  const finding = activeFinding();
  if (!finding) return;
  if (finding.ignored) return showAgain(finding);
  const reason = await askForReason(messageOf(finding));
  if (reason === undefined) return;
  const { rule, pair, subject } = finding;
  const answer = await post<Ignore>(`${base}/ignored`, { rule, pair, subject, reason });
  if (!answer.ok) return;
  step(finding, answer.value);
  showToast(t("checks-page:done.ignored", { reason }), { undo: () => showAgain(finding) });
}

async function showAgain(finding: ShownFinding): Promise<void> {
  const { rule, pair, subject } = finding;
  if (!(await post(`${base}/shown`, { rule, pair, subject })).ok) return;
  step(finding, undefined);
  showToast(t("checks-page:done.shown"));
}

/** Changes the list by what was decided and goes on to the neighbour of what has left it. */
function step(finding: ShownFinding, ignored: Ignore | undefined): void {
  if (!checks) return;
  const flat = passing(checks, filters);
  const at = flat.findIndex((one) => keyOf(one) === keyOf(finding));
  const findings = checks.findings.map((one): ShownFinding => {
    return isSameDecision(one, finding) ? { ...one, ignored } : one;
  });
  checks = { ...checks, findings };
  const after = passing(checks, filters);
  const neighbour = after[Math.min(at, after.length - 1)];
  active = neighbour && at >= 0 ? keyOf(neighbour) : active;
  if (neighbour && at >= 0) open.add(neighbour.subject);
  draw({ keepScroll: true });
}

function keep(): void {
  try {
    sessionStorage.setItem(memory, JSON.stringify({ filters, open: [...open], active } satisfies Kept));
  } catch {
    // A private window keeps nothing; the page then opens at its top.
  }
}

function readKept(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(memory) ?? "null") as Kept | undefined;
  } catch {
    return undefined;
  }
}

/**
 * A translated file that came back: what differs, what to take, taking it over with the revisions that were shown, and
 * undoing. Rows that somebody saved in the meantime are not overwritten; they come back into the list with both texts.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import { describeDiagnostic } from "./export/diagnostics.ts";
import { askToConfirm } from "./shell/dialogs.ts";
import { all, closest, element, icon, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatInstant, formatNumber, t } from "./shell/strings.ts";
import { createVirtualList } from "./shell/virtual-list.ts";
import type { VirtualList } from "./shell/virtual-list.ts";
import { KINDS, canTake, forgetChoices, openChoices } from "./translation-import/model.ts";
import type { Change, Kind, Result } from "./translation-import/model.ts";
import { kindStatus, showRow } from "./translation-import/row.ts";

type Given = { readonly return: string; readonly sourceLanguage: string; readonly targetLanguage: string };
type Answered = {
  readonly name: string;
  readonly counts: Readonly<Record<Kind | "unchanged", number>>;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  readonly result?: Result;
};

const ROW_HEIGHT = 130;
const FEW_DIAGNOSTICS = 20;

await startPage();
const given = pageData() as Given;
const base = `/api/p/${project()}/returns/${given.return}`;
const kept = `dingyi-return ${given.return}`;
const choices = openChoices(kept);
const scroller = required("[data-scroller]");
const list = required("[data-list]");
const place = required("[data-place]");
const takeButton = required<HTMLButtonElement>("[data-take]");
const drafts = required<HTMLInputElement>("[data-drafts]");

let answered: Answered | undefined;
let kind: Kind | undefined;
let shown: readonly Change[] = [];
let active: number | undefined;
let virtual: VirtualList | undefined;
let isBusy = false;

takeButton.addEventListener("click", () => void take());
required("[data-discard]").addEventListener("click", () => void discard());
required("[data-all]").addEventListener("click", () => setShown(true));
required("[data-none]").addEventListener("click", () => setShown(false));
list.addEventListener("click", (event) => {
  const row = closest(event, "[data-row]");
  if (!row) return;
  const at = Number(row.dataset["row"]);
  activate(at);
  const change = shown.find((one) => one.at === at);
  if (change && closest(event, "[data-box]")) setTaken(change, closest<HTMLInputElement>(event, "[data-box]")?.checked === true);
});
registerKeys([
  { keys: "j", label: "returns:keys.move", run: () => move(1) },
  { keys: "k", label: "returns:keys.move", run: () => move(-1) },
  { keys: "ArrowDown", label: "returns:keys.move", hidden: true, run: () => move(1) },
  { keys: "ArrowUp", label: "returns:keys.move", hidden: true, run: () => move(-1) },
  { keys: "x", label: "returns:keys.toggle", run: toggleActive },
  { keys: "Ctrl+Enter", label: "returns:keys.take", run: () => void take(), inFields: true },
  { keys: "Ctrl+Z", label: "returns:keys.undo", run: () => void undo() },
]);
await load();

async function load(): Promise<void> {
  const answer = await get<Answered>(base);
  if (!answer.ok) {
    list.hidden = true;
    place.replaceChildren(empty(t("returns:empty.failed"), t("returns:empty.failed-text")));
    return;
  }
  answered = answer.value;
  if (kind !== undefined && answered.counts[kind] === 0) kind = undefined;
  draw();
}

function draw(): void {
  if (!answered) return;
  shown = kind === undefined ? answered.changes : answered.changes.filter((change) => change.kind === kind);
  drawFacets(answered);
  drawNotes(answered);
  countChosen();
  required("[data-summary]").textContent = t("returns:summary", {
    name: answered.name,
    count: answered.changes.length,
    unchanged: answered.counts.unchanged,
  });
  list.hidden = shown.length === 0;
  place.replaceChildren(...(shown.length === 0 ? [nothing(answered)] : []));
  if (shown.length === 0) return;
  virtual ??= createVirtualList({ scroller, container: list, count: 0, rowHeight: ROW_HEIGHT, renderRow });
  virtual.reset(shown.length);
}

function renderRow(index: number): HTMLElement {
  const change = shown[index];
  if (!change) return element("div");
  const title = answered?.documents.find(({ id }) => id === change.stored?.document)?.title ?? "";
  const { sourceLanguage, targetLanguage } = given;
  const isActive = change.at === active;
  return showRow({ change, title, isTaken: choices.isTaken(change), isActive, sourceLanguage, targetLanguage });
}

function nothing({ counts, changes }: Answered): HTMLElement {
  if (changes.length === 0) {
    return empty(t("returns:empty.same"), t("returns:empty.same-text", { count: counts.unchanged }));
  }
  const all = element("button", { class: "btn", type: "button" }, t("returns:empty.show-all"));
  all.addEventListener("click", () => {
    kind = undefined;
    draw();
  });
  const name = kind === undefined ? "" : t(`returns:kind.${kind}`);
  return empty(t("returns:empty.filter"), t("returns:empty.filter-text", { kind: name }), all);
}

function empty(title: string, text: string, ...more: HTMLElement[]): HTMLElement {
  return element("div", { class: "empty" }, element("h2", { class: "strong" }, title), element("p", {}, text), ...more);
}

function drawFacets({ counts, changes }: Answered): void {
  const entries: readonly (readonly [Kind | undefined, number])[] = [
    [undefined, changes.length],
    ...KINDS.filter((one) => counts[one] > 0).map((one) => [one, counts[one]] as const),
  ];
  const buttons = entries.map(([value, count]) => {
    const button = element(
      "button",
      { class: "facet", type: "button", "aria-pressed": String(kind === value) },
      value === undefined ? element("span", {}, t("returns:all")) : kindStatus(value),
      element("span", { class: "count" }, formatNumber(count)),
    );
    button.addEventListener("click", () => {
      kind = value;
      draw();
    });
    return button;
  });
  required("[data-facets]").replaceChildren(element("div", { class: "facet-list" }, ...buttons));
}

function drawNotes({ result, diagnostics }: Answered): void {
  const notes: HTMLElement[] = [];
  if (result) notes.push(resultNote(result));
  if (diagnostics.length > 0) {
    const lines = diagnostics.slice(0, FEW_DIAGNOSTICS).map((one) => element("li", {}, describeDiagnostic(one)));
    notes.push(
      element(
        "details",
        { class: "notice is-warn" },
        element("summary", {}, icon("s-warn"), " ", t("returns:diagnostics", { count: diagnostics.length })),
        element("ul", {}, ...lines),
      ),
    );
  }
  required("[data-notes]").replaceChildren(...notes);
}

function resultNote(result: Result): HTMLElement {
  const { undone } = result;
  const words = undone
    ? [t("returns:done.undone", { count: undone.rows }), undone.left > 0 ? t("returns:done.left", { count: undone.left }) : ""]
    : [
        t("returns:done.taken", { count: result.taken }),
        result.stale > 0 ? t("returns:done.stale", { count: result.stale }) : "",
        t("returns:done.by", { author: result.author, at: formatInstant(new Date(result.at)) }),
      ];
  const button = element(
    "button",
    { class: "btn btn-s", type: "button", "data-undo": true },
    icon("undo"),
    t("returns:done.undo"),
  );
  button.addEventListener("click", () => void undo());
  const text = words.filter((one) => one !== "").join(" ");
  return element(
    "div",
    { class: undone ? "notice" : result.stale > 0 ? "notice is-warn" : "notice is-good", role: "status" },
    icon(undone ? "undo" : "s-check"),
    element("div", { class: "grow" }, text),
    undone || result.taken === 0 ? undefined : button,
  );
}

function countChosen(): void {
  const count = answered?.changes.filter((change) => choices.isTaken(change)).length ?? 0;
  takeButton.disabled = count === 0 || isBusy;
  required("[data-take-words]", takeButton).textContent = count === 0 ? t("returns:take-none") : t("returns:take", { count });
}

function setTaken(change: Change, taken: boolean): void {
  choices.set([change], taken);
  virtual?.refresh(shown.indexOf(change));
  countChosen();
}

function setShown(taken: boolean): void {
  choices.set(shown, taken);
  for (const row of all("[data-row]", list)) {
    const change = shown.find(({ at }) => at === Number(row.dataset["row"]));
    if (change && canTake(change)) required<HTMLInputElement>("[data-box]", row).checked = taken;
  }
  countChosen();
}

function activate(at: number): void {
  for (const row of all("[data-row]", list)) {
    const isActive = Number(row.dataset["row"]) === at;
    row.classList.toggle("is-active", isActive);
    if (isActive) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  active = at;
}

function move(step: number): void {
  const index = shown.findIndex(({ at }) => at === active);
  const next = index < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, index + step));
  const change = shown[next];
  if (!change) return;
  virtual?.scrollTo(next);
  activate(change.at);
  virtual?.rowOf(next)?.querySelector<HTMLElement>("[data-box]:enabled, a")?.focus({ preventScroll: true });
}

function toggleActive(): void {
  const change = shown.find(({ at }) => at === active);
  if (change && canTake(change)) setTaken(change, !choices.isTaken(change));
}

async function take(): Promise<void> {
  const chosen = answered?.changes.filter((change) => choices.isTaken(change)) ?? [];
  if (chosen.length === 0 || isBusy) return;
  isBusy = true;
  takeButton.disabled = true;
  const rows = chosen.map(({ at, stored }) => ({ at, revision: stored?.revision ?? 0 }));
  const answer = await post<{ readonly result: Result }>(`${base}/take`, { rows, confirmDrafts: drafts.checked });
  isBusy = false;
  if (answer.ok) {
    forgetChoices(kept);
    await load();
  } else countChosen();
}

async function undo(): Promise<void> {
  const result = answered?.result;
  if (!result || result.undone || result.taken === 0 || isBusy) return;
  isBusy = true;
  const answer = await post(`${base}/undo`);
  isBusy = false;
  if (answer.ok) await load();
}

async function discard(): Promise<void> {
  const question = { title: t("returns:discard-question"), text: t("returns:discard-text"), action: t("returns:discard") };
  if (!(await askToConfirm(question))) return;
  if (!(await post(`${base}/discard`)).ok) return;
  forgetChoices(kept);
  location.assign(`/p/${project()}/export`);
}

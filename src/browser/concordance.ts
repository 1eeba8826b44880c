/** The concordance: answers while a person types, filters, moves by keys, copies, opens a unit where it comes from. */
import { createAsking } from "./concordance/asking.ts";
import { nameOf, showFacets } from "./concordance/facets.ts";
import { FACETS, isFiltered, langOf, NO_QUESTION, readQuestion, writeQuestion } from "./concordance/model.ts";
import type { Answer, Found, Hint, Manner, PageData, Question, Side } from "./concordance/model.ts";
import { createHit, createPlaceholder, describeHint } from "./concordance/rows.ts";
import { createTicks } from "./concordance/ticks.ts";
import { all, closest, element, icon, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import type { Failure } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { showProblem, showToast, undoShown } from "./shell/toast.ts";
import { createVirtualList } from "./shell/virtual-list.ts";

/** After the last key: short enough not to be noticed. */
const TYPING_PAUSE = 120;
/** Fewer hits than this and similar wordings are looked for as well. */
const FEW = 5;
const LEAST_NEAR = 4;

await startPage();
const page = pageData() as PageData;
const find = required<HTMLInputElement>("[data-find]");
const order = required<HTMLSelectElement>("[data-order]");
const scroller = required("[data-scroller]");
const container = required("[data-list]");
const place = required("[data-place]");
const summary = required("[data-summary]");
const dock = required("[data-dock]");
const facetSide = required("[data-facets]");
const start = [...place.childNodes];

let question: Question = readQuestion(new URLSearchParams(location.search));
let found: Found | undefined;
let active = -1;
let typing = 0;

const asking = createAsking({
  onAnswer,
  onBlock: (offset, count) => {
    for (let index = offset; index < offset + count; index += 1) list.refresh(index);
  },
});
const list = createVirtualList({
  scroller,
  container,
  count: 0,
  rowHeight: 96,
  renderRow: (index) => {
    const hit = asking.hitAt(index);
    if (!hit || !found) return createPlaceholder();
    return createHit({ hit, hints: found.hints, page, isActive: index === active, isTicked: ticks.has(hit.id) });
  },
});

const ticks = createTicks({ page, place: required("[data-bulk]"), dock, onChanged: () => change({}) });

find.value = question.find;
order.value = question.order;
startAsking();
startRows();
showControls();
change({});
find.focus({ preventScroll: true });

function startAsking(): void {
  const soon = () => {
    clearTimeout(typing);
    typing = window.setTimeout(() => change({ find: find.value }), TYPING_PAUSE);
  };
  find.addEventListener("input", (event) => {
    // Half-typed pinyin is no question yet; the end of the composition is.
    if (!(event as InputEvent).isComposing) soon();
  });
  find.addEventListener("compositionend", soon);
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    find.blur();
    move(active < 0 ? 1 : 0);
  });
  order.addEventListener("change", () => change({ order: order.value }));
  for (const button of all("[data-side]"))
    button.addEventListener("click", () => change({ side: button.dataset["side"] as Side }));
  for (const button of all("[data-manner]")) {
    button.addEventListener("click", () => change({ manner: button.dataset["manner"] as Manner }));
  }
  required('[data-exact="case"]').addEventListener("click", () => change({ isCaseExact: !question.isCaseExact }));
  required('[data-exact="width"]').addEventListener("click", () => change({ isWidthExact: !question.isWidthExact }));
}

function change(part: Partial<Question>): void {
  question = { ...question, ...part };
  const words = writeQuestion(question).toString();
  history.replaceState(undefined, "", words === "" ? location.pathname : `?${words}`);
  showControls();
  if (question.find.trim() === "") return showStart();
  container.setAttribute("aria-busy", "true");
  asking.ask(question);
}

function showControls(): void {
  const press = (selector: string, isPressed: (button: HTMLElement) => boolean) => {
    for (const button of all(selector)) button.setAttribute("aria-pressed", String(isPressed(button)));
  };
  press("[data-side]", (button) => button.dataset["side"] === question.side);
  press("[data-manner]", (button) => button.dataset["manner"] === question.manner);
  press('[data-exact="case"]', () => question.isCaseExact);
  press('[data-exact="width"]', () => question.isWidthExact);
  // Similar is similar whatever the form; a pattern says itself what stands for what.
  required('[data-exact="case"]').hidden = question.manner === "near";
  required('[data-exact="width"]').hidden = question.manner !== "text";
  find.lang = /\p{Script=Han}/u.test(find.value) ? "zh-Hans" : langOf(page.targetLanguage);
}

function showStart(): void {
  found = undefined;
  container.hidden = true;
  summary.textContent = "";
  dock.textContent = "";
  required("[data-hints]").hidden = true;
  place.replaceChildren(...start);
  facetSide.replaceChildren(...showFacets({ found, question, page, onChange: change }));
}

function onAnswer(answer: Answer | Failure, isFirst: boolean): void {
  container.removeAttribute("aria-busy");
  if (!("kind" in answer)) {
    if (answer.code === "aborted") return;
    found = undefined;
    container.hidden = true;
    summary.textContent = "";
    return showInstead(element("h2", { class: "status is-bad strong" }, icon("s-error"), answer.message));
  }
  if (answer.kind === "reading") {
    container.hidden = true;
    summary.textContent = "";
    const words = t("concordance:reading", { done: answer.done, total: answer.total });
    const progress = element("progress", { max: Math.max(1, answer.total), value: answer.done, "aria-label": words });
    return showInstead(element("h2", { class: "strong" }, words), progress, element("p", {}, t("concordance:reading-text")));
  }
  const hadRows = !isFirst && found !== undefined;
  found = answer;
  if (!hadRows) active = -1;
  say(answer);
  showHints(answer);
  showFilters(answer);
  container.hidden = answer.total === 0;
  if (answer.total === 0) showNothing(answer);
  else place.replaceChildren();
  list.reset(answer.total, { keepScroll: hadRows });
  if (answer.end !== undefined) void offerSimilar(answer);
}

function say(answer: Found): void {
  const counts = { count: answer.total, units: answer.units };
  const parts = [t(`concordance:total.${question.manner}`, counts)];
  if (answer.end === undefined) parts.push(t("concordance:searching", { percent: Math.round(answer.share * 100) }));
  if (answer.end === "time-over") parts.push(t("concordance:time-over", { searched: answer.searched ?? 0, units: answer.units }));
  summary.textContent = parts.join(" · ");
  dock.textContent = t("concordance:dock", { units: answer.units });
}

function showHints({ hints }: Found): void {
  const box = required("[data-hints]");
  const both: readonly Hint[] = [...hints.source, ...hints.target];
  box.hidden = both.length === 0;
  box.replaceChildren(
    ...both.map((hint) => {
      const words = element("span", { lang: langOf(hint.language), class: "strong" }, hint.text);
      const from = element("span", { class: "quiet" }, describeHint(hint));
      return hint.conceptId === undefined
        ? element("span", { class: "conc-known" }, words, from)
        : element(
            "a",
            { class: "conc-known", href: `/p/${project()}/glossary/${encodeURIComponent(hint.conceptId)}` },
            words,
            from,
          );
    }),
  );
}

function showFilters(answer: Found): void {
  const focused = facetSide.contains(document.activeElement)
    ? all("button, input", facetSide).indexOf(document.activeElement as HTMLElement)
    : -1;
  facetSide.replaceChildren(...showFacets({ found: answer, question, page, onChange: change }));
  if (focused >= 0) all("button, input", facetSide)[focused]?.focus();
}

function showNothing(answer: Found): void {
  if (answer.end === undefined)
    return showInstead(element("h2", { class: "strong", "aria-busy": "true" }, t("concordance:looking")));
  if (answer.end === "running-out") {
    const words = element("h2", { class: "status is-warn strong" }, icon("s-warn"), t("concordance:running-out"));
    return showInstead(words, element("p", {}, t("concordance:running-out-text")));
  }
  const title = element("h2", { class: "strong" }, t("concordance:nothing.title"));
  if (!isFiltered(question)) return showInstead(title, element("p", {}, t("concordance:nothing.text", { words: question.find })));
  const named = FACETS.flatMap((facet) => {
    const value = question.chosen[facet];
    return value === undefined ? [] : [nameOf(facet, value, page)];
  });
  const days = [question.from, question.to].filter((value) => value !== "");
  const clear = element("button", { class: "btn", type: "button" }, t("concordance:nothing.clear"));
  clear.addEventListener("click", () => change({ chosen: NO_QUESTION.chosen, from: "", to: "" }));
  showInstead(title, element("p", {}, t("concordance:nothing.filtered", { filters: [...named, ...days].join(" · ") })), clear);
}

function showInstead(...content: HTMLElement[]): void {
  place.replaceChildren(element("div", { class: "empty" }, ...content));
}

/** A long wording with few hits: how many units say nearly the same? */
async function offerSimilar(answer: Found): Promise<void> {
  if (question.manner !== "text" || answer.total >= FEW || [...question.find.trim()].length < LEAST_NEAR) return;
  const near: Question = { ...question, manner: "near" };
  const count = await asking.count(near);
  if (found !== answer || count === undefined || count <= answer.total) return;
  const button = element(
    "button",
    { class: "btn btn-s", type: "button", "data-similar": true },
    t("concordance:similar", { count }),
  );
  button.addEventListener("click", () => change({ manner: "near" }));
  summary.append(" ", button);
}

function startRows(): void {
  container.addEventListener("click", (event) => {
    const row = closest(event, "[data-hit]");
    if (!row) return;
    activate(Number(row.dataset["index"]));
    if (closest(event, "[data-copy]")) void copyActive();
    if (closest(event, "[data-tick]")) ticks.set(row.dataset["hit"] ?? "", (event.target as HTMLInputElement).checked);
  });
  registerKeys([
    { keys: "j", label: "concordance:keys.move", run: () => move(1) },
    { keys: "k", label: "concordance:keys.move", run: () => move(-1) },
    { keys: "ArrowDown", label: "concordance:keys.move", hidden: true, run: () => move(1) },
    { keys: "ArrowUp", label: "concordance:keys.move", hidden: true, run: () => move(-1) },
    { keys: "Enter", label: "concordance:keys.open", run: openActive },
    { keys: "c", label: "concordance:keys.copy", run: () => void copyActive() },
    { keys: "x", label: "concordance:keys.tick", run: tickActive },
    { keys: "Ctrl+Z", label: "common:undo", run: () => void undoShown() },
    { keys: "s", label: "concordance:keys.similar", run: () => change({ manner: question.manner === "near" ? "text" : "near" }) },
  ]);
}

function tickActive(): void {
  const hit = asking.hitAt(active);
  if (!hit) return;
  ticks.set(hit.id, !ticks.has(hit.id));
  const box = list.rowOf(active)?.querySelector<HTMLInputElement>("[data-tick]");
  if (box) box.checked = ticks.has(hit.id);
}

function activate(index: number): void {
  const before = active;
  active = index;
  for (const at of [before, index]) {
    const row = at < 0 ? undefined : list.rowOf(at);
    if (!row) continue;
    row.classList.toggle("is-active", at === active);
    if (at === active) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  dock.textContent = t("concordance:place", { at: formatNumber(index + 1), total: formatNumber(found?.total ?? 0) });
}

function move(step: number): void {
  const total = found?.total ?? 0;
  if (total === 0) return;
  activate(Math.min(total - 1, Math.max(0, active + step)));
  list.scrollTo(active);
  list.rowOf(active)?.querySelector<HTMLElement>("[data-copy]")?.focus({ preventScroll: true });
}

function openActive(event: KeyboardEvent): void {
  // The copy button has the focus while a person moves through the list: Enter means the hit, not the button.
  const own = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary") : undefined;
  if (own && own.dataset["copy"] === undefined) return own.click();
  const address = asking.hitAt(active)?.address;
  if (address !== undefined) location.assign(address);
  else void copyActive();
}

async function copyActive(): Promise<void> {
  const hit = asking.hitAt(active);
  if (!hit) return;
  try {
    await navigator.clipboard.writeText(hit.target.text);
    showToast(t("concordance:copied"));
  } catch {
    showProblem(t("concordance:not-copied"));
  }
}

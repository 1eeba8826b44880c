/** S4, one entry: moving between its wordings, the forms about them, undo, and where the wording is used. */
import { showEvidence } from "./concept/evidence.ts";
import { openEntryForm } from "./concept/entry-form.ts";
import { closeForm, isFormOpen, whenShown } from "./concept/form.ts";
import { concept, findTerm } from "./concept/state.ts";
import { openAddForm, openCiteForm, openEditForm } from "./concept/term-forms.ts";
import { openDecideForm } from "./concept/decide-form.ts";
import { startFrame } from "./concept/frame.ts";
import { openParaphrasedForm } from "./concept/paraphrased.ts";
import { openRelateForm, removeRelation } from "./concept/relations.ts";
import { openTalk, startTalk } from "./concept/talk.ts";
import { undoStep } from "./concept/undo.ts";
import { showUses } from "./concept/uses.ts";
import { all, closest, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";

await startPage();
const main = required(".concept");

main.addEventListener("click", (event) => {
  const card = closest(event, ".term-card");
  if (card) activate(card);
  const adder = closest(event, "[data-add]");
  if (adder) add(adder.dataset["add"] ?? "");
  else if (card && closest(event, "[data-decide]")) decide();
  else if (card && closest(event, "[data-edit]")) edit();
  else if (card && closest(event, "[data-cite]")) cite();
  else if (card && closest(event, "[data-discuss]")) openTalk(card.dataset["term"]);
  else if (closest(event, "[data-paraphrased]")) openParaphrasedForm();
  else if (closest(event, "[data-relate]")) openRelateForm();
  const ended = closest(event, "[data-unrelate]");
  if (ended) void removeRelation(ended);
});
main.addEventListener("focusin", (event) => {
  const card = closest(event, ".term-card");
  if (card) activate(card);
});
main.addEventListener("activate", (event) => {
  if (event.target instanceof HTMLElement) activate(event.target);
});
required(".pagebar").addEventListener("click", (event) => {
  if (closest(event, "[data-undo]")) void undoStep();
  else if (closest(event, "[data-edit-entry]")) openEntryForm();
  else if (closest(event, "[data-add]")) add("target");
});
required("[data-back]").addEventListener("click", goBack);

registerKeys([
  { keys: "j", label: "glossary:keys.term", run: () => move(1) },
  { keys: "k", label: "glossary:keys.term", run: () => move(-1) },
  { keys: "d", label: "glossary:concept.decide", run: decide },
  { keys: "e", label: "glossary:concept.edit", run: edit },
  { keys: "c", label: "glossary:concept.cite", run: cite },
  { keys: "p", label: "glossary:concept.add-rendering", run: () => add("target") },
  { keys: "r", label: "glossary:relation.add", run: openRelateForm },
  { keys: "f", label: "glossary:paraphrased.set", run: openParaphrasedForm },
  { keys: "m", label: "glossary:talk.write", run: () => openTalk() },
  { keys: "Shift+M", label: "glossary:talk.discuss", run: () => openTalk(activeCard()?.dataset["term"]) },
  { keys: "w", label: "glossary:concept.why-sheet", run: () => required("[data-why]").click() },
  { keys: "Ctrl+Z", label: "glossary:keys.undo", run: () => void undoStep() },
  { keys: "Escape", label: "common:close", hidden: true, run: () => isFormOpen() && closeForm() },
]);
const first = firstToDecide();
if (first) activate(first);
void showUses();
void showEvidence();
startTalk();
startFrame();
markSeen();

/** What was new stays marked until the page is left. */
function markSeen(): void {
  if (!concept().hasNews) return;
  window.addEventListener("pagehide", () => {
    const { id } = concept().concept;
    void post(`/api/p/${project()}/glossary-news/seen`, { concept: id }, { quiet: true, keepalive: true });
  });
}

/** A proposal first: it is what a person came for. */
function firstToDecide(): HTMLElement | undefined {
  const list = cards();
  const statusOf = (card: HTMLElement) => findTerm(card.dataset["term"] ?? "");
  const { target } = concept().languages;
  return list.find((card) => statusOf(card)?.language === target && statusOf(card)?.status === "proposed") ?? list[0];
}

function cards(): HTMLElement[] {
  return all(".term-card");
}

function activeCard(): HTMLElement | undefined {
  return cards().find((card) => card.classList.contains("is-active"));
}

function activate(card: HTMLElement): void {
  for (const other of cards()) {
    other.classList.toggle("is-active", other === card);
    if (other === card) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
}

function move(step: number): void {
  const list = cards();
  const active = activeCard();
  const next = list[Math.min(list.length - 1, Math.max(0, (active ? list.indexOf(active) : -1) + step))];
  if (!next) return;
  activate(next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function withActive(open: (term: NonNullable<ReturnType<typeof findTerm>>, card: HTMLElement) => void): void {
  const waiting = whenShown();
  if (waiting) return void waiting.then(() => withActive(open));
  const card = activeCard();
  const term = findTerm(card?.dataset["term"] ?? "");
  if (card && term) open(term, card);
}

function decide(): void {
  withActive(openDecideForm);
}

function edit(): void {
  withActive(openEditForm);
}

function cite(): void {
  withActive(openCiteForm);
}

function add(language: string): void {
  openAddForm(language === "target" ? concept().languages.target : language);
}

/** Back to the list as it was left: search, filters and place. */
function goBack(event: MouseEvent): void {
  const kept = sessionStorage.getItem(`glossary-place:${project()}`);
  if (kept === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  sessionStorage.setItem(`glossary-place:${project()}:back`, "yes");
  const { query } = JSON.parse(kept) as { readonly query: string };
  location.assign(`/p/${project()}/glossary${query}`);
}

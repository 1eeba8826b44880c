/** S5, the alignment editor: loads the alignment, binds buttons and keys to steps, and says what is saved. */
import { readAddress } from "./align/address.ts";
import { bindActions, listActions, other } from "./align/actions.ts";
import { sentencesOf } from "./align/alignment.ts";
import type { Group, Head, Loaded, News, Terms } from "./align/alignment.ts";
import { createDockForm } from "./align/dock-form.ts";
import { sayInDock, showTravel } from "./align/dock.ts";
import { bindMouse } from "./align/drag.ts";
import { createEditor } from "./align/editor.ts";
import { startExportDialog } from "./align/export-dialog.ts";
import { bindFilters } from "./align/filter-keys.ts";
import { showPeople } from "./align/people.ts";
import { undoImport } from "./align/list-rows.ts";
import { createRealigner, showFailed } from "./align/realign.ts";
import { createSteps } from "./align/steps.ts";
import type { Operation } from "./align/operation.ts";
import { stepWords } from "./align/words.ts";
import { pageData, project, required } from "./shell/dom.ts";
import { get } from "./shell/request.ts";
import { showSavedState } from "./shell/saved-state.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { showProblem, undoShown } from "./shell/toast.ts";

/** Right after an import, and as long as nobody has changed a row. */
function showImportNotice(notice: HTMLElement): void {
  const undo = required<HTMLButtonElement>("[data-undo-import]", notice);
  undo.addEventListener("click", () => void undoImport(given.alignment, undo));
  required("[data-hide-import]", notice).addEventListener("click", () => notice.remove());
}

/** How often the page asks what others did, while it is looked at. */
const LOOK_AGAIN = 20_000;

await startPage();
const given = pageData() as { readonly alignment: string; readonly me: string };
const address = `/api/p/${project()}/alignments/${encodeURIComponent(given.alignment)}`;
const saved = required("[data-saved]");
const grid = required("[data-grid]");
startExportDialog(given.alignment);

const answer = await get<Loaded>(address, { quiet: true });
if (answer.ok) start(answer.value);
else showFailed(answer.message);

function start(loaded: Loaded): void {
  let head: Head = loaded;
  /** The revision at which a form was left with words in it. */
  let droppedAt: number | undefined;
  const editor = createEditor(loaded, given.me);
  const importNotice = document.querySelector<HTMLElement>("[data-import-notice]");
  if (importNotice) showImportNotice(importNotice);
  /** The notice of passages that stand elsewhere follows every change. */
  let announceMoved: () => void = () => undefined;
  const countSettled = () => editor.alignment().groups.filter(({ status }) => status !== "automatic").length;
  const setHead = (next: Head) => {
    head = next;
    announceMoved();
    // What somebody changed is not to go with the import.
    if (head.revision > 1) importNotice?.remove();
    showTravel(head);
    showSavedState(saved, { kind: "saved", at: new Date(head.changedAt) });
  };
  setHead(loaded);
  const takeNews = (news: News) => {
    if (!news.change) return;
    editor.apply(news.change);
    setHead(news);
  };
  const steps = createSteps({
    address,
    revision: () => head.revision,
    alignment: () => editor.alignment(),
    onDone: (done, operation) => {
      const isTravel = operation === "undo" || operation === "redo";
      const settledBefore = countSettled();
      const taken = operation === "undo" ? head.undo : operation === "redo" ? head.redo : undefined;
      editor.apply(done.change, { goThere: isTravel });
      setHead(done);
      if (taken) sayInDock(t(`align:done.${operation === "undo" ? "undo" : "redo"}`, { step: stepWords(taken) }), "news");
      if (!isTravel && operation.kind === "confirm") editor.goToNext("open");
      if (!isTravel && operation.kind === "confirm-up-to") {
        sayInDock(t("align:done.confirmed-up-to", { count: countSettled() - settledBefore }), "news");
      }
    },
    onNews: takeNews,
    onRefusal: (code) => sayInDock(t(`align:refusal.${code}`), "refusal"),
    onMessage: (words) => sayInDock(words, "news"),
    onLost: async () => {
      const fresh = await get<Loaded>(address);
      if (!fresh.ok) return;
      editor.load(fresh.value);
      setHead(fresh.value);
      void markTerms();
    },
    onGone: () => showProblem(t("align-files:undo.gone")),
    onSaving: (isSaving) => {
      showSavedState(saved, isSaving ? { kind: "saving" } : { kind: "saved", at: new Date(head.changedAt) });
    },
  });
  /** The rows do not wait for the glossary. Marks of another revision may belong to other sentences: asked again. */
  const markTerms = async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const terms = await get<Terms>(`${address}/terms`, { quiet: true });
      if (!terms.ok) return;
      if (terms.value.revision === head.revision) return editor.showTerms(terms.value);
    }
  };
  void markTerms();
  const people = showPeople({
    address,
    editor,
    onChanged: (revision) => {
      if (revision > head.revision) void lookAgain();
    },
  });
  const realigner = createRealigner({ address, editor, steps, revision: () => head.revision, onNews: takeNews });

  const edit = async (make: (group: Group) => Operation | undefined): Promise<boolean> => {
    if (realigner.isRunning()) {
      sayInDock(t("align:realigning"), "refusal");
      return false;
    }
    const active = editor.active();
    if (active && !(await people.mayWorkAt(active.id))) return false;
    return steps.edit(() => {
      const group = editor.active();
      return group && make(group);
    });
  };
  const form = createDockForm(editor, (operation) => edit(() => operation), {
    ...given,
    onWriting: (isWriting) => people.setWriting(isWriting),
    onDropped: () => {
      droppedAt = head.revision;
    },
  });

  const pin = () => {
    const group = editor.active();
    if (!group) return;
    const waiting = editor.pin();
    if (!waiting && group.pinned) return void edit(({ id }) => ({ kind: "unpin", group: id }));
    const side = waiting ? other(waiting.side) : editor.side();
    const sentence = editor.chosen(side) ?? 0;
    if (sentence >= group[side]) return sayInDock(t(`align:pin.none-${side}`), "refusal");
    const here = { group: group.id, side, sentence };
    if (!waiting) {
      editor.setPin(here);
      return sayInDock(t(`align:pin.waits-for-${other(side)}`), "news");
    }
    editor.setPin(undefined);
    void realigner.start({ pin: side === "source" ? { source: here, target: waiting } : { source: waiting, target: here } });
  };
  const mark = () => {
    const isMarking = editor.toggleMarking();
    sayInDock(t(isMarking ? "align:mark.begun" : "align:mark.ended"), "news");
  };
  const leave = () => {
    // Esc closes a menu first.
    if (document.querySelector("details.menu[open]") || form.close()) return;
    editor.setPin(undefined);
    editor.unmark();
  };
  const realign = () => {
    const stretch = editor.stretch();
    void realigner.start(stretch ? { range: { first: stretch.first, last: stretch.last } } : {});
  };
  const actions = listActions(editor, (make) => void edit(make), {
    undo: () => {
      // What was dropped comes back only while nothing was done since.
      if (droppedAt === head.revision && undoShown()) return;
      steps.travel("undo");
    },
    redo: () => steps.travel("redo"),
    realign,
    pin,
    mark,
    leave,
    "edit-text": form.editText,
    note: form.addNote,
  });
  bindActions(actions, editor, grid);
  announceMoved = bindFilters(editor, grid);
  bindMouse(editor, required("[data-rows]"), (operation) => void edit(() => operation));
  grid.addEventListener("dblclick", (event) => {
    const isText = event.target instanceof Element && event.target.closest("[data-sentence]") !== null;
    if (isText && sentencesOf(editor.alignment(), editor.activeIndex(), editor.side()).length > 0) form.editText();
  });

  const lookAgain = async () => {
    if (document.hidden || realigner.isRunning() || !steps.isIdle()) return;
    if (await steps.refresh()) sayInDock(t("align:news.came"), "news");
  };
  // Another row in the address: typed there, or by a link to this same page.
  addEventListener("hashchange", () => {
    const { row } = readAddress();
    if (row !== undefined && row !== editor.activeIndex()) editor.goTo(row);
  });
  document.addEventListener("visibilitychange", () => void lookAgain());
  // Events bring word of changes at once; this is for connections that do not carry them.
  setInterval(() => void lookAgain(), LOOK_AGAIN);
}

/** S5, the alignment editor: loads the alignment, binds buttons and keys to steps, and says what is saved. */
import { proportionalCut, sentencesOf, shareBefore } from "./align/alignment.ts";
import type { Filter, Group, Head, Loaded, News, SideName } from "./align/alignment.ts";
import { sayInDock, showTravel } from "./align/dock.ts";
import { createEditor } from "./align/editor.ts";
import type { Editor } from "./align/editor.ts";
import { startExportDialog } from "./align/export-dialog.ts";
import { createSteps } from "./align/steps.ts";
import type { Operation } from "./align/steps.ts";
import { stepWords } from "./align/words.ts";
import { all, closest, element, pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "./shell/jobs.ts";
import { registerKeys } from "./shell/keys.ts";
import { get, post } from "./shell/request.ts";
import { showSavedState } from "./shell/saved-state.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { showProblem } from "./shell/toast.ts";

/** How often the page asks what others did, while it is looked at. */
const LOOK_AGAIN = 20_000;

await startPage();
const given = pageData() as { readonly alignment: string };
const address = `/api/p/${project()}/alignments/${encodeURIComponent(given.alignment)}`;
const saved = required("[data-saved]");
const grid = required("[data-grid]");
let isRealigning = false;
startExportDialog(given.alignment);

const answer = await get<Loaded>(address, { quiet: true });
if (answer.ok) start(answer.value);
else {
  const again = element("button", { class: "btn", type: "button" }, t("align:load-again"));
  again.addEventListener("click", () => location.reload());
  required("[data-rows]").replaceChildren(element("div", { class: "empty" }, element("p", {}, answer.message), again));
}

function start(loaded: Loaded): void {
  let head: Head = loaded;
  const editor = createEditor(loaded);
  const setHead = (next: Head) => {
    head = next;
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
    groups: () => editor.alignment().groups,
    onDone: (done, operation) => {
      const isTravel = operation === "undo" || operation === "redo";
      const taken = operation === "undo" ? head.undo : operation === "redo" ? head.redo : undefined;
      editor.apply(done.change, { goThere: isTravel });
      setHead(done);
      if (taken) sayInDock(t(`align:done.${operation === "undo" ? "undo" : "redo"}`, { step: stepWords(taken) }), "news");
      if (!isTravel && operation.kind === "confirm") editor.goToNext("open");
    },
    onNews: takeNews,
    onRefusal: (code) => sayInDock(t(`align:refusal.${code}`), "refusal"),
    onMessage: (words) => sayInDock(words, "news"),
    onLost: async () => {
      const fresh = await get<Loaded>(address);
      if (!fresh.ok) return;
      editor.load(fresh.value);
      setHead(fresh.value);
    },
    onSaving: (isSaving) => {
      showSavedState(saved, isSaving ? { kind: "saving" } : { kind: "saved", at: new Date(head.changedAt) });
    },
  });

  const edit = (make: (group: Group) => Operation | undefined) => {
    if (isRealigning) return sayInDock(t("align:realigning"), "refusal");
    steps.edit(() => {
      const group = editor.active();
      return group && make(group);
    });
  };
  const actions = listActions(editor, edit, {
    undo: () => steps.travel("undo"),
    redo: () => steps.travel("redo"),
    realign: () => void realign(),
  });
  bind(actions, editor);

  const lookAgain = async () => {
    if (document.hidden || isRealigning || !steps.isIdle()) return;
    if (await steps.refresh()) sayInDock(t("align:news.came"), "news");
  };
  document.addEventListener("visibilitychange", () => void lookAgain());
  setInterval(() => void lookAgain(), LOOK_AGAIN);

  async function realign(): Promise<void> {
    if (isRealigning || !steps.isIdle()) return;
    isRealigning = true;
    try {
      const answer = await post<{ readonly job: string }>(`${address}/realign`, { baseRevision: head.revision }, { quiet: true });
      if (answer.ok) await followRealignment(answer.value.job);
      else if (answer.code === "stale") {
        takeNews(answer.details as News);
        sayInDock(t("align:news.realign"), "news");
      } else showProblem(answer.message);
    } finally {
      isRealigning = false;
    }
  }

  async function followRealignment(id: string): Promise<void> {
    const place = required("[data-job]");
    const progress = required<HTMLProgressElement>("progress", place);
    place.hidden = false;
    required<HTMLButtonElement>("[data-cancel-job]").onclick = () => void cancelJob(id);
    const before = editor.alignment().groups;
    const job = await followJob(id, (now) => {
      const percent = jobPercent(now);
      if (percent === undefined) progress.removeAttribute("value");
      else progress.value = percent;
      required("[data-job-words]").textContent = jobWords(now);
    });
    place.hidden = true;
    const came = await steps.refresh();
    if (job.state === "failed" || job.state === "interrupted") showProblem(t("align:realign-failed", { error: job.error ?? "" }));
    else if (job.state === "cancelled") sayInDock(t("align:realign-cancelled"), "news");
    else if (job.result === undefined) sayInDock(t("align:news.realign"), "news");
    else sayInDock(came ? t("align:realigned", { count: countNew(before) }) : t("align:realigned-same"), "news");
  }

  function countNew(before: readonly Group[]): number {
    const known = new Set(before.map((group) => group.id));
    return editor.alignment().groups.filter((group) => !known.has(group.id)).length;
  }
}

type Action = {
  readonly name: string;
  /** The first is shown on the button. */
  readonly keys: readonly string[];
  readonly run: () => void;
};

function listActions(
  editor: Editor,
  edit: (make: (group: Group) => Operation | undefined) => void,
  travel: Readonly<Record<"undo" | "redo" | "realign", () => void>>,
): readonly Action[] {
  const simple = (kind: string) => edit(({ id }) => ({ kind, group: id }));
  const sided = (kind: string) => edit(({ id }) => ({ kind, group: id, side: editor.side() }));
  const next = (kind: "open" | "suspicious") => {
    if (!editor.goToNext(kind)) sayInDock(t(`align:no-next.${kind}`), "news");
  };
  return [
    {
      name: "confirm",
      keys: ["a"],
      run: () => edit(({ id, status }) => ({ kind: status === "confirmed" ? "unconfirm" : "confirm", group: id })),
    },
    { name: "confirm-up-to", keys: ["Shift+A"], run: () => simple("confirm-up-to") },
    { name: "move-first-up", keys: ["Ctrl+ArrowUp"], run: () => edit(() => moveOperation(editor, "move-first-up")) },
    { name: "move-last-down", keys: ["Ctrl+ArrowDown"], run: () => edit(() => moveOperation(editor, "move-last-down")) },
    { name: "shift-down", keys: ["Enter"], run: () => sided("shift-down") },
    { name: "shift-up", keys: ["Backspace"], run: () => sided("shift-up") },
    { name: "merge", keys: ["m"], run: () => simple("merge-next") },
    { name: "split", keys: ["s"], run: () => edit(() => splitOperation(editor)) },
    {
      name: "omit",
      keys: ["x"],
      run: () => edit(({ id, omission, source }) => ({ kind: markKind(omission, source), group: id })),
    },
    {
      name: "lock",
      keys: ["Space"],
      run: () => edit(({ id, status }) => ({ kind: status === "locked" ? "unlock" : "lock", group: id })),
    },
    {
      name: "bookmark",
      keys: ["b"],
      run: () => edit(({ id, bookmark }) => ({ kind: bookmark === true ? "unbookmark" : "bookmark", group: id })),
    },
    { name: "insert", keys: ["i"], run: () => simple("insert-empty-below") },
    { name: "remove", keys: ["Delete"], run: () => simple("remove-empty") },
    { name: "next-open", keys: ["n"], run: () => next("open") },
    { name: "next-suspicious", keys: ["Shift+N"], run: () => next("suspicious") },
    { name: "undo", keys: ["Ctrl+Z"], run: travel.undo },
    { name: "redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], run: travel.redo },
    { name: "realign", keys: ["Alt+R"], run: travel.realign },
  ];
}

function markKind(omission: Group["omission"], source: number): string {
  if (omission) return "unmark";
  return source === 0 ? "mark-added" : "mark-omitted";
}

/** A chosen sentence takes along those between it and the border; without one, it is the one at the border. */
function moveOperation(editor: Editor, kind: "move-first-up" | "move-last-down"): Operation | undefined {
  const group = editor.active();
  if (!group) return undefined;
  const side = editor.side();
  const at = editor.chosen(side);
  const count = at === undefined ? 1 : kind === "move-first-up" ? at + 1 : group[side] - at;
  return { kind, group: group.id, side, count };
}

/** The chosen sentence begins the new row. The other side is parted at its own choice, else at the same share of its length. */
function splitOperation(editor: Editor): Operation | undefined {
  const group = editor.active();
  if (!group) return undefined;
  const texts = (side: SideName) => sentencesOf(editor.alignment(), editor.activeIndex(), side);
  const asked = { source: editor.chosen("source"), target: editor.chosen("target") };
  const leading: SideName =
    asked[editor.side()] === undefined && asked[other(editor.side())] !== undefined ? other(editor.side()) : editor.side();
  const longer: SideName = group.source >= group.target ? "source" : "target";
  const first = asked[leading] === undefined ? longer : leading;
  const firstAt = asked[first] ?? Math.max(1, proportionalCut(texts(first), 0.5));
  const secondAt = asked[other(first)] ?? proportionalCut(texts(other(first)), shareBefore(texts(first), firstAt));
  const at = { [first]: firstAt, [other(first)]: secondAt } as Record<SideName, number>;
  return { kind: "split", group: group.id, sourceAt: at.source, targetAt: at.target };
}

function other(side: SideName): SideName {
  return side === "source" ? "target" : "source";
}

function bind(actions: readonly Action[], editor: Editor): void {
  const byName = new Map(actions.map((action) => [action.name, action]));
  document.addEventListener("click", (event) => {
    const button = closest<HTMLButtonElement>(event, "[data-action]");
    const asked = button?.dataset["action"] ?? "";
    const group = editor.active();
    const isEmptyRow = group?.source === 0 && group.target === 0;
    const action = byName.get(asked === "insert" && isEmptyRow ? "remove" : asked);
    if (!action) return;
    action.run();
    // After a press of the mouse the keys belong to the rows again; who uses the keyboard stays on the button.
    if (event.detail > 0) grid.focus({ preventScroll: true });
  });
  registerKeys(
    actions.flatMap(({ name, keys, run }) =>
      keys.map((key, at) => ({
        keys: key,
        label: `align:keys.${name}`,
        hidden: at > 0,
        run: (event: KeyboardEvent) => pressOrRun(event, run),
      })),
    ),
  );
  registerKeys([
    { keys: "ArrowUp", label: "align:keys.rows", run: () => editor.move(-1) },
    { keys: "ArrowDown", label: "align:keys.rows", run: () => editor.move(1) },
    { keys: "ArrowLeft", label: "align:keys.sides", run: () => editor.setSide("source") },
    { keys: "ArrowRight", label: "align:keys.sides", run: () => editor.setSide("target") },
    { keys: "PageUp", label: "align:keys.rows", hidden: true, run: () => editor.move(-8) },
    { keys: "PageDown", label: "align:keys.rows", hidden: true, run: () => editor.move(8) },
    { keys: "Home", label: "align:keys.rows", hidden: true, run: () => editor.goTo(0) },
    { keys: "End", label: "align:keys.rows", hidden: true, run: () => editor.goTo(Infinity) },
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({
      keys: String(number),
      label: "align:keys.sentence",
      hidden: number > 3,
      run: () => chooseByKey(editor, number - 1),
    })),
  ]);
  for (const chip of all("[data-filter]")) {
    chip.addEventListener("click", () => editor.setFilter(chip.dataset["filter"] as Filter));
  }
  required("[data-show-all]").addEventListener("click", () => editor.setFilter("all"));
}

function chooseByKey(editor: Editor, sentence: number): void {
  const group = editor.active();
  if (group && sentence < group[editor.side()]) editor.choose(editor.side(), sentence);
}

/** Enter and Space on a button or link press it. */
function pressOrRun(event: KeyboardEvent, run: () => void): void {
  const control = event.target instanceof Element ? event.target.closest<HTMLElement>("button, a, summary") : undefined;
  if (control && (event.key === "Enter" || event.key === " ")) control.click();
  else run();
}

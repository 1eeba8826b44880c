/** Everything that can be done to a row, with its keys; the buttons of the dock and the page bar name the same actions. */
import { closest } from "../shell/dom.ts";
import { registerKeys } from "../shell/keys.ts";
import { t } from "../shell/strings.ts";
import { proportionalCut, sentencesOf, shareBefore } from "./alignment.ts";
import type { Group, SideName } from "./alignment.ts";
import { partnerRows, sayInDock } from "./dock.ts";
import type { Editor } from "./editor.ts";
import type { Operation } from "./operation.ts";

export type Action = {
  readonly name: string;
  /** The first is shown on the button. */
  readonly keys: readonly string[];
  readonly run: () => void;
};

export type Edit = (make: (group: Group) => Operation | undefined) => void;
export type OtherAction = "undo" | "redo" | "realign" | "pin" | "edit-text" | "note" | "mark" | "leave";

export function listActions(editor: Editor, edit: Edit, others: Readonly<Record<OtherAction, () => void>>): readonly Action[] {
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
    { name: "merge-up", keys: ["Shift+M"], run: () => simple("merge-previous") },
    { name: "split", keys: ["s"], run: () => edit(() => splitOperation(editor)) },
    { name: "join", keys: ["j"], run: () => edit(() => joinOperation(editor)) },
    { name: "edit-text", keys: ["e"], run: others["edit-text"] },
    {
      name: "omit",
      keys: ["x"],
      run: () => edit(({ id, omission, source }) => ({ kind: markKind(omission, source), group: id })),
    },
    {
      name: "doubtful",
      keys: ["r"],
      run: () => edit(({ id, doubtful }) => ({ kind: doubtful === true ? "unmark-doubtful" : "mark-doubtful", group: id })),
    },
    { name: "pin", keys: ["Space"], run: others.pin },
    {
      name: "lock",
      keys: ["l"],
      run: () => edit(({ id, status }) => ({ kind: status === "locked" ? "unlock" : "lock", group: id })),
    },
    {
      name: "bookmark",
      keys: ["b"],
      run: () => edit(({ id, bookmark }) => ({ kind: bookmark === true ? "unbookmark" : "bookmark", group: id })),
    },
    { name: "note", keys: ["c"], run: others.note },
    { name: "mark", keys: ["v"], run: others.mark },
    { name: "insert", keys: ["i"], run: () => simple("insert-empty-below") },
    { name: "insert-above", keys: ["Shift+I"], run: () => simple("insert-empty-above") },
    { name: "remove", keys: ["Delete"], run: () => simple("remove-empty") },
    { name: "next-open", keys: ["n"], run: () => next("open") },
    { name: "next-suspicious", keys: ["Shift+N"], run: () => next("suspicious") },
    {
      name: "partner",
      keys: ["o"],
      run: () => {
        const [row] = partnerRows(editor.alignment(), editor.activeIndex());
        if (row === undefined) sayInDock(t("align:moved.none"), "refusal");
        else editor.goTo(row);
      },
    },
    { name: "undo", keys: ["Ctrl+Z"], run: others.undo },
    { name: "redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], run: others.redo },
    { name: "realign", keys: ["Alt+R"], run: others.realign },
    { name: "leave", keys: ["Escape"], run: others.leave },
  ];
}

function markKind(omission: Group["omission"], source: number): string {
  if (omission) return "unmark";
  return source === 0 ? "mark-added" : "mark-omitted";
}

/** A chosen sentence takes along those between it and the border; without one, it is the one at the border. */
export function moveOperation(editor: Editor, kind: "move-first-up" | "move-last-down"): Operation | undefined {
  const group = editor.active();
  if (!group) return undefined;
  const side = editor.side();
  const at = editor.chosen(side);
  const count = at === undefined ? 1 : kind === "move-first-up" ? at + 1 : group[side] - at;
  return { kind, group: group.id, side, count };
}

/** The chosen sentence, else the first one, with the one after it. */
function joinOperation(editor: Editor): Operation | undefined {
  const group = editor.active();
  if (!group) return undefined;
  const side = editor.side();
  // With the last one chosen, the two last are meant.
  const sentence = Math.max(0, Math.min(editor.chosen(side) ?? 0, group[side] - 2));
  return { kind: "join-sentences", group: group.id, side, sentence };
}

/** The chosen sentence begins the new row. The other side is parted at its own choice, else at the same share of its length. */
function splitOperation(editor: Editor): Operation | undefined {
  const group = editor.active();
  if (!group) return undefined;
  const texts = (side: SideName) => sentencesOf(editor.alignment(), editor.activeIndex(), side).map(({ text }) => text);
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

export function other(side: SideName): SideName {
  return side === "source" ? "target" : "source";
}

export function bindActions(actions: readonly Action[], editor: Editor, grid: HTMLElement): void {
  const byName = new Map(actions.map((action) => [action.name, action]));
  document.addEventListener("click", (event) => {
    const button = closest<HTMLButtonElement>(event, "[data-action]");
    const action = byName.get(button?.dataset["action"] ?? "");
    if (!action) return;
    // An item of a menu: what it opens, and the rows, are not to be behind it.
    const menu = button?.closest<HTMLDetailsElement>("details.menu");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus({ preventScroll: true });
    }
    action.run();
    // After a press of the mouse the keys belong to the rows again; who uses the keyboard stays on the button.
    if (event.detail > 0 && !document.activeElement?.closest("[data-dock-form]")) grid.focus({ preventScroll: true });
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
    { keys: "Shift+ArrowUp", label: "align:keys.mark-rows", run: () => editor.extend(-1) },
    { keys: "Shift+ArrowDown", label: "align:keys.mark-rows", run: () => editor.extend(1) },
    { keys: "ArrowLeft", label: "align:keys.sides", run: () => editor.setSide("source") },
    { keys: "ArrowRight", label: "align:keys.sides", run: () => editor.setSide("target") },
    { keys: "PageUp", label: "align:keys.rows", hidden: true, run: () => editor.move(-8) },
    { keys: "PageDown", label: "align:keys.rows", hidden: true, run: () => editor.move(8) },
    { keys: "Home", label: "align:keys.rows", hidden: true, run: () => editor.move(-Infinity) },
    { keys: "End", label: "align:keys.rows", hidden: true, run: () => editor.move(Infinity) },
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({
      keys: String(number),
      label: "align:keys.sentence",
      hidden: number > 3,
      run: () => chooseByKey(editor, number - 1),
    })),
  ]);
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

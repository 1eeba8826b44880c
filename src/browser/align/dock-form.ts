/**
 * The form in the dock: the words of a sentence, or a note on a row. The rows stay in sight above it.
 *
 * Enter saves unless an input method composes. What was typed is kept on this computer until the server has it, and is
 * there again when the same form is opened after a crash.
 */
import { askAboutConflict } from "../shell/conflict.ts";
import { element, icon, required } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { sentencesOf } from "./alignment.ts";
import type { RowNote } from "../../model/alignment.ts";
import type { Group, Sentence, SideName } from "./alignment.ts";
import { sayInDock } from "./dock.ts";
import { readDraft, writeDraft } from "./drafts.ts";
import type { Editor } from "./editor.ts";
import { describeNote, langOf } from "./row.ts";
import type { Operation } from "./operation.ts";

type Send = (operation: Operation) => Promise<boolean>;

export type DockForm = { readonly editText: () => void; readonly addNote: () => void; readonly close: () => boolean };

type FormPlace = {
  readonly alignment: string;
  /** The form is open, or closed again. */
  readonly onWriting: (isWriting: boolean) => void;
  /** Left with words that were not saved. */
  readonly onDropped: () => void;
};

type Button = { readonly name: string; readonly keys?: string; readonly sign?: string; readonly run: () => void };
type Content = {
  /** Names the draft. */
  readonly key: string;
  readonly title: string;
  readonly language: string;
  readonly text: string;
  readonly above?: readonly Node[];
  readonly buttons: readonly Button[];
  /** Enter. */
  readonly save: () => void;
};

export function createDockForm(editor: Editor, send: Send, place: FormPlace): DockForm {
  const form = required("[data-dock-form]");
  const grid = required("[data-grid]");
  let field: HTMLTextAreaElement | undefined;
  let draftKey = "";

  const close = (): boolean => {
    if (form.hidden) return false;
    form.hidden = true;
    form.replaceChildren();
    field = undefined;
    place.onWriting(false);
    grid.focus({ preventScroll: true });
    return true;
  };

  /** The words stay until the step is done. */
  const finish = async (work: () => Promise<boolean>) => {
    if (field) field.readOnly = true;
    const isDone = await work();
    if (field) field.readOnly = false;
    if (!isDone) return;
    writeDraft(draftKey, undefined);
    close();
  };

  const open = ({ key, title, language, text, above = [], buttons, save }: Content) => {
    draftKey = `dingyi-align/${place.alignment}/${key}`;
    const draft = readDraft(draftKey);
    const area = element("textarea", {
      class: "field align-field work",
      lang: language,
      rows: 2,
      "aria-label": title,
      spellcheck: language.startsWith("en"),
    });
    area.value = draft ?? text;
    area.addEventListener("input", () => writeDraft(draftKey, area.value === text ? undefined : area.value));
    area.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
      const button = buttons.find(({ keys }) => keys === name);
      const run = button?.run ?? (name === "Enter" ? save : name === "Escape" ? leave : undefined);
      if (!run) return;
      event.preventDefault();
      run();
    });
    const leave = () => {
      const [dropped, own] = [area.value, draftKey];
      writeDraft(own, undefined);
      close();
      if (dropped === text) return;
      const takeBack = () => {
        writeDraft(own, dropped);
        open({ key, title, language, text, above, buttons, save });
      };
      place.onDropped();
      showToast(t("align:form.dropped"), { undo: takeBack });
    };
    const row = element("div", { class: "btn-row" });
    for (const { name, keys, sign, run } of buttons) {
      const words = t(`align:form.${name}`);
      const button = element(
        "button",
        {
          class: name === "save" || name === "save-note" ? "btn btn-s btn-primary" : "btn btn-s",
          type: "button",
          "data-form": name,
        },
        sign ? icon(sign) : undefined,
        words,
        keys ? element("kbd", {}, KEY_SIGNS[keys] ?? keys) : undefined,
      );
      button.addEventListener("click", run);
      row.append(button);
    }
    const cancel = element("button", { class: "btn btn-s", type: "button", "data-form": "cancel" }, t("common:cancel"));
    cancel.append(element("kbd", {}, "Esc"));
    cancel.addEventListener("click", leave);
    row.append(cancel);
    form.replaceChildren(element("strong", { class: "strong" }, title), ...above, area, row);
    form.hidden = false;
    field = area;
    place.onWriting(true);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    editor.keepInView();
  };

  const editText = () => {
    const group = editor.active();
    if (!group) return;
    const side = editor.side();
    if (group.status === "locked") return sayInDock(t("align:refusal.locked-group"), "refusal");
    const sentence = Math.min(editor.chosen(side) ?? 0, group[side] - 1);
    const own = sentencesOf(editor.alignment(), editor.activeIndex(), side)[sentence];
    if (!own) return sayInDock(t("align:form.no-sentence"), "refusal");
    open(describeText({ group, side, sentence, own, row: editor.activeIndex() + 1 }));
  };

  type TextPlace = {
    readonly group: Group;
    readonly side: SideName;
    readonly sentence: number;
    readonly own: Sentence;
    readonly row: number;
  };

  const describeText = ({ group, side, sentence, own, row }: TextPlace): Content => {
    const at = { group: group.id, side, sentence };
    const language = langOf(editor.alignment()[side].language);
    const words = () => field?.value ?? "";
    /** Somebody else may have changed the sentence since the form was opened, and this page shows it already. */
    const saveWords = async (): Promise<boolean> => {
      const index = editor.alignment().placeOf.get(group.id) ?? -1;
      const now = sentencesOf(editor.alignment(), index, side)[sentence];
      if (now !== undefined && now.text !== own.text && now.text !== words().trim()) {
        const who = now.change ? { author: now.change.author, at: formatInstant(new Date(now.change.at)) } : {};
        const kept = await askAboutConflict({ ...who, mine: words(), theirs: now.text, base: own.text, language });
        if (kept !== "mine") return kept === "theirs";
      }
      return send({ kind: "edit-sentence", ...at, text: words() });
    };
    const isSame = () => words().trim() === own.text;
    const save = () => void finish(() => (isSame() ? Promise.resolve(true) : saveWords()));
    const split = () => {
      const caret = field?.selectionStart ?? 0;
      const indent = words().length - words().trimStart().length;
      const place = Math.max(0, caret - indent);
      void finish(async () => (isSame() || (await saveWords())) && send({ kind: "split-sentence", ...at, at: place }));
    };
    const buttons: Button[] = [
      { name: "save", keys: "Enter", run: save },
      { name: "split", keys: "Ctrl+Enter", sign: "split", run: split },
    ];
    if (sentence < group[side] - 1) {
      buttons.push({ name: "join", sign: "merge", run: () => void finish(() => send({ kind: "join-sentences", ...at })) });
    }
    if (own.change) {
      buttons.push({
        name: "restore",
        keys: "Alt+o",
        sign: "undo",
        run: () => void finish(() => send({ kind: "restore-sentence", ...at })),
      });
    }
    const original = own.change
      ? [
          element(
            "p",
            { class: "align-original" },
            element("span", { class: "quiet" }, t("align:form.original")),
            " ",
            element("span", { lang: language }, own.change.original),
          ),
        ]
      : [];
    const title = t(`align:form.title-${side}`, { row, number: sentence + 1 });
    return { key: `${group.id}/${side}/${String(sentence)}`, title, language, text: own.text, above: original, buttons, save };
  };

  const addNote = () => {
    const group = editor.active();
    if (!group) return;
    const row = editor.activeIndex() + 1;
    const save = () => void finish(() => send({ kind: "add-note", group: group.id, text: field?.value ?? "" }));
    const above = (group.notes ?? []).map((note) => {
      const button = (name: string, run: () => void) => {
        const made = element(
          "button",
          { class: "btn btn-s btn-quiet", type: "button", "data-note": name },
          t(`align:form.${name}`),
        );
        made.addEventListener("click", run);
        return made;
      };
      const change = button("edit-note", () => editNote(group, note, row));
      const remove = button(
        "remove-note",
        () => void finish(() => send({ kind: "remove-note", group: group.id, note: note.id })),
      );
      const who = element("span", { class: "quiet" }, describeNote(note));
      const text = element("span", { class: "row-note-text" }, note.text);
      return element("p", { class: "align-original" }, who, " ", text, " ", change, " ", remove);
    });
    open({
      key: `${group.id}/note`,
      title: t("align:form.title-note", { row }),
      language: document.documentElement.lang,
      text: "",
      above,
      buttons: [{ name: "save-note", keys: "Enter", run: save }],
      save,
    });
  };

  const editNote = (group: Group, note: RowNote, row: number) => {
    const words = () => (field?.value ?? "").trim();
    const language = document.documentElement.lang;
    /** Somebody else may have edited the note since the form was opened. */
    const saveNote = async (): Promise<boolean> => {
      const index = editor.alignment().placeOf.get(group.id) ?? -1;
      const now = editor.alignment().groups[index]?.notes?.find(({ id }) => id === note.id);
      if (now && now.text !== note.text && now.text !== words()) {
        const who = { author: now.author, at: formatInstant(new Date(now.at)) };
        const kept = await askAboutConflict({ ...who, mine: words(), theirs: now.text, base: note.text, language });
        if (kept !== "mine") return kept === "theirs";
      }
      return send({ kind: "edit-note", group: group.id, note: note.id, text: words() });
    };
    const save = () => void finish(() => (words() === note.text ? Promise.resolve(true) : saveNote()));
    const above = (note.earlier ?? []).map((one) =>
      element(
        "p",
        { class: "align-original" },
        element("span", { class: "quiet" }, `${one.author}, ${formatInstant(new Date(one.at))}`),
        " ",
        element("span", { class: "row-note-text" }, one.text),
      ),
    );
    const title = t("align:form.title-edit-note", { row });
    const buttons = [{ name: "save-note", keys: "Enter", run: save }];
    open({ key: `${group.id}/note/${note.id}`, title, language, text: note.text, above, buttons, save });
  };

  return { editText, addNote, close };
}

const KEY_SIGNS: Readonly<Record<string, string>> = { Enter: "↵", "Ctrl+Enter": "Ctrl ↵", "Alt+o": "Alt O" };

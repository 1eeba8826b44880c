/** What a person does in a row, by button or key. */
import { t } from "../shell/strings.ts";
import type { TargetOrigin } from "../../model/translation-unit.ts";
import type { Dock } from "./dock.ts";
import type { Grid } from "./grid.ts";
import type { MatchView } from "./match-view.ts";
import { isConfirmed, textOf } from "./rows.ts";
import type { Row, RowList } from "./rows.ts";
import type { Saver } from "./saver.ts";
import type { StepRecorder } from "./step-recorder.ts";

export type Actions = {
  /** One of the dock's buttons. */
  readonly run: (act: string) => void;
  readonly confirm: () => void;
  readonly unconfirm: () => void;
  readonly copySource: () => void;
  readonly move: (step: 1 | -1) => void;
  readonly goToUnconfirmed: () => void;
  readonly insertTerm: (text: string) => void;
  /** A match that may say something else is put in at the second press only. */
  readonly insertMatch: (match: MatchView) => void;
  /** A text that is put together of known pieces. */
  readonly insertDraft: (text: string) => void;
  readonly restore: (row: Row, target: string) => void;
  /** The text of the active row was changed in the editor. */
  readonly typed: (row: Row, text: string) => void;
};

type Parts = {
  readonly list: RowList;
  readonly grid: Grid;
  readonly saver: Saver;
  readonly dock: Dock;
  readonly steps: StepRecorder;
};

export function createActions({ list, grid, saver, dock, steps }: Parts): Actions {
  /** How a text that the editor reports came there. */
  let arriving: TargetOrigin = "typed";

  const replace = (text: string, origin: TargetOrigin) => {
    arriving = origin;
    grid.editor()?.replace(text);
    arriving = "typed";
  };

  const move = (step: 1 | -1) => {
    const row = grid.active();
    const next = row && list.shown()[list.placeOf(row) + step];
    if (next) grid.activate(next);
  };

  const goToUnconfirmed = () => {
    const shown = list.shown();
    const at = shown.findIndex((row) => row === grid.active());
    const next = [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find((row) => !isConfirmed(row));
    if (next) grid.activate(next);
    else dock.say(t("translate:all-confirmed"));
  };

  const confirm = () => {
    const row = grid.active();
    const editor = grid.editor();
    if (!row || !editor) return;
    const target = editor.text();
    if (target.trim() === "") return dock.say(t("translate:confirm-empty"));
    // What was reviewed or is final stays so when nobody changed it.
    if (!isConfirmed(row) || target !== textOf(row)) {
      const origin = row.draft?.origin ?? row.stored.origin ?? "typed";
      saver.change(row, { target, state: "translated", origin }, "now");
      grid.refresh(row);
    }
    goToUnconfirmed();
  };

  const unconfirm = () => {
    const row = grid.active();
    if (!row || !isConfirmed(row)) return;
    saver.change(row, { target: textOf(row), state: "initial", origin: row.stored.origin ?? "typed" }, "now");
    grid.refresh(row);
  };

  const copySource = () => {
    const row = grid.active();
    const editor = grid.editor();
    if (!row || !editor) return;
    // Where text is selected, Ctrl+Ins is the old key for copying it.
    const { selectionStart, selectionEnd } = editor.area;
    if (document.activeElement === editor.area && selectionStart !== selectionEnd) return void document.execCommand("copy");
    replace(row.source, "typed");
  };

  const insertTerm = (text: string) => grid.editor()?.insert(text);

  let armed: MatchView | undefined;

  const insertMatch = (match: MatchView) => {
    const row = grid.active();
    if (!row) return;
    if (match.caution && armed !== match) {
      armed = match;
      return dock.say(t("matches:caution-armed"));
    }
    armed = undefined;
    row.doubtful = match.caution ?? (match.doubts ? true : undefined);
    replace(match.target, "memory");
    row.inserted = match.score;
    grid.refresh(row);
  };

  const insertDraft = (text: string) => replace(text, "memory");

  const restore = (row: Row, target: string) => {
    grid.activate(row, { scroll: false });
    steps.name(row, "restored");
    replace(target, "typed");
    saver.flush();
  };

  const typed = (row: Row, text: string) => {
    if (text === "") {
      row.inserted = undefined;
      row.doubtful = undefined;
    }
    saver.change(row, { target: text, state: "initial", origin: arriving }, "soon");
  };

  const byName: Readonly<Record<string, () => void>> = {
    confirm,
    unconfirm,
    copy: copySource,
    previous: () => move(-1),
    next: () => move(1),
    skip: goToUnconfirmed,
  };

  return {
    run: (act) => byName[act]?.(),
    confirm,
    unconfirm,
    copySource,
    move,
    goToUnconfirmed,
    insertTerm,
    insertMatch,
    insertDraft,
    restore,
    typed,
  };
}

/** Ties the rows, the editor, saving, help and history of one text together. */
import { all, closest, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { showProblem } from "../shell/toast.ts";
import { showPane } from "../shell/panes.ts";
import { formatTime, t } from "../shell/strings.ts";
import { createActions } from "./actions.ts";
import { settleConflict } from "./conflict.ts";
import { createDock } from "./dock.ts";
import type { Draft, DraftShelf } from "./drafts.ts";
import { startFilters } from "./filters.ts";
import { createGrid } from "./grid.ts";
import { createHelpPane } from "./help.ts";
import { createHistoryPane } from "./history.ts";
import { registerTranslateKeys } from "./keys.ts";
import { startPretranslation } from "./pretranslate.ts";
import { createRepeatsPane } from "./repeats.ts";
import type { RowLanguages } from "./row-view.ts";
import { isConfirmed, textOf } from "./rows.ts";
import type { Row, RowList, StoredRow } from "./rows.ts";
import { createSaver } from "./saver.ts";
import type { StaleDetails } from "./saver.ts";
import { loadScores } from "./scores.ts";
import { createSimilarPane } from "./similar.ts";
import { createStepRecorder } from "./step-recorder.ts";

export type WorkbenchOptions = {
  readonly documentId: string;
  readonly languages: RowLanguages;
  readonly list: RowList;
  readonly shelf: DraftShelf;
  /** Rows with a draft that had not reached the server. */
  readonly restored: readonly Row[];
};

export function startWorkbench({ documentId, languages, list, shelf, restored }: WorkbenchOptions): void {
  const dock = createDock(languages);
  const panes = required("[data-pane-shown]");
  let pointed: readonly string[] = [];
  let asking: Promise<unknown> = Promise.resolve();

  const saver = createSaver(shelf, {
    progress: (row, state) => {
      grid.refresh(row);
      filters.count();
      dock.showSaved({ kind: state });
    },
    saved: (row, { findings }, before) => {
      dock.showSaved(saver.isOffline() ? { kind: "offline" } : { kind: "saved", at: new Date() });
      steps.saved(row, before);
      grid.refresh(row);
      if (row === grid.active()) {
        if (!row.draft) {
          dock.showFindings(findings);
          grid.editor()?.mark(findings);
        }
        history.show(row);
      }
      if (before.state !== "initial" || row.stored.state !== "initial") memoryChanged(row);
      if (row.stored.state !== "initial" && !row.draft) repeats.confirmed(row);
      filters.count();
    },
    // One question at a time, when drafts of several rows were overtaken.
    stale: (row, details, draft) => {
      const answer = asking.then(() => settle(row, details, draft));
      asking = answer.catch(() => undefined);
      return answer;
    },
    resolved: (row) => {
      if (row === grid.active()) {
        grid.editor()?.adopt(textOf(row));
        history.show(row);
        grid.focus();
      }
      grid.refresh(row);
      if (!row.draft) dock.showSaved({ kind: "saved", at: new Date(row.stored.changedAt ?? Date.now()) });
      memoryChanged(row);
    },
    refused: (row, failure) => {
      grid.refresh(row);
      dock.showSaved({ kind: "unsaved" });
      showProblem(failure.message);
    },
  });

  const settle = async (row: Row, details: StaleDetails, draft: Draft) => {
    filters.show(row);
    grid.activate(row, { focus: false });
    const { author = t("common:conflict.somebody"), changedAt } = details.theirs;
    const at = changedAt === undefined ? "" : formatTime(new Date(changedAt));
    dock.showSaved({ kind: "conflict", author, at });
    const { change, isEdited } = await settleConflict(details, draft, languages.target);
    if (isEdited) dock.say(t("translate:conflict-edit"));
    return change;
  };

  /** Matches that were looked up before are out of date; the same sentence further down has one now. */
  const memoryChanged = (row: Row) => {
    help.forget();
    if (isConfirmed(row) && !row.draft) {
      for (const same of list.repeatsOf(row)) {
        if (same === row || isConfirmed(same)) continue;
        same.best = Math.max(100, same.best ?? 0);
        grid.refresh(same);
      }
    }
    const active = grid.active();
    if (active) help.show(active);
  };

  const grid = createGrid({
    documentId,
    list,
    languages,
    events: {
      activated: (row) => {
        steps.left();
        saver.flush();
        dock.showSize(textOf(row));
        dock.showFindings(undefined);
        help.show(row);
        similar.show(row);
        repeats.show(row);
        history.show(row);
        filters.remember(row);
      },
      changed: (row, text) => {
        actions.typed(row, text);
        dock.showSize(text);
        dock.showFindings(undefined);
        grid.refresh(row);
        filters.count();
      },
      left: () => saver.flush(),
      termPressed: (row, concepts) => {
        pointed = concepts;
        if (row === grid.active()) help.pointOut(concepts);
      },
      isOffline: () => saver.isOffline(),
    },
  });

  const help = createHelpPane(languages, {
    // On a narrow screen the text is behind the pane in which the button was pressed.
    insertTerm: (text) => {
      showPane(panes, "work");
      actions.insertTerm(text);
    },
    insertMatch: (match) => {
      showPane(panes, "work");
      actions.insertMatch(match);
    },
    insertDraft: (text) => {
      showPane(panes, "work");
      actions.insertDraft(text);
    },
    arrived: (row, { findings }) => {
      if (!row.draft && textOf(row) !== "") {
        dock.showFindings(findings);
        grid.editor()?.mark(findings);
      }
      if (pointed.length > 0) help.pointOut(pointed);
      pointed = [];
      help.prefetch(list.shown()[list.placeOf(row) + 1]);
    },
  });

  /** Rows that the server has changed by itself: what a person is writing stays. */
  const takeOver = (rows: readonly StoredRow[]) => {
    for (const stored of rows) {
      const row = list.find(stored.id);
      if (!row || row.draft || row.stored.revision >= stored.revision) continue;
      row.stored = stored;
      if (row === grid.active()) {
        grid.editor()?.adopt(textOf(row));
        history.show(row);
      }
      grid.refresh(row);
    }
    filters.count();
  };

  const repeats = createRepeatsPane({
    languages,
    documentId,
    list,
    events: {
      written: (rows) => {
        for (const { row, isToDo } of rows) {
          const known = list.find(row.id);
          if (known) known.doubtful = isToDo ? true : undefined;
        }
        takeOver(rows.map(({ row }) => row));
      },
      proposed: (segment, rows) => steps.proposed(segment, rows),
    },
  });
  const similar = createSimilarPane(languages, (text) => {
    showPane(panes, "work");
    actions.insertTerm(text);
  });
  startPretranslation(documentId, () => {
    const address = `/api/p/${project()}/documents/${encodeURIComponent(documentId)}/rows`;
    void get<{ readonly rows: readonly StoredRow[] }>(address).then((answer) => {
      if (answer.ok) takeOver(answer.value.rows);
    });
  });

  const filters = startFilters({ documentId, list, grid });
  const steps = createStepRecorder({ documentId, list, saver, grid, filters, propose: repeats.repeatStep });
  const actions = createActions({ list, grid, saver, dock, steps });
  const history = createHistoryPane(languages, (row, target) => actions.restore(row, target));

  for (const button of all("[data-act]")) {
    // The cursor stays in the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
  }
  required(".row-dock").addEventListener("click", (event) => {
    const act = closest(event, "[data-act]")?.dataset["act"];
    if (act !== undefined) actions.run(act);
  });
  registerTranslateKeys({ actions, steps, help, grid, repeats });

  document.addEventListener("visibilitychange", () => {
    saver.flush();
    if (document.visibilityState === "hidden") return;
    // The glossary may have been worked on in another window.
    help.forget();
    grid.askForMarks();
  });

  filters.open();
  for (const row of restored) if (row.draft) saver.change(row, row.draft, "now");
  void loadScores({ documentId, list, first: grid.active()?.index ?? 0 }, (rows, isComplete) => {
    for (const row of rows) grid.refresh(row);
    filters.count(isComplete);
  });
}

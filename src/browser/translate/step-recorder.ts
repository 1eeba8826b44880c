/** Makes steps out of what was saved, and takes them back: the two buttons of the page bar and Ctrl+Z. */
import { required } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import type { Filters } from "./filters.ts";
import type { Grid } from "./grid.ts";
import { textOf } from "./rows.ts";
import type { Row, RowList, StoredRow } from "./rows.ts";
import type { Saver } from "./saver.ts";
import { createSteps, textOfStored } from "./steps.ts";
import type { StepKind, WrittenRow } from "./steps.ts";

export type Direction = "undo" | "redo";

export type StepRecorder = {
  /** The server has taken a save of the row. */
  readonly saved: (row: Row, before: StoredRow) => void;
  /** The next save of this row is called so. */
  readonly name: (row: Row, kind: StepKind) => void;
  /** Another row is written now. */
  readonly left: () => void;
  readonly go: (direction: Direction) => Promise<void>;
  /** Proposals were written into repeats of the segment: one step. */
  readonly proposed: (segment: string, rows: readonly WrittenRow[]) => void;
};

type Parts = {
  readonly documentId: string;
  readonly list: RowList;
  readonly saver: Saver;
  readonly grid: Grid;
  readonly filters: Filters;
  /** Writes proposals again, or takes them back; answers what was written. */
  readonly propose: (segment: string, rows: readonly WrittenRow[], direction: Direction) => Promise<readonly WrittenRow[]>;
};

const MOST_WAITED = 100;
const WAIT = 30;

export function createStepRecorder({ documentId, list, saver, grid, filters, propose }: Parts): StepRecorder {
  const named = new Map<Row, StepKind>();
  /** Rows whose next save is an undo or redo, not a step of its own. */
  const going = new Set<Row>();

  const show = () => {
    for (const direction of ["undo", "redo"] as const) {
      const button = required<HTMLButtonElement>(`[data-${direction}]`);
      const step = steps.next(direction);
      const row = step && list.find(step.segment);
      const name = step && t(`translate:step.${step.kind}`, { row: (row?.index ?? 0) + 1 });
      const label =
        name === undefined
          ? t(direction === "undo" ? "translate:undo.nothing" : "translate:redo.nothing")
          : t(direction === "undo" ? "translate:undo.step" : "translate:redo.step", { step: name });
      button.disabled = name === undefined;
      button.title = label;
      button.setAttribute("aria-label", label);
    }
  };
  const steps = createSteps(documentId, show);
  show();

  const saved = (row: Row, stored: StoredRow) => {
    if (going.delete(row)) return;
    const before = textOfStored(stored);
    const after = textOfStored(row.stored);
    const kind = named.get(row);
    named.delete(row);
    const segment = row.id;
    const isWritten = before.target !== after.target;
    // Text that was written and confirmed at once is two steps: taking the confirmation back keeps the text.
    const written = { ...after, state: "initial" } as const;
    if (isWritten) {
      const usual = after.origin === "memory" ? "inserted" : "typed";
      steps.record({ segment, kind: kind ?? usual, before, after: written });
      if (after.state !== "initial") steps.record({ segment, kind: "confirmed", before: written, after });
    } else if (before.state !== after.state) {
      steps.record({ segment, kind: after.state === "initial" ? "opened" : "confirmed", before, after });
    }
  };

  const go = async (direction: Direction) => {
    await settle();
    const step = steps.next(direction);
    const row = step && list.find(step.segment);
    if (!step) return;
    steps.move(direction);
    if (step.rows) {
      const written = await propose(step.segment, step.rows, direction);
      if (direction === "redo") steps.amend(written);
      return;
    }
    if (!row) return;
    const [from, to] = direction === "undo" ? [step.after, step.before] : [step.before, step.after];
    filters.show(row);
    grid.activate(row);
    if (textOf(row) !== from.target || row.stored.state !== from.state) {
      showToast(t("translate:undo.gone", { row: row.index + 1 }));
      return;
    }
    going.add(row);
    grid.editor()?.adopt(to.target);
    saver.change(row, to, "now");
    grid.refresh(row);
  };

  /** What is being written becomes a step first. */
  const settle = async () => {
    saver.flush();
    const row = grid.active();
    for (let waited = 0; row?.draft && !saver.isOffline() && waited < MOST_WAITED; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
  };

  for (const direction of ["undo", "redo"] as const) {
    required(`[data-${direction}]`).addEventListener("click", () => void go(direction));
  }

  return {
    saved,
    name: (row, kind) => void named.set(row, kind),
    left: steps.close,
    proposed: (segment, rows) => {
      const unchanged = { target: "", state: "initial", origin: "typed" } as const;
      steps.record({ segment, kind: "proposed", before: unchanged, after: unchanged, rows });
      steps.close();
    },
    go,
  };
}

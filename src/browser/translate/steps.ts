/**
 * Undo and redo of what was saved in this text, kept on this computer, so that they survive a reload.
 * A step is undone only when the row still is as the step left it; otherwise somebody has changed it since.
 */
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";
import { attempt } from "./drafts.ts";
import type { StoredRow } from "./rows.ts";

export type StepKind = "typed" | "inserted" | "confirmed" | "opened" | "restored" | "proposed";
/** A row of this or another text that a step wrote, and the revision it had then. */
export type WrittenRow = { readonly id: string; readonly revision: number };
export type RowText = { readonly target: string; readonly state: TranslationState; readonly origin: TargetOrigin };
export type Step = {
  readonly segment: string;
  readonly kind: StepKind;
  readonly before: RowText;
  readonly after: RowText;
  /** Proposals to the repeats of the segment: many rows in one step. */
  readonly rows?: readonly WrittenRow[];
};

export type Steps = {
  readonly record: (step: Step) => void;
  /** The row is left: typing in it later is another step. */
  readonly close: () => void;
  readonly next: (direction: "undo" | "redo") => Step | undefined;
  /** Goes over the step, whether it could be done or not. */
  readonly move: (direction: "undo" | "redo") => void;
  /** The step that was done last wrote these rows: after a redo they have other revisions. */
  readonly amend: (rows: readonly WrittenRow[]) => void;
};

const MOST_KEPT = 200;

export function createSteps(documentId: string, changed: () => void): Steps {
  const key = `dingyi-steps/${documentId}`;
  let { steps, done } = read(key);
  let isOpen = false;

  const keep = () => {
    attempt(() => localStorage.setItem(key, JSON.stringify({ steps, done })));
    changed();
  };

  return {
    record: (step) => {
      const last = done === steps.length ? steps[done - 1] : undefined;
      const isSameDraft =
        isOpen &&
        !step.rows &&
        !last?.rows &&
        last?.segment === step.segment &&
        last.after.state === "initial" &&
        step.after.state === "initial";
      steps = steps.slice(0, isSameDraft ? done - 1 : done);
      steps.push(isSameDraft && last ? { ...step, before: last.before } : step);
      steps = steps.slice(-MOST_KEPT);
      done = steps.length;
      isOpen = true;
      keep();
    },
    close: () => {
      isOpen = false;
    },
    next: (direction) => (direction === "undo" ? steps[done - 1] : steps[done]),
    move: (direction) => {
      done = Math.min(steps.length, Math.max(0, done + (direction === "undo" ? -1 : 1)));
      isOpen = false;
      keep();
    },
    amend: (rows) => {
      const step = steps[done - 1];
      if (step) steps[done - 1] = { ...step, rows };
      keep();
    },
  };
}

export function textOfStored({ target = "", state, origin = "typed" }: StoredRow): RowText {
  return { target, state, origin };
}

function read(key: string): { steps: Step[]; done: number } {
  const found: { steps: Step[]; done: number } = { steps: [], done: 0 };
  attempt(() => {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<typeof found>;
    if (!Array.isArray(kept.steps) || typeof kept.done !== "number") return;
    found.steps = kept.steps;
    found.done = Math.min(kept.done, kept.steps.length);
  });
  return found;
}

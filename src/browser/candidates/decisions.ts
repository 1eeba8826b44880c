/**
 * Decisions: shown at once, saved one after another in the order in which they were made, taken back when the save
 * fails. A save based on a decision that no longer stands asks what shall hold.
 */
import { project, required } from "../shell/dom.ts";
import { askAboutConflict } from "../shell/conflict.ts";
import { post } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import { actionOf } from "./model.ts";
import type { Action, Decision, Row } from "./model.ts";

export type DecisionEvents = {
  /** The row has another decision now. */
  readonly onChange: (row: Row) => void;
  readonly findRow: (text: string) => Row | undefined;
  readonly say: (words: string) => void;
};

export type Decisions = {
  readonly decide: (row: Row, action: Exclude<Action, "undecided">, reason: string) => void;
  /** The text whose decision was taken back. */
  readonly undo: () => Promise<string | undefined>;
};

type StaleDetails = { readonly theirs?: Decision; readonly base?: Decision };

export function createDecisions(events: DecisionEvents): Decisions {
  const place = required("[data-saved]");
  const url = `/api/p/${project()}/candidates`;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  /** After all that was decided before. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    waiting += 1;
    showSavedState(place, { kind: "saving" });
    const done = queue.then(work).finally(() => {
      waiting -= 1;
    });
    queue = done.catch(() => undefined);
    return done;
  };
  const showSaved = () => {
    if (waiting <= 1) showSavedState(place, { kind: "saved", at: new Date() });
  };
  const set = (row: Row, decision: Decision | undefined) => {
    row.decision = decision;
    events.onChange(row);
  };

  type Wish = { readonly action: Exclude<Action, "undecided">; readonly reason: string };

  const save = async (row: Row, { action, reason }: Wish, base: Decision | undefined): Promise<void> => {
    const answer = await post<{ readonly decision: Decision }>(
      `${url}/decisions`,
      { text: row.text, action, base: base?.id ?? null, ...(reason === "" ? {} : { reason }) },
      { quiet: true },
    );
    if (answer.ok) {
      savedDecisions.set(row, answer.value.decision);
      // A later decision about the same row may be shown already.
      if (row.decision?.id === PENDING && row.decision.action === action) set(row, answer.value.decision);
      showSaved();
      events.say(t("candidates:decide.done", { state: t(`candidates:state.${action}`), text: row.text }));
      return;
    }
    if (answer.code === "stale") return settle(row, { action, reason }, answer);
    set(row, base);
    showSavedState(place, { kind: answer.code === "offline" ? "offline" : "unsaved" });
    showProblem(answer.message);
  };

  const settle = async (row: Row, wish: Wish, { details }: Failure): Promise<void> => {
    const { theirs, base } = (details ?? {}) as StaleDetails;
    savedDecisions.set(row, theirs);
    const resolution = await askAboutConflict({
      mine: describe({ action: wish.action, reason: wish.reason }),
      theirs: describe(theirs),
      base: describe(base),
      language: document.documentElement.lang,
      ...(theirs ? { author: theirs.author, at: formatInstant(new Date(theirs.at)) } : {}),
    });
    if (resolution === "mine") return save(row, wish, theirs);
    set(row, theirs);
    showSaved();
    events.say(t("candidates:nothing-changed"));
  };

  return {
    decide: (row, action, reason) => {
      if (!savedDecisions.has(row)) savedDecisions.set(row, row.decision);
      const author = row.decision?.author ?? "";
      set(row, { id: PENDING, action, author, at: new Date().toISOString(), ...(reason === "" ? {} : { reason }) });
      void inTurn(() => save(row, { action, reason }, savedDecisions.get(row)));
    },
    undo: () =>
      inTurn(async () => {
        const answer = await post<{ readonly text?: string; readonly decision?: Decision }>(`${url}/undo`);
        if (!answer.ok) {
          showSavedState(place, { kind: answer.code === "offline" ? "offline" : "unsaved" });
          return undefined;
        }
        showSaved();
        const { text, decision } = answer.value;
        if (text === undefined) {
          events.say(t("candidates:decide.nothing"));
          return undefined;
        }
        const row = events.findRow(text);
        if (row) {
          savedDecisions.set(row, decision);
          set(row, decision);
        }
        const state = t(`candidates:state.${decision?.action ?? "undecided"}`);
        events.say(t("candidates:decide.undone", { text, state }));
        return text;
      }),
  };
}

/** Id of a decision that the server has not confirmed yet. */
const PENDING = "";

/** What the server is known to hold: the next save is based on it. */
const savedDecisions = new WeakMap<Row, Decision | undefined>();

function describe(decision: { readonly action: Action; readonly reason?: string } | undefined): string {
  const state = t(`candidates:state.${decision ? decision.action : "undecided"}`);
  return decision?.reason ? t("candidates:reason", { class: state, reason: decision.reason }) : state;
}

export function isDecided(row: Row): boolean {
  return actionOf(row) === "accept" || actionOf(row) === "drop";
}

/**
 * Decisions: shown at once, saved one after another in the order in which they were made, taken back when the save
 * fails. A save based on a decision that no longer stands asks what shall hold. What others decide comes in by
 * `receive` and never replaces what is on its way to the server.
 */
import { project, required } from "../shell/dom.ts";
import { askAboutConflict } from "../shell/conflict.ts";
import { post } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { showProblem } from "../shell/toast.ts";
import type { Action, Decision, Pair, Row } from "./model.ts";

export type DecisionEvents = {
  /** The row has another decision now. */
  readonly onChange: (row: Row) => void;
  readonly onPairs: (pairs: readonly Pair[]) => void;
  readonly findRow: (text: string) => Row | undefined;
  readonly say: (words: string) => void;
};

/** What a person wants to hold. */
export type Wish = {
  readonly action: Exclude<Action, "undecided">;
  readonly reason: string;
  /** `merge`: the entry, and what the wording is there. */
  readonly concept?: string;
  readonly termType?: string;
  /** `frame`. */
  readonly pattern?: string;
  /** What is shown until the server answers. */
  readonly partner?: string;
};

export type Decisions = {
  readonly decide: (row: Row, wish: Wish) => void;
  readonly pair: (row: Row, partner: string, reason: string) => void;
  /** The text whose decision was taken back: of a pair when its halves are given, else the newest of this person. */
  readonly undo: (pair?: { readonly text: string; readonly partner: string }) => Promise<string | undefined>;
  /** From the server: what somebody decided. Answers whether anything is another than before. */
  readonly receive: (text: string, decision: Decision | undefined) => boolean;
};

type StaleDetails = { readonly theirs?: Decision; readonly base?: Decision };
type UndoAnswer = {
  readonly text?: string;
  readonly decision?: Decision;
  readonly withdrawn?: string;
  readonly partner?: string;
  readonly pairs?: readonly Pair[];
};

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
  const showUnsaved = (code: string) => showSavedState(place, { kind: code === "offline" ? "offline" : "unsaved" });
  const set = (row: Row, decision: Decision | undefined) => {
    row.decision = decision;
    events.onChange(row);
  };

  const save = async (row: Row, wish: Wish, base: Decision | undefined): Promise<void> => {
    const { action, reason, concept, termType, pattern } = wish;
    const body = { text: row.text, action, base: base?.id ?? null, reason, concept, termType, pattern };
    const answer = await post<{ readonly decision: Decision; readonly withdrawn: string }>(`${url}/decisions`, body, {
      quiet: true,
    });
    if (answer.ok) {
      savedDecisions.set(row, answer.value.decision);
      // A later decision about the same row may be shown already.
      if (row.decision?.id === PENDING && row.decision.action === action) set(row, answer.value.decision);
      showSaved();
      const done = t("candidates:decide.done", { state: stateOf(answer.value.decision), text: row.text });
      events.say(answer.value.withdrawn === "kept" ? `${done} ${t("candidates:decide.kept")}` : done);
      return;
    }
    if (answer.code === "stale") return settle(row, wish, answer);
    set(row, base);
    showUnsaved(answer.code);
    showProblem(answer.message);
  };

  const settle = async (row: Row, wish: Wish, { details }: Failure): Promise<void> => {
    const { theirs, base } = (details ?? {}) as StaleDetails;
    savedDecisions.set(row, theirs);
    const resolution = await askAboutConflict({
      mine: describe(wish),
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

  const undo = async (pair?: { readonly text: string; readonly partner: string }): Promise<string | undefined> => {
    const answer = await post<UndoAnswer>(`${url}/undo`, pair);
    if (!answer.ok) {
      showUnsaved(answer.code);
      return undefined;
    }
    showSaved();
    const { text, decision, partner, pairs, withdrawn } = answer.value;
    if (text === undefined) {
      events.say(t("candidates:decide.nothing"));
      return undefined;
    }
    if (partner !== undefined) {
      events.onPairs(pairs ?? []);
      events.say(t("candidates:decide.unpaired", { text, partner }));
      return text;
    }
    const row = events.findRow(text);
    if (row) {
      savedDecisions.set(row, decision);
      set(row, decision);
    }
    const undone = t("candidates:decide.undone", { text, state: stateOf(decision) });
    events.say(withdrawn === "kept" ? `${undone} ${t("candidates:decide.kept")}` : undone);
    return text;
  };

  return {
    decide: (row, wish) => {
      const { action, reason, partner } = wish;
      if (!savedDecisions.has(row)) savedDecisions.set(row, row.decision);
      const author = row.decision?.author ?? "";
      const shown = { ...(reason === "" ? {} : { reason }), ...(partner === undefined ? {} : { partner }) };
      set(row, { id: PENDING, action, author, at: new Date().toISOString(), ...shown });
      void inTurn(() => save(row, wish, savedDecisions.get(row)));
    },
    pair: (row, partner, reason) => {
      void inTurn(async () => {
        const body = { text: row.text, partner, reason };
        const answer = await post<{ readonly pairs: readonly Pair[] }>(`${url}/pairs`, body, { quiet: true });
        if (answer.ok) {
          events.onPairs(answer.value.pairs);
          showSaved();
          events.say(t("candidates:decide.paired", { text: row.text, partner }));
        } else {
          showUnsaved(answer.code);
          showProblem(answer.message);
        }
      });
    },
    undo: (pair) => inTurn(() => undo(pair)),
    receive: (text, decision) => {
      const row = events.findRow(text);
      if (!row || waiting > 0 || row.decision?.id === PENDING || row.decision?.id === decision?.id) return false;
      savedDecisions.set(row, decision);
      set(row, decision);
      return true;
    },
  };
}

/** Id of a decision that the server has not confirmed yet. */
const PENDING = "";

/** What the server is known to hold: the next save is based on it. */
const savedDecisions = new WeakMap<Row, Decision | undefined>();

type Described = { readonly action: Action; readonly reason?: string; readonly partner?: string };

/** The state with what it names: "Merged into 防汛抗旱". */
export function stateOf(decision: Described | undefined): string {
  const action = decision?.action ?? "undecided";
  const { partner } = decision ?? {};
  if (partner !== undefined && (action === "merge" || action === "frame"))
    return t(`candidates:state-with.${action}`, { partner });
  return t(`candidates:state.${action}`);
}

function describe(decision: Described | undefined): string {
  const state = stateOf(decision);
  return decision?.reason ? t("candidates:reason", { class: state, reason: decision.reason }) : state;
}

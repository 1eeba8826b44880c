/**
 * Saves rows, one request at a time each: typing waits a moment, confirming does not. What was written stays on this
 * computer until the server has answered that it has it; while the server does not answer, it is asked again.
 *
 * Guarantees: a save carries the revision it was written on; an answer that comes after more was typed does not
 * remove what was typed; a stale save changes nothing and is put to the person.
 */
import type { TargetOrigin, TranslationState } from "../../model/translation-unit.ts";
import { project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import type { Draft, DraftShelf } from "./drafts.ts";
import type { Row, StoredRow } from "./rows.ts";

export type FindingView = {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly expected: readonly string[];
  readonly subject: string;
  readonly targetSpan?: { readonly start: number; readonly end: number };
};

export type SaveAnswer = { readonly row: StoredRow; readonly findings: readonly FindingView[] };
export type StaleDetails = { readonly mine: string; readonly theirs: StoredRow; readonly base?: string };

export type Change = { readonly target: string; readonly state: TranslationState; readonly origin: TargetOrigin };

export type SaverEvents = {
  /** The server has it. `before` is what it had. */
  readonly saved: (row: Row, answer: SaveAnswer, before: StoredRow) => void;
  /** What to show for a row has changed. */
  readonly progress: (row: Row, state: "unsaved" | "saving" | "offline") => void;
  /** Somebody else saved it. Answers what to save now on top of theirs, or undefined to take theirs. */
  readonly stale: (row: Row, details: StaleDetails, draft: Draft) => Promise<Change | undefined>;
  /** A stale save is settled: the row is what the person chose. */
  readonly resolved: (row: Row) => void;
  /** The server refuses it for what it is; the text stays here. */
  readonly refused: (row: Row, failure: Failure) => void;
};

export type Saver = {
  readonly change: (row: Row, change: Change, when: "soon" | "now") => void;
  /** Sends what waits. */
  readonly flush: () => void;
  readonly isOffline: () => boolean;
};

type Entry = { timer?: ReturnType<typeof setTimeout> | undefined; isSending: boolean; failures: number };

const TYPING_PAUSE = 700;
const RETRY_AFTER = [1_000, 2_000, 5_000, 10_000] as const;

export function createSaver(shelf: DraftShelf, events: SaverEvents): Saver {
  const entries = new Map<Row, Entry>();

  const entryOf = (row: Row): Entry => {
    const entry = entries.get(row) ?? { isSending: false, failures: 0 };
    entries.set(row, entry);
    return entry;
  };

  const schedule = (row: Row, delay: number) => {
    const entry = entryOf(row);
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void send(row), delay);
  };

  const send = async (row: Row) => {
    const entry = entryOf(row);
    clearTimeout(entry.timer);
    entry.timer = undefined;
    if (entry.isSending) return;
    if (!row.draft) return void entries.delete(row);
    entry.isSending = true;
    const next = await exchange(row, entry, row.draft);
    entry.isSending = false;
    if (next === "retry") return;
    if (next === "stop" || !row.draft) return void (entry.timer === undefined && entries.delete(row));
    // More was written meanwhile.
    if (entry.timer === undefined) schedule(row, row.draft.state === "initial" ? TYPING_PAUSE : 0);
  };

  const exchange = async (row: Row, entry: Entry, draft: Draft): Promise<"done" | "retry" | "stop"> => {
    events.progress(row, "saving");
    const answer = await put<SaveAnswer>(`/api/p/${project()}/segments/${encodeURIComponent(row.id)}`, draft, { quiet: true });
    if (answer.ok) {
      entry.failures = 0;
      const before = row.stored;
      row.stored = answer.value.row;
      if (row.draft === draft) drop(row);
      else if (row.draft) hold(row, { ...row.draft, baseRevision: answer.value.row.revision });
      events.saved(row, answer.value, before);
      return "done";
    }
    if (answer.code === "stale") {
      entry.failures = 0;
      const details = answer.details as StaleDetails;
      const change = await events.stale(row, details, row.draft ?? draft);
      row.stored = details.theirs;
      if (change) hold(row, { ...change, baseRevision: details.theirs.revision });
      else drop(row);
      events.resolved(row);
      return "done";
    }
    if (answer.status === 0 || answer.status === 429 || answer.status >= 500) {
      schedule(row, RETRY_AFTER[Math.min(entry.failures, RETRY_AFTER.length - 1)] ?? 10_000);
      entry.failures += 1;
      events.progress(row, "offline");
      return "retry";
    }
    // Refused for what it is: asking again would not help.
    entry.failures = 0;
    events.refused(row, answer);
    return "stop";
  };

  const hold = (row: Row, draft: Draft) => {
    row.draft = draft;
    shelf.keep(row.id, draft);
  };
  const drop = (row: Row) => {
    row.draft = undefined;
    shelf.drop(row.id);
  };

  const flush = () => {
    for (const [row, entry] of entries) if (entry.timer !== undefined) void send(row);
  };
  window.addEventListener("online", flush);

  return {
    change: (row, change, when) => {
      const baseRevision = row.draft?.baseRevision ?? row.stored.revision;
      const { target = "", state } = row.stored;
      const entry = entryOf(row);
      const isUnsent = !entry.isSending && entry.failures === 0;
      if (isUnsent && change.target === target && change.state === state) {
        // Back to what the server has.
        clearTimeout(entry.timer);
        entries.delete(row);
        drop(row);
        return;
      }
      hold(row, { ...change, baseRevision });
      events.progress(row, entry.failures > 0 ? "offline" : "unsaved");
      if (when === "now") void send(row);
      else if (entry.failures === 0) schedule(row, TYPING_PAUSE);
    },
    flush,
    isOffline: () => [...entries.values()].some(({ failures }) => failures > 0),
  };
}

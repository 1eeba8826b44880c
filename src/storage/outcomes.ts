/** What stores answer. Trouble that a person causes is a value with a code; exceptions are for bugs and a broken disk. */
import type { IsoInstant } from "../model/span.ts";

/** Who did it and when. */
export type Signed = { readonly author: string; readonly at: IsoInstant };

/** A save that was based on an old revision changed nothing: what was to be saved, what is there now, what both started from. */
export type Stale<Mine, Theirs = Mine, Base = Theirs> = {
  readonly kind: "stale";
  readonly mine: Mine;
  readonly theirs: Theirs;
  /** Undefined when nothing is known of that revision. */
  readonly base: Base | undefined;
};

/** A stable slug, put into words by the catalogues (`refusals:<code>`). */
export type Refused = { readonly kind: "refused"; readonly code: RefusalCode };

export type RefusalCode =
  | "not-found"
  | "approval-without-citation"
  | "approval-without-reason"
  | "rejection-without-reason"
  | "decision-without-reason"
  | "superseded-without-successor"
  | "successor-not-usable"
  | "successor-in-circle"
  | "transition-not-allowed"
  | "second-person-needed"
  | "approved-text-needs-proposal"
  | "rejected-before"
  | "paraphrase-without-reason"
  | "relation-to-itself"
  | "relation-in-circle"
  | "relation-unknown"
  | "comment-empty"
  | "nothing-to-resolve"
  | "nothing-to-reopen"
  | "template-slots-differ"
  | "memory-read-only"
  | "nothing-to-undo"
  | "nothing-to-redo"
  | "paragraphs-not-consecutive";

export type Page<T> = { readonly items: readonly T[]; readonly total: number };
export type PageRequest = { readonly offset?: number; readonly limit?: number };

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** What a person may ask of an alignment, what comes of it, and why not. */
import type { AlignmentGroup, AlignmentState, RowNote } from "../model/alignment.ts";

export type Side = "source" | "target";

/** `group` is the id of the group the operation is asked for. */
export type EditOperation =
  | { readonly kind: "merge-previous" | "merge-next"; readonly group: string }
  /** The first `sourceAt` and `targetAt` segments stay, the rest becomes a group of its own below. */
  | { readonly kind: "split"; readonly group: string; readonly sourceAt: number; readonly targetAt: number }
  /** `count`: how many sentences, counted from the border that they cross; one when it is not given. */
  | {
      readonly kind: "move-first-up" | "move-last-down";
      readonly group: string;
      readonly side: Side;
      readonly count?: number | undefined;
    }
  /** Down: this cell and all below it move one row down. Up: they move one row up, this cell joins the one above. */
  | { readonly kind: "shift-down" | "shift-up"; readonly group: string; readonly side: Side }
  | { readonly kind: "insert-empty-above" | "insert-empty-below"; readonly group: string }
  | { readonly kind: "remove-empty"; readonly group: string }
  | { readonly kind: "mark-omitted" | "mark-added" | "unmark"; readonly group: string }
  | { readonly kind: "confirm" | "confirm-up-to" | "unconfirm" | "lock" | "unlock"; readonly group: string }
  | { readonly kind: "bookmark" | "unbookmark" | "mark-doubtful" | "unmark-doubtful" | "unpin"; readonly group: string }
  | { readonly kind: "add-note"; readonly group: string; readonly note: RowNote }
  /** `note`: the words, who wrote them and when; they replace those of the note with that id, which keeps them. */
  | { readonly kind: "edit-note"; readonly group: string; readonly note: RowNote }
  | { readonly kind: "remove-note"; readonly group: string; readonly note: string }
  /** Neighbouring sentences of a side give way to others, which stand in this group. */
  | {
      readonly kind: SentenceStep;
      readonly group: string;
      readonly side: Side;
      readonly removed: readonly string[];
      readonly inserted: readonly string[];
    };

/** What was done to sentences (edit-sentences.ts). */
export type SentenceStep = "split-sentence" | "join-sentences" | "edit-sentence" | "restore-sentence";

export type EditRefusal =
  | "unknown-group"
  | "locked-group"
  /** A shift of the rest would change a group that a person has confirmed. */
  | "confirmed-group"
  | "no-neighbour"
  | "nothing-to-move"
  | "nothing-to-split"
  | "both-sides-present"
  | "empty-group"
  | "not-empty"
  | "unknown-note"
  | "unknown-sentence"
  /** Nothing would be left on one side of the place. */
  | "nothing-to-cut"
  | "no-next-sentence"
  | "empty-text"
  | "not-edited"
  /** A pin would cross a row that is confirmed, locked or marked, or another pin. */
  | "pin-crosses"
  | "no-change";

/** The name of an undo step (`align:step.<code>`); rows are 1-based as the page numbers them before the step. */
export type EditStep = {
  readonly code: EditOperation["kind"] | "realign" | "realign-rows" | "pin";
  readonly values: Readonly<Record<string, number>>;
};

export type EditResult =
  | { readonly ok: true; readonly state: AlignmentState; readonly step: EditStep }
  | { readonly ok: false; readonly refusal: EditRefusal };

export type Groups = readonly AlignmentGroup[];
export type Outcome = Groups | EditRefusal;

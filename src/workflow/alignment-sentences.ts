/** Sentences of an alignment that a person splits, joins, edits or restores, turned into a step and what it has to keep. */
import {
  editSentence,
  joinSentences,
  originalOf,
  restoreSentences,
  splitSentence,
  wholeSegmentOf,
} from "../alignment/edit-sentences.ts";
import type { Piece, SegmentTexts } from "../alignment/edit-sentences.ts";
import type { EditOperation, EditRefusal, SentenceStep } from "../alignment/edit.ts";
import type { EditedSentence } from "../model/alignment.ts";
import type { StoredAlignment } from "../storage/alignment-store.ts";
import type { Application } from "./application.ts";
import { findPieces, namedSentences } from "./alignment-texts.ts";
import type { SideName } from "./alignment-texts.ts";

type Place = { readonly group: string; readonly side: SideName; readonly sentence: number };

/** `sentence`: place in its row, from 0. */
export type SentenceRequest = Place &
  (
    | { readonly kind: "split-sentence"; readonly at: number }
    | { readonly kind: "edit-sentence"; readonly text: string }
    /** With the one after it in the row. */
    | { readonly kind: "join-sentences" | "restore-sentence" }
  );

const KINDS: readonly string[] = [
  "split-sentence",
  "join-sentences",
  "edit-sentence",
  "restore-sentence",
] satisfies readonly SentenceStep[];

export function isSentenceRequest(operation: { readonly kind: string }): operation is SentenceRequest {
  return KINDS.includes(operation.kind);
}

type Made =
  { readonly operation: EditOperation; readonly sentences: readonly EditedSentence[] } | { readonly refusal: EditRefusal };

type Given = {
  readonly alignment: StoredAlignment;
  readonly request: SentenceRequest;
  readonly author: string;
  readonly at: string;
};

export async function makeSentences(application: Application, { alignment, request, author, at }: Given): Promise<Made> {
  const { group, side, sentence, kind } = request;
  const ids = alignment.state.groups.find(({ id }) => id === group)?.[side];
  if (!ids) return { refusal: "unknown-group" };
  const id = ids[sentence];
  if (id === undefined) return { refusal: "unknown-sentence" };
  const replace = (removed: readonly string[], pieces: readonly Piece[], texts: SegmentTexts): Made => {
    const sentences: EditedSentence[] = [];
    const inserted = pieces.map((piece) => {
      const segment = wholeSegmentOf(piece, texts);
      if (segment !== undefined) return segment;
      const made = { id: crypto.randomUUID(), ...piece, author, at };
      sentences.push(made);
      return made.id;
    });
    return { operation: { kind, group, side, removed, inserted }, sentences };
  };
  const order = namedSentences(alignment.state, side);
  const place = order.indexOf(id);
  const { pieces, texts } = await findPieces(application, { alignment, side, ids: neighboursOf(order, place) });
  const own = pieces.get(id);
  if (!own) return { refusal: "unknown-sentence" };
  switch (request.kind) {
    case "split-sentence": {
      const parts = splitSentence(own, request.at, texts);
      return parts ? replace([id], parts, texts) : { refusal: "nothing-to-cut" };
    }
    case "join-sentences": {
      const next = ids[sentence + 1];
      const other = next === undefined ? undefined : pieces.get(next);
      if (next === undefined || !other) return { refusal: "no-next-sentence" };
      return replace([id, next], [joinSentences(own, other, texts)], texts);
    }
    case "edit-sentence": {
      const edited = editSentence(own, request.text);
      if (!edited) return { refusal: "empty-text" };
      return edited.text === own.text ? { refusal: "no-change" } : replace([id], [edited], texts);
    }
    case "restore-sentence": {
      if (wholeSegmentOf(own, texts) !== undefined) return { refusal: "not-edited" };
      // Other words first: whoever takes back an edit of half a sentence keeps the cut.
      const original = originalOf(own, texts);
      if (own.text !== original) return replace([id], [{ text: original, parts: own.parts }], texts);
      const found = neighboursOf(order, place);
      const run = found.flatMap((one) => pieces.get(one) ?? []);
      const { first, end, segments } = restoreSentences(run, found.indexOf(id));
      const whole = segments.map((segment): Piece => {
        const text = texts.textOf(segment);
        return { text, parts: [{ segment, start: 0, end: text.length }] };
      });
      return replace(found.slice(first, end), whole, texts);
    }
  }
}

/** A sentence is cut into few pieces, so they all stand among so many neighbours. */
const MOST_PIECES = 100;

function neighboursOf(order: readonly string[], place: number): readonly string[] {
  return order.slice(Math.max(0, place - MOST_PIECES), place + MOST_PIECES + 1);
}

/** Sentences that were split, joined or edited in an alignment. They are few beside its segments, and never change. */
import type { EditedSentence } from "../../model/alignment.ts";
import type { Query } from "../database.ts";
import { inPieces, parseJson } from "./rows.ts";

/** Six columns each, below the limit of parameters. */
const SENTENCES_PER_STATEMENT = 200;

export async function writeSentences(trx: Query, alignmentId: string, sentences: readonly EditedSentence[]): Promise<void> {
  for (const piece of inPieces(sentences, SENTENCES_PER_STATEMENT)) {
    const rows = piece.map(({ parts, ...sentence }) => ({
      ...sentence,
      alignment_id: alignmentId,
      parts: JSON.stringify(parts),
    }));
    await trx.insertInto("edited_sentence").values(rows).execute();
  }
}

export async function readSentences(db: Query, alignmentId: string): Promise<readonly EditedSentence[]> {
  const rows = await db
    .selectFrom("edited_sentence")
    .select(["id", "text", "parts", "author", "at"])
    .where("alignment_id", "=", alignmentId)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map(({ parts, ...row }) => ({ ...row, parts: parseJson<EditedSentence["parts"]>(parts) }));
}

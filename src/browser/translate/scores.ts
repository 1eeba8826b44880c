/** How good the best match of each open row is, asked for piece by piece while nothing else is going on. */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Row, RowList } from "./rows.ts";
import { isConfirmed } from "./rows.ts";

const PIECE = 50;

/** Begins with the rows around `first`. `arrived` is told the rows whose score is new, and whether all are known. */
export async function loadScores(
  { documentId, list, first }: { readonly documentId: string; readonly list: RowList; readonly first: number },
  arrived: (rows: readonly Row[], isComplete: boolean) => void,
): Promise<void> {
  const { rows } = list;
  const pieces = Math.ceil(rows.length / PIECE);
  for (let number = 0; number < pieces; number += 1) {
    const from = ((Math.floor(first / PIECE) + number) % pieces) * PIECE;
    if (rows.slice(from, from + PIECE).every(isConfirmed)) continue;
    await idle();
    const url = `/api/p/${project()}/documents/${encodeURIComponent(documentId)}/scores?from=${from}&count=${PIECE}`;
    const answer = await get<{ readonly scores: readonly (readonly [string, number])[] }>(url, { quiet: true });
    // The rest is left out; each row still asks for its own matches.
    if (!answer.ok) break;
    const scored = answer.value.scores.flatMap(([id, score]) => {
      const row = list.find(id);
      if (row) row.best = score;
      return row ? [row] : [];
    });
    arrived(scored, false);
  }
  arrived([], true);
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 20);
  });
}

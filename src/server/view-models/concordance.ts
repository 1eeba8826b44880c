/** A hit as the page shows it: both texts with their marks, where it comes from, and where it can be opened. */
import type { ConcordanceRow } from "../../workflow/concordance.ts";

export type ShownHit = {
  readonly id: string;
  readonly memory: string;
  readonly document?: string | undefined;
  readonly author?: string | undefined;
  /** The day of the last change. */
  readonly day?: string | undefined;
  readonly state: string;
  readonly address?: string | undefined;
  readonly source: ConcordanceRow["source"];
  readonly target: ConcordanceRow["target"];
  readonly distance?: number | undefined;
};

export function showConcordanceRow({ unit, memory, source, target, distance }: ConcordanceRow, projectId: string): ShownHit {
  const { id, document, author, state } = unit;
  const day = (unit.changedAt ?? unit.createdAt)?.slice(0, 10);
  return { id, memory, document, author, day, state, address: addressOf(unit, projectId), source, target, distance };
}

function addressOf({ link }: ConcordanceRow["unit"], projectId: string): string | undefined {
  const base = `/p/${encodeURIComponent(projectId)}`;
  if (link.alignmentId !== undefined) {
    const group = link.groupId === undefined ? "" : `#row-${encodeURIComponent(link.groupId)}`;
    return `${base}/align/${encodeURIComponent(link.alignmentId)}${group}`;
  }
  if (link.documentId === undefined || link.segmentId === undefined) return undefined;
  return `${base}/translate?document=${encodeURIComponent(link.documentId)}&row=${encodeURIComponent(link.segmentId)}`;
}

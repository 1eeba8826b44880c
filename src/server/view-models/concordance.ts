/** A hit as the page shows it: both texts with their marks, where it comes from, and where it can be opened. */
import type { ConcordanceRow } from "../../workflow/concordance.ts";
import { addressOfUnit } from "./unit-address.ts";

export type ShownHit = {
  readonly id: string;
  readonly memory: string;
  readonly document?: string | undefined;
  readonly author?: string | undefined;
  /** The day of the last change. */
  readonly day?: string | undefined;
  readonly state: string;
  readonly address: string;
  readonly source: ConcordanceRow["source"];
  readonly target: ConcordanceRow["target"];
  readonly distance?: number | undefined;
};

export function showConcordanceRow({ unit, memory, projectId, source, target, distance }: ConcordanceRow): ShownHit {
  const { id, document, author, state } = unit;
  const day = (unit.changedAt ?? unit.createdAt)?.slice(0, 10);
  const address = addressOfUnit({ ...unit, source: source.text }, projectId);
  return { id, memory, document, author, day, state, address, source, target, distance };
}

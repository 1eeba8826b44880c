/** Where a unit of a memory can be opened: its row in a translation or an alignment; else itself among the units. */
import type { UnitLink } from "../../workflow/memory-units.ts";

/** Enough of a text to find its unit again, and little enough for an address. */
const MOST_TEXT = 100;

export type AddressedUnit = { readonly link: UnitLink; readonly memoryId: string; readonly source: string };

export function addressOfUnit({ link, memoryId, source }: AddressedUnit, projectId: string): string {
  const address = addressOfLink(link, projectId);
  if (address !== undefined) return address;
  const filter = new URLSearchParams({ memory: memoryId, text: [...source].slice(0, MOST_TEXT).join("").trim(), side: "source" });
  return `/p/${encodeURIComponent(projectId)}/memory#units?${filter.toString()}`;
}

export function addressOfLink(link: UnitLink, projectId: string): string | undefined {
  const { documentId, segmentId, alignmentId, groupId } = link;
  const base = `/p/${encodeURIComponent(projectId)}`;
  if (alignmentId !== undefined) {
    const group = groupId === undefined ? "" : `?group=${encodeURIComponent(groupId)}`;
    return `${base}/align/${encodeURIComponent(alignmentId)}${group}`;
  }
  if (documentId === undefined || segmentId === undefined) return undefined;
  return `${base}/translate?document=${encodeURIComponent(documentId)}&row=${encodeURIComponent(segmentId)}`;
}

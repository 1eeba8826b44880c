/** The room of an alignment: where its pages hear of each step. */
import type { StoredAlignment } from "../storage/alignment-store.ts";
import type { Application } from "./application.ts";

export function alignmentRoom(alignmentId: string): string {
  return `alignment:${alignmentId}`;
}

export function tellAlignmentRoom({ rooms }: Application, { id, revision }: StoredAlignment, author: string): void {
  rooms.tell(alignmentRoom(id), { kind: "changed", revision, author });
}

/**
 * The import of an alignment is one step that can be taken back as a whole, and done again: the alignment, its units in
 * the memory, and both documents, but not a document that something else has come to use.
 *
 * Only while nobody has changed a row: what a person did since is not to vanish with it. What is stored goes and comes
 * in one transaction; the units follow, and a crash in between is made up for like one after a step (alignment-units).
 */
import type { DocumentSummary, DocumentUses } from "../storage/document-store.ts";
import type { AlignmentSummary } from "../storage/alignment-store.ts";
import { isUsed } from "../storage/sql/document-uses.ts";
import type { Application } from "./application.ts";
import { tellAlignmentRoom } from "./alignment-room.ts";
import { followUnits, updateAlignmentUnits } from "./alignment-units.ts";

export type KeptDocument = { readonly document: DocumentSummary; readonly uses: DocumentUses };

export type ImportUndo =
  | { readonly kind: "possible"; readonly kept: readonly KeptDocument[] }
  /** Somebody changed rows since; it was not imported; it is not there. */
  | { readonly kind: "changed" | "not-imported" | "not-found" };

type Place = { readonly projectId: string; readonly alignmentId: string };

/** The ids of its documents are made from the id of the preview, and from nothing else. */
export function wasImported({
  sourceDocumentId,
  targetDocumentId,
}: Pick<AlignmentSummary, "sourceDocumentId" | "targetDocumentId">): boolean {
  const [, preview] = /^(.+)-source$/u.exec(sourceDocumentId) ?? [];
  return preview !== undefined && targetDocumentId === `${preview}-target`;
}

/** Whether the import can be taken back now, and what would stay. */
export async function describeImportUndo(application: Application, { projectId, alignmentId }: Place): Promise<ImportUndo> {
  const alignment = await application.stores.alignments.findSummary(alignmentId);
  if (alignment?.projectId !== projectId) return { kind: "not-found" };
  if (!wasImported(alignment)) return { kind: "not-imported" };
  if (alignment.revision !== 1) return { kind: "changed" };
  return { kind: "possible", kept: await listKept(application, alignment) };
}

type Sides = Pick<AlignmentSummary, "id" | "sourceDocumentId" | "targetDocumentId">;

async function listKept({ stores }: Application, alignment: Sides): Promise<readonly KeptDocument[]> {
  const kept: KeptDocument[] = [];
  for (const id of [alignment.sourceDocumentId, alignment.targetDocumentId]) {
    const document = await stores.documents.findSummary(id);
    const found = await stores.documents.findUses(id);
    const uses = { ...found, alignments: found.alignments.filter((other) => other !== alignment.id) };
    if (document && isUsed(uses)) kept.push({ document, uses });
  }
  return kept;
}

/** Takes the import back. The answer says what stayed. */
export async function undoAlignmentImport(
  application: Application,
  { author, ...place }: Place & { readonly author: string },
): Promise<ImportUndo> {
  const { stores, clock } = application;
  const undo = await describeImportUndo(application, place);
  const alignment = await stores.alignments.find(place.alignmentId);
  if (undo.kind !== "possible") return undo;
  if (!alignment) return { kind: "not-found" };
  await followUnits(application, alignment);
  const documentIds = [alignment.sourceDocumentId, alignment.targetDocumentId];
  const outcome = await stores.alignments.remove({ alignmentId: alignment.id, documentIds, author, at: clock() });
  if (outcome !== "done") return { kind: outcome };
  tellAlignmentRoom(application, { ...alignment, revision: alignment.revision + 1 }, author);
  await updateAlignmentUnits(application, { alignment, before: alignment.state, author });
  return { kind: "possible", kept: await listKept(application, alignment) };
}

/** Brings back an import that was taken back: the alignment, what went with it, and its units. */
export async function redoAlignmentImport(
  application: Application,
  { author, projectId, alignmentId }: Place & { readonly author: string },
): Promise<"done" | "not-found"> {
  const { stores, clock } = application;
  const alignment = await stores.alignments.find(alignmentId, { withRemoved: true });
  if (alignment?.projectId !== projectId) return "not-found";
  await stores.alignments.restore({ alignmentId, author, at: clock() });
  await updateAlignmentUnits(application, { alignment, before: { groups: [] }, author });
  return "done";
}

export type UndoneImport = {
  readonly alignment: AlignmentSummary;
  readonly source: DocumentSummary | undefined;
  readonly target: DocumentSummary | undefined;
  readonly undoneBy: string;
};

/** Imports that were taken back, the last one first. */
export async function listUndoneImports({ stores }: Application, projectId: string): Promise<readonly UndoneImport[]> {
  const removed = await stores.alignments.list(projectId, { removed: true });
  const sorted = removed.toSorted((one, other) => (other.removedAt ?? "").localeCompare(one.removedAt ?? ""));
  return Promise.all(
    sorted.map(async (alignment) => ({
      alignment,
      source: await stores.documents.findSummary(alignment.sourceDocumentId),
      target: await stores.documents.findSummary(alignment.targetDocumentId),
      undoneBy: (await stores.alignments.history(alignment.id)).at(-1)?.author ?? "",
    })),
  );
}

/**
 * An alignment that was made elsewhere comes in: its files are kept, a worker reads them and says what they hold; with
 * consent both texts become documents and the rows an alignment, confirmed where the file says so or the person wishes.
 *
 * Guarantee: nothing is in the store before consent; accepting twice, or again after a crash in the middle, stores nothing
 * twice, because the ids of the documents follow from the preview.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AlignmentGroup } from "../model/alignment.ts";
import type { NewParagraph } from "../storage/document-store.ts";
import { joinSegments } from "./align-texts.ts";
import type { AlignmentReading, ReceivedAlignment, ReceivedSide } from "./received-alignment.ts";
import { createAlignment, updateAlignmentUnits } from "./alignment-units.ts";
import type { Application } from "./application.ts";
import { createPreview, discardPreview, findPreview, receivedPath } from "./import-previews.ts";
import type { ImportPreview, IncomingFile, PreviewPlace } from "./import-previews.ts";

export type ImportPlace = { readonly projectId: string; readonly id: string };

/** Apart from the previews of documents, which the library lists. */
function placeOf({ dataFolder }: Application, { projectId, id }: ImportPlace): PreviewPlace {
  return { dataFolder: join(dataFolder, "alignment-imports"), projectId, id };
}

export async function receiveAlignment(
  application: Application,
  given: { readonly projectId: string; readonly author: string; readonly files: readonly IncomingFile[] },
): Promise<ImportPreview> {
  const { dataFolder } = placeOf(application, { projectId: given.projectId, id: "" });
  return createPreview(dataFolder, { ...given, createdAt: application.clock() });
}

export type OpenAlignmentImport = { readonly preview: ImportPreview; readonly reading: AlignmentReading };

/** What the files hold; undefined when there is no such import. */
export async function openAlignmentImport(
  application: Application,
  wanted: ImportPlace,
): Promise<OpenAlignmentImport | undefined> {
  const place = placeOf(application, wanted);
  const preview = await findPreview(place);
  const project = await application.stores.projects.find(wanted.projectId);
  if (!preview || !project) return undefined;
  const { sourceLanguage, targetLanguage } = project;
  const files = preview.files.map(({ name }, number) => ({ name, path: receivedPath(place, number) }));
  const reading = await application.jobs.runTask("readAlignment", { files, sourceLanguage, targetLanguage });
  return { preview, reading };
}

export async function discardAlignmentImport(application: Application, wanted: ImportPlace): Promise<void> {
  await discardPreview(placeOf(application, wanted));
}

export type AlignmentAcceptance = ImportPlace & {
  readonly author: string;
  readonly titles: { readonly source: string; readonly target: string };
  /** Take all rows as confirmed by a person; without it only those that the file says are. */
  readonly confirmAll: boolean;
};

export type AlignmentAcceptOutcome =
  | { readonly kind: "accepted"; readonly alignmentId: string; readonly documentIds: readonly [string, string] }
  | { readonly kind: "not-found" }
  | { readonly kind: "unreadable" };

/** Those under way: who asks for the same one meanwhile, by a second click perhaps, gets the same answer. */
const accepting = new Map<string, Promise<AlignmentAcceptOutcome>>();

export async function acceptAlignment(application: Application, request: AlignmentAcceptance): Promise<AlignmentAcceptOutcome> {
  const key = JSON.stringify([request.projectId, request.id]);
  const running = accepting.get(key) ?? storeAlignment(application, request).finally(() => accepting.delete(key));
  accepting.set(key, running);
  return running;
}

async function storeAlignment(application: Application, request: AlignmentAcceptance): Promise<AlignmentAcceptOutcome> {
  const open = await openAlignmentImport(application, request);
  if (!open) return { kind: "not-found" };
  const received = open.reading.value;
  if (!received) return { kind: "unreadable" };
  const { stores, clock } = application;
  const { projectId, author } = request;
  const fileIds = await storeFiles(application, request, open.preview);
  const segmentIds: Record<"source" | "target", readonly string[]> = { source: [], target: [] };
  const documentIds: Record<"source" | "target", string> = { source: "", target: "" };
  for (const side of ["source", "target"] as const) {
    const text = received[side];
    const id = `${request.id}-${side}`;
    documentIds[side] = id;
    const known = await stores.documents.findSummary(id);
    const fileId = fileIds[text.file];
    if (!known) {
      const document = {
        ...{ id, projectId, ordinal: 0, title: request.titles[side].trim() || text.title, language: text.language, side },
        ...(fileId === undefined ? {} : { fileId }),
        paragraphs: makeParagraphs(text),
      };
      await stores.documents.add(document, { author, at: clock() });
    }
    const segments = await stores.segments.list({ documentId: id });
    segmentIds[side] = segments.filter(({ kind }) => kind === "segment").map((segment) => segment.id);
    await nextTurn();
  }
  const pair = [documentIds.source, documentIds.target] as const;
  const known = await stores.alignments.findByDocuments(...pair, { withRemoved: true });
  const alignment =
    known ??
    (await createAlignment(application, {
      projectId,
      sourceDocumentId: documentIds.source,
      targetDocumentId: documentIds.target,
      state: { groups: makeGroups(received, segmentIds, { ...request, at: clock() }) },
      author,
      at: clock(),
    }));
  // After a crash in the middle it may be there without its units.
  if (known) {
    // It was taken back after the crash, and is wanted again.
    if (known.removedAt !== undefined) await stores.alignments.restore({ alignmentId: known.id, author, at: clock() });
    await updateAlignmentUnits(application, { alignment, before: { groups: [] }, author });
  }
  await discardAlignmentImport(application, request);
  return { kind: "accepted", alignmentId: alignment.id, documentIds: pair };
}

async function storeFiles(
  application: Application,
  wanted: ImportPlace,
  { files, createdAt }: ImportPreview,
): Promise<readonly string[]> {
  const place = placeOf(application, wanted);
  const ids: string[] = [];
  for (const [number, { name, mediaType }] of files.entries()) {
    const bytes = await readFile(receivedPath(place, number));
    const stored = { projectId: wanted.projectId, name, mediaType, receivedAt: createdAt, bytes };
    ids.push((await application.stores.files.add(stored)).id);
    await nextTurn();
  }
  return ids;
}

/** Sentences of one paragraph stand together again, with what the language puts between them. */
function makeParagraphs({ sentences, language }: ReceivedSide): readonly NewParagraph[] {
  const paragraphs: { number: number; texts: string[] }[] = [];
  for (const { text, paragraph } of sentences) {
    const last = paragraphs.at(-1);
    if (last?.number === paragraph) last.texts.push(text);
    else paragraphs.push({ number: paragraph, texts: [text] });
  }
  const gap = joinSegments(["", ""], language);
  return paragraphs.map(({ texts }, at): NewParagraph => ({
    text: texts.join(gap),
    role: "body",
    line: at + 1,
    segments: texts.flatMap((source, place) => [
      ...(place > 0 && gap !== "" ? [{ kind: "ignorable" as const, source: gap }] : []),
      { kind: "segment" as const, source },
    ]),
  }));
}

/** Nobody measured how sure these rows are: unless confirmed they stand as made by hand, and wait for a person. */
const UNMEASURED = 0;

function makeGroups(
  { rows }: ReceivedAlignment,
  ids: Readonly<Record<"source" | "target", readonly string[]>>,
  { confirmAll, author, at }: { readonly confirmAll: boolean; readonly author: string; readonly at: string },
): readonly AlignmentGroup[] {
  const pick = (side: "source" | "target", numbers: readonly number[]) => numbers.flatMap((number) => ids[side][number] ?? []);
  return rows.map((row) => ({
    id: crypto.randomUUID(),
    source: pick("source", row.source),
    target: pick("target", row.target),
    confidence: UNMEASURED,
    anchors: [],
    status: confirmAll && row.source.length > 0 && row.target.length > 0 ? "confirmed" : row.status,
    ...(row.isMarked ? { bookmark: true } : {}),
    ...(row.notes ? { notes: row.notes.map((note) => ({ author, ...note, id: crypto.randomUUID(), at })) } : {}),
  }));
}

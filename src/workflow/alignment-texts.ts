/**
 * The sentences that an alignment names: segments of its documents, and those that a person split, joined or edited in
 * it. The documents themselves are never altered; an edited sentence says from which stretches of segments it comes.
 */
import { originalOf } from "../alignment/edit-sentences.ts";
import type { Piece, SegmentTexts } from "../alignment/edit-sentences.ts";
import type { AlignmentState, EditedSentence, SentencePart } from "../model/alignment.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { StoredAlignment } from "../storage/alignment-store.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import { joinSegments } from "./align-texts.ts";
import type { Application } from "./application.ts";

export type SideName = "source" | "target";

/** `text`: other words than the document has; `split` and `joined`: its words, cut otherwise. */
export type SentenceChange = {
  readonly kind: "text" | "split" | "joined";
  /** What the document has there. */
  readonly original: string;
  readonly author: string;
  readonly at: IsoInstant;
};

export type AlignedSentence = {
  readonly id: string;
  readonly text: string;
  /** Position of its paragraph in the document. */
  readonly paragraph: number;
  readonly parts: readonly SentencePart[];
  readonly change?: SentenceChange;
};

export type AlignedSide = {
  readonly document: DocumentSummary;
  readonly sentences: readonly AlignedSentence[];
  /** Texts of the sentences in the order of the groups; empty for a segment that is gone. */
  readonly texts: readonly string[];
};

export async function loadAlignedSides(
  application: Application,
  alignment: StoredAlignment,
): Promise<Readonly<Record<SideName, AlignedSide>>> {
  const edited = await application.stores.alignments.listSentences(alignment.id);
  const editedById = new Map(edited.map((sentence) => [sentence.id, sentence]));
  const load = async (documentId: string, side: SideName): Promise<AlignedSide> => {
    const document = await getDocument(application, documentId);
    const ids = namedSentences(alignment.state, side);
    const segments = await loadSegments(application, documentId, { ids, editedById });
    const sentences = ids.map((id) => showSentence(id, { segments, editedById, language: document.language }));
    return { document, sentences, texts: sentences.map(({ text }) => text) };
  };
  return {
    source: await load(alignment.sourceDocumentId, "source"),
    target: await load(alignment.targetDocumentId, "target"),
  };
}

export async function getDocument(application: Application, documentId: string): Promise<DocumentSummary> {
  const document = await application.stores.documents.findSummary(documentId);
  if (!document) throw new Error(`no document ${documentId}`);
  return document;
}

/** Ids of a side's sentences from top to bottom. */
export function namedSentences(state: AlignmentState, side: SideName): readonly string[] {
  return state.groups.flatMap((group) => group[side]);
}

type Edited = ReadonlyMap<string, EditedSentence>;

/** Also segments of paragraphs that were left out after the alignment was made, and those below edited sentences. */
async function loadSegments(
  application: Application,
  documentId: string,
  { ids, editedById }: { readonly ids: readonly string[]; readonly editedById: Edited },
): Promise<ReadonlyMap<string, StoredSegment>> {
  const { segments } = application.stores;
  const byId = new Map((await segments.list({ documentId, withExcluded: true })).map((segment) => [segment.id, segment]));
  const wanted = ids.flatMap((id) => editedById.get(id)?.parts.map(({ segment }) => segment) ?? [id]);
  const missing = wanted.filter((id) => !byId.has(id));
  if (missing.length > 0) for (const segment of await segments.findAll(missing)) byId.set(segment.id, segment);
  return byId;
}

type Known = {
  readonly segments: ReadonlyMap<string, StoredSegment>;
  readonly editedById: Edited;
  readonly language: LanguageTag;
};

function showSentence(id: string, { segments, editedById, language }: Known): AlignedSentence {
  const edited = editedById.get(id);
  if (!edited) {
    const { source: text = "", paragraph = 0 } = segments.get(id) ?? {};
    return { id, text, paragraph, parts: [{ segment: id, start: 0, end: text.length }] };
  }
  const { text, parts, author, at } = edited;
  const original = originalOf(edited, readTexts(segments, language));
  const kind = text !== original ? "text" : parts.length > 1 ? "joined" : "split";
  const paragraph = segments.get(parts[0]?.segment ?? "")?.paragraph ?? 0;
  return { id, text, paragraph, parts, change: { kind, original, author, at } };
}

function readTexts(segments: ReadonlyMap<string, StoredSegment>, language: LanguageTag): SegmentTexts {
  return {
    textOf: (segment) => segments.get(segment)?.source ?? "",
    gap: joinSegments(["", ""], language) === "" ? "" : " ",
  };
}

/** Some sentences of a side as they stand, and the texts below them. Those that are gone are left out. */
export async function findPieces(
  application: Application,
  given: { readonly alignment: StoredAlignment; readonly side: SideName; readonly ids: readonly string[] },
): Promise<{ readonly pieces: ReadonlyMap<string, Piece>; readonly texts: SegmentTexts }> {
  const { sentences, texts } = await findSentences(application, given);
  return { pieces: new Map(sentences.filter(({ text }) => text !== "").map((one) => [one.id, one])), texts };
}

/** Some sentences of a side, in the order of the ids. */
export async function findSentences(
  application: Application,
  { alignment, side, ids }: { readonly alignment: StoredAlignment; readonly side: SideName; readonly ids: readonly string[] },
): Promise<{ readonly sentences: readonly AlignedSentence[]; readonly texts: SegmentTexts }> {
  const documentId = side === "source" ? alignment.sourceDocumentId : alignment.targetDocumentId;
  const { language } = await getDocument(application, documentId);
  const edited = await application.stores.alignments.listSentences(alignment.id);
  const editedById = new Map(edited.map((sentence) => [sentence.id, sentence]));
  const below = ids.flatMap((id) => editedById.get(id)?.parts.map(({ segment }) => segment) ?? [id]);
  const found = await application.stores.segments.findAll([...new Set(below)]);
  const segments = new Map(found.map((segment) => [segment.id, segment]));
  const sentences = ids.map((id) => showSentence(id, { segments, editedById, language }));
  return { sentences, texts: readTexts(segments, language) };
}

/** The texts of some sentences of one alignment. */
export async function findSentenceTexts(
  application: Application,
  { alignmentId, ids }: { readonly alignmentId: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { segments, alignments } = application.stores;
  const texts = new Map((await segments.findAll(ids)).map((segment) => [segment.id, segment.source]));
  if (ids.some((id) => !texts.has(id))) {
    for (const { id, text } of await alignments.listSentences(alignmentId)) texts.set(id, text);
  }
  return texts;
}

/**
 * Paragraphs of the project that resemble the paragraph of a row, with their translation: as translated here, or as
 * aligned. For a text that takes over whole paragraphs of another with small changes.
 * Cost: one search, and the alignments of the documents that are shown.
 */
import { diffSources } from "../memory/diff-sources.ts";
import type { SourceChange } from "../memory/diff-sources.ts";
import type { LanguageTag } from "../model/span.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { loadAlignedSides } from "./alignment-texts.ts";
import { openParagraphIndex } from "./paragraph-index.ts";
import type { IndexedParagraph } from "./paragraph-index.ts";

export type SimilarParagraph = {
  readonly document: DocumentSummary;
  /** Number in its document, from 0. */
  readonly paragraph: number;
  readonly similarity: number;
  readonly text: string;
  /** From that paragraph to the row's. */
  readonly changes: readonly SourceChange[];
  /** The first row of the paragraph, to go there. */
  readonly segmentId?: string;
  readonly translation?: {
    readonly text: string;
    readonly kind: "translated" | "aligned";
    /** All of it was confirmed by a person. */
    readonly isConfirmed: boolean;
    readonly alignmentId?: string;
    /** The first row of the alignment that has some of it. */
    readonly groupId?: string;
  };
};

const LEAST_SIMILARITY = 50;
const MOST_SHOWN = 9;
/** A heading of a few characters resembles every other heading. */
const SHORTEST = 8;

export async function similarParagraphs(
  application: Application,
  { projectId, segment }: { readonly projectId: string; readonly segment: StoredSegment },
): Promise<readonly SimilarParagraph[]> {
  const index = await openParagraphIndex(application, projectId);
  const own = index.find(segment.paragraphId);
  const language = index.documents.get(segment.documentId)?.language ?? "zh";
  if (!own || own.text.length < SHORTEST) return [];
  const hits = index
    .search(own.text, { threshold: LEAST_SIMILARITY, limit: MOST_SHOWN + 1 })
    .filter(({ paragraph }) => paragraph.id !== own.id)
    .slice(0, MOST_SHOWN);
  const project = await application.stores.projects.find(projectId);
  const aligned = createAlignedReader(application, projectId);
  const paragraphs: SimilarParagraph[] = [];
  for (const { paragraph, similarity } of hits) {
    const document = index.documents.get(paragraph.documentId);
    if (!document) continue;
    const [segmentId] = paragraph.segmentIds;
    const translation =
      (await readTranslation(application, paragraph, project?.targetLanguage ?? "en")) ?? (await aligned(paragraph));
    paragraphs.push({
      document,
      paragraph: paragraph.paragraph,
      similarity,
      text: paragraph.text,
      changes: diffSources(paragraph.text, own.text, language),
      ...(segmentId === undefined ? {} : { segmentId }),
      ...(translation ? { translation } : {}),
    });
  }
  return paragraphs;
}

const join = (texts: readonly string[], language: LanguageTag) => texts.join(/^(?:zh|ja)\b/i.test(language) ? "" : " ");

async function readTranslation(
  { stores }: Application,
  { segmentIds }: IndexedParagraph,
  language: LanguageTag,
): Promise<SimilarParagraph["translation"]> {
  const segments = await stores.segments.findAll(segmentIds);
  const written = segments.filter(({ target = "" }) => target.trim() !== "");
  if (written.length === 0) return undefined;
  return {
    text: join(
      written.map(({ target = "" }) => target.trim()),
      language,
    ),
    kind: "translated",
    isConfirmed: written.length === segments.length && written.every(({ state }) => state !== "initial"),
  };
}

/** Reads each alignment once for a question. */
function createAlignedReader(application: Application, projectId: string) {
  const { stores } = application;
  const loaded = new Map<string, Promise<((paragraph: number) => SimilarParagraph["translation"]) | undefined>>();

  const load = async (documentId: string) => {
    const [newest] = (await stores.alignments.list(projectId))
      .filter(({ sourceDocumentId }) => sourceDocumentId === documentId)
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    const alignment = newest && (await stores.alignments.find(newest.id));
    if (!alignment) return undefined;
    const language = (await stores.documents.findSummary(alignment.targetDocumentId))?.language ?? "en";
    const { source, target } = await loadAlignedSides(application, alignment);
    const paragraphOf = new Map(source.sentences.map(({ id, paragraph }) => [id, paragraph]));
    const textOf = new Map(target.sentences.map(({ id, text }) => [id, text]));
    return (paragraph: number): SimilarParagraph["translation"] => {
      const groups = alignment.state.groups.filter((group) => group.source.some((id) => paragraphOf.get(id) === paragraph));
      const texts = groups
        .flatMap((group) => group.target.map((id) => (textOf.get(id) ?? "").trim()))
        .filter((text) => text !== "");
      if (texts.length === 0) return undefined;
      const isConfirmed = groups.every(({ status }) => status !== "automatic");
      const first = groups[0] ? { groupId: groups[0].id } : {};
      return { text: join(texts, language), kind: "aligned", isConfirmed, alignmentId: alignment.id, ...first };
    };
  };

  return async ({ documentId, paragraph }: IndexedParagraph) => {
    let reader = loaded.get(documentId);
    if (!reader) loaded.set(documentId, (reader = load(documentId)));
    return (await reader)?.(paragraph);
  };
}

/**
 * What a project gives to other tools: its translated documents, memory and glossary as files.
 * The builders are pure; `loadExportSource` fetches what they need. Nothing is written here: the page and the command do
 * that; the page lets a worker build (export-downloads.ts).
 */
import type { XliffProfile } from "../formats/xliff-parts.ts";
import type { Concept } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { StoredUnit } from "../storage/memory-store.ts";
import type { Project } from "../storage/project-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Stores } from "../storage/stores.ts";
import { languageServes } from "../formats/language-tag.ts";
import type { TermAutomaton } from "../terminology/term-automaton.ts";
import { createTermAutomaton } from "../terminology/term-automaton.ts";
import { keepWholeWords } from "../terminology/whole-words.ts";
import type { TargetFormat } from "./convert-formats.ts";
import type { Content, Languages } from "./interchange-content.ts";
import type { ContentWriteOptions } from "./write-content.ts";
import { writeContent } from "./write-content.ts";

export { describeLosses } from "./write-content.ts";

/** For the export page and `dingyi export --to`. */
export const EXPORT_FORMATS: readonly TargetFormat[] = ["xliff12", "xliff20", "tmx", "csv", "tsv", "glossary-csv", "xliff-json"];

/** Each of its own, so that two downloads of one project stay apart. */
const EXTENSIONS: Readonly<Record<TargetFormat, string>> = {
  xliff12: "xlf",
  xliff20: "2.0.xlf",
  tmx: "tmx",
  csv: "csv",
  tsv: "tsv",
  "glossary-csv": "glossary.csv",
  "xliff-json": "json",
};

export type ExportedFile = {
  readonly name: string;
  readonly text: string;
  readonly losses: readonly Loss[];
  /** Units, rows or concepts in the file. */
  readonly count: number;
};

/** Terms of a source text with the renderings that may be used. */
export type TermFinder = (source: string) => BilingualSegment["terms"];

const USABLE = new Set(["approved", "admitted"]);

export function createTermFinder(
  concepts: readonly Concept[],
  languages: { readonly source: LanguageTag; readonly target: LanguageTag },
): TermFinder {
  const renderings = new Map<string, readonly string[]>();
  const entries = concepts.flatMap((concept) => {
    const targets = concept.terms.filter((term) => USABLE.has(term.status) && languageServes(term.language, languages.target));
    renderings.set(
      concept.id,
      targets.map((term) => term.text),
    );
    if (targets.length === 0) return [];
    return concept.terms
      .filter((term) => term.status !== "rejected" && languageServes(term.language, languages.source))
      .map((term) => ({ term, conceptId: concept.id }));
  });
  const automaton: TermAutomaton = keepWholeWords(createTermAutomaton(entries));
  return (source) => {
    const found = new Map<string, readonly string[]>();
    for (const match of automaton.recognizeTerms(source)) {
      if (match.depth === 0) found.set(source.slice(match.start, match.end), renderings.get(match.conceptId) ?? []);
    }
    return found.size === 0 ? undefined : [...found].map(([text, targets]) => ({ source: text, targets }));
  };
}

/** One document: a unit a paragraph, its segments in order, white space between them kept. Ids are those of the store. */
function buildBilingualFile(given: {
  readonly document: Pick<DocumentSummary, "id" | "title" | "language">;
  readonly segments: readonly StoredSegment[];
  readonly targetLanguage: LanguageTag;
  readonly findTerms?: TermFinder;
}): BilingualFile {
  const paragraphs = new Map<string, BilingualSegment[]>();
  for (const stored of given.segments) {
    const segments = paragraphs.get(stored.paragraphId) ?? [];
    paragraphs.set(stored.paragraphId, segments);
    const last = segments.at(-1);
    if (stored.kind === "ignorable") {
      if (last) segments[segments.length - 1] = { ...last, after: (last.after ?? "") + stored.source };
      continue;
    }
    const terms = given.findTerms?.(stored.source);
    segments.push({
      id: stored.id,
      source: stored.source,
      ...(stored.target === undefined ? {} : { target: stored.target }),
      state: stored.target ? stored.state : "initial",
      sourceCodes: [],
      targetCodes: [],
      ...(terms ? { terms } : {}),
    });
  }
  const units: BilingualUnit[] = [...paragraphs]
    .filter(([, segments]) => segments.length > 0)
    .map(([id, segments]) => ({ id, notes: [], segments, translate: true }));
  return {
    id: given.document.id,
    original: given.document.title,
    sourceLanguage: given.document.language,
    targetLanguage: given.targetLanguage,
    units,
  };
}

export function buildGlossary(concepts: readonly StoredConcept[]): readonly Concept[] {
  return concepts.map(({ id, kind, terms, ...rest }) => ({
    id,
    kind,
    ...(rest.class === undefined ? {} : { class: rest.class }),
    ...(rest.domain === undefined ? {} : { domain: rest.domain }),
    ...(rest.note === undefined ? {} : { note: rest.note }),
    ...(rest.paraphrased === undefined ? {} : { paraphrased: rest.paraphrased }),
    ...(rest.relations?.length ? { relations: rest.relations } : {}),
    terms,
  }));
}

export type ExportRequest = {
  readonly projectId: string;
  readonly format: TargetFormat;
  /** Only these documents; all source documents of the project otherwise. A memory or glossary is always whole. */
  readonly documentIds?: readonly string[];
  readonly profile?: XliffProfile;
  readonly toolVersion: string;
  readonly csv?: ContentWriteOptions["csv"];
};

/** What is fetched for an export: plain data, so that a worker can make a file of it. */
export type ExportSource =
  | {
      readonly kind: "documents";
      readonly documents: readonly {
        readonly document: Pick<DocumentSummary, "id" | "title" | "language">;
        readonly segments: readonly StoredSegment[];
      }[];
      readonly concepts: readonly Concept[];
      readonly languages: Languages;
    }
  | { readonly kind: "memory"; readonly units: readonly StoredUnit[]; readonly languages: Languages }
  | { readonly kind: "glossary"; readonly concepts: readonly Concept[]; readonly languages: Languages };

type SourceWish = Pick<ExportRequest, "documentIds" | "format">;

/** A memory as TMX or a glossary is always whole; the rest are documents. */
export async function loadExportSource(stores: Stores, project: Project, wish: SourceWish): Promise<ExportSource> {
  const languages = { source: project.sourceLanguage, target: project.targetLanguage };
  if (wish.format === "glossary-csv") {
    const { concepts } = await stores.concepts.loadGlossary(project.id);
    return { kind: "glossary", concepts: buildGlossary(concepts), languages };
  }
  if (isMemoryExport(wish)) return { kind: "memory", units: await stores.memories.loadUnits(project.id), languages };
  const all = await stores.documents.list({ projectId: project.id, side: "source" });
  const documents = [];
  for (const { id, title, language } of all.filter((document) => wish.documentIds?.includes(document.id) ?? true)) {
    documents.push({
      document: { id, title, language },
      segments: await stores.segments.list({ documentId: id, withIgnorables: true }),
    });
  }
  const withTerms = wish.format === "xliff12" || wish.format === "xliff20";
  const concepts = withTerms ? buildGlossary((await stores.concepts.loadGlossary(project.id)).concepts) : [];
  return { kind: "documents", documents, concepts, languages };
}

export function isMemoryExport({ format, documentIds }: SourceWish): boolean {
  return format === "tmx" && documentIds === undefined;
}

function buildContent(source: ExportSource): Content {
  const { languages } = source;
  if (source.kind === "glossary") return { kind: "glossary", concepts: source.concepts, languages, losses: [] };
  if (source.kind === "memory") return { kind: "memory", units: source.units, languages, losses: [] };
  const findTerms = source.concepts.length > 0 ? createTermFinder(source.concepts, languages) : undefined;
  const files = source.documents.map(({ document, segments }) =>
    buildBilingualFile({ document, segments, targetLanguage: languages.target, ...(findTerms ? { findTerms } : {}) }),
  );
  return { kind: "bilingual", files, losses: [] };
}

function countOf(content: Content): number {
  switch (content.kind) {
    case "bilingual":
      return content.files.reduce((sum, file) => sum + file.units.length, 0);
    case "memory":
      return content.units.length;
    case "glossary":
      return content.concepts.length;
  }
}

/** Undefined when there is no such project. */
export async function exportProject(stores: Stores, request: ExportRequest): Promise<ExportedFile | undefined> {
  const project = await stores.projects.find(request.projectId);
  if (!project) return undefined;
  return writeExport({ source: await loadExportSource(stores, project, request), request, projectName: project.name });
}

export type ExportWrite = { readonly source: ExportSource; readonly request: ExportRequest; readonly projectName: string };

/** Undefined when the format cannot hold this kind of content. */
export function writeExport({ source, request, projectName }: ExportWrite): ExportedFile | undefined {
  const content = buildContent(source);
  const { text, losses } = writeContent(content, request.format, {
    toolVersion: request.toolVersion,
    ...(request.profile ? { profile: request.profile } : {}),
    ...(request.csv ? { csv: request.csv } : {}),
  });
  if (text === undefined) return undefined;
  const single = content.kind === "bilingual" && content.files.length === 1 ? content.files[0]?.original : undefined;
  return { name: exportName(single ?? projectName, request.format), text, losses, count: countOf(content) };
}

/** A name that every file system takes. */
export function exportName(title: string, format: TargetFormat): string {
  const stem = title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 80);
  return `${stem}.${EXTENSIONS[format]}`;
}

/**
 * Alignment from file to file, without a store: what `dingyi align` prints.
 *
 * With `lines` each line is a segment as it stands (an empty line too, so that line numbers stay true); otherwise a
 * reader finds the paragraphs and our rules the sentences. Trouble with a file is a diagnostic with its name.
 */
import { alignWithCrossings } from "../alignment/align.ts";
import { decodeText } from "../formats/encoding.ts";
import { readDocument } from "../formats/document-reader.ts";
import type { NamedBytes } from "../formats/document-reader.ts";
import { splitLines } from "../formats/plain-text.ts";
import type { AlignedTexts, AlignmentText, Anchor, Crossing } from "../model/alignment.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";
import { segmentParagraph } from "../segmentation/segment-paragraph.ts";
import { hasDictionary, loadDictionary } from "./dictionary.ts";

export type TextPair = { readonly source: string; readonly target: string };

export type AlignFilesRequest = {
  readonly source: NamedBytes;
  readonly target: NamedBytes;
  readonly from: LanguageTag;
  readonly to: LanguageTag;
  /** One segment per line, as given. */
  readonly lines: boolean;
  readonly glossaryTerms?: readonly TextPair[];
  readonly memoryPairs?: readonly TextPair[];
  /** Where the dictionary's table is kept between runs. */
  readonly cacheFolder?: string;
  readonly report?: ProgressReporter;
};

/** A bead with the texts it joins: the segments of one side in order. */
export type AlignedBead = {
  readonly source: readonly number[];
  readonly target: readonly number[];
  readonly sourceTexts: readonly string[];
  readonly targetTexts: readonly string[];
  readonly confidence: number;
  readonly anchors: readonly Anchor[];
};

export type FileAlignment = {
  readonly beads: readonly AlignedBead[];
  /** Passages that stand elsewhere in the other text. */
  readonly crossings: readonly Crossing[];
  readonly source: AlignmentText;
  readonly target: AlignmentText;
};

export type FileAlignmentResult = {
  /** Undefined when one of the files could not be read. */
  readonly alignment: FileAlignment | undefined;
  readonly diagnostics: readonly (Diagnostic & { readonly file: string })[];
};

export async function alignFiles(request: AlignFilesRequest): Promise<FileAlignmentResult> {
  const read = request.lines ? readLinesOf : readSentences;
  const source = await read(request.source, request.from);
  const target = await read(request.target, request.to);
  const diagnostics = [
    ...source.diagnostics.map((diagnostic) => ({ ...diagnostic, file: request.source.name })),
    ...target.diagnostics.map((diagnostic) => ({ ...diagnostic, file: request.target.name })),
  ];
  if (!source.value || !target.value) return { alignment: undefined, diagnostics };
  const lexicon = hasDictionary(request.from, request.to)
    ? await loadDictionary({
        ...(request.cacheFolder === undefined ? {} : { cacheFolder: request.cacheFolder }),
        ...(request.report ? { report: request.report } : {}),
      })
    : undefined;
  const aligned = alignWithCrossings(source.value, target.value, {
    lexicon,
    terms: request.glossaryTerms,
    memory: request.memoryPairs,
    report: request.report,
  });
  return { alignment: attachTexts(aligned, source.value, target.value), diagnostics };
}

/** The beads with their texts, for callers that have the texts already. */
export function attachTexts({ beads, crossings }: AlignedTexts, source: AlignmentText, target: AlignmentText): FileAlignment {
  const textsOf = (text: AlignmentText, indices: readonly number[]) => indices.map((at) => text.segments[at]?.text ?? "");
  return {
    beads: beads.map((bead) => ({
      source: bead.source,
      target: bead.target,
      sourceTexts: textsOf(source, bead.source),
      targetTexts: textsOf(target, bead.target),
      confidence: bead.confidence,
      anchors: bead.anchors,
    })),
    crossings,
    source,
    target,
  };
}

type ReadText = { readonly value: AlignmentText | undefined; readonly diagnostics: readonly Diagnostic[] };

async function readLinesOf(file: NamedBytes, language: LanguageTag): Promise<ReadText> {
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics };
  const lines = splitLines(decoded.value.text);
  // The line end of the last line begins no further one.
  if (lines.at(-1) === "") lines.pop();
  return { value: { language, segments: lines.map((text) => ({ text, paragraph: 0 })) }, diagnostics: decoded.diagnostics };
}

async function readSentences(file: NamedBytes, language: LanguageTag): Promise<ReadText> {
  const read = await readDocument(file);
  if (!read.value) return { value: undefined, diagnostics: read.diagnostics };
  const segments = read.value.paragraphs.flatMap((paragraph, number) =>
    segmentParagraph(paragraph.text, language)
      .filter((span) => span.kind === "segment")
      .map((span) => ({ text: paragraph.text.slice(span.start, span.end), paragraph: number })),
  );
  return { value: { language, segments }, diagnostics: read.diagnostics };
}

/** Like corpus/align-*\/gold.align: one bead a line, `[0]:[0,1]`, counted from 0, `[]` for no counterpart. */
export function formatBeads(beads: readonly Pick<AlignedBead, "source" | "target">[]): string {
  return beads.map((bead) => `[${bead.source.join(",")}]:[${bead.target.join(",")}]\n`).join("");
}

/** One bead a line, source and target texts side by side; tabs and line ends inside a text become spaces. */
export function formatTsv(
  beads: readonly AlignedBead[],
  languages: { readonly from: LanguageTag; readonly to: LanguageTag },
): string {
  const cell = (texts: readonly string[], language: LanguageTag) => joinSegments(texts, language).replaceAll(/[\t\r\n]+/gu, " ");
  return beads
    .map(
      (bead) =>
        `${cell(bead.sourceTexts, languages.from)}\t${cell(bead.targetTexts, languages.to)}\t${bead.confidence.toFixed(3)}\n`,
    )
    .join("");
}

/** The whole alignment as JSON: segments of both sides, beads with confidence and anchors, passages that cross them. */
export function formatJson(alignment: FileAlignment): string {
  const side = (text: AlignmentText) => ({ language: text.language, segments: text.segments });
  const beads = alignment.beads.map((bead) => ({ ...bead, confidence: Number(bead.confidence.toFixed(4)) }));
  const crossings = alignment.crossings.map((crossing) => ({
    source: crossing.source,
    target: crossing.target,
    confidence: Number(crossing.confidence.toFixed(4)),
    beads: crossing.beads.map(({ source, target, confidence }) => ({
      source,
      target,
      confidence: Number(confidence.toFixed(4)),
    })),
  }));
  return `${JSON.stringify({ source: side(alignment.source), target: side(alignment.target), beads, crossings }, undefined, 2)}\n`;
}

/** The segments of a bead as one text: Chinese and Japanese take no space between sentences. */
export function joinSegments(texts: readonly string[], language: LanguageTag): string {
  return texts.join(/^(?:zh|ja)\b/iu.test(language) ? "" : " ");
}

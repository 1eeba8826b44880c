/**
 * Analysis of files without a store, or against the memories of a project: what `dingyi analyse` prints. Documents are cut
 * into sentences as an import cuts them; bilingual files bring their segments, with what is locked or not to be translated.
 * Memory files are TMX or two-column TSV. A file that cannot be read is a diagnostic with its name and does not stop the
 * others.
 */
import { createTmxReader } from "../formats/tmx.ts";
import { countBands, isCounted, LEAST_SCORE } from "../memory/analyse-segments.ts";
import type { AnalysedText, Analysis, MemoryMatches } from "../memory/analyse-segments.ts";
import { findBestMatch } from "../memory/best-match.ts";
import type { ScoredUnit } from "../memory/best-match.ts";
import { createMemoryIndex } from "../memory/memory-index.ts";
import { tokensOf } from "../memory/text-coder.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";
import { matchTexts } from "./analyse-memory.ts";
import { judgeTexts } from "./analyse-task.ts";
import type { Application } from "./application.ts";
import { detectFormat } from "./convert-formats.ts";
import { readMemoryPairs } from "./lookup.ts";
import { readContent } from "./read-content.ts";
import type { NamedFile } from "./read-content.ts";

export type FileAnalysisRequest = {
  readonly files: readonly NamedFile[];
  readonly memories?: readonly NamedFile[];
  /** The memories of a project, instead of files. */
  readonly project?: { readonly application: Application; readonly projectId: string };
  readonly isInternalCounted: boolean;
  /** The language of documents that do not say it. */
  readonly from?: LanguageTag;
  readonly report?: ProgressReporter;
};

export type FileAnalysis = {
  readonly analysis: Analysis;
  /** Files of which something was read. */
  readonly filesRead: number;
  readonly memoryUnits: number;
  readonly diagnostics: readonly (Diagnostic & { readonly file: string })[];
};

export async function analyseFiles(request: FileAnalysisRequest): Promise<FileAnalysis> {
  const diagnostics: (Diagnostic & { readonly file: string })[] = [];
  const note = (file: string, found: readonly Diagnostic[]) => {
    for (const diagnostic of found) diagnostics.push({ ...diagnostic, file });
  };
  const texts: AnalysedText[] = [];
  for (const file of request.files) {
    const read = await readContent(file, request.from === undefined ? {} : { from: request.from });
    note(file.name, read.diagnostics);
    if (read.value?.kind === "bilingual") texts.push(readBilingual(file.name, read.value.files));
    else if (read.value?.kind === "memory") {
      const segments = read.value.units.map(({ source }) => ({ text: source }));
      texts.push({ name: file.name, language: read.value.languages.source, segments });
    } else if (read.value) note(file.name, [{ code: "analyse-not-texts", severity: "error" }]);
  }
  const units: ScoredUnit[] = [];
  const sourceLanguage = texts[0]?.language ?? "und";
  for (const file of request.memories ?? []) note(file.name, await readUnits(file, { units, sourceLanguage }));
  const inside = judgeTexts({ texts, isInternalCounted: request.isInternalCounted }, request.report);
  const matches = request.project
    ? await matchTexts(request.project.application, { ...request.project, texts, report: request.report })
    : units.length > 0
      ? matchUnits(texts, units, request.report)
      : undefined;
  const analysis = countBands(texts, { inside, matches });
  return { analysis, filesRead: texts.length, memoryUnits: units.length, diagnostics };
}

type Bilingual = Extract<NonNullable<Awaited<ReturnType<typeof readContent>>["value"]>, { kind: "bilingual" }>["files"];

function readBilingual(name: string, files: Bilingual): AnalysedText {
  const segments = files.flatMap(({ units }) =>
    units.flatMap((unit) =>
      unit.segments.map(({ source, locked }) => ({ text: source, isLocked: !unit.translate || locked === true })),
    ),
  );
  return { name, language: files[0]?.sourceLanguage ?? "und", segments };
}

/** TMX may keep the neighbours of a unit: they make a match one in context. */
async function readUnits(
  file: NamedFile,
  { units, sourceLanguage }: { readonly units: ScoredUnit[]; readonly sourceLanguage: LanguageTag },
): Promise<readonly Diagnostic[]> {
  if (detectFormat(file) === "tmx") {
    const reader = createTmxReader({}, (unit) => void units.push(unit));
    reader.write(file.bytes);
    return reader.end().diagnostics;
  }
  const { pairs, diagnostics } = await readMemoryPairs(file);
  for (const { source } of pairs) units.push({ source, sourceLanguage });
  return diagnostics;
}

const SEGMENTS_PER_REPORT = 50;

function matchUnits(texts: readonly AnalysedText[], units: readonly ScoredUnit[], report?: ProgressReporter): MemoryMatches {
  const index = createMemoryIndex(units, { tokens: tokensOf(texts[0]?.language ?? "und") });
  const total = texts.reduce((sum, { segments }) => sum + segments.length, 0);
  let done = 0;
  return texts.map(({ segments }) =>
    segments.map((segment, at) => {
      if (done++ % SEGMENTS_PER_REPORT === 0) report?.({ done, total, stage: "matching" });
      if (!isCounted(segment)) return undefined;
      const neighbours = { previous: segments[at - 1]?.text, next: segments[at + 1]?.text };
      return findBestMatch(segment.text, { ...neighbours, index, unitAt: (position) => units[position], threshold: LEAST_SCORE });
    }),
  );
}

/**
 * Reads any interchange file or source document into one of the shapes of `interchange-content.ts`.
 * Policy: trouble is diagnostics with line and column; `value` is undefined when nothing could be used.
 */
import { detectLanguage } from "../documents/language.ts";
import { readDocument } from "../formats/document-reader.ts";
import { createPairReader, readCsv } from "../formats/csv.ts";
import type { CsvTable } from "../formats/csv.ts";
import { decodeText } from "../formats/encoding.ts";
import { isGlossaryHeader, readGlossaryCsv } from "../formats/glossary-csv.ts";
import { languageServes, mainLanguage } from "../formats/language-tag.ts";
import { createTmxReader } from "../formats/tmx.ts";
import type { TmxUnit } from "../formats/tmx-unit.ts";
import { parseXliffJson, writeXliffJson } from "../formats/xliff-json.ts";
import { countUnmodelled } from "../formats/xliff-unmodelled.ts";
import { readXliff } from "../formats/xliff.ts";
import { decodeXml } from "../formats/xml-encoding.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { BilingualFile, BilingualUnit } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import { segmentParagraph } from "../segmentation/segment-paragraph.ts";
import type { FileFormat } from "./convert-formats.ts";
import { detectFormat } from "./convert-formats.ts";
import type { Content, Languages } from "./interchange-content.ts";
import { loss } from "./interchange-content.ts";

export type NamedFile = { readonly name: string; readonly bytes: Uint8Array };
export type ReadOptions = { readonly from?: LanguageTag; readonly toLanguage?: LanguageTag; readonly format?: FileFormat };

const STATES: readonly string[] = ["initial", "translated", "reviewed", "final"];
/** `source`, `target`, `state`, or with languages: `source:zh`, `target:en`. */
const PAIR_HEADER = /^(source|target|state|note)(?::(.+))?$/iu;

function refused(diagnostics: readonly Diagnostic[]): ReadResult<never> {
  return { value: undefined, diagnostics };
}

function defaultTarget(source: LanguageTag): LanguageTag {
  return mainLanguage(source) === "zh" ? "en" : "zh";
}

function withLanguages(files: readonly BilingualFile[], options: ReadOptions): readonly BilingualFile[] {
  return files.map((file) => {
    const sourceLanguage = file.sourceLanguage === "und" ? (options.from ?? "und") : file.sourceLanguage;
    const targetLanguage = file.targetLanguage ?? options.toLanguage;
    return { ...file, sourceLanguage, ...(targetLanguage === undefined ? {} : { targetLanguage }) };
  });
}

function readXliffContent(file: NamedFile, options: ReadOptions): ReadResult<Content> {
  const decoded = decodeXml(file.bytes);
  if ("code" in decoded) return refused([decoded]);
  const { value, diagnostics } = readXliff(decoded.text);
  if (!value) return refused(diagnostics);
  return {
    value: { kind: "bilingual", files: withLanguages(value, options), losses: countUnmodelled(decoded.text) },
    diagnostics,
  };
}

function readTmxContent(file: NamedFile, options: ReadOptions): ReadResult<Content> {
  const all: TmxUnit[] = [];
  const reader = createTmxReader(
    {
      ...(options.from === undefined ? {} : { sourceLanguage: options.from }),
      ...(options.toLanguage === undefined ? {} : { targetLanguage: options.toLanguage }),
    },
    (unit) => all.push(unit),
  );
  reader.write(file.bytes);
  const { header, diagnostics } = reader.end();
  // Half a memory is no memory: what stands behind the fault would be missed without a word.
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return refused(diagnostics);
  const target = options.toLanguage ?? all[0]?.targetLanguage ?? "und";
  const units = all.filter((unit) => languageServes(unit.targetLanguage, target));
  const declared = header?.sourceLanguage === "*all*" ? undefined : header?.sourceLanguage;
  const source = options.from ?? all[0]?.sourceLanguage ?? declared ?? "und";
  const left = diagnostics.filter((diagnostic) => diagnostic.severity === "warning");
  const losses = [...loss("other-languages", all.length - units.length), ...loss("units-left-out", left.length)];
  return { value: { kind: "memory", units, languages: { source, target }, losses }, diagnostics };
}

function languagesOf(
  sample: { readonly source: string; readonly target: string },
  options: ReadOptions,
  header?: Partial<Languages>,
): Languages {
  const source = header?.source ?? options.from ?? detectLanguage(sample.source);
  const detected = sample.target === "" ? "und" : detectLanguage(sample.target);
  const target = header?.target ?? options.toLanguage ?? (detected === "und" ? defaultTarget(source) : detected);
  return { source, target };
}

type Pair = { readonly source: string; readonly target: string; readonly state: TranslationState; readonly note?: string };

function memoryOf(pairs: readonly Pair[], options: ReadOptions, header?: Partial<Languages>): Content {
  const sample = { source: "", target: "" };
  for (const pair of pairs.slice(0, 200)) {
    sample.source += `${pair.source}\n`;
    sample.target += `${pair.target}\n`;
  }
  const languages = languagesOf({ source: sample.source, target: sample.target.trim() }, options, header);
  const units = pairs.map((pair, index) => ({
    ...{ id: String(index + 1), source: pair.source, target: pair.target, state: pair.state },
    ...{ sourceLanguage: languages.source, targetLanguage: languages.target },
    ...(pair.note ? { notes: [pair.note] } : {}),
  }));
  return { kind: "memory", units, languages, losses: [] };
}

/** Rows of two texts, with or without our header. Further columns have no place in the model and are counted. */
function readPairTable(table: CsvTable, options: ReadOptions): ReadResult<Content> {
  const [first] = table.rows;
  const found = first?.map((cell) => PAIR_HEADER.exec(cell.trim()));
  const hasHeader =
    found?.some((each) => each?.[1]?.toLowerCase() === "source") && found.some((each) => each?.[1]?.toLowerCase() === "target");
  const column = (name: string) => (hasHeader ? (found?.findIndex((each) => each?.[1]?.toLowerCase() === name) ?? -1) : -1);
  const [sourceAt, targetAt] = hasHeader ? [column("source"), column("target")] : [0, 1];
  const [stateAt, noteAt] = [column("state"), column("note")];
  const language = (name: string) => (hasHeader ? found?.[column(name)]?.[2] : undefined);
  const known = new Set([sourceAt, targetAt, stateAt, noteAt]);
  const diagnostics: Diagnostic[] = [];
  let further = 0;
  const pairs = table.rows.slice(hasHeader ? 1 : 0).flatMap((row, index): Pair[] => {
    const line = table.lines[index + (hasHeader ? 1 : 0)] ?? 0;
    const source = row[sourceAt];
    const target = row[targetAt];
    if (source === undefined || target === undefined) {
      diagnostics.push({ code: "row-without-target", severity: "warning", line });
      return [];
    }
    if (row.some((cell, at) => !known.has(at) && cell !== "")) further += 1;
    const state = row[stateAt] ?? "";
    const note = row[noteAt] ?? "";
    const isState = STATES.includes(state);
    if (stateAt !== -1 && state !== "" && !isState)
      diagnostics.push({ code: "row-with-unknown-state", severity: "warning", line, values: { state } });
    return [{ source, target, state: isState ? (state as TranslationState) : target === "" ? "initial" : "translated", note }];
  });
  const source = language("source");
  const target = language("target");
  const content = memoryOf(pairs, options, { ...(source ? { source } : {}), ...(target ? { target } : {}) });
  return {
    value: { ...content, losses: [...loss("further-columns", further), ...loss("units-left-out", diagnostics.length)] },
    diagnostics,
  };
}

function readTableContent(file: NamedFile, format: "csv" | "tsv", options: ReadOptions): ReadResult<Content> {
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return refused(decoded.diagnostics);
  const { text } = decoded.value;
  const read = readCsv(text, { header: false, ...(format === "tsv" ? { delimiter: "\t" } : {}) });
  const header = read.value?.rows[0];
  if (read.value && header && isGlossaryHeader(header)) {
    const { value: concepts, diagnostics } = readGlossaryCsv(text, { delimiter: read.value.delimiter });
    if (!concepts) return refused(diagnostics);
    const terms = concepts.flatMap((concept) => concept.terms.map((term) => term.language));
    const source = options.from ?? terms.find((language) => mainLanguage(language) === "zh") ?? terms[0] ?? "zh";
    const target =
      options.toLanguage ?? terms.find((language) => mainLanguage(language) !== mainLanguage(source)) ?? defaultTarget(source);
    const left = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
    const losses = loss("units-left-out", left.length);
    return { value: { kind: "glossary", concepts, languages: { source, target }, losses }, diagnostics };
  }
  const isBroken = read.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  if (format === "tsv" && isBroken) {
    // Plain TSV of corpora: quotation marks are text there.
    const pairs: Pair[] = [];
    const reader = createPairReader((source, target) =>
      pairs.push({ source, target, state: target === "" ? "initial" : "translated" }),
    );
    reader.write(text);
    const diagnostics = reader.end();
    return pairs.length === 0 ? refused(diagnostics) : { value: memoryOf(pairs, options), diagnostics };
  }
  if (!read.value || isBroken) return refused(read.diagnostics);
  const pairs = readPairTable(read.value, options);
  return { value: pairs.value, diagnostics: [...decoded.diagnostics, ...pairs.diagnostics] };
}

async function readJsonContent(file: NamedFile): Promise<ReadResult<Content>> {
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return refused(decoded.diagnostics);
  const parsed = parseXliffJson(decoded.value.text);
  if (!parsed.value) return refused(parsed.diagnostics);
  const written = await writeXliffJson(parsed.value, "xliff12");
  if (!written.value) return refused(written.diagnostics);
  const { value, diagnostics } = readXliff(written.value);
  if (!value) return refused(diagnostics);
  // Keys that could not be ids were kept as names: give them back.
  const files = value.map((each) => ({
    ...each,
    units: each.units.map((unit) => (/^key\d+$/u.test(unit.id) && unit.name !== undefined ? { ...unit, id: unit.name } : unit)),
  }));
  return { value: { kind: "bilingual", files, losses: [] }, diagnostics: written.diagnostics };
}

/** Paragraphs of a source document as units, with sentences as segments. */
async function readDocumentContent(file: NamedFile, format: FileFormat, options: ReadOptions): Promise<ReadResult<Content>> {
  const { value, diagnostics } = await readDocument(file);
  if (!value) return refused(diagnostics);
  const sourceLanguage = options.from ?? detectLanguage(value.paragraphs.map((paragraph) => paragraph.text).join("\n"));
  const units: BilingualUnit[] = value.paragraphs
    .filter((paragraph) => paragraph.text.trim() !== "")
    .map((paragraph, index) => {
      const segments: BilingualUnit["segments"][number][] = [];
      let before = "";
      for (const span of segmentParagraph(paragraph.text, sourceLanguage)) {
        const text = paragraph.text.slice(span.start, span.end);
        const last = segments.at(-1);
        if (span.kind === "segment") {
          segments.push({
            id: `s${segments.length + 1}`,
            source: before + text,
            state: "initial",
            sourceCodes: [],
            targetCodes: [],
          });
          before = "";
        } else if (last) segments[segments.length - 1] = { ...last, after: (last.after ?? "") + text };
        else before += text;
      }
      return { id: `p${index + 1}`, notes: [], segments, translate: true };
    });
  const bilingual: BilingualFile = {
    ...{
      id: "f1",
      original: file.name,
      sourceLanguage,
      targetLanguage: options.toLanguage ?? defaultTarget(sourceLanguage),
      units,
    },
  };
  const losses = format === "txt" ? [] : loss("layout", units.length);
  return { value: { kind: "bilingual", files: [bilingual], losses }, diagnostics };
}

export async function readContent(file: NamedFile, options: ReadOptions = {}): Promise<ReadResult<Content>> {
  const format = options.format ?? detectFormat(file);
  switch (format) {
    case "xliff":
    case "xliff12":
    case "xliff20":
    case "xliff21":
    case "xliff22":
      return readXliffContent(file, options);
    case "tmx":
      return readTmxContent(file, options);
    case "csv":
    case "glossary-csv":
      return readTableContent(file, "csv", options);
    case "tsv":
      return readTableContent(file, "tsv", options);
    case "xliff-json":
      return readJsonContent(file);
    case "unknown-xml": {
      // Either not well-formed, then with its place, or of a kind that is not read.
      const { diagnostics } = readXliff(file.bytes);
      return refused(diagnostics);
    }
    case "txt":
    case "md":
    case "html":
    case "docx":
      return readDocumentContent(file, format, options);
  }
}

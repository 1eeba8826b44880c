/**
 * An alignment that was made elsewhere, read from its files into one shape.
 *
 *   one file     a memory (TMX), a translated file (XLIFF), a table of two columns (CSV, TSV, XLSX): a unit or row is a row
 *   three files  two texts and the links between them: bead lines with texts of one sentence a line, or InterText's XML;
 *                also in one ZIP
 *
 * Cells are parted into sentences by our rules, so that the editor can work on them; the row keeps them together. Lines and
 * marked sentences stay as they are. Nothing is stored here. Trouble is a diagnostic with the file's name; an alignment
 * with an error has no value, because a gap would move all that follows.
 */
import { readCsv } from "../formats/csv.ts";
import { decodeText, findBinaryKind } from "../formats/encoding.ts";
import { languageServes } from "../formats/language-tag.ts";
import { readTmx } from "../formats/tmx.ts";
import { readXliff } from "../formats/xliff.ts";
import { readXlsx } from "../formats/xlsx.ts";
import { findXmlStart } from "../formats/xml-start.ts";
import { extractZipParts } from "../formats/zip-parts.ts";
import type { NamedBytes } from "../formats/document-reader.ts";
import type { GroupStatus } from "../model/alignment.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { segmentParagraph } from "../segmentation/segment-paragraph.ts";
import type { AlignmentFiles, AlignmentReading, ReceivedNote, ReceivedRow, ReceivedSentence } from "./received-alignment.ts";
import { isOfLanguage, readLinkedTexts, stemOf, tellScript } from "./linked-texts.ts";

/** Rows that an alignment may have: the editor holds them all. */
const MAX_ROWS = 100_000;
/** So many tell the language. */
const SAMPLE_ROWS = 2000;

export function readAlignmentFiles(input: AlignmentFiles): AlignmentReading {
  const { files } = input;
  const packed = files.length === 1 ? unpackLinkedTexts(input) : undefined;
  const linked = packed ?? (files.length === 3 ? readLinkedTexts(input) : undefined);
  const reading = linked ?? (files.length === 1 ? readOneFile(input) : undefined);
  if (!reading) return fail("", "alignment-files-number", { count: files.length });
  const { value } = reading;
  if (value && value.rows.length > MAX_ROWS) {
    return fail(files[0]?.name ?? "", "alignment-too-long", { count: value.rows.length, limit: MAX_ROWS });
  }
  if (value && !value.rows.some(({ source, target }) => source.length > 0 && target.length > 0)) {
    return {
      value: undefined,
      diagnostics: [...reading.diagnostics, { file: files[0]?.name ?? "", code: "alignment-without-pairs", severity: "error" }],
    };
  }
  return reading;
}

function fail(file: string, code: string, values: Diagnostic["values"] = {}): AlignmentReading {
  return { value: undefined, diagnostics: [{ file, code, severity: "error", values }] };
}

/** What is no such archive is told as the table that it may be. */
const ARCHIVE = { needed: /^[^/]+\.(?:xml|txt|align)$/iu, damaged: "xlsx-damaged" } as const;

/** The three files in one archive, as InterText's are exported here; undefined when it is no such archive. */
function unpackLinkedTexts(input: AlignmentFiles): AlignmentReading | undefined {
  const [file] = input.files;
  if (!file || findBinaryKind(file.bytes) !== "zip") return undefined;
  const names: string[] = [];
  const { value } = extractZipParts(file.bytes, {
    ...ARCHIVE,
    judge: (all) => void names.push(...all),
  });
  if (!value || value.size !== 3 || names.length !== 3) return undefined;
  const files = [...value].map(([name, bytes]): NamedBytes => ({ name, bytes }));
  const reading = readLinkedTexts({ ...input, files });
  if (!reading.value) return reading;
  // Both texts came in the one file that is kept.
  const { source, target } = reading.value;
  return { ...reading, value: { ...reading.value, source: { ...source, file: 0 }, target: { ...target, file: 0 } } };
}

type Cell = {
  readonly source: string;
  readonly target: string;
  readonly status: GroupStatus;
  readonly notes?: readonly ReceivedNote[];
};
type Cells = {
  readonly cells: readonly Cell[];
  readonly diagnostics: readonly Diagnostic[];
  readonly title?: string | undefined;
};

function readOneFile(input: AlignmentFiles): AlignmentReading {
  const [file] = input.files;
  if (!file) return fail("", "alignment-files-number", { count: 0 });
  const read = readCells(file, input);
  const diagnostics = read.diagnostics.map((one) => {
    const code = one.code === "unsupported-format" ? "alignment-unsupported" : one.code;
    return { ...one, code, file: file.name };
  });
  if (read.cells.length === 0) {
    const known = diagnostics.some(({ severity }) => severity === "error");
    return {
      value: undefined,
      diagnostics: known
        ? diagnostics
        : [...diagnostics, { file: file.name, code: "alignment-without-pairs", severity: "error" }],
    };
  }
  const title = read.title ?? stemOf(file.name);
  const textOf = (side: "source" | "target") =>
    read.cells
      .slice(0, SAMPLE_ROWS)
      .map((cell) => cell[side])
      .join("\n");
  const sourceLanguage = tellScript(textOf("source"), input.sourceLanguage);
  const targetLanguage = tellScript(textOf("target"), input.targetLanguage);
  const source: ReceivedSentence[] = [];
  const target: ReceivedSentence[] = [];
  const rows = read.cells.map((cell, paragraph): ReceivedRow => ({
    source: addSentences(source, { text: cell.source, language: sourceLanguage, paragraph }),
    target: addSentences(target, { text: cell.target, language: targetLanguage, paragraph }),
    status: cell.status,
    isMarked: false,
    ...(cell.notes ? { notes: cell.notes } : {}),
  }));
  return {
    value: {
      source: { title, language: sourceLanguage, sentences: source, file: 0 },
      target: { title: `${title} (${targetLanguage})`, language: targetLanguage, sentences: target, file: 0 },
      rows: rows.filter((row) => row.source.length + row.target.length > 0),
    },
    diagnostics,
  };
}

function addSentences(
  sentences: ReceivedSentence[],
  { text, language, paragraph }: { readonly text: string; readonly language: LanguageTag; readonly paragraph: number },
): readonly number[] {
  const numbers: number[] = [];
  for (const { kind, start, end } of segmentParagraph(text, language)) {
    if (kind !== "segment") continue;
    numbers.push(sentences.length);
    sentences.push({ text: text.slice(start, end), paragraph });
  }
  return numbers;
}

function readCells(file: NamedBytes, input: AlignmentFiles): Cells {
  const kind = findBinaryKind(file.bytes);
  if (kind === "zip") {
    const { value, diagnostics } = readXlsx(file.bytes);
    return { ...readTable(value?.rows ?? [], input), diagnostics };
  }
  if (kind !== undefined)
    return { cells: [], diagnostics: [{ code: "unsupported-format", severity: "error", values: { kind } }] };
  const head = decodeText(file.bytes.subarray(0, 4096)).value?.text ?? "";
  const root = findXmlStart(head)?.name;
  if (root === "tmx") return readMemory(file, input);
  if (root === "xliff") return readTranslated(file, input);
  if (root !== undefined)
    return { cells: [], diagnostics: [{ code: "unsupported-format", severity: "error", values: { kind: root } }] };
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return { cells: [], diagnostics: decoded.diagnostics };
  const table = readCsv(decoded.value.text, { header: false });
  return { ...readTable(table.value?.rows ?? [], input), diagnostics: [...decoded.diagnostics, ...table.diagnostics] };
}

/** A state that only a person gives. */
const CONFIRMED = new Set(["reviewed", "final"]);

function readMemory(file: NamedBytes, { sourceLanguage, targetLanguage }: AlignmentFiles): Cells {
  const { value, diagnostics } = readTmx(file.bytes, { sourceLanguage, targetLanguage });
  const cells = (value ?? []).map(({ source, target, state, notes }): Cell => ({
    source,
    target,
    status: statusOf(state),
    ...keepNotes(notes?.map((text) => ({ text }))),
  }));
  const title = value?.find(({ document }) => document !== undefined)?.document;
  // What stands before the break is there, and what follows is missing: an alignment must be whole.
  const isBroken = diagnostics.some(({ severity }) => severity === "error");
  return { cells: isBroken ? [] : cells, diagnostics, title };
}

function readTranslated(file: NamedBytes, input: AlignmentFiles): Cells {
  const { value, diagnostics } = readXliff(file.bytes);
  const [first] = value ?? [];
  const serves = first !== undefined && languageServes(first.sourceLanguage, input.sourceLanguage);
  if (first && !serves) {
    const values = { language: first.sourceLanguage, wanted: input.sourceLanguage };
    return { cells: [], diagnostics: [...diagnostics, { code: "alignment-other-language", severity: "error", values }] };
  }
  // The notes of a unit stand on its first segment.
  const cells = (value ?? []).flatMap(({ units }) =>
    units.flatMap(({ segments, notes }) =>
      segments.map(({ source, target = "", state }, at): Cell => {
        const own = at === 0 ? notes.map(({ text, from }) => ({ text, ...(from ? { author: from } : {}) })) : [];
        return { source, target, status: statusOf(state), ...keepNotes(own) };
      }),
    ),
  );
  return { cells, diagnostics, title: first?.original === "" ? undefined : first?.original };
}

/** How our own export describes a row: it is found again in the row itself. */
const OWN_NOTE = /^alignment: \d+:\d+/u;

function keepNotes(notes: readonly ReceivedNote[] = []): Pick<Cell, "notes"> {
  const kept = notes.filter(({ text }) => text.trim() !== "" && !OWN_NOTE.test(text));
  return kept.length > 0 ? { notes: kept } : {};
}

function statusOf(state: string): GroupStatus {
  return CONFIRMED.has(state) ? "confirmed" : "automatic";
}

const HEADERS = /^\s*(?:source|target|原文|译文|中文|英文|chinese|english|state|[a-z]{2,3}(?:[-_][a-z]{2,4})?)(?:\s*:.*)?\s*$/iu;

/** The first two columns; a third that says `reviewed` or `confirmed` counts. The order of the languages is found out. */
function readTable(all: readonly (readonly string[])[], input: AlignmentFiles): Omit<Cells, "diagnostics"> {
  const [first = []] = all;
  const hasHeader = first.length >= 2 && first.slice(0, 2).every((cell) => HEADERS.test(cell));
  const rows = hasHeader ? all.slice(1) : all;
  const column = (at: number): string =>
    rows
      .slice(0, SAMPLE_ROWS)
      .map((row) => row[at] ?? "")
      .join("\n");
  const isSwapped = isOfLanguage(column(0), input.targetLanguage) && isOfLanguage(column(1), input.sourceLanguage);
  const [source, target] = isSwapped && !isOfLanguage(column(0), input.sourceLanguage) ? [1, 0] : [0, 1];
  const cells = rows.map((row): Cell => ({
    source: (row[source] ?? "").trim(),
    target: (row[target] ?? "").trim(),
    status: /^(?:reviewed|final|confirmed|locked)$/iu.test((row[2] ?? "").trim()) ? "confirmed" : "automatic",
  }));
  return { cells };
}

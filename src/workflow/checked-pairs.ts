/**
 * Reads the pairs to be checked out of bilingual files: XLIFF of every kind, TMX, and two-column CSV or TSV.
 * What a file is, its content says, not its name. Trouble is a diagnostic; what could be read is kept.
 */
import { readCsv } from "../formats/csv.ts";
import { decodeText } from "../formats/encoding.ts";
import { readHeaderCell } from "../formats/glossary-columns.ts";
import { readTmx } from "../formats/tmx.ts";
import { readXliff } from "../formats/xliff.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { CheckedPair } from "../model/finding.ts";
import type { BilingualFile } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import { detectFormat } from "./convert-formats.ts";

export type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

export type Direction = { readonly from: LanguageTag; readonly to: LanguageTag };

export type PairsOfFile = {
  /** Undefined when nothing could be read. */
  readonly pairs: readonly (CheckedPair & { readonly direction: Direction })[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
};

/** The direction of files that name none, and the wanted one of a TMX in several languages. */
const USUAL_DIRECTION: Direction = { from: "zh", to: "en" };

const HEADER = /^(?:(source|src|原文|source text)|(target|tgt|译文|target text))(?::([\w-]+))?$/i;
const STATES: readonly TranslationState[] = ["initial", "translated", "reviewed", "final"];

export function readPairs(file: NamedFile): PairsOfFile {
  const format = detectFormat(file);
  if (format === "tmx") return readTmxPairs(file);
  // What is some other XML is refused by the reader with the name of its element.
  return format.startsWith("xliff") || format === "unknown-xml" || format === "html" ? readXliffPairs(file) : readTable(file);
}

function readXliffPairs(file: NamedFile): PairsOfFile {
  const { value, diagnostics } = readXliff(file.bytes);
  return { pairs: value && pairsOfXliff(file.name, value), diagnostics };
}

/** Unit ids are unique within one `<file>` only; with several files the file's id stands before them. */
function pairsOfXliff(name: string, files: readonly BilingualFile[]): NonNullable<PairsOfFile["pairs"]> {
  return files.flatMap((bilingual) => {
    const direction = { from: bilingual.sourceLanguage, to: bilingual.targetLanguage ?? USUAL_DIRECTION.to };
    return bilingual.units
      .filter(({ translate }) => translate)
      .flatMap((unit) =>
        unit.segments.map((segment) => ({
          id: JSON.stringify([name, bilingual.id, unit.id, segment.id]),
          source: segment.source,
          target: segment.target ?? "",
          state: segment.state,
          file: name,
          unit: files.length > 1 ? `${bilingual.id}/${unit.id}` : unit.id,
          segment: segment.id,
          direction,
        })),
      );
  });
}

function readTmxPairs(file: NamedFile): PairsOfFile {
  const usual = readTmx(file.bytes, { sourceLanguage: USUAL_DIRECTION.from, targetLanguage: USUAL_DIRECTION.to });
  const read = usual.value && usual.value.length > 0 ? usual : readTmx(file.bytes);
  const pairs = read.value?.map((unit, at) => ({
    id: JSON.stringify([file.name, at]),
    source: unit.source,
    target: unit.target,
    state: unit.state,
    file: file.name,
    unit: unit.id,
    direction: { from: unit.sourceLanguage, to: unit.targetLanguage },
  }));
  return { pairs, diagnostics: read.diagnostics };
}

function readTable(file: NamedFile): PairsOfFile {
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return { pairs: undefined, diagnostics: decoded.diagnostics };
  const { value, diagnostics } = readCsv(decoded.value.text, { header: false });
  if (!value) return { pairs: undefined, diagnostics: [...decoded.diagnostics, ...diagnostics] };
  const [first] = value.rows;
  if (first && first.length < 2) {
    const fault: Diagnostic = { code: "check-without-columns", severity: "error", line: value.lines[0] ?? 1 };
    return { pairs: undefined, diagnostics: [...decoded.diagnostics, ...diagnostics, fault] };
  }
  const header = first ? readHeader(first) : undefined;
  const pairs = value.rows.flatMap((row, at) => {
    if (at === 0 && header) return [];
    const line = String(value.lines[at] ?? at + 1);
    return [
      {
        id: JSON.stringify([file.name, line]),
        source: row[header?.source ?? 0] ?? "",
        target: row[header?.target ?? 1] ?? "",
        state: readState(header?.state === undefined ? "" : row[header.state]),
        file: file.name,
        unit: line,
        direction: header?.direction ?? USUAL_DIRECTION,
      },
    ];
  });
  return { pairs, diagnostics: [...decoded.diagnostics, ...diagnostics] };
}

function readState(cell: string | undefined): TranslationState {
  return STATES.find((state) => state === cell?.trim()) ?? "translated";
}

type TableHeader = { readonly source: number; readonly target: number; readonly state?: number; readonly direction: Direction };

/** "zh,en", "source,target" or "source:zh,target:en,state": names of columns, not a pair. */
function readHeader(row: readonly string[]): TableHeader | undefined {
  const state = row.findIndex((cell) => /^(?:state|状态)$/i.test(cell.trim()));
  const rest = state < 0 ? {} : { state };
  const named = row.map((cell) => HEADER.exec(cell.trim()));
  const source = named.findIndex((found) => found?.[1] !== undefined);
  const target = named.findIndex((found) => found?.[2] !== undefined);
  if (source >= 0 && target >= 0) {
    const direction = { from: named[source]?.[3] ?? USUAL_DIRECTION.from, to: named[target]?.[3] ?? USUAL_DIRECTION.to };
    return { source, target, direction, ...rest };
  }
  const [from, to] = [readHeaderCell(row[0] ?? ""), readHeaderCell(row[1] ?? "")];
  if (from.kind !== "language" || to.kind !== "language") return undefined;
  return { source: 0, target: 1, direction: { from: from.language, to: to.language }, ...rest };
}

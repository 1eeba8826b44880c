/**
 * A glossary as a file, of any format that we read: for commands that need no store, and for the worker that reads one for an
 * import. The content decides the format, then the name; a person can say otherwise.
 *
 * Policy: `facts` tell what was found out, also when the file cannot be used, so that a person can correct it.
 */
import { detectDelimiter, readCsv, restoreFormula } from "../formats/csv.ts";
import { decodeText, findBinaryKind } from "../formats/encoding.ts";
import { isGlossaryHeader } from "../formats/glossary-csv.ts";
import { readOmegatGlossary } from "../formats/glossary-omegat.ts";
import { readGlossaryTable } from "../formats/glossary-table.ts";
import type { TableFacts, TableReadOptions } from "../formats/glossary-table.ts";
import { readTbx } from "../formats/tbx.ts";
import { isUtx, readUtx } from "../formats/utx.ts";
import { readXlsx } from "../formats/xlsx.ts";
import { decodeXml } from "../formats/xml-encoding.ts";
import { findXmlStart } from "../formats/xml-start.ts";
import type { Concept } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";

export type GlossaryFileFormat = "csv" | "tsv" | "xlsx" | "tbx" | "utx" | "omegat";
export const GLOSSARY_FILE_FORMATS: readonly GlossaryFileFormat[] = ["csv", "tsv", "xlsx", "tbx", "utx", "omegat"];
/** Encodings that a person can name when the guess was wrong. */
export const ENCODINGS: readonly string[] = ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "windows-1252"];
export const DELIMITERS: readonly string[] = [",", ";", "\t", "|"];

export type GlossaryFileOptions = TableReadOptions & {
  readonly format?: GlossaryFileFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** The sheet of a spreadsheet; the first that holds anything when absent. */
  readonly sheet?: string;
  /** Take off the apostrophes that an export for spreadsheets put before formulas. */
  readonly undoFormulas?: boolean;
};

/** What was found out about a file. */
export type GlossaryFacts = {
  readonly format: GlossaryFileFormat;
  /** As the file says it: TBX-Basic DCT, UTX 1.20. */
  readonly dialect?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheets?: readonly string[];
  readonly sheet?: string;
  readonly table?: TableFacts;
};

export type GlossaryFileRead = ReadResult<readonly Concept[]> & { readonly facts?: GlossaryFacts };
export type NamedGlossary = { readonly name: string; readonly bytes: Uint8Array };
export type GlossaryTaskInput = GlossaryFileOptions & { readonly file: NamedGlossary };

/** Of lists without any word about their languages. */
const LANGUAGES = { source: "zh", target: "en" };

function refuse(code: string, values: Diagnostic["values"] = {}): GlossaryFileRead {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

/** The concepts of a glossary file; undefined when the file cannot be used. */
export function readGlossaryFile(file: NamedGlossary, options: GlossaryFileOptions = {}): GlossaryFileRead {
  const read = readWhole(file, options);
  const diagnostics = [...read.diagnostics].sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { ...read, diagnostics };
}

function readWhole(file: NamedGlossary, options: GlossaryFileOptions): GlossaryFileRead {
  const kind = findBinaryKind(file.bytes);
  if (options.format === "xlsx" || (kind === "zip" && options.format === undefined)) return readSheet(file, options);
  if (kind !== undefined) return refuse("glossary-format-unknown", { kind });
  if (options.format === "tbx") return readTerms(file, options);
  if (options.format === undefined) {
    const opening = decodeXml(file.bytes.subarray(0, 100_000));
    const start = "code" in opening ? undefined : findXmlStart(opening.text);
    if (start && ["tbx", "martif"].includes(start.name)) return readTerms(file, options);
    if (start && (start.hasDeclaration || start.doctype !== undefined)) return readTerms(file, options);
  }
  return readText(file, options);
}

function readTerms({ bytes }: NamedGlossary, options: GlossaryFileOptions): GlossaryFileRead {
  const { defaultStatus, languages } = options;
  const read = readTbx(bytes, {
    ...(defaultStatus ? { defaultStatus } : {}),
    ...(languages ? { sourceLanguage: languages.source } : {}),
  });
  const decoded = decodeXml(bytes.subarray(0, 2000));
  const { dialect = "", style, version } = read.facts ?? {};
  const name = [dialect, style?.toUpperCase(), version === undefined ? "" : `(${version})`].filter(Boolean).join(" ");
  const facts: GlossaryFacts = {
    format: "tbx",
    ...(name === "" ? {} : { dialect: name }),
    ...("code" in decoded ? {} : { encoding: decoded.encoding }),
  };
  return { value: read.value, diagnostics: read.diagnostics, facts };
}

function readSheet({ bytes }: NamedGlossary, options: GlossaryFileOptions): GlossaryFileRead {
  const read = readXlsx(bytes, options.sheet === undefined ? {} : { sheet: options.sheet });
  if (!read.value) return { value: undefined, diagnostics: read.diagnostics, facts: { format: "xlsx" } };
  const { sheets, sheet, lines } = read.value;
  const rows = options.undoFormulas ? read.value.rows.map((row) => row.map(restoreFormula)) : read.value.rows;
  const table = readGlossaryTable({ rows, lines }, options);
  const facts: GlossaryFacts = { format: "xlsx", sheets, sheet, table: table.facts };
  return { value: table.value, diagnostics: [...read.diagnostics, ...table.diagnostics], facts };
}

/** Decodes as a person says, or as the bytes show. */
function decode(
  bytes: Uint8Array,
  encoding: string | undefined,
): ReadResult<{ readonly text: string; readonly encoding: string }> {
  if (encoding === undefined) return decodeText(bytes);
  try {
    return { value: { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }, diagnostics: [] };
  } catch {
    return { value: undefined, diagnostics: [{ code: "encoding-not-fitting", severity: "error", values: { encoding } }] };
  }
}

function readText(file: NamedGlossary, options: GlossaryFileOptions): GlossaryFileRead {
  const decoded = decode(file.bytes, options.encoding);
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics, facts: { format: options.format ?? "csv" } };
  const { text, encoding } = decoded.value;
  const { format = findTextFormat(file.name, text, options), defaultStatus, languages = LANGUAGES } = options;
  const status = defaultStatus ? { defaultStatus } : {};
  const known = { format, encoding };
  if (format === "utx") {
    const read = readUtx(text, status);
    const facts = { ...known, ...(read.facts ? { dialect: `UTX ${read.facts.version}` } : {}) };
    return { value: read.value, diagnostics: [...decoded.diagnostics, ...read.diagnostics], facts };
  }
  if (format === "omegat") {
    const isTabbed = options.delimiter === undefined ? text.includes("\t") || !text.includes(",") : options.delimiter === "\t";
    const delimiter = isTabbed ? "\t" : ",";
    const read = readOmegatGlossary(text, { languages, delimiter, ...status });
    return { value: read.value, diagnostics: [...decoded.diagnostics, ...read.diagnostics], facts: { ...known, delimiter } };
  }
  const delimiter = options.delimiter ?? (format === "tsv" ? "\t" : detectDelimiter(text));
  const read = readCsv(text, { header: false, delimiter, ...(options.undoFormulas ? { undoFormulas: true } : {}) });
  const diagnostics = [...decoded.diagnostics, ...read.diagnostics];
  if (!read.value) return { value: undefined, diagnostics, facts: { ...known, delimiter } };
  const table = readGlossaryTable(read.value, options);
  const facts: GlossaryFacts = { ...known, format: delimiter === "\t" ? "tsv" : format, delimiter, table: table.facts };
  return { value: table.value, diagnostics: [...diagnostics, ...table.diagnostics], facts };
}

/** Tab-separated lists without a header are glossaries of OmegaT; its remarks begin with #. */
function findTextFormat(name: string, text: string, options: GlossaryFileOptions): GlossaryFileFormat {
  if (isUtx(text)) return "utx";
  const isChosen = options.columns !== undefined || options.hasHeader !== undefined || options.delimiter !== undefined;
  if (isChosen) return /\.(?:tsv|tab|txt|utf8)$/iu.test(name) ? "tsv" : "csv";
  const start = text.slice(0, 200_000).replace(/^\ufeff/u, "");
  if (/^#.*-\*-.*coding/iu.test(start)) return "omegat";
  const delimiter = detectDelimiter(start);
  const [first = ""] = start.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (delimiter !== "\t") return "csv";
  const cells = first.split("\t").map((cell) => cell.replace(/^"(.*)"$/u, "$1"));
  return isGlossaryHeader(cells) || cells.length > 3 ? "tsv" : "omegat";
}

const USABLE = new Set(["approved", "admitted", "proposed"]);

function speaks(tag: LanguageTag, language: LanguageTag): boolean {
  return tag.toLowerCase().split("-")[0] === language.toLowerCase().split("-")[0];
}

/** Pairs of terms that render each other, with rejected and forbidden ones left out: evidence for alignment. */
export function listTermPairs(
  concepts: readonly Concept[],
  { from, to }: { readonly from: LanguageTag; readonly to: LanguageTag },
): readonly { readonly source: string; readonly target: string }[] {
  return concepts.flatMap((concept) => {
    const usable = concept.terms.filter((term) => USABLE.has(term.status));
    const sources = usable.filter((term) => speaks(term.language, from));
    const targets = usable.filter((term) => speaks(term.language, to));
    return sources.flatMap((source) => targets.map((target) => ({ source: source.text, target: target.text })));
  });
}

/**
 * Converts one interchange file or source document into another format; needs no store.
 *
 * Guarantee: to its own format a file comes back as the same bytes; anything that the target cannot carry is listed, and without
 * `allowLoss` nothing is written when the list is not empty. Languages stay as the file writes them.
 */
import { readXliffJson, formatXliffJson } from "../formats/xliff-json.ts";
import { decodeXml } from "../formats/xml-encoding.ts";
import type { Diagnostic, Loss } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { FileFormat, TargetFormat } from "./convert-formats.ts";
import { detectFormat, formatFromExtension, formatFromName } from "./convert-formats.ts";
import type { FoundGlossary, GlossaryTarget } from "./convert-glossary.ts";
import { detectGlossary, findGlossaryTarget, GLOSSARY_TARGETS, readGlossaryContent } from "./convert-glossary.ts";
import { writeGlossary } from "./glossary-write.ts";
import { addLosses } from "./interchange-content.ts";
import type { NamedFile } from "./read-content.ts";
import { readContent } from "./read-content.ts";
import { writeContent } from "./write-content.ts";

export type ConvertOptions = {
  /** Name of the target format; otherwise the extension of `outName` says it. */
  readonly to?: string;
  readonly from?: LanguageTag;
  readonly toLanguage?: LanguageTag;
  readonly allowLoss?: boolean;
  readonly outName?: string;
  readonly toolVersion?: string;
};

/** `bytes` is undefined when the input is unreadable (an error among the diagnostics), or when something would be lost and may not be. */
export type Converted = {
  readonly bytes: Uint8Array | undefined;
  readonly losses: readonly Loss[];
  /** Kept, but in notes that only we read back. */
  readonly notices?: readonly Loss[];
  readonly diagnostics: readonly Diagnostic[];
};

/** For help texts. */
export const CONVERT_FORMATS: readonly (TargetFormat | GlossaryTarget)[] = [
  ...(["xliff12", "xliff20", "tmx", "csv", "tsv", "glossary-csv", "xliff-json"] as const),
  ...GLOSSARY_TARGETS,
];

function isXliff(format: FileFormat): boolean {
  return format.startsWith("xliff") && format !== "xliff-json";
}

function isSame(given: FileFormat, wanted: FileFormat): boolean {
  return given === wanted || (wanted === "xliff" && isXliff(given));
}

/** The format that the options ask for; undefined when neither a name nor an extension says one. */
export function targetFormat(options: Pick<ConvertOptions, "to" | "outName">): FileFormat | GlossaryTarget | undefined {
  const { to, outName } = options;
  if (to !== undefined) return formatFromName(to) ?? findGlossaryTarget({ to });
  return outName === undefined ? undefined : (formatFromExtension(outName) ?? findGlossaryTarget({ outName }));
}

function isGlossaryTarget(format: FileFormat | GlossaryTarget): format is GlossaryTarget {
  return GLOSSARY_TARGETS.some((each) => each === format);
}

/** A file called .tbx without more stays in its dialect. */
function staysAsItIs({ to = "", outName = "" }: ConvertOptions, found: FoundGlossary, wanted: string): boolean {
  const isAnyTbx =
    (to === "" ? /\.tbx$/iu.test(outName) : to.toLowerCase() === "tbx") && found.format !== "utx" && found.format !== "xlsx";
  return isAnyTbx || found.format === wanted;
}

/** Into a format for glossaries: only what a glossary holds. */
async function convertToGlossary(file: NamedFile, options: ConvertOptions, wanted: GlossaryTarget): Promise<Converted> {
  const found = detectGlossary(file);
  const read = found ? readGlossaryContent(file, options) : await readContent(file, { ...options, format: detectFormat(file) });
  if (!read.value) return { bytes: undefined, losses: [], diagnostics: read.diagnostics };
  if (found && staysAsItIs(options, found, wanted)) return { bytes: file.bytes, losses: [], diagnostics: read.diagnostics };
  if (read.value.kind !== "glossary") return failed("convert-content-does-not-fit", { format: wanted });
  const { concepts, languages } = read.value;
  const written = writeGlossary(concepts, { format: wanted, languages });
  const losses = addLosses([...read.value.losses, ...written.losses]);
  const isRefused = losses.length > 0 && options.allowLoss !== true;
  const { notices } = written;
  return { bytes: isRefused ? undefined : written.bytes, losses, notices, diagnostics: read.diagnostics };
}

function failed(code: string, values: Diagnostic["values"] = {}): Converted {
  return { bytes: undefined, losses: [], diagnostics: [{ code, severity: "error", values }] };
}

export async function convertFile(file: NamedFile, options: ConvertOptions): Promise<Converted> {
  const wanted = targetFormat(options);
  if (wanted === undefined) return failed("convert-target-unknown", { name: options.to ?? options.outName ?? "" });
  if (isGlossaryTarget(wanted)) return convertToGlossary(file, options, wanted);
  const given = detectFormat(file);
  const read = detectGlossary(file) ? readGlossaryContent(file, options) : await readContent(file, { ...options, format: given });
  if (!read.value) return { bytes: undefined, losses: [], diagnostics: read.diagnostics };
  const isGlossary = read.value.kind === "glossary" && wanted === "glossary-csv" && given === "csv";
  if (isSame(given, wanted) || isGlossary) return { bytes: file.bytes, losses: [], diagnostics: read.diagnostics };

  const format = wanted === "xliff" ? "xliff12" : CONVERT_FORMATS.find((each) => each === wanted);
  if (format === undefined || isGlossaryTarget(format)) return failed("convert-target-not-written", { format: wanted });
  if (format === "xliff-json" && isXliff(given)) return convertToJson(file, options, read.value.losses);

  const toolVersion = options.toolVersion ?? "";
  const { text, losses } = writeContent(read.value, format, { toolVersion, languageTags: "as-is" });
  if (text === undefined) return failed("convert-content-does-not-fit", { format });
  const isRefused = losses.length > 0 && options.allowLoss !== true;
  return { bytes: isRefused ? undefined : new TextEncoder().encode(text), losses, diagnostics: read.diagnostics };
}

/** XLIFF to object goes through the package and its guard; what the guard refuses is refused here too, allowed losses or not. */
async function convertToJson(file: NamedFile, options: ConvertOptions, known: readonly Loss[]): Promise<Converted> {
  const decoded = decodeXml(file.bytes);
  if ("code" in decoded) return { bytes: undefined, losses: [], diagnostics: [decoded] };
  const read = await readXliffJson(decoded.text);
  if (!read.value) return { bytes: undefined, losses: [], diagnostics: read.diagnostics };
  const losses = addLosses([...known, ...read.losses]);
  const isRefused = losses.length > 0 && options.allowLoss !== true;
  const bytes = isRefused ? undefined : new TextEncoder().encode(formatXliffJson(read.value));
  return { bytes, losses, diagnostics: read.diagnostics };
}

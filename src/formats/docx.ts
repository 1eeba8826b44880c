/**
 * Word documents (docx): headings with levels, paragraphs, lists, table cells, captions, footnotes at the end; title and
 * date from the core properties.
 *
 * The archive is judged by its directory before anything is inflated, and each part that is needed is inflated piece by
 * piece under its declared size, so that neither an honest nor a lying zip bomb grows. Only then mammoth reads a plain
 * archive of those parts; pictures never reach it.
 * Failure policy: bombs, encrypted and damaged files are refused with the name of the entry. Never throws.
 * Cost: linear in the inflated size, which is limited.
 */
import { Inflate, zipSync } from "fflate";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { ReceivedParagraph, ReceivedText } from "../model/document.ts";
import { readHtmlParagraphs } from "./html.ts";
import type { ZipEntry } from "./zip-directory.ts";
import { readZipDirectory } from "./zip-directory.ts";

export const MAX_DOCX_BYTES = 32 * 1024 * 1024;
export const MAX_INFLATED_BYTES = 200 * 1024 * 1024;
const MAX_ENTRIES = 5000;
/** Text of WordprocessingML shrinks to a thirtieth at best; deflate can do 1 : 1032. */
const MAX_RATIO = 150;
const RATIO_COUNTS_FROM = 1024 * 1024;
const MAX_PART_BYTES = 64 * 1024 * 1024;
const CHUNK = 16 * 1024;
const DOCUMENT = "word/document.xml";
/** Parts that hold text or say how it is put together; media, fonts, themes and settings are left behind. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/(?:_rels\/[^/]+\.rels|(?:document|document\d+|styles|numbering|footnotes|endnotes|comments)\.xml))$/u;
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='副标题'] => h2:fresh",
  "p[style-name='caption'] => p.caption:fresh",
  "p[style-name='题注'] => p.caption:fresh",
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${String(level)}'] => h${String(level)}:fresh`),
];

class EntryError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function refuse(code: string, values: Readonly<Record<string, string | number>>): ReadResult<never> {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

/** The declared sizes, before anything is inflated. */
function judgeEntries(entries: readonly ZipEntry[]): Diagnostic | undefined {
  const bomb = (entry: string, size: number, limit: number): Diagnostic => ({
    code: "zip-bomb",
    severity: "error",
    values: { entry, size, limit },
  });
  if (entries.length > MAX_ENTRIES) return bomb(entries[MAX_ENTRIES]?.name ?? "", entries.length, MAX_ENTRIES);
  let total = 0;
  for (const entry of entries) {
    total += entry.size;
    if (entry.isEncrypted) return { code: "encrypted-file", severity: "error", values: { entry: entry.name } };
    if (entry.size > RATIO_COUNTS_FROM && entry.size > entry.compressedSize * MAX_RATIO) {
      return bomb(entry.name, entry.size, entry.compressedSize * MAX_RATIO);
    }
    if (total > MAX_INFLATED_BYTES) return bomb(entry.name, total, MAX_INFLATED_BYTES);
    if (NEEDED.test(entry.name) && entry.size > MAX_PART_BYTES) return bomb(entry.name, entry.size, MAX_PART_BYTES);
  }
  return undefined;
}

/** Inflates one entry and stops as soon as it grows over what it declared. */
function inflateEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.compressedSize);
  if (packed.length < entry.compressedSize) throw new EntryError("docx-damaged");
  if (entry.method === 0) return packed.slice();
  if (entry.method !== 8) throw new EntryError("docx-damaged");
  const whole = new Uint8Array(entry.size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > whole.length) throw new EntryError("zip-bomb");
    whole.set(chunk, filled);
    filled += chunk.length;
  });
  for (let at = 0; at < packed.length; at += CHUNK) inflate.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
  if (filled < whole.length) throw new EntryError("docx-damaged");
  return whole;
}

function readProperty(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?:\\s[^>]{0,200})?>([^<]{1,500})</${name}>`, "u").exec(xml)?.[1];
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return found?.replace(/&(lt|gt|amp|quot|apos);/gu, (_, entity: string) => entities[entity] ?? "").trim() || undefined;
}

/** Takes the parts that hold text out of the archive, or says why not. */
function extractParts(bytes: Uint8Array): ReadResult<Map<string, Uint8Array>> {
  const entries = readZipDirectory(bytes, MAX_ENTRIES);
  if (!entries) return refuse("docx-damaged", { entry: "" });
  const problem = judgeEntries(entries);
  if (problem) return { value: undefined, diagnostics: [problem] };
  if (
    !entries.some((entry) => entry.name === "[Content_Types].xml") ||
    !entries.some((entry) => entry.name.startsWith("word/"))
  ) {
    return refuse("unsupported-format", { kind: entries.some((entry) => entry.name.startsWith("xl/")) ? "xlsx" : "zip" });
  }
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!NEEDED.test(entry.name)) continue;
    try {
      const part = inflateEntry(bytes, entry);
      const head = new TextDecoder().decode(part.subarray(0, 4096));
      if (head.includes("<!DOCTYPE")) return refuse("xml-doctype", { entry: entry.name });
      parts.set(entry.name, part);
    } catch (error) {
      const code = error instanceof EntryError ? error.code : "docx-damaged";
      return refuse(code, { entry: entry.name, size: entry.size, limit: entry.size });
    }
  }
  return { value: parts, diagnostics: [] };
}

export async function readDocx(bytes: Uint8Array): Promise<ReadResult<ReceivedText>> {
  if (bytes.length > MAX_DOCX_BYTES) return refuse("too-large", { size: bytes.length, limit: MAX_DOCX_BYTES });
  const extracted = extractParts(bytes);
  const parts = extracted.value;
  if (!parts) return { value: undefined, diagnostics: extracted.diagnostics };
  // Loaded when the first such file comes: it would take a tenth of the start of the server.
  const { default: mammoth } = await import("mammoth");
  let html: string;
  const diagnostics: Diagnostic[] = [];
  try {
    const archive = zipSync(Object.fromEntries(parts), { level: 0 });
    const result = await mammoth.convertToHtml(
      { buffer: Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength) },
      {
        styleMap: STYLES,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      },
    );
    html = result.value;
    const errors = result.messages.filter((message) => message.type === "error");
    if (errors.length > 0) diagnostics.push({ code: "docx-partly-read", severity: "warning", values: { count: errors.length } });
  } catch {
    // mammoth throws on parts that are missing or no XML; nothing of the text can be trusted then.
    return refuse("docx-damaged", { entry: DOCUMENT });
  }
  const paragraphs = readHtmlParagraphs(html).paragraphs.map((paragraph, at): ReceivedParagraph => ({
    ...paragraph,
    line: at + 1,
  }));
  if (paragraphs.length === 0) return { value: undefined, diagnostics: [...diagnostics, { code: "no-text", severity: "error" }] };
  const core = new TextDecoder().decode(parts.get("docProps/core.xml") ?? new Uint8Array());
  const title = readProperty(core, "dc:title");
  const date = /^\d{4}-\d{2}-\d{2}/u.exec(readProperty(core, "dcterms:created") ?? "")?.[0];
  return { value: { encoding: "docx", paragraphs, ...(title ? { title } : {}), ...(date ? { date } : {}) }, diagnostics };
}

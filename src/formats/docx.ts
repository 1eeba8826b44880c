/**
 * Word documents (docx): headings with levels, paragraphs, lists, table cells, captions, footnotes at the end; title and
 * date from the core properties.
 *
 * The archive is judged before anything is inflated (zip-parts.ts); then mammoth reads a plain archive of the parts that hold
 * text; pictures never reach it.
 * Failure policy: bombs, encrypted and damaged files are refused with the name of the entry. Never throws.
 * Cost: linear in the inflated size, which is limited.
 */
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { ReceivedParagraph, ReceivedText } from "../model/document.ts";
import { readHtmlParagraphs } from "./html.ts";
import { extractZipParts, packZip } from "./zip-parts.ts";

const MAX_DOCX_BYTES = 32 * 1024 * 1024;
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

function refuse(code: string, values: Readonly<Record<string, string | number>>): ReadResult<never> {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

function readProperty(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?:\\s[^>]{0,200})?>([^<]{1,500})</${name}>`, "u").exec(xml)?.[1];
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return found?.replace(/&(lt|gt|amp|quot|apos);/gu, (_, entity: string) => entities[entity] ?? "").trim() || undefined;
}

/** Takes the parts that hold text out of the archive, or says why not. */
function extractParts(bytes: Uint8Array): ReadResult<Map<string, Uint8Array>> {
  return extractZipParts(bytes, {
    needed: NEEDED,
    damaged: "docx-damaged",
    judge: (names) =>
      names.includes("[Content_Types].xml") && names.some((name) => name.startsWith("word/"))
        ? undefined
        : {
            code: "unsupported-format",
            severity: "error",
            values: { kind: names.some((name) => name.startsWith("xl/")) ? "xlsx" : "zip" },
          },
  });
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
    const archive = packZip(Object.fromEntries(parts), { level: 0 });
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

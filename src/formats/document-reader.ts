/**
 * Reads a document of any kind we know: the content decides, then the name.
 *
 * Failure policy: never throws on any bytes; what is no document is refused with a code that says what it is.
 * Cost: that of the reader chosen.
 */
import type { ReadResult } from "../model/diagnostic.ts";
import type { ReceivedText } from "../model/document.ts";
import { readDocx } from "./docx.ts";
import { decodeText, findBinaryKind } from "./encoding.ts";
import { findDeclaredEncoding, readDecodedHtml } from "./html.ts";
import { readDecodedMarkdown } from "./markdown.ts";
import { readDecodedPlainText } from "./plain-text.ts";
import { findXmlStart } from "./xml-start.ts";

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array };

const HTML_ROOTS = new Set(["html", "head", "body", "article"]);
/** Bilingual files and settings: no documents, with an XML declaration or without. */
const XML_ROOTS = new Set(["xliff", "tmx", "martif", "tbx", "srx"]);
/** They are brought in on other pages: the answer says on which. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  xliff: "translation-not-document",
  tmx: "translation-not-document",
  martif: "glossary-not-document",
  tbx: "glossary-not-document",
};
const UNSUPPORTED = new Set(["pdf", "doc", "rtf"]);

function refuse(code: string, values: Readonly<Record<string, string | number>>): ReadResult<never> {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

function readText({ name, bytes }: NamedBytes): ReadResult<ReceivedText> {
  const isHtmlName = /\.(?:x?html?|shtml)$/iu.test(name);
  const declared = findDeclaredEncoding(bytes);
  const decoded = decodeText(bytes, declared ? { declared } : {});
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics };
  const head = decoded.value.text.slice(0, 4096);
  const start = findXmlStart(head);
  const isHtml = start !== undefined && (start.doctype === "html" || HTML_ROOTS.has(start.name));
  const isXml = /^\s*<\?xml\b/u.test(head) || (start !== undefined && XML_ROOTS.has(start.name));
  let read: ReadResult<ReceivedText>;
  if (isHtml || (isHtmlName && head.includes("<"))) read = readDecodedHtml(decoded.value);
  else if (isXml) read = refuse(ELSEWHERE[start?.name ?? ""] ?? "unsupported-format", { kind: start?.name ?? "xml" });
  else if (/\.(?:md|markdown|mdown)$/iu.test(name)) read = readDecodedMarkdown(decoded.value);
  else read = readDecodedPlainText(decoded.value);
  return { value: read.value, diagnostics: [...decoded.diagnostics, ...read.diagnostics] };
}

export async function readDocument(file: NamedBytes): Promise<ReadResult<ReceivedText>> {
  try {
    const kind = findBinaryKind(file.bytes);
    if (kind === "zip") return await readDocx(file.bytes);
    if (kind !== undefined && UNSUPPORTED.has(kind)) return refuse("unsupported-format", { kind });
    return readText(file);
  } catch (error) {
    // A parser of others that gives up (its stack, its memory): this file is lost, the batch goes on.
    return refuse("unreadable-file", { reason: error instanceof Error ? error.name : "unknown" });
  }
}

/** Names of interchange formats, and which one a file is: the content decides, then the name. */
import { decodeText, findBinaryKind } from "../formats/encoding.ts";
import { decodeXml } from "../formats/xml-encoding.ts";
import { findXmlStart } from "../formats/xml-start.ts";

export type DocumentFormat = "txt" | "md" | "html" | "docx";
export type TargetFormat = "xliff12" | "xliff20" | "tmx" | "csv" | "tsv" | "glossary-csv" | "xliff-json";
/** `xliff` as a wish: whatever version the file has, else 1.2. */
export type FileFormat = TargetFormat | DocumentFormat | "xliff" | "xliff21" | "xliff22" | "unknown-xml";

const NAMES: Readonly<Record<string, FileFormat>> = {
  xliff: "xliff",
  xlf: "xliff",
  sdlxliff: "xliff",
  mqxliff: "xliff",
  "xliff1.2": "xliff12",
  xliff12: "xliff12",
  xliff1: "xliff12",
  "xliff2.0": "xliff20",
  xliff20: "xliff20",
  xliff2: "xliff20",
  "xliff2.1": "xliff21",
  xliff21: "xliff21",
  "xliff2.2": "xliff22",
  xliff22: "xliff22",
  tmx: "tmx",
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  utf8: "tsv",
  glossary: "glossary-csv",
  "glossary-csv": "glossary-csv",
  "xliff-json": "xliff-json",
  json: "xliff-json",
  txt: "txt",
  md: "md",
  markdown: "md",
  html: "html",
  htm: "html",
  xhtml: "html",
  docx: "docx",
};

/** A format by what a person calls it; undefined when there is none of that name. */
export function formatFromName(name: string): FileFormat | undefined {
  return Object.hasOwn(NAMES, name.trim().toLowerCase()) ? NAMES[name.trim().toLowerCase()] : undefined;
}

export function formatFromExtension(fileName: string): FileFormat | undefined {
  const extension = /\.([^./\\]+)$/u.exec(fileName)?.[1];
  return extension === undefined ? undefined : formatFromName(extension);
}

function xliffVersion(tag: string): FileFormat {
  const version = /\bversion\s*=\s*["']([^"']*)/u.exec(tag)?.[1] ?? "";
  const namespace = /document:(\d\.\d)/u.exec(tag)?.[1] ?? "";
  switch (/^2\.\d$/u.test(version) ? version : namespace.startsWith("2") ? namespace : "1.2") {
    case "2.0":
      return "xliff20";
    case "2.1":
      return "xliff21";
    case "2.2":
      return "xliff22";
    default:
      return "xliff12";
  }
}

export function detectFormat(file: { readonly name: string; readonly bytes: Uint8Array }): FileFormat {
  const named = formatFromExtension(file.name);
  if (findBinaryKind(file.bytes) !== undefined) return "docx";
  const start = file.bytes.subarray(0, 200_000);
  const opening = decodeXml(start);
  const text = "code" in opening ? (decodeText(start).value?.text ?? "") : opening.text;
  const trimmed = text.replace(/^\ufeff/u, "").trimStart();
  if (trimmed.startsWith("<")) {
    const root = findXmlStart(trimmed);
    if (root?.name === "xliff") return xliffVersion(root.tag);
    if (root?.name === "tmx") return "tmx";
    if (root?.name === "html" || named === "html" || named === "md" || named === "txt") return named ?? "html";
    // A table whose first cell begins with a tag.
    if (named === "csv" || named === "tsv") return named;
    return /^<(?:!doctype html|head|body|article|div|p)\b/iu.test(trimmed) ? "html" : "unknown-xml";
  }
  if (named === "xliff-json") return named;
  if (named === "csv" || named === "tsv") return named;
  if (named === "md" || named === "html") return named;
  if (named === "xliff" || named === "tmx") return "unknown-xml";
  return "txt";
}

/**
 * Bytes of an XML file to text and back, by byte-order mark first and XML declaration second, as XML 1.0 appendix F has it.
 *
 * Guarantee: what `decodeXml` read, `encodeXml` writes back to the same bytes, or says that it cannot.
 * Bytes that are no text in the declared encoding are a Diagnostic with line and column, never silently replaced.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import { placeOf } from "./xml.ts";

export type XmlText = { readonly text: string; readonly encoding: string; readonly bom: boolean };

const REPLACEMENT = "\ufffd";

/** The encoding of a file by its first bytes, and the length of its byte-order mark. */
export function sniffXml(bytes: Uint8Array): { readonly encoding: string; readonly bom: number } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", bom: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", bom: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", bom: 2 };
  if (first === 0x3c && second === 0) return { encoding: "utf-16le", bom: 0 };
  if (first === 0 && second === 0x3c) return { encoding: "utf-16be", bom: 0 };
  const opening = new TextDecoder("latin1").decode(bytes.subarray(0, 400));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/u.exec(opening)?.[1]?.toLowerCase() ?? "utf-8";
  // Without a mark and with single-byte "<", a declared UTF-16 cannot be true; Windows tools that re-save files leave such declarations.
  return { encoding: declared.startsWith("utf-16") ? "utf-8" : declared, bom: 0 };
}

/** The text of a file without its byte-order mark. */
export function decodeXml(bytes: Uint8Array): XmlText | Diagnostic {
  const { encoding, bom } = sniffXml(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch {
    return { code: "encoding-unknown", severity: "error", line: 1, column: 1, values: { encoding } };
  }
  try {
    return { text: decoder.decode(bytes.subarray(bom)), encoding: decoder.encoding, bom: bom > 0 };
  } catch {
    const lenient = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(bom));
    const place = placeOf(lenient, Math.max(0, lenient.indexOf(REPLACEMENT)));
    return { code: "encoding-invalid", severity: "error", ...place, values: { encoding } };
  }
}

/** GB18030 two-byte codes; what is not among them is written as a character reference or refused. */
const doubleByteCodes = new Map<string, Map<string, number>>();

function codesOf(encoding: string): Map<string, number> {
  const known = doubleByteCodes.get(encoding);
  if (known) return known;
  const codes = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      pair[0] = lead;
      pair[1] = trail;
      const character = decoder.decode(pair);
      if (character.length === 1 && character !== REPLACEMENT && !codes.has(character)) codes.set(character, lead * 256 + trail);
    }
  }
  doubleByteCodes.set(encoding, codes);
  return codes;
}

const singleByteCodes = new Map<string, Map<string, number>>();

function bytesOf(encoding: string): Map<string, number> {
  const known = singleByteCodes.get(encoding);
  if (known) return known;
  const codes = new Map<string, number>();
  const text = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, index) => index));
  for (let code = 0; code < 256; code += 1) codes.set(text.charAt(code), code);
  singleByteCodes.set(encoding, codes);
  return codes;
}

function isDoubleByte(encoding: string): boolean {
  return encoding === "gb18030" || encoding === "gbk";
}

function isSingleByte(encoding: string): boolean {
  return /^(?:windows-125\d|iso-8859-\d+|koi8-[ru]|macintosh)$/u.test(encoding);
}

/** Says of one character whether the encoding holds it; a writer uses a character reference otherwise. */
export function canEncode(encoding: string): (character: string) => boolean {
  if (encoding.startsWith("utf-")) return () => true;
  if (isDoubleByte(encoding)) return (character) => character < "\u0080" || codesOf(encoding).has(character);
  if (isSingleByte(encoding)) return (character) => bytesOf(encoding).has(character);
  return (character) => character < "\u0080";
}

/** The bytes of a text in an encoding, with its byte-order mark if it had one; undefined when some character cannot be written. */
export function encodeXml(content: XmlText): Uint8Array | undefined {
  const { text, encoding, bom } = content;
  if (encoding === "utf-8") return new TextEncoder().encode(bom ? `\ufeff${text}` : text);
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const marked = bom ? `\ufeff${text}` : text;
    const bytes = new Uint8Array(marked.length * 2);
    const high = encoding === "utf-16le" ? 1 : 0;
    for (let index = 0; index < marked.length; index += 1) {
      const unit = marked.charCodeAt(index);
      bytes[index * 2 + high] = unit >> 8;
      bytes[index * 2 + 1 - high] = unit & 0xff;
    }
    return bytes;
  }
  const bytes: number[] = [];
  const codes = isDoubleByte(encoding) ? codesOf(encoding) : isSingleByte(encoding) ? bytesOf(encoding) : undefined;
  for (const character of text) {
    const code = character < "\u0080" ? character.charCodeAt(0) : codes?.get(character);
    if (code === undefined) return undefined;
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}

/**
 * The bytes of an XML file as pieces of text, whatever their encoding (xml-encoding.ts finds it) and however they are cut.
 *
 * Policy: the text before the first byte that cannot be right is given, then the fault; nothing is silently replaced.
 * Cost: one pass; bytes that are cut within a character wait for the next piece.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import { sniffXml } from "./xml-encoding.ts";

export type XmlTextStream = {
  /** The text of these bytes, up to the fault if there is one. */
  readonly read: (bytes: Uint8Array) => string;
  /** What was still waiting. */
  readonly end: () => string;
  /** Without place: it is that of the next character after the text so far. */
  readonly fault: () => Diagnostic | undefined;
};

/** Enough for a declaration. */
const HEAD = 400;
const REPLACEMENT = "\ufffd";

/** Bytes at the end that are the beginning of a character. */
function countCut(bytes: Uint8Array, encoding: string): number {
  const end = bytes.length;
  if (encoding === "utf-8") {
    for (let back = 1; back <= Math.min(3, end); back++) {
      const byte = bytes[end - back] ?? 0;
      if (byte < 0x80) return 0;
      if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
    }
    return 0;
  }
  const odd = end % 2;
  const high = bytes[encoding === "utf-16le" ? end - odd - 1 : end - odd - 2] ?? 0;
  return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** What was decoded before the first bytes that are no character: a replacement character may as well stand in the file. */
function textBeforeFault(bytes: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, from)) {
    if (encoding === "utf-8") {
      offset += encoder.encode(text.slice(from, at)).length;
      if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return text.slice(0, at);
      offset += 3;
    } else {
      const [first, second] = [bytes[at * 2], bytes[at * 2 + 1]];
      const isReal = encoding === "utf-16le" ? first === 0xfd && second === 0xff : first === 0xff && second === 0xfd;
      if (!isReal) return text.slice(0, at);
    }
    from = at + 1;
  }
  return text;
}

export function createXmlTextStream(): XmlTextStream {
  let waiting: Uint8Array = new Uint8Array(0);
  let encoding: string | undefined;
  let decoder: TextDecoder | undefined;
  let isUnicode = true;
  let fault: Diagnostic | undefined;

  function begin(bytes: Uint8Array): Uint8Array {
    const found = sniffXml(bytes);
    try {
      isUnicode = found.encoding === "utf-8" || found.encoding.startsWith("utf-16");
      // Older encodings are decoded as a stream; they have no replacement character of their own.
      decoder = new TextDecoder(found.encoding, { fatal: isUnicode, ignoreBOM: true });
      encoding = decoder.encoding;
    } catch {
      fault = { code: "encoding-unknown", severity: "error", line: 1, column: 1, values: { encoding: found.encoding } };
    }
    return bytes.subarray(found.bom);
  }

  function invalid(text: string): string {
    fault = { code: "encoding-invalid", severity: "error", values: { encoding: encoding ?? "" } };
    return text;
  }

  function decode(bytes: Uint8Array, isLast: boolean): string {
    if (fault || !decoder || encoding === undefined) return "";
    if (!isUnicode) {
      const text = decoder.decode(bytes, { stream: !isLast });
      const at = text.indexOf(REPLACEMENT);
      return at === -1 ? text : invalid(text.slice(0, at));
    }
    const cut = isLast ? 0 : countCut(bytes, encoding);
    const whole = cut === 0 ? bytes : bytes.subarray(0, bytes.length - cut);
    waiting = cut === 0 ? new Uint8Array(0) : bytes.slice(bytes.length - cut);
    try {
      return decoder.decode(whole);
    } catch {
      return invalid(textBeforeFault(whole, encoding));
    }
  }

  return {
    read(bytes) {
      if (fault) return "";
      const given = join(waiting, bytes);
      if (decoder) return decode(given, false);
      if (given.length < HEAD) {
        waiting = given.slice();
        return "";
      }
      waiting = new Uint8Array(0);
      return decode(begin(given), false);
    },
    end() {
      const rest = waiting;
      waiting = new Uint8Array(0);
      if (fault) return "";
      // No bytes at all are an empty text, not one of unknown encoding.
      if (rest.length === 0 && (!decoder || isUnicode)) return "";
      return decode(decoder ? rest : begin(rest), true);
    },
    fault: () => fault,
  };
}

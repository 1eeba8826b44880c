/**
 * Turns the bytes of a text file into text and says which encoding it was.
 *
 * Order: byte-order mark, what the file declares of itself (HTML), strict UTF-8, UTF-16 without a mark, then GB18030 and
 * Big5 compared by how frequent their characters are in Chinese, then whatever chardet names.
 * Failure policy: binary, empty and oversized files are refused with a code; a text with a few damaged bytes is read with
 * U+FFFD in their place and a diagnostic that names the line and column of the first. Never throws.
 * Cost: linear in the size of the file; guessing looks at the first 64 KiB only.
 */
import { analyse } from "chardet";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";

/** Larger files are refused: text of this size is a whole library, and everything after reading holds it in memory. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/** Below this share of damaged characters a text is still itself. */
const MAX_DAMAGE = 0.01;
/** The same for a short text with one or two damaged places, of up to four signs each. */
const MAX_SHORT_DAMAGE = 0.2;

export type DecodedText = {
  readonly text: string;
  readonly encoding: string;
  readonly hasByteOrderMark: boolean;
};

export type DecodeOptions = {
  /** An encoding that the file names itself, tried before guessing. */
  readonly declared?: string;
  readonly maxBytes?: number;
};

/** First bytes of files that are no text, and what they are. */
const SIGNATURES: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["doc", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["rtf", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ["png", [0x89, 0x50, 0x4e, 0x47]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["sqlite", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74]],
  ["utf-32", [0xff, 0xfe, 0x00, 0x00]],
  ["utf-32", [0x00, 0x00, 0xfe, 0xff]],
];
const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** Characters that any Chinese text of some length holds, in both scripts; a wrong decoding yields rare ones. */
const FREQUENT_HAN =
  /[的一是不了在人有我他这這中大来來上个個国國到说說们們为為和地出也时時年得就那要下以生会會自着去之过過家学學对對可里后後么心多天而能好都然没于起还還发發成事只作当當想看文无無开開手十用主行方又如前所本见見经經头頭面公同三已老从從动動两兩长長工部民全市政党黨务務业業新加强產产展建设設]/gu;
function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, at) => bytes[at] === byte);
}

/** What a file is by its first bytes, if it is no text: "zip", "pdf", "doc", … */
export function findBinaryKind(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, prefix]) => startsWith(bytes, prefix))?.[0];
}

/** 1-based line and column of an offset into a text. */
export function findPlace(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++;
      lineStart = at + 1;
    }
  }
  return { line, column: offset - lineStart + 1 };
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Damaged bytes, or a label that this platform does not know.
    return undefined;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/**
 * UTF-16 without a byte-order mark: one byte of each pair is zero (Latin), or the pairs are Han, CJK marks and line ends.
 * GB18030 read as UTF-16 falls above U+A000 for the most part, so that it does not pass.
 */
function findUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  if (bytes.length % 2 !== 0 || length < 4) return undefined;
  for (const encoding of ["utf-16le", "utf-16be"] as const) {
    const low = encoding === "utf-16le" ? 0 : 1;
    let usual = 0;
    let nul = 0;
    for (let at = 0; at < length; at += 2) {
      const unit = (bytes[at + low] ?? 0) | ((bytes[at + 1 - low] ?? 0) << 8);
      if (unit === 0) nul++;
      const isLatin = (unit >= 0x20 && unit < 0x250) || (unit >= 9 && unit <= 13);
      const isHan =
        (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3000 && unit <= 0x303f) || (unit >= 0xff00 && unit <= 0xff5e);
      const isMark = unit >= 0x2010 && unit <= 0x2026;
      if (isLatin || isHan || isMark) usual++;
    }
    if (nul === 0 && usual >= (length / 2) * 0.95) {
      const sample = new TextDecoder(encoding).decode(bytes.subarray(0, length));
      const latin = count(sample, /[^\u0250-\uffff]/gu);
      // Pairs of ASCII letters read as UTF-16 are Han too, but hardly ever the frequent ones.
      if (latin > sample.length * 0.3 || count(sample, FREQUENT_HAN) > sample.length * 0.05) return encoding;
    }
  }
  return undefined;
}

/** The share of frequent characters among the Han of a text; 0 without Han. */
function scoreChinese(text: string): number {
  const han = count(text, /\p{Script=Han}/gu);
  return han === 0 ? 0 : count(text, FREQUENT_HAN) / han;
}

type Guess = { readonly encoding: string; readonly confidence: number };

function guessEncoding(bytes: Uint8Array): Guess | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let best: Guess | undefined;
  for (const encoding of ["gb18030", "big5"]) {
    const text = new TextDecoder(encoding).decode(sample);
    const damage = count(text, /\ufffd/gu) / text.length;
    const score = scoreChinese(text);
    if (damage > MAX_DAMAGE && damage * text.length > 1) continue;
    if (score > 0.08 && score > (best?.confidence ?? 0)) best = { encoding, confidence: score };
  }
  if (best) return { encoding: best.encoding, confidence: Math.min(0.99, 0.6 + best.confidence) };
  for (const match of analyse(sample)) {
    const encoding = match.name.toLowerCase();
    if (encoding === "utf-8" || encoding.startsWith("utf-16") || encoding.startsWith("utf-32")) continue;
    const text = decodeStrictly(sample, encoding) ?? decodeStrictly(sample.subarray(0, sample.length - 1), encoding);
    if (text !== undefined && match.confidence >= 10) return { encoding, confidence: match.confidence / 100 };
  }
  return undefined;
}

/** What a decoded text holds that a text should not; one pass without lists, for files of any size. */
function inspect(text: string): {
  damaged: number;
  /** Runs of damaged characters. */
  places: number;
  firstDamaged: number;
  letters: number;
  controls: number;
  firstControl: number;
} {
  const seen = { damaged: 0, places: 0, firstDamaged: -1, letters: 0, controls: 0, firstControl: -1 };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) {
      if (seen.damaged++ === 0) seen.firstDamaged = at;
      // One broken character gives up to four signs in a row.
      if (text.charCodeAt(at - 1) !== 0xfffd) seen.places++;
    } else if (unit > 0x7f) {
      seen.letters++;
    } else if (unit < 0x20 && (unit < 9 || (unit > 13 && unit !== 0x1b))) {
      if (seen.controls++ === 0) seen.firstControl = at;
    }
  }
  return seen;
}

/** Reads with U+FFFD for damaged bytes if they are few, and names the first of them. */
function decodeDamaged(bytes: Uint8Array, encoding: string): ReadResult<DecodedText> | undefined {
  const text = new TextDecoder(encoding).decode(bytes);
  const { damaged, places, firstDamaged, letters } = inspect(text);
  const isFew = damaged <= 2 || damaged <= letters * MAX_DAMAGE || (places <= 2 && damaged <= letters * MAX_SHORT_DAMAGE);
  if (letters === 0 || !isFew) return undefined;
  const diagnostics: Diagnostic[] =
    damaged === 0
      ? []
      : [{ code: "invalid-bytes", severity: "warning", ...findPlace(text, firstDamaged), values: { encoding, count: damaged } }];
  return { value: { text, encoding, hasByteOrderMark: false }, diagnostics };
}

function refuse(code: string, values: Readonly<Record<string, string | number>>): ReadResult<never> {
  return { value: undefined, diagnostics: [{ code, severity: "error", values }] };
}

/** A text with controls inside is a binary file that happens to decode. */
function checkControls(result: ReadResult<DecodedText>): ReadResult<DecodedText> {
  const text = result.value?.text;
  if (text === undefined) return result;
  const { controls, firstControl } = inspect(text);
  if (controls === 0) return result;
  const place = findPlace(text, firstControl);
  if (text.includes("\u0000") || controls > text.length / 1000 + 3) {
    const values = { kind: "unknown", offset: firstControl };
    return { value: undefined, diagnostics: [{ code: "binary-file", severity: "error", ...place, values }] };
  }
  const warning: Diagnostic = { code: "control-characters", severity: "warning", ...place, values: { count: controls } };
  return { value: result.value, diagnostics: [...result.diagnostics, warning] };
}

function decodeUnmarked(bytes: Uint8Array, declared: string | undefined): ReadResult<DecodedText> {
  const found = (text: string, encoding: string, diagnostics: readonly Diagnostic[] = []): ReadResult<DecodedText> => ({
    value: { text, encoding, hasByteOrderMark: false },
    diagnostics,
  });
  const utf8 = decodeStrictly(bytes, "utf-8");
  // UTF-16 of Latin text is valid UTF-8 with a zero byte beside each letter.
  if (utf8 !== undefined && !utf8.includes("\u0000")) return found(utf8, "utf-8");
  const utf16 = findUtf16(bytes);
  const wide = utf16 && decodeStrictly(bytes, utf16);
  if (utf16 && wide !== undefined) return found(wide, utf16);
  if (utf8 !== undefined) return found(utf8, "utf-8");
  if (declared) {
    const text = decodeStrictly(bytes, declared);
    if (text !== undefined) return found(text, new TextDecoder(declared).encoding);
  }
  const damaged = decodeDamaged(bytes, "utf-8");
  if (damaged) return damaged;
  const guess = guessEncoding(bytes);
  if (guess) {
    const { encoding } = guess;
    const confidence = Math.round(guess.confidence * 100);
    const note: Diagnostic = { code: "encoding-guessed", severity: "information", values: { encoding, confidence } };
    const text = decodeStrictly(bytes, encoding);
    if (text !== undefined) return found(text, encoding, [note]);
    const partly = decodeDamaged(bytes, encoding);
    if (partly?.value) return { value: partly.value, diagnostics: [note, ...partly.diagnostics] };
  }
  const text = new TextDecoder("utf-8").decode(bytes.subarray(0, SAMPLE_BYTES));
  const place = findPlace(text, Math.max(0, text.indexOf("\ufffd")));
  return { value: undefined, diagnostics: [{ code: "unknown-encoding", severity: "error", ...place }] };
}

function decodeMarked(bytes: Uint8Array, encoding: string): ReadResult<DecodedText> {
  const text = new TextDecoder(encoding).decode(bytes);
  const { damaged, firstDamaged } = inspect(text);
  const values = { encoding, count: damaged };
  const place = findPlace(text, Math.max(0, firstDamaged));
  if (damaged > 2 && damaged > text.length * MAX_DAMAGE) {
    return { value: undefined, diagnostics: [{ code: "unknown-encoding", severity: "error", ...place }] };
  }
  const diagnostics: Diagnostic[] = [{ code: "invalid-bytes", severity: "warning", ...place, values }];
  return { value: { text, encoding, hasByteOrderMark: true }, diagnostics };
}

export function decodeText(bytes: Uint8Array, options: DecodeOptions = {}): ReadResult<DecodedText> {
  const maxBytes = options.maxBytes ?? MAX_TEXT_BYTES;
  if (bytes.length === 0) return refuse("empty-file", {});
  const kind = findBinaryKind(bytes);
  if (kind) return refuse("binary-file", { kind, offset: 0 });
  if (bytes.length > maxBytes) return refuse("too-large", { size: bytes.length, limit: maxBytes });
  const mark = BYTE_ORDER_MARKS.find(([, prefix]) => startsWith(bytes, prefix));
  if (!mark) return checkControls(decodeUnmarked(bytes, options.declared));
  const [encoding] = mark;
  const text = decodeStrictly(bytes, encoding);
  const result: ReadResult<DecodedText> =
    text === undefined ? decodeMarked(bytes, encoding) : { value: { text, encoding, hasByteOrderMark: true }, diagnostics: [] };
  const value = result.value && { ...result.value, hasByteOrderMark: true };
  if (value?.text === "") return refuse("empty-file", {});
  return checkControls({ value, diagnostics: result.diagnostics });
}

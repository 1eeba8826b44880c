/**
 * Takes the parts that are needed out of a ZIP file of a document format, and packs parts into one; the only place that knows
 * the library (fflate).
 *
 * The archive is judged by its directory before anything is inflated, and each needed part is inflated piece by piece under its
 * declared size, so that neither an honest nor a lying zip bomb grows.
 * Failure policy: bombs, encrypted and damaged files are refused with the name of the entry. Never throws.
 * Cost: linear in the inflated size, which is limited.
 */
import { Inflate, zipSync } from "fflate";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { ZipEntry } from "./zip-directory.ts";
import { readZipDirectory } from "./zip-directory.ts";

const MAX_INFLATED_BYTES = 200 * 1024 * 1024;
const MAX_ENTRIES = 5000;
/** XML of texts shrinks to a thirtieth at best; deflate can do 1 : 1032. */
const MAX_RATIO = 150;
const RATIO_COUNTS_FROM = 1024 * 1024;
const MAX_PART_BYTES = 64 * 1024 * 1024;
const CHUNK = 16 * 1024;

export type ZipWish = {
  readonly needed: RegExp;
  /** The code for a file that is no sound archive. */
  readonly damaged: string;
  /** How far a large part may shrink; tables with many equal cells go further than texts. */
  readonly maxRatio?: number;
  /** Says what else the archive is when it is not what was expected; asked before anything is inflated. */
  readonly judge?: (names: readonly string[]) => Diagnostic | undefined;
};

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
function judgeEntries(entries: readonly ZipEntry[], { needed, maxRatio = MAX_RATIO }: ZipWish): Diagnostic | undefined {
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
    if (entry.size > RATIO_COUNTS_FROM && entry.size > entry.compressedSize * maxRatio) {
      return bomb(entry.name, entry.size, entry.compressedSize * maxRatio);
    }
    if (total > MAX_INFLATED_BYTES) return bomb(entry.name, total, MAX_INFLATED_BYTES);
    if (needed.test(entry.name) && entry.size > MAX_PART_BYTES) return bomb(entry.name, entry.size, MAX_PART_BYTES);
  }
  return undefined;
}

/** Inflates one entry and stops as soon as it grows over what it declared. */
function inflateEntry(bytes: Uint8Array, entry: ZipEntry, damaged: string): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.compressedSize);
  if (packed.length < entry.compressedSize) throw new EntryError(damaged);
  if (entry.method === 0) return packed.slice();
  if (entry.method !== 8) throw new EntryError(damaged);
  const whole = new Uint8Array(entry.size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > whole.length) throw new EntryError("zip-bomb");
    whole.set(chunk, filled);
    filled += chunk.length;
  });
  for (let at = 0; at < packed.length; at += CHUNK) inflate.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
  if (filled < whole.length) throw new EntryError(damaged);
  return whole;
}

export function extractZipParts(bytes: Uint8Array, wish: ZipWish): ReadResult<Map<string, Uint8Array>> {
  const { needed, damaged, judge } = wish;
  const entries = readZipDirectory(bytes, MAX_ENTRIES);
  if (!entries) return refuse(damaged, { entry: "" });
  const problem = judgeEntries(entries, wish) ?? judge?.(entries.map(({ name }) => name));
  if (problem) return { value: undefined, diagnostics: [problem] };
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!needed.test(entry.name)) continue;
    try {
      const part = inflateEntry(bytes, entry, damaged);
      const head = new TextDecoder().decode(part.subarray(0, 4096));
      if (head.includes("<!DOCTYPE")) return refuse("xml-doctype", { entry: entry.name });
      parts.set(entry.name, part);
    } catch (error) {
      const code = error instanceof EntryError ? error.code : damaged;
      return refuse(code, { entry: entry.name, size: entry.size, limit: entry.size });
    }
  }
  return { value: parts, diagnostics: [] };
}

/** Equal parts give equal bytes: all are of one day, in local time as the format has it. */
export function packZip(parts: Readonly<Record<string, Uint8Array>>, options: { readonly level: 0 | 6 }): Uint8Array {
  return zipSync(parts, { level: options.level, mtime: new Date(2000, 0, 1) });
}

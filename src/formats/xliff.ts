/**
 * Reads XLIFF 1.0 to 1.2, 2.0 to 2.2, SDLXLIFF and MQXLIFF into bilingual files.
 *
 * Policy: a text that is not well-formed, is no XLIFF or is of an unknown version is refused with line and column; a well-formed file
 * that breaks its schema is read for what it holds, with warnings. To send a received file back, edit it with `splice.ts`.
 */
import type { ReadResult } from "../model/diagnostic.ts";
import type { BilingualFile } from "../model/interchange.ts";
import type { ScannedXliff } from "./xliff-scan.ts";
import { scanXliff } from "./xliff-scan.ts";
import { decodeXml } from "./xml-encoding.ts";

function bilingualFiles(scanned: ScannedXliff): readonly BilingualFile[] {
  return scanned.files.map((file) => ({
    id: file.id,
    original: file.original,
    sourceLanguage: file.sourceLanguage,
    ...(file.targetLanguage === undefined ? {} : { targetLanguage: file.targetLanguage }),
    units: file.units.map((unit) => unit.unit),
  }));
}

export function readXliff(content: string | Uint8Array): ReadResult<readonly BilingualFile[]> {
  const decoded = typeof content === "string" ? { text: content } : decodeXml(content);
  if ("code" in decoded) return { value: undefined, diagnostics: [decoded] };
  const scanned = scanXliff(decoded.text.startsWith("\ufeff") ? decoded.text.slice(1) : decoded.text);
  const refused = scanned.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return { value: refused ? undefined : bilingualFiles(scanned), diagnostics: scanned.diagnostics };
}

/** Reading an alignment that came in, in a worker thread. */
import { readFile, stat } from "node:fs/promises";
import type { LanguageTag } from "../model/span.ts";
import { readAlignmentFiles } from "./alignment-reading.ts";
import type { AlignmentReading } from "./received-alignment.ts";

export type AlignmentReadingInput = {
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

/** An editor holds the rows of an alignment at once: larger files are memories. */
const MAX_BYTES = 64 * 1024 * 1024;

export async function readAlignment({ files, ...languages }: AlignmentReadingInput): Promise<AlignmentReading> {
  const read = [];
  for (const { name, path } of files) {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      const values = { size, limit: MAX_BYTES };
      return { value: undefined, diagnostics: [{ file: name, code: "too-large", severity: "error", values }] };
    }
    read.push({ name, bytes: await readFile(path) });
  }
  return readAlignmentFiles({ files: read, ...languages });
}

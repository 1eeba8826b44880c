/** Reading translated files and memories that came in, in a worker thread. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createTmxReader } from "../formats/tmx.ts";
import type { TmxUnit } from "../formats/tmx-unit.ts";
import { readXliff } from "../formats/xliff.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BilingualUnit } from "../model/interchange.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { LanguageTag } from "../model/span.ts";

export type ReadTranslations = { readonly units: readonly BilingualUnit[]; readonly diagnostics: readonly Diagnostic[] };

/** The units of all files in it, in order; none when it could not be read. */
export async function readTranslations({ path }: { readonly path: string }): Promise<ReadTranslations> {
  const { value, diagnostics } = readXliff(await readFile(path));
  return { units: value?.flatMap((file) => file.units) ?? [], diagnostics };
}

export type MemoryFileInput = {
  readonly path: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

export type MemoryDescription = {
  /** Units in the wanted pair of languages: what an import would bring. */
  readonly units: number;
  /** All pairs in the file, the most frequent first. */
  readonly languages: readonly { readonly source: LanguageTag; readonly target: LanguageTag; readonly count: number }[];
  readonly version: string;
  readonly tool: string;
  readonly sample: readonly { readonly source: string; readonly target: string }[];
  /** Units whose inline codes a memory does not keep. */
  readonly withCodes: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly sha256: string;
};

const SAMPLE = 5;

/** Reads a TMX from end to end without keeping it: counts, languages, faults. Memory is that of one unit. */
export async function describeMemory(input: MemoryFileInput, report: ProgressReporter): Promise<MemoryDescription> {
  const total = (await stat(input.path)).size;
  const hash = createHash("sha256");
  const pairs = new Map<string, { source: LanguageTag; target: LanguageTag; count: number }>();
  const sample: { source: string; target: string }[] = [];
  let withCodes = 0;
  const wanted = createTmxReader(input, (unit: TmxUnit) => {
    if (unit.sourceCodes ?? unit.targetCodes) withCodes += 1;
    if (sample.length < SAMPLE) sample.push({ source: unit.source, target: unit.target });
  });
  const any = createTmxReader({}, ({ sourceLanguage, targetLanguage }) => {
    const key = `${sourceLanguage}\u0000${targetLanguage}`;
    const pair = pairs.get(key) ?? { source: sourceLanguage, target: targetLanguage, count: 0 };
    pair.count += 1;
    pairs.set(key, pair);
  });
  let done = 0;
  for await (const chunk of createReadStream(input.path) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    wanted.write(chunk);
    any.write(chunk);
    done += chunk.length;
    report({ done, total, stage: "read" });
  }
  any.end();
  const { header, units, diagnostics } = wanted.end();
  return {
    ...{ units, sample, withCodes, diagnostics, sha256: hash.digest("hex") },
    languages: [...pairs.values()].toSorted((one, other) => other.count - one.count),
    version: header?.version ?? "",
    tool: [header?.attributes["creationtool"], header?.attributes["creationtoolversion"]].filter(Boolean).join(" "),
  };
}

/** For work that the main thread does in turns: makes sure that the file is still there. */
export async function findReceivedFile({ path }: { readonly path: string }): Promise<number> {
  return (await stat(path)).size;
}

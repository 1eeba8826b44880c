/** Reading translated files and memories that came in, in a worker thread. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createTmxReader } from "../formats/tmx.ts";
import { isWithoutText } from "../formats/tmx-unit.ts";
import type { TmxUnit } from "../formats/tmx-unit.ts";
import { readXliff } from "../formats/xliff.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BilingualUnit } from "../model/interchange.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";

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
  /** For dates that lie in the future. */
  readonly now?: IsoInstant;
};

export type MemoryDescription = {
  /** Units in the wanted pair of languages: what an import would bring. */
  readonly units: number;
  /** Units of that pair without text on one side: left out. */
  readonly withoutText?: number;
  /** All pairs in the file, the most frequent first. */
  readonly languages: readonly { readonly source: LanguageTag; readonly target: LanguageTag; readonly count: number }[];
  readonly version: string;
  readonly tool: string;
  readonly sample: readonly { readonly source: string; readonly target: string }[];
  /** Units with inline codes. */
  readonly withCodes: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly sha256: string;
};

const SAMPLE = 5;
const CHUNK_BYTES = 256 * 1024;

/**
 * Reads a TMX from end to end without keeping it: counts, languages, faults. Memory is that of one unit.
 * Every unit is read once: the pair that is wanted is looked for among all pairs that it gives.
 */
export async function describeMemory(input: MemoryFileInput, report: ProgressReporter): Promise<MemoryDescription> {
  const total = (await stat(input.path)).size;
  const hash = createHash("sha256");
  const pairs = new Map<LanguageTag, Map<LanguageTag, number>>();
  const sample: { source: string; target: string }[] = [];
  let withCodes = 0;
  let withoutText = 0;
  const reader = createTmxReader(
    {
      ...input,
      onPair: (source, target) => {
        const targets = pairs.get(source) ?? new Map<LanguageTag, number>();
        pairs.set(source, targets);
        targets.set(target, (targets.get(target) ?? 0) + 1);
      },
    },
    (unit: TmxUnit) => {
      if (isWithoutText(unit)) {
        withoutText += 1;
        return;
      }
      if (unit.sourceCodes ?? unit.targetCodes) withCodes += 1;
      if (sample.length < SAMPLE) sample.push({ source: unit.source, target: unit.target });
    },
  );
  let done = 0;
  let goesOn = true;
  for await (const chunk of createReadStream(input.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    // Behind the first fault only the checksum goes on.
    goesOn &&= reader.write(chunk);
    done += chunk.length;
    report({ done, total, stage: "read" });
  }
  const { header, units, diagnostics } = reader.end();
  const languages = [...pairs].flatMap(([source, targets]) => [...targets].map(([target, count]) => ({ source, target, count })));
  return {
    ...{ units: units - withoutText, withoutText, sample, withCodes, diagnostics, sha256: hash.digest("hex") },
    languages: languages.toSorted((one, other) => other.count - one.count),
    version: header?.version ?? "",
    tool: [header?.attributes["creationtool"], header?.attributes["creationtoolversion"]].filter(Boolean).join(" "),
  };
}

/** For work that the main thread does in turns: makes sure that the file is still there. */
export async function findReceivedFile({ path }: { readonly path: string }): Promise<number> {
  return (await stat(path)).size;
}

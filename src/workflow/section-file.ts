/**
 * A file of flat arrays that is read back as views over one buffer.
 *
 *   preamble (64 bytes): mark, version, byte order, where the directory is, its checksum
 *   arrays, each at a multiple of 64 bytes
 *   directory (JSON): the head, and of each array its kind, place, length and checksum
 *
 * Guarantee: a file that was not written to its end, was cut short, or differs in any byte that counts is not read
 * (CRC-32). It is written under another name, brought to the disk, then renamed: a name never leads to half a file.
 * Cost: O(bytes), a few milliseconds at a time.
 */
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { threadId } from "node:worker_threads";
import { crc32 } from "node:zlib";
import type { FlatArray } from "../memory/part.ts";

export type SectionFile = { readonly head: unknown; readonly arrays: readonly FlatArray[] };

const MARK = 0x58494444;
/** Raised with every change of the layout, here or of the arrays of an index. */
const VERSION = 1;
/** Reads as another number where the bytes of a number stand the other way round. */
const BYTE_ORDER = 0x01020304;
const PREAMBLE = 64;
const ALIGNMENT = 64;
/** Bytes read or written at once: their checksum takes a millisecond or two. */
const PIECE = 1 << 21;
const ENDING = ".unfinished";

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array };

type Kind = keyof typeof KINDS;
type Entry = { readonly kind: Kind; readonly start: number; readonly length: number; readonly sum: number };
type Directory = { readonly head: unknown; readonly entries: readonly Entry[] };

function kindOf(array: FlatArray): Kind {
  if (array instanceof Uint8Array) return "u8";
  if (array instanceof Uint16Array) return "u16";
  return array instanceof Uint32Array ? "u32" : "i32";
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function writePreamble(start: number, directory: Uint8Array): Uint8Array {
  const preamble = new Uint8Array(PREAMBLE);
  const words = new Uint32Array(preamble.buffer);
  words.set([
    MARK,
    VERSION,
    BYTE_ORDER,
    directory.length,
    crc32(directory),
    start % 0x100000000,
    Math.floor(start / 0x100000000),
  ]);
  words[15] = crc32(preamble.subarray(0, PREAMBLE - 4));
  return preamble;
}

/** Where the directory is; undefined when this is not the preamble of a file that was finished. */
function readPreamble(preamble: Uint8Array<ArrayBuffer>): { start: number; length: number; sum: number } | undefined {
  const words = new Uint32Array(preamble.buffer, 0, PREAMBLE / 4);
  const [mark, version, order, length = 0, sum = 0, low = 0, high = 0] = words;
  if (mark !== MARK || version !== VERSION || order !== BYTE_ORDER) return undefined;
  if (words[15] !== crc32(preamble.subarray(0, PREAMBLE - 4))) return undefined;
  return { start: low + high * 0x100000000, length, sum };
}

async function writePieces(handle: FileHandle, array: FlatArray, start: number): Promise<Entry> {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    sum = crc32(piece, sum);
    await handle.write(piece, 0, piece.length, start + at);
  }
  return { kind: kindOf(array), start, length: array.length, sum };
}

/** Writes the file, in place of one that is there. Throws what the file system says; nothing is left behind then. */
export async function writeSectionFile(file: string, { head, arrays }: SectionFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}-${threadId}${ENDING}`;
  try {
    const handle = await open(draft, "w", 0o600);
    try {
      const entries: Entry[] = [];
      let end = PREAMBLE;
      for (const array of arrays) {
        const start = align(end);
        entries.push(await writePieces(handle, array, start));
        end = start + array.byteLength;
      }
      const directory = new TextEncoder().encode(JSON.stringify({ head, entries } satisfies Directory));
      await handle.write(directory, 0, directory.length, end);
      await handle.write(writePreamble(end, directory), 0, PREAMBLE, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function readFully(handle: FileHandle, bytes: Uint8Array, start: number): Promise<boolean> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

/** Reads an array into the buffer, at the place where it stands in the file. */
async function readEntry(handle: FileHandle, buffer: ArrayBuffer, entry: Entry): Promise<FlatArray | undefined> {
  const array = new KINDS[entry.kind](buffer, entry.start, entry.length);
  const bytes = new Uint8Array(buffer, entry.start, array.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    if (!(await readFully(handle, piece, entry.start + at))) return undefined;
    sum = crc32(piece, sum);
  }
  return sum === entry.sum ? array : undefined;
}

async function readFrom(handle: FileHandle): Promise<SectionFile | undefined> {
  const preamble = new Uint8Array(PREAMBLE);
  if (!(await readFully(handle, preamble, 0))) return undefined;
  const place = readPreamble(preamble);
  if (!place || (await handle.stat()).size !== place.start + place.length) return undefined;
  const directory = new Uint8Array(place.length);
  if (!(await readFully(handle, directory, place.start)) || crc32(directory) !== place.sum) return undefined;
  const { head, entries } = JSON.parse(new TextDecoder().decode(directory)) as Directory;
  const buffer = new ArrayBuffer(place.start);
  const arrays: FlatArray[] = [];
  for (const entry of entries) {
    const array = await readEntry(handle, buffer, entry);
    if (!array) return undefined;
    arrays.push(array);
  }
  return { head, arrays };
}

/** Undefined when the file is not there, is damaged, or is of another version. */
export async function readSectionFile(file: string): Promise<SectionFile | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return undefined;
  try {
    return await readFrom(handle);
  } catch {
    // A disk that cannot be read: as if the file were not there.
    return undefined;
  } finally {
    await handle.close();
  }
}

/** Removes what an earlier process began to write and did not finish. */
export async function removeUnfinished(file: string): Promise<void> {
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(`${basename(file)}.`) && name.endsWith(ENDING)) await rm(join(dirname(file), name), { force: true });
  }
}

/**
 * A lexicon as bytes, to keep beside the data and load without building it again.
 *
 * Layout: the magic word with the format's version, the length of a JSON header, the header (word lists, and
 * for each array its type and length), then the arrays one after another, little-endian, each on a multiple of 4.
 * Bytes of another version or damaged bytes give undefined: the caller builds anew.
 */
import type { Lexicon, SparseRows } from "./lexicon.ts";

/** Raise the number when the layout or the way a lexicon is built changes. */
const MAGIC = "DINGYILEXICON002";

type Header = {
  readonly headwords: string;
  readonly characters: string;
  readonly stems: string;
  readonly lengths: readonly number[];
};

const PARTS = ["glosses", "characterGlosses", "synonyms"] as const;

export function writeLexicon(lexicon: Lexicon): Uint8Array {
  const arrays: (Uint32Array | Float32Array)[] = [lexicon.stemShares];
  for (const part of PARTS) arrays.push(lexicon[part].starts, lexicon[part].columns, lexicon[part].weights);
  const header: Header = {
    headwords: [...lexicon.headwords.keys()].join("\n"),
    characters: [...lexicon.characters.keys()].join("\n"),
    stems: [...lexicon.stems.keys()].join("\n"),
    lengths: arrays.map((array) => array.length),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padding = (4 - (json.length % 4)) % 4;
  const size = MAGIC.length + 4 + json.length + padding + arrays.reduce((sum, array) => sum + array.byteLength, 0);
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, MAGIC.length + 4);
  let at = MAGIC.length + 4 + json.length + padding;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

export function readLexicon(received: Uint8Array): Lexicon | undefined {
  try {
    return parseLexicon(received);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function parseLexicon(received: Uint8Array): Lexicon | undefined {
  if (new TextDecoder().decode(received.subarray(0, MAGIC.length)) !== MAGIC) return undefined;
  // A copy, so that the arrays begin on multiples of 4 whatever buffer the bytes came in.
  const buffer = received.slice().buffer;
  const jsonLength = new DataView(buffer).getUint32(MAGIC.length, true);
  const jsonStart = MAGIC.length + 4;
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, jsonStart, jsonLength))) as Header;
  let at = jsonStart + jsonLength + ((4 - (jsonLength % 4)) % 4);
  let next = 0;
  const take = <T>(make: (buffer: ArrayBuffer, offset: number, length: number) => T): T => {
    const length = header.lengths[next++] ?? 0;
    const array = make(buffer, at, length);
    at += length * 4;
    return array;
  };
  const takeWhole = () => take((data, offset, length) => new Uint32Array(data, offset, length));
  const takeReal = () => take((data, offset, length) => new Float32Array(data, offset, length));
  const takeRows = (): SparseRows => ({ starts: takeWhole(), columns: takeWhole(), weights: takeReal() });
  const stemShares = takeReal();
  const glosses = takeRows();
  const characterGlosses = takeRows();
  const synonyms = takeRows();
  if (at !== buffer.byteLength) return undefined;
  return {
    headwords: numberLines(header.headwords),
    characters: numberLines(header.characters),
    stems: numberLines(header.stems),
    glosses,
    characterGlosses,
    synonyms,
    stemShares,
  };
}

function numberLines(text: string): ReadonlyMap<string, number> {
  return new Map(text === "" ? [] : text.split("\n").map((line, at) => [line, at]));
}

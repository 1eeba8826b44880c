/**
 * An index as flat arrays and a few numbers, to be saved, and back.
 *
 * Taking an image copies what may change (where each unit's text is); the parts, nearly all of it, never change and are
 * only referred to. Restoring makes an index over the arrays it is given, without copying them.
 * Guarantee: a restored index answers every search as the one it was taken from, and can be changed like it.
 * The arrays are trusted: whoever keeps them keeps a checksum too (src/workflow/section-file.ts).
 * Cost: taking O(units), restoring O(units + tokens) and no pass over the texts.
 */
import type { Fold } from "../text/folded-text.ts";
import type { Part } from "./part.ts";
import { arraysOf } from "./part.ts";
import type { MemoryIndex } from "./parted-index.ts";
import { PartedIndex } from "./parted-index.ts";
import type { TextCoder, Tokens } from "./text-coder.ts";
import { createTextCoder, splitWords } from "./text-coder.ts";
import { FoldedText } from "../text/folded-text.ts";

export type FlatArray = Uint8Array | Uint16Array | Uint32Array | Int32Array;

export type IndexHead = {
  readonly fold: Fold;
  readonly tokens: Tokens;
  /** The folding and the splitting of a sample: another version of them makes other texts. */
  readonly folding: number;
  readonly parts: readonly {
    readonly serial: number;
    readonly count: number;
    readonly longest: number;
    readonly pairBits: number;
  }[];
};

export type IndexImage = { readonly head: IndexHead; readonly arrays: readonly FlatArray[] };

/** The arrays of an image: homes, groups, tokens, waiting texts, then those of each part. */
const FIRST_PART = 4;
const ARRAYS_OF_PART = 11;
/** Tokens learnt between two stops. */
const STEP = 20_000;

/** Characters of all kinds of folding: width, quotation marks, spaces, clusters, capitals, supplementary ones. */
const SAMPLE =
  "「引」『号』“”‘’＂＇`ＡｂＣ１２３，．！？：；（）％～　 \u00a0 中 文 和 English ﬁ①㈠㊣ｶﾞ가각e\u0301É\u200b\u00ad\ufeff𠮷𝐀İßΣ…—·1,200 3.5 don't high-quality ½㎡";

/** A number that changes with the rules of folding and splitting. */
export function fingerprintOfFolding(): number {
  const folded = new FoldedText("width");
  const key = folded.toText(folded.readUnits(SAMPLE));
  let hash = 0x811c9dc5;
  for (const text of [key, splitWords(key).join("\n"), SAMPLE.normalize("NFC")]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** Code points as they are; words as their UTF-16 units, so that halves of characters are kept, with a line feed after each. */
function packTokens(coder: TextCoder): FlatArray {
  const tokens = coder.list();
  if (coder.tokens === "characters") return Uint32Array.from(tokens, Number);
  const text = tokens.map((word) => `${word}\n`).join("");
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

function* unpackTokens(packed: FlatArray, head: IndexHead): Generator<void, TextCoder> {
  const coder = createTextCoder(head);
  if (head.tokens === "characters") {
    for (let start = 0; start < packed.length; start += STEP, yield) coder.learn([...packed.subarray(start, start + STEP)]);
    return coder;
  }
  let words: string[] = [];
  for (let start = 0, at = 0; at < packed.length; at++) {
    if (packed[at] !== 0x0a) continue;
    words.push(String.fromCharCode(...packed.subarray(start, at)));
    start = at + 1;
    if (words.length < STEP) continue;
    coder.learn(words);
    words = [];
    yield;
  }
  coder.learn(words);
  return coder;
}

/** Position, length, codes; position, length, codes; … */
function packWaiting(waiting: readonly (readonly [number, Int32Array])[]): Int32Array {
  const packed = new Int32Array(waiting.reduce((sum, [, codes]) => sum + 2 + codes.length, 0));
  let at = 0;
  for (const [position, codes] of waiting) {
    packed[at] = position;
    packed[at + 1] = codes.length;
    packed.set(codes, at + 2);
    at += 2 + codes.length;
  }
  return packed;
}

function unpackWaiting(packed: Int32Array): [number, Int32Array][] {
  const waiting: [number, Int32Array][] = [];
  for (let at = 0; at < packed.length;) {
    const end = at + 2 + (packed[at + 1] as number);
    waiting.push([packed[at] as number, packed.slice(at + 2, end)]);
    at = end;
  }
  return waiting;
}

export function takeImage(index: MemoryIndex): IndexImage {
  const { coder, homes, groups, parts, waiting } = index.takeState();
  const head: IndexHead = {
    fold: coder.fold,
    tokens: coder.tokens,
    folding: fingerprintOfFolding(),
    parts: parts.map(({ serial, part: { count, longest, pairBits } }) => ({ serial, count, longest, pairBits })),
  };
  return {
    head,
    arrays: [homes, groups, packTokens(coder), packWaiting(waiting), ...parts.flatMap(({ part }) => arraysOf(part))],
  };
}

function readPart(head: IndexHead["parts"][number], arrays: readonly FlatArray[]): Part | undefined {
  const [heap, records, lengthStarts, codeStarts, codeLow, codeHigh, pairStarts, pairLow, pairHigh, positionStarts, positions] =
    arrays;
  if (!(heap instanceof Uint16Array || heap instanceof Uint32Array)) return undefined;
  if (!(codeLow instanceof Uint16Array && codeHigh instanceof Uint8Array)) return undefined;
  if (!(pairLow instanceof Uint16Array && pairHigh instanceof Uint8Array)) return undefined;
  if (!(records instanceof Int32Array && lengthStarts instanceof Int32Array && codeStarts instanceof Int32Array))
    return undefined;
  if (!(pairStarts instanceof Int32Array && positionStarts instanceof Int32Array && positions instanceof Int32Array))
    return undefined;
  const { count, longest, pairBits } = head;
  const codeTexts = { low: codeLow, high: codeHigh };
  const pairTexts = { low: pairLow, high: pairHigh };
  const lists = { codeStarts, codeTexts, pairBits, pairStarts, pairTexts };
  return { count, longest, heap, records, lengthStarts, ...lists, positionStarts, positions };
}

/** The index of an image, in steps; undefined when it is of another shape or other rules of folding. */
export function* restoreImage({ head, arrays }: IndexImage): Generator<void, MemoryIndex | undefined> {
  const [homes, groups, tokens, waiting] = arrays;
  if (head.folding !== fingerprintOfFolding() || arrays.length !== FIRST_PART + head.parts.length * ARRAYS_OF_PART)
    return undefined;
  if (!(homes instanceof Int32Array && groups instanceof Uint16Array && waiting instanceof Int32Array && tokens))
    return undefined;
  const parts: { serial: number; part: Part }[] = [];
  for (const [at, entry] of head.parts.entries()) {
    const first = FIRST_PART + at * ARRAYS_OF_PART;
    const part = readPart(entry, arrays.slice(first, first + ARRAYS_OF_PART));
    if (!part) return undefined;
    parts.push({ serial: entry.serial, part });
  }
  const coder = yield* unpackTokens(tokens, head);
  return new PartedIndex(coder, { homes, groups, parts, waiting: unpackWaiting(waiting) });
}

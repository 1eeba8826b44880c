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
import { arraysOf } from "./part.ts";
import type { FlatArray, Part } from "./part.ts";
import type { MemoryIndex } from "./parted-index.ts";
import { PartedIndex } from "./parted-index.ts";
import { createTextCoder } from "./text-coder.ts";
import type { Tokens } from "./text-coder.ts";
import { splitWords } from "./words.ts";
import { FoldedText } from "../text/folded-text.ts";

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

/** The arrays of an image: homes, groups, waiting texts, two of tokens, then those of each part. */
const FIRST_PART = 5;
const ARRAYS_OF_PART = 11;

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
    arrays: [homes, groups, packWaiting(waiting), ...coder.pack(), ...parts.flatMap(({ part }) => arraysOf(part))],
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
  const [homes, groups, waiting] = arrays;
  if (head.folding !== fingerprintOfFolding() || arrays.length !== FIRST_PART + head.parts.length * ARRAYS_OF_PART)
    return undefined;
  if (!(homes instanceof Int32Array && groups instanceof Uint16Array && waiting instanceof Int32Array)) return undefined;
  const parts: { serial: number; part: Part }[] = [];
  for (const [at, entry] of head.parts.entries()) {
    const first = FIRST_PART + at * ARRAYS_OF_PART;
    const part = readPart(entry, arrays.slice(first, first + ARRAYS_OF_PART));
    if (!part) return undefined;
    parts.push({ serial: entry.serial, part });
  }
  const coder = createTextCoder(head);
  if (!(yield* coder.unpack(arrays.slice(FIRST_PART - 2, FIRST_PART)))) return undefined;
  return new PartedIndex(coder, { homes, groups, parts, waiting: unpackWaiting(waiting) });
}

/**
 * Makes a part of the memory index (part.ts) of what a collector gathered.
 *
 * A generator that stops after every some ten thousand characters, so that a server can do other things.
 * Cost: O(characters) time; beside the part, 2 bytes a character while its pairs are listed.
 */
import type { Part } from "./part.ts";
import { arrangeTexts, listPositions } from "./part-texts.ts";
import { listCodes, listPairs } from "./posting-lists.ts";
import type { TextCollector } from "./text-collector.ts";

/** Builds a part. The collector is empty afterwards. */
export function* buildPart(collector: TextCollector, alphabet: number): Generator<void, Part> {
  const { count } = collector;
  const { heap, records, lengthStarts, numbers, codeCounts } = yield* arrangeTexts(collector.table, alphabet);
  // Lists take more room than texts: the collector makes room for them.
  collector.table.release();
  const { positionStarts, positions } = yield* listPositions(collector, numbers, count);
  collector.release();
  yield;
  const texts = { count, heap, records };
  // About eight characters a bucket: rare pairs then share with one or two others, common ones do not matter.
  const pairBits = Math.min(21, Math.max(6, 32 - Math.clz32(heap.length >>> 3)));
  const pairs = yield* listPairs(texts, pairBits);
  const codes = yield* listCodes(texts, codeCounts);
  const longest = lengthStarts.length - 2;
  const lists = { codeStarts: codes.starts, codeTexts: codes.texts, pairBits, pairStarts: pairs.starts, pairTexts: pairs.texts };
  return { count, longest, heap, records, lengthStarts, ...lists, positionStarts, positions };
}

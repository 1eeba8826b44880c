import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../bench/random.ts";
import { buildPart } from "../../src/memory/build-part.ts";
import { finishNow } from "../../src/memory/memory-index.ts";
import { RECORD, signatureBit } from "../../src/memory/part.ts";
import type { Part, Postings } from "../../src/memory/part.ts";
import { TextCollector } from "../../src/memory/text-collector.ts";
import { bucketOfPair } from "../../src/text/ngrams.ts";

type Texts = readonly (readonly number[])[];

function build(texts: Texts, alphabet: number): Part {
  const collector = new TextCollector();
  for (const [position, codes] of texts.entries()) {
    collector.add(Int32Array.from(codes), { from: 0, to: codes.length, position });
  }
  return finishNow(buildPart(collector, alphabet));
}

function push<Key>(lists: Map<Key, number[]>, key: Key, number: number): void {
  const list = lists.get(key);
  if (list) list.push(number);
  else lists.set(key, [number]);
}

/** The slow twin: sorted lists of plain arrays. */
function describeTexts(texts: Texts, pairBits: number) {
  const positions = new Map<string, number[]>();
  for (const [position, codes] of texts.entries()) push(positions, codes.join(" "), position);
  const distinct = [...positions].map(([key, at]) => ({ codes: key === "" ? [] : key.split(" ").map(Number), at }));
  distinct.sort((one, other) => one.codes.length - other.codes.length);
  const codes = new Map<number, number[]>();
  const pairs = new Map<number, number[]>();
  for (const [text, { codes: own }] of distinct.entries()) {
    for (const code of new Set(own)) push(codes, code, text);
    const buckets = new Set(own.slice(1).map((code, at) => bucketOfPair(own[at] ?? 0, code, pairBits)));
    for (const bucket of buckets) push(pairs, bucket, text);
  }
  return { distinct, codes, pairs };
}

function readLists(starts: Int32Array, { high, low }: Postings): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (let list = 0; list + 1 < starts.length; list++) {
    const from = starts[list] ?? 0;
    const to = starts[list + 1] ?? 0;
    const texts = Array.from({ length: to - from }, (_, at) => ((high[from + at] ?? 0) << 16) | (low[from + at] ?? 0));
    if (texts.length > 0) lists.set(list, texts);
  }
  return lists;
}

const sorted = (lists: ReadonlyMap<number, number[]>) => [...lists].sort(([one], [other]) => one - other);

function expectEqual(texts: Texts, alphabet: number): Part {
  const part = build(texts, alphabet);
  const { distinct, codes, pairs } = describeTexts(texts, part.pairBits);
  expect(part.count).toBe(distinct.length);
  expect(part.longest).toBe(Math.max(0, ...distinct.map(({ codes: own }) => own.length)));
  const wanted = distinct.map(({ codes: own, at }, text) => {
    const signature = new Int32Array(3);
    for (const bit of own.map(signatureBit)) signature[bit >>> 5] = (signature[bit >>> 5] ?? 0) | (1 << (bit & 31));
    const isOfLength = (part.lengthStarts[own.length] ?? 0) <= text && text < (part.lengthStarts[own.length + 1] ?? 0);
    return { own, signature: [...signature], at, isOfLength };
  });
  const found = distinct.map((_, text) => {
    const record = text * RECORD;
    const own = [...part.heap.subarray(part.records[record], part.records[record + RECORD])];
    const signature = [...part.records.subarray(record + 1, record + RECORD)];
    return {
      ...{ own, signature, isOfLength: true },
      at: [...part.positions.subarray(part.positionStarts[text], part.positionStarts[text + 1])],
    };
  });
  expect(found).toEqual(wanted);
  expect(sorted(readLists(part.codeStarts, part.codeTexts))).toEqual(sorted(codes));
  expect(sorted(readLists(part.pairStarts, part.pairTexts))).toEqual(sorted(pairs));
  return part;
}

describe("a part of the index", () => {
  it("holds what listing every text by itself gives", () => {
    const texts = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }), { maxLength: 60 });
    fc.assert(
      fc.property(texts, (given) => void expectEqual(given, 10)),
      { numRuns: 300 },
    );
  });

  it("holds the same when its pairs fill many regions, texts have a pair twice and codes need more than 16 bits", () => {
    const random = createRandom(5);
    for (const alphabet of [900, 70_000]) {
      const texts = Array.from({ length: 4500 }, (_, at) =>
        Array.from({ length: at % 37 }, () => 1 + Math.floor((random(alphabet - 1) * random(1000)) / 1000)),
      );
      for (const [at, text] of texts.entries()) if (at % 3 === 0) text.push(...text.slice(0, 4));
      const part = expectEqual(texts, alphabet);
      expect(part.pairBits).toBeGreaterThan(13);
      expect(part.pairTexts.low.length).toBeLessThan(part.heap.length);
    }
  });
});

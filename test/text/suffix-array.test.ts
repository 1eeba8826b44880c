import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locate, visitMaximalRepeats } from "../../src/text/maximal-repeats.ts";
import type { RepeatSource } from "../../src/text/maximal-repeats.ts";
import { buildLcp, buildSuffixArray } from "../../src/text/suffix-array.ts";

/** Symbol 0 ends a clause. */
const CLAUSE_END = 0;

function compareSuffixes(symbols: Int32Array, one: number, other: number): number {
  for (let step = 0; ; step++) {
    const first = symbols[one + step];
    const second = symbols[other + step];
    if (first === undefined) return second === undefined ? 0 : -1;
    if (second === undefined) return 1;
    if (first !== second) return first - second;
  }
}

function sortNaively(symbols: Int32Array): number[] {
  return Array.from(symbols, (_, i) => i).sort((one, other) => compareSuffixes(symbols, one, other));
}

function countShared(symbols: Int32Array, one: number, other: number): number {
  let shared = 0;
  while (symbols[one + shared] !== undefined && symbols[one + shared] === symbols[other + shared]) shared++;
  return shared;
}

function expectEqualToTwin(values: readonly number[], alphabet: number): void {
  const symbols = Int32Array.from(values);
  const suffixes = buildSuffixArray(symbols, alphabet);
  const naive = sortNaively(symbols);
  expect(Array.from(suffixes)).toEqual(naive);
  const lcp = naive.map((start, i) => (i === 0 ? 0 : countShared(symbols, naive[i - 1] ?? 0, start)));
  expect(Array.from(buildLcp(symbols, suffixes))).toEqual(lcp);
}

function makeSource(values: readonly number[], alphabet: number): RepeatSource {
  const symbols = Int32Array.from(values);
  const suffixes = buildSuffixArray(symbols, alphabet);
  const reach = new Int32Array(symbols.length);
  let left = 0;
  for (let i = symbols.length - 1; i >= 0; i--) {
    left = symbols[i] === CLAUSE_END ? 0 : left + 1;
    reach[i] = left;
  }
  return { symbols, suffixes, lcp: buildLcp(symbols, suffixes), reach };
}

/** Every substring without a clause end, its places, and whether each side could be made longer without losing one. */
function findRepeatsNaively(values: readonly number[]): string[] {
  const places = new Map<string, number[]>();
  for (let start = 0; start < values.length; start++) {
    for (let end = start + 1; end <= values.length && values[end - 1] !== CLAUSE_END; end++) {
      const key = values.slice(start, end).join(",");
      places.set(key, [...(places.get(key) ?? []), start]);
    }
  }
  const found: string[] = [];
  for (const [key, starts] of places) {
    const length = key.split(",").length;
    const sides = [-1, length].map((step) => starts.map((start) => values[start + step] ?? CLAUSE_END));
    const diverse = sides.every((side) => side.includes(CLAUSE_END) || new Set(side).size > 1);
    if (starts.length > 1 && diverse) found.push(`${key}@${starts.join(",")}`);
  }
  return found.sort();
}

function findRepeats(values: readonly number[], alphabet: number): string[] {
  const source = makeSource(values, alphabet);
  const found: string[] = [];
  visitMaximalRepeats(source, 1, (first, end, length) => {
    const start = source.suffixes[first] ?? 0;
    const places = Array.from(source.suffixes.slice(first, end)).sort((one, other) => one - other);
    found.push(`${values.slice(start, start + length).join(",")}@${places.join(",")}`);
  });
  return found.sort();
}

function fibonacciWord(length: number): number[] {
  let [word, before] = [[1, 2], [1]];
  while (word.length < length) [word, before] = [[...word, ...before], word];
  return word.slice(0, length);
}

const ADVERSARIAL: readonly (readonly [string, readonly number[]])[] = [
  ["the empty text", []],
  ["one symbol", [3]],
  ["one symbol many times", Array.from({ length: 300 }, () => 2)],
  ["two symbols in turn", Array.from({ length: 301 }, (_, i) => i % 2)],
  ["a falling text", Array.from({ length: 200 }, (_, i) => 200 - i)],
  ["a rising text", Array.from({ length: 200 }, (_, i) => i)],
  ["a Fibonacci word", fibonacciWord(400)],
  ["the same block again and again", Array.from({ length: 400 }, (_, i) => (i * i) % 13)],
  ["a Thue–Morse word", Array.from({ length: 256 }, (_, i) => i.toString(2).replaceAll("0", "").length % 2)],
];

describe("suffix array", () => {
  it.each(ADVERSARIAL)("equals sorting all suffixes for %s", (_, values) => {
    expectEqualToTwin(values, 256);
  });

  it("equals sorting all suffixes for random texts over small and large alphabets", () => {
    for (const alphabet of [1, 2, 3, 5, 60]) {
      const texts = fc.array(fc.nat({ max: alphabet - 1 }), { maxLength: 120 });
      fc.assert(fc.property(texts, (values) => expectEqualToTwin(values, alphabet)));
    }
  });
});

describe("maximal repeats", () => {
  it("are those that a naive finder finds, at the same places", () => {
    for (const alphabet of [2, 3, 5]) {
      const texts = fc.array(fc.nat({ max: alphabet - 1 }), { maxLength: 40 });
      fc.assert(
        fc.property(texts, (values) => {
          expect(findRepeats(values, alphabet)).toEqual(findRepeatsNaively(values));
        }),
      );
    }
  });

  it("are found in adversarial texts", () => {
    for (const [, values] of ADVERSARIAL) {
      const short = values.slice(0, 60);
      expect(findRepeats(short, 256)).toEqual(findRepeatsNaively(short));
    }
  });
});

describe("location", () => {
  it("finds all places of a text and none of a text that does not occur", () => {
    const texts = fc.array(fc.nat({ max: 2 }), { maxLength: 60 });
    const sought = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, sought, (values, piece) => {
        const source = makeSource(values, 3);
        const { first, end } = locate(source, Int32Array.from(piece));
        const naive = values.map((_, i) => i).filter((i) => piece.every((symbol, step) => values[i + step] === symbol));
        expect(Array.from(source.suffixes.slice(first, end)).sort((one, other) => one - other)).toEqual(naive);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PieceTable } from "../../src/text/piece-table.ts";
import { Postings } from "../../src/text/shared-hashes.ts";

describe("Postings", () => {
  it("visits the pairs that share hashes, with their number, as a comparison of all with all does", () => {
    const hash = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(-0x80000000, 0x7fffffff));
    fc.assert(
      fc.property(fc.array(fc.array(hash, { maxLength: 8 }), { maxLength: 12 }), (lists) => {
        const postings = new Postings();
        lists.forEach((list, holder) => list.forEach((value) => postings.add(value, holder)));
        const found = new Map<string, number>();
        postings.visitPairs(lists.length, (one, other, shared) => found.set(`${one} ${other}`, shared));
        const expected = new Map<string, number>();
        lists.forEach((list, other) => {
          lists.slice(0, other).forEach((before, one) => {
            const shared = [...new Set(list)].filter((value) => before.includes(value)).length;
            if (shared > 0) expected.set(`${one} ${other}`, shared);
          });
        });
        expect([...found].sort()).toEqual([...expected].sort());
      }),
    );
  });

  it("lets each of very many holders meet the first and the one before", () => {
    const postings = new Postings();
    for (let holder = 0; holder < 5000; holder++) postings.add(7, holder);
    const met = new Map<number, number[]>();
    postings.visitPairs(5000, (one, other) => met.set(other, [...(met.get(other) ?? []), one]));
    expect([...(met.get(4999) ?? [])].sort()).toEqual([0, 4998]);
  });
});

describe("PieceTable", () => {
  it("gives equal pieces one number, in the order in which they come", () => {
    const symbols = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(symbols, (values) => {
        const table = new PieceTable(Int32Array.from(values));
        const numbers = new Map<string, number>();
        for (let start = 0; start < values.length; start++) {
          for (let end = start + 1; end <= values.length; end++) {
            const key = values.slice(start, end).join(",");
            const expected = numbers.get(key) ?? numbers.size;
            numbers.set(key, expected);
            expect(table.numberOf(start, end)).toBe(expected);
          }
        }
        expect(table.size).toBe(numbers.size);
      }),
    );
  });

  it("grows beyond its first size", () => {
    const table = new PieceTable(Int32Array.from({ length: 20_000 }, (_, i) => i));
    for (let at = 0; at < 20_000; at++) expect(table.numberOf(at, at + 1)).toBe(at);
    expect(table.numberOf(12_345, 12_346)).toBe(12_345);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOfPair, toCodePoints } from "../../src/text/ngrams.ts";

describe("toCodePoints", () => {
  it("equals the string's own iteration, lone surrogates included", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 12 }), (units) => {
        const text = String.fromCharCode(...units);
        expect([...toCodePoints(text)]).toEqual([...text].map((character) => character.codePointAt(0)));
      }),
    );
  });
});

describe("bucketOfPair", () => {
  it("stays within its buckets and tells a pair from its reverse", () => {
    fc.assert(
      fc.property(fc.nat(0x10ffff), fc.nat(0x10ffff), fc.integer({ min: 1, max: 21 }), (first, second, bits) => {
        const bucket = bucketOfPair(first, second, bits);
        expect(bucket).toBeGreaterThanOrEqual(0);
        expect(bucket).toBeLessThan(2 ** bits);
      }),
    );
    expect(bucketOfPair(1, 2, 21)).not.toBe(bucketOfPair(2, 1, 21));
  });

  it("spreads pairs evenly", () => {
    const counts = new Uint32Array(1 << 10);
    for (let first = 1; first <= 256; first++) {
      for (let second = 1; second <= 256; second++) {
        const bucket = bucketOfPair(first, second, 10);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
    }
    expect(Math.max(...counts)).toBeLessThan(4 * 64);
  });
});

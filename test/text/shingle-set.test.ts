import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShingleSet } from "../../src/text/shingle-set.ts";
import { makeShingles, measureContainment } from "../../src/text/shingles.ts";

/** Few characters, so that shingles repeat; marks, widths, and characters of two units among them. */
const unit = fc.constantFrom("防", "汛", "抗", "，", "。", " ", "Ａ", "A", "👍", "𠮷", "\ud842", "㍿", "e\u0301");
const text = fc.array(unit, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("ShingleSet", () => {
  it("counts and compares like sets of strings", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [first, second] = [new ShingleSet(one), new ShingleSet(other)];
        const strings = [makeShingles(one), makeShingles(other)] as const;
        expect(first.size).toBe(strings[0].size);
        expect(first.hashes.length).toBe(first.size);
        expect(first.measureContainment(second)).toBe(measureContainment(...strings));
        expect(second.measureContainment(first)).toBe(measureContainment(...strings));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives equal shingles equal hashes in any text", () => {
    fc.assert(
      fc.property(text, text, (before, shared) => {
        const hashes = new Set(new ShingleSet(before + shared).hashes);
        const inner = new ShingleSet(shared);
        if (makeShingles(shared).size > 0 && [...makeShingles(shared)].every((shingle) => shingle.length === 5)) {
          for (const hash of inner.hashes) expect(hashes.has(hash)).toBe(true);
        }
      }),
    );
  });
});

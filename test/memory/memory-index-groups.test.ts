import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryIndex } from "../../src/memory/memory-index.ts";
import { tokensOf } from "../../src/memory/text-coder.ts";
import { splitWords } from "../../src/memory/words.ts";
import { scan } from "./scan.ts";

const groups = fc.array(
  fc.option(
    fc.record({ penalty: fc.oneof(fc.constantFrom(0, 1, 10), fc.double({ min: -5, max: 40, noNaN: true })), rank: fc.nat(3) }),
    {
      nil: undefined,
    },
  ),
  { minLength: 1, maxLength: 4 },
);
const options = fc.record({
  threshold: fc.oneof(fc.constantFrom(0, 50, 70, 100), fc.integer({ min: 1, max: 100 })),
  limit: fc.constantFrom(1, 2, 5, 40),
  groups: fc.option(groups, { nil: undefined }),
});
const textOf = (pieces: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((chosen) => chosen.join(""));

describe("several memories in one search", () => {
  it("gives the best by similarity less penalty, then by rank, then by position, as the scan does", () => {
    const source = textOf(["防", "汛", "抗"], 7);
    const unit = fc.record({ source, group: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 70 }),
        fc.array(unit, { maxLength: 5 }),
        source,
        options,
        (first, more, query, wanted) => {
          const index = createMemoryIndex(first);
          for (const { source: added, group } of more) index.add(added, group);
          expect(index.search(query, wanted)).toEqual(scan([...first, ...more], query, wanted));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("looks behind many copies in a memory with a penalty for the one in a memory without", () => {
    const units = Array.from({ length: 5000 }, (_, at) => ({ source: "各地要高度重视。", group: at === 4321 ? 1 : 0 }));
    const index = createMemoryIndex(units);
    const judged = [
      { penalty: 5, rank: 0 },
      { penalty: 0, rank: 1 },
    ];
    expect(index.search("各地要高度重视。", { threshold: 70, limit: 2, groups: judged }).map(({ unit }) => unit)).toEqual([
      4321, 0,
    ]);
    expect(index.search("各地要高度重视。", { threshold: 70, limit: 2, groups: [] })).toEqual([]);
  });
});

describe("words as what is compared", () => {
  it("takes words, numbers and marks, whatever their capitals and spaces", () => {
    expect(splitWords("The county’s 1,200 high-quality  projects (2026).")).toEqual([
      "the",
      "county’s",
      "1,200",
      "high",
      "-",
      "quality",
      "projects",
      "(",
      "2026",
      ")",
      ".",
    ]);
    expect(splitWords("云溪 Province")).toEqual(["云", "溪", "province"]);
    expect(["en", "en-GB", "fr", "ru", "zh-Hans", "ja", "ko", "th"].map(tokensOf)).toEqual([
      "words",
      "words",
      "words",
      "words",
      "characters",
      "characters",
      "characters",
      "characters",
    ]);
  });

  it("is searched as the scan of words does", () => {
    const source = textOf(
      ["the ", "The ", "Plan ", "plan’s ", "of ", ", ", "1,200 ", "flood-", "control ", "防", "\ud842", " ", "é", "e\u0301 "],
      14,
    );
    fc.assert(
      fc.property(
        fc.array(source, { maxLength: 40 }),
        fc.array(source, { maxLength: 4 }),
        source,
        options,
        (first, more, query, wanted) => {
          const index = createMemoryIndex(
            first.map((text) => ({ source: text })),
            { tokens: "words" },
          );
          for (const text of more) index.add(text);
          const units = [...first, ...more].map((text) => ({ source: text }));
          expect(index.search(query, wanted)).toEqual(scan(units, query, { ...wanted, tokens: "words" }));
        },
      ),
      { numRuns: 300 },
    );
  });
});

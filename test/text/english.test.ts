import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findWords, stemWord, stemWords } from "../../src/text/english.ts";

describe("stemWord", () => {
  it.each([
    ["policies", "policy"],
    ["Measures", "measure"],
    ["strengthening", "strengthens"],
    ["went", "go"],
    ["held", "holds"],
    ["children", "child"],
    ["crises", "crisis"],
    ["country’s", "country"],
    ["country's", "countries"],
    ["labour", "labor"],
    ["centres", "center"],
    ["didn't", "does"],
    ["won’t", "will"],
    ["were", "is"],
  ])("leads %s and %s to one stem", (one, other) => {
    expect(stemWord(one)).toBe(stemWord(other));
  });

  it.each([
    ["policy", "police"],
    ["measure", "meaning"],
    ["party", "part"],
  ])("keeps %s and %s apart", (one, other) => {
    expect(stemWord(one)).not.toBe(stemWord(other));
  });
});

describe("findWords", () => {
  it("keeps numbers whole, parts hyphens and leaves Han out", () => {
    expect(findWords("High-quality 1,200.5 在A股 the people’s").map((word) => word.text)).toEqual([
      "High",
      "quality",
      "1,200.5",
      "A",
      "the",
      "people’s",
    ]);
  });

  it("gives words that stand where they say, in order, for any string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        let end = 0;
        for (const word of findWords(text)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(word.start, word.end)).toBe(word.text);
          end = word.end;
        }
        expect(stemWords(text)).toHaveLength(findWords(text).length);
      }),
    );
  });
});

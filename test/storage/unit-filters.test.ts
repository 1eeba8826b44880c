import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFoldedSearch } from "../../src/storage/sql/unit-filters.ts";
import { toSmallUnit } from "../../src/text/folded-text.ts";
import { matchKey } from "../../src/text/match-key.ts";

describe("the search for a plain text in units", () => {
  it("finds what looking through every folded text finds", () => {
    const odd = [
      "ａ",
      "Ａ",
      "１",
      "㈠",
      "⼀",
      "\u212a",
      "ﬁ",
      "①",
      "\u00ad",
      "\u200b",
      "\u3000",
      "“",
      "…",
      "㎡",
      "\ufa19",
      "İ",
      "\u0001",
    ];
    const letter = fc.constantFrom("a", "A", "k", "1", " ", "一", "神", "压", ",", "，", "-", ...odd);
    const text = fc.string({ unit: letter, maxLength: 12 });
    const fold = (one: string) => {
      const key = matchKey(one);
      return String.fromCharCode(...Array.from({ length: key.length }, (_, at) => toSmallUnit(key.charCodeAt(at))));
    };
    fc.assert(
      fc.property(text, fc.string({ unit: letter, minLength: 1, maxLength: 3 }), (one, wanted) => {
        const key = fold(wanted);
        expect(createFoldedSearch(key)(one)).toBe(fold(one).includes(key));
      }),
      { numRuns: 3000 },
    );
  });
});

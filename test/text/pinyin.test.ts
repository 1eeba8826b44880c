import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNames, toNameKey, toSyllables } from "../../src/text/pinyin.ts";

describe("toNameKey", () => {
  it.each([
    ["Yulin", "yulin"],
    ["Xi’an", "xian"],
    ["Lüliang", "luliang"],
    ["flood", undefined],
    ["Li", undefined],
    ["CPC", undefined],
  ])("%s → %s", (word, key) => {
    expect(toNameKey(word)).toBe(key);
  });
});

describe("findNames", () => {
  it("finds names that neighbouring characters spell, where they stand", () => {
    const text = "𠀀在榆林、延安调研";
    const names = findNames(text, new Set(["yulin", "yanan", "beijing"]));
    expect(names.map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ["yulin", "榆林"],
      ["yanan", "延安"],
    ]);
  });

  it("does not join characters over a mark", () => {
    expect(findNames("榆、林", new Set(["yulin"]))).toEqual([]);
  });
});

describe("toSyllables", () => {
  it("gives one entry for each code point of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("女", "绿", "行", "a", "7", "，", " ", "𠀀", "\u0301") }), (text) => {
        expect(toSyllables(text)).toHaveLength([...text].length);
      }),
    );
  });
});

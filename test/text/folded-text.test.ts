import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FoldedText } from "../../src/text/folded-text.ts";
import { foldSlowly } from "./slow-match-key.ts";

/** Characters that fold in every way, and any others. */
const piece = fc.oneof(
  fc.constantFrom(
    "防",
    "，",
    "。",
    " ",
    "　",
    "\t",
    "“",
    "’",
    "…",
    "９",
    "Ａ",
    "ﬁ",
    "⒇",
    "\u200b",
    "é",
    "e\u0301",
    "𠮷",
    "\ud842",
    "ｶﾞ",
    "·",
    "ﷺ",
    "\u{e0100}",
    "\ufa6c",
    "각",
    "\u1100",
    "\u1161",
  ),
  fc.string({ unit: "binary", maxLength: 2 }),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

describe("FoldedText", () => {
  it("reads the code points of the match key, text after text", () => {
    const folded = new FoldedText("width");
    fc.assert(
      fc.property(text, (original) => {
        const length = folded.read(original);
        expect([...folded.codes.subarray(0, length)]).toEqual(
          [...foldSlowly(original).key].map((character) => character.codePointAt(0)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the units of the match key with their offsets", () => {
    const folded = new FoldedText("width");
    fc.assert(
      fc.property(text, (original) => {
        const length = folded.readUnits(original);
        const expected = foldSlowly(original);
        expect(String.fromCharCode(...folded.codes.subarray(0, length))).toBe(expected.key);
        expect(folded.starts.subarray(0, length + 1)).toEqual(expected.starts);
        expect(folded.ends.subarray(0, length + 1)).toEqual(expected.ends);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the code points of the NFC text when nothing is folded", () => {
    const folded = new FoldedText("none");
    expect([...folded.codes.subarray(0, folded.read("Ａ e\u0301，"))]).toEqual([0xff21, 0x20, 0xe9, 0xff0c]);
  });

  it("equals the match key for every character of the basic plane, alone and between others", () => {
    const folded = new FoldedText("width");
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      const original = `一 ${character} 一${character}a${character} a`;
      const length = folded.readUnits(original);
      if (String.fromCharCode(...folded.codes.subarray(0, length)) !== foldSlowly(original).key) {
        expect.fail(`U+${unit.toString(16)} is folded otherwise`);
      }
    }
  });
});

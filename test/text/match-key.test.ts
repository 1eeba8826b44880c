import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchKey, matchKeyWithOffsets, toOriginalSpan } from "../../src/text/match-key.ts";
import { foldSlowly } from "./slow-match-key.ts";

/** The slow twin: folds the whole text by regular expressions, without offsets. */
function slowMatchKey(text: string): string {
  const han = "[\\p{Script=Han}\\u3001-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65“”‘’…—·]";
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu, "")
    .trim()
    .replace(new RegExp(`(?<=${han}\\p{M}*)\\s+(?=${han})`, "gu"), "")
    .replace(/\s+/gu, " ")
    .replace(/[“”„‟«»「」『』〝〞＂]/gu, '"')
    .replace(/[‘’‚‛＇`´]/gu, "'")
    .normalize("NFKC");
}

describe("matchKey", () => {
  it.each([
    ["全省１２个市，共 ３，４００ 人", "全省12个市,共 3,400 人"],
    ["“放管服”改革", '"放管服"改革'],
    ["防 汛　抗旱", "防汛抗旱"],
    ["GDP 增长 ６％", "GDP 增长 6%"],
    ["  first   draft ", "first draft"],
    ["零\u200b宽", "零宽"],
    ["", ""],
  ])("folds %j to %j", (text, key) => expect(matchKey(text)).toBe(key));

  it("equals the slow twin on mixed text", () => {
    const piece = fc.constantFrom(
      "防",
      "汛",
      "，",
      "。",
      " ",
      "　",
      "a",
      "Z",
      "９",
      "％",
      "“",
      "”",
      "…",
      "\u200b",
      "é",
      "ﬁ",
      "\t",
      "、",
      "𠮷",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(matchKey(pieces.join(""))).toBe(slowMatchKey(pieces.join("")));
      }),
    );
  });

  it("equals the twin that folds cluster by cluster, offsets included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const expected = foldSlowly(text);
        expect(matchKeyWithOffsets(text)).toEqual(expected);
        expect(matchKey(text)).toBe(expected.key);
      }),
      { numRuns: 1000 },
    );
  });

  it("folds a text longer than its buffers", () => {
    const text = "防汛，㍿ 抗旱 ﷺ".repeat(9000);
    expect(matchKey(text) === foldSlowly(text).key).toBe(true);
  });

  it("leads every key position back to the piece it came from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const folded = matchKeyWithOffsets(text);
        expect(folded.starts.length).toBe(folded.key.length + 1);
        for (let at = 0; at < folded.key.length; at++) {
          const span = toOriginalSpan(folded, { start: at, end: at + 1 });
          expect(span.start).toBeLessThan(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
          if (at > 0) expect(span.start).toBeGreaterThanOrEqual(toOriginalSpan(folded, { start: at - 1, end: at }).start);
        }
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeVisible } from "../../src/text/visible-text.ts";

describe("makeVisible", () => {
  it.each([
    ["报告 2024.docx", "报告 2024.docx"],
    ["a\nb", "a\\u{a}b"],
    ["\u001b[31m", "\\u{1b}[31m"],
    ["txt\u202egpj.exe", "txt\\u{202e}gpj.exe"],
    ["\ud800x😀", "\\u{d800}x😀"],
  ])("shows %j as %j", (text, shown) => expect(makeVisible(text)).toBe(shown));

  it("gives one line without controls for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{Cc}\u2028\u2029\u202a-\u202e]/u.test(makeVisible(text))),
    );
  });
});

import { describe, expect, it } from "vitest";
import { hasTraditional, toSimplified, toSimplifiedKey } from "../../src/text/traditional.ts";

describe("toSimplified", () => {
  it.each([
    ["經濟發展", "经济发展"],
    ["乾隆年間", "乾隆年间"],
    ["乾淨", "干净"],
    ["防汛", "防汛"],
    ["", ""],
  ])("%s → %s", (text, simplified) => {
    expect(toSimplified(text)).toBe(simplified);
  });
});

describe("toSimplifiedKey", () => {
  it("leaves simplified text and other languages alone", () => {
    expect(hasTraditional("坚持以人民为中心 flood control")).toBe(false);
    expect(toSimplifiedKey("皇后")).toBe("皇后");
  });

  it("converts a text as soon as one character is traditional", () => {
    expect(toSimplifiedKey("水庫與防汛")).toBe("水库与防汛");
  });
});

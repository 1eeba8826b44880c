import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts, listReplacements } from "../../src/text/difference.ts";

const text = fc.string({ unit: fc.constantFrom("防", "汛", "和", "，", ",", " ", "a", "b", "𠀀", "e\u0301", "7", "\u0301") });

describe("diffTexts", () => {
  it("gives both texts back when its pieces are glued", () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom("mixed" as const, "character" as const), (base, other, unit) => {
        const changes = diffTexts(base, other, { unit });
        expect(
          changes
            .filter((change) => change.kind !== "added")
            .map((change) => change.text)
            .join(""),
        ).toBe(base);
        expect(
          changes
            .filter((change) => change.kind !== "removed")
            .map((change) => change.text)
            .join(""),
        ).toBe(other);
        for (const change of changes) {
          expect(change.text).not.toBe("");
          if (change.kind !== "added") expect(base.startsWith(change.text, change.baseStart)).toBe(true);
          if (change.kind !== "removed") expect(other.startsWith(change.text, change.otherStart)).toBe(true);
        }
      }),
    );
  });

  it("never changes more characters than the slow edit distance without substitution needs", () => {
    const longestCommon = (base: readonly string[], other: readonly string[]): number => {
      let row = new Array<number>(other.length + 1).fill(0);
      for (const token of base) {
        const next = [0];
        other.forEach((candidate, at) => {
          next.push(candidate === token ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
        });
        row = next;
      }
      return row[other.length] ?? 0;
    };
    const plain = fc.string({ unit: fc.constantFrom("防", "汛", "和", "，") });
    fc.assert(
      fc.property(plain, plain, (base, other) => {
        const equal = diffTexts(base, other)
          .filter((change) => change.kind === "equal")
          .reduce((sum, change) => sum + change.text.length, 0);
        expect(equal).toBe(longestCommon([...base], [...other]));
      }),
    );
  });

  it("never cuts a code point in two", () => {
    expect(diffTexts("𠀀", "𠀁").map((change) => change.text)).toEqual(["𠀀", "𠀁"]);
  });

  it("keeps the common ends of texts too different to compare", () => {
    const base = `甲${"乙".repeat(3000)}丙`;
    const other = `甲${"丁".repeat(3000)}丙`;
    expect(diffTexts(base, other).map((change) => change.kind)).toEqual(["equal", "removed", "added", "equal"]);
  });
});

describe("listReplacements", () => {
  it.each([
    ["加强防汛和抗旱", "加强防汛and抗旱", [["和", "and"]]],
    ["the measures taken", "the measure taken", [["measures", "measure"]]],
    ["密切接触人员", "密切接触者", [["人员", "者"]]],
    ["乡村", "乡村", []],
    ["", "新", [["", "新"]]],
    ["共 12 处", "共 13 处", [["12", "13"]]],
  ])("compares %s with %s", (base, other, expected) => {
    expect(listReplacements(base, other).map((replacement) => [replacement.base, replacement.other])).toEqual(expected);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairFiles } from "../../src/workflow/pair-files.ts";

const pair = (sources: readonly string[], targets: readonly string[]) => pairFiles({ sources, targets, from: "zh", to: "en" });

describe("pairFiles", () => {
  it.each<[string, string, string]>([
    ["3.txt", "3.txt", "3"],
    ["通知.txt", "通知.docx", "通知"],
    ["a/report.zh.txt", "a/report.en.txt", "a/report"],
    ["report_zh-CN.md", "report-en.html", "report"],
    ["report.chs.txt", "report.eng.txt", "report"],
    ["report.zh.txt", "report.txt", "report"],
    ["v1.2.txt", "v1.2.md", "v1.2"],
  ])("pairs %s with %s", (source, target, name) => {
    expect(pair([source], [target])).toEqual({ pairs: [{ name, source, target }], unpaired: [] });
  });

  it("tells the languages of one folder given twice", () => {
    const files = ["a.zh.txt", "a.en.txt", "b.zh.txt"];
    expect(pair(files, files)).toEqual({
      pairs: [{ name: "a", source: "a.zh.txt", target: "a.en.txt" }],
      unpaired: ["b.zh.txt"],
    });
  });

  it("leaves names that fit several files to a person", () => {
    expect(pair(["a.txt"], ["a.txt", "a.docx"]).pairs).toEqual([]);
    expect(pair(["a.txt"], ["a.txt", "a.docx"]).unpaired).toEqual(["a.txt", "a.txt", "a.docx"]);
  });

  it("puts each file into one pair at most, whatever the names", () => {
    const name = fc
      .tuple(fc.constantFrom("a", "b", "c/a"), fc.constantFrom("", ".zh", "_en", "-de"), fc.constantFrom(".txt", ".md"))
      .map((parts) => parts.join(""));
    const names = fc.uniqueArray(name, { maxLength: 8 });
    fc.assert(
      fc.property(names, names, (sources, targets) => {
        const { pairs } = pair(sources, targets);
        expect(new Set(pairs.map((one) => one.source)).size).toBe(pairs.length);
        expect(new Set(pairs.map((one) => one.target)).size).toBe(pairs.length);
      }),
    );
  });
});

import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHINESE } from "../../src/segmentation/rules-zh.ts";
import { ENGLISH } from "../../src/segmentation/rules-en.ts";
import type { SegmentationRules } from "../../src/segmentation/rules.ts";
import { SHIPPED_RULES, segmentParagraph } from "../../src/segmentation/segment-paragraph.ts";

const folder = "test/fixtures/segmentation";

function cut(text: string, language: string, rules?: SegmentationRules): string[] {
  return segmentParagraph(text, language, rules)
    .filter((span) => span.kind === "segment")
    .map((span) => text.slice(span.start, span.end));
}

/** The slow twin: asks every rule at every place, as the standard describes it. */
function cutSlowly(text: string, rules: readonly { break: boolean; beforeBreak: string; afterBreak: string }[]): string[] {
  const patterns = rules.map((rule) => ({
    break: rule.break,
    before: new RegExp(`(?<=${rule.beforeBreak || "()"})`, "uy"),
    after: new RegExp(`(?=${rule.afterBreak})`, "uy"),
  }));
  const pieces: string[] = [];
  let start = 0;
  for (let place = 1; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    const isInsidePair = unit >= 0xdc00 && unit <= 0xdfff && /[\ud800-\udbff]/u.test(text.charAt(place - 1));
    if (isInsidePair) continue;
    const decisive = patterns.find(({ before, after }) => {
      before.lastIndex = place;
      after.lastIndex = place;
      return before.test(text) && after.test(text);
    });
    if (!decisive?.break) continue;
    pieces.push(text.slice(start, place));
    start = place;
  }
  return [...pieces, text.slice(start)].map((piece) => piece.trim()).filter((piece) => piece !== "");
}

/** Lines of `language <TAB> sentence | sentence`; # starts a remark. What stands between bars is glued as it stands. */
function readTable(name: string): { line: number; language: string; sentences: string[] }[] {
  return readFileSync(`${folder}/${name}`, "utf8")
    .split("\n")
    .flatMap((row, at) => {
      const [language = "", text] = row.split("\t");
      return text === undefined || row.startsWith("#") ? [] : [{ line: at + 1, language, sentences: text.split("|") }];
    });
}

describe("the segmentation tables", () => {
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".tsv"))) {
    it.each(readTable(name))(`${name}, line $line`, ({ language, sentences }) => {
      expect(cut(sentences.join(""), language)).toEqual(sentences.map((sentence) => sentence.trim()));
    });
  }
});

describe("segmentParagraph", () => {
  const piece = fc.constantFrom(
    ..."会议指出，要抓好落实。|！|？|……|——|“|”|（|）|《|》|1.|一、|（二）|3.5%|；|：|、| |　|\n|Mr. |U.S. |No. 3|e.g. |J. |Smith|The |end. |\"|'|)|…|．|的|他说|𠮷".split(
      "|",
    ),
  );
  const text = fc
    .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) }))
    .map((parts) => parts.join(""));

  it("gives spans that are in order, not empty, and glue back to the paragraph", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("zh", "en", "zh-Hant-TW", "und"), (sample, language) => {
        let end = 0;
        let previous = "";
        for (const span of segmentParagraph(sample, language)) {
          expect(span.start).toBe(end);
          expect(span.end).toBeGreaterThan(span.start);
          const words = sample.slice(span.start, span.end);
          expect(words.trim() === "").toBe(span.kind === "ignorable");
          if (span.kind === "segment") expect(words).toBe(words.trim());
          else expect(previous).not.toBe("ignorable");
          previous = span.kind;
          end = span.end;
        }
        expect(end).toBe(sample.length);
      }),
    );
  });

  it("equals a reader that asks every rule at every place", () => {
    fc.assert(
      fc.property(text, (sample) => {
        expect(cut(sample, "zh")).toEqual(cutSlowly(sample, [...CHINESE.rules, ...ENGLISH.rules]));
        expect(cut(sample, "en")).toEqual(cutSlowly(sample, [...ENGLISH.rules, ...CHINESE.rules]));
      }),
    );
  });

  it("accepts any string and any tag", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), (sample, tag) => void segmentParagraph(sample, tag)));
  });

  it("leaves white space between sentences to nobody", () => {
    expect(segmentParagraph(" First. Second. ", "en").map((span) => [span.kind, span.start, span.end])).toEqual([
      ["ignorable", 0, 1],
      ["segment", 1, 7],
      ["ignorable", 7, 8],
      ["segment", 8, 15],
      ["ignorable", 15, 16],
    ]);
    expect(segmentParagraph("", "zh")).toEqual([]);
    expect(segmentParagraph("　　", "zh")).toEqual([{ start: 0, end: 2, kind: "ignorable" }]);
  });

  it("obeys other rules than ours", () => {
    const semicolons: SegmentationRules = {
      cascade: false,
      languageRules: [{ name: "Own", rules: [{ break: true, beforeBreak: "；", afterBreak: "" }] }],
      mapRules: [{ languagePattern: "zh.*", languageRule: "Own" }],
    };
    expect(cut("一是调研；二是落实。三是总结。", "zh", semicolons)).toEqual(["一是调研；", "二是落实。三是总结。"]);
    expect(cut("一是调研；二是落实。", "en", semicolons)).toEqual(["一是调研；二是落实。"]);
  });

  it("names a rule list for every map", () => {
    const names = SHIPPED_RULES.languageRules.map((rule) => rule.name);
    for (const map of SHIPPED_RULES.mapRules) expect(names).toContain(map.languageRule);
  });

  // Quadratic rules would need minutes for these; the test's own time limit is the measure.
  it.each(["。", ".", " ", "A.", "。”", "字", "Mr. A ", "\n", '"', "…", "1.", "（一）"])("reads a megabyte of %j", (unit) => {
    const sample = unit.repeat(Math.floor(1_000_000 / unit.length));
    for (const language of ["zh", "en"]) expect(segmentParagraph(sample, language).at(-1)?.end).toBe(sample.length);
  });
});

import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../src/formats/markdown.ts";

function read(text: string) {
  return readMarkdown(new TextEncoder().encode(text));
}

describe("readMarkdown", () => {
  it.each([
    ["一行\n又一行", ["一行又一行"]],
    ["one\ntwo", ["one two"]],
    ["- 甲\n- 乙\n  - 丙", ["甲", "乙", "丙"]],
    ["> 引用", ["引用"]],
    ["要**抓好**[落实](http://example.com)`代码`", ["要抓好落实代码"]],
    ["| 甲 | 乙 |\n|---|---|\n| 丙 | 丁\\|戊 |", ["甲", "乙", "丙", "丁|戊"]],
  ])("finds the paragraphs of %j", (text, expected) =>
    expect(read(text).value?.paragraphs.map((paragraph) => paragraph.text)).toEqual(expected),
  );

  it("keeps levels and the lines of the file, after front matter too", () => {
    const { value } = read('---\ntitle: "要点"\ndate: 2024-06-17\n---\n\n## 小标题\n\n正文');
    expect(value).toEqual({
      encoding: "utf-8",
      title: "要点",
      date: "2024-06-17",
      paragraphs: [
        { text: "小标题", role: "heading", line: 6, level: 2 },
        { text: "正文", role: "body", line: 8 },
      ],
    });
  });

  it("skips code and HTML and says where", () => {
    const { value, diagnostics } = read("正文\n\n```\ncode\n```\n\n<div>html</div>");
    expect(value?.paragraphs).toHaveLength(1);
    expect(diagnostics.map((one) => [one.code, one.line])).toEqual([
      ["code-skipped", 3],
      ["html-skipped", 7],
    ]);
  });

  it("survives deep nesting", () => {
    expect(read(`${"> ".repeat(3000)}深`).diagnostics).toBeDefined();
  });
});

describe("nesting", () => {
  it.each([
    ["marks in one line", `${"- ".repeat(20_000)}甲`, 1],
    ["marks without blanks", `正文\n\n${">".repeat(20_000)}甲`, 3],
    ["a staircase of lists", Array.from({ length: 1500 }, (_, at) => `${"  ".repeat(at)}- 甲`).join("\n"), 201],
  ])("refuses lists and quotations too deep in each other: %s", (_, text, line) => {
    expect(readMarkdown(new TextEncoder().encode(text)).diagnostics).toMatchObject([{ code: "too-deep", line }]);
  });

  it("takes neither long lists nor lines across the page for nesting", () => {
    const text = `${"- 甲\n".repeat(3000)}\n${"* ".repeat(500)}\n\n${"  - 乙\n- 丙\n".repeat(500)}`;
    expect(readMarkdown(new TextEncoder().encode(text)).value?.paragraphs).toHaveLength(4000);
  });
});

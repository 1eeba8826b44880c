import { describe, expect, it } from "vitest";
import { compareFiles } from "../../src/workflow/compare-files.ts";

const file = (name: string, lines: readonly string[]) => ({ name, bytes: new TextEncoder().encode(lines.join("\n")) });

const BASE = [
  "云溪省防汛工作通知",
  "",
  "省防汛指导组要赴一线督促检查，发现问题立即整改，确保堤防和水库安全。",
  "要稳定市场供应，保障粮油蔬菜价格平稳，严厉打击囤积居奇、哄抬物价等违法行为。",
];

describe("compareFiles", () => {
  it("names lines as the files count them, with the surroundings of each difference", async () => {
    const other = [
      BASE[0] ?? "",
      "气象部门发布高温橙色预警，提醒公众防暑。",
      "省防汛督导组要赴一线督促检查,发现问题立即整改,确保堤防and水库安全。",
    ];
    const result = await compareFiles(file("base.txt", BASE), file("other.txt", other));
    expect(result.comparison?.pairs.map((pair) => [pair.base, pair.other])).toEqual([
      [[1], [1]],
      [[3], [3]],
    ]);
    expect(result.comparison?.pairs[1]?.differences).toEqual([
      { class: "name", base: "指", other: "督" },
      { class: "width", base: "，", other: "," },
      { class: "width", base: "，", other: "," },
      { class: "foreign-letters", base: "和", other: "and" },
    ]);
    expect([result.comparison?.baseOnly, result.comparison?.otherOnly]).toEqual([[4], [2]]);
    expect(result.counts).toEqual({ name: 1, width: 2, "foreign-letters": 1 });
    expect(result.rows[0]).toMatchObject({ baseLine: 3, otherLine: 3, before: "省防汛", after: "导组要赴一线督促检查" });
    expect(result.only.map((row) => [row.side, row.line])).toEqual([
      ["base", 4],
      ["other", 2],
    ]);
  });

  it("names what was moved, which is no equal text", async () => {
    const [title = "", blank = "", first = "", second = ""] = BASE;
    const result = await compareFiles(file("base.txt", BASE), file("other.txt", [title, blank, second, first]));
    expect(result.comparison).toMatchObject({ baseOnly: [], otherOnly: [] });
    expect([result.rows, result.only]).toEqual([[], []]);
    expect(result.moved).toHaveLength(1);
    expect(BASE).toContain(result.moved[0]?.text);
  });

  it("says which file could not be read", async () => {
    const result = await compareFiles(file("base.txt", BASE), { name: "empty.txt", bytes: new Uint8Array() });
    expect(result.comparison).toBeUndefined();
    expect(result.diagnostics.map((diagnostic) => diagnostic.file)).toEqual(["empty.txt"]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggestPairs } from "../../src/workflow/alignment-pairs.ts";
import type { PairCandidate } from "../../src/workflow/alignment-pairs.ts";

const document = (id: string, rest: Partial<PairCandidate>): PairCandidate => ({ id, title: id, paragraphCount: 20, ...rest });
const never = () => false;

describe("the suggestion of a translation", () => {
  it("knows a pair by its file names but for the mark of the language", () => {
    for (const [one, other] of [
      ["notice.zh.txt", "notice.en.txt"],
      ["2024-06 通知（中文）.docx", "2024-06 通知（英文）.docx"],
      ["Speech_CN.md", "Speech_EN.md"],
      ["zh/07.txt", "en/07.txt"],
    ]) {
      const pairs = suggestPairs(
        [document("z", { fileName: one, title: "甲" })],
        [document("e", { fileName: other, title: "B", paragraphCount: 200 })],
        never,
      );
      expect(pairs).toEqual([{ source: "z", target: "e", score: 3, reasons: ["file"] }]);
    }
  });

  it("pairs the documents of two files by their place when there are as many", () => {
    const of = (id: string, fileName: string, index: number, count: number) =>
      document(id, { fileName, title: "甲", paragraphCount: 10 * (index + 1), place: { index, count } });
    const sources = [of("z0", "all.zh.txt", 0, 2), of("z1", "all.zh.txt", 1, 2)];
    const targets = [of("e0", "all.en.txt", 0, 2), of("e1", "all.en.txt", 1, 2)];
    expect(suggestPairs(sources, targets, never).map(({ source, target }) => [source, target])).toEqual([
      ["z0", "e0"],
      ["z1", "e1"],
    ]);
  });

  it("keeps letters that only look like a mark inside a word", () => {
    const pairs = suggestPairs(
      [document("z", { fileName: "zhejiang.txt", title: "甲", paragraphCount: 1 })],
      [document("e", { fileName: "energy.txt", title: "B", paragraphCount: 9 })],
      never,
    );
    expect(pairs).toEqual([]);
  });

  it("prefers the same date and figures to length, and never goes by length alone", () => {
    const source = document("z", { title: "第3号通知", date: "2024-06-17" });
    const same = document("same", { title: "Notice No. 3", date: "2024-06-17", paragraphCount: 60 });
    const long = document("long", { title: "Another text" });
    expect(suggestPairs([source], [long, same], never)[0]).toMatchObject({ target: "same", reasons: ["date", "title"] });
    expect(suggestPairs([source], [long], never)).toEqual([]);
  });

  it("misses nobody although it does not look at every pair", () => {
    const some = (id: string) =>
      fc
        .record({
          date: fc.constantFrom("2024-01-01", "2024-02-02", undefined),
          title: fc.constantFrom("第3号通知", "Notice 3 of 2024", "2024", "甲", ""),
          fileName: fc.constantFrom("a.zh.txt", "a.en.txt", "b.txt", undefined),
          paragraphCount: fc.integer({ min: 0, max: 30 }),
        })
        .map(
          ({ date, ...rest }) =>
            (at: number) =>
              document(`${id}${String(at)}`, { ...rest, ...(date ? { date } : {}) }),
        );
    const list = (id: string) => fc.array(some(id), { maxLength: 6 }).map((all) => all.map((make, at) => make(at)));
    fc.assert(
      fc.property(list("z"), list("e"), (sources, targets) => {
        const found = suggestPairs(sources, targets, never);
        for (const source of sources) {
          // With one target there is nothing to pass over; the first of the best ones is suggested.
          const each = targets.flatMap((target) => suggestPairs([source], [target], never));
          const best = each.reduce<(typeof each)[number] | undefined>(
            (top, one) => (top && top.score >= one.score ? top : one),
            undefined,
          );
          expect(found.find((pair) => pair.source === source.id)).toEqual(best);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("leaves out pairs that are aligned already and puts the surest first", () => {
    const sources = [document("a", { date: "2024-01-01" }), document("b", { date: "2024-02-02", fileName: "b.zh.txt" })];
    const targets = [document("x", { date: "2024-01-01" }), document("y", { date: "2024-02-02", fileName: "b.en.txt" })];
    expect(suggestPairs(sources, targets, never).map(({ source }) => source)).toEqual(["b", "a"]);
    expect(suggestPairs(sources, targets, (source) => source === "b").map(({ source }) => source)).toEqual(["a"]);
  });
});

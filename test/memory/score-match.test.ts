import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreMatch } from "../../src/memory/score-match.ts";
import type { Penalty, TranslationUnit } from "../../src/model/translation-unit.ts";

const readTable = (name: string) =>
  readFileSync(new URL(`../fixtures/memory/${name}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));

const unitOf = (source: string, more: Partial<TranslationUnit> = {}): TranslationUnit => ({
  id: "u",
  source,
  target: "",
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "final",
  ...more,
});

const contrasts = [
  ["外防输入、内防扩散", "内防扩散、外防输出"],
  ["群防群控", "群防群治"],
] as const;

/** numbers-2 ×1 40/30: code and points, how many, mine and theirs. */
function describePenalty({ code, points, values = {} }: Penalty): string {
  const { count, query, unit } = values;
  const sides = query === undefined && unit === undefined ? "" : ` ${query ?? ""}/${unit ?? ""}`;
  return `${code}-${points}${count === undefined ? "" : ` ×${count}`}${sides}`;
}

/** Known formulations of the table: where they stand in a text. */
const FORMULATIONS = ["外防输入", "外防输出", "群防群控", "群防群治", "精准施策", "稳就业"];
const findFormulations = (text: string) =>
  FORMULATIONS.flatMap((one) => {
    const start = text.indexOf(one);
    return start < 0 ? [] : [{ start, end: start + one.length }];
  });

describe("scoreMatch", () => {
  it.each(readTable("matches.tsv"))("explains “%s” against “%s”", (query = "", source = "", similarity, kind, penalties = "") => {
    const sourceLanguage = /\p{Script=Han}/u.test(query) ? "zh" : "en";
    const match = scoreMatch(query, unitOf(source, { sourceLanguage }), {
      contrasts,
      queryFormulations: findFormulations(query),
      unitFormulations: findFormulations(source),
    });
    expect({
      similarity: String(Math.round(match.similarity)),
      kind: match.kind,
      penalties: match.penalties.map(describePenalty).join("; "),
    }).toEqual({ similarity, kind, penalties });
    expect(match.score).toBeLessThanOrEqual(kind === "exact" ? 100 : 99);
  });

  it("gives 101 only when both neighbours are equal", () => {
    const unit = unitOf("做好防汛工作。", { previous: "一、总体要求", next: "二、主要任务" });
    const score = (previous?: string, next?: string) => scoreMatch("做好防汛工作。", unit, { previous, next }).score;
    expect(score("一、总体要求", "二、主要任务")).toBe(101);
    expect(score("一、总体要求", "三、保障措施")).toBe(100);
    expect(score()).toBe(100);
    expect(scoreMatch("做好防汛工作。", unitOf("做好防汛工作。")).kind).toBe("exact");
  });

  it("takes the points of a memory off an equal text too", () => {
    expect(scoreMatch("防汛", unitOf("防汛"), { memoryPenalty: 5 })).toMatchObject({ kind: "exact", score: 95, similarity: 100 });
  });

  it("names the one character that differs", () => {
    expect(scoreMatch("外防输入", unitOf("外防输出")).penalties).toEqual([
      { code: "one-character", points: 0, values: { query: "入", unit: "出" } },
    ]);
  });

  it("never throws, and never gives 100 to texts that are not equal", () => {
    const text = fc.array(fc.constantFrom("防", "３", "3", "万", "a", "A", "，", ",", " ", "二", "月", "\ud842"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (query, source) => {
        const match = scoreMatch(query.join(""), unitOf(source.join(""), { target: source.join("") }), { contrasts });
        expect(match.score >= 100).toBe(query.join("") === source.join(""));
      }),
      { numRuns: 500 },
    );
  });
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adaptNumbers } from "../../src/memory/adapt-numbers.ts";
import type { AdaptationTexts, NumberAdaptation } from "../../src/memory/adapt-numbers.ts";
import { writeHan } from "../../src/memory/write-chinese-number.ts";
import { findNumbers } from "../../src/text/numbers.ts";

const readTable = (name: string) =>
  readFileSync(new URL(`../fixtures/memory/${name}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));

function markSpans({ target }: NumberAdaptation): string {
  let marked = target ? "" : "-";
  let at = 0;
  for (const { start, end } of target?.spans ?? []) {
    marked += `${target?.text.slice(at, start) ?? ""}[${target?.text.slice(start, end) ?? ""}]`;
    at = end;
  }
  return marked + (target?.text.slice(at) ?? "");
}

const nameDoubts = ({ doubts }: NumberAdaptation) =>
  doubts.map(({ reason, query = "", unit = "" }) => `${reason}:${query}/${unit}`).join(" ");

describe("adaptNumbers", () => {
  const cases = [
    ...readTable("adapted-numbers.tsv").map((line) => ["zh", "en", ...line] as const),
    ...readTable("adapted-numbers-en.tsv").map((line) => ["en", "zh", ...line] as const),
  ];
  it.each(cases)(
    "%s to %s: puts “%s” over “%s” into “%s”",
    (from, to, query = "", source = "", target = "", expected = "", doubts = "") => {
      const adapted = adaptNumbers({ query, source, target, sourceLanguage: from, targetLanguage: to });
      expect({ text: markSpans(adapted), doubts: nameDoubts(adapted) }).toEqual({ text: expected, doubts });
    },
  );

  const day = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) });
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  /** Sentences with numbers of every kind, and the same in the target; each value stands once in it. */
  const sentence = fc
    .record({
      held: day,
      session: fc.integer({ min: 2, max: 19 }),
      people: fc.integer({ min: 1001, max: 99_999 }).filter((count) => count > 2100 || count < 1900),
      money: fc.integer({ min: 2, max: 99 }),
      share: fc.integer({ min: 1, max: 99 }),
    })
    .map(({ held, session, people, money, share }) => ({
      source: `${held.month}月${held.day}日召开第${writeHan(session) ?? ""}次会议，转移${people}人，安排${money}亿元，完成${share}%。`,
      target:
        `The ${session}th meeting was held on ${MONTHS[held.month - 1] ?? ""} ${held.day}. ${people.toLocaleString("en")} people were moved, ` +
        `${money >= 10 ? `${money / 10} billion` : `${money}00 million`} yuan was allocated and ${share} percent was completed.`.replace(
          /th(?= meeting)/,
          "th",
        ),
    }))
    .filter(({ target }) => {
      const values = findNumbers(target, "en").map(({ value }) => value.replace("%", ""));
      return new Set(values).size === values.length && values.length === 5;
    });
  const languages = { sourceLanguage: "zh", targetLanguage: "en" };
  const valuesOf = (text: string) => findNumbers(text, "en").map(({ kind, value }) => `${kind} ${value}`);

  it("changes nothing when the query is the unit’s own source", () => {
    fc.assert(
      fc.property(sentence, ({ source, target }) => {
        expect(adaptNumbers({ query: source, source, target, ...languages })).toEqual({ doubts: [] });
      }),
    );
  });

  it("writes the values of the query, all of them, and comes back to the original", () => {
    fc.assert(
      fc.property(sentence, sentence, (mine, theirs) => {
        const there = adaptNumbers({ query: mine.source, source: theirs.source, target: theirs.target, ...languages });
        const text = there.target?.text ?? theirs.target;
        expect({ doubts: there.doubts, values: valuesOf(text) }).toEqual({ doubts: [], values: valuesOf(mine.target) });
        const back = adaptNumbers({ query: theirs.source, source: mine.source, target: text, ...languages });
        expect(valuesOf(back.target?.text ?? text)).toEqual(valuesOf(theirs.target));
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever stands in the texts, and marks what it wrote", () => {
    const piece = fc.constantFrom(
      ..."三 十 万 亿 第 成 倍 分之 % 年 月 日 时 3 40 2020 1.5 , 。 an one third half May 3rd million doubled 十四五 p.m. 8:30 to".split(
        " ",
      ),
      " ",
    );
    const text = fc.array(piece, { maxLength: 9 }).map((parts) => parts.join(""));
    const language = fc.constantFrom("zh", "en");
    fc.assert(
      fc.property(
        fc.record({ query: text, source: text, target: text, sourceLanguage: language, targetLanguage: language }),
        (texts: AdaptationTexts) => {
          const { target } = adaptNumbers(texts);
          for (const { start, end } of target?.spans ?? []) expect(target?.text.slice(start, end)).not.toBe("");
        },
      ),
      { numRuns: 1000 },
    );
  });
});

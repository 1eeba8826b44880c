import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findNumbers } from "../../src/text/numbers.ts";

const TABLE = new URL("../fixtures/numbers/values.tsv", import.meta.url);
const rows = readFileSync(TABLE, "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

describe("findNumbers", () => {
  it("reads a table of at least 150 rows", () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
  });

  it.each(rows)("%s: %s is %s", (language = "", text = "", expected = "") => {
    const found = findNumbers(text, language).map(({ kind, value, approximate }) => `${kind}:${value}${approximate ? "~" : ""}`);
    expect(found.join(" ")).toBe(expected);
  });

  it("gives the span of each number in the original", () => {
    const slices = (text: string, language: string): string[] =>
      findNumbers(text, language).map(({ start, end }) => text.slice(start, end));
    expect(slices("到２０２４年６月，全省3.4万户的百分之十五", "zh")).toEqual(["２０２４年６月", "3.4万", "百分之十五"]);
    expect(slices("By June 17, 2024, two-thirds of 3.4 million households", "en")).toEqual([
      "June 17, 2024",
      "two-thirds",
      "3.4 million",
    ]);
  });

  const PIECES = fc.constantFrom(
    ..."零〇一二三四五六七八九十百千万亿兆两第点分之成倍半多余几数年月日号时%％‰翻番世纪代季度届大中全会0123456789,.-/:（）、 至 ",
    ..."one two twenty hundred thousand million half third quarter May June 2020 3rd th p.m. % dozen a and of five year".split(
      " ",
    ),
  );

  it("never throws, and gives ordered spans inside the text", () => {
    const inputs = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(PIECES, { maxLength: 24 }).map((pieces) => pieces.join("")),
      fc.array(PIECES, { maxLength: 16 }).map((pieces) => pieces.join(" ")),
    );
    fc.assert(
      fc.property(inputs, fc.constantFrom("zh", "en", "fr"), (text, language) => {
        let last = 0;
        for (const { start, end, value } of findNumbers(text, language)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(value).not.toBe("");
          last = end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("reads every whole number that a slow writer of Chinese numerals writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (number) => {
        expect(findNumbers(writeChinese(number), "zh").map(({ value }) => value)).toEqual([String(number)]);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads every whole number that a slow writer of English numerals writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (number) => {
        expect(findNumbers(writeEnglish(number), "en").map(({ value }) => value)).toEqual([String(number)]);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives digits with Chinese units and with English scales the same value", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (hundredths) => {
        const billions = String(hundredths / 100);
        const [chinese] = findNumbers(`${String(hundredths / 10)}亿元`, "zh");
        const [english] = findNumbers(`${billions} billion yuan`, "en");
        expect(chinese?.value).toBe(english?.value);
      }),
    );
  });
});

function writeChinese(number: number): string {
  const sections = ["", "万", "亿"];
  const groups: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000);
  let written = "";
  for (let at = groups.length - 1; at >= 0; at--) {
    const group = groups[at] ?? 0;
    if (group === 0) continue;
    if (written !== "" && (group < 1000 || groups[at + 1] === 0 || !/[千百十]?[一二三四五六七八九][万亿]$/.test(written))) {
      if (group < 1000 || groups[at + 1] === 0) written += "零";
    }
    written += writeSection(group) + (sections[at] ?? "");
  }
  return written;
}

function writeSection(group: number): string {
  const digits = [..."〇一二三四五六七八九"];
  let written = "";
  for (const [power, unit] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(group / power) % 10;
    if (digit > 0) written += (digits[digit] ?? "") + unit;
    else if (written !== "" && group % power > 0 && !written.endsWith("零")) written += "零";
  }
  return written;
}

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

function writeEnglish(number: number): string {
  for (const [scale, word] of [
    [1e9, "billion"],
    [1e6, "million"],
    [1e3, "thousand"],
  ] as const) {
    if (number >= scale) {
      const rest = number % scale;
      return `${writeEnglish(Math.floor(number / scale))} ${word}${rest === 0 ? "" : rest < 100 ? ` and ${writeEnglish(rest)}` : ` ${writeEnglish(rest)}`}`;
    }
  }
  if (number >= 100) {
    const rest = number % 100;
    return `${ONES[Math.floor(number / 100)] ?? ""} hundred${rest === 0 ? "" : ` and ${writeEnglish(rest)}`}`;
  }
  if (number < 20) return ONES[number] ?? "";
  const unit = number % 10;
  return `${TENS[Math.floor(number / 10) - 2] ?? ""}${unit === 0 ? "" : `-${ONES[unit] ?? ""}`}`;
}

/**
 * Numbers, dates, percentages, ordinals, fractions and multiples in a text, with values that can be compared
 * across languages: 三万四千, 3.4万 and "34,000" are all "34000"; 2月3日 and "3 Feb." are "--02-03".
 *
 * Values: a canonical decimal ("3400", "0.25"), the same with % ("25%"), a fraction that does not end ("2/3"),
 * an XML Schema date with its missing parts left out ("2024-06-17", "2024-06", "2024", "--06-17", "--06", "---17"),
 * a time ("T08:30"), a decade ("1990s"). Ordinals and multiples are plain decimals: the kind tells them apart.
 * Sources: the numeral grammar of GB/T 15835-2011 and everyday use; the fixture table is the specification.
 * Guarantee: mentions are in order and do not overlap; never throws. Doubtful numerals (数十, 三四个, idioms) are left out.
 * Cost: O(length).
 */
import type { LanguageTag } from "../model/span.ts";
import { findChineseNumbers } from "./numbers-chinese.ts";
import { findEnglishNumbers } from "./numbers-english.ts";
import type { NumberMention, NumberReading } from "./numbers-mention.ts";

export type { NumberKind, NumberMention } from "./numbers-mention.ts";

const RANGE_MARK = /^\s?(?:[-–—~～－]{1,2}|至|到|to|and|or|或)\s?$/;

export function findNumbers(text: string, language: LanguageTag): readonly NumberMention[] {
  const readings = /^zh\b/i.test(language) ? findChineseNumbers(text) : findEnglishNumbers(text);
  return completeRanges(text, readings);
}

/** 3-5万, "3 to 5 percent", 6月17日至19日, "17–19 June": the end that was shortened takes what the other end says. */
function completeRanges(text: string, readings: readonly NumberReading[]): readonly NumberMention[] {
  const completed: NumberReading[] = [...readings];
  for (let at = 0; at + 1 < completed.length; at++) {
    const first = completed[at];
    const second = completed[at + 1];
    if (!first || !second || second.start - first.end > 5 || !RANGE_MARK.test(text.slice(first.end, second.start))) continue;
    completed[at] = completeFirst(first, second);
    completed[at + 1] = completeSecond(first, second);
  }
  return completed.map((reading) => ({
    start: reading.start,
    end: reading.end,
    kind: reading.kind,
    value: reading.value,
    form: reading.form,
    ...(reading.approximate ? { approximate: true as const } : {}),
  }));
}

function completeFirst(first: NumberReading, second: NumberReading): NumberReading {
  if (first.kind !== "number" || first.mantissa !== first.value || first.form !== second.form) return first;
  if (second.kind === "percent") return { ...first, kind: "percent", value: `${first.value}%` };
  if (second.kind === "date") {
    const number = Number(first.value);
    const day = /^(?:\d{4}|-)-\d{2}-(\d{2})$/.exec(second.value)?.[1];
    if (day !== undefined && isWhole(number, 31))
      return { ...first, kind: "date", value: second.value.slice(0, -2) + pad(number) };
    if (/^--\d{2}$/.test(second.value) && isWhole(number, 12)) return { ...first, kind: "date", value: `--${pad(number)}` };
    return first;
  }
  // 3-5万 is thirty to fifty thousand; 300至2万 is not three million: only a smaller mantissa is short for more.
  if (
    second.kind === "number" &&
    second.power !== undefined &&
    second.power >= 4 &&
    Number(first.value) < Number(second.mantissa)
  ) {
    return { ...first, value: shiftText(first.value, second.power), power: second.power };
  }
  return first;
}

function completeSecond(first: NumberReading, second: NumberReading): NumberReading {
  if (first.kind !== "date") return second;
  // 2019–20 is two years.
  if (
    /^[12]\d{3}$/.test(first.value) &&
    second.kind === "number" &&
    /^\d{2}$/.test(second.value) &&
    second.start - first.end === 1
  ) {
    const year = first.value.slice(0, 2) + second.value;
    return year > first.value ? { ...second, kind: "date", value: year } : second;
  }
  const stem = /^((?:\d{4}|-)-\d{2}-)\d{2}$/.exec(first.value)?.[1];
  if (stem === undefined) return second;
  const day =
    second.kind === "date" ? /^---(\d{2})$/.exec(second.value)?.[1] : second.kind === "number" ? second.value : undefined;
  return day !== undefined && isWhole(Number(day), 31) ? { ...second, kind: "date", value: stem + pad(Number(day)) } : second;
}

function isWhole(value: number, largest: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= largest;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** Moves the decimal point of a canonical decimal to the right. */
function shiftText(value: string, power: number): string {
  const [whole = "0", rest = ""] = value.split(".");
  const digits = whole + rest.padEnd(power, "0").slice(0, power);
  const left = rest.slice(power);
  return (digits.replace(/^0+(?=\d)/, "") || "0") + (left === "" ? "" : `.${left}`);
}

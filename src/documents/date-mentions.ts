/**
 * Finds dates in Chinese and English text: 2024年6月17日, 二〇二四年六月十七日, 6月17日, 17日下午, 2024-06-17,
 * June 17, 2024, 17 June 2024.
 *
 * Failure policy: a mention that is no day of the calendar (13月, 31 June) is not reported.
 * Cost: linear; every pattern has bounded repetition.
 */
import type { IsoDay, Span } from "../model/span.ts";

/** A day as written: without a year, or without year and month, when the text leaves them out. */
export type DateMention = Span & {
  readonly year?: number;
  readonly month?: number;
  readonly day: number;
  /** 截至2月3日, 自1月12日起: a limit of time, hardly the date of the text itself. */
  readonly isLimit: boolean;
};

const DIGIT = "[0-9０-９]";
const HAN_DIGITS = "〇零○一二三四五六七八九";
const YEAR = `(?:${DIGIT}{4}|[${HAN_DIGITS}]{4})`;
const NUMBER = `(?:${DIGIT}{1,2}|[一二三四五六七八九十廿卅]{1,3})`;
const MONTHS = ["january", "february", "march", "april", "may", "june"].concat([
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
]);
const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
/** What follows a day of the month that stands alone; 3日 alone is as likely a length of time. */
const AFTER_DAY = "(?=\\s?(?:上午|下午|中午|傍晚|晚|凌晨|清晨|早|夜|在|电|電|讯|訊|主持|出席|召开|召開|会见|會見|抵达|从|從))";
const PATTERN = new RegExp(
  [
    `(?:(?<y1>${YEAR})\\s?年\\s?)?(?<m1>${NUMBER})\\s?月\\s?(?<d1>${NUMBER})\\s?[日号號]`,
    `(?<!${DIGIT})(?<y2>${DIGIT}{4})(?<mark>[-/.])(?<m2>${DIGIT}{1,2})\\k<mark>(?<d2>${DIGIT}{1,2})(?!${DIGIT})`,
    `(?<![第近每月${HAN_DIGITS}十0-9０-９])(?<d3>${NUMBER})日${AFTER_DAY}`,
    `\\b(?<m4>${MONTH})\\.?\\s(?<d4>[0-9]{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s(?<y4>[12][0-9]{3})\\b)?`,
    `\\b(?<d5>[0-9]{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?(?<m5>${MONTH})\\b\\.?(?:,?\\s(?<y5>[12][0-9]{3})\\b)?`,
  ].join("|"),
  "gu",
);
const LIMIT_BEFORE = /(?:截至|截止|截止到|自|从|從|至|到|\b(?:by|since|until|till|from|as of))\s?$/iu;

const LIMIT_AFTER = /^\s?(?:前|以前|之前|起|以来|以後|以后|之后)/u;

/** The value of 12, １２, 十二, 廿三, 二〇二四. */
export function readNumber(text: string): number {
  const digits = text.normalize("NFKC");
  if (/^[0-9]+$/u.test(digits)) return Number(digits);
  const valueOf = (character: string): number => {
    const at = HAN_DIGITS.indexOf(character);
    return at <= 2 ? 0 : at - 2;
  };
  if (!/[十廿卅]/u.test(text)) return [...text].reduce((value, character) => value * 10 + valueOf(character), 0);
  const spelt = text.replace("廿", "二十").replace("卅", "三十");
  const [tens = "", ones = ""] = spelt.split("十");
  return (tens === "" ? 1 : valueOf(tens)) * 10 + (ones === "" ? 0 : valueOf(ones));
}

function readMonth(text: string): number {
  const name = text.toLowerCase().slice(0, 3);
  const at = MONTHS.findIndex((month) => month.startsWith(name));
  return at >= 0 ? at + 1 : readNumber(text);
}

/** Days of a month; February has 29 when the year is unknown. */
function countDays(month: number, year = 2000): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The ISO day, or undefined when there is no such day. */
export function toIsoDay(date: { readonly year: number; readonly month: number; readonly day: number }): IsoDay | undefined {
  const { year, month, day } = date;
  if (year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1 || day > countDays(month, year)) return undefined;
  return `${String(year)}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** All dates of a text, in order. */
export function findDates(text: string): DateMention[] {
  const mentions: DateMention[] = [];
  for (const found of text.matchAll(PATTERN)) {
    const groups = found.groups ?? {};
    const yearText = groups.y1 ?? groups.y2 ?? groups.y4 ?? groups.y5;
    const monthText = groups.m1 ?? groups.m2 ?? groups.m4 ?? groups.m5;
    const day = readNumber(groups.d1 ?? groups.d2 ?? groups.d3 ?? groups.d4 ?? groups.d5 ?? "0");
    const year = yearText === undefined ? undefined : readNumber(yearText);
    const month = monthText === undefined ? undefined : readMonth(monthText);
    if (month !== undefined && (month < 1 || month > 12)) continue;
    if (day < 1 || day > (month === undefined ? 31 : countDays(month, year))) continue;
    if (year !== undefined && (year < 1000 || year > 2999)) continue;
    const end = found.index + found[0].length;
    const isLimit =
      LIMIT_BEFORE.test(text.slice(Math.max(0, found.index - 8), found.index)) || LIMIT_AFTER.test(text.slice(end, end + 4));
    mentions.push({
      start: found.index,
      end,
      day,
      isLimit,
      ...(year === undefined ? {} : { year }),
      ...(month === undefined ? {} : { month }),
    });
  }
  return mentions;
}

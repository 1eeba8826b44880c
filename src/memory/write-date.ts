/** Dates and times in the manner of one that stands there (see write-number.ts). Each changed part must stand there exactly once. */
import { writeHan, writeHanDigits } from "./write-chinese-number.ts";
import { ordinalSuffixOf } from "./write-english-number.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAY = /(?:mon|tues|wednes|thurs|fri|satur|sun)day|星期|周[一二三四五六日]/i;

type Day = { readonly year?: string; readonly month?: number; readonly day?: number };
type Clock = { readonly hour: number; readonly minute: number };

export function readDay(value: string): Day | undefined {
  const found = /^(?:(\d{4})|-)(?:-(\d{2})|-)?(?:-(\d{2}))?$/.exec(value);
  if (!found) return undefined;
  const [, year, month, day] = found;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

function readClock(value: string): Clock | undefined {
  const found = /^T(\d{2}):(\d{2})$/.exec(value);
  return found ? { hour: Number(found[1]), minute: Number(found[2]) } : undefined;
}

/** Replaces what `write` answers for; undefined unless it answered exactly once. */
function replaceOnce(text: string, pattern: RegExp, write: (found: string) => string | undefined): string | undefined {
  let count = 0;
  const written = text.replace(pattern, (found: string) => {
    const next = write(found);
    if (next !== undefined) count++;
    return next ?? found;
  });
  return count === 1 ? written : undefined;
}

/** 2020-02-03 and 2020/2/3, in either language. */
function writeNumeric(text: string, to: Day): string | undefined {
  const numeric = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (!numeric || to.year === undefined || to.month === undefined || to.day === undefined) return undefined;
  const [, , separator = "-", month = "", day = ""] = numeric;
  const isPadded = month.startsWith("0") || day.startsWith("0") || (month.length === 2 && day.length === 2);
  const write = (value: number) => (isPadded ? String(value).padStart(2, "0") : String(value));
  return [to.year, write(to.month), write(to.day)].join(separator);
}

function changeMonth(text: string, from: number, to: number): string | undefined {
  const name = MONTHS[to - 1] ?? "";
  const before = MONTHS[from - 1] ?? "\n";
  return replaceOnce(text, /\p{L}{3,9}\.?/gu, (found) => {
    const word = found.replace(".", "").toLowerCase();
    if (word === before.toLowerCase()) {
      // "May" is short and long at once; long is the usual manner.
      return found.endsWith(".") ? `${name}.` : name;
    }
    // "Sept." and "Feb.": May needs no stop and the others keep theirs.
    if (!before.toLowerCase().startsWith(word)) return undefined;
    return name.length <= 4 ? name : `${name.slice(0, 3)}${found.endsWith(".") ? "." : ""}`;
  });
}

export function writeEnglishDate(text: string, old: string, value: string): string | undefined {
  const [clockFrom, clockTo] = [readClock(old), readClock(value)];
  if (clockFrom && clockTo) return writeEnglishClock(text, clockTo);
  const decade = /^(\d{2,4})s$/.exec(value)?.[1];
  if (decade !== undefined) return /^\d+['’]?s$/.test(text) ? text.replace(/\d+/, decade) : undefined;
  const [from, to] = [readDay(old), readDay(value)];
  // A weekday would have to change as well, and nothing says to which.
  if (!from || !to || WEEKDAY.test(text)) return undefined;
  if (/^\d{4}([-/.])\d{1,2}\1\d{1,2}$/.test(text)) return writeNumeric(text, to);
  let written: string | undefined = text;
  if (to.day !== undefined && to.day !== from.day) {
    const day = to.day;
    written = replaceOnce(written, /(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)/g, (found) => {
      if (Number.parseInt(found, 10) !== from.day) return undefined;
      return /\D$/.test(found) ? `${day}${ordinalSuffixOf(day)}` : String(day);
    });
  }
  if (written !== undefined && to.month !== undefined && to.month !== from.month) {
    written = changeMonth(written, from.month ?? 0, to.month);
  }
  if (written !== undefined && to.year !== undefined && to.year !== from.year) {
    const year = to.year;
    written = replaceOnce(written, /(?<!\d)\d{4}(?!\d)/g, (found) => (found === from.year ? year : undefined));
  }
  return written;
}

function writeEnglishClock(text: string, to: Clock): string | undefined {
  const found = /^(\d{1,2})(?:([:.])(\d{2}))?(\s*)(?:([ap])(\.?)m\.?)?$/i.exec(text);
  if (!found) return undefined;
  const [, hour = "", mark = ":", minute, gap = "", half, dot = ""] = found;
  const minutes = minute === undefined && to.minute === 0 ? "" : `${mark}${String(to.minute).padStart(2, "0")}`;
  if (half === undefined) return `${hour.length === 2 ? String(to.hour).padStart(2, "0") : String(to.hour)}${minutes}`;
  const letter = to.hour >= 12 ? "p" : "a";
  const written = /[AP]/.test(half) ? letter.toUpperCase() : letter;
  const m = /M/.test(text) ? "M" : "m";
  return `${to.hour % 12 === 0 ? 12 : to.hour % 12}${minutes}${gap}${written}${dot}${m}${text.endsWith(".") ? "." : ""}`;
}

const HAN_NUMERAL = "[零〇○一二三四五六七八九十]+";

function writeLike(model: string, value: number): string {
  return /\d/.test(model) ? (/^0\d/.test(model) ? String(value).padStart(2, "0") : String(value)) : (writeHan(value) ?? "");
}

export function writeChineseDate(text: string, old: string, value: string): string | undefined {
  const [clockFrom, clockTo] = [readClock(old), readClock(value)];
  if (clockFrom && clockTo) return writeChineseClock(text, clockFrom, clockTo);
  const [from, to] = [readDay(old), readDay(value)];
  if (!from || !to || WEEKDAY.test(text)) return undefined;
  if (/^\d{4}([-/.])\d{1,2}\1\d{1,2}$/.test(text)) return writeNumeric(text, to);
  let written: string | undefined = text;
  const year = to.year;
  if (year !== undefined && year !== from.year) {
    written = replaceOnce(written, new RegExp(`(?:\\d{4}|${HAN_NUMERAL})(?=\\s?年|$)`, "g"), (found) =>
      /\d/.test(found) ? year : writeHanDigits(year),
    );
  }
  for (const [part, mark] of [
    ["month", "月"],
    ["day", "[日号]|$"],
  ] as const) {
    const next = to[part];
    if (written === undefined || next === undefined || next === from[part]) continue;
    written = replaceOnce(written, new RegExp(`(?:\\d{1,2}|${HAN_NUMERAL})(?=\\s?(?:${mark}))`, "g"), (found) =>
      writeLike(found, next),
    );
  }
  return written;
}

function writeChineseClock(text: string, from: Clock, to: Clock): string | undefined {
  const found = new RegExp(`^(\\d{1,2}|${HAN_NUMERAL}|两)([时点:：])(?:(\\d{2}|${HAN_NUMERAL})(分?)|(半))?$`).exec(text);
  if (!found) return undefined;
  const [, hour = "", mark = "", minute, unit = "", half] = found;
  const isDigits = /\d/.test(hour);
  // 下午3点: the hour is counted from noon, and must stay so.
  const isAfternoon = isDigits && Number(hour) + 12 === from.hour;
  if (isAfternoon && to.hour < 12) return undefined;
  const write = (amount: number) => (isDigits ? String(amount) : amount === 2 ? "两" : (writeHan(amount) ?? ""));
  const hours = write(isAfternoon ? to.hour - 12 : to.hour);
  if (/[:：]/.test(mark)) return `${hours}${mark}${String(to.minute).padStart(2, "0")}`;
  if (to.minute === 0) return `${hours}${mark}`;
  if (half !== undefined && to.minute === 30) return `${hours}${mark}半`;
  const minutes = isDigits ? String(to.minute).padStart(2, "0") : `${to.minute < 10 ? "零" : ""}${writeHan(to.minute) ?? ""}`;
  return `${hours}${mark}${minutes}${minute === undefined ? "分" : unit}`;
}

/** Numbers, percentages, ordinals, fractions and multiples in Chinese, in the manner of one that stands there (see write-number.ts). */
import type { NumberMention } from "../text/numbers.ts";

const HAN = "零一二三四五六七八九";
const PLACES = ["", "十", "百", "千"];
const GROUPS: readonly (readonly [string, number])[] = [
  ["万亿", 1e12],
  ["亿", 1e8],
  ["万", 1e4],
];
const DIGITS = /\d[\d,]*(?:\.\d+)?/g;
const SCALE = /^\s?(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)/;
const MOST_DECIMALS = 4;

function divide(value: number, by: number): number {
  return Number((value / by).toPrecision(15));
}

function countDecimals(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}

/** 3400 as 三千四百, 120000 as 十二万, 3.5 as 三点五. Undefined for what nobody writes so. */
export function writeHan(value: number): string | undefined {
  const text = String(value);
  if (!/^\d{1,13}(?:\.\d{1,4})?$/.test(text)) return undefined;
  const [whole = "", fraction] = text.split(".");
  const written = writeWhole(Number(whole));
  return fraction === undefined ? written : `${written}点${[...fraction].map((digit) => HAN[Number(digit)] ?? "").join("")}`;
}

function writeWhole(value: number): string {
  if (value === 0) return "零";
  for (const [name, power] of GROUPS) {
    if (value < power) continue;
    const rest = value % power;
    const gap = rest > 0 && rest < power / 10 ? "零" : "";
    return `${writeWhole(Math.floor(value / power))}${name}${gap}${rest > 0 ? writeSection(rest, gap !== "" || rest >= 1e4) : ""}`;
  }
  return writeSection(value, false);
}

/** `isInner`: 一百一十 and 一万零一十, but 十二 alone. */
function writeSection(value: number, isInner: boolean): string {
  if (value >= 1e4) return writeWhole(value);
  const digits = [...String(value)].map(Number);
  let written = "";
  let hasGap = false;
  for (const [at, digit] of digits.entries()) {
    const place = digits.length - 1 - at;
    if (digit === 0) {
      hasGap = written !== "";
      continue;
    }
    const isBareTen = digit === 1 && place === 1 && at === 0 && !isInner;
    written += (hasGap ? "零" : "") + (isBareTen ? "" : (HAN[digit] ?? "")) + (PLACES[place] ?? "");
    hasGap = false;
  }
  return written;
}

/** 2020 as 二〇二〇. */
export function writeHanDigits(digits: string): string {
  return [...digits].map((digit) => (digit === "0" ? "〇" : (HAN[Number(digit)] ?? digit))).join("");
}

function writeDigits(value: number, model: string): string | undefined {
  const text = String(value);
  if (!/^\d+(?:\.\d{1,6})?$/.test(text)) return undefined;
  const [whole = "", fraction] = text.split(".");
  const digits = model.includes(",") ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole;
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** 3.4万 and 90亿 where that is short, plain digits where not. */
function writeFresh(wanted: number, model: string): string | undefined {
  for (const [name, power] of GROUPS) {
    const mantissa = divide(wanted, power);
    if (mantissa >= 1 && countDecimals(mantissa) <= MOST_DECIMALS) return `${writeDigits(mantissa, "1") ?? ""}${name}`;
  }
  return writeDigits(wanted, model);
}

function writeQuantity(text: string, held: number, wanted: number): string | undefined {
  const percent = /^百分之(.*)$/.exec(text);
  if (percent) {
    const written = /\d/.test(percent[1] ?? "") ? writeDigits(wanted, "1") : writeHan(wanted);
    return written === undefined ? undefined : `百分之${written}`;
  }
  const found = [...text.matchAll(DIGITS)];
  const [digits] = found;
  if (!digits) return writeWords(text, wanted);
  if (found.length > 1) return undefined;
  const before = text.slice(0, digits.index);
  const after = text.slice(digits.index + digits[0].length);
  const scaleWord = SCALE.exec(after)?.[0] ?? "";
  const mantissa = Number(digits[0].replaceAll(",", ""));
  const scale = mantissa === 0 ? 1 : divide(held, mantissa);
  if (!Number.isFinite(scale) || scale <= 0) return undefined;
  const next = divide(wanted, scale);
  const fitsScale = scale === 1 ? wanted < 1e6 || held >= 1e6 : next >= 1 && next < 1e4 && countDecimals(next) <= MOST_DECIMALS;
  const written = fitsScale ? writeDigits(next, digits[0]) : undefined;
  if (written !== undefined) return before + written + after;
  if (scale !== 1 && scaleWord === "") return undefined;
  const fresh = writeFresh(wanted, digits[0]);
  return fresh === undefined ? undefined : before + fresh + after.slice(scaleWord.length);
}

const TENTHS = /^[一二三四五六七八九\d]成/;
const AFTER_NUMERAL = /(?:倍|个?百分点|%|世纪|季度|届)$/;

function writeWords(text: string, wanted: number): string | undefined {
  if (TENTHS.test(text)) {
    const tens = Math.floor(wanted / 10);
    const rest = wanted - 10 * tens;
    if (tens < 1 || tens > 9 || !Number.isInteger(rest)) return undefined;
    return `${HAN[tens] ?? ""}成${rest === 0 ? "" : (HAN[rest] ?? "")}`;
  }
  const suffix = AFTER_NUMERAL.exec(text)?.[0] ?? "";
  const written = writeHan(wanted);
  // 两支队伍, 两倍: two of something.
  return written === undefined ? undefined : (wanted === 2 ? "两" : written) + suffix;
}

function writeOrdinal(text: string, wanted: number): string | undefined {
  if (!Number.isInteger(wanted)) return undefined;
  // 十三五: the plan is counted in the middle, and the tenth to nineteenth are all that are written so.
  const plan = /^十([一二三四五六])五$/.exec(text);
  if (plan) return wanted > 10 && wanted < 17 ? `十${HAN[wanted - 10] ?? ""}五` : undefined;
  const [, before = "", numeral = "", after = ""] = /^(第?)([\d一二三四五六七八九十百千零〇两]+)(.*)$/.exec(text) ?? [];
  if (numeral === "") return undefined;
  const written = /\d/.test(numeral) ? String(wanted) : writeHan(wanted);
  return written === undefined ? undefined : before + written + after;
}

function writeFraction(text: string, value: string): string | undefined {
  const parts = /^(\d+)\/(\d+)$/.exec(value);
  let [top, bottom] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts) {
    for (bottom = 2; bottom <= 10; bottom++) {
      top = divide(Number(value) * bottom, 1);
      if (Number.isInteger(top) && top >= 1 && top < bottom) break;
    }
    if (bottom > 10) return undefined;
  }
  if (/^\d+\/\d+$/.test(text)) return `${top}/${bottom}`;
  const write = /\d/.test(text) ? String : writeHan;
  const [below, above] = [write(bottom), write(top)];
  return below === undefined || above === undefined || !/分之|半/.test(text) ? undefined : `${below}分之${above}`;
}

export function writeChineseNumber(text: string, { kind, value: old }: NumberMention, value: string): string | undefined {
  if (kind === "fraction") return value.endsWith("%") ? undefined : writeFraction(text, value);
  const wanted = Number(value.replace("%", ""));
  const held = Number(old.replace("%", ""));
  if (!Number.isFinite(wanted) || !Number.isFinite(held)) return undefined;
  if (kind === "ordinal") return writeOrdinal(text, wanted);
  if (kind === "multiple" && text.startsWith("翻")) {
    const times = Math.log2(wanted);
    return Number.isInteger(times) && times >= 1 && times <= 4 ? `翻${"一两三四".charAt(times - 1)}番` : undefined;
  }
  return writeQuantity(text, held, wanted);
}

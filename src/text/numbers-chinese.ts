/**
 * Finds the numbers of a Chinese text (see numbers.ts). Simplified and traditional, Chinese and Latin digits.
 *
 * Method: fold width and characters one for one; mark idioms and enumerators (一、（三）一是), which count nothing;
 * then read from left to right: dates, fractions, ordinals, quantities with what follows them (成 倍 % 世纪 届).
 * Cost: O(length).
 */
import { formatDecimal, formatQuotient, fromInteger, shift } from "./numbers-decimal.ts";
import type { Decimal } from "./numbers-decimal.ts";
import { NUMERAL_IDIOMS } from "./numbers-idioms.ts";
import type { NumberKind, NumberReading } from "./numbers-mention.ts";
import { digitsOf, readNumeral } from "./numbers-numerals.ts";
import type { Numeral } from "./numbers-numerals.ts";

/** Traditional and variant characters of numerals, counters and idioms, folded for reading only. */
const FOLDED = new Map(
  Array.from(
    "萬万億亿兩两○〇Ｏ〇統统進进樣样個个種种單单專专獨独舉举貫贯體体帶带時时點点號号層层條条間间際际發发應应眾众計计規规劃划餘余幾几" +
      "數数來来紀纪從从對对級级屆届產产業业週周陣阵讓让滿满開开關关聯联動动會会門门軍军國国戰战線线倍倍歲岁難难辦办陸陆們们過过還还後后員员績绩為为長长",
  ).flatMap((character, at, all): [string, string][] => (at % 2 === 0 ? [[character, all[at + 1] ?? character]] : [])),
);
const NEEDS_FOLDING = /[\u25cb\u3003-\uff0b\uff0d-\uffee]/g;
const NUMERAL = "零〇一二三四五六七八九十百千万亿两0-9";
const IDIOMS = new RegExp(
  NUMERAL_IDIOMS.toSorted((one, other) => other.length - one.length)
    .map((word) => {
      const before = new RegExp(`^[${NUMERAL}]`).test(word) ? `(?<![${NUMERAL}.第])` : word === "之一" ? "(?<!分)" : "";
      const after = new RegExp(`[${NUMERAL}]$`).test(word) ? "(?![十百千万亿])" : word === "十分" ? "(?!之)" : "";
      return before + word + after;
    })
    .join("|"),
  "g",
);
/** 一、 1. at the start; （三） (12) anywhere; 一是 二要 其一 第 after a mark. */
const ENUMERATORS = new RegExp(
  [
    "(?<=^\\s{0,8})(?:[一二三四五六七八九十]{1,3}|\\d{1,2})(?=[、.．)）](?!\\d))",
    "(?<=[。；！？：\\n]\\s{0,4})[一二三四五六七八九十]{1,3}(?=、)",
    "(?<=[（(])(?:[一二三四五六七八九十]{1,3}|\\d{1,2})(?=[）)])",
    '(?<=(?:^|[。；，：,;:“"（\\s]))[一二三四五六七八九十](?=[是要则曰](?!否|么|求))',
    "(?<=其)[一二三四五六](?=[，,、是]|$)",
  ].join("|"),
  "g",
);
const START = /[\d零〇一二三四五六七八九十百千万两第翻]/;
const YEAR = "(\\d{4}|[零〇一二三四五六七八九]{4})年";
const SMALL = "\\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]";
const DATE = new RegExp(`(?:${YEAR}(?![间期级制限均])\\s?)?(?:(${SMALL})月(?:\\s?(${SMALL})[日号])?)`, "y");
const YEAR_ALONE = new RegExp(`${YEAR}(?!代|[间期])`, "y");
const DAY_ALONE = new RegExp(`(\\d{1,2})日(?![内游均])`, "y");
const ISO_DATE = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d.])/y;
const CLOCK =
  /(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九两])(?:[时点:：](\d{2}|[一二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?|时(?!代|期|间|段|光)|点(?=[钟整许半]|左右))(半)?/y;
/** 下午3点 is a time; 3点 alone may be three points. */
const TIME_OF_DAY = /(?:上午|下午|晚上|凌晨|早上|清晨|中午|傍晚|[早晚])$/;
const HOUR = /(\d{1,2}|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九两])点/y;
const AFTERNOON = /(?:下午|晚上|晚间|傍晚|当晚|晚|午后)$/;
const PLAN = /十([一二三四五六])五(?![十百千万亿])|(十|[七八九])五(?=[”"」’']?(?:计划|规划|期间|时期|普法))/y;
const PARTS = /(百|千|万)分之/y;
const CONGRESS =
  /(?:大(?!量|型|多|家|幅|规|小|人|会|众|批|力|类|项|行|工|产|领|任|战|体|原|关|理|重|优|支|民|城|板|洋|洲|功|举|要|攻|文|中|国|企|银)|中全会|次全会)/y;
const GROUP_MARK = /[\uff10-\uff19]\uff0c(?=[\uff10-\uff19]{3})/g;

export function findChineseNumbers(text: string): readonly NumberReading[] {
  const folded = foldForReading(text);
  if (!SPACED_NUMERAL.test(folded)) return scan(folded);
  const { compact, offsets } = closeUp(folded);
  return scan(compact).map((reading) => ({
    ...reading,
    start: offsets[reading.start] ?? reading.start,
    end: (offsets[reading.end - 1] ?? reading.end - 1) + 1,
  }));
}

/** 34,229 亿, 12 月 31 日 and "2 0 1 5 年", as they come out of typeset pages, are read as if nothing stood between. */
const SPACED_NUMERAL = /\d[ \u00a0\u3000]+[\d年月日号时点万亿千百兆个成倍多余世季届%]|[年月纪][ \u00a0\u3000]+\d/;
const GAPS =
  /(?<=\d)[ \u00a0\u3000]+(?=[年月日号时点万亿千百兆个成倍多余世季届%]|年代)|(?<=[年月纪])[ \u00a0\u3000]+(?=\d)|(?<=(?:^|[^\d.,])(?:\d ){0,3}\d) (?=(?:\d ){0,2}\d ?[年月日])/g;

function closeUp(folded: string): { readonly compact: string; readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  let compact = "";
  let from = 0;
  const keep = (to: number): void => {
    for (let at = from; at < to; at++) offsets.push(at);
    compact += folded.slice(from, to);
  };
  for (const gap of folded.matchAll(GAPS)) {
    keep(gap.index);
    from = gap.index + gap[0].length;
  }
  keep(folded.length);
  return { compact, offsets };
}

function scan(folded: string): readonly NumberReading[] {
  const blocked = blockIdioms(folded);
  const found: NumberReading[] = [];
  let at = 0;
  while (at < folded.length) {
    if (blocked[at] === 1 || !START.test(folded.charAt(at))) {
      at++;
      continue;
    }
    const outcome = readAt(folded, at);
    if (outcome.reading) found.push(outcome.reading);
    at = Math.max(at + 1, outcome.end);
  }
  return found;
}

/** One character for one, so that offsets hold. */
export function foldForReading(text: string): string {
  return text
    .replace(GROUP_MARK, (pair) => `${pair.charAt(0)},`)
    .replace(NEEDS_FOLDING, (character) => {
      const code = character.charCodeAt(0);
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
      return FOLDED.get(character) ?? character;
    });
}

function blockIdioms(folded: string): Uint8Array {
  const blocked = new Uint8Array(folded.length);
  for (const pattern of [IDIOMS, ENUMERATORS]) {
    for (const match of folded.matchAll(pattern)) blocked.fill(1, match.index, match.index + match[0].length);
  }
  return blocked;
}

type Outcome = { readonly end: number; readonly reading?: NumberReading };

function readAt(text: string, at: number): Outcome {
  return readCode(text, at) ?? readDate(text, at) ?? readSpecial(text, at) ?? readQuantity(text, at);
}

/** Digits glued to Latin letters: G20, COVID-19, 5G, PM2.5. Units of measure (5km) and ordinals are not codes. */
const CODE_BEFORE = /[A-Za-z]-?$/;
const CODE_AFTER = /\d+(?:\.\d+)?-?(?!(?:km|kg|cm|mm|m|g|h|hm|t|kw|mw|gw|pa|nm|ml|l|mg|bn|w|v)(?![A-Za-z]))[A-Za-z]/iy;
const CODE_DIGITS = /\d+(?:[.-]\d+)*/y;

function readCode(text: string, at: number): Outcome | undefined {
  const digits = exec(CODE_DIGITS, text, at)?.[0];
  if (digits === undefined) return undefined;
  const section = /^\d+(?:\.\d+){2,}$/.test(digits) && !exec(ISO_DATE, text, at);
  if (section)
    return {
      end: at + digits.length,
      reading: { start: at, end: at + digits.length, kind: "number", value: digits, form: "code" },
    };
  if (!CODE_BEFORE.test(text.slice(Math.max(0, at - 2), at)) && !exec(CODE_AFTER, text, at)) return undefined;
  const value = /^\d{1,40}/.exec(digits)?.[0].replace(/^0+(?=\d)/, "") ?? digits;
  return { end: at + digits.length, reading: { start: at, end: at + digits.length, kind: "number", value, form: "code" } };
}

function readDate(text: string, at: number): Outcome | undefined {
  const before = text.charAt(at - 1);
  if (/\d/.test(text.charAt(at)) ? /\d/.test(before) : /[零〇一二三四五六七八九十]/.test(before)) return undefined;
  const iso = exec(ISO_DATE, text, at);
  if (iso) {
    const [month, day] = [Number(iso[3]), Number(iso[4])];
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31)
      return date(at, iso[0], `${iso[1] ?? ""}-${pad(month)}-${pad(day)}`, "digits");
  }
  const full = exec(DATE, text, at);
  if (full) {
    const month = readSmall(full[2]);
    const day = full[3] === undefined ? undefined : readSmall(full[3]);
    if (month >= 1 && month <= 12 && (day === undefined || (day >= 1 && day <= 31))) {
      const year = full[1] === undefined ? "-" : digitsOf(full[1]);
      const value = day === undefined ? `${year}-${pad(month)}` : `${year}-${pad(month)}-${pad(day)}`;
      return date(at, full[0], value, /\d/.test(full[0]) ? "digits" : "words");
    }
  }
  const year = exec(YEAR_ALONE, text, at);
  if (year && /^[12]/.test(digitsOf(year[1] ?? "")))
    return date(at, year[0], digitsOf(year[1] ?? ""), /\d/.test(year[0]) ? "digits" : "words");
  const day = exec(DAY_ALONE, text, at);
  if (day && Number(day[1]) >= 1 && Number(day[1]) <= 31) return date(at, day[0], `---${pad(Number(day[1]))}`, "digits");
  return readClock(text, at);
}

function readClock(text: string, at: number): Outcome | undefined {
  const clock =
    exec(CLOCK, text, at) ?? (TIME_OF_DAY.test(text.slice(Math.max(0, at - 2), at)) ? exec(HOUR, text, at) : undefined);
  if (!clock) return undefined;
  let hour = readSmall(clock[1]);
  const minute = clock[3] === "半" ? 30 : clock[2] === undefined ? 0 : readSmall(clock[2].replace(/^零/, ""));
  if (hour > 24 || minute > 59) return undefined;
  if (hour < 12 && AFTERNOON.test(text.slice(Math.max(0, at - 3), at))) hour += 12;
  return date(at, clock[0], `T${pad(hour)}:${pad(minute)}`, /\d/.test(clock[0]) ? "digits" : "words");
}

function date(start: number, matched: string, value: string, form: "digits" | "words"): Outcome {
  const end = start + matched.trimEnd().length;
  return { end, reading: { start, end, kind: "date", value, form } };
}

/** What does not begin with its number: 第三次, 百分之十五, 翻一番, 十三五. */
function readSpecial(text: string, at: number): Outcome | undefined {
  const plan = exec(PLAN, text, at);
  if (plan && !/[\d零〇一二三四五六七八九十]/.test(text.charAt(at - 1))) {
    const ordinal = plan[1] === undefined ? (plan[2] === "十" ? 10 : readSmall(plan[2])) : 10 + readSmall(plan[1]);
    return outcome(text, at, at + plan[0].length, "ordinal", String(ordinal), "words");
  }
  const parts = exec(PARTS, text, at);
  if (parts) return readParts(text, at, parts);
  const character = text.charAt(at);
  if (character === "第") {
    const numeral = readNumeral(text, at + 1);
    if (!numeral?.value) return { end: numeral?.end ?? at + 1 };
    const plural = /(?:个?五年)(?=规划|计划)/y;
    const end = numeral.end + (exec(plural, text, numeral.end)?.[0].length ?? 0);
    return outcome(text, at, end, "ordinal", formatDecimal(numeral.value), numeral.form);
  }
  if (character === "翻") {
    const times = exec(/翻(?:了)?([一两二三四])番/y, text, at);
    if (!times) return { end: at + 1 };
    return outcome(text, at, at + times[0].length, "multiple", String(2 ** readSmall(times[1])), "words");
  }
  return undefined;
}

function readParts(text: string, at: number, parts: RegExpExecArray): Outcome {
  const from = at + parts[0].length;
  if (parts[1] === "百" && text.charAt(from) === "百") return outcome(text, at, from + 1, "percent", "100%", "words");
  const numeral = readNumeral(text, from);
  if (!numeral?.value) return { end: numeral?.end ?? from };
  if (parts[1] === "百") return outcome(text, at, numeral.end, "percent", `${formatDecimal(numeral.value)}%`, numeral.form);
  const power = parts[1] === "千" ? -3 : -4;
  return outcome(text, at, numeral.end, "fraction", formatDecimal(shiftDown(numeral.value, power)), numeral.form);
}

function readQuantity(text: string, at: number): Outcome {
  if (text.startsWith("百分百", at)) return outcome(text, at, at + 3, "percent", "100%", "words");
  const slash = exec(/(\d{1,3})\/([1-9]\d{0,2})(?![\d/,.])/y, text, at);
  if (slash && Number(slash[1]) < Number(slash[2]) && text.charAt(at - 1) !== "/") {
    const value = formatQuotient(fromInteger(Number(slash[1])), fromInteger(Number(slash[2])));
    if (value !== undefined) return outcome(text, at, at + slash[0].length, "fraction", value, "digits");
  }
  const numeral = readNumeral(text, at);
  if (!numeral) return { end: at + 1 };
  if (numeral.literal !== undefined) return outcome(text, at, numeral.end, "number", numeral.literal, numeral.form);
  if (!numeral.value) return { end: numeral.end };
  return readSuffix(text, at, numeral, numeral.value);
}

/** 成 as tenths; not 成立, 成功, 成为 after a numeral that belongs elsewhere. */
const TENTHS = /成([一二三四五六七八九半])?(?![为立功员果绩长就本熟品效年分型都千交败因语])/y;
const FRACTION = /分之/y;
const AFTER = /(%|厘(?!米)|‰|倍|世纪|年代|季度|届|半)|个?百分点/y;

function readSuffix(text: string, at: number, numeral: Numeral, value: Decimal): Outcome {
  const plain = formatDecimal(value);
  const make = (end: number, kind: NumberKind, canonical: string): Outcome =>
    outcome(text, at, end, kind, canonical, numeral.form, numeral);
  if (exec(FRACTION, text, numeral.end)) {
    const numerator = readNumeral(text, numeral.end + 2);
    const quotient = numerator?.value ? formatQuotient(numerator.value, value) : undefined;
    if (numerator && quotient !== undefined) return outcome(text, at, numerator.end, "fraction", quotient, numeral.form);
  }
  const tenths = value.scale === 0 && /^[1-9]$/.test(plain) ? exec(TENTHS, text, numeral.end) : undefined;
  if (tenths) {
    const more = tenths[1] === undefined ? 0 : tenths[1] === "半" ? 5 : readSmall(tenths[1]);
    return make(numeral.end + tenths[0].length, "percent", `${String(Number(plain) * 10 + more)}%`);
  }
  const suffix = exec(AFTER, text, numeral.end + (text.charAt(numeral.end) === " " ? 1 : 0));
  switch (suffix?.[1]) {
    case "%":
    case "厘":
      return make(suffix.index + 1, "percent", `${plain}%`);
    case "‰":
      return make(suffix.index + 1, "fraction", formatDecimal(shiftDown(value, -3)));
    case "倍":
      return make(suffix.index + 1, "multiple", plain);
    case "世纪": {
      const decade = exec(/世纪(\d0|[二三四五六七八九]十)年代/y, text, suffix.index);
      if (!decade) return make(suffix.index + 2, "ordinal", plain);
      return make(suffix.index + decade[0].length, "date", `${String(Number(plain) - 1)}${pad(readSmall(decade[1]))}s`);
    }
    case "年代":
      return make(
        suffix.index + 2,
        "date",
        /上世纪$/.test(text.slice(Math.max(0, at - 3), at)) && plain.length === 2 ? `19${plain}s` : `${plain}s`,
      );
    case "季度":
      return make(suffix.index + 2, text.charAt(at - 1) === "前" ? "number" : "ordinal", plain);
    case "届":
      return make(suffix.index + 1, text.charAt(at) === "两" ? "number" : "ordinal", plain);
    case "半":
      return text.startsWith("一半", at) ? make(suffix.index + 1, "fraction", "0.5") : { end: suffix.index + 1 };
    case undefined:
    default:
      break;
  }
  if (numeral.form === "words" && plain.length <= 2 && (plain.length === 2 || text.startsWith("中全会", numeral.end))) {
    const congress = exec(CONGRESS, text, numeral.end);
    if (congress && (congress[0] !== "大" || plain !== "10")) return make(numeral.end, "ordinal", plain);
  }
  return make(numeral.end, "number", plain);
}

function outcome(
  text: string,
  start: number,
  end: number,
  kind: NumberKind,
  value: string,
  form: "digits" | "words",
  numeral?: Numeral,
): Outcome {
  const approximate = numeral?.approximate === true || /^[多余]/.test(text.charAt(end)) || /超$|逾$/.test(text.charAt(start - 1));
  const mantissa = numeral?.mantissa ? formatDecimal(numeral.mantissa) : kind === "number" ? value : undefined;
  return {
    end,
    reading: {
      start,
      end,
      kind,
      value,
      form,
      ...(approximate ? { approximate: true as const } : {}),
      ...(mantissa === undefined ? {} : { mantissa }),
      ...(numeral?.power === undefined ? {} : { power: numeral.power }),
    },
  };
}

/** A month, day, hour or digit: one or two Latin digits, or a Chinese numeral below a hundred. */
function readSmall(written: string | undefined): number {
  if (written === undefined) return 0;
  const numeral = readNumeral(written, 0);
  return numeral?.value ? Number(formatDecimal(numeral.value)) : 0;
}

function shiftDown(value: Decimal, power: number): Decimal {
  return value.units === 0n ? fromInteger(0) : shift(value, power);
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * Writes a value in the manner of a number that stands in a target text: "34,000" for 27000 gives "27,000",
 * "3.4 million" for 2500000 gives "2.5 million", "third" for 5 gives "fifth", "3 Feb. 2020" for 2021-03-14 gives "14 Mar. 2021".
 * Values are those of src/text/numbers.ts. Undefined when the manner cannot be carried over safely. Cost: O(1).
 */
import type { NumberMention } from "../text/numbers.ts";

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const ORDINALS =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  );
const MONTHS = "January February March April May June July August September October November December".split(" ");
/** Powers of ten that a following word stands for, greatest first. */
const SCALES: readonly (readonly [string, number])[] = [
  ["trillion", 1e12],
  ["billion", 1e9],
  ["million", 1e6],
];
const DIGITS = /\d[\d,]*(?:\.\d+)?/g;

function suffixOf(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][value % 10] ?? "th";
}

/** Decimal digits, grouped by threes when the model groups, or when nothing says otherwise and it is long. */
function writeDigits(value: number, model: string): string | undefined {
  const text = String(value);
  if (!/^\d+(?:\.\d{1,4})?$/.test(text)) return undefined;
  const [whole = "", fraction] = text.split(".");
  const wholeModel = model.split(".")[0] ?? "";
  const grouped = wholeModel.includes(",") || (whole.length > 4 && wholeModel.length < 4);
  const digits = grouped ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole;
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

function likeCapitals(word: string, model: string): string {
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** A quotient without the dust of binary fractions: 2.5e6 / 1e6, not 2.4999999. */
function divide(value: number, by: number): number {
  return Number((value / by).toPrecision(12));
}

function writeQuantity(text: string, mention: NumberMention, wanted: number): string | undefined {
  const found = [...text.matchAll(DIGITS)];
  const [digits] = found;
  const held = Number(mention.value.replace("%", ""));
  if (!digits || found.length > 1) {
    // Words: "three", and nothing beside it but an ending that goes with any number.
    const word = ONES.findIndex((each) => each === text.toLowerCase());
    if (digits || word < 0 || word !== held || !Number.isInteger(wanted)) return undefined;
    return likeCapitals(ONES[wanted] ?? writeDigits(wanted, "1") ?? "", text) || undefined;
  }
  const mantissa = Number(digits[0].replaceAll(",", ""));
  const scale = divide(held, mantissa);
  if (!Number.isFinite(scale) || scale <= 0) return undefined;
  const before = text.slice(0, digits.index);
  const after = text.slice(digits.index + digits[0].length);
  const next = divide(wanted, scale);
  const isTidy = scale === 1 || (next >= 1 && next < 1000);
  const written = isTidy ? writeDigits(next, digits[0]) : undefined;
  if (written !== undefined) return before + written + after;
  // 300 million becomes 1.2 billion, not 1,200 million; below a million it is written out.
  const scaleWord = SCALES.find(([word]) => after.includes(word));
  if (!scaleWord) return undefined;
  const better = SCALES.find(([, power]) => wanted >= power);
  if (!better)
    return wanted >= 1000
      ? before + (writeDigits(wanted, "1,000") ?? "") + after.replace(/\s*-?(?:trillion|billion|million)/, "")
      : undefined;
  const inBetter = writeDigits(divide(wanted, better[1]), "1");
  return inBetter === undefined ? undefined : before + inBetter + after.replace(scaleWord[0], better[0]);
}

function writeOrdinal(text: string, wanted: number): string | undefined {
  if (!Number.isInteger(wanted)) return undefined;
  if (ORDINALS.includes(text.toLowerCase())) return likeCapitals(ORDINALS[wanted] ?? `${wanted}${suffixOf(wanted)}`, text);
  const found = [...text.matchAll(/\d+(st|nd|rd|th)?/g)];
  const [digits] = found;
  if (!digits || found.length > 1) return undefined;
  const written = digits[1] === undefined ? String(wanted) : `${wanted}${suffixOf(wanted)}`;
  return text.slice(0, digits.index) + written + text.slice(digits.index + digits[0].length);
}

type Day = { readonly year?: string; readonly month?: number; readonly day?: number };

function readDay(value: string): Day | undefined {
  const found = /^(?:(\d{4})|-)(?:-(\d{2})|-)?(?:-(\d{2}))?$/.exec(value);
  if (!found) return undefined;
  const [, year, month, day] = found;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

/** Puts each changed part where the old one stands; every one must stand there exactly once. */
function writeDay(text: string, from: Day, to: Day): string | undefined {
  // A weekday would have to change as well, and nothing says to which.
  if (/(?:mon|tues|wednes|thurs|fri|satur|sun)day|星期|周[一二三四五六日]/i.test(text)) return undefined;
  let failed = false;
  const replace = (whole: string, pattern: RegExp, write: (found: string) => string | undefined): string => {
    let count = 0;
    const written = whole.replace(pattern, (found: string) => {
      const next = write(found);
      if (next !== undefined) count++;
      return next ?? found;
    });
    if (count !== 1) failed = true;
    return written;
  };
  const numeric = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (numeric) {
    const [, , separator = "-", month = "", day = ""] = numeric;
    if (to.year === undefined || to.month === undefined || to.day === undefined) return undefined;
    const like = (value: number, model: string) =>
      model.startsWith("0") || model.length === 2 ? String(value).padStart(2, "0") : String(value);
    return [to.year, like(to.month, month), like(to.day, day)].join(separator);
  }
  let written = text;
  if (to.day !== undefined && to.day !== from.day) {
    const day = to.day;
    written = replace(written, /(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?![\d月])/g, (found) => {
      if (Number.parseInt(found, 10) !== from.day) return undefined;
      return /\D$/.test(found) ? `${day}${suffixOf(day)}` : String(day);
    });
  }
  if (to.month !== undefined && to.month !== from.month) {
    const name = MONTHS[to.month - 1] ?? "";
    const month = String(to.month);
    const before = MONTHS[(from.month ?? 0) - 1] ?? "\n";
    written = replace(written, /\p{L}{3,9}\.?|\d{1,2}(?=\s*月)/gu, (found) => {
      if (Number(found) === from.month) return month;
      const word = found.replace(".", "").toLowerCase();
      if (word === before.toLowerCase()) return name;
      // "Sept." and "Feb.": May needs no stop and the others keep theirs.
      if (!before.toLowerCase().startsWith(word)) return undefined;
      return name.length <= 4 ? name : `${name.slice(0, 3)}${found.endsWith(".") ? "." : ""}`;
    });
  }
  if (to.year !== undefined && to.year !== from.year) {
    const year = to.year;
    written = replace(written, /(?<!\d)\d{4}(?!\d)/g, (found) => (found === from.year ? year : undefined));
  }
  return failed ? undefined : written;
}

/** `text` is what stands at the mention; `value` the new value, of the same kind. */
export function writeNumberLike(text: string, mention: NumberMention, value: string): string | undefined {
  if (mention.form === "code") return undefined;
  switch (mention.kind) {
    case "number":
    case "percent":
    case "multiple": {
      const wanted = Number(value.replace("%", ""));
      return Number.isFinite(wanted) ? writeQuantity(text, mention, wanted) : undefined;
    }
    case "ordinal":
      return writeOrdinal(text, Number(value));
    case "date": {
      const from = readDay(mention.value);
      const to = readDay(value);
      if (!from || !to) return undefined;
      const isSameShape = (["year", "month", "day"] as const).every(
        (part) => (from[part] === undefined) === (to[part] === undefined),
      );
      return isSameShape ? writeDay(text, from, to) : undefined;
    }
    case "fraction":
      return undefined;
  }
}

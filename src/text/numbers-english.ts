/**
 * Finds the numbers of an English text (see numbers.ts): 3,400; three thousand four hundred; 25 per cent; two-thirds;
 * the third; 3 Feb. 2020; the 1990s; doubled; "13th Five-Year Plan" (one ordinal). Other languages written with Latin
 * digits get at least their digits read.
 *
 * Method: the text as tokens, a small grammar with bounded look-ahead at each token.
 * Left out: "one" as a pronoun cannot be told from 1 (it is found, in words); dozens, hundreds of (no value).
 * Cost: O(length).
 */
import { formatDecimal, formatQuotient, fromInteger, MAXIMUM_DIGITS, parseDecimal, shift } from "./numbers-decimal.ts";
import type { Decimal } from "./numbers-decimal.ts";
import { foldForReading } from "./numbers-chinese.ts";
import { CARDINALS, DENOMINATORS, DOZEN, MONTHS, MULTIPLES, ORDINALS, SCALES } from "./numbers-english-words.ts";
import { QuantityReader } from "./numbers-english-quantity.ts";
import type { Quantity, Token } from "./numbers-english-quantity.ts";
import type { NumberKind, NumberReading } from "./numbers-mention.ts";

const TOKEN =
  /\d+(?:\.\d+){2,}|(?<![A-Za-z\d.])\.\d+|\d{1,3}(?:,\d{3}){1,8}(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|[A-Za-z]+|[^\sA-Za-z\d]/g;

/** 1. and 2) at the start, (3) and [4] anywhere: they count nothing. */
const ENUMERATORS = /^\s{0,8}\(?\d{1,3}[.)](?=\s)|\(\d{1,2}\)|\[\d{1,3}\]/g;

export function findEnglishNumbers(text: string): readonly NumberReading[] {
  const tokens: Token[] = [];
  const folded = foldForReading(text).replace(ENUMERATORS, (mark) => " ".repeat(mark.length));
  for (const match of folded.matchAll(TOKEN)) {
    const [token] = match;
    const start = match.index;
    tokens.push({ text: token, lower: token.toLowerCase(), start, end: start + token.length, digits: /^\.?\d/.test(token) });
  }
  const reader = new EnglishReader(tokens);
  const found: NumberReading[] = [];
  for (let at = 0; at < tokens.length;) {
    const outcome = reader.readAt(at);
    if (outcome?.reading) found.push(outcome.reading);
    at = outcome ? Math.max(at + 1, outcome.next) : at + 1;
  }
  return found;
}

type Outcome = { readonly next: number; readonly reading?: NumberReading };
/** 2.6.2.5: the number of a section or version. */
const SECTION = /^\d+(?:\.\d+){2,}$/;
const YEAR = /^[12]\d{3}$/;
const BEFORE_MONTH = new Set(
  "in of since by last this next until till late early mid from to through during between and before after every each for".split(
    " ",
  ),
);
const NOT_A_FRACTION_AFTER = new Set("first second third fourth last past next previous final latter other".split(" "));
const UNITS_OF_MEASURE = new Set("km kg cm mm m g h hm t kw mw gw pa nm ml l mg bn tn w v am pm".split(" "));

class EnglishReader {
  private readonly tokens: readonly Token[];
  private readonly quantities: QuantityReader;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.quantities = new QuantityReader(tokens);
  }

  readAt(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token || (!token.digits && !/^[a-z'’]/.test(token.lower))) return undefined;
    return (
      this.readCode(at) ??
      this.readDate(at) ??
      this.readDecade(at) ??
      this.readClock(at) ??
      this.readOrdinal(at) ??
      this.readFraction(at) ??
      this.readMultipleWord(at) ??
      this.readNumber(at)
    );
  }

  private lower(at: number): string {
    return this.tokens[at]?.lower ?? "";
  }

  /** No white space between this token and the one before. */
  private glued(at: number): boolean {
    return this.tokens[at] !== undefined && this.tokens[at - 1]?.end === this.tokens[at]?.start;
  }

  private isWord(at: number): boolean {
    return /^[a-z]/.test(this.lower(at));
  }

  private make(
    from: number,
    next: number,
    kind: NumberKind,
    value: string,
    form: NumberReading["form"],
    quantity?: Quantity,
  ): Outcome {
    const start = this.tokens[from]?.start ?? 0;
    const end = this.tokens[next - 1]?.end ?? start;
    const approximate = this.isBound(from);
    const mantissa = quantity ? formatDecimal(quantity.mantissa) : undefined;
    return {
      next,
      reading: {
        start,
        end,
        kind,
        value,
        form,
        ...(approximate ? { approximate: true as const } : {}),
        ...(mantissa === undefined ? {} : { mantissa }),
        ...(quantity?.power === undefined ? {} : { power: quantity.power }),
      },
    };
  }

  private isBound(at: number): boolean {
    const before = `${this.lower(at - 2)} ${this.lower(at - 1)}`;
    return /(?:^|\s)over$|more than$|(?:^|\s)some$|(?:^|\s)about$|(?:^|\s)around$|(?:^|\s)nearly$|(?:^|\s)almost$/.test(before);
  }

  /** G20, COVID-19, 5G, H1N1: digits that belong to a name. */
  private readCode(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token?.digits) return undefined;
    if (SECTION.test(token.text)) return this.make(at, at + 1, "number", token.text, "code");
    const isOrdinal = this.glued(at + 1) && /^(?:st|nd|rd|th)$/.test(this.lower(at + 1));
    const currency = /^(?:rmb|cny|usd|us|hk|hkd|eur|gbp|no|nos)$/.test(this.lower(at - 1));
    const letterBefore =
      (this.glued(at) && this.isWord(at - 1) && !currency) ||
      (this.lower(at - 1) === "-" &&
        this.glued(at) &&
        this.glued(at - 1) &&
        this.isWord(at - 2) &&
        !this.isNumberWord(at - 2) &&
        !MONTHS.has(this.lower(at - 2)));
    const next = this.lower(at + 1);
    const letterAfter =
      this.glued(at + 1) && this.isWord(at + 1) && !isOrdinal && !UNITS_OF_MEASURE.has(next) && next !== "s" && !SCALES.has(next);
    if (!letterBefore && !letterAfter) return undefined;
    const value = /^\d{1,40}/.exec(token.text)?.[0].replace(/^0+(?=\d)/, "") ?? token.text;
    return this.make(at, at + 1, "number", value, "code");
  }

  private isNumberWord(at: number): boolean {
    const word = this.lower(at);
    return CARDINALS.has(word) || SCALES.has(word) || ORDINALS.has(word) || /^(?:mid|pre|post|from|to|between|and)$/.test(word);
  }

  private readDate(at: number): Outcome | undefined {
    const iso = this.readIsoDate(at);
    if (iso) return iso;
    const month = this.readMonth(at);
    if (month) return this.readMonthFirst(at, month);
    return this.readDayFirst(at);
  }

  private readIsoDate(at: number): Outcome | undefined {
    const [year, month, day] = [this.tokens[at], this.tokens[at + 2], this.tokens[at + 4]];
    const mark = this.lower(at + 1);
    if (!year || !month || !day || !YEAR.test(year.text) || (mark !== "-" && mark !== "/") || this.lower(at + 3) !== mark)
      return undefined;
    if (!/^\d{1,2}$/.test(month.text) || !/^\d{1,2}$/.test(day.text)) return undefined;
    for (let part = at + 1; part <= at + 4; part++) if (!this.glued(part)) return undefined;
    if (!isMonth(Number(month.text)) || !isDay(Number(day.text))) return undefined;
    return this.make(at, at + 5, "date", `${year.text}-${pad(Number(month.text))}-${pad(Number(day.text))}`, "digits");
  }

  /** A month's name with its full stop if it is shortened: the number and where it ends. */
  private readMonth(at: number): { readonly month: number; readonly next: number } | undefined {
    const token = this.tokens[at];
    const month = token && /^[A-Z]/.test(token.text) ? MONTHS.get(token.lower) : undefined;
    if (month === undefined) return undefined;
    return { month, next: this.lower(at + 1) === "." && this.glued(at + 1) && (token?.text.length ?? 0) <= 4 ? at + 2 : at + 1 };
  }

  private readMonthFirst(at: number, { month, next }: { readonly month: number; readonly next: number }): Outcome | undefined {
    const day = this.readDay(next);
    if (day) {
      const year = this.readYear(day.next);
      const written = `${pad(month)}-${pad(day.day)}`;
      return this.make(at, year?.next ?? day.next, "date", `${year?.year ?? "-"}-${written}`, "digits");
    }
    const year = this.readYear(next);
    if (year) return this.make(at, year.next, "date", `${year.year}-${pad(month)}`, "digits");
    // "May" and "March" are also other words: a month alone must follow a preposition, or not stand at the beginning.
    const word = this.lower(at);
    const ambiguous = word === "may" || word === "march" || word === "mar" || word === "sun" || word === "sat";
    if (ambiguous && !BEFORE_MONTH.has(this.lower(at - 1)) && !this.isAmongMonths(at)) return undefined;
    return this.make(at, at + 1, "date", `--${pad(month)}`, "words");
  }

  /** "April, May and August". */
  private isAmongMonths(at: number): boolean {
    const isMonthName = (place: number): boolean =>
      MONTHS.has(this.lower(place)) && /^[A-Z]/.test(this.tokens[place]?.text ?? "");
    return isMonthName(at - 2) || isMonthName(at + 2);
  }

  /** 3, 3rd or third, and not a year or a larger number. */
  private readDay(at: number): { readonly day: number; readonly next: number } | undefined {
    const token = this.tokens[at];
    if (!token || !/^\d{1,2}$/.test(token.text) || !isDay(Number(token.text))) return undefined;
    if (/^(?:%|percent|million|billion|thousand)$/.test(this.lower(at + 1))) return undefined;
    const suffix = this.glued(at + 1) && /^(?:st|nd|rd|th)$/.test(this.lower(at + 1));
    return { day: Number(token.text), next: suffix ? at + 2 : at + 1 };
  }

  private readYear(at: number): { readonly year: string; readonly next: number } | undefined {
    const from = this.lower(at) === "," || (this.lower(at) === "of" && YEAR.test(this.lower(at + 1))) ? at + 1 : at;
    const token = this.tokens[from];
    if (!token || !YEAR.test(token.text) || (this.glued(from + 1) && this.isWord(from + 1))) return undefined;
    return { year: token.text, next: from + 1 };
  }

  private readDayFirst(at: number): Outcome | undefined {
    const day = this.readDay(at);
    if (!day) return undefined;
    let next = day.next;
    if (this.lower(next) === "of") next++;
    const month = this.readMonth(next);
    if (!month) return undefined;
    const year = this.readYear(month.next);
    const value = `${year?.year ?? "-"}-${pad(month.month)}-${pad(day.day)}`;
    return this.make(at, year?.next ?? month.next, "date", value, "digits");
  }

  private readDecade(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token || !/^(?:[12]\d)?\d0$/.test(token.text)) return undefined;
    const apostrophe = /^['’]$/.test(this.lower(at + 1)) && this.glued(at + 1);
    const letter = apostrophe ? at + 2 : at + 1;
    if (this.lower(letter) !== "s" || !this.glued(letter)) return undefined;
    return this.make(at, letter + 1, "date", `${token.text}s`, "digits");
  }

  /** 8:30, 8.30 p.m., 8 pm. */
  private readClock(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token || !/^\d{1,2}(?:\.\d{2})?$/.test(token.text)) return undefined;
    const [hours = "", decimals = ""] = token.text.split(".");
    let minutes = decimals;
    let next = at + 1;
    if (
      minutes === "" &&
      this.lower(next) === ":" &&
      this.glued(next) &&
      this.glued(next + 1) &&
      /^\d{2}$/.test(this.lower(next + 1))
    ) {
      minutes = this.lower(next + 1);
      next += 2;
    }
    const half = /^(am|pm)$/.exec(this.lower(next))?.[1];
    const dotted =
      /^[ap]$/.test(this.lower(next)) && this.lower(next + 1) === "." && this.lower(next + 2) === "m"
        ? this.lower(next)
        : undefined;
    if (half === undefined && dotted === undefined && (minutes === "" || token.text.includes("."))) return undefined;
    let hour = Number(hours);
    if (half !== undefined) next++;
    if (dotted !== undefined) next += this.lower(next + 3) === "." ? 4 : 3;
    if (hour < 12 && (half === "pm" || dotted === "p")) hour += 12;
    if (hour > 24 || Number(minutes) > 59) return undefined;
    return this.make(at, next, "date", `T${pad(hour)}:${minutes.padStart(2, "0")}`, "digits");
  }

  private readOrdinal(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token) return undefined;
    let value: Decimal | undefined;
    let next = at + 1;
    if (token.digits) {
      if (!this.glued(next) || !/^(?:st|nd|rd|th)$/.test(this.lower(next)) || token.text.length > MAXIMUM_DIGITS)
        return undefined;
      value = parseDecimal(token.text.replaceAll(",", ""));
      next++;
    } else {
      const single = ORDINALS.get(token.lower);
      const tens = CARDINALS.get(token.lower);
      if (single !== undefined) value = fromInteger(single);
      else if (tens !== undefined && tens >= 20) {
        const unit = this.lower(next) === "-" ? next + 1 : next;
        const ordinal = ORDINALS.get(this.lower(unit));
        if (ordinal === undefined || ordinal >= 10) return undefined;
        value = fromInteger(tens + ordinal);
        next = unit + 1;
      }
    }
    if (value === undefined) return undefined;
    // "13th Five-Year Plan" is one name for 十三五.
    if (this.lower(next) === "five" && this.lower(next + 1) === "-" && this.lower(next + 2) === "year") next += 3;
    else if (this.lower(next) === "five" && this.lower(next + 1) === "year") next += 2;
    return this.make(at, next, "ordinal", formatDecimal(value), token.digits ? "digits" : "words");
  }

  /** two-thirds, a quarter, half, one and a half, 1/4, half a million. */
  private readFraction(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (!token) return undefined;
    if (token.lower === "half" && !NOT_A_FRACTION_AFTER.has(this.lower(at - 1))) return this.readHalf(at);
    if (/^\d{1,3}$/.test(token.text) && this.lower(at + 1) === "/" && this.glued(at + 1) && this.glued(at + 2)) {
      const denominator = this.tokens[at + 2];
      if (denominator && /^[1-9]\d{0,2}$/.test(denominator.text) && this.lower(at + 3) !== "/") {
        const value = formatQuotient(parseDecimal(token.text), parseDecimal(denominator.text));
        if (value !== undefined && Number(token.text) < Number(denominator.text))
          return this.make(at, at + 3, "fraction", value, "digits");
      }
    }
    const numerator = token.lower === "a" ? 1 : CARDINALS.get(token.lower);
    if (numerator === undefined || numerator >= 20 || numerator === 0 || NOT_A_FRACTION_AFTER.has(this.lower(at - 1)))
      return undefined;
    const place = this.lower(at + 1) === "-" ? at + 2 : at + 1;
    const word = this.lower(place);
    const denominator = DENOMINATORS.get(word);
    if (denominator === undefined) return undefined;
    const plural = word.endsWith("s");
    if ((numerator === 1) === plural) return undefined;
    // "a third time" is an ordinal; "a third of" and "one-third" are parts.
    if (numerator === 1 && token.lower === "a" && word !== "quarter" && this.lower(place + 1) !== "of") return undefined;
    const value = formatQuotient(fromInteger(numerator), fromInteger(denominator));
    return value === undefined ? undefined : this.make(at, place + 1, "fraction", value, "words");
  }

  private readHalf(at: number): Outcome | undefined {
    const from = this.lower(at + 1) === "a" || this.lower(at + 1) === "-" ? at + 2 : at + 1;
    const power = SCALES.get(this.lower(from));
    if (power !== undefined && from > at + 1) {
      const value = power === DOZEN ? "6" : formatDecimal(shift(parseDecimal("0.5"), power));
      return this.make(at, from + 1, "number", value, "words");
    }
    if (/^(?:year|day|month|hour|century|dozen|time)$/.test(this.lower(from))) return { next: from };
    return this.make(at, at + 1, "fraction", "0.5", "words");
  }

  private readMultipleWord(at: number): Outcome | undefined {
    const value = MULTIPLES.get(this.lower(at));
    if (value === undefined) return undefined;
    const digit = this.lower(at) === "double" && this.lower(at + 1) === "-" && this.lower(at + 2) === "digit";
    return digit ? { next: at + 3 } : this.make(at, at + 1, "multiple", String(value), "words");
  }

  private readNumber(at: number): Outcome | undefined {
    const token = this.tokens[at];
    if (token?.digits && token.text.length > MAXIMUM_DIGITS)
      return this.make(at, at + 1, "number", token.text.replaceAll(",", ""), "digits");
    const quantity = this.quantities.readQuantity(at);
    if (!quantity) return undefined;
    const { value, form } = quantity;
    const plain = formatDecimal(value);
    let next = quantity.next;
    if (this.lower(next) === "-" && this.glued(next)) next++;
    const word = this.lower(next);
    if (word === "%" || word === "percent" || word === "pct")
      return this.make(at, next + 1, "percent", `${plain}%`, form, quantity);
    if (word === "per" && this.lower(next + 1) === "cent") return this.make(at, next + 2, "percent", `${plain}%`, form, quantity);
    if (word === "‰") return this.make(at, next + 1, "fraction", formatDecimal(shift(value, -3)), form);
    if (word === "times" || word === "fold" || (word === "time" && next > quantity.next))
      return this.make(at, next + 1, "multiple", plain, form, quantity);
    const isYear = form === "digits" && quantity.power === undefined && YEAR.test(token?.text ?? "") && /^(?:19|20)/.test(plain);
    return this.make(at, quantity.next, isYear ? "date" : "number", plain, form, quantity);
  }
}

function isMonth(value: number): boolean {
  return value >= 1 && value <= 12;
}

function isDay(value: number): boolean {
  return value >= 1 && value <= 31;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

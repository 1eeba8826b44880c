/**
 * Reads one Chinese numeral: 三千四百, 一万二, 1万2千, 3.4万亿, 二〇二〇, 三点五.
 *
 * The text is folded before (width, traditional unit characters), one character for one character, so offsets stay.
 * Approximate numerals without a value of their own (三四十, 十几, 数十万) are read to their end and marked `vague`.
 * Cost: O(length of the numeral).
 */
import { add, fromInteger, isZero, MAXIMUM_DIGITS, multiply, parseDecimal, shift, ZERO } from "./numbers-decimal.ts";
import type { Decimal } from "./numbers-decimal.ts";

export const HAN_DIGITS = "零〇一二三四五六七八九";
const DIGIT_VALUES = new Map<string, number>([
  ...[..."〇一二三四五六七八九"].map((character, value): [string, number] => [character, value]),
  ["零", 0],
  ["两", 2],
]);
const SMALL_UNITS = new Map([
  ["十", 1],
  ["百", 2],
  ["千", 3],
]);
const LARGE_UNITS = new Map([
  ["万", 4],
  ["亿", 8],
  ["兆", 12],
]);
/** 兆 before a unit of measure is mega. */
const MEGA = /兆(?:瓦|字节|赫|帕|比特|欧|伏|焦)/y;
const LATIN_DIGITS = /\d{1,3}(?:,\d{3}){1,8}(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?/y;
const DIGIT_SEQUENCE = /[零〇一二三四五六七八九]{2,}/y;
const MORE = /[多余](?=[十百千万亿兆])/y;
const DECIMAL_PART = /点([零〇一二三四五六七八九]+)(?![十百千刻])/y;

export type Numeral = {
  readonly end: number;
  /** Undefined when vague, or when there are too many digits to reckon with: then `literal` is compared. */
  readonly value?: Decimal;
  readonly literal?: string;
  readonly vague: boolean;
  readonly approximate: boolean;
  readonly form: "digits" | "words";
  /** The number before its last 万 or 亿, and that unit's power of ten, to complete 3-5万. */
  readonly mantissa?: Decimal;
  readonly power?: number;
  /** Digits read one by one: 二〇二〇, 2020. */
  readonly digits?: string;
};

export function digitsOf(sequence: string): string {
  return Array.from(sequence, (character) => String(DIGIT_VALUES.get(character) ?? character)).join("");
}

/** The numeral that begins at `start`, or undefined when none does. `text` is folded. */
export function readNumeral(text: string, start: number): Numeral | undefined {
  const sequence = matchAt(DIGIT_SEQUENCE, text, start);
  if (sequence !== undefined) return readDigitSequence(text, start, sequence);
  return new NumeralReader(text, start).read();
}

function readDigitSequence(text: string, start: number, sequence: string): Numeral {
  let end = start + sequence.length;
  const next = text.charAt(end);
  const spelled = /[零〇]/.test(sequence) || sequence.length >= 3;
  if (spelled && !SMALL_UNITS.has(next) && !LARGE_UNITS.has(next)) {
    const digits = digitsOf(sequence);
    if (digits.length > MAXIMUM_DIGITS) return { end, literal: digits, vague: false, approximate: false, form: "words" };
    return { end, value: parseDecimal(digits), digits, vague: false, approximate: false, form: "words" };
  }
  // 三四十, 七八百万: two digits side by side before a unit, or alone, mean "three or four".
  while (SMALL_UNITS.has(text.charAt(end)) || LARGE_UNITS.has(text.charAt(end))) end++;
  return { end, vague: true, approximate: true, form: "words" };
}

/** State of one reading; lives for one call. */
class NumeralReader {
  private readonly text: string;
  private at: number;
  private readonly start: number;
  private total: Decimal = ZERO;
  private section: Decimal = ZERO;
  private current: Decimal | undefined;
  private smallest = Number.POSITIVE_INFINITY;
  private largest = 0;
  private lastUnit = 0;
  private zeroSeen = false;
  private approximate = false;
  private vague = false;
  private form: "digits" | "words" = "words";
  private literal: string | undefined;
  private plainDigits: string | undefined;
  private mantissa: Decimal | undefined;
  private power: number | undefined;

  constructor(text: string, start: number) {
    this.text = text;
    this.start = start;
    this.at = start;
  }

  read(): Numeral | undefined {
    while (this.at < this.text.length && this.literal === undefined && this.step());
    if (this.at === this.start) return undefined;
    this.readVagueTail();
    const outcome = { end: this.at, vague: this.vague, approximate: this.approximate || this.vague, form: this.form };
    if (this.literal !== undefined) return { ...outcome, literal: this.literal };
    if (this.vague) return outcome;
    return {
      ...outcome,
      value: this.sum(),
      ...(this.mantissa && this.power !== undefined && this.current === undefined && isZero(this.section)
        ? { mantissa: this.mantissa, power: this.power }
        : {}),
      ...(this.plainDigits !== undefined && this.plainDigits.length === this.at - this.start ? { digits: this.plainDigits } : {}),
    };
  }

  private step(): boolean {
    const character = this.text.charAt(this.at);
    if (character >= "0" && character <= "9") return this.readLatinDigits();
    const digit = DIGIT_VALUES.get(character);
    if (digit !== undefined) return this.readDigit(digit);
    const small = SMALL_UNITS.get(character);
    if (small !== undefined) return this.applySmallUnit(small);
    const large = LARGE_UNITS.get(character);
    if (large !== undefined) return this.applyLargeUnit(large);
    if (this.lastUnit > 0 || this.current !== undefined) {
      if (matchAt(MORE, this.text, this.at) !== undefined) {
        this.approximate = true;
        this.at++;
        return true;
      }
      if (this.current !== undefined) return this.readDecimalPart();
    }
    return false;
  }

  private readLatinDigits(): boolean {
    // A second run of digits only after a unit: 1万2千.
    if (this.current !== undefined || (this.at > this.start && this.lastUnit === 0)) return false;
    const digits = matchAt(LATIN_DIGITS, this.text, this.at) ?? "";
    if (digits.length > MAXIMUM_DIGITS) {
      if (this.at > this.start) return false;
      this.literal = digits.replaceAll(",", "");
    } else {
      const plain = digits.replaceAll(",", "");
      if (this.at === this.start) this.plainDigits = digits;
      this.current = parseDecimal(plain);
    }
    this.form = "digits";
    this.at += digits.length;
    return true;
  }

  private readDigit(digit: number): boolean {
    if (digit === 0) {
      if (this.at > this.start) {
        // 一百零五: a zero joins only what follows it.
        const next = this.text.charAt(this.at + 1);
        if (this.current !== undefined || !(DIGIT_VALUES.has(next) || SMALL_UNITS.has(next) || /\d/.test(next))) return false;
        this.zeroSeen = true;
      } else this.current = ZERO;
      this.at++;
      return true;
    }
    if (this.current !== undefined) {
      if (this.form === "digits" || isZero(this.current)) return false;
      this.vague = true; // 一百二三十
    }
    this.current = fromInteger(digit);
    this.at++;
    return true;
  }

  private applySmallUnit(power: number): boolean {
    if (power >= this.smallest) return false;
    if (this.current === undefined) {
      // 十 may stand without a digit before it; 百 and 千 begin no number (百姓, 千方百计).
      if (power !== 1 || this.lastUnit > 0) return false;
      this.current = fromInteger(1);
      if (/[数几]$/.test(this.text.slice(Math.max(0, this.start - 1), this.start)) && !this.followsCount()) this.vague = true;
    }
    this.section = add(this.section, shift(this.current, power));
    this.current = undefined;
    this.smallest = power;
    this.lastUnit = power;
    this.zeroSeen = false;
    this.at++;
    return true;
  }

  /** 人数十万 is "the number of people: 100,000"; 数十万人 is vague. */
  private followsCount(): boolean {
    return /(?:人|总|户|次|件|例|指|基|系|倍|个|床位|张)数$/.test(this.text.slice(Math.max(0, this.start - 3), this.start));
  }

  private applyLargeUnit(power: number): boolean {
    if (power === 12 && matchAt(MEGA, this.text, this.at) !== undefined) return false;
    const section = this.current === undefined ? this.section : add(this.section, this.current);
    if (this.at === this.start) return false;
    if (this.largest === 0 || power < this.largest) {
      if (isZero(section)) return false;
      this.total = add(this.total, shift(section, power));
      this.mantissa = this.largest === 0 ? section : undefined;
      this.power = this.largest === 0 ? power : undefined;
    } else {
      // 万亿, 五千万亿: a larger unit multiplies all that came before.
      const before = add(this.total, section);
      if (isZero(before) || power === this.largest) return false;
      this.total = shift(before, power);
      this.power = this.power !== undefined && isZero(section) ? this.power + power : undefined;
    }
    this.section = ZERO;
    this.current = undefined;
    this.smallest = Number.POSITIVE_INFINITY;
    this.largest = power;
    this.lastUnit = power;
    this.zeroSeen = false;
    this.at++;
    return true;
  }

  private readDecimalPart(): boolean {
    if (this.form !== "words" || this.current === undefined) return false;
    const part = matchAt(DECIMAL_PART, this.text, this.at);
    if (part === undefined || part.length > MAXIMUM_DIGITS) return false;
    const fraction = parseDecimal(`0.${digitsOf(part.slice(1))}`);
    this.current = add(this.current, fraction);
    this.at += part.length;
    return true;
  }

  /** 十几, 二十几万, 3000多: a tail that leaves the value open. */
  private readVagueTail(): void {
    const next = this.text.charAt(this.at);
    if (next === "几" && this.lastUnit > 0) {
      this.vague = true;
      this.at++;
      while (SMALL_UNITS.has(this.text.charAt(this.at)) || LARGE_UNITS.has(this.text.charAt(this.at))) this.at++;
    } else if (next === "多" || next === "余") {
      this.approximate = true;
    }
  }

  private sum(): Decimal {
    let last = this.current ?? ZERO;
    // 一万二 is 12,000 and 三千五 is 3,500; 一万零二 and 二十五 are what they say.
    if (this.current !== undefined && this.lastUnit >= 2 && !this.zeroSeen && this.form === "words") {
      last = multiply(last, shift(fromInteger(1), this.lastUnit - 1));
    }
    return add(add(this.total, this.section), last);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

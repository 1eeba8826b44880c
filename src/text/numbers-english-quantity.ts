/**
 * Reads English cardinals: digits, words, or both (2.5 million, one hundred and five, twenty-five, a dozen).
 * Cost: O(tokens of the numeral).
 */
import { add, fromInteger, multiply, parseDecimal, shift } from "./numbers-decimal.ts";
import type { Decimal } from "./numbers-decimal.ts";
import { CARDINALS, DOZEN, SCALES } from "./numbers-english-words.ts";

export type Token = {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly digits: boolean;
};

export type Quantity = {
  readonly next: number;
  readonly value: Decimal;
  readonly form: "digits" | "words";
  /** The value before million or thousand, and that power. */
  readonly mantissa: Decimal;
  readonly power?: number;
};

type Part = { readonly value: Decimal; readonly next: number };

export class QuantityReader {
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private lower(at: number): string {
    return this.tokens[at]?.lower ?? "";
  }

  /** Cardinals in digits, words, or both (2.5 million, one hundred and five, twenty-five). */
  readQuantity(at: number): Quantity | undefined {
    const token = this.tokens[at];
    if (!token) return undefined;
    let total: Decimal = fromInteger(0);
    let section: Decimal;
    let next: number;
    let lastScale = Number.POSITIVE_INFINITY;
    let power: number | undefined;
    let form: "digits" | "words" = "words";
    if (token.digits) {
      section = parseDecimal(token.text.replaceAll(",", ""));
      form = "digits";
      next = at + 1;
    } else {
      const read = this.readBelowThousand(at) ?? this.readArticle(at);
      if (!read) return undefined;
      section = read.value;
      next = read.next;
    }
    let mantissa = section;
    for (;;) {
      const place = this.lower(next) === "-" && SCALES.has(this.lower(next + 1)) ? next + 1 : next;
      const scale = SCALES.get(this.lower(place));
      if (scale === undefined || scale >= lastScale) break;
      total = add(total, scale === DOZEN ? multiply(section, fromInteger(12)) : shift(section, scale));
      power = power === undefined ? scale : power;
      lastScale = scale;
      next = place + 1;
      const and = this.lower(next) === "and" ? next + 1 : this.lower(next) === "," && !token.digits ? next + 1 : next;
      const rest = token.digits ? undefined : this.readBelowThousand(and);
      const more = rest && (and === next || rest.value.units < 1000n) ? rest : undefined;
      // "two million, three of them": a comma joins only what is scaled again.
      if (!more || (this.lower(next) === "," && !SCALES.has(this.lower(more.next)))) {
        return { next, value: total, form, mantissa, ...(power === DOZEN ? {} : { power }) };
      }
      section = more.value;
      mantissa = section;
      next = more.next;
      if (!SCALES.has(this.lower(next))) return { next, value: add(total, section), form, mantissa: add(total, section) };
      power = undefined;
    }
    return { next, value: add(total, section), form, mantissa };
  }

  /** "a hundred", "a million", "a dozen": the article counts one before a scale. */
  private readArticle(at: number): Part | undefined {
    if (this.lower(at) !== "a" || !(SCALES.has(this.lower(at + 1)) || this.lower(at + 1) === "hundred")) return undefined;
    if (this.lower(at + 1) !== "hundred") return { value: fromInteger(1), next: at + 1 };
    return this.readHundreds(fromInteger(100), at + 2);
  }

  private readBelowThousand(at: number): Part | undefined {
    const first = this.readBelowHundred(at);
    if (!first) return undefined;
    if (this.lower(first.next) !== "hundred") return first;
    return this.readHundreds(multiply(first.value, fromInteger(100)), first.next + 1);
  }

  private readHundreds(hundreds: Decimal, next: number): Part {
    const rest = this.readBelowHundred(this.lower(next) === "and" ? next + 1 : next);
    return rest ? { value: add(hundreds, rest.value), next: rest.next } : { value: hundreds, next };
  }

  private readBelowHundred(at: number): Part | undefined {
    const value = CARDINALS.get(this.lower(at));
    if (value === undefined) return undefined;
    if (value >= 20) {
      const place = this.lower(at + 1) === "-" ? at + 2 : at + 1;
      const unit = CARDINALS.get(this.lower(place));
      if (unit !== undefined && unit >= 1 && unit <= 9) return { value: fromInteger(value + unit), next: place + 1 };
    }
    return { value: fromInteger(value), next: at + 1 };
  }
}

/** What a number found in a text is; see numbers.ts for its values. */
import type { Span } from "../model/span.ts";

export type NumberKind = "number" | "percent" | "date" | "ordinal" | "fraction" | "multiple";

export type NumberMention = Span & {
  readonly kind: NumberKind;
  readonly value: string;
  /** `code`: digits glued to letters (G20, COVID-19, 5G), which the other language may write without them. */
  readonly form: "digits" | "words" | "code";
  /** "more than 3,000", 三千多: the value is a bound. */
  readonly approximate?: true;
};

/** What the scanners hand to the range pass: the mention, and its number before 万, "million" or % was applied. */
export type NumberReading = NumberMention & { readonly mantissa?: string; readonly power?: number };

/** Numbers, percentages, ordinals, fractions and multiples in English, in the manner of one that stands there (see write-number.ts). */
import type { NumberMention } from "../text/numbers.ts";

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "- ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINAL_ONES =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(
    " ",
  );
const DENOMINATORS = ["", "", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
/** Powers of ten that a following word stands for, greatest first. */
const SCALES: readonly (readonly [string, number])[] = [
  ["trillion", 1e12],
  ["billion", 1e9],
  ["million", 1e6],
  ["thousand", 1e3],
  ["hundred", 1e2],
];
const SCALE_WORD = /^(\s*-?\s*)(trillion|billion|million|thousand|hundred)\b/i;
const DIGITS = /\d[\d,]*(?:\.\d+)?/g;
const SUFFIX = /[\s-]*(?:%|per\s?cent|pct|times|time|-?fold)$/i;
/** "doubled" -> "tripled": each family has the same ending in the same place. */
const MULTIPLES: readonly (readonly (string | undefined)[])[] = [
  [undefined, undefined, "double", "triple", "quadruple", "quintuple"],
  [undefined, undefined, "doubled", "tripled", "quadrupled", "quintupled"],
  [undefined, undefined, "doubles", "triples", "quadruples"],
  [undefined, undefined, "doubling", "tripling", "quadrupling"],
  [
    undefined,
    undefined,
    "twofold",
    "threefold",
    "fourfold",
    "fivefold",
    "sixfold",
    "sevenfold",
    "eightfold",
    "ninefold",
    "tenfold",
  ],
  [undefined, undefined, "twice", "three times", "four times", "five times", "six times", "seven times", "eight times"],
];
/** Below this a number in words stays in words; above, "thirty-five" only where the memory spelled such a number. */
const LARGEST_USUAL_WORD = 20;
/** From here on a number without a model of its size is written with "million". */
const LARGE = 1e6;

export function ordinalSuffixOf(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][value % 10] ?? "th";
}

function likeCapitals(word: string, model: string): string {
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** A quotient without the dust of binary fractions: 2.5e6 / 1e6, not 2.4999999. */
function divide(value: number, by: number): number {
  return Number((value / by).toPrecision(15));
}

/** Decimal digits, grouped by threes when the model groups, or when the model is too short to say and it is long. */
function writeDigits(value: number, model: string): string | undefined {
  const text = String(value);
  if (!/^\d+(?:\.\d{1,6})?$/.test(text)) return undefined;
  const [whole = "", fraction] = text.split(".");
  const wholeModel = model.split(".")[0] ?? "";
  const isGrouped = wholeModel.includes(",") || (whole.length > 3 && wholeModel.length < 4);
  const digits = isGrouped ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole;
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

function spell(value: number): string | undefined {
  if (!Number.isInteger(value) || value < 0 || value > 99) return undefined;
  if (value < 20) return ONES[value];
  const tens = TENS[Math.floor(value / 10)] ?? "";
  return value % 10 === 0 ? tens : `${tens}-${ONES[value % 10] ?? ""}`;
}

function readSpelled(words: string): number | undefined {
  for (let value = 0; value <= 99; value++) {
    if (spell(value) === words.toLowerCase().replace(/\s+/, "-")) return value;
  }
  return undefined;
}

/** 300000000 as "300 million", 3400 as "3,400". */
function writeFresh(wanted: number): string | undefined {
  const scale = wanted >= LARGE ? SCALES.find(([, power]) => wanted >= power) : undefined;
  if (!scale) return writeDigits(wanted, "1");
  const mantissa = writeDigits(divide(wanted, scale[1]), "1");
  return mantissa === undefined ? writeDigits(wanted, "1") : `${mantissa} ${scale[0]}`;
}

function writeQuantity(text: string, held: number, wanted: number): string | undefined {
  const suffix = SUFFIX.exec(text)?.[0] ?? "";
  const body = text.slice(0, text.length - suffix.length);
  const found = [...body.matchAll(DIGITS)];
  const [digits] = found;
  if (!digits) return writeInWords(body, held, wanted, suffix);
  if (found.length > 1) return join(writeFresh(wanted), suffix);
  const before = body.slice(0, digits.index);
  const after = body.slice(digits.index + digits[0].length);
  const scaleWord = SCALE_WORD.exec(after)?.[0] ?? "";
  const mantissa = Number(digits[0].replaceAll(",", ""));
  const scale = mantissa === 0 ? 1 : divide(held, mantissa);
  if (!Number.isFinite(scale) || scale <= 0) return undefined;
  const next = divide(wanted, scale);
  // 300 million becomes 1.2 billion, not 1,200 million; below a million it is written out.
  const fitsScale = scale === 1 ? wanted < LARGE || held >= LARGE : next >= 1 && (next < 1000 || mantissa >= 1000);
  const written = fitsScale ? writeDigits(next, digits[0]) : undefined;
  if (written !== undefined) return before + written + after + suffix;
  if (scale !== 1 && scaleWord === "") return undefined;
  return join(writeFresh(wanted), after.slice(scaleWord.length) + suffix, before);
}

function join(written: string | undefined, after: string, before = ""): string | undefined {
  return written === undefined ? undefined : before + written + after;
}

function writeInWords(body: string, held: number, wanted: number, suffix: string): string | undefined {
  const scale = SCALES.find(([word]) => body.toLowerCase().endsWith(word));
  const words = scale ? body.slice(0, -scale[0].length).replace(/[\s-]+$/, "") : body;
  const small = readSpelled(words.toLowerCase() === "a" ? "one" : words);
  if (small === undefined || Math.abs(small * (scale?.[1] ?? 1) - held) > 1e-9 * held) {
    return join(likeCapitals(writeFresh(wanted) ?? "", body) || undefined, suffix);
  }
  const tail = scale ? body.slice(words.length) : "";
  const next = divide(wanted, scale?.[1] ?? 1);
  const isWord = Number.isInteger(next) && next <= (small > LARGEST_USUAL_WORD ? 99 : LARGEST_USUAL_WORD);
  if (isWord) return join(likeCapitals(spell(next) ?? "", body), tail + suffix);
  if (scale && next >= 1 && next < 1000) return join(writeDigits(next, "1"), tail + suffix);
  return join(writeFresh(wanted), suffix);
}

function writeOrdinal(text: string, wanted: number): string | undefined {
  if (!Number.isInteger(wanted)) return undefined;
  const found = [...text.matchAll(/\d+(st|nd|rd|th)?/g)];
  const [digits] = found;
  if (digits) {
    if (found.length > 1) return undefined;
    const written = digits[1] === undefined ? String(wanted) : `${wanted}${ordinalSuffixOf(wanted)}`;
    return text.slice(0, digits.index) + written + text.slice(digits.index + digits[0].length);
  }
  // "thirteenth Five-Year": the plan stays, the ordinal changes.
  const [, words = text, plan = ""] = /^(.*?)([\s-]+five[\s-]year)?$/i.exec(text) ?? [];
  const written = spellOrdinal(wanted) ?? `${wanted}${ordinalSuffixOf(wanted)}`;
  const adverb = /ly$/i.test(words) ? "ly" : "";
  return likeCapitals(written, words) + adverb + plan;
}

function spellOrdinal(value: number): string | undefined {
  if (value < 20) return ORDINAL_ONES[value];
  if (value > 99) return undefined;
  const tens = TENS[Math.floor(value / 10)] ?? "";
  return value % 10 === 0 ? tens.replace(/y$/, "ieth") : `${tens}-${ORDINAL_ONES[value % 10] ?? ""}`;
}

type Fraction = { readonly top: number; readonly bottom: number };

/** "2/3" and "0.25" as parts of at most ten. */
function readFraction(value: string): Fraction | undefined {
  const parts = /^(\d+)\/(\d+)$/.exec(value);
  if (parts) return { top: Number(parts[1]), bottom: Number(parts[2]) };
  for (let bottom = 2; bottom <= 10; bottom++) {
    const top = divide(Number(value) * bottom, 1);
    if (Number.isInteger(top) && top >= 1 && top < bottom) return { top, bottom };
  }
  return undefined;
}

function writeFraction(text: string, value: string): string | undefined {
  const fraction = readFraction(value);
  if (!fraction) return undefined;
  const { top, bottom } = fraction;
  if (/\d\/\d/.test(text)) return `${top}/${bottom}`;
  const name = DENOMINATORS[bottom];
  if (name === undefined || name === "") return undefined;
  if (bottom === 2) return likeCapitals("half", text);
  const separator = /-/.test(text) ? "-" : " ";
  const hasArticle = /^an?\s/i.test(text);
  const numerator = top === 1 ? (hasArticle ? "a" : "one") : (ONES[top] ?? "");
  const gap = numerator === "a" ? " " : separator;
  return likeCapitals(`${numerator}${gap}${name}${top === 1 ? "" : "s"}`, text);
}

function writeMultiple(text: string, held: number, wanted: number): string | undefined {
  const lower = text.toLowerCase();
  const family = MULTIPLES.find((words) => words[held] === lower);
  if (family) {
    const written = family[wanted];
    return written === undefined ? undefined : likeCapitals(written, text);
  }
  return writeQuantity(text, held, wanted);
}

export function writeEnglishNumber(text: string, { kind, value: old }: NumberMention, value: string): string | undefined {
  if (kind === "fraction") return value.endsWith("%") ? undefined : writeFraction(text, value);
  const wanted = Number(value.replace("%", ""));
  const held = Number(old.replace("%", ""));
  if (!Number.isFinite(wanted) || !Number.isFinite(held)) return undefined;
  switch (kind) {
    case "ordinal":
      return writeOrdinal(text, wanted);
    case "multiple":
      return writeMultiple(text, held, wanted);
    case "number":
    case "percent":
    case "date":
      return writeQuantity(text, held, wanted);
  }
}

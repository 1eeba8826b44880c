/**
 * Numbers, percentages and dates by value: 9亿 is 900 million, 2月3日 is February 3.
 *
 * Each number of the source must be there in the target at least once, and each number in digits in the target must come
 * from the source. Excused: numbers inside a term whose accepted rendering stands in the target (四个意识), small numbers
 * in words (一个, 两国, "both"), digits of names (COVID-19), a year that the target adds where the source says 今年, and
 * amounts in units that are usually converted (亩, 斤, 里).
 * One number missing and one of its kind too many are one finding: changed (error). Only missing, only added: warning.
 * Cost: O(length + numbers of the source × numbers of the target).
 */
import type { CheckedPair, Finding } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import { findNumbers } from "../text/numbers.ts";
import type { NumberMention } from "../text/numbers.ts";
import { agreeInValue } from "./number-agreement.ts";
import { makeFinding } from "./rule.ts";
import type { CheckContext, Rule } from "./rule.ts";

export const numbers: Rule = { id: "numbers", severity: "error", checkPair };

/** "In words" up to here, a number is often written as an article, a pronoun, "both", or not at all. */
const LARGEST_UNCHECKED_IN_WORDS = 10;
const CONVERTED_UNIT = /^\s?(?:多|余)?(?:万|亿)?(?:亩|市?斤|华?里(?![程面])|丈|尺|寸|两(?!个|年|次|地|国|岸))/;
/** Numbers in digits that English says in other words. */
const PARAPHRASES: readonly { readonly value: RegExp; readonly kind: NumberMention["kind"]; readonly words: RegExp }[] = [
  { value: /^1$/, kind: "number", words: /\b(?:an?|each|every|per|single|same|once)\b/i },
  { value: /^2$/, kind: "number", words: /\b(?:both|pairs?|couple|twice)\b/i },
  { value: /^24$/, kind: "number", words: /\b(?:round|around)[- ]the[- ]clock\b|\bday and night\b/i },
  { value: /^4$/, kind: "ordinal", words: /\b(?:last|final|closing) quarter\b/i },
  {
    value: /^\d{4}$/,
    kind: "date",
    words: /\b(?:the|this|last|next|that|same|previous|following|past) year\b|\byear[- ](?:end|on)\b/i,
  },
];
const RELATIVE_YEAR = /今年|去年|明年|前年|后年|本年|同年|当年|上年|次年|这一年|該年|该年|年度/;

function checkPair(pair: CheckedPair, context: CheckContext): readonly Finding[] {
  const { sourceLanguage, targetLanguage } = context.input;
  const source = findNumbers(pair.source, sourceLanguage);
  const target = findNumbers(pair.target, targetLanguage);
  if (source.length === 0 && target.length === 0) return [];
  const verdicts = context.judgeTerms(pair).filter(({ found }) => found.length > 0);
  const excusedSource = verdicts.flatMap((verdict) => verdict.places);
  const excusedTarget = verdicts.flatMap((verdict) => verdict.found.map(({ span }) => span));

  const missing = source.filter(
    (mention) =>
      mustAppear(mention, pair) && !isInside(mention, excusedSource) && !target.some((other) => agreeInValue(mention, other)),
  );
  const added = target.filter(
    (mention) =>
      mustComeFromSource(mention, pair.source) &&
      !isInside(mention, excusedTarget) &&
      !source.some((other) => agreeInValue(other, mention)),
  );
  return pairUp(missing, added).map(([lost, extra]) => report(pair, lost, extra));
}

function mustAppear(mention: NumberMention, { source, target }: CheckedPair): boolean {
  if (mention.form === "code") return false;
  if (CONVERTED_UNIT.test(source.slice(mention.end, mention.end + 6))) return false;
  if (mention.form === "words") return isWeighty(mention);
  if (PARAPHRASES.some(({ value, kind, words }) => value.test(mention.value) && mention.kind === kind && words.test(target)))
    return false;
  return mention.kind !== "number" || mention.value !== "0";
}

function mustComeFromSource(mention: NumberMention, sourceText: string): boolean {
  if (mention.form === "code" || mention.form === "words")
    return mention.form === "words" && isWeighty(mention) && mention.kind !== "multiple" && mention.approximate !== true;
  if (mention.kind === "date" && /^\d{4}(?:-|$)/.test(mention.value) && RELATIVE_YEAR.test(sourceText)) return false;
  return true;
}

/** Words that only mean a number: more than ten, a percentage, a date, a part. */
function isWeighty(mention: NumberMention): boolean {
  if (mention.kind === "percent") return true;
  if (mention.kind === "date") return !/^--\d{2}$/.test(mention.value) && !mention.value.startsWith("T");
  if (mention.kind === "fraction") return mention.value !== "0.5";
  return Number(mention.value) > LARGEST_UNCHECKED_IN_WORDS;
}

function isInside(span: Span, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => start <= span.start && span.end <= end);
}

/** A lost and an added number of one kind are one change. */
function pairUp(
  missing: readonly NumberMention[],
  added: readonly NumberMention[],
): readonly (readonly [NumberMention | undefined, NumberMention | undefined])[] {
  const rest = [...added];
  const paired = missing.map((lost): readonly [NumberMention, NumberMention | undefined] => {
    const at = rest.findIndex(
      (extra) => isDate(extra) === isDate(lost) && (extra.kind === "percent") === (lost.kind === "percent"),
    );
    return [lost, at < 0 ? undefined : rest.splice(at, 1)[0]];
  });
  return [...paired, ...rest.map((extra): readonly [undefined, NumberMention] => [undefined, extra])];
}

function isDate(mention: NumberMention): boolean {
  return mention.kind === "date";
}

function report(pair: CheckedPair, lost: NumberMention | undefined, extra: NumberMention | undefined): Finding {
  const inSource = lost ? pair.source.slice(lost.start, lost.end) : undefined;
  const inTarget = extra ? pair.target.slice(extra.start, extra.end) : undefined;
  const changed = inSource !== undefined && inTarget !== undefined;
  return makeFinding("numbers", changed ? "error" : "warning", pair, {
    message: changed ? "changed" : inSource === undefined ? "added" : "missing",
    subject: inSource ?? inTarget ?? "",
    ...(lost ? { sourceSpan: { start: lost.start, end: lost.end }, expected: [lost.value] } : {}),
    ...(extra ? { targetSpan: { start: extra.start, end: extra.end } } : {}),
    ...(inTarget === undefined ? {} : { actual: inTarget }),
    values: {
      ...(inSource === undefined || !lost ? {} : { source: inSource, value: lost.value }),
      ...(inTarget === undefined || !extra ? {} : { target: inTarget, targetValue: extra.value }),
    },
  });
}

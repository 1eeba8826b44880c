/**
 * Puts the query's numbers and dates into a target from the memory: 2月3日 in place of 5月8日 makes "3 February" of "8 May".
 *
 * Each number is adapted by itself, and only where nothing is in doubt: it has a partner in the query
 * (pair-numbers.ts), its value stands in the target as often as that can be accounted for, and what was written is read
 * back as the value that was wanted while every other number of the target is what it was. What is in doubt is left as
 * the memory has it and named. The result is a proposal with its places marked, never a confirmed text.
 * Cost: O(length), and that of one comparison of the two sources.
 */
import type { LanguageTag, Span } from "../model/span.ts";
import type { AdaptedTarget, NumberDoubt } from "../model/translation-unit.ts";
import { findNumbers } from "../text/numbers.ts";
import type { NumberMention } from "../text/numbers.ts";
import { pairNumbers } from "./pair-numbers.ts";
import type { NumberPair, PairedNumbers } from "./pair-numbers.ts";
import { readDay } from "./write-date.ts";
import { writeNumberLike } from "./write-number.ts";

export type NumberAdaptation = { readonly target?: AdaptedTarget; readonly doubts: readonly NumberDoubt[] };

export type AdaptationTexts = {
  readonly query: string;
  readonly source: string;
  readonly target: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

type Replacement = { readonly mention: NumberMention; readonly text: string; readonly value: string; readonly pair: NumberPair };

const RANGE_GAP = 12;
const WEEKDAY_NEAR = /(?:mon|tues|wednes|thurs|fri|satur|sun)day|星期[一二三四五六日天]|周[一二三四五六日]/i;
/** "2, 000": part of a number that a space broke. */
const RUN_ON = /^[,，]\s\d{3}(?!\d)/;
const NO_PLURAL = /^[\s-]*(?:yuan|rmb|percent|per\s?cent|%|°|mm\b|cm\b|m\b|km\b|kg\b|g\b)/i;

/** Kinds that two languages write for one another: 第五条 is "Article 5", 四分之一 may be "25 percent". */
function numericOf({ kind, value }: Pick<NumberMention, "kind" | "value">): number | undefined {
  if (kind === "date") return /^\d{4}$/.test(value) ? Number(value) : undefined;
  if (kind === "percent") return Number(value.replace("%", "")) / 100;
  const [top = "", bottom] = value.split("/");
  return bottom === undefined ? Number(top) : Number(top) / Number(bottom);
}

const isPart = ({ kind }: Pick<NumberMention, "kind">) => kind === "percent" || kind === "fraction";

/** The same number, though perhaps of another kind. */
function isEqualNumber(one: NumberMention, other: NumberMention): boolean {
  if (one.kind === other.kind) return one.value === other.value;
  if (isPart(one) !== isPart(other)) return false;
  const [first, second] = [numericOf(one), numericOf(other)];
  return first !== undefined && second !== undefined && Math.abs(first - second) < 1e-9;
}

/** A date of which the target shows a part: 2020年2月3日 as "February 3". */
function isPartOfDate(full: NumberMention, shown: NumberMention): boolean {
  if (full.kind === "date" && shown.kind === "ordinal") return full.value === `---${shown.value.padStart(2, "0")}`;
  const [mine, theirs] = [readDay(full.value), readDay(shown.value)];
  if (full.kind !== "date" || shown.kind !== "date" || !mine || !theirs) return false;
  const parts = (["year", "month", "day"] as const).filter((part) => mine[part] !== undefined && theirs[part] !== undefined);
  return parts.length > 0 && parts.some((part) => part !== "year") && parts.every((part) => mine[part] === theirs[part]);
}

/** Where the value stands in the target: best by kind and value, else by value alone, else as part of a date. */
function findPlaces(held: NumberMention, inTarget: readonly NumberMention[]): readonly NumberMention[] {
  for (const test of [
    (mention: NumberMention) => mention.kind === held.kind && mention.value === held.value,
    (mention: NumberMention) => isEqualNumber(held, mention),
    (mention: NumberMention) => isPartOfDate(held, mention),
  ]) {
    const places = inTarget.filter((mention) => mention.form !== "code" && test(mention));
    if (places.length > 0) return places;
  }
  return [];
}

/** The new value as the target shows it; undefined when a part that changed is not shown there. */
function valueFor(place: NumberMention, { query, unit }: NumberPair): string | undefined {
  if (place.kind === unit.kind && place.value === unit.value) return query.value;
  if (place.kind === "date") {
    const [from, to, shown] = [readDay(unit.value), readDay(query.value), readDay(place.value)];
    if (!from || !to || !shown) return undefined;
    for (const part of ["year", "month", "day"] as const) {
      if (from[part] !== to[part] && (shown[part] === undefined || to[part] === undefined)) return undefined;
    }
    const { year, month, day } = {
      ...shown,
      ...Object.fromEntries(Object.entries(to).filter(([part]) => part in shown)),
    } as typeof to;
    const pad = (part: number) => `-${String(part).padStart(2, "0")}`;
    return `${year ?? "-"}${month === undefined ? (day === undefined ? "" : "-") : pad(month)}${day === undefined ? "" : pad(day)}`;
  }
  if (unit.kind === "date") {
    const day = /^---(\d{2})$/.exec(query.value)?.[1];
    return day === undefined ? (/^\d{4}$/.test(query.value) ? query.value : undefined) : String(Number(day));
  }
  const next = numericOf(query);
  if (next === undefined) return undefined;
  if (place.kind === "percent") return `${String(Number((next * 100).toPrecision(12)))}%`;
  return place.kind === "fraction" && query.kind === "percent" ? String(next) : query.value.replace("%", "");
}

/** "one county" would need another word for three of them. */
function changesPlural(texts: AdaptationTexts, place: NumberMention, value: string): boolean {
  if (!/^en\b/i.test(texts.targetLanguage) || place.kind !== "number") return false;
  if (place.value !== "1" && value !== "1") return false;
  return !NO_PLURAL.test(texts.target.slice(place.end, place.end + 12));
}

/** Of "17 to 19 June" the first day has no month of its own: a change of both months is seen in one of them only. */
function isCoveredByNeighbour(
  place: NumberMention,
  value: string,
  pairs: ReadonlyMap<NumberMention, string>,
): string | undefined {
  const [from, to] = [readDay(place.value), readDay(value)];
  if (!from || !to || from.month === to.month) return undefined;
  for (const [other, otherValue] of pairs) {
    const [otherFrom, otherTo] = [readDay(other.value), readDay(otherValue)];
    const gap = Math.max(other.start - place.end, place.start - other.end);
    if (other === place || gap > RANGE_GAP || otherFrom?.month !== from.month || otherTo?.month !== to.month) continue;
    // Written as if only the day changed; the neighbour writes the month.
    return `${from.year ?? "-"}-${String(from.month).padStart(2, "0")}-${String(to.day).padStart(2, "0")}`;
  }
  return undefined;
}

/** `paired`: the numbers of query and source, when the caller has paired them already. */
export function adaptNumbers(texts: AdaptationTexts, paired?: PairedNumbers): NumberAdaptation {
  const { query, source, target, sourceLanguage, targetLanguage } = texts;
  const { pairs, queryOnly, unitOnly } = paired ?? pairNumbers(query, source, sourceLanguage);
  const changed = pairs.filter((pair) => pair.query.value !== pair.unit.value);
  const doubts: NumberDoubt[] = [];
  const doubt = (reason: NumberDoubt["reason"], mine: NumberMention | undefined, theirs: NumberMention | undefined) => {
    doubts.push({
      reason,
      ...(mine ? { query: query.slice(mine.start, mine.end) } : {}),
      ...(theirs ? { unit: source.slice(theirs.start, theirs.end) } : {}),
    });
  };
  if (changed.length === 0 && queryOnly.length === 0 && unitOnly.length === 0) return { doubts };
  const inTarget = findNumbers(target, targetLanguage);
  const wanted = new Map<NumberMention, { readonly value: string; readonly pair: NumberPair }>();
  for (const pair of changed) {
    const places = findPlaces(pair.unit, inTarget);
    const alike = pairs.filter((other) => isEqualNumber(other.unit, pair.unit));
    const isUnpaired = unitOnly.some((mention) => isEqualNumber(mention, pair.unit));
    const isOne = alike.every((other) => other.query.value === pair.query.value && other.query.kind === pair.query.kind);
    if (places.length === 0) doubt("not-found", pair.query, pair.unit);
    else if (!isOne || isUnpaired || places.length > alike.length) doubt("several", pair.query, pair.unit);
    else {
      const values = places.map((place) => valueFor(place, pair));
      if (values.some((value) => value === undefined)) doubt("unwritable", pair.query, pair.unit);
      else for (const [at, place] of places.entries()) wanted.set(place, { value: values[at] ?? "", pair });
    }
  }
  for (const mention of queryOnly) doubt("query-only", mention, undefined);
  for (const mention of unitOnly) doubt("unit-only", undefined, mention);
  const values = new Map([...wanted].map(([place, { value }]) => [place, value]));
  const replacements: Replacement[] = [];
  const failed = new Set<NumberPair>();
  for (const [place, { value, pair }] of wanted) {
    const written = writeAt(texts, place, isCoveredByNeighbour(place, value, values) ?? value, value);
    if (written === undefined || changesPlural(texts, place, value)) failed.add(pair);
    else replacements.push({ mention: { ...place, end: written.end }, text: written.text, value, pair });
  }
  const kept = replacements.filter(({ pair }) => !failed.has(pair)).sort((one, other) => one.mention.start - other.mention.start);
  const adapted = kept.length > 0 ? replaceAndCheck(texts, inTarget, kept) : undefined;
  for (const pair of adapted ? failed : new Set([...failed, ...kept.map(({ pair }) => pair)])) {
    doubt("unwritable", pair.query, pair.unit);
  }
  return { doubts, ...(adapted ? { target: adapted } : {}) };
}

function writeAt(
  { target, targetLanguage }: AdaptationTexts,
  place: NumberMention,
  value: string,
  full: string,
): { readonly text: string; readonly end: number } | undefined {
  if (place.kind === "date" && WEEKDAY_NEAR.test(target.slice(Math.max(0, place.start - 12), place.end + 14))) return undefined;
  if (RUN_ON.test(target.slice(place.end, place.end + 6))) return undefined;
  // "8 May." ends a sentence: no abbreviation, and a stop that must stay.
  const end = target.slice(place.start, place.end).endsWith("May.") ? place.end - 1 : place.end;
  const options = { text: target.slice(place.start, end), mention: place, language: targetLanguage };
  const text = writeNumberLike({ ...options, value: full }) ?? writeNumberLike({ ...options, value });
  return text === undefined ? undefined : { text, end };
}

/** Begins with the sound of a vowel: "an 8 percent rise", "an eleventh". */
const VOWEL_NUMBER = /^(?:8|1[18](?!\d)|1[18],|eight|eleven)/i;

/** Replaces, and reads the outcome again: a number that is not what was wanted undoes all. */
function replaceAndCheck(
  { target, targetLanguage }: AdaptationTexts,
  inTarget: readonly NumberMention[],
  replacements: readonly Replacement[],
): AdaptedTarget | undefined {
  let text = "";
  let end = 0;
  const spans: Span[] = [];
  for (const { mention, text: written } of replacements) {
    let before = target.slice(end, mention.start);
    const article = /\b(an?)(\s+)$/i.exec(before)?.[1];
    if (article !== undefined && /^en\b/i.test(targetLanguage)) {
      const fitting = VOWEL_NUMBER.test(written) ? "an" : "a";
      const wasFitting = VOWEL_NUMBER.test(target.slice(mention.start, mention.end)) ? "an" : "a";
      if (fitting !== wasFitting)
        before = before.replace(/\b(a)n?(\s+)$/i, (_, letter: string, gap: string) => `${letter}${fitting.slice(1)}${gap}`);
    }
    text += before;
    spans.push({ start: text.length, end: text.length + written.length });
    text += written;
    end = mention.end;
  }
  text += target.slice(end);
  const found = findNumbers(text, targetLanguage);
  if (found.length !== inTarget.length) return undefined;
  const byStart = new Map(replacements.map((one) => [one.mention.start, one]));
  const isRight = inTarget.every((mention, at) => {
    const now = found[at];
    if (!now) return false;
    const replaced = byStart.get(mention.start);
    return replaced ? isEqualNumber(now, { ...mention, value: replaced.value }) : isEqualNumber(now, mention);
  });
  return isRight ? { text, spans } : undefined;
}

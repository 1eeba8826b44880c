/**
 * Puts the query's numbers and dates into a target from the memory: 2月3日 in place of 5月8日 makes "3 February" of "8 May".
 *
 * Only where nothing is in doubt: query and source have numbers of the same kinds in the same order, with the same
 * character after each; and each number that changed stands, by value, exactly once in the source and once in the target.
 * All changed numbers are adapted or none. The result is a proposal with its places marked, never a confirmed text.
 * Cost: O(length).
 */
import type { LanguageTag, Span } from "../model/span.ts";
import { matchKey } from "../text/match-key.ts";
import { findNumbers } from "../text/numbers.ts";
import type { NumberMention } from "../text/numbers.ts";
import { writeNumberLike } from "./write-number.ts";

export type AdaptedTarget = { readonly text: string; readonly spans: readonly Span[] };

export type AdaptationTexts = {
  readonly query: string;
  readonly source: string;
  readonly target: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
};

const isSame = (one: NumberMention, other: NumberMention) => one.kind === other.kind && one.value === other.value;

/** What stands right after a number: its measure word or unit. */
function followerOf(text: string, mention: NumberMention): string {
  const [next = ""] = matchKey(text.slice(mention.end, mention.end + 8));
  return next;
}

export function adaptNumbers(texts: AdaptationTexts): AdaptedTarget | undefined {
  const { query, source, target, sourceLanguage, targetLanguage } = texts;
  const wanted = findNumbers(query, sourceLanguage);
  const held = findNumbers(source, sourceLanguage);
  if (wanted.length === 0 || wanted.length !== held.length) return undefined;
  const inTarget = findNumbers(target, targetLanguage);
  const replacements: { readonly mention: NumberMention; readonly text: string }[] = [];
  for (const [at, old] of held.entries()) {
    const next = wanted[at] as NumberMention;
    if (next.kind !== old.kind || followerOf(query, next) !== followerOf(source, old)) return undefined;
    if (next.value === old.value) continue;
    const places = inTarget.filter((mention) => isSame(mention, old));
    const [place] = places;
    if (!place || places.length > 1 || held.filter((mention) => isSame(mention, old)).length > 1) return undefined;
    // "8 May." ends a sentence: no abbreviation, and a stop that must stay.
    const end = target.slice(place.start, place.end).endsWith("May.") ? place.end - 1 : place.end;
    const text = writeNumberLike(target.slice(place.start, end), place, next.value);
    if (text === undefined) return undefined;
    replacements.push({ mention: { ...place, end }, text });
  }
  if (replacements.length === 0) return undefined;
  replacements.sort((one, other) => one.mention.start - other.mention.start);
  let text = "";
  let end = 0;
  const spans: Span[] = [];
  for (const { mention, text: written } of replacements) {
    text += target.slice(end, mention.start);
    spans.push({ start: text.length, end: text.length + written.length });
    text += written;
    end = mention.end;
  }
  return { text: text + target.slice(end), spans };
}

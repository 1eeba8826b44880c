/**
 * Who says it, and what is said: 会议强调，要做好防汛工作。 and 要做好防汛工作 are one sentence with and without its attribution.
 *
 * Taken off: a reporting clause at the beginning (speaker and verb up to a comma or colon), a bracket of a headline,
 * a dateline, quotation marks round the whole, the stop at the end. What remains is the core; two sentences are
 * attribution twins when their cores have the same match key and their texts differ.
 * Failure policy: a clause that is not surely an attribution stays in the core; then there is no twin, and nothing is lost.
 * Cost: O(length).
 */
import type { LanguageTag, Span } from "../model/span.ts";
import { DATELINE_START } from "../text/dateline.ts";
import { matchKey } from "../text/match-key.ts";

export type AttributedText = {
  /** The reporting clause without its mark: 会议强调. */
  readonly attribution?: Span & { readonly text: string };
  /** The place of what is said. */
  readonly core: Span;
};

const VERBS =
  "指出|强调|要求|提出|表示|认为|说|号召|宣布|明确|重申|希望|呼吁|讲话指出|讲话强调|指示|批示|介绍|透露|表明|称|決定|决定|強調|提醒|叮嘱|嘱咐";
/** Up to a comma or colon, at most so many characters, with no stop inside. */
const CHINESE = new RegExp(`^[^，。；：！？,;:!?“”"]{1,24}?(?:${VERBS})(?=[，：,:])`, "u");
const ENGLISH =
  /^[^.;:!?"“”]{2,80}?\b(?:said|stressed|pointed out|emphasized|emphasised|noted|stated|called for|urged|required|reiterated|underlined|underscored|announced|demanded|added|instructed|proposed)(?:\s+that\b|(?=[,:]))/;
const HEADLINE = /^(?:[【〔［[][^】〕］\]]{1,16}[】〕］\]]|《[^》]{1,16}》[:：])\s*/u;
const MARKS_BETWEEN = /^[，：,:\s]+/u;
const OPENING = /^["“‘「『']/u;
const CLOSING = /["”’」』']$/u;
const END = /[。．.！!；;，,\s]+$/u;

export function splitAttribution(text: string, language: LanguageTag): AttributedText {
  let start = 0;
  let end = text.length;
  const skip = (pattern: RegExp) => {
    const found = pattern.exec(text.slice(start, end))?.[0] ?? "";
    start += found.length;
    return found;
  };
  skip(/^\s*/u);
  skip(HEADLINE);
  if (skip(DATELINE_START) !== "") skip(/^[\s)）】]*(?:[（(]?记者[^）)]{0,30}[）)])?\s*/u);
  const before = start;
  const clause = skip(/^zh\b/i.test(language) ? CHINESE : ENGLISH);
  if (clause !== "") skip(MARKS_BETWEEN);
  const attribution = clause === "" ? undefined : { start: before, end: before + clause.length, text: clause };
  // Stops and quotation marks come in either order: 。” and ”。
  const trimEnd = (pattern: RegExp) => {
    end -= pattern.exec(text.slice(start, end))?.[0].length ?? 0;
  };
  trimEnd(END);
  const isQuoted = OPENING.test(text.slice(start, end)) && CLOSING.test(text.slice(start, end));
  if (isQuoted && !hasInnerQuote(text.slice(start + 1, end - 1))) {
    start += 1;
    end -= 1;
    trimEnd(END);
  }
  // Nothing is said: the clause is all there is.
  if (start >= end) return { core: { start: 0, end: text.length } };
  return { ...(attribution ? { attribution } : {}), core: { start, end } };
}

/** “甲”和“乙” begins and ends with quotation marks that do not belong together. */
function hasInnerQuote(inner: string): boolean {
  return /[“”"「」『』]/u.test(inner);
}

/** What attribution twins have in common; empty for texts with too little in them to be told apart. */
export function coreKey(text: string, language: LanguageTag): string {
  const { core } = splitAttribution(text, language);
  const key = matchKey(text.slice(core.start, core.end));
  return [...key].length < SHORTEST_CORE ? "" : key;
}

/** 做好工作 under several speakers is no repeat worth a proposal. */
const SHORTEST_CORE = 6;

export type AttributionChange = {
  readonly kind: "added" | "dropped" | "swapped" | "none";
  readonly query?: string;
  readonly unit?: string;
};

/** How the attributions of two twins differ. `none`: only marks at the edges do. */
export function compareAttributions(query: string, unit: string, language: LanguageTag): AttributionChange {
  const mine = splitAttribution(query, language).attribution?.text;
  const theirs = splitAttribution(unit, language).attribution?.text;
  if (mine !== undefined && theirs !== undefined) {
    return matchKey(mine) === matchKey(theirs) ? { kind: "none" } : { kind: "swapped", query: mine, unit: theirs };
  }
  if (mine !== undefined) return { kind: "added", query: mine };
  return theirs === undefined ? { kind: "none" } : { kind: "dropped", unit: theirs };
}

export type TwinTarget = {
  readonly text: string;
  /** What was written, to be marked. */
  readonly spans: readonly Span[];
  /** The attribution is still to be put in, taken out or changed by a person. */
  readonly isToDo: boolean;
};

export type TwinTexts = {
  readonly query: string;
  readonly unit: string;
  readonly target: string;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  /** The rendering of an attribution where one is known: 会议强调 -> "The meeting stressed that". */
  readonly renderingOf: (attribution: string) => string | undefined;
};

/** Words that have a capital only because they begin a sentence. */
const COMMON_START =
  /^(?:The|A|An|This|That|These|Those|We|It|They|All|Every|Each|Both|In|On|At|To|For|By|With|From|As|Efforts|More|Local|Our|Their|Its|There|No|Not|Only|When|While|If|After|Before|Since|Departments|Authorities|Governments|Officials|People|Work|Measures)\b/;

function lowerStart(text: string): string {
  return COMMON_START.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The target of a twin for the query: the attribution's rendering is put in or taken out where it is known. */
export function adaptAttribution(texts: TwinTexts): TwinTarget {
  const { query, unit, target, sourceLanguage, targetLanguage, renderingOf } = texts;
  const change = compareAttributions(query, unit, sourceLanguage);
  const toDo: TwinTarget = { text: target, spans: [], isToDo: true };
  if (change.kind === "none") return { text: target, spans: [], isToDo: false };
  const isEnglish = /^en\b/i.test(targetLanguage);
  let rest = target;
  if (change.unit !== undefined) {
    const held = renderingOf(change.unit);
    const opening = held === undefined ? undefined : findOpening(target, held);
    if (opening === undefined) return toDo;
    rest = target.slice(opening);
  }
  if (change.query === undefined) {
    const text = isEnglish ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest;
    return { text, spans: [{ start: 0, end: Math.min(1, text.length) }], isToDo: false };
  }
  const wanted = renderingOf(change.query);
  if (wanted === undefined) return toDo;
  const opening = isEnglish
    ? `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)}${/\bthat$/.test(wanted) ? " " : " that "}`
    : `${wanted}，`;
  return {
    text: opening + (isEnglish ? lowerStart(rest) : rest),
    spans: [{ start: 0, end: opening.trimEnd().length }],
    isToDo: false,
  };
}

/** Where the target goes on after the rendering of the attribution at its beginning. */
function findOpening(target: string, rendering: string): number | undefined {
  const bare = rendering.replace(/\s+that$/, "");
  if (!target.toLowerCase().startsWith(bare.toLowerCase())) return undefined;
  const after = /^(?:\s+that\b|[,:，：])?\s*/.exec(target.slice(bare.length))?.[0] ?? "";
  return after === "" ? undefined : bare.length + after.length;
}

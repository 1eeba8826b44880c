/**
 * One TMX `tu` as it was collected, and the translation units that it gives.
 *
 * What the model has a field for goes there; other attributes of the `tu` become properties named `x-tmx-…`, which
 * the writer makes attributes again, so that nothing of a foreign memory is lost on its way through.
 */
import type { InlineCode } from "../model/interchange.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { TranslationState, TranslationUnit } from "../model/translation-unit.ts";
import { rankLanguage } from "./language-tag.ts";

export type TmxUnit = TranslationUnit & {
  /** The id in the file, when it has one: `id` is never missing. */
  readonly tuid?: string;
  readonly sourceCodes?: readonly InlineCode[];
  readonly targetCodes?: readonly InlineCode[];
};

export type Property = { readonly type: string; readonly value: string };

export const STATE_PROPERTY = "x-dingyi-state";
export const DOCUMENT_PROPERTY = "x-document";
/** Before the name of an attribute of `tu` that the model has no field for. */
export const ATTRIBUTE_PROPERTY = "x-tmx-";
/** Attributes that are kept so whenever they are there. */
const KEPT = ["o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion", "segtype", "o-tmf"];
/** Beside them those that the model has fields for, when these cannot hold what is there. */
export const KEPT_ATTRIBUTES: readonly string[] = [...KEPT, "creationdate", "creationid", "changedate"];
const STATES: readonly string[] = ["initial", "translated", "reviewed", "final"];
/** Names under which tools keep the neighbours of a unit: Phrase, Trados, OmegaT, memoQ. */
const PREVIOUS = new Set(["context_prev", "x-context-prev", "prev", "x-context-pre"]);
const NEXT = new Set(["context_next", "x-context-next", "next", "x-context-post"]);

export type Variant = {
  readonly language: LanguageTag | undefined;
  readonly line: number;
  text: string;
  codes: InlineCode[] | undefined;
  hasSegment: boolean;
  /** Its attributes name the language alone. */
  readonly isBare: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  notes: string[] | undefined;
  properties: Property[] | undefined;
};

export type Entry = {
  readonly line: number;
  readonly isBare: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly variants: Variant[];
  notes: string[] | undefined;
  properties: Property[] | undefined;
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** 20240617T092000Z as TMX writes it, in any of the ways of ISO 8601 that tools use; undefined when there is no such day or hour. */
function instantFrom(date: string): IsoInstant | undefined {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:[.,]\d+)?Z?$/u.exec(date.trim());
  if (!found) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] = found;
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(instant);
  // Date.parse takes 30 February for 1 March.
  return Number.isNaN(time) || new Date(time).getUTCDate() !== Number(day) ? undefined : instant;
}

/** memoQ wraps the neighbour in `<seg>…</seg>`, escaped. */
function contextFrom({ type, value }: Property): string {
  const found = type === "x-context-pre" || type === "x-context-post" ? /^\s*<seg>([^]*)<\/seg>\s*$/u.exec(value) : undefined;
  if (!found) return value;
  const text = (found[1] ?? "").replace(/<[^>]*>/gu, "");
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** What a unit's properties say, taken apart. */
function readProperties(unit: Mutable<TmxUnit>, properties: readonly Property[], kept: Property[]): void {
  for (const property of properties) {
    const { type, value } = property;
    if (type === STATE_PROPERTY && STATES.includes(value)) unit.state = value as TranslationState;
    else if (unit.previous === undefined && PREVIOUS.has(type)) unit.previous = contextFrom(property);
    else if (unit.next === undefined && NEXT.has(type)) unit.next = contextFrom(property);
    else if (unit.document === undefined && type === DOCUMENT_PROPERTY) unit.document = value;
    else kept.push(property);
  }
}

const BLANK = /^\s*$/u;

/** A unit that no memory can use: nothing but white space on one side. */
export function isWithoutText({ source, target }: Pick<TmxUnit, "source" | "target">): boolean {
  return BLANK.test(source) || BLANK.test(target);
}

export type DateWatch = (date: string, instant: IsoInstant | undefined, line: number) => void;

/** Who, when, and what the model has no field for. */
function readAttributes(
  unit: Mutable<TmxUnit>,
  { entry, target, watchDate }: { readonly entry: Entry; readonly target: Variant; readonly watchDate: DateWatch },
  kept: Property[],
): void {
  const pick = (name: string): string | undefined => {
    const value = target.attributes[name] ?? entry.attributes[name];
    return value === "" ? undefined : value;
  };
  const creator = pick("creationid");
  const author = pick("changeid") ?? creator;
  if (author !== undefined) unit.author = author;
  if (creator !== undefined && creator !== author) kept.push({ type: `${ATTRIBUTE_PROPERTY}creationid`, value: creator });
  for (const name of ["creationdate", "changedate"] as const) {
    const date = pick(name);
    if (date === undefined) continue;
    const instant = instantFrom(date);
    watchDate(date, instant, entry.line);
    if (instant === undefined) kept.push({ type: ATTRIBUTE_PROPERTY + name, value: date });
    else unit[name === "creationdate" ? "createdAt" : "changedAt"] = instant;
  }
  for (const name in entry.attributes) {
    if (KEPT.includes(name)) {
      kept.push({ type: ATTRIBUTE_PROPERTY + name, value: entry.attributes[name] ?? "" });
    }
  }
  const { tuid } = entry.attributes;
  if (tuid !== undefined) unit.tuid = tuid;
}

export function unitFrom(
  entry: Entry,
  {
    source,
    target,
    id,
    watchDate,
  }: { readonly source: Variant; readonly target: Variant; readonly id: string; readonly watchDate: DateWatch },
): TmxUnit {
  const unit: Mutable<TmxUnit> = {
    id,
    source: source.text,
    target: target.text,
    sourceLanguage: source.language ?? "",
    targetLanguage: target.language ?? "",
    state: "translated",
  };
  const kept: Property[] = [];
  if (entry.properties) readProperties(unit, entry.properties, kept);
  if (source.properties) readProperties(unit, source.properties, kept);
  if (target.properties) readProperties(unit, target.properties, kept);
  if (!entry.isBare || !target.isBare) readAttributes(unit, { entry, target, watchDate }, kept);
  if (entry.notes ?? source.notes ?? target.notes) {
    unit.notes = [...(entry.notes ?? []), ...(source.notes ?? []), ...(target.notes ?? [])];
  }
  if (kept.length > 0) unit.properties = kept;
  if (source.codes) unit.sourceCodes = source.codes;
  if (target.codes) unit.targetCodes = target.codes;
  return unit;
}

/** How well languages serve one that is wanted. */
export type LanguageRanks = (tag: LanguageTag) => number;

export function rankLanguages(wanted: LanguageTag): LanguageRanks {
  const known = new Map<LanguageTag, number>();
  return (tag) => {
    let rank = known.get(tag);
    if (rank === undefined) known.set(tag, (rank = rankLanguage(tag, wanted)));
    return rank;
  };
}

/** The text in a language: the one with the very tag, else the one that serves best, the first of equals. */
export function variantFor(variants: readonly Variant[], ranks: LanguageRanks, except?: Variant): Variant | undefined {
  let best: Variant | undefined;
  let highest = 0;
  for (const variant of variants) {
    if (variant === except || variant.language === undefined || !variant.hasSegment) continue;
    const rank = ranks(variant.language);
    if (rank > highest) [best, highest] = [variant, rank];
  }
  return best;
}

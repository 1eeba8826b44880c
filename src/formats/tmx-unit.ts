/** One TMX `tu` as it was collected, and the translation units that it gives. */
import type { InlineCode } from "../model/interchange.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { TranslationState, TranslationUnit } from "../model/translation-unit.ts";
import { languageServes } from "./language-tag.ts";

export type TmxUnit = TranslationUnit & {
  readonly sourceCodes?: readonly InlineCode[];
  readonly targetCodes?: readonly InlineCode[];
};

export const STATE_PROPERTY = "x-dingyi-state";
export const DOCUMENT_PROPERTY = "x-document";
const STATES: readonly string[] = ["initial", "translated", "reviewed", "final"];
/** Names under which tools keep the neighbours of a unit: Phrase, memoQ, Trados. */
const PREVIOUS = new Set(["context_prev", "x-context-pre", "x-context-prev"]);
const NEXT = new Set(["context_next", "x-context-post", "x-context-next"]);
export type Variant = {
  language: LanguageTag | undefined;
  text: string;
  codes: InlineCode[];
  hasSegment: boolean;
  attributes: Readonly<Record<string, string>>;
  notes: string[];
  properties: { type: string; value: string }[];
};

export type Entry = Omit<Variant, "text" | "codes" | "hasSegment" | "language"> & { line: number; variants: Variant[] };

/** 20240617T092000Z as TMX writes it. */
function instantFrom(date: string | undefined): IsoInstant | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/u.exec(date ?? "");
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}.000Z` : undefined;
}

/** memoQ wraps the neighbour in `<seg>…</seg>`, escaped. */
function contextFrom(value: string): string {
  const found = /^<seg>([^]*)<\/seg>$/u.exec(value.trim());
  return found ? (found[1] ?? "").replace(/<[^>]*>/gu, "") : value;
}

export function unitFrom(entry: Entry, source: Variant, target: Variant, id: string): TmxUnit {
  const properties = [...entry.properties, ...target.properties];
  let state: TranslationState = "translated";
  let previous: string | undefined;
  let next: string | undefined;
  let document: string | undefined;
  const kept: { type: string; value: string }[] = [];
  for (const property of properties) {
    if (property.type === STATE_PROPERTY && STATES.includes(property.value)) state = property.value as TranslationState;
    else if (PREVIOUS.has(property.type)) previous ??= contextFrom(property.value);
    else if (NEXT.has(property.type)) next ??= contextFrom(property.value);
    else if (property.type === DOCUMENT_PROPERTY) document ??= property.value;
    else kept.push(property);
  }
  const notes = [...entry.notes, ...source.notes, ...target.notes];
  const pick = (name: string) => target.attributes[name] ?? entry.attributes[name];
  const author = pick("changeid") ?? pick("creationid");
  const createdAt = instantFrom(pick("creationdate"));
  const changedAt = instantFrom(pick("changedate"));
  return {
    id,
    source: source.text,
    target: target.text,
    sourceLanguage: source.language ?? "",
    targetLanguage: target.language ?? "",
    state,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
    ...(author ? { author } : {}),
    ...(createdAt ? { createdAt } : {}),
    ...(changedAt ? { changedAt } : {}),
    ...(document === undefined ? {} : { document }),
    ...(notes.length > 0 ? { notes } : {}),
    ...(kept.length > 0 ? { properties: kept } : {}),
    ...(source.codes.length > 0 ? { sourceCodes: source.codes } : {}),
    ...(target.codes.length > 0 ? { targetCodes: target.codes } : {}),
  };
}

/** The text in a language: the one with the very tag first, else the first that serves. */
export function variantFor(variants: readonly Variant[], wanted: LanguageTag): Variant | undefined {
  return (
    variants.find((variant) => variant.language === wanted) ??
    variants.find((variant) => variant.language !== undefined && languageServes(variant.language, wanted))
  );
}

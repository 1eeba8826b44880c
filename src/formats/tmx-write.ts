/**
 * Writes TMX 1.4, level 2 where there are inline codes, valid against tmx14.dtd: two texts a unit, header complete, context as
 * `context_prev` and `context_next` properties, which Phrase and others read. Output comes in pieces, so a memory of any
 * size can be streamed.
 * Guarantee: what the reader made of a unit comes back equal when this is read again.
 */
import type { Loss } from "../model/diagnostic.ts";
import type { InlineCode } from "../model/interchange.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { languageServes, regionalTag } from "./language-tag.ts";
import { writeSegment } from "./tmx-codes.ts";
import type { TmxUnit } from "./tmx-unit.ts";
import { ATTRIBUTE_PROPERTY, DOCUMENT_PROPERTY, KEPT_ATTRIBUTES, STATE_PROPERTY } from "./tmx-unit.ts";
import { createXmlWriter } from "./xml-write.ts";

export type TmxWriteOptions = {
  readonly sourceLanguage: LanguageTag;
  readonly toolVersion: string;
  /** Write zh-CN and en-US for zh and en, which is what CAT tools list; `as-is` keeps tags as they are. */
  readonly languageTags?: "regional" | "as-is";
  readonly segmentType?: "sentence" | "paragraph";
  readonly notes?: readonly string[];
};

export type TmxWriter = {
  readonly open: () => string;
  readonly unit: (unit: TmxUnit) => string;
  readonly close: () => string;
  readonly losses: () => readonly Loss[];
};

function tmxDate(instant: IsoInstant): string {
  return instant.replace(/[-:]/gu, "").replace(/\.\d+/u, "");
}

const SEGMENT_TYPES: readonly string[] = ["block", "paragraph", "sentence", "phrase"];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;

export function createTmxWriter(options: TmxWriteOptions): TmxWriter {
  const xml = createXmlWriter();
  let foreign = 0;
  const tag = (language: LanguageTag) => (options.languageTags === "as-is" ? language : regionalTag(language));
  const headerLanguage = tag(options.sourceLanguage);
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? "" : ` ${name}="${xml.attribute(value)}"`;
  const date = (name: string, instant: IsoInstant | undefined) =>
    instant !== undefined && INSTANT.test(instant) ? ` ${name}="${tmxDate(instant)}"` : "";
  const property = (type: string, value: string | undefined) =>
    value === undefined ? "" : `      <prop type="${xml.attribute(type)}">${xml.text(value)}</prop>\n`;
  const served = new Map<LanguageTag, boolean>();
  const isServed = (language: LanguageTag): boolean => {
    const known = served.get(language) ?? (headerLanguage === "*all*" || languageServes(language, headerLanguage));
    served.set(language, known);
    return known;
  };
  const onForeign = () => (foreign += 1);
  const variant = (language: LanguageTag, text: string, codes: readonly InlineCode[] | undefined) => {
    const segment = codes?.length ? writeSegment(text, codes, { escape: xml.text, onForeign }) : xml.text(text);
    return `      <tuv xml:lang="${xml.attribute(tag(language))}"><seg>${segment}</seg></tuv>\n`;
  };

  /** Who and when, and the attributes that the reader kept as properties; then the properties that are left. */
  function attributesOf(unit: TmxUnit): { readonly attributes: string; readonly properties: string } {
    const kept = new Map<string, string>();
    let properties = "";
    for (const { type, value } of unit.properties ?? []) {
      const name = type.startsWith(ATTRIBUTE_PROPERTY) ? type.slice(ATTRIBUTE_PROPERTY.length) : "";
      const fits = name !== "segtype" || SEGMENT_TYPES.includes(value);
      if (KEPT_ATTRIBUTES.includes(name) && fits && !kept.has(name)) kept.set(name, value);
      else properties += property(type, value);
    }
    const creator = kept.get("creationid");
    const wasChanged = creator !== undefined || unit.changedAt !== undefined || kept.has("changedate");
    let attributes =
      attribute("tuid", unit.tuid ?? unit.id) +
      (date("creationdate", unit.createdAt) || attribute("creationdate", kept.get("creationdate"))) +
      attribute("creationid", creator ?? unit.author) +
      (date("changedate", unit.changedAt) || attribute("changedate", kept.get("changedate"))) +
      (wasChanged ? attribute("changeid", unit.author) : "");
    // The header names one source language; a unit of another says so.
    const language = tag(unit.sourceLanguage);
    if (!isServed(language)) attributes += attribute("srclang", language);
    for (const name of ["creationdate", "creationid", "changedate"]) kept.delete(name);
    for (const [name, value] of kept) attributes += attribute(name, value);
    return { attributes, properties };
  }

  return {
    open() {
      const notes = (options.notes ?? []).map((note) => `    <note>${xml.text(note)}</note>\n`).join("");
      return (
        `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n` +
        `  <header creationtool="Dingyi" creationtoolversion="${xml.attribute(options.toolVersion)}"` +
        ` segtype="${options.segmentType ?? "sentence"}" o-tmf="Dingyi" adminlang="en"` +
        ` srclang="${xml.attribute(headerLanguage)}" datatype="plaintext"` +
        (notes === "" ? "/>\n" : `>\n${notes}  </header>\n`) +
        "  <body>\n"
      );
    },
    unit(unit) {
      const { attributes, properties } = attributesOf(unit);
      let notes = "";
      for (const note of unit.notes ?? []) notes += `      <note>${xml.text(note)}</note>\n`;
      return (
        `    <tu${attributes}>\n${notes}` +
        property(STATE_PROPERTY, unit.state) +
        property(DOCUMENT_PROPERTY, unit.document) +
        property("context_prev", unit.previous) +
        property("context_next", unit.next) +
        properties +
        variant(unit.sourceLanguage, unit.source, unit.sourceCodes) +
        variant(unit.targetLanguage, unit.target, unit.targetCodes) +
        "    </tu>\n"
      );
    },
    close: () => "  </body>\n</tmx>\n",
    losses: () => [...xml.losses(), ...(foreign > 0 ? [{ code: "codes-as-placeholders", count: foreign }] : [])],
  };
}

/** A whole memory as one text. */
export function writeTmx(
  units: Iterable<TranslationUnit>,
  options: TmxWriteOptions,
): { readonly text: string; readonly losses: readonly Loss[] } {
  const writer = createTmxWriter(options);
  const pieces = [writer.open()];
  for (const unit of units) pieces.push(writer.unit(unit));
  pieces.push(writer.close());
  return { text: pieces.join(""), losses: writer.losses() };
}

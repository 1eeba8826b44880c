/**
 * Writes TMX 1.4, level 1 (plain text), valid against tmx14.dtd: two texts a unit, header complete, context as `context_prev` and
 * `context_next` properties, which Phrase and others read. Output comes in pieces, so a memory of any size can be streamed.
 */
import type { Loss } from "../model/diagnostic.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { regionalTag } from "./language-tag.ts";
import type { TmxUnit } from "./tmx-unit.ts";
import { DOCUMENT_PROPERTY, STATE_PROPERTY } from "./tmx-unit.ts";
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

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;

export function createTmxWriter(options: TmxWriteOptions): TmxWriter {
  const xml = createXmlWriter();
  let codes = 0;
  const tag = (language: LanguageTag) => (options.languageTags === "as-is" ? language : regionalTag(language));
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? "" : ` ${name}="${xml.attribute(value)}"`;
  const date = (name: string, instant: IsoInstant | undefined) =>
    instant !== undefined && INSTANT.test(instant) ? ` ${name}="${tmxDate(instant)}"` : "";
  const property = (type: string, value: string | undefined) =>
    value === undefined ? "" : `      <prop type="${xml.attribute(type)}">${xml.text(value)}</prop>\n`;
  const variant = (language: LanguageTag, text: string) =>
    `      <tuv xml:lang="${xml.attribute(tag(language))}"><seg>${xml.text(text)}</seg></tuv>\n`;

  return {
    open() {
      const notes = (options.notes ?? []).map((note) => `    <note>${xml.text(note)}</note>\n`).join("");
      return (
        `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n` +
        `  <header creationtool="Dingyi" creationtoolversion="${xml.attribute(options.toolVersion)}"` +
        ` segtype="${options.segmentType ?? "sentence"}" o-tmf="Dingyi" adminlang="en"` +
        ` srclang="${xml.attribute(tag(options.sourceLanguage))}" datatype="plaintext"` +
        (notes === "" ? "/>\n" : `>\n${notes}  </header>\n`) +
        "  <body>\n"
      );
    },
    unit(unit) {
      codes += (unit.sourceCodes?.length ?? 0) + (unit.targetCodes?.length ?? 0);
      return (
        `    <tu${attribute("tuid", unit.id)}${date("creationdate", unit.createdAt)}${attribute("creationid", unit.author)}` +
        `${date("changedate", unit.changedAt)}>\n` +
        (unit.notes ?? []).map((note) => `      <note>${xml.text(note)}</note>\n`).join("") +
        property(STATE_PROPERTY, unit.state) +
        property(DOCUMENT_PROPERTY, unit.document) +
        property("context_prev", unit.previous) +
        property("context_next", unit.next) +
        (unit.properties ?? []).map(({ type, value }) => property(type, value)).join("") +
        variant(unit.sourceLanguage, unit.source) +
        variant(unit.targetLanguage, unit.target) +
        "    </tu>\n"
      );
    },
    close: () => "  </body>\n</tmx>\n",
    losses: () => [...xml.losses(), ...(codes > 0 ? [{ code: "inline-codes", count: codes }] : [])],
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

/**
 * Reads TMX 1.1 to 1.4b, levels 1 and 2, as a stream: bytes or text in, translation units out as soon as each is complete.
 *
 * Policy: a file that is not well-formed ends at its first fault with line and column, after the units before it were given;
 * a unit that lacks one of the two languages, or whose text has no language, is counted and reported with its line.
 * Texts are plain: what stands in inline codes is left out of them and kept beside them (`sourceCodes`, `targetCodes`).
 * Languages match by main language and script. Without a wanted target every other language of a unit gives a unit of its own.
 * Cost: one pass; memory is that of one unit.
 */
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import { TmxEntries } from "./tmx-entries.ts";
import type { TmxHeader } from "./tmx-entries.ts";
import { createTmxReport } from "./tmx-report.ts";
import { createTmxStream } from "./tmx-stream.ts";
import type { Entry, LanguageRanks, TmxUnit, Variant } from "./tmx-unit.ts";
import { rankLanguages, unitFrom, variantFor } from "./tmx-unit.ts";
import { createXmlTextStream } from "./xml-text-stream.ts";

export type { TmxHeader } from "./tmx-entries.ts";
export type { TmxUnit } from "./tmx-unit.ts";

export type TmxOptions = {
  readonly sourceLanguage?: LanguageTag;
  readonly targetLanguage?: LanguageTag;
  /** When it is read: dates that lie ahead of it are reported. */
  readonly now?: IsoInstant;
  /** Told of every pair of languages that a unit has, by the file's own source language, wanted or not. */
  readonly onPair?: (source: LanguageTag, target: LanguageTag) => void;
  /** Everything through the strict parser: what the fast lane is compared with in tests. */
  readonly strictly?: boolean;
};

export type TmxReader = {
  /** False once the file has proved unreadable. */
  readonly write: (chunk: string | Uint8Array) => boolean;
  readonly end: () => {
    readonly header: TmxHeader | undefined;
    readonly units: number;
    readonly diagnostics: readonly Diagnostic[];
  };
};

/** Decoded at once: longer texts are made outside of the young heap, which costs more than the decoding. */
const BYTES_AT_ONCE = 32 * 1024;

export function createTmxReader(options: TmxOptions, onUnit: (unit: TmxUnit) => void): TmxReader {
  const report = createTmxReport(options.now);
  const targetRanks = options.targetLanguage === undefined ? undefined : rankLanguages(options.targetLanguage);
  const sourceRanks = new Map<LanguageTag, LanguageRanks>();
  let count = 0;
  let units = 0;

  function ranksOf(language: LanguageTag): LanguageRanks {
    const known = sourceRanks.get(language) ?? rankLanguages(language);
    sourceRanks.set(language, known);
    return known;
  }

  function findSource(variants: readonly Variant[], declared: LanguageTag | undefined): Variant | undefined {
    if (declared !== undefined && declared !== "*all*") return variantFor(variants, ranksOf(declared));
    return variants.find((each) => each.hasSegment);
  }

  function closeEntry(entry: Entry): void {
    count += 1;
    const { variants, attributes, line } = entry;
    for (const each of variants) if (each.language === undefined) report.warn("tmx-text-without-language", each.line);
    const ofFile = attributes["srclang"] ?? entries.header?.sourceLanguage;
    if (options.onPair) tellPairs(variants, findSource(variants, ofFile), options.onPair);
    const declared = options.sourceLanguage ?? ofFile;
    const source = findSource(variants, declared);
    if (!source) return report.warn("tmx-unit-without-source", line, { language: declared ?? "" });
    const { tuid } = attributes;
    if (tuid !== undefined) report.id(tuid, line);
    const id = tuid ?? String(count);
    const given = { source, watchDate: report.date };
    let found = 0;
    if (targetRanks) {
      const target = variantFor(variants, targetRanks, source);
      if (target) {
        found = 1;
        onUnit(unitFrom(entry, { ...given, target, id }));
      }
    } else {
      for (const target of variants) {
        if (target === source || !target.hasSegment) continue;
        found += 1;
        onUnit(unitFrom(entry, { ...given, target, id: found === 1 ? id : `${id}#${found}` }));
      }
    }
    units += found;
    if (found === 0) report.warn("tmx-unit-without-target", line, { language: options.targetLanguage ?? "" });
  }

  const entries = new TmxEntries(closeEntry);
  const stream = createTmxStream(entries, { strictly: options.strictly ?? false });
  const texts = createXmlTextStream();

  return {
    write(chunk) {
      if (typeof chunk === "string") return stream.write(chunk);
      for (let at = 0; at < chunk.length; at += BYTES_AT_ONCE) {
        if (texts.fault()) return false;
        const text = texts.read(chunk.length <= BYTES_AT_ONCE ? chunk : chunk.subarray(at, at + BYTES_AT_ONCE));
        if (!stream.write(text)) return false;
      }
      return texts.fault() === undefined;
    },
    end() {
      const last = texts.end();
      if (last !== "") stream.write(last);
      const inBytes = texts.fault();
      const fault = inBytes ? stream.breakOff(inBytes) : stream.end();
      return { header: entries.header, units, diagnostics: [...report.list(), ...(fault ? [fault] : [])] };
    },
  };
}

function tellPairs(variants: readonly Variant[], source: Variant | undefined, onPair: NonNullable<TmxOptions["onPair"]>): void {
  if (!source) return;
  for (const target of variants) {
    if (target !== source && target.hasSegment) onPair(source.language ?? "", target.language ?? "");
  }
}

/** A whole file at once. `value` is undefined when it is no readable TMX; units before a fault are kept otherwise. */
export function readTmx(content: string | Uint8Array, options: TmxOptions = {}): ReadResult<readonly TmxUnit[]> {
  const units: TmxUnit[] = [];
  const reader = createTmxReader(options, (unit) => units.push(unit));
  reader.write(content);
  const { diagnostics } = reader.end();
  const refused = diagnostics.some((diagnostic) => diagnostic.severity === "error") && units.length === 0;
  return { value: refused ? undefined : units, diagnostics };
}

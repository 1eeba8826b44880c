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
import type { LanguageTag } from "../model/span.ts";
import type { Entry, TmxUnit, Variant } from "./tmx-unit.ts";
import { unitFrom, variantFor } from "./tmx-unit.ts";
import { createXmlDecoder, decodeXml } from "./xml-encoding.ts";
import { escapeAttribute, escapeText } from "./xml-write.ts";
import type { XmlCursor, XmlTag } from "./xml.ts";
import { createXmlParser } from "./xml.ts";

export type { TmxUnit } from "./tmx-unit.ts";

export type TmxHeader = {
  readonly version: string;
  readonly sourceLanguage: LanguageTag;
  readonly attributes: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly properties: readonly { readonly type: string; readonly value: string }[];
};

export type TmxOptions = { readonly sourceLanguage?: LanguageTag; readonly targetLanguage?: LanguageTag };

export type TmxReader = {
  /** False once the file has proved unreadable. */
  readonly write: (chunk: string | Uint8Array) => boolean;
  readonly end: () => {
    readonly header: TmxHeader | undefined;
    readonly units: number;
    readonly diagnostics: readonly Diagnostic[];
  };
};

/** Their content is code of the original format, not text; `sub` inside them is a text of its own and stays with the code. */
const CODES = new Set(["bpt", "ept", "it", "ph", "ut"]);
const MAX_NAMED_LINES = 20;

function plainAttributes(tag: XmlTag): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name in tag.attributes) {
    const value = tag.attributes[name]?.value;
    if (value !== undefined && name !== "__proto__") attributes[name] = value;
  }
  return attributes;
}

export function createTmxReader(options: TmxOptions, onUnit: (unit: TmxUnit) => void): TmxReader {
  const diagnostics: Diagnostic[] = [];
  let header: TmxHeader | undefined;
  let version = "";
  let sawRoot = false;
  let entry: Entry | undefined;
  let variant: Variant | undefined;
  /** Text of the note, prop or inline code being read; undefined in `seg` and elsewhere. */
  let collected: string | undefined;
  let propertyType = "";
  let inSegment = false;
  let codeDepth = 0;
  let headerNotes: string[] = [];
  let headerProperties: { type: string; value: string }[] = [];
  let entries = 0;
  let units = 0;
  let incomplete = 0;
  let decoder: TextDecoder | undefined;

  function warn(code: string, line: number, values?: Diagnostic["values"]): void {
    incomplete += 1;
    if (incomplete <= MAX_NAMED_LINES) diagnostics.push({ code, severity: "warning", line, ...(values ? { values } : {}) });
  }

  function closeEntry(current: Entry): void {
    entries += 1;
    const variants = current.variants.filter((each) => each.hasSegment);
    const declared = options.sourceLanguage ?? current.attributes.srclang ?? header?.sourceLanguage;
    const source = declared === undefined || declared === "*all*" ? variants[0] : variantFor(variants, declared);
    if (!source) {
      warn("tmx-unit-without-source", current.line, { language: declared ?? "" });
      return;
    }
    const rest = variants.filter((each) => each !== source);
    const single = options.targetLanguage === undefined ? undefined : variantFor(rest, options.targetLanguage);
    const targets = options.targetLanguage === undefined ? rest : single ? [single] : [];
    if (targets.length === 0) warn("tmx-unit-without-target", current.line, { language: options.targetLanguage ?? "" });
    targets.forEach((target, index) => {
      const id = current.attributes.tuid ?? String(entries);
      units += 1;
      onUnit(unitFrom(current, source, target, index === 0 ? id : `${id}#${index + 1}`));
    });
  }

  function openInSegment(tag: XmlTag, current: Variant): void {
    const attributes = Object.values(tag.attributes)
      .map((attribute) => ` ${attribute.name}="${escapeAttribute(attribute.value)}"`)
      .join("");
    const mark = `<${tag.name}${attributes}${tag.isSelfClosing ? "/>" : ">"}`;
    if (codeDepth > 0) {
      collected = (collected ?? "") + mark;
      codeDepth += 1;
    } else if (CODES.has(tag.local)) {
      collected = mark;
      codeDepth = 1;
    } else current.codes.push({ at: current.text.length, xml: mark });
  }

  function closeInSegment(tag: XmlTag, current: Variant): void {
    const mark = tag.isSelfClosing ? "" : `</${tag.name}>`;
    if (codeDepth > 0) {
      collected = (collected ?? "") + mark;
      codeDepth -= 1;
      if (codeDepth > 0) return;
      current.codes.push({ at: current.text.length, xml: collected });
      collected = undefined;
    } else if (mark !== "") current.codes.push({ at: current.text.length, xml: mark });
  }

  const parser = createXmlParser({
    open(tag: XmlTag, cursor: XmlCursor) {
      if (inSegment && variant) {
        openInSegment(tag, variant);
        return;
      }
      switch (tag.local) {
        case "tmx":
          sawRoot = true;
          version = tag.attributes.version?.value ?? "";
          break;
        case "header": {
          const attributes = plainAttributes(tag);
          header = { version, sourceLanguage: attributes.srclang ?? "*all*", attributes, notes: [], properties: [] };
          break;
        }
        case "tu":
          entry = { line: cursor.line, attributes: plainAttributes(tag), variants: [], notes: [], properties: [] };
          break;
        case "tuv": {
          if (!entry) break;
          const attributes = plainAttributes(tag);
          const language = attributes["xml:lang"] ?? attributes.lang;
          if (language === undefined) warn("tmx-text-without-language", cursor.line);
          variant = { language, text: "", codes: [], hasSegment: false, attributes, notes: [], properties: [] };
          entry.variants.push(variant);
          break;
        }
        case "seg":
          inSegment = variant !== undefined;
          if (variant) variant.hasSegment = true;
          break;
        case "prop":
        case "note":
          collected = "";
          propertyType = tag.attributes.type?.value ?? "";
          break;
        default:
      }
      if (!sawRoot) cursor.refuse("not-tmx", { name: tag.name });
    },
    close(tag: XmlTag) {
      if (inSegment && variant && (codeDepth > 0 || tag.local !== "seg")) {
        closeInSegment(tag, variant);
        return;
      }
      switch (tag.local) {
        case "seg":
          inSegment = false;
          break;
        case "prop":
        case "note": {
          const value = collected ?? "";
          const holder = variant ?? entry;
          if (tag.local === "note") (holder?.notes ?? headerNotes).push(value);
          else (holder?.properties ?? headerProperties).push({ type: propertyType, value });
          collected = undefined;
          break;
        }
        case "tuv":
          variant = undefined;
          break;
        case "tu":
          if (entry) closeEntry(entry);
          entry = undefined;
          break;
        case "header":
          if (header) header = { ...header, notes: headerNotes, properties: headerProperties };
          headerNotes = [];
          headerProperties = [];
          break;
        default:
      }
    },
    text(text: string) {
      if (inSegment && variant) {
        if (codeDepth > 0) collected = (collected ?? "") + escapeText(text);
        else variant.text += text;
      } else if (collected !== undefined) collected += text;
    },
  });

  let broken: Diagnostic | undefined;
  let lines = 1;

  function decode(chunk: Uint8Array): string | undefined {
    if (!decoder) {
      const known = createXmlDecoder(chunk);
      if (!known) {
        const named = decodeXml(chunk.subarray(0, 400));
        broken =
          "code" in named ? named : { code: "encoding-unknown", severity: "error", line: 1, column: 1, values: { encoding: "" } };
        return undefined;
      }
      decoder = known.decoder;
    }
    try {
      const text = decoder.decode(chunk, { stream: true });
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
      return text;
    } catch {
      broken = { code: "encoding-invalid", severity: "error", line: lines, values: { encoding: decoder.encoding } };
      return undefined;
    }
  }

  return {
    write(chunk) {
      if (broken) return false;
      const text = typeof chunk === "string" ? chunk : decode(chunk);
      return text === undefined ? false : parser.write(text);
    },
    end() {
      if (decoder && !broken) {
        try {
          parser.write(decoder.decode());
        } catch {
          broken = { code: "encoding-invalid", severity: "error", line: lines, values: { encoding: decoder.encoding } };
        }
      }
      const fault = parser.end();
      if (broken ?? fault) diagnostics.push(broken ?? (fault as Diagnostic));
      if (incomplete > MAX_NAMED_LINES) {
        diagnostics.push({ code: "tmx-units-left-out", severity: "warning", values: { count: incomplete } });
      }
      return { header, units, diagnostics };
    },
  };
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

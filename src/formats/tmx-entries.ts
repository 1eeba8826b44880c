/**
 * Puts the events of a TMX file (tags, texts) together to its `tu` elements, each handed on when it is complete, and its header.
 *
 * Policy: what stands in inline codes (`bpt`, `ept`, `it`, `ph`, `ut`, with `sub` inside) is code and not text; `hi` is kept as
 * two codes round its text. Elements that are not TMX are passed over, their text with them.
 * Cost: what it keeps is one `tu`.
 */
import type { InlineCode } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { Entry, Property, Variant } from "./tmx-unit.ts";
import { escapeAttribute, escapeText } from "./xml-write.ts";
import type { ScannedTag, ScanHandler } from "./xml-scan.ts";

export type TmxHeader = {
  readonly version: string;
  readonly sourceLanguage: LanguageTag;
  readonly attributes: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly properties: readonly Property[];
};

const CODES = new Set(["bpt", "ept", "it", "ph", "ut"]);

/** The tag as it is written again. */
function markOf(tag: ScannedTag): string {
  let mark = `<${tag.name}`;
  for (const name in tag.attributes) mark += ` ${name}="${escapeAttribute(tag.attributes[name] ?? "")}"`;
  return tag.isSelfClosing ? `${mark}/>` : `${mark}>`;
}

/** Whether nothing but a language is said of a `tu` or `tuv`, as of most. */
function isBare(attributes: ScannedTag["attributes"]): boolean {
  for (const name in attributes) if (name !== "xml:lang" && name !== "lang") return false;
  return true;
}

export class TmxEntries implements ScanHandler {
  header: TmxHeader | undefined;
  /** Whether the file has begun as TMX. */
  sawRoot = false;
  /** The line on which the scanner's element starts, or 0 when lines are those of the file. */
  firstLine = 0;
  readonly #onEntry: (entry: Entry) => void;
  #version = "";
  #entry: Entry | undefined;
  /** Complete, and not handed on yet. */
  #finished: Entry[] = [];
  #variant: Variant | undefined;
  /** Text of the note, prop or inline code being read; undefined in `seg` and elsewhere. */
  #collected: string | undefined;
  #propertyType = "";
  #inSegment = false;
  #codeDepth = 0;
  /** Notes and properties of the header while it is being read. */
  #inHeader: { readonly notes: string[]; readonly properties: Property[] } | undefined;

  constructor(onEntry: (entry: Entry) => void) {
    this.#onEntry = onEntry;
  }

  /** Hands on what is complete. */
  deliver(): void {
    const finished = this.#finished;
    if (finished.length === 0) return;
    this.#finished = [];
    for (const entry of finished) this.#onEntry(entry);
  }

  /** Forgets what was read since the last delivery. */
  abandon(): void {
    this.#finished.length = 0;
    this.#entry = undefined;
    this.#variant = undefined;
    this.#collected = undefined;
    this.#inSegment = false;
    this.#codeDepth = 0;
  }

  takesText(): boolean {
    return this.#inSegment || this.#collected !== undefined;
  }

  open(tag: ScannedTag, line: number): void {
    if (this.#inSegment) {
      this.#openInSegment(tag);
      return;
    }
    switch (tag.local) {
      case "tu":
        this.#entry = {
          isBare: isBare(tag.attributes),
          line: this.firstLine + line,
          attributes: tag.attributes,
          variants: [],
          notes: undefined,
          properties: undefined,
        };
        break;
      case "tuv": {
        if (!this.#entry) break;
        const { attributes } = tag;
        this.#variant = {
          language: attributes["xml:lang"] ?? attributes["lang"],
          line: this.firstLine + line,
          text: "",
          codes: undefined,
          hasSegment: false,
          isBare: isBare(attributes),
          ...{ attributes, notes: undefined, properties: undefined },
        };
        this.#entry.variants.push(this.#variant);
        break;
      }
      case "seg":
        this.#inSegment = this.#variant !== undefined;
        if (this.#variant) this.#variant.hasSegment = true;
        break;
      case "prop":
      case "note":
        this.#collected = "";
        this.#propertyType = tag.attributes["type"] ?? "";
        break;
      case "tmx":
        if (!this.sawRoot) this.#version = tag.attributes["version"] ?? "";
        this.sawRoot = true;
        break;
      case "header": {
        if (this.header) break;
        const { attributes } = tag;
        const sourceLanguage = attributes["srclang"] ?? "*all*";
        this.#inHeader = { notes: [], properties: [] };
        this.header = { version: this.#version, sourceLanguage, attributes, ...this.#inHeader };
        break;
      }
      default:
    }
  }

  close(tag: ScannedTag): void {
    if (this.#inSegment && (this.#codeDepth > 0 || tag.local !== "seg")) {
      this.#closeInSegment(tag);
      return;
    }
    switch (tag.local) {
      case "seg":
        this.#inSegment = false;
        break;
      case "tuv":
        this.#variant = undefined;
        break;
      case "tu": {
        const entry = this.#entry;
        this.#entry = undefined;
        if (entry) this.#finished.push(entry);
        break;
      }
      case "prop":
      case "note":
        this.#keepValue(tag.local, this.#collected ?? "");
        this.#collected = undefined;
        break;
      case "header":
        this.#inHeader = undefined;
        break;
      default:
    }
  }

  text(text: string): void {
    if (this.#inSegment) {
      const variant = this.#variant;
      if (this.#codeDepth > 0) this.#collected = (this.#collected ?? "") + escapeText(text);
      else if (variant) variant.text = variant.text === "" ? text : variant.text + text;
    } else if (this.#collected !== undefined) this.#collected += text;
  }

  #keepValue(kind: "prop" | "note", value: string): void {
    const holder = this.#variant ?? this.#entry;
    if (kind === "note") {
      if (holder) (holder.notes ??= []).push(value);
      else this.#inHeader?.notes.push(value);
    } else {
      const property = { type: this.#propertyType, value };
      if (holder) (holder.properties ??= []).push(property);
      else this.#inHeader?.properties.push(property);
    }
  }

  #openInSegment(tag: ScannedTag): void {
    const mark = markOf(tag);
    if (this.#codeDepth > 0) {
      this.#collected = (this.#collected ?? "") + mark;
      this.#codeDepth += 1;
    } else if (CODES.has(tag.local)) {
      this.#collected = mark;
      this.#codeDepth = 1;
    } else this.#addCode(mark);
  }

  #closeInSegment(tag: ScannedTag): void {
    const mark = tag.isSelfClosing ? "" : `</${tag.name}>`;
    if (this.#codeDepth > 0) {
      const xml = (this.#collected ?? "") + mark;
      this.#collected = xml;
      this.#codeDepth -= 1;
      if (this.#codeDepth > 0) return;
      this.#addCode(xml);
      this.#collected = undefined;
    } else if (mark !== "") this.#addCode(mark);
  }

  #addCode(xml: string): void {
    const variant = this.#variant;
    if (!variant) return;
    const code: InlineCode = { at: variant.text.length, xml };
    (variant.codes ??= []).push(code);
  }
}

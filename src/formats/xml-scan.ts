/**
 * Reads whole elements out of a text at hand: a fast lane beside the strict parser (xml.ts) for files of millions of elements.
 *
 * It knows only what nearly every tool writes: ASCII names without prefix, attributes in quotation marks, text, the five
 * entities, character references. An element with anything else in it (comments, CDATA, declarations, faults of any kind)
 * is UNKNOWN, and the strict parser reads it instead and says what is wrong. So it never decides that a file is faulty.
 * Guarantee: for an element that it does read, the events are those of the strict parser (a property test holds them together).
 * Cost: about a nanosecond a character and 20 a tag; a start tag that stood in the same place before is only compared.
 */
export type ScannedTag = {
  readonly name: string;
  /** Without prefix; the scanner reads no names that have one. */
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isSelfClosing: boolean;
};

export type ScanHandler = {
  /** `line` counts from the start of the element, from 0, at the end of the tag. */
  readonly open: (tag: ScannedTag, line: number) => void;
  readonly close: (tag: ScannedTag) => void;
  readonly text: (text: string) => void;
  /** Whether text means something where the scanner stands. */
  readonly takesText: () => boolean;
};

/** The text ends before the element does. */
export const UNFINISHED = -1;
/** The strict parser must read this element. */
const UNKNOWN = -2;

/** A start tag as it was written. */
type KnownTag = ScannedTag & { readonly raw: string; readonly lines: number };

/** More than any memory needs; the strict parser has its own, larger bounds. */
const MAX_DEPTH = 24;
const MAX_ATTRIBUTES = 32;
const MAX_VALUE = 1 << 20;
/** `&#x10ffff;` with zeros to spare. */
const MAX_REFERENCE = 12;
/** Tags of one name that are remembered: those that differ from unit to unit are not worth it. */
const MAX_KNOWN = 64;
const MAX_KNOWN_LENGTH = 200;
const MAX_EXPECTED = 64;

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const SLASH = 47;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BRACKET = 93;

/** Characters up to ">" that a text may hold without further thought. */
const PLAIN = Uint8Array.from({ length: GREATER + 1 }, (_, code) =>
  code === TAB || (code >= SPACE && code !== AMPERSAND && code !== LESS && code !== GREATER) ? 1 : 0,
);
const NAME = /(?:xml:)?[A-Za-z][\w.-]*/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What a reference stands for (`amp`, `#38`, `#x26`); undefined when it is not known or no character of XML. */
function resolve(reference: string): string | undefined {
  if (reference.charCodeAt(0) !== 35) return Object.hasOwn(ENTITIES, reference) ? ENTITIES[reference] : undefined;
  const digits = /^#(?:x([\dA-Fa-f]+)|(\d+))$/u.exec(reference);
  if (!digits) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  const isCharacter =
    code === TAB ||
    code === NEWLINE ||
    code === RETURN ||
    (code >= SPACE && code < 0xd800) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code > 0xffff && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** A text of its own: a piece of a longer one would keep all of that in memory. */
function copyText(text: string): string {
  return String.fromCharCode(...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
}

export class ElementScanner {
  /** Line ends in the element that was read last. */
  lines = 0;
  readonly #handler: ScanHandler;
  readonly #known = new Map<string, KnownTag>();
  readonly #knownOfName = new Map<string, number>();
  readonly #open: ScannedTag[] = [];
  /** The start tags of the element before, in order: the next element most likely has the same. */
  readonly #expected: (KnownTag | undefined)[] = [];
  /** Where the reading of a tag, reference or value ended. */
  #at = 0;

  constructor(handler: ScanHandler) {
    this.#handler = handler;
  }

  /**
   * Reads the element whose "<" stands at `start`; answers where it ends, UNFINISHED or UNKNOWN. In the last two cases
   * the handler has been told of a part of it and must forget that.
   */
  scan(text: string, start: number): number {
    const handler = this.#handler;
    const open = this.#open;
    const end = text.length;
    let depth = 0;
    let at = start;
    let tags = 0;
    this.lines = 0;
    for (;;) {
      if (text.charCodeAt(at + 1) === SLASH) {
        const tag = open[--depth] as ScannedTag;
        const { name } = tag;
        at += 2;
        if (!text.startsWith(name, at)) return end - at < name.length ? UNFINISHED : UNKNOWN;
        at += name.length;
        if (text.charCodeAt(at) !== GREATER) {
          at = this.#skipSpace(text, at);
          if (at < 0) return at;
          if (at === end) return UNFINISHED;
          if (text.charCodeAt(at) !== GREATER) return UNKNOWN;
        }
        at++;
        handler.close(tag);
        if (depth === 0) return at;
      } else {
        let tag: ScannedTag;
        const expected = this.#expected[tags];
        if (expected !== undefined && text.startsWith(expected.raw, at)) {
          tag = expected;
          at += expected.raw.length;
          this.lines += expected.lines;
        } else {
          const found = this.#readTag(text, at, tags);
          if (typeof found === "number") return found;
          tag = found;
          at = this.#at;
        }
        tags++;
        handler.open(tag, this.lines);
        if (tag.isSelfClosing) {
          handler.close(tag);
          if (depth === 0) return at;
        } else {
          if (depth === MAX_DEPTH) return UNKNOWN;
          open[depth++] = tag;
        }
      }
      at = this.#readText(text, at);
      if (at < 0) return at;
    }
  }

  /** Reads up to the next "<". */
  #readText(text: string, start: number): number {
    const end = text.length;
    let from = start;
    let at = start;
    let resolved = "";
    let hasReturn = false;
    for (;;) {
      if (at >= end) return UNFINISHED;
      const code = text.charCodeAt(at);
      if (code > GREATER ? code < 0xd800 : PLAIN[code] === 1) at++;
      else if (code === LESS) break;
      else if (code === NEWLINE) {
        this.lines++;
        at++;
      } else if (code === AMPERSAND) {
        const character = this.#readReference(text, at);
        if (typeof character === "number") return character;
        resolved += text.slice(from, at) + character;
        at = from = this.#at;
      } else if (code >= 0xd800) {
        if (code > 0xfffd) return UNKNOWN;
        if (code < 0xe000) {
          if (at + 1 >= end) return UNFINISHED;
          if (code > 0xdbff || (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00) return UNKNOWN;
          at++;
        }
        at++;
      } else if (code === RETURN) {
        if (at + 1 >= end) return UNFINISHED;
        if (text.charCodeAt(at + 1) !== NEWLINE) return UNKNOWN;
        hasReturn = true;
        at++;
      } else if (code === GREATER) {
        if (at - start > 1 && text.charCodeAt(at - 1) === BRACKET && text.charCodeAt(at - 2) === BRACKET) return UNKNOWN;
        at++;
      } else return UNKNOWN;
    }
    if (at > start && this.#handler.takesText()) {
      const last = text.slice(from, at);
      const whole = resolved === "" ? last : resolved + last;
      this.#handler.text(hasReturn ? whole.replaceAll("\r\n", "\n") : whole);
    }
    return at + 1 < end ? at : UNFINISHED;
  }

  /** The character that the reference at an "&" stands for. */
  #readReference(text: string, at: number): string | number {
    const semicolon = text.indexOf(";", at);
    if (semicolon < 0 || semicolon - at > MAX_REFERENCE) return text.length - at > MAX_REFERENCE ? UNKNOWN : UNFINISHED;
    this.#at = semicolon + 1;
    return resolve(text.slice(at + 1, semicolon)) ?? UNKNOWN;
  }

  #skipSpace(text: string, start: number): number {
    let at = start;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.lines++;
      else if (code === RETURN) {
        if (at + 1 >= text.length) return UNFINISHED;
        if (text.charCodeAt(at + 1) !== NEWLINE) return UNKNOWN;
      } else if (code !== SPACE && code !== TAB) return at;
      at++;
    }
  }

  /** The start tag at a "<": one that is known, or read letter by letter. */
  #readTag(text: string, start: number, number: number): ScannedTag | number {
    // Where tags differed from element to element, looking them up is in vain.
    const mayBeKnown = this.#expected[number] !== undefined || number >= this.#expected.length;
    if (mayBeKnown) {
      const close = text.indexOf(">", start) + 1;
      const known = close > 0 && close - start <= MAX_KNOWN_LENGTH ? this.#known.get(text.slice(start, close)) : undefined;
      if (known) {
        this.#at = close;
        this.lines += known.lines;
        if (number < MAX_EXPECTED) this.#expected[number] = known;
        return known;
      }
    }
    const lines = this.lines;
    const tag = this.#readNewTag(text, start);
    if (typeof tag === "number") return tag;
    const known = this.#remember(text.slice(start, this.#at), tag, this.lines - lines);
    if (number < MAX_EXPECTED) this.#expected[number] = known;
    return known ?? tag;
  }

  #readNewTag(text: string, start: number): ScannedTag | number {
    const end = text.length;
    const name = this.#readName(text, start + 1);
    if (typeof name === "number") return name;
    if (name.includes(":")) return UNKNOWN;
    const attributes: Record<string, string> = {};
    let count = 0;
    let at = this.#at;
    for (;;) {
      const afterSpace = this.#skipSpace(text, at);
      if (afterSpace < 0) return afterSpace;
      if (afterSpace >= end) return UNFINISHED;
      const code = text.charCodeAt(afterSpace);
      if (code === GREATER || code === SLASH) {
        const isSelfClosing = code === SLASH;
        this.#at = afterSpace + (isSelfClosing ? 2 : 1);
        if (this.#at > end) return UNFINISHED;
        return text.charCodeAt(this.#at - 1) === GREATER ? { name, local: name, attributes, isSelfClosing } : UNKNOWN;
      }
      if (afterSpace === at) return UNKNOWN;
      const key = this.#readName(text, afterSpace);
      if (typeof key === "number") return key;
      at = this.#at;
      if (key.startsWith("xmlns") || Object.hasOwn(attributes, key) || ++count > MAX_ATTRIBUTES) return UNKNOWN;
      if (at + 1 >= end) return UNFINISHED;
      if (text.charCodeAt(at) !== EQUALS) return UNKNOWN;
      const value = this.#readValue(text, at + 1);
      if (typeof value === "number") return value;
      attributes[key] = value;
      at = this.#at;
    }
  }

  #remember(raw: string, tag: ScannedTag, lines: number): KnownTag | undefined {
    const count = this.#knownOfName.get(tag.name) ?? 0;
    if (count >= MAX_KNOWN || raw.length > MAX_KNOWN_LENGTH) return undefined;
    const known = this.#known.get(raw);
    if (known) return known;
    const attributes: Record<string, string> = {};
    for (const [key, value] of Object.entries(tag.attributes)) attributes[copyText(key)] = copyText(value);
    const name = copyText(tag.name);
    const kept = { name, local: name, attributes, isSelfClosing: tag.isSelfClosing, raw: copyText(raw), lines };
    this.#known.set(kept.raw, kept);
    this.#knownOfName.set(name, count + 1);
    return kept;
  }

  #readName(text: string, at: number): string | number {
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0];
    if (name === undefined) return at >= text.length ? UNFINISHED : UNKNOWN;
    this.#at = at + name.length;
    return this.#at >= text.length ? UNFINISHED : name;
  }

  /** An attribute's value, from its quotation mark on. */
  #readValue(text: string, start: number): string | number {
    const end = text.length;
    const mark = text.charCodeAt(start);
    if (mark !== QUOTE && mark !== APOSTROPHE) return UNKNOWN;
    let from = start + 1;
    let at = from;
    let resolved = "";
    for (;;) {
      if (at >= end) return UNFINISHED;
      const code = text.charCodeAt(at);
      if (code === mark) break;
      // Line ends and tabs become spaces in a value: left to the strict parser.
      if (code < SPACE || code === LESS || code >= 0xd800) return UNKNOWN;
      if (code === AMPERSAND) {
        const character = this.#readReference(text, at);
        if (typeof character === "number") return character;
        resolved += text.slice(from, at) + character;
        at = from = this.#at;
      } else at++;
    }
    if (at - start > MAX_VALUE) return UNKNOWN;
    this.#at = at + 1;
    return resolved + text.slice(from, at);
  }
}

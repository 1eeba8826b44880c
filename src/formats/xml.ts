/**
 * Parses XML strictly and as a stream of events; the only place that knows the parser (saxes).
 *
 * Guarantee: the first fault ends the reading and comes back as a Diagnostic with line and column; nothing outside the text is ever
 * loaded, no entity but the five of XML is expanded, and depth and attributes are bounded, so a hostile file costs no more
 * than its own length. A DOCTYPE is passed over unread unless it declares something of its own (an internal subset): that is refused.
 * Cost: one pass. Given the whole text at once, every event also knows the offsets of its mark-up in UTF-16 units.
 */
import { SaxesParser } from "saxes";
import type { Diagnostic } from "../model/diagnostic.ts";

export type XmlAttribute = { readonly name: string; readonly local: string; readonly uri: string; readonly value: string };

export type XmlTag = {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, XmlAttribute>>;
  readonly isSelfClosing: boolean;
};

/** Where the parser stands. Valid only during the event. */
export type XmlCursor = {
  /** 1-based; the end of the mark-up that caused the event. */
  readonly line: number;
  readonly column: number;
  /** Offsets of the mark-up: `start` only when the whole text was given at once, else -1. */
  readonly start: number;
  readonly end: number;
  /** Ends the reading with this diagnostic, placed here. */
  readonly refuse: (code: string, values?: Diagnostic["values"]) => never;
};

export type XmlHandler = {
  readonly open?: (tag: XmlTag, cursor: XmlCursor) => void;
  /** Follows `open` at once for a self-closing tag. */
  readonly close?: (tag: XmlTag, cursor: XmlCursor) => void;
  /** Text and CDATA, entities resolved; may come in several pieces. */
  readonly text?: (text: string, cursor: XmlCursor) => void;
  /** Comments and processing instructions. */
  readonly aside?: (cursor: XmlCursor) => void;
};

export type XmlParser = {
  /** False as soon as the reading has ended with a fault; what is written after it is ignored. */
  readonly write: (chunk: string) => boolean;
  /**
   * Somebody else has read the text that comes next: whole elements and white space, after a tag and before what is
   * written then. Places count on from there.
   */
  readonly skip: (skipped: SkippedText) => void;
  /** XML 1.1 has other line ends and other forbidden characters than 1.0. */
  readonly isVersion11: () => boolean;
  /** Where the next character will stand. */
  readonly place: () => { readonly line: number; readonly column: number };
  /** The fault so far. */
  readonly fault: () => Diagnostic | undefined;
  /** The fault, if there was one. */
  readonly end: () => Diagnostic | undefined;
};

export type SkippedText = {
  readonly length: number;
  /** Line ends in it. */
  readonly lines: number;
  /** UTF-16 units after the last of them; all of them when there is none. */
  readonly lastLine: number;
};

/** Deep enough for 65 nested groups seen in real files, shallow enough for recursive readers of our output. */
const MAX_DEPTH = 500;
const MAX_ATTRIBUTES = 256;
const MAX_ATTRIBUTE_LENGTH = 4_000_000;
/** What may stand before the root element; a longer prolog is a bomb or not XML. */
const MAX_PROLOG = 1_000_000;

class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.code);
    this.diagnostic = diagnostic;
  }
}

/** The parser's messages, as far as a person can act on the difference. */
const FAULTS: readonly (readonly [RegExp, string, string?])[] = [
  [/unclosed tag: "?([^"]*)/, "xml-unclosed-tag", "name"],
  [/unexpected close tag|unmatched closing tag/, "xml-unexpected-close-tag"],
  [/unbound namespace prefix: "?([^"]*)/, "xml-unbound-prefix", "name"],
  [/duplicate attribute: "?([^"]*)/, "xml-duplicate-attribute", "name"],
  [/undefined entity/, "xml-unknown-entity"],
  [/malformed character entity|unencoded <|disallowed character|invalid character/i, "xml-bad-character"],
  [/document must contain a root element/, "xml-empty"],
  [/(non-whitespace|text data) (.*)outside|outside (of )?(the )?root|only one root/, "xml-text-outside-root"],
  [/unexpected end|unterminated|unclosed/, "xml-cut-off"],
];

function faultFrom(message: string): Pick<Diagnostic, "code" | "values"> {
  const bare = message.replace(/^(?:[^\s:]*:)?\d+:\d+:\s*/, "").replace(/\.$/, "");
  for (const [pattern, code, key] of FAULTS) {
    const found = pattern.exec(bare);
    if (found) return key === undefined ? { code } : { code, values: { [key]: found[1] ?? "" } };
  }
  return { code: "xml-not-well-formed", values: { detail: bare } };
}

/** Line and column of an offset, both 1-based. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** A streaming parser. `whole` is the text that will be written in one piece, for offsets of mark-up. */
export function createXmlParser(handler: XmlHandler, whole?: string): XmlParser {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let fault: Diagnostic | undefined;
  let depth = 0;
  let prolog: string | undefined = "";
  let written = 0;
  let skippedLines = 0;
  /** Columns to add as long as the parser is on the line `shiftLine`. */
  let shift = 0;
  let shiftLine = 0;

  const cursor: XmlCursor = {
    get line() {
      return parser.line + skippedLines;
    },
    get column() {
      return Math.max(1, parser.columnIndex + (parser.line === shiftLine ? shift : 0));
    },
    get start() {
      // A raw "<" stands in no tag, comment start or attribute value but at its beginning.
      return whole === undefined ? -1 : whole.lastIndexOf("<", parser.position - 1);
    },
    get end() {
      return parser.position;
    },
    refuse(code, values): never {
      const place = { line: cursor.line, column: cursor.column };
      throw new Refusal({ code, severity: "error", ...place, ...(values ? { values } : {}) });
    },
  };
  // The parser tells of a comment at its "--", one before its end.
  const asideCursor = (opening: string, missing: number): XmlCursor => ({
    line: cursor.line,
    column: cursor.column,
    start: whole === undefined ? -1 : whole.lastIndexOf(opening, parser.position - 1),
    end: parser.position + missing,
    refuse: cursor.refuse,
  });

  parser.on("error", (error) => {
    const place = { line: cursor.line, column: cursor.column };
    throw new Refusal({ ...faultFrom(error.message), severity: "error", ...place });
  });
  parser.on("doctype", (doctype) => {
    if (!/\[(?:\s|<!--[^]*?-->)*[^\s\]]/u.test(doctype)) return;
    const text = prolog ?? "";
    const place = placeOf(text, Math.max(0, text.indexOf("<!DOCTYPE")));
    throw new Refusal({ code: "xml-doctype-subset", severity: "error", ...place });
  });
  parser.on("opentag", (tag) => {
    prolog = undefined;
    depth += 1;
    if (depth > MAX_DEPTH) cursor.refuse("xml-too-deep", { limit: MAX_DEPTH });
    let count = 0;
    for (const name in tag.attributes) {
      count += 1;
      if ((tag.attributes[name]?.value.length ?? 0) > MAX_ATTRIBUTE_LENGTH || count > MAX_ATTRIBUTES) {
        cursor.refuse("xml-attributes-too-large", { name: tag.name });
      }
    }
    handler.open?.(tag, cursor);
  });
  parser.on("closetag", (tag) => {
    depth -= 1;
    handler.close?.(tag, cursor);
  });
  const { text: onText, aside } = handler;
  if (onText) {
    parser.on("text", (text) => {
      if (depth > 0) onText(text, cursor);
    });
    parser.on("cdata", (text) => onText(text, cursor));
  }
  if (aside) {
    parser.on("comment", () => aside(asideCursor("<!--", 1)));
    parser.on("processinginstruction", () => aside(asideCursor("<?", 0)));
  }

  function guarded(step: () => void): void {
    if (fault) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault = error.diagnostic;
    }
  }

  return {
    write(chunk) {
      written += chunk.length;
      guarded(() => {
        if (prolog !== undefined) {
          prolog += chunk.length > MAX_PROLOG ? chunk.slice(0, MAX_PROLOG) : chunk;
          parser.write(chunk);
          if ((prolog as string | undefined) !== undefined && prolog.length > MAX_PROLOG) cursor.refuse("xml-prolog-too-long");
        } else parser.write(chunk);
      });
      return fault === undefined;
    },
    skip({ length, lines, lastLine }) {
      // Between two writes the parser's own position is that of the piece before, so columns are taken from the start of the line.
      const lineStart = parser.position - parser.columnIndex;
      if (lines > 0) shift = lastLine - (written - lineStart);
      else shift = (parser.line === shiftLine ? shift : 0) + length;
      shiftLine = parser.line;
      skippedLines += lines;
    },
    isVersion11: () => parser.xmlDecl.version === "1.1",
    place() {
      const column = written - (parser.position - parser.columnIndex) + (parser.line === shiftLine ? shift : 0);
      return { line: parser.line + skippedLines, column: column + 1 };
    },
    fault: () => fault,
    end() {
      guarded(() => {
        parser.close();
      });
      return fault;
    },
  };
}

/** Parses a whole text; every event knows its offsets. Returns the first fault, if any. */
export function parseXml(text: string, handler: XmlHandler): Diagnostic | undefined {
  const parser = createXmlParser(handler, text);
  parser.write(text);
  return parser.end();
}

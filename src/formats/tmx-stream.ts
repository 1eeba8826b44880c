/**
 * Drives the two readers of a TMX over its text: the strict parser (xml.ts), and for the units of the body the fast lane
 * (xml-scan.ts), which takes a unit whole or leaves it to the strict parser.
 *
 * Method: the fast lane begins where the strict parser stands between two elements of the body, which is certain just after
 * a tag; what the fast lane has taken the strict parser never sees, only how far the place has moved on. A unit that the
 * end of a piece cuts waits for the next piece, up to a length; a longer one goes to the strict parser piece by piece.
 * Guarantee: the same units, faults and places as with the strict parser alone.
 * Cost: linear; a unit that pieces cut is read again once or twice.
 */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { TmxEntries } from "./tmx-entries.ts";
import { ElementScanner, UNFINISHED } from "./xml-scan.ts";
import type { XmlCursor, XmlTag } from "./xml.ts";
import { createXmlParser } from "./xml.ts";

export type TmxStream = {
  /** False once the file has proved unreadable. */
  readonly write: (text: string) => boolean;
  readonly end: () => Diagnostic | undefined;
  /** Ends the reading where the text breaks off: the fault before that place, else this one there. */
  readonly breakOff: (fault: Diagnostic) => Diagnostic;
};

/** UTF-16 units of a cut unit that wait; a longer one is read as it comes. */
const MAX_WAITING = 1 << 19;
const END = "</tu>";
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const LESS = 60;

/** Attributes by name as they are written; the parser gives objects. */
function plainTag(tag: XmlTag) {
  const attributes: Record<string, string> = {};
  for (const name in tag.attributes) {
    const value = tag.attributes[name]?.value;
    if (value !== undefined && name !== "__proto__") attributes[name] = value;
  }
  return { name: tag.name, local: tag.local, isSelfClosing: tag.isSelfClosing, attributes };
}

export function createTmxStream(entries: TmxEntries, { strictly }: { readonly strictly: boolean }): TmxStream {
  const scanner = new ElementScanner(entries);
  let depth = 0;
  let bodyIsOpen = false;
  /** Whether the strict parser has just read a tag. */
  let sawTag = false;
  let waiting = "";

  const parser = createXmlParser({
    open(tag: XmlTag, cursor: XmlCursor) {
      depth += 1;
      sawTag = true;
      if (depth === 2) bodyIsOpen = tag.name === "body";
      entries.firstLine = 0;
      entries.open(plainTag(tag), cursor.line);
      if (!entries.sawRoot) cursor.refuse("not-tmx", { name: tag.name });
    },
    close(tag: XmlTag) {
      depth -= 1;
      sawTag = true;
      entries.close(plainTag(tag));
      entries.deliver();
    },
    text: (text: string) => entries.text(text),
  });

  /** Whether the strict parser stands between two elements of the body. */
  let isBetween = false;

  /** Reads units from `start` on as far as it goes; answers where the strict parser must go on, or the text's length. */
  function scanUnits(text: string, start: number): number {
    const end = text.length;
    let at = start;
    let lines = 0;
    const firstLine = parser.place().line;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) lines++;
      else if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) {
        // The line ends with the next character.
      } else if (code === LESS && (text.charCodeAt(at + 1) | 32) >= 97 && (text.charCodeAt(at + 1) | 32) <= 122) {
        entries.firstLine = firstLine + lines;
        const next = scanner.scan(text, at);
        if (next > 0) {
          entries.deliver();
          lines += scanner.lines;
          at = next;
          continue;
        }
        entries.abandon();
        isBetween = false;
        if (next === UNFINISHED && end - at < MAX_WAITING) {
          waiting = text.slice(at);
          isBetween = true;
        }
        break;
      } else if (code !== SPACE && code !== TAB) {
        isBetween = at === end;
        break;
      }
      at++;
    }
    const lastLine = lines > 0 ? at - text.lastIndexOf("\n", at - 1) - 1 : at - start;
    parser.skip({ length: at - start, lines, lastLine });
    return waiting === "" ? at : end;
  }

  /** Writes a text to the strict parser up to the first ">": only there can it be known where the parser stands. */
  function parsePiece(text: string, at: number): number {
    const close = text.indexOf(">", at);
    const stop = close === -1 ? text.length : close + 1;
    sawTag = false;
    if (!parser.write(at === 0 && stop === text.length ? text : text.slice(at, stop))) return -1;
    isBetween = !strictly && close !== -1 && sawTag && depth === 2 && bodyIsOpen && !parser.isVersion11();
    return stop;
  }

  function write(text: string, start: number): boolean {
    let at = start;
    while (at < text.length) {
      if (isBetween) at = scanUnits(text, at);
      if (at >= text.length) break;
      at = parsePiece(text, at);
      if (at < 0) return false;
    }
    return true;
  }

  /** What waits for its end goes to the strict parser. */
  function flush(): boolean {
    const text = waiting;
    waiting = "";
    isBetween = false;
    return text === "" || parser.write(text);
  }

  return {
    write(piece) {
      if (waiting === "") return write(piece, 0);
      // Reading a cut unit again is worth it when its end may have come; only that much is joined. Very long ones are not kept.
      const before = waiting;
      const end = before.slice(-END.length + 1).length;
      const found = (before.slice(-end) + piece.slice(0, 2 * END.length)).indexOf(END);
      const rest = found !== -1 ? found + END.length - end : piece.indexOf(END) + END.length;
      if (found === -1 && rest < END.length) {
        if (before.length + piece.length < MAX_WAITING) {
          waiting = before + piece;
          return true;
        }
        waiting = "";
        return write(before + piece, 0);
      }
      waiting = "";
      if (!write(before + piece.slice(0, rest), 0)) return false;
      if (waiting === "") return write(piece, rest);
      // Another end than that of the unit, in a comment perhaps.
      const again = waiting + piece.slice(rest);
      waiting = "";
      return write(again, 0);
    },
    breakOff(fault) {
      flush();
      return parser.fault() ?? { ...fault, ...(fault.line === undefined ? parser.place() : {}) };
    },
    end() {
      flush();
      return parser.end();
    },
  };
}

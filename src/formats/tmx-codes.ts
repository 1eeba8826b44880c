/**
 * Inline codes in the segments of a TMX that is written, level 2: codes that came from a TMX go back as they are, those of other
 * formats become `<ph>` that hold their mark-up as text.
 *
 * Guarantee: what is written is valid against tmx14.dtd whatever the codes are: elements and attributes that it does not know,
 * a `bpt` without its `ept`, and unbalanced `hi` become `<ph>` too, and are counted.
 * Cost: linear in text and codes.
 */
import type { InlineCode } from "../model/interchange.ts";
import { escapeText } from "./xml-write.ts";

/** Attributes of the DTD; with `!` they must be there. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  bpt: ["i!", "x", "type"],
  ept: ["i!"],
  it: ["pos!", "x", "type"],
  ph: ["x", "assoc", "type"],
  ut: ["x"],
  hi: ["x", "type"],
  sub: ["datatype", "type"],
};
const TAG = /<(\/?)([^\s<>/]+)((?:\s+[^\s=<>]+="[^"<]*")*)\s*(\/?)>/gu;
const ATTRIBUTE = /\s([^\s=]+)="([^"]*)"/gu;

type Mark = { readonly name: string; readonly kind: "whole" | "open" | "close"; readonly number?: string };

function hasAllowedAttributes(name: string, text: string): boolean {
  const allowed = ATTRIBUTES[name];
  if (!allowed) return false;
  const given = new Map([...text.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, value]));
  const pos = given.get("pos");
  if (pos !== undefined && pos !== "begin" && pos !== "end") return false;
  for (const key of given.keys()) if (!allowed.includes(key) && !allowed.includes(`${key}!`)) return false;
  return allowed.every((each) => !each.endsWith("!") || given.has(each.slice(0, -1)));
}

/** What a code is in TMX; undefined when it is nothing that may stand in a segment. */
function readMark(xml: string): Mark | undefined {
  const tags = [...xml.matchAll(TAG)];
  const [first] = tags;
  if (first?.index !== 0) return undefined;
  const open: string[] = [];
  let end = 0;
  for (const [text, slash, name = "", attributes = "", selfClosing] of tags) {
    if (slash === "/") {
      // The end of a `hi` stands alone.
      if (open.length === 0 && tags.length === 1 && name === "hi" && text === xml) return { name, kind: "close" };
      if (open.pop() !== name) return undefined;
    } else {
      if (!hasAllowedAttributes(name, attributes)) return undefined;
      if (open.length === 0 && end > 0) return undefined;
      const parent = open.at(-1);
      // Codes hold text and `sub`; `sub` and `hi` hold codes.
      if (
        (parent === undefined && name === "sub") ||
        (parent !== undefined && (name === "sub") === /^(?:sub|hi)$/u.test(parent))
      ) {
        return undefined;
      }
      if (selfClosing !== "/") open.push(name);
    }
    end += 1;
  }
  const name = first[2] ?? "";
  if (open.length > 0) return tags.length === 1 && name === "hi" && first[0] === xml ? { name, kind: "open" } : undefined;
  if (!xml.endsWith(">") || /<[^/\w]/u.test(xml.replace(TAG, ""))) return undefined;
  const number = /\si="([^"]*)"/u.exec(first[3] ?? "")?.[1];
  return { name, kind: "whole", ...(number === undefined ? {} : { number }) };
}

/** Which codes may be written as they are. */
function findWritable(codes: readonly InlineCode[]): readonly boolean[] {
  const marks = codes.map(({ xml }) => readMark(xml));
  const writable = marks.map((mark) => mark !== undefined);
  const highlights: number[] = [];
  const pairs = new Map<string, number>();
  marks.forEach((mark, at) => {
    if (mark?.kind === "open") highlights.push(at);
    else if (mark?.kind === "close" && highlights.pop() === undefined) writable[at] = false;
    if (mark?.name === "bpt") {
      const before = pairs.get(mark.number ?? "");
      if (before !== undefined) writable[before] = false;
      pairs.set(mark.number ?? "", at);
    } else if (mark?.name === "ept" && !pairs.delete(mark.number ?? "")) writable[at] = false;
  });
  for (const at of [...highlights, ...pairs.values()]) writable[at] = false;
  return writable;
}

function splitsCharacter(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** The codes of a text are put into it: in their order, at places that exist. */
export function writeSegment(
  text: string,
  codes: readonly InlineCode[],
  { escape, onForeign }: { readonly escape: (text: string) => string; readonly onForeign: () => void },
): string {
  const writable = findWritable(codes);
  let written = "";
  let from = 0;
  codes.forEach(({ at, xml }, index) => {
    const wanted = Math.min(Math.max(at, from), text.length);
    const place = splitsCharacter(text, wanted) ? wanted + 1 : wanted;
    written += escape(text.slice(from, place));
    from = place;
    if (writable[index]) written += xml;
    else {
      onForeign();
      written += `<ph>${escapeText(xml)}</ph>`;
    }
  });
  return written + escape(text.slice(from));
}

/**
 * Links between the sentences of two texts, as other tools keep them beside the texts.
 *
 * Two forms: bead lines, `[0]:[0,1]`, counted from 0, as the test sets of the field have them (Vecalign, Bertalign); and the
 * stand-off XML of InterText, `<link xtargets='1:1 1:2;1:1' status='man'/>`, whose ids stand in the texts.
 * Policy: a line or link that cannot be read is an error with its place, and the file has no links then, because a gap would
 * move everything behind it. Cost: linear.
 */
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import { decodeXml } from "./xml-encoding.ts";
import { escapeAttribute } from "./xml-write.ts";
import { parseXml } from "./xml.ts";

/** Sentences of both texts that belong together, by number from 0. */
export type BeadLine = { readonly source: readonly number[]; readonly target: readonly number[] };

const BEAD = /^\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]/u;
const MAX_ERRORS = 20;

/** Something after the second bracket (the cost that some aligners print) is passed over. */
export function readBeadLines(text: string): ReadResult<readonly BeadLine[]> {
  const beads: BeadLine[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [at, line] of text
    .replace(/^\ufeff/u, "")
    .split(/\r\n|\n|\r/u)
    .entries()) {
    if (line.trim() === "") continue;
    const found = BEAD.exec(line);
    if (found) beads.push({ source: readNumbers(found[1]), target: readNumbers(found[2]) });
    else if (diagnostics.length < MAX_ERRORS) diagnostics.push({ code: "bead-line-broken", severity: "error", line: at + 1 });
  }
  return { value: diagnostics.length > 0 ? undefined : beads, diagnostics };
}

function readNumbers(list = ""): readonly number[] {
  return (list.match(/\d+/gu) ?? []).map(Number);
}

export function looksLikeBeadLines(text: string): boolean {
  return BEAD.test(
    text
      .replace(/^\ufeff/u, "")
      .trimStart()
      .slice(0, 4096),
  );
}

/** One link; ids as they stand in the texts. */
export type TextLink = {
  readonly to: readonly string[];
  readonly from: readonly string[];
  /** `man`: a person confirmed it; `auto`, `plain` or anything else: nobody has. */
  readonly status: string;
  readonly isMarked: boolean;
  readonly line: number;
};

export type TextLinks = {
  /** File names of the two texts, as the file gives them. */
  readonly toDocument: string;
  readonly fromDocument: string;
  readonly links: readonly TextLink[];
};

export function readTextLinks(content: Uint8Array): ReadResult<TextLinks> {
  const decoded = decodeXml(content);
  if ("code" in decoded) return { value: undefined, diagnostics: [decoded] };
  const links: TextLink[] = [];
  const diagnostics: Diagnostic[] = [];
  let documents: { toDocument: string; fromDocument: string } | undefined;
  const fault = parseXml(decoded.text, {
    open(tag, { line }) {
      const value = (name: string): string => tag.attributes[name]?.value ?? "";
      if (tag.local === "linkGrp") documents ??= { toDocument: value("toDoc"), fromDocument: value("fromDoc") };
      if (tag.local !== "link") return;
      const sides = value("xtargets").split(";");
      if (sides.length === 2) {
        const [to = "", from = ""] = sides;
        links.push({ to: ids(to), from: ids(from), status: value("status"), isMarked: value("mark") === "1", line });
      } else if (diagnostics.length < MAX_ERRORS) diagnostics.push({ code: "link-broken", severity: "error", line });
    },
  });
  if (fault) diagnostics.push(fault);
  if (!documents) diagnostics.push({ code: "links-missing", severity: "error" });
  const value = diagnostics.length > 0 || !documents ? undefined : { ...documents, links };
  return { value, diagnostics };
}

function ids(list: string): readonly string[] {
  return list.split(/\s+/u).filter((id) => id !== "");
}

/** The same file as InterText exports it. */
export function writeTextLinks({
  toDocument,
  fromDocument,
  links,
}: Omit<TextLinks, "links"> & { links: readonly Omit<TextLink, "line">[] }): string {
  const lines = links.map(({ to, from, status, isMarked }) => {
    const targets = escapeAttribute(`${to.join(" ")};${from.join(" ")}`);
    const mark = isMarked ? ' mark="1"' : "";
    return `<link type="${to.length}-${from.length}" xtargets="${targets}" status="${escapeAttribute(status)}"${mark}/>\n`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<linkGrp toDoc="${escapeAttribute(toDocument)}" fromDoc="${escapeAttribute(fromDocument)}">\n${lines.join("")}</linkGrp>\n`
  );
}

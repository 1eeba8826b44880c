/**
 * Markdown (CommonMark): headings with their level, paragraphs, list items, quotations; pipe tables cell by cell.
 *
 * Code and raw HTML are skipped with a diagnostic. Front matter between `---` lines gives title and date. A line break
 * inside a paragraph is layout: it vanishes between Han and is a space elsewhere.
 * Failure policy: any text is Markdown; a file of more than 8 MB is refused (the parser needs seconds for it), and so is one
 * with more than 200 lists and quotations inside each other (the parser's time grows with the square of the depth, or worse).
 * Cost: about linear; micromark has slow corners, which the limits bound.
 */
import type { Nodes, Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { ReceivedParagraph, ReceivedText } from "../model/document.ts";
import type { DecodedText } from "./encoding.ts";
import { decodeText } from "./encoding.ts";
import { splitLines } from "./plain-text.ts";

const MAX_MARKDOWN_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 200;
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/u;
const SOFT_BREAK = /[ \t]*(?:\r\n|\n|\r)[ \t]*/gu;
const HAN_SIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60“”‘’…—]/u;

const CONTAINER = /[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
/** A line across the page, not a hundred lists. */
const THEMATIC_BREAK = /^[\s*-]*$/u;

/** The line on which lists and quotations are nested too deep, told by their marks and indentation alone. */
function findTooDeep(text: string): number | undefined {
  const open: number[] = [];
  for (const [number, line] of splitLines(text).entries()) {
    if (THEMATIC_BREAK.test(line)) continue;
    CONTAINER.lastIndex = 0;
    for (let found = CONTAINER.exec(line); found; found = CONTAINER.exec(line)) {
      const indent = found.index + found[0].length - found[0].trimStart().length;
      while ((open.at(-1) ?? -1) >= indent) open.pop();
      open.push(indent);
      if (open.length > MAX_DEPTH) return number + 1;
    }
  }
  return undefined;
}

/** Line breaks inside a paragraph, folded. */
function foldBreaks(text: string): string {
  return text.replace(SOFT_BREAK, (found: string, offset: number) => {
    const before = text.charAt(offset - 1);
    const after = text.charAt(offset + found.length);
    return HAN_SIDE.test(before) && HAN_SIDE.test(after) ? "" : " ";
  });
}

/** The words of inline content, in order, without recursion. */
function readInline(node: Nodes): string {
  const parts: string[] = [];
  const steps: Nodes[] = [node];
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step.type === "text" || step.type === "inlineCode") parts.push(step.value);
    else if (step.type === "break") parts.push("\n");
    else if ("children" in step) steps.push(...[...step.children].reverse());
  }
  return parts.join("");
}

/** Cells of a pipe table written in a paragraph's source lines, or undefined when they are none. */
function readTable(source: string, line: number): ReceivedParagraph[] | undefined {
  const lines = source.split(/\r\n|\n|\r/u);
  if (lines.length < 2 || !lines[0]?.includes("|") || !TABLE_RULE.test(lines[1] ?? "")) return undefined;
  return lines.flatMap((row, at) => {
    if (at === 1) return [];
    const cells = row
      .trim()
      .replace(/^\||\|$/gu, "")
      .split(/(?<!\\)\|/u);
    return cells.flatMap((cell): ReceivedParagraph[] => {
      const text = cell.replaceAll("\\|", "|").trim();
      return text === "" ? [] : [{ text, role: "table", line: line + at }];
    });
  });
}

function readFrontMatterValue(matter: string, names: string): string | undefined {
  const found = new RegExp(`^(?:${names})\\s*:\\s*(.{1,300})$`, "imu").exec(matter);
  return found?.[1]?.trim().replace(/^(["'])(.*)\1$/u, "$2");
}

function collectBlocks(
  root: Root,
  text: string,
  firstLine: number,
): { paragraphs: ReceivedParagraph[]; diagnostics: Diagnostic[] } {
  const paragraphs: ReceivedParagraph[] = [];
  const diagnostics: Diagnostic[] = [];
  const steps: { readonly node: RootContent; readonly depth: number }[] = [...root.children]
    .reverse()
    .map((node) => ({ node, depth: 0 }));
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, depth } = step;
    const line = firstLine + (node.position?.start.line ?? 1) - 1;
    if (node.type === "code" || node.type === "html") {
      diagnostics.push({ code: node.type === "code" ? "code-skipped" : "html-skipped", severity: "information", line });
    } else if (node.type === "heading") {
      const words = foldBreaks(readInline(node)).trim();
      if (words) paragraphs.push({ text: words, role: "heading", line, level: node.depth });
    } else if (node.type === "paragraph") {
      const source = text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
      const table = readTable(source, line);
      if (table) paragraphs.push(...table);
      else {
        const words = foldBreaks(readInline(node));
        if (words.trim()) paragraphs.push({ text: words, role: "body", line });
      }
    } else if ("children" in node && depth < MAX_DEPTH) {
      for (const child of [...node.children].reverse()) steps.push({ node: child, depth: depth + 1 });
    }
  }
  return { paragraphs, diagnostics };
}

export function readDecodedMarkdown(decoded: DecodedText): ReadResult<ReceivedText> {
  if (decoded.text.length > MAX_MARKDOWN_BYTES) {
    const values = { size: decoded.text.length, limit: MAX_MARKDOWN_BYTES };
    return { value: undefined, diagnostics: [{ code: "too-large", severity: "error", values }] };
  }
  const matter = FRONT_MATTER.exec(decoded.text);
  const text = decoded.text.slice(matter?.[0].length ?? 0);
  const firstLine = (matter?.[0].split(/\r\n|\n|\r/u).length ?? 1) || 1;
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) {
    const place = { line: firstLine + tooDeep - 1, values: { limit: MAX_DEPTH } };
    return { value: undefined, diagnostics: [{ code: "too-deep", severity: "error", ...place }] };
  }
  const { paragraphs, diagnostics } = collectBlocks(fromMarkdown(text), text, firstLine);
  if (paragraphs.length === 0) return { value: undefined, diagnostics: [...diagnostics, { code: "no-text", severity: "error" }] };
  const title = matter?.[1] ? readFrontMatterValue(matter[1], "title|标题") : undefined;
  const date = matter?.[1] ? /^\d{4}-\d{2}-\d{2}/u.exec(readFrontMatterValue(matter[1], "date|日期") ?? "")?.[0] : undefined;
  return {
    value: { encoding: decoded.encoding, paragraphs, ...(title ? { title } : {}), ...(date ? { date } : {}) },
    diagnostics,
  };
}

export function readMarkdown(bytes: Uint8Array): ReadResult<ReceivedText> {
  const decoded = decodeText(bytes, { maxBytes: MAX_MARKDOWN_BYTES });
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics };
  const read = readDecodedMarkdown(decoded.value);
  return { value: read.value, diagnostics: [...decoded.diagnostics, ...read.diagnostics] };
}

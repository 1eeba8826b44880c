/**
 * HTML: blocks become paragraphs, headings keep their level, table cells and captions their role.
 *
 * Skipped: script, style, navigation, footers, hidden elements, form controls. A line break inside a block ends a
 * paragraph, because Chinese government pages write their paragraphs so. White space is folded as a browser folds it;
 * ideographic and no-break spaces stay. Line numbers are those of the source.
 * Failure policy: parse5 reads anything; a page without text gives the diagnostic `no-text`. Cost: linear, no recursion.
 */
import type { DefaultTreeAdapterTypes } from "parse5";
import { parse } from "parse5";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { ParagraphRole, ReceivedParagraph, ReceivedText } from "../model/document.ts";
import type { IsoDay } from "../model/span.ts";
import type { DecodedText } from "./encoding.ts";
import { decodeText } from "./encoding.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const SKIPPED = new Set(
  "script style noscript template iframe svg math canvas object nav footer aside button select option textarea input label rt rp head audio video".split(
    " ",
  ),
);
const BLOCKS = new Set(
  "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table thead tbody tfoot tr td th caption figure figcaption address details summary fieldset form hr center body br hgroup".split(
    " ",
  ),
);
const META_DATES =
  /^(?:pubdate|publishdate|publish-date|publication_date|dc\.date(?:\.issued)?|date|article:published_time|og:release_date)$/iu;
const FOLDED_SPACE = /[ \t\n\r\f]+/gu;
/** A page with more nested elements than this is no document; parse5 slows down on it. */
const MAX_DEPTH = 4000;

type PageMetadata = { title: string | undefined; date: IsoDay | undefined };
type Context = { readonly role: ParagraphRole; readonly level?: number; readonly isPreformatted: boolean };
type Step = { readonly node: Node; readonly context: Context } | { readonly end: true };

function getAttribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

function isElement(node: Node): node is Element {
  return "tagName" in node;
}

function isHidden(element: Element): boolean {
  const style = getAttribute(element, "style") ?? "";
  return getAttribute(element, "hidden") !== undefined || /display\s*:\s*none/iu.test(style);
}

/** mammoth marks a footnote's number and the way back from it by links; neither is text. */
function isFootnoteLink(element: Element): boolean {
  return element.tagName === "a" && /^#(?:footnote|endnote)-/u.test(getAttribute(element, "href") ?? "");
}

function findContext(element: Element, context: Context): Context {
  const heading = /^h([1-6])$/u.exec(element.tagName);
  if (heading) return { ...context, role: "heading", level: Number(heading[1]) };
  if (element.tagName === "figcaption" || element.tagName === "caption" || getAttribute(element, "class") === "caption") {
    return { ...context, role: "caption" };
  }
  if (element.tagName === "td" || element.tagName === "th") return { ...context, role: "table" };
  if (element.tagName === "pre") return { ...context, isPreformatted: true };
  return context;
}

function readDay(text: string | undefined): IsoDay | undefined {
  return /^\s*(\d{4})[-/](\d{2})[-/](\d{2})/u
    .exec(text ?? "")
    ?.slice(1, 4)
    .join("-");
}

function readMetadata(element: Element, metadata: PageMetadata): void {
  if (element.tagName === "title" && metadata.title === undefined) {
    const [text] = element.childNodes;
    if (text && "value" in text) metadata.title = text.value.replace(FOLDED_SPACE, " ").trim() || undefined;
  }
  const name = getAttribute(element, "name") ?? getAttribute(element, "property") ?? "";
  if (element.tagName === "meta" && META_DATES.test(name)) metadata.date ??= readDay(getAttribute(element, "content"));
}

/** Collects paragraphs while the tree is walked; a block's begin or end closes what is open. */
class ParagraphCollector {
  readonly paragraphs: ReceivedParagraph[] = [];
  #text = "";
  #line = 1;
  #context: Context = { role: "body", isPreformatted: false };

  add(text: string, line: number, context: Context): void {
    // Blank text at the beginning of a block must not fix its line.
    if (this.#text.trim() === "" && !context.isPreformatted) this.#text = "";
    if (this.#text === "") {
      this.#line = line;
      this.#context = context;
    }
    this.#text += text;
  }

  close(): void {
    const { role, level, isPreformatted } = this.#context;
    const lines = isPreformatted
      ? this.#text.split(/\r\n|\n|\r/u)
      : [this.#text.replace(FOLDED_SPACE, " ").replace(/^ | $/gu, "")];
    lines.forEach((text, at) => {
      if (text.trim() === "") return;
      this.paragraphs.push({ text, role, line: this.#line + at, ...(level === undefined ? {} : { level }) });
    });
    this.#text = "";
  }
}

/** The line of the first character of a text that is not white space. */
function findTextLine(node: DefaultTreeAdapterTypes.TextNode): number {
  const start = node.sourceCodeLocation?.startLine ?? 1;
  const blank = /^\s*/u.exec(node.value)?.[0] ?? "";
  return start + blank.split("\n").length - 1;
}

export function readHtmlParagraphs(html: string): { readonly paragraphs: ReceivedParagraph[]; readonly metadata: PageMetadata } {
  const document = parse(html, { sourceCodeLocationInfo: true });
  const metadata: PageMetadata = { title: undefined, date: undefined };
  const collector = new ParagraphCollector();
  const start: Context = { role: "body", isPreformatted: false };
  const steps: Step[] = document.childNodes.toReversed().map((node) => ({ node, context: start }));
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ("end" in step) {
      collector.close();
      continue;
    }
    const { node, context } = step;
    if (node.nodeName === "#text" && "value" in node) {
      collector.add(node.value, findTextLine(node), context);
      continue;
    }
    if (!isElement(node)) continue;
    if (node.tagName === "head") {
      for (const child of node.childNodes) if (isElement(child)) readMetadata(child, metadata);
    }
    if (SKIPPED.has(node.tagName) || isHidden(node) || isFootnoteLink(node)) continue;
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock) {
      collector.close();
      steps.push({ end: true });
    }
    const inner = findContext(node, context);
    for (const child of node.childNodes.toReversed()) steps.push({ node: child, context: inner });
  }
  collector.close();
  return { paragraphs: collector.paragraphs, metadata };
}

/** The encoding that the page names in its first bytes, as browsers look for it. */
export function findDeclaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 4096));
  const named = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{2,30})/iu.exec(
    head,
  );
  const label = (named?.[1] ?? named?.[2])?.toLowerCase();
  // Pages that say gb2312 use characters of its successors.
  return label === "gb2312" || label === "gbk" ? "gb18030" : label;
}

export function readDecodedHtml(decoded: DecodedText): ReadResult<ReceivedText> {
  // Nesting is measured before parsing: closing tags are missing in honest pages, but not thousands of times.
  let depth = 0;
  for (const tag of decoded.text.matchAll(/<(\/?)(?:div|span|font|b|i|u|a|table|blockquote|section|ul|ol)\b/giu)) {
    // An end tag too many closes nothing: it must not pay for what is opened later.
    depth = Math.max(0, depth + (tag[1] === "/" ? -1 : 1));
    if (depth > MAX_DEPTH)
      return { value: undefined, diagnostics: [{ code: "too-deep", severity: "error", values: { limit: MAX_DEPTH } }] };
  }
  const { paragraphs, metadata } = readHtmlParagraphs(decoded.text);
  if (paragraphs.length === 0) return { value: undefined, diagnostics: [{ code: "no-text", severity: "error" }] };
  const value: ReceivedText = {
    encoding: decoded.encoding,
    paragraphs,
    ...(metadata.title ? { title: metadata.title } : {}),
    ...(metadata.date ? { date: metadata.date } : {}),
  };
  return { value, diagnostics: [] };
}

export function readHtml(bytes: Uint8Array): ReadResult<ReceivedText> {
  const declared = findDeclaredEncoding(bytes);
  const decoded = decodeText(bytes, declared ? { declared } : {});
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics };
  const read = readDecodedHtml(decoded.value);
  const diagnostics: Diagnostic[] = [...decoded.diagnostics, ...read.diagnostics];
  return { value: read.value, diagnostics };
}

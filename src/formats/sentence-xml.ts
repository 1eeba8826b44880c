/**
 * Texts in XML with a sentence an element: `<p id="3"><s id="3:1">…</s></p>`, as InterText and TEI corpora keep them.
 *
 * Reading: a sentence is an `s` or `seg` element, where there is none a `p`, `head` or `l`; its text is all text inside it, white
 * space folded; sentences of one `p`, `head`, `l` or `div` are one paragraph. The header of a TEI file is passed over.
 * Writing: the ids that InterText gives, paragraph and sentence from 1.
 * Policy: XML that is not well-formed is refused with its place. Cost: linear.
 */
import type { ReadResult } from "../model/diagnostic.ts";
import { decodeXml } from "./xml-encoding.ts";
import { createXmlWriter } from "./xml-write.ts";
import { parseXml } from "./xml.ts";

export type MarkedSentence = { readonly id: string; readonly text: string; readonly paragraph: number };

const SENTENCES = new Set(["s", "seg"]);
const PARAGRAPHS = new Set(["p", "head", "l", "ab"]);
const PASSED_OVER = new Set(["teiHeader", "note", "header"]);

export function readSentenceXml(content: Uint8Array): ReadResult<readonly MarkedSentence[]> {
  const decoded = decodeXml(content);
  if ("code" in decoded) return { value: undefined, diagnostics: [decoded] };
  // Which element is the sentence is known only at the end: both are collected in one pass.
  const sentences = collect(SENTENCES);
  const paragraphs = collect(PARAGRAPHS);
  let passedOver = 0;
  let paragraph = 0;
  const fault = parseXml(decoded.text, {
    open(tag) {
      if (PASSED_OVER.has(tag.local)) passedOver += 1;
      if (passedOver > 0) return;
      if (PARAGRAPHS.has(tag.local)) paragraph += 1;
      const id = tag.attributes["id"]?.value ?? tag.attributes["xml:id"]?.value ?? "";
      sentences.open(tag.local, id, paragraph);
      paragraphs.open(tag.local, id, paragraph);
    },
    close(tag) {
      if (PASSED_OVER.has(tag.local)) passedOver -= 1;
      if (passedOver > 0) return;
      sentences.close(tag.local);
      paragraphs.close(tag.local);
    },
    text(text) {
      if (passedOver > 0) return;
      sentences.text(text);
      paragraphs.text(text);
    },
  });
  if (fault) return { value: undefined, diagnostics: [fault] };
  const found = sentences.found.length > 0 ? sentences.found : paragraphs.found;
  if (found.length === 0) return { value: undefined, diagnostics: [{ code: "sentences-missing", severity: "error" }] };
  return { value: found, diagnostics: [] };
}

/** Gathers the text of the outermost elements of these names. */
function collect(names: ReadonlySet<string>) {
  const found: MarkedSentence[] = [];
  let depth = 0;
  let current = { id: "", text: "", paragraph: 0 };
  return {
    found,
    open(name: string, id: string, paragraph: number): void {
      if (!names.has(name)) return;
      if (depth === 0) current = { id, text: "", paragraph };
      depth += 1;
    },
    close(name: string): void {
      if (!names.has(name)) return;
      depth -= 1;
      if (depth === 0) found.push({ ...current, text: current.text.replace(/\s+/gu, " ").trim() });
    },
    text(text: string): void {
      if (depth > 0) current.text += text;
    },
  };
}

/** `ids[sentence]` is the id that the file gives it. */
export function writeSentenceXml(paragraphs: readonly (readonly string[])[]): {
  readonly text: string;
  readonly ids: readonly string[];
} {
  const xml = createXmlWriter();
  const ids: string[] = [];
  const lines = paragraphs.map((sentences, at) => {
    const written = sentences.map((text, place) => {
      const id = `${at + 1}:${place + 1}`;
      ids.push(id);
      return `<s id="${id}">${xml.text(text)}</s>`;
    });
    return `<p id="${at + 1}">${written.join("\n")}</p>\n`;
  });
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n<text>\n${lines.join("")}</text>\n`, ids };
}

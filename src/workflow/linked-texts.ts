/**
 * Two texts and the links between them, as one alignment: bead lines with texts of one sentence a line, or InterText's XML.
 *
 * Guarantee: every sentence of both texts is in exactly one row, in order; one that no link names gets a row of its own. A link
 * that names a sentence twice, out of order or beyond the text is an error with its line. Cost: linear.
 */
import { detectLanguage } from "../documents/language.ts";
import { looksLikeBeadLines, readBeadLines, readTextLinks } from "../formats/alignment-links.ts";
import type { NamedBytes } from "../formats/document-reader.ts";
import { decodeText } from "../formats/encoding.ts";
import { mainLanguage } from "../formats/language-tag.ts";
import { splitLines } from "../formats/plain-text.ts";
import { readSentenceXml } from "../formats/sentence-xml.ts";
import { findXmlStart } from "../formats/xml-start.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type {
  AlignmentFiles,
  AlignmentReading,
  FileDiagnostic,
  ReceivedAlignment,
  ReceivedRow,
  ReceivedSentence,
  ReceivedSide,
} from "./received-alignment.ts";

type Text = { readonly sentences: readonly ReceivedSentence[]; readonly ids: readonly string[] };
type FoundLinks = {
  readonly place: number;
  readonly rows: (texts: readonly [Text, Text]) => {
    readonly rows: readonly ReceivedRow[];
    readonly diagnostics: readonly Diagnostic[];
  };
  /** Names of the files of the first and of the second side, when the links name them. */
  readonly names?: readonly [string, string];
};

export function readLinkedTexts(input: AlignmentFiles): AlignmentReading {
  const diagnostics: FileDiagnostic[] = [];
  const note = (file: string, found: readonly Diagnostic[]) => {
    for (const one of found) diagnostics.push({ ...one, file });
  };
  const links = findLinks(input.files, note);
  if (!links) {
    const known = diagnostics.some(({ severity }) => severity === "error");
    return known
      ? { value: undefined, diagnostics }
      : { value: undefined, diagnostics: [{ file: input.files[0]?.name ?? "", code: "links-missing", severity: "error" }] };
  }
  const places = input.files.map((_, at) => at).filter((at) => at !== links.place);
  const texts = places.map((at) => {
    const file = input.files[at];
    return file ? readText(file, (found) => note(file.name, found)) : undefined;
  });
  const [one, other] = texts;
  const [onePlace = 0, otherPlace = 0] = places;
  const name = (at: number): string => input.files[at]?.name ?? "";
  if (!one || !other) return { value: undefined, diagnostics };
  // Links name their texts, or the first of a pair is the source by convention: then the language decides.
  const turned = links.names
    ? sameName(name(onePlace), links.names[1]) || sameName(name(otherPlace), links.names[0])
    : isOfLanguage(textOf(other), input.sourceLanguage) && !isOfLanguage(textOf(one), input.sourceLanguage);
  const [first, firstPlace] = turned ? [other, otherPlace] : [one, onePlace];
  const [second, secondPlace] = turned ? [one, onePlace] : [other, otherPlace];
  const linked = links.rows([first, second]);
  note(name(links.place), linked.diagnostics);
  if (diagnostics.some(({ severity }) => severity === "error")) return { value: undefined, diagnostics };
  // Our source is the one in the project's source language, whichever side of the links it stands on.
  const isSwapped = !isOfLanguage(textOf(first), input.sourceLanguage) && isOfLanguage(textOf(second), input.sourceLanguage);
  const rows = isSwapped ? linked.rows.map((row) => ({ ...row, source: row.target, target: row.source })) : linked.rows;
  const side = (text: Text, place: number, language: LanguageTag): ReceivedSide => ({
    title: stemOf(name(place)),
    language: tellScript(textOf(text), language),
    sentences: text.sentences,
    file: place,
  });
  const value = {
    source: isSwapped ? side(second, secondPlace, input.sourceLanguage) : side(first, firstPlace, input.sourceLanguage),
    target: isSwapped ? side(first, firstPlace, input.targetLanguage) : side(second, secondPlace, input.targetLanguage),
    rows,
  };
  return { value: dropEmptyLines(value), diagnostics };
}

/** Empty lines count for the links and are no sentences. */
function dropEmptyLines(received: ReceivedAlignment): ReceivedAlignment {
  const clean = (side: ReceivedSide) => {
    const numbers = new Map<number, number>();
    const sentences = side.sentences.filter(({ text }, at) => {
      if (text.trim() === "") return false;
      numbers.set(at, numbers.size);
      return true;
    });
    return { side: { ...side, sentences }, renumber: (list: readonly number[]) => list.flatMap((at) => numbers.get(at) ?? []) };
  };
  const source = clean(received.source);
  const target = clean(received.target);
  const rows = received.rows.map((row) => ({
    ...row,
    source: source.renumber(row.source),
    target: target.renumber(row.target),
  }));
  return {
    source: source.side,
    target: target.side,
    rows: rows.filter((row) => row.source.length + row.target.length > 0),
  };
}

function textOf({ sentences }: Text): string {
  return sentences
    .slice(0, 500)
    .map(({ text }) => text)
    .join("\n");
}

function sameName(file: string, named: string): boolean {
  return named !== "" && file.toLowerCase() === (named.split(/[\\/]/u).pop() ?? "").toLowerCase();
}

function findLinks(
  files: readonly NamedBytes[],
  note: (file: string, found: readonly Diagnostic[]) => void,
): FoundLinks | undefined {
  for (const [place, file] of files.entries()) {
    const head = decodeText(file.bytes.subarray(0, 4096)).value?.text ?? "";
    if (findXmlStart(head)?.name === "linkgrp") {
      const { value, diagnostics } = readTextLinks(file.bytes);
      note(file.name, diagnostics);
      if (!value) return undefined;
      const links = value.links.map(({ to, from, status, isMarked, line }) => ({
        first: to,
        second: from,
        status,
        isMarked,
        line,
      }));
      return { place, names: [value.toDocument, value.fromDocument], rows: (texts) => rowsByIds(links, texts) };
    }
    if (!looksLikeBeadLines(head)) continue;
    const { value, diagnostics } = readBeadLines(decodeText(file.bytes).value?.text ?? "");
    note(file.name, diagnostics);
    if (!value) return undefined;
    const links = value.map(({ source, target }, at) => ({ first: source, second: target, line: at + 1 }));
    return { place, rows: (texts) => rowsByNumber(links, texts) };
  }
  return undefined;
}

function readText(file: NamedBytes, note: (found: readonly Diagnostic[]) => void): Text | undefined {
  const head = decodeText(file.bytes.subarray(0, 4096)).value?.text ?? "";
  if (findXmlStart(head) !== undefined) {
    const { value, diagnostics } = readSentenceXml(file.bytes);
    note(diagnostics);
    return value && { sentences: value.map(({ text, paragraph }) => ({ text, paragraph })), ids: value.map(({ id }) => id) };
  }
  const decoded = decodeText(file.bytes);
  note(decoded.diagnostics);
  if (!decoded.value) return undefined;
  const lines = splitLines(decoded.value.text);
  if (lines.at(-1) === "") lines.pop();
  return { sentences: lines.map((text, paragraph) => ({ text, paragraph })), ids: [] };
}

type NumberedLink = {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly line: number;
  readonly status?: string;
  readonly isMarked?: boolean;
};

/** Each sentence must come once, in order; one that no link names gets a row of its own where it stands. */
function rowsByNumber(
  links: readonly NumberedLink[],
  [one, other]: readonly [Text, Text],
): { readonly rows: readonly ReceivedRow[]; readonly diagnostics: readonly Diagnostic[] } {
  const rows: ReceivedRow[] = [];
  const diagnostics: Diagnostic[] = [];
  const next = { first: 0, second: 0 };
  const counts = { first: one.sentences.length, second: other.sentences.length };
  const addAlone = (side: "first" | "second", until: number): void => {
    for (; next[side] < until; next[side] += 1) {
      const alone = [next[side]];
      rows.push({
        source: side === "first" ? alone : [],
        target: side === "second" ? alone : [],
        status: "automatic",
        isMarked: false,
      });
    }
  };
  for (const link of links) {
    for (const side of ["first", "second"] as const) {
      for (const [at, number] of link[side].entries()) {
        const expected = at === 0 ? next[side] : (link[side][at - 1] ?? 0) + 1;
        const fault =
          number >= counts[side]
            ? "link-beyond-text"
            : number < expected || (at > 0 && number !== expected)
              ? "link-out-of-order"
              : undefined;
        if (fault)
          return { rows: [], diagnostics: [{ code: fault, severity: "error", line: link.line, values: { number: number + 1 } }] };
      }
      addAlone(side, link[side][0] ?? 0);
      next[side] = Math.max(next[side], (link[side].at(-1) ?? -1) + 1);
    }
    if (link.first.length + link.second.length === 0) continue;
    const status = link.status === "man" ? "confirmed" : "automatic";
    rows.push({ source: link.first, target: link.second, status, isMarked: link.isMarked ?? false });
  }
  addAlone("first", counts.first);
  addAlone("second", counts.second);
  return { rows, diagnostics };
}

function rowsByIds(
  links: readonly { first: readonly string[]; second: readonly string[]; line: number; status: string; isMarked: boolean }[],
  texts: readonly [Text, Text],
): { readonly rows: readonly ReceivedRow[]; readonly diagnostics: readonly Diagnostic[] } {
  const [first, second] = texts.map(({ ids, sentences }) => {
    const places = new Map(ids.map((id, at) => [id, at]));
    // A text without ids: its sentences are numbered from 1.
    if (ids.every((id) => id === "")) sentences.forEach((_, at) => places.set(String(at + 1), at));
    return places;
  });
  const numbered: NumberedLink[] = [];
  for (const link of links) {
    const lookUp = (ids: readonly string[], places: ReadonlyMap<string, number> | undefined) =>
      ids.map((id) => places?.get(id) ?? -1);
    const found = { first: lookUp(link.first, first), second: lookUp(link.second, second) };
    const missing = [
      ...link.first.filter((_, at) => found.first[at] === -1),
      ...link.second.filter((_, at) => found.second[at] === -1),
    ];
    if (missing.length > 0) {
      return {
        rows: [],
        diagnostics: [{ code: "link-id-unknown", severity: "error", line: link.line, values: { id: missing[0] ?? "" } }],
      };
    }
    numbered.push({ ...found, line: link.line, status: link.status, isMarked: link.isMarked });
  }
  return rowsByNumber(numbered, texts);
}

/** Chinese may be in either script, and the project names one: the text itself tells. */
export function tellScript(text: string, language: LanguageTag): LanguageTag {
  const found = detectLanguage(text);
  return found.startsWith(`${language}-`) ? found : language;
}

export function isOfLanguage(text: string, language: LanguageTag): boolean {
  const found = detectLanguage(text);
  return found !== "und" && mainLanguage(found) === mainLanguage(language);
}

export function stemOf(name: string): string {
  return name.replace(/^.*[\\/]/u, "").replace(/\.[^.]*$/u, "") || name;
}
